//! An object store that speaks S3: addresses signed for some minutes (AWS Signature Version 4, by `rusty-s3`), asked over HTTP.

use std::time::Duration;

use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use ureq::Agent;

use super::{ArchiveError, Objects, Settings};

/// How long a signed address holds: longer than a slow line takes for a part.
const HOLDS: Duration = Duration::from_secs(900);

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// How long a connection and the beginning of an answer may take.
const FIRST_BYTE: Duration = Duration::from_secs(60);

/// What failed on the way or in the store is tried so often.
const TRIES: u32 = 3;

/// The pause before the second try; before the third it is twice that.
const PAUSE: Duration = Duration::from_millis(250);

/// Of what a store says of a fault, so much is read.
const LONGEST_FAULT: u64 = 16 * 1024;

/// A bucket, with who asks.
pub struct S3 {
    bucket: Bucket,
    credentials: Credentials,
    agent: Agent,
}

/// What an answer came to.
enum Answer {
    Done(Vec<u8>),
    TooLong,
    /// The status, and the code that the store gives for it.
    Fault(u16, String),
}

impl S3 {
    /// The bucket of these settings. Nothing is asked yet.
    ///
    /// # Errors
    /// An endpoint or a bucket that has no address.
    pub fn new(settings: &Settings) -> Result<Self, String> {
        let style = if settings.path_style { UrlStyle::Path } else { UrlStyle::VirtualHost };
        let endpoint = settings.endpoint.parse().map_err(|error| format!("endpoint: {error}"))?;
        let bucket = Bucket::new(endpoint, style, settings.bucket.clone(), settings.region.clone())
            .map_err(|error| format!("bucket: {error}"))?;
        let agent = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(FIRST_BYTE))
            .timeout_recv_response(Some(FIRST_BYTE))
            .http_status_as_error(false)
            // An address that was signed for one place is of no use in another.
            .max_redirects(0)
            .build()
            .new_agent();
        Ok(Self { bucket, credentials: Credentials::new(&settings.access_key, &settings.secret_key), agent })
    }

    fn name(&self, key: &str) -> String {
        format!("s3://{}/{key}", self.bucket.name())
    }

    /// Asks until there is an answer that another try would not change.
    fn asked(&self, key: &str, ask: &dyn Fn() -> Result<Answer, ureq::Error>) -> Result<Vec<u8>, ArchiveError> {
        let mut reason = String::new();
        for tried in 0..TRIES {
            std::thread::sleep(PAUSE * tried);
            match ask() {
                Ok(Answer::Done(bytes)) => return Ok(bytes),
                Ok(Answer::TooLong) => return Err(ArchiveError::Altered { object: self.name(key) }),
                Ok(Answer::Fault(404, code)) if code != "NoSuchBucket" => {
                    return Err(ArchiveError::Missing { object: self.name(key) });
                }
                Ok(Answer::Fault(status @ (408 | 429 | 500..), code)) => reason = format!("{status} {code}"),
                Ok(Answer::Fault(status, code)) => {
                    let reason = format!("{status} {code}").trim_end().to_owned();
                    return Err(ArchiveError::Refused { object: self.name(key), reason });
                }
                Err(error) => reason = error.to_string(),
            }
        }
        Err(ArchiveError::Unreachable { object: self.name(key), reason: reason.trim_end().to_owned() })
    }
}

impl Objects for S3 {
    fn put(&self, key: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.asked(key, &|| {
            let address = self.bucket.put_object(Some(&self.credentials), key).sign(HOLDS);
            let mut answer = self.agent.put(address.as_str()).send(bytes)?;
            understood(&mut answer, 0)
        })
        .map(|_| ())
    }

    fn get(&self, key: &str, length: u64) -> Result<Vec<u8>, ArchiveError> {
        self.asked(key, &|| {
            let address = self.bucket.get_object(Some(&self.credentials), key).sign(HOLDS);
            let mut answer = self.agent.get(address.as_str()).call()?;
            understood(&mut answer, length)
        })
    }
}

/// What was answered. Of a success up to `length` bytes are given.
fn understood(answer: &mut ureq::http::Response<ureq::Body>, length: u64) -> Result<Answer, ureq::Error> {
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config();
    if (200..300).contains(&status) {
        return match body.limit(length.saturating_add(LONGEST_FAULT)).read_to_vec() {
            // What a store says of a success besides is of no use to anyone.
            Ok(_) if length == 0 => Ok(Answer::Done(Vec::new())),
            Ok(bytes) if bytes.len() as u64 > length => Ok(Answer::TooLong),
            Ok(bytes) => Ok(Answer::Done(bytes)),
            Err(ureq::Error::BodyExceedsLimit(_)) => Ok(Answer::TooLong),
            Err(error) => Err(error),
        };
    }
    let said = body.limit(LONGEST_FAULT).read_to_string().unwrap_or_default();
    let code = said.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map_or("", |(code, _)| code);
    Ok(Answer::Fault(status, code.chars().take(60).collect()))
}
