//! What the interface answers is what its description says, to the last property.

use axum::http::StatusCode;
use heng_statement::Body;
use serde_json::Value;

use crate::city::City;
use crate::work::{SCALE, measured, town};

/// Where an answer differs from its description. Knows what our description uses, and panics at anything else.
fn differences(value: &Value, schema: &Value, description: &Value, at: &str, found: &mut Vec<String>) {
    for keyword in schema.as_object().expect("a schema").keys() {
        const KNOWN: [&str; 11] = [
            "type",
            "description",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "anyOf",
            "enum",
            "format",
            "minimum",
            "$ref",
        ];
        assert!(KNOWN.contains(&keyword.as_str()), "{at}: {keyword} is not understood here");
    }
    if let Some(name) = schema["$ref"].as_str() {
        let schema = description.pointer(name.trim_start_matches('#')).expect("what is referred to");
        return differences(value, schema, description, at, found);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = |choice: &Value| {
            let mut inner = Vec::new();
            differences(value, choice, description, at, &mut inner);
            inner.is_empty()
        };
        if !choices.iter().any(fits) {
            found.push(format!("{at}: {value} is none of {choices:?}"));
        }
        return;
    }
    let is_of_type = match schema["type"].as_str() {
        None => true,
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some(other) => panic!("{at}: {other}"),
    };
    if !is_of_type {
        return found.push(format!("{at}: {value} is no {}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|choices| !choices.contains(value)) {
        found.push(format!("{at}: {value} is not listed"));
    }
    for (place, one) in value.as_array().into_iter().flatten().enumerate() {
        differences(one, &schema["items"], description, &format!("{at}/{place}"), found);
    }
    let Some(fields) = value.as_object() else { return };
    for needed in schema["required"].as_array().into_iter().flatten() {
        if !fields.contains_key(needed.as_str().expect("a name")) {
            found.push(format!("{at}: {needed} is missing"));
        }
    }
    for (name, field) in fields {
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Null) if schema["properties"].get("obligation").is_some() => {}
            (Value::Null, Value::Null) => found.push(format!("{at}/{name} is not described")),
            (Value::Null, other) => differences(field, other, description, &format!("{at}/{name}"), found),
            (known, _) => differences(field, known, description, &format!("{at}/{name}"), found),
        }
    }
}

pub async fn assert_described(city: &City, cookie: &str, path: &str, address: &str) -> Value {
    let description = city.page("/api/openapi.json").await.json();
    let answer = city.page_of(cookie, address).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let pointer = "responses/200/content/application~1json/schema";
    let path = path.replace('~', "~0").replace('/', "~1");
    let schema = description.pointer(&format!("/paths/{path}/get/{pointer}")).expect("a description");
    let mut found = Vec::new();
    differences(&answer.json(), schema, &description, address, &mut found);
    assert_eq!(found, Vec::<String>::new());
    answer.json()
}

#[tokio::test]
async fn answers_are_as_described_and_own_facts_are_for_nobody_else() {
    let city = town();
    let number = city.certified(City::record("scale.toml"));
    measured(&city);
    let owner = city.session(&city.member("party:person:owner")).await;
    let reviewer = city.session(&city.member("孙丽")).await;
    let supervisor = city.session(&city.member("party:person:supervisor")).await;

    assert_described(&city, "", "/api/check/{number}", &format!("/api/check/{number}")).await;
    let address = "/api/register?quantity=mass&value=5%20kg";
    let register = assert_described(&city, "", "/api/register", address).await;
    assert_eq!(register["offers"][0]["line"]["quantity"], "mass");
    assert_described(&city, "", "/api/register", "/api/register").await;
    for cookie in ["", &owner, &reviewer] {
        let certificate = format!("/api/certificate/{number}");
        assert_described(&city, cookie, "/api/certificate/{number}", &certificate).await;
    }
    // At the bench a lapsed standard is a duty besides.
    for (cookie, duties) in [(&owner, 1), (&reviewer, 2), (&supervisor, 1)] {
        let day = assert_described(&city, cookie, "/api/day", "/api/day").await;
        assert_eq!(day["duties"].as_array().expect("a list").len(), duties, "{day}");
    }
    let holdings = assert_described(&city, &owner, "/api/holdings", "/api/holdings").await;
    assert_eq!(holdings["instruments"][0]["id"], SCALE);
    assert_eq!(holdings["instruments"].as_array().expect("a list").len(), 1, "nobody sees what others keep");
    let tasks = assert_described(&city, &reviewer, "/api/laboratory", "/api/laboratory").await;
    assert_eq!(tasks["to_review"].as_array().expect("a list").len(), 1);
    let address = "/api/districts?district=120101&condition=unverified";
    let districts = assert_described(&city, &supervisor, "/api/districts", address).await;
    assert_eq!(districts["instruments"][0]["id"], SCALE);
    assert_eq!(districts["instruments"][0]["obligation"]["obligation"], "mandatory");
    assert_described(&city, &supervisor, "/api/districts", "/api/districts").await;
    let keepers = "/api/districts?by=keeper&kind=digital-indicating-scale";
    let keepers = assert_described(&city, &supervisor, "/api/districts", keepers).await;
    assert_eq!(keepers["keepers"][0]["districts"][0]["district"], "120101", "{keepers}");

    for (address, other) in [("/api/holdings", &reviewer), ("/api/laboratory", &owner), ("/api/districts", &owner)] {
        let refused = city.page_of(other, address).await;
        assert_eq!(
            (refused.status, refused.header("content-type")),
            (StatusCode::FORBIDDEN, "application/problem+json")
        );
        assert_eq!(city.page(address).await.status, StatusCode::UNAUTHORIZED);
    }
    let foreign = city.page_of(&supervisor, "/api/districts?district=120102").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "another supervisor's district");
    let own = city.page_of(&owner, "/api/holdings").await;
    assert_eq!(own.header("cache-control"), "no-store");
    assert!(own.headers.get("access-control-allow-origin").is_none(), "no other site reads it");
}

