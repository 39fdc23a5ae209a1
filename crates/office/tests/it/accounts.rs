//! Who somebody is, is proven by what only they know.

use heng_office::accounts::{Accounts, Subject, generated_password};

#[test]
fn a_name_and_its_password_belong_together() {
    let folder = tempfile::tempdir().unwrap();
    let accounts = Accounts::of(folder.path());
    let (hers, his) = (generated_password().unwrap(), generated_password().unwrap());
    accounts.add("zhang.min", "party:zhang", &hers).unwrap();
    accounts.add("li-wei", "party:li", &his).unwrap();
    assert_eq!(accounts.proven("zhang.min", &hers).unwrap().unwrap().party, "party:zhang");
    assert!(accounts.proven("zhang.min", &his).unwrap().is_none());
    assert!(accounts.proven("li-wei", &hers).unwrap().is_none());
    assert!(accounts.proven("nobody", &hers).unwrap().is_none());
    assert!(accounts.proven("zhang.min", &"x".repeat(100_000)).unwrap().is_none());
}

#[test]
fn a_password_is_kept_as_an_argon2id_hash_that_only_the_owner_of_the_file_reads() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let accounts = Accounts::of(folder.path());
    let password = generated_password().unwrap();
    accounts.add("zhang.min", "party:zhang", &password).unwrap();
    let file = folder.path().join("accounts/zhang.min.json");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("$argon2id$v=19$m=19456,t=2,p=1$") && !text.contains(&password), "{text}");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn names_that_could_name_other_files_short_passwords_and_taken_names_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let accounts = Accounts::of(folder.path());
    let password = generated_password().unwrap();
    for name in ["", "..", "../keys/x", "a/b", "张敏", ".hidden", "A", &"a".repeat(41)] {
        assert!(accounts.add(name, "party:x", &password).is_err(), "{name}");
        assert!(accounts.named(name).unwrap().is_none(), "{name}");
    }
    assert_eq!(accounts.add("a", "party:x", "fourteen signs").unwrap_err().code(), "error-password-length");
    accounts.add("a", "party:x", &password).unwrap();
    assert!(accounts.add("a", "party:y", &password).is_err());
    assert_eq!(accounts.proven("a", &password).unwrap().unwrap().party, "party:x");
}

#[test]
fn an_account_that_a_provider_vouches_for_has_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let accounts = Accounts::of(folder.path());
    let subject = Subject { issuer: "https://id.example".to_owned(), subject: "42".to_owned() };
    accounts.add_vouched("zhang", "party:zhang", subject.clone()).unwrap();
    assert_eq!(accounts.vouched(&subject).unwrap().unwrap().name, "zhang");
    assert!(accounts.proven("zhang", "").unwrap().is_none());
    let other = Subject { issuer: "https://other.example".to_owned(), ..subject };
    assert!(accounts.vouched(&other).unwrap().is_none());
}

#[test]
fn a_changed_password_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let accounts = Accounts::of(folder.path());
    let (old, new) = (generated_password().unwrap(), generated_password().unwrap());
    accounts.add("zhang", "party:zhang", &old).unwrap();
    let account = accounts.named("zhang").unwrap().unwrap();
    accounts.change_password(&account, &new).unwrap();
    assert!(accounts.proven("zhang", &old).unwrap().is_none());
    assert!(accounts.proven("zhang", &new).unwrap().is_some());
}
