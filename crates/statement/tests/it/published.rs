//! What is published is declared field by field, and the declaration is complete.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use heng_quantity::text;
use heng_rule::{Occasion, Organisation, Record, Words};
use heng_statement::body::{CertificateStanding, CorrectionKind, LegalStanding, StandingReport};
use heng_statement::published::{CASES, DECLARATION, Field, field_of};
use heng_statement::round::{Closing, CorrectiveAction, NamesPublished};
use heng_statement::{
    Authorization, Body, Correction, Party, PartyKind, Place, Purpose, Registration, Request, Review, Role, RoundStep,
    Scope, SignedStatement, Statement, published,
};
use jiff::civil::date;
use serde_json::Value;

use crate::{examples, fixtures, schema};

fn schema_file() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/statement-1.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The objects that a schema leads to: by their names, through lists and choices.
fn objects_within(schema: &Value) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    if let Some(name) = schema["$ref"].as_str() {
        names.insert(name.rsplit('/').next().unwrap().to_owned());
    }
    for inner in schema["oneOf"].as_array().into_iter().flatten().chain(schema.get("items")) {
        names.extend(objects_within(inner));
    }
    names
}

/// Where the declaration of `kind` and the schema's fields differ.
fn differences(kind: &str, fields: &[(&str, Field)], properties: &Value, root: &Value, found: &mut Vec<String>) {
    let properties = properties.as_object().unwrap();
    for name in properties.keys().filter(|name| !fields.iter().any(|(field, _)| field == name)) {
        found.push(format!("{kind}.{name} is not declared"));
    }
    for (name, field) in fields {
        let Some(described) = properties.get(*name) else {
            found.push(format!("{kind}.{name} is declared, and the schema does not know it"));
            continue;
        };
        let has_fields = |name: &String| root["$defs"][name].get("properties").is_some();
        let within: BTreeSet<String> = objects_within(described).into_iter().filter(has_fields).collect();
        let declared: BTreeSet<String> = match field {
            // A case of a kind has the fields of the kind.
            Field::Inside(inner) => [inner.split('.').next().unwrap().to_owned()].into(),
            Field::Public | Field::Private => BTreeSet::new(),
        };
        // A value's uncertainty has three forms, and all are as public as the value.
        if *name != "body" && *field != Field::Private && within != declared {
            found.push(format!("{kind}.{name} holds {within:?}, and {declared:?} is declared"));
        }
    }
}

