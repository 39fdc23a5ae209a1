//! A draft is there whole, as it was saved last.

use heng_office::drafts::{Beginning, Drafts, NotSaved};
use heng_rule::Occasion;
use jiff::Timestamp;

fn beginning() -> Beginning {
    Beginning {
        thing: "thing:scale".to_owned(),
        rule: "jjg-539-2016".to_owned(),
        occasion: Occasion::Subsequent,
        by: "party:zhang".to_owned(),
        laboratory: "party:lab".to_owned(),
        values: std::collections::BTreeMap::new(),
    }
}

#[test]
fn what_was_typed_is_kept_as_it_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::of(folder.path());
    let mut draft = drafts.begin(beginning(), Timestamp::UNIX_EPOCH).unwrap();
    draft.values.insert("weighing.1.indication".to_owned(), " 5,00０ 千克".to_owned());
    let saved = drafts.save(draft, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(Drafts::of(folder.path()).draft(&saved.id).unwrap().unwrap(), saved);
    assert_eq!(drafts.all().unwrap(), [saved]);
}

#[test]
fn the_second_of_two_who_save_the_same_revision_is_told_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::of(folder.path());
    let draft = drafts.begin(beginning(), Timestamp::UNIX_EPOCH).unwrap();
    let (mut one, mut other) = (draft.clone(), draft);
    one.values.insert("remark".to_owned(), "甲".to_owned());
    other.values.insert("remark".to_owned(), "乙".to_owned());
    let saved = drafts.save(one, Timestamp::UNIX_EPOCH).unwrap();
    assert!(matches!(drafts.save(other, Timestamp::UNIX_EPOCH), Err(NotSaved::Changed(2))));
    assert_eq!(drafts.draft(&saved.id).unwrap().unwrap().values["remark"], "甲");
}

#[test]
fn a_write_that_was_interrupted_leaves_the_draft_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::of(folder.path());
    let draft = drafts.begin(beginning(), Timestamp::UNIX_EPOCH).unwrap();
    std::fs::write(folder.path().join(format!("drafts/{}.part", draft.id)), b"{ half").unwrap();
    assert_eq!(drafts.draft(&draft.id).unwrap().unwrap(), draft);
    assert_eq!(drafts.all().unwrap().len(), 1);
}

#[test]
fn names_that_we_did_not_give_name_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::of(folder.path());
    let draft = drafts.begin(beginning(), Timestamp::UNIX_EPOCH).unwrap();
    for id in ["", "..", "../accounts/a", &draft.id[1..], &draft.id.to_uppercase().replace(char::is_numeric, "A")] {
        assert!(drafts.draft(id).unwrap().is_none(), "{id}");
    }
    drafts.discard(&draft.id).unwrap();
    assert!(matches!(drafts.save(draft, Timestamp::UNIX_EPOCH), Err(NotSaved::Gone)));
}
