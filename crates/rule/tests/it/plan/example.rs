//! Another city's plan is a file.

use heng_rule::plan::{Evidence, Part};
use jiff::civil::date;

use super::sound;

const EXAMPLE: &str = include_str!("../../../../../examples/plan/plan.toml");
const TEXT: &str = include_str!("../../../../../examples/plan/plan.txt");

#[test]
fn the_example_is_sound_and_quotes_its_own_text() {
    let plan = sound(EXAMPLE);
    let document = plan.document("plan").unwrap();
    assert_eq!(super::sha256(TEXT.as_bytes()), *document.sha256);
    assert!(plan.quoted().all(|quote| TEXT.contains(&*quote.text)));
    assert!(plan.title.en.contains("made up"));
    let parts: Vec<Part> = plan.responsible(&plan.rows[0].quotes[0]).iter().map(|duty| duty.part).collect();
    assert_eq!(parts, [Part::Lead, Part::Support, Part::Support]);
}

#[test]
fn without_evidence_there_is_no_figure() {
    let plan = sound(EXAMPLE);
    let standing = plan.standing("I1", &Evidence::default(), date(2027, 6, 30)).unwrap();
    assert_eq!((standing.value, standing.status.code()), (None, "no-evidence"));
}
