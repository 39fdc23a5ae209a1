//! `heng key`: make and show keys.

use std::io::Read;
use std::process::ExitCode;

use heng_statement::{PublicKey, SigningKey, Suite};
use heng_wording::Words;

use crate::arguments::{KeyNew, KeyShow};
use crate::failure::{Failure, Outcome, read};
use crate::print;
use heng_office::keys::{entropy, write_secret};

/// Makes a key and prints its secret, or writes it to a file and prints the public half.
pub fn new(arguments: &KeyNew, words: &Words) -> Outcome {
    let suite = suite(&arguments.suite)?;
    let key =
        SigningKey::generate(suite, &entropy()?).map_err(|error| Failure::new("error-key").with("reason", error))?;
    let secret = key.to_pem().map_err(|error| Failure::new("error-key").with("reason", error))?;
    let Some(path) = &arguments.out else {
        print::text(&secret);
        return Ok(ExitCode::SUCCESS);
    };
    write_secret(path, secret.as_bytes())?;
    print::note(words.say("key-written", &[("path", &path.display().to_string())]));
    show_public(key.public_key(), words)
}

/// Shows the public half of a secret, or a public key.
pub fn show(arguments: &KeyShow, words: &Words) -> Outcome {
    let bytes = match &arguments.file {
        Some(path) => read(path)?,
        None => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|error| Failure::unreadable("error-key").with("reason", error))?;
            bytes
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let key = match SigningKey::from_pem(&text) {
        Ok(secret) => secret.public_key().clone(),
        Err(_) => PublicKey::from_pem(&text).map_err(|error| Failure::unreadable("error-key").with("reason", error))?,
    };
    if let Some(insisted) = &arguments.suite
        && suite(insisted)? != key.suite()
    {
        return Err(Failure::unreadable("error-key-suite").with("wanted", insisted).with("found", key.suite()));
    }
    show_public(&key, words)
}

fn show_public(key: &PublicKey, words: &Words) -> Outcome {
    let pem = key.to_pem().map_err(|error| Failure::new("error-key").with("reason", error))?;
    print::line(words.say("key-shown", &[("suite", &key.suite().to_string()), ("id", &key.key_id().to_string())]));
    print::text(&pem);
    Ok(ExitCode::SUCCESS)
}

/// The suite as typed.
pub fn suite(name: &str) -> Result<Suite, Failure> {
    name.parse().map_err(|_| Failure::unreadable("error-suite").with("suite", name))
}
