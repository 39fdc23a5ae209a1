//! The owner registers one instrument by hand: looked at first, decided as a ledger's row is, and a statement once confirmed.

use axum::http::StatusCode;
use heng_statement::Body;

use crate::work::{SHOP, form, town};

const PAGE: &str = "/holdings/new";

fn scale<'a>(act: &'a str, serial: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("act", act),
        ("kind", "digital-indicating-scale"),
        ("name", "电子计价秤"),
        ("manufacturer", "津衡"),
        ("model", "ACS-15"),
        ("serial", serial),
        ("class", "III"),
        ("range", "最大秤量 Max = 15 kg；检定分度值 e = 5 g"),
        ("purpose", "trade"),
        ("district", "120101"),
        ("address", "二楼 3 号摊"),
    ]
}

#[tokio::test]
async fn an_instrument_is_looked_at_then_registered_and_stands_in_the_log() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let size = || city.office().store().size().unwrap();
    let before = size();
    let blank = city.page_of(&owner, PAGE).await;
    assert!(
        blank.status == StatusCode::OK && blank.text().contains("冷水水表"),
        "every kind of the catalogue is offered"
    );

    let looked = city.fill(PAGE, &owner, &form(&scale("look", "N-7"))).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.text());
    assert!(looked.text().contains("强制检定 · 贸易结算") && looked.text().contains("N-7"), "{}", looked.text());
    assert_eq!(size(), before, "a look says nothing");
    let edited = city.fill(PAGE, &owner, &form(&scale("edit", "N-7"))).await.text();
    assert!(edited.contains("value=\"N-7\"") && edited.contains("name=\"act\" value=\"look\""), "{edited}");

    let entered = city.fill(PAGE, &owner, &form(&scale("enter", "N-7"))).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text());
    assert_eq!(size(), before + 1);
    let signed = city.office().store().statement_at(before).unwrap().unwrap();
    let Body::Reg(registration) = &signed.statement.body else { panic!("a registration") };
    assert_eq!((signed.statement.issuer.as_str(), registration.keeper.as_str()), (SHOP, SHOP));
    assert!(registration.synthetic, "a demonstration's house keeps a demonstration's instruments");
    assert!(city.page_of(&owner, "/holdings").await.text().contains("N-7"));
    assert_eq!(city.page(entered.header("location")).await.status, StatusCode::OK, "anyone finds it");

    let again = city.fill(PAGE, &owner, &form(&scale("enter", "N-7"))).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text());
    assert!(again.text().contains("已登记在你单位名下"), "{}", again.text());
    assert_eq!(size(), before + 1, "nothing is registered twice");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_named_at_the_top() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let size = city.office().store().size().unwrap();
    let mut fields = scale("enter", "");
    fields.retain(|(name, _)| *name != "manufacturer" && *name != "district");
    fields.iter_mut().filter(|(name, _)| *name == "range").for_each(|(_, value)| *value = "最大秤量 Max = 15 m");
    let refused = city.fill(PAGE, &owner, &form(&fields)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    for (field, said) in [("range", "单位不对"), ("serial", "没有填出厂编号"), ("manufacturer", "没有填制造厂")]
    {
        assert!(text.contains(&format!("<a href=\"#{field}\">")), "{field}: {text}");
        assert_eq!(text.matches(said).count(), 2, "at the top and at the field: {text}");
    }
    assert!(text.contains("value=\"ACS-15\""), "what was typed is still there");
    let mut fields = scale("enter", "N-8");
    fields.retain(|(name, _)| *name != "district");
    let refused = city.fill(PAGE, &owner, &form(&fields)).await;
    assert!(refused.text().contains("没有填使用区"), "{}", refused.text());
    assert_eq!(city.office().store().size().unwrap(), size, "and nothing was said");
}

#[tokio::test]
async fn whatever_is_typed_is_only_words_and_only_owners_type_it() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let live = "<script>alert(1)</script>";
    let mut fields = scale("look", live);
    for (name, value) in &mut fields {
        if matches!(*name, "name" | "manufacturer" | "model" | "address" | "range") {
            *value = live;
        }
    }
    let looked = city.fill(PAGE, &owner, &form(&fields)).await;
    assert!(!looked.text().contains("<script>alert"), "{}", looked.text());
    fields[0].1 = "enter";
    let entered = city.fill(PAGE, &owner, &form(&fields)).await;
    for page in [entered.header("location"), "/holdings"] {
        assert!(!city.page_of(&owner, page).await.text().contains("<script>alert"), "{page}");
    }
    let long = "长".repeat(501);
    let refused = city.fill(PAGE, &owner, &form(&scale("enter", &long))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    let verifier = city.session(&city.member("赵敏")).await;
    let size = city.office().store().size().unwrap();
    assert_eq!(city.fill(PAGE, &verifier, &form(&scale("enter", "N-9"))).await.status, StatusCode::FORBIDDEN);
    assert_eq!(city.page_of(&verifier, PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(city.office().store().size().unwrap(), size);
}
