//! A certificate stands until its maker or the authority says otherwise.

use heng_statement::body::CorrectionKind;
use heng_statement::{Body, Correction, Statement};
use heng_view::{Standing, standing};
use jiff::civil::date;

use crate::fixture::{AUTHORITY, LABORATORY, statement, words};

const OF: &str = "被更正的证书";

fn correction(issuer: &str, of: &str, kind: CorrectionKind) -> Statement {
    let correction = Correction {
        statement: of.to_owned(),
        kind,
        replaced_by: (kind == CorrectionKind::Superseded).then(|| "新证书".to_owned()),
        reason: words("标准砝码受损"),
        from: date(2026, 6, 1),
        decided_by: None,
    };
    statement(issuer, Body::Correct(correction))
}

fn standing_after(corrections: &[Statement]) -> Standing {
    let hashes: Vec<String> = (0..corrections.len()).map(|place| format!("更正 {place}")).collect();
    standing(&OF.to_owned(), LABORATORY, AUTHORITY, hashes.iter().zip(corrections))
}

#[test]
fn nothing_said_means_in_force() {
    assert_eq!(standing_after(&[]), Standing::InForce);
    assert!(standing_after(&[correction(LABORATORY, "别的证书", CorrectionKind::Withdrawn)]).is_in_force());
}

#[test]
fn a_stranger_cannot_withdraw() {
    assert!(standing_after(&[correction("party:示例:路人", OF, CorrectionKind::Withdrawn)]).is_in_force());
}

#[test]
fn the_maker_and_the_authority_can() {
    for issuer in [LABORATORY, AUTHORITY] {
        let Standing::Withdrawn { from, .. } = standing_after(&[correction(issuer, OF, CorrectionKind::Withdrawn)])
        else {
            panic!("{issuer} could not withdraw");
        };
        assert_eq!(from, date(2026, 6, 1));
    }
}

#[test]
fn of_corrections_from_the_same_day_the_first_stands() {
    let first = correction(LABORATORY, OF, CorrectionKind::Superseded);
    let second = correction(AUTHORITY, OF, CorrectionKind::Withdrawn);
    let Standing::Superseded { by, replaced_by, .. } = standing_after(&[first, second]) else { panic!() };
    assert_eq!((by.as_str(), replaced_by.as_deref()), ("更正 0", Some("新证书")));
}

#[test]
fn a_day_that_was_stated_too_late_is_mended_by_an_earlier_one() {
    let from = |day| {
        let mut said = correction(LABORATORY, OF, CorrectionKind::Withdrawn);
        if let Body::Correct(correction) = &mut said.body {
            correction.from = day;
        }
        said
    };
    let (early, late) = (date(2026, 5, 1), date(2026, 6, 1));
    for (said, by) in [([from(late), from(early)], "更正 1"), ([from(early), from(late)], "更正 0")] {
        let Standing::Withdrawn { by: found, from, .. } = standing_after(&said) else { panic!() };
        assert_eq!((found.as_str(), from), (by, early));
    }
}