#[tokio::test]
async fn an_evaluated_model_is_as_described_and_so_is_one_that_is_wrong() {
    let city = City::founded();
    let description = city.page("/api/openapi.json").await.json();
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/uncertainty");
    let mut texts: Vec<String> = std::fs::read_dir(examples)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    texts.push("format = 'heng-model/1'\nmodel = 'y = a'\n[inputs]\n".to_owned());
    texts.push("format = 'heng-model/1'\nmodel = 'y = a^2'\n[inputs.a]\nvalue = '0 m'\nstandard_uncertainty = '1 m'\n[specifications.y]\nupper = '1 m2'\n".to_owned());
    for text in texts {
        let request = axum::http::Request::post("/api/uncertainty").header("content-type", "text/plain");
        let answer = city.ask(request.body(text.into()).unwrap()).await;
        let kind = answer.header("content-type").replace('/', "~1");
        let pointer =
            format!("/paths/~1api~1uncertainty/post/responses/{}/content/{kind}/schema", answer.status.as_u16());
        let schema = description.pointer(&pointer).expect("a description");
        let mut found = Vec::new();
        differences(&answer.json(), schema, &description, "/api/uncertainty", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{}", answer.text());
    }
}

#[tokio::test]
async fn everything_in_the_log_is_described_to_those_who_see_all_and_to_those_who_do_not() {
    let city = town();
    let number = city.certified(City::record("scale.toml"));
    measured(&city);
    city.withdraw(&number, "示例");
    let owner = city.session(&city.member("party:person:owner")).await;
    let verifier = city.session(&city.member("赵敏")).await;
    let store = city.office().store();
    for index in 0..store.size().unwrap() {
        let signed = store.statement_at(index).unwrap().unwrap();
        let mut addresses = vec![("/api/statement/{hash}", "statement", signed.hash())];
        addresses.extend(signed.statement.about.iter().map(|thing| ("/api/thing/{id}", "thing", thing.clone())));
        if let Body::Cert(certificate) = &signed.statement.body {
            addresses.push(("/api/certificate/{number}", "certificate", certificate.number.clone()));
        }
        for (path, folder, name) in addresses {
            let name = percent_encoding::utf8_percent_encode(&name, percent_encoding::NON_ALPHANUMERIC);
            for cookie in ["", &owner, &verifier] {
                assert_described(&city, cookie, path, &format!("/api/{folder}/{name}")).await;
            }
        }
    }
}

#[tokio::test]
async fn the_interface_describes_statements_as_the_published_schema_does() {
    let published: Value = serde_json::from_str(include_str!("../../../../schemas/statement-1.json")).unwrap();
    let description = City::founded().page("/api/openapi.json").await.json();
    let names =
        |schema: &Value| schema["properties"].as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>());
    for (name, schema) in published["$defs"].as_object().unwrap() {
        let mut here = format!("Signed{name}");
        here.get_mut(6..7).unwrap().make_ascii_uppercase();
        assert_eq!(names(&description["components"]["schemas"][&here]), names(schema), "{name}");
    }
}
