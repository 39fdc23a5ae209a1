//! Groups that fail together, from looks that are made up.

use std::collections::BTreeSet;

use heng_view::service::causes::{Causes, Look, Looked, SIGNIFICANCE, Shared, common_causes};
use jiff::civil::date;

/// So many meters of a model, of which so many failed.
fn of(model: &str, failed: usize, all: usize) -> Vec<Looked> {
    let one = |place: usize| Looked {
        thing: format!("thing:{model}:{place}"),
        kind: "electricity-meter".to_owned(),
        look: Look { on: date(2026, 5, 20), has_failed: place < failed },
        shares: BTreeSet::from([Shared::Model { maker: "示例厂".to_owned(), model: model.to_owned() }]),
    };
    (0..all).map(one).collect()
}

fn causes(groups: &[(&str, usize, usize)]) -> Causes {
    common_causes(&groups.iter().flat_map(|(model, failed, all)| of(model, *failed, *all)).collect::<Vec<_>>())
}

/// 6 of 20 beside 1 of 62. Two groups are a family, and twice P(X ≥ 6) = [C(7,6)·C(75,14) + C(7,7)·C(75,13)]/C(82,20).
#[test]
fn a_model_that_fails_more_often_than_the_others_is_named_with_its_figures() {
    let found = causes(&[("甲", 6, 20), ("乙", 1, 62)]);
    assert_eq!((found.looked, found.failed, found.groups), (82, 7, 2));
    let [one] = found.found.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.share.of, one.share.count, one.others.of, one.others.count), (20, 6, 62, 1));
    assert_eq!(one.failed.len(), 6);
    assert_eq!(one.shared, Shared::Model { maker: "示例厂".to_owned(), model: "甲".to_owned() });
    assert!(one.probability < SIGNIFICANCE);
}

#[test]
fn what_chance_may_do_is_named_nothing() {
    // As often as the others; two alone; all there are; and one more of many models.
    assert!(causes(&[("甲", 3, 30), ("乙", 6, 60)]).found.is_empty());
    assert!(causes(&[("甲", 2, 3), ("乙", 0, 900)]).found.is_empty(), "two are no pattern");
    let alone = causes(&[("甲", 30, 40)]);
    assert!(alone.found.is_empty() && alone.groups == 0, "nothing to compare it with");
    let many: Vec<(String, usize, usize)> =
        (0..40).map(|n| (format!("型{n}"), if n == 7 { 4 } else { 1 }, 20)).collect();
    let many: Vec<(&str, usize, usize)> =
        many.iter().map(|(name, failed, all)| (name.as_str(), *failed, *all)).collect();
    assert!(causes(&many).found.is_empty(), "of forty models one has so many now and then");
    assert!(common_causes(&[]).found.is_empty());
}

/// A laboratory passed a hundred; of three that were looked at again all failed, and nobody looked at the others: that says nothing of the laboratory.
#[test]
fn who_passed_those_that_were_looked_at_again_is_not_named_for_that() {
    let passed = Shared::PassedBy { laboratory: "party:甲".to_owned() };
    let mut looked = of("甲", 3, 100);
    for one in looked.iter_mut().filter(|one| one.look.has_failed) {
        one.shares.insert(passed.clone());
    }
    assert!(common_causes(&looked).found.is_empty(), "{:?}", common_causes(&looked));
    // Beside another laboratory's that were looked at again and are in order it is.
    let mut others = of("乙", 0, 60);
    for one in &mut others {
        one.shares = BTreeSet::from([Shared::PassedBy { laboratory: "party:乙".to_owned() }]);
    }
    looked.extend(others);
    let found = common_causes(&looked);
    let [one] = found.found.as_slice() else { panic!("{found:?}") };
    assert_eq!((&one.shared, one.share.of, one.others.of), (&passed, 3, 60));
}