type Fields = Vec<(&'static str, Field)>;

/// Every kind and every case of one, with all its fields.
fn declared() -> Vec<(&'static str, Fields)> {
    let cases = CASES.iter().map(|(case, _)| {
        let (base, _) = case.split_once('.').unwrap();
        let (_, fields) = DECLARATION.iter().find(|(kind, _)| *kind == base).unwrap();
        (*case, fields.iter().map(|(name, _)| (*name, field_of(case, name).unwrap())).collect())
    });
    DECLARATION.iter().map(|(kind, fields)| (*kind, fields.to_vec())).chain(cases).collect()
}

#[test]
fn a_case_declares_otherwise_what_its_kind_declares() {
    for (case, fields) in CASES {
        let (kind, _) = case.split_once('.').unwrap();
        for (name, field) in *fields {
            assert!(field_of(kind, name).is_some_and(|of_kind| of_kind != *field), "{case}.{name}");
            assert_eq!(field_of(case, name), Some(*field), "{case}.{name}");
        }
    }
    assert_eq!(field_of("party.person", "telephone"), None);
}

#[test]
fn every_field_of_the_published_schema_is_declared_public_or_private() {
    let root = schema_file();
    let mut found = Vec::new();
    for (kind, fields) in &declared() {
        let base = kind.split('.').next().unwrap();
        let properties = if base == "statement" { &root["properties"] } else { &root["$defs"][base]["properties"] };
        differences(kind, fields, properties, &root, &mut found);
    }
    let bodies = objects_within(&root["properties"]["body"]);
    for body in bodies {
        if !DECLARATION.iter().any(|(kind, _)| *kind == body) {
            found.push(format!("{body} is not declared"));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_field_that_is_new_in_the_schema_fails_the_declaration() {
    let root = schema_file();
    for (kind, fields) in declared().iter().filter(|(kind, _)| *kind != "statement") {
        let base = kind.split('.').next().unwrap();
        let mut properties = root["$defs"][base]["properties"].clone();
        properties["telephone"] = serde_json::json!({ "type": "string" });
        let mut found = Vec::new();
        differences(kind, fields, &properties, &root, &mut found);
        assert_eq!(found, [format!("{kind}.telephone is not declared")]);
    }
}

fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: text.to_owned() }
}

/// Every body with every field it can have. A new field does not compile until it stands here.
fn whole() -> Vec<Body> {
    let gram = |value: &str| text::parse(&format!("{value} g")).unwrap();
    let example: BTreeMap<&str, Statement> = examples::statements().into_iter().collect();
    let Body::Meas(record) = example["meas"].body.clone() else { panic!("the record") };
    let Body::Cert(certificate) = example["cert"].body.clone() else { panic!("the certificate") };
    let comp = |name: &str| example[name].body.clone();
    let mut coded_opening = comp("comp-opening");
    if let Body::Comp(step) = &mut coded_opening
        && let RoundStep::Opening(opening) = &mut **step
    {
        opening.names = NamesPublished::Codes;
        opening.result.values[0].item = "私物".to_owned();
    }
    let party = |kind| Party {
        id: "party:示例".to_owned(),
        kind,
        name: words(if kind == PartyKind::Person { "私名" } else { "示例" }),
        address: Some(words("私址")),
        of: Some("party:lab".to_owned()),
        district: Some("120101".to_owned()),
        standing: Some(LegalStanding::Statutory),
        synthetic: true,
    };
    let Record {
        format, rule, instrument, performed_on, environment, standards, verifier, reviewer, observations, ..
    } = *record;
    vec![
        Body::Party(party(PartyKind::Person)),
        Body::Party(party(PartyKind::Organisation)),
        Body::Party(party(PartyKind::Laboratory)),
        Body::Auth(Authorization {
            party: "party:person".to_owned(),
            roles: vec![Role::Measure, Role::Supervise],
            scope: vec![Scope {
                rule: Some("jjg-539-2016".to_owned()),
                quantity: Some("mass".to_owned()),
                name: Some(words("数字指示秤")),
                instrument: Some("digital-indicating-scale".to_owned()),
                classes: vec!["III".to_owned()],
                coverage_factor: Some("2".parse().unwrap()),
                from: Some(gram("1")),
                to: Some(gram("2")),
                best_uncertainty: Some(gram("0.1")),
                district: Some("120101".to_owned()),
            }],
            valid_from: date(2026, 1, 1),
            valid_through: date(2027, 1, 1),
            number: Some("私证".to_owned()),
        }),
        Body::Reg(Box::new(Registration {
            id: "thing:示例".to_owned(),
            kind: "instrument".to_owned(),
            name: words("电子秤"),
            keeper: "party:示例".to_owned(),
            instrument: Some(instrument.clone()),
            place: Some(Place { district: "120101".to_owned(), address: words("私址") }),
            purpose: Some(Purpose::Trade),
            synthetic: true,
        })),
        Body::Req(Request {
            thing: "thing:示例".to_owned(),
            laboratory: "party:lab".to_owned(),
            wanted_on: date(2026, 1, 1),
            remark: Some("私话".to_owned()),
        }),
        Body::Meas(Box::new(Record {
            number: Some("1".to_owned()),
            occasion: Occasion::Subsequent,
            client: Organisation {
                name: words("私名"), id: Some("私号".to_owned()), address: Some(words("私址"))
            },
            place: words("私址"),
            observations,
            synthetic: true,
            recalibrate_by: Some(date(2027, 1, 1)),
            remark: Some(words("私话")),
            format,
            rule,
            instrument,
            performed_on,
            environment,
            standards,
            verifier,
            reviewer,
        })),
        Body::Assess(Review {
            number: "1".to_owned(),
            content_sha256: "0".repeat(64),
            approved: false,
            reason: Some("私话".to_owned()),
        }),
        Body::Cert(Box::new(heng_statement::Certificate {
            client: Organisation {
                name: words("私名"), id: Some("私号".to_owned()), address: Some(words("私址"))
            },
            place: words("私址"),
            remark: Some(words("私话")),
            ..*certificate
        })),
        comp("comp-announcement"),
        comp("comp-announcement-codes"),
        comp("comp-seal"),
        comp("comp-opening"),
        coded_opening,
        comp("comp-report"),
        Body::Comp(Box::new(RoundStep::CorrectiveAction(CorrectiveAction {
            round: "0".repeat(64),
            report: "0".repeat(64),
            cause: words("私话"),
            action: words("私话"),
            done_by: date(2026, 8, 1),
            decided_by: Some("party:person".to_owned()),
        }))),
        Body::Comp(Box::new(RoundStep::Closing(Closing {
            round: "0".repeat(64),
            action: "0".repeat(64),
            accepted: false,
            reason: words("私话"),
            decided_by: Some("party:person".to_owned()),
        }))),
        Body::Correct(Correction {
            statement: "0".repeat(64),
            kind: CorrectionKind::Withdrawn,
            replaced_by: Some("0".repeat(64)),
            reason: words("示例"),
            from: date(2026, 1, 1),
            decided_by: Some("party:person".to_owned()),
        }),
        Body::Publish(StandingReport {
            origin: "log.example".to_owned(),
            tree_size: 1,
            root: "00".to_owned(),
            certificates: vec![CertificateStanding { statement: "0".repeat(64), corrected_by: Some("0".repeat(64)) }],
        }),
    ]
}

fn statement(body: Body) -> Statement {
    let example = examples::statements().into_iter().next().unwrap().1;
    Statement { body, ..example }
}

fn is_person(party: &str) -> bool {
    party == "party:person"
}

#[test]
fn the_published_schema_describes_every_field_that_a_body_can_have() {
    let root = schema_file();
    for body in whole() {
        let value = serde_json::to_value(statement(body)).unwrap();
        assert_eq!(schema::faults(&root, &value), Vec::<String>::new());
    }
}

#[test]
fn nothing_that_is_private_is_published_and_what_was_left_out_is_named() {
    let mut left_out = String::new();
    for body in whole() {
        let kind = serde_json::to_value(&body).unwrap()["type"].as_str().unwrap().to_owned();
        // Only institutes are known by their address.
        let is_institute = matches!(&body, Body::Party(party) if party.kind == PartyKind::Laboratory);
        let statement = statement(body);
        let shown = published(&statement, &is_person).unwrap();
        assert_eq!(shown.content.to_string().contains('私'), is_institute, "{kind}: {}", shown.content);
        let whole = serde_json::to_value(&statement).unwrap();
        for field in &shown.not_public {
            assert!(whole.pointer(field).is_some() && shown.content.pointer(field).is_none(), "{kind} {field}");
        }
        left_out.push_str(&format!("{kind}: {}\n", shown.not_public.join(" ")));
    }
    insta::assert_snapshot!(left_out);
}

#[test]
fn whatever_a_declared_field_holds_is_declared_too() {
    let all = declared();
    let is_declared = |kind: &str| all.iter().any(|(name, _)| *name == kind);
    for (_, fields) in &all {
        for (name, field) in fields {
            let Field::Inside(inner) = field else { continue };
            assert!(*inner == "body" || is_declared(inner), "{name} leads to {inner}");
        }
    }
}

/// Whether a value says nothing.
fn is_blank(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(fields)) => fields.values().all(|field| is_blank(Some(field))),
        Some(_) => false,
    }
}

