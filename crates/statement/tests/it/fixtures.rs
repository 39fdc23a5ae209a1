//! Keys and statements for tests. All of it is made up.

use heng_rule::Words;
use heng_statement::{Body, Party, PartyKind, SigningKey, Statement, Suite};

pub fn key(suite: Suite, number: u8) -> SigningKey {
    SigningKey::generate(suite, &[number; 32]).unwrap()
}

pub fn words(zh: &str, en: &str) -> Words {
    Words { zh: zh.to_owned(), en: en.to_owned() }
}

/// What an issuer says on a day, at noon in China.
pub fn statement(issuer: &str, day: &str, about: &[&str], body: Body) -> Statement {
    Statement::of(
        issuer,
        about.iter().map(|&thing| thing.to_owned()).collect(),
        format!("{day}T12:00:00+08:00").parse().unwrap(),
        body,
    )
}

pub fn person(id: &str, of: &str) -> Body {
    Body::Party(Party {
        id: id.to_owned(),
        kind: PartyKind::Person,
        name: words("示例检定员", "Example verifier"),
        address: None,
        of: Some(of.to_owned()),
        district: None,
        standing: None,
        synthetic: true,
    })
}
