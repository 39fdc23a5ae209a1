//! A chain ends at the unit, or says where it breaks.

use std::collections::BTreeMap;
use std::sync::Arc;

use heng_statement::{SignedStatement, SigningKey, Statement, Suite, sign};
use heng_view::chain::chain;
use heng_view::{Top, impact};

use crate::fixture::certificate;

fn signed(statement: &Statement) -> Arc<SignedStatement> {
    let key = SigningKey::generate(Suite::Ed25519, &[7; 32]).unwrap();
    Arc::new(sign(statement, &key).unwrap())
}

fn world(edges: &[(&str, &[&str])]) -> BTreeMap<String, Arc<SignedStatement>> {
    edges.iter().map(|(number, standards)| ((*number).to_owned(), signed(&certificate(number, standards)))).collect()
}

fn numbers(world: &BTreeMap<String, Arc<SignedStatement>>, of: &str) -> (Vec<String>, Vec<Top>) {
    let chain = chain(&of.to_owned(), &|hash| world.get(hash).cloned());
    (
        chain.links.into_iter().map(|link| format!("{} {}", link.depth, link.certificate().unwrap().number)).collect(),
        chain.tops,
    )
}

#[test]
fn a_chain_goes_up_to_the_certificate_that_uses_no_standard() {
    let world = world(&[("秤", &["F1"]), ("F1", &["E2"]), ("E2", &["国家基准"]), ("国家基准", &[])]);
    let (links, tops) = numbers(&world, "秤");
    assert_eq!(links, ["0 秤", "1 F1", "2 E2", "3 国家基准"]);
    assert_eq!(tops, [Top::Realisation]);
}

#[test]
fn a_diamond_is_followed_once() {
    let world = world(&[("秤", &["甲", "乙"]), ("甲", &["基准"]), ("乙", &["基准"]), ("基准", &[])]);
    let (links, tops) = numbers(&world, "秤");
    assert_eq!(links, ["0 秤", "1 甲", "2 基准", "1 乙"]);
    assert_eq!(tops, [Top::Realisation]);
}

#[test]
fn a_missing_certificate_and_a_circle_are_said_to_be_so() {
    let world = world(&[("秤", &["甲", "乙"]), ("甲", &["秤"])]);
    let (_, tops) = numbers(&world, "秤");
    assert_eq!(tops, [Top::Circle("秤".to_owned()), Top::Missing("乙".to_owned())]);
}

#[test]
fn a_chain_without_end_is_followed_only_so_far() {
    let names: Vec<String> = (0..200).map(|step| step.to_string()).collect();
    let world: BTreeMap<String, Arc<SignedStatement>> =
        names.windows(2).map(|pair| (pair[0].clone(), signed(&certificate(&pair[0], &[&pair[1]])))).collect();
    let (links, tops) = numbers(&world, "0");
    assert_eq!(links.len(), 65);
    assert_eq!(tops, [Top::TooDeep("65".to_owned())]);
}

#[test]
fn a_bad_standard_has_touched_everything_downstream_once() {
    let users = |hash: &String| -> Vec<String> {
        let below: &[&str] = match hash.as_str() {
            "基准" => &["甲", "乙"],
            "甲" | "乙" => &["秤"],
            _ => &[],
        };
        below.iter().map(|name| (*name).to_owned()).collect()
    };
    let touched = impact(&"基准".to_owned(), &users);
    let touched: Vec<(u32, &str)> = touched.iter().map(|impact| (impact.depth, impact.hash.as_str())).collect();
    assert_eq!(touched, [(1, "甲"), (1, "乙"), (2, "秤")]);
}