#[test]
fn what_pages_show_of_certificates_and_parties_is_what_is_declared() {
    let mut all = whole();
    for body in whole() {
        if let Body::Cert(mut certificate) = body {
            certificate.kind = heng_statement::CertificateKind::Calibration;
            assert!(certificate.is_own_matter());
            all.push(Body::Cert(certificate));
        }
    }
    for body in all {
        let seen = match &body {
            Body::Cert(certificate) => Body::Cert(Box::new(certificate.published())),
            Body::Party(party) => Body::Party(party.published()),
            _ => continue,
        };
        let shown = heng_statement::published_body(&body, &is_person).unwrap();
        let blanked = serde_json::to_value(&seen).unwrap();
        for field in &shown.not_public {
            assert!(is_blank(blanked.pointer(field)), "{field} of {blanked}");
        }
        assert_eq!(heng_statement::published_body(&seen, &is_person).unwrap().content, shown.content);
    }
}

/// What is cut out of the bytes is what the certificate, read and written again, shows.
#[test]
fn a_cut_certificate_is_the_published_one() {
    let key = fixtures::key(heng_statement::Suite::Ed25519, 7);
    let signed = |body: Body| {
        let statement = fixtures::statement("party:lab", "2026-03-02", &["instrument:示例"], body);
        heng_statement::sign(&statement, &key).unwrap()
    };
    let sorted = |mut fields: Vec<String>| {
        fields.sort();
        fields
    };
    let mut seen = 0;
    for body in whole() {
        let Body::Cert(certificate) = body else {
            let signed = signed(body);
            assert_eq!(SignedStatement::certificate_cut(&signed.bytes, signed.hash_bytes()).unwrap(), None);
            continue;
        };
        for kind in [certificate.kind, heng_statement::CertificateKind::Calibration] {
            let certificate = heng_statement::Certificate { kind, ..(*certificate).clone() };
            let mut shown = Vec::new();
            certificate.serialize_public(&mut serde_json::Serializer::new(&mut shown)).unwrap();
            let not_public = sorted(certificate.not_public());
            let signed = signed(Body::Cert(Box::new(certificate)));
            let cut = SignedStatement::certificate_cut(&signed.bytes, signed.hash_bytes()).unwrap().unwrap();
            let read = |json: &[u8]| serde_json::from_slice::<Value>(json).unwrap();
            assert_eq!(read(&cut.json), read(&shown));
            assert_eq!(sorted(cut.not_public), not_public);
            let mut altered = signed.bytes.clone();
            altered[40] ^= 1;
            assert!(SignedStatement::certificate_cut(&altered, signed.hash_bytes()).is_err());
            seen += 1;
        }
    }
    assert!(seen >= 2, "no certificate was cut");
}
