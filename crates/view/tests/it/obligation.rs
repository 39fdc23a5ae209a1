//! The two keys: listed, and used for what counts.

use heng_rule::catalogue::{Catalogue, CatalogueError, builtin_catalogue};
use heng_statement::body::Purpose;
use heng_view::obligation::{Obligation, obligation};
use jiff::civil::{Date, date};

fn code(kind: &str, purpose: Option<Purpose>, on: Date) -> &'static str {
    obligation(&builtin_catalogue().unwrap(), kind, purpose, on).code()
}

#[test]
fn a_pricing_scale_in_a_shop_must_be_verified_and_the_same_scale_in_a_laboratory_need_not() {
    let on = date(2026, 6, 1);
    assert_eq!(code("digital-indicating-scale", Some(Purpose::Trade), on), "mandatory");
    assert_eq!(code("digital-indicating-scale", Some(Purpose::Other), on), "other-purpose");
    assert_eq!(code("digital-indicating-scale", None, on), "purpose-unknown");
    assert_eq!(code("thermometer", Some(Purpose::Trade), on), "not-listed");
}

#[test]
fn charging_piles_are_under_the_obligation_from_the_first_day_of_2023() {
    assert_eq!(code("dc-charging-pile", Some(Purpose::Trade), date(2022, 12, 31)), "later");
    assert_eq!(code("dc-charging-pile", Some(Purpose::Trade), date(2023, 1, 1)), "mandatory");
}

#[test]
fn each_purpose_of_a_registration_but_the_last_turns_the_second_key() {
    let all = [Purpose::Trade, Purpose::Safety, Purpose::Health, Purpose::Environment, Purpose::Other];
    let counted = all.map(|purpose| {
        let found = obligation(&builtin_catalogue().unwrap(), "pressure-gauge", Some(purpose), date(2026, 6, 1));
        matches!(found, Obligation::Mandatory { .. })
    });
    assert_eq!(counted, [true, true, true, true, false]);
    // The names in catalogues are those in statements.
    for purpose in all {
        assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.code());
    }
}

#[test]
fn a_catalogue_that_answers_twice_or_cites_nothing_is_refused() {
    let good = include_str!("../../../../rules/catalogue-mandatory-2020/catalogue.toml");
    let twice = good.replace("\"gas-dispenser\"", "\"fuel-dispenser\"");
    assert_eq!(Catalogue::parse(&twice), Err(CatalogueError::KindTwice("fuel-dispenser".into())));
    let uncited = good.replace("citation = \"piles\"", "citation = \"nowhere\"");
    assert_eq!(Catalogue::parse(&uncited), Err(CatalogueError::Citation("nowhere".into())));
    let other = good.replace("heng-catalogue/1", "heng-catalogue/2");
    assert_eq!(Catalogue::parse(&other), Err(CatalogueError::Format("heng-catalogue/2".into())));
}
