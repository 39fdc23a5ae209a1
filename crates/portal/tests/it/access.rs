//! Who may do what: one policy, printed whole.

use heng_portal::policy_table;

/// Read the difference before accepting it: this table is who may do what.
#[test]
fn the_policy_is_this_table() {
    insta::assert_snapshot!(policy_table().unwrap());
}

/// The table is read, not only compared: whoever measured something never reviews it, whatever else they may.
#[test]
fn nobody_reviews_what_they_measured() {
    let table = policy_table().unwrap();
    let block = table.split("measured and reviewed by me").nth(1).unwrap().split("\n\n").nth(1).unwrap();
    let review = block.lines().find(|line| line.starts_with("| review |")).unwrap();
    assert!(!review.contains("yes"), "{review}");
    let block = table.split("measured by another, reviewed by me").nth(1).unwrap().split("\n\n").nth(1).unwrap();
    let review = block.lines().find(|line| line.starts_with("| review |")).unwrap();
    assert_eq!(review.matches("yes").count(), 2, "{review}");
}
