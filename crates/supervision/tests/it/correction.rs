//! Withdrawing and replacing.

use heng_statement::Body;
use heng_statement::body::CorrectionKind;
use heng_supervision::{Retraction, supersession, withdrawal};
use heng_view::{Standing, standing};

use crate::fixtures::{at, day, words};

fn retraction() -> Retraction {
    Retraction {
        issuer: "party:lab-tj".to_owned(),
        about: vec!["thing:standard:tj-f2".to_owned()],
        statement: "55".repeat(32),
        from: day("2026-03-01"),
        reason: words("标准器重检超差（示例）"),
        made_at: at("2026-05-20"),
        decided_by: None,
    }
}

#[test]
fn a_withdrawal_takes_the_certificate_out_of_force_and_names_the_day_and_the_reason() {
    let statement = withdrawal(retraction());
    assert_eq!(statement.cites, vec!["55".repeat(32)]);
    assert_eq!(statement.about, vec!["thing:standard:tj-f2".to_owned()]);
    let hash = "66".repeat(32);
    let standing = standing(&"55".repeat(32), "party:lab-tj", "party:authority", [(&hash, &statement)]);
    let expected = Standing::Withdrawn { by: hash.clone(), from: day("2026-03-01"), reason: retraction().reason };
    assert_eq!(standing, expected);
}

#[test]
fn a_supersession_leads_to_what_replaces_it() {
    let statement = supersession(retraction(), "77".repeat(32));
    assert_eq!(statement.cites, vec!["55".repeat(32), "77".repeat(32)]);
    match &statement.body {
        Body::Correct(correction) => {
            assert_eq!(correction.kind, CorrectionKind::Superseded);
            assert_eq!(correction.replaced_by, Some("77".repeat(32)));
        }
        other => panic!("{other:?}"),
    }
}
