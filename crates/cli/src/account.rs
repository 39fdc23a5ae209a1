//! `heng account`: who may sign in to the portal of a store, as whom.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use heng_office::accounts::{Accounts, generated_password};
use heng_office::people::parties;
use heng_statement::PartyKind;
use heng_store::Store;
use heng_wording::Words;

use crate::arguments::AccountCommand;
use crate::failure::{Failure, Outcome};
use crate::print;

/// Adds an account with a password that is shown once, gives one another password, or lists them.
pub fn account(command: &AccountCommand, words: &Words) -> Outcome {
    match command {
        AccountCommand::Add(add) if add.token => {
            introduced(&add.data, &add.party)?;
            let token = Accounts::of(&add.data).add_machine(&add.name, &add.party)?;
            print::line(words.say("account-added", &[("name", &add.name), ("party", &add.party)]));
            print::line(words.say("account-token", &[("token", &token)]));
        }
        AccountCommand::Add(add) => {
            introduced(&add.data, &add.party)?;
            let password = generated_password()?;
            Accounts::of(&add.data).add(&add.name, &add.party, &password)?;
            print::line(words.say("account-added", &[("name", &add.name), ("party", &add.party)]));
            print::line(words.say("account-password", &[("password", &password)]));
        }
        AccountCommand::Reset(reset) => {
            let accounts = Accounts::of(&reset.data);
            let unknown = || Failure::unreadable("error-account-unknown").with("name", &reset.name);
            let account = accounts.named(&reset.name)?.ok_or_else(unknown)?;
            let password = generated_password()?;
            accounts.change_password(&account, &password)?;
            print::line(words.say("account-password", &[("password", &password)]));
        }
        AccountCommand::List(list) => {
            for account in Accounts::of(&list.data).all()? {
                print::line(format_args!("{:<24} {}", account.name, account.party));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// So many parties are named where one is not known.
const NAMED: usize = 20;

/// Refuses a party that the log does not introduce: whoever signs in as it is nobody.
fn introduced(data: &Path, party: &str) -> Result<(), Failure> {
    let failed = |error: heng_store::Error| Failure::of_store(data, error);
    let store = Store::open(data).map_err(failed)?;
    let known: BTreeMap<String, PartyKind> = parties(&store)?.into_iter().map(|one| (one.id, one.kind)).collect();
    if known.contains_key(party) {
        return Ok(());
    }
    let organisations = known.iter().filter(|(_, kind)| **kind != PartyKind::Person);
    let mut named: Vec<&str> = organisations.map(|(id, _)| id.as_str()).take(NAMED).collect();
    if named.len() == NAMED {
        named.push("…");
    }
    Err(Failure::unreadable("error-account-party").with("party", party).with("known", named.join(", ")))
}
