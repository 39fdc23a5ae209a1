//! Canonical JSON.

use heng_statement::canonical::{CanonicalError, LARGEST_TEXT, canonical_bytes, parse_canonical};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn names_are_sorted_as_in_rfc_8785_section_3_2_3() {
    let input = "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\",\
                 \"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\",\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}";
    let value: Value = serde_json::from_str(input).unwrap();
    let canonical = String::from_utf8(canonical_bytes(&value).unwrap()).unwrap();
    let expected = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"];
    let positions: Vec<_> = expected.iter().map(|name| canonical.find(name).unwrap()).collect();
    assert!(positions.is_sorted(), "{canonical}");
}

#[test]
fn literals_and_text_are_those_of_rfc_8785_section_3_2_2() {
    let input = r#"{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#;
    let value: Value = serde_json::from_str(input).unwrap();
    let canonical = String::from_utf8(canonical_bytes(&value).unwrap()).unwrap();
    assert_eq!(canonical, "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

#[test]
fn only_the_canonical_spelling_is_read() {
    for text in [
        r#"{"a":1, "b":2}"#,
        r#"{"b":2,"a":1}"#,
        r#"{"a":1,"a":1}"#,
        r#"{"a":"\u0041"}"#,
        r#"{"a":"\/"}"#,
        r#"{"a":-0}"#,
        "{\"a\":1}\n",
    ] {
        assert!(parse_canonical(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(parse_canonical(br#"{"a":1,"b":"2.50"}"#).unwrap(), json!({ "a": 1, "b": "2.50" }));
}

#[test]
fn only_integers_that_every_reader_keeps_are_numbers() {
    for text in ["1.5", "1e3", "1.0", "9007199254740992", "-9007199254740992", "18446744073709551615"] {
        let outcome = parse_canonical(text.as_bytes());
        assert!(matches!(outcome, Err(CanonicalError::Number { .. })), "{text}: {outcome:?}");
    }
    for text in ["0", "9007199254740991", "-9007199254740991"] {
        assert!(parse_canonical(text.as_bytes()).is_ok(), "{text}");
    }
}

#[test]
fn size_depth_and_noncharacters_are_limited() {
    let long = json!("衡".repeat(LARGEST_TEXT / 3));
    assert!(matches!(canonical_bytes(&long), Err(CanonicalError::TooLarge { .. })));
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse_canonical(deep(32).as_bytes()).is_ok());
    assert!(matches!(parse_canonical(deep(33).as_bytes()), Err(CanonicalError::TooDeep)));
    assert!(parse_canonical(deep(10_000).as_bytes()).is_err());
    for forbidden in ['\u{FDD0}', '\u{FFFE}', '\u{1FFFF}', '\u{10FFFF}'] {
        let outcome = canonical_bytes(&json!({ "text": forbidden.to_string() }));
        assert!(matches!(outcome, Err(CanonicalError::Noncharacter { .. })), "{outcome:?}");
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        "[ -~量衡€😀\\n]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-z量😀ﬃ]{0,4}", inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn parsing_what_was_printed_gives_the_value_back(value in value()) {
        let bytes = canonical_bytes(&value).unwrap();
        let again = parse_canonical(&bytes).unwrap();
        prop_assert_eq!(canonical_bytes(&again).unwrap(), bytes);
        prop_assert_eq!(again, value);
    }
}

/// One of each shape that serde has.
#[derive(serde::Serialize)]
struct Shapes {
    z: (u8, char, Option<bool>),
    a: Vec<Variant>,
    map: std::collections::BTreeMap<String, i64>,
    #[serde(flatten)]
    flat: Flat,
    tagged: Tagged,
}

#[derive(serde::Serialize)]
struct Flat {
    y: (),
    b: Newtype,
}

#[derive(serde::Serialize)]
struct Newtype(&'static str);

#[derive(serde::Serialize)]
enum Variant {
    Unit,
    One(u64),
    Two(i8, i64),
    Named { second: u32, first: Option<()> },
}

#[derive(serde::Serialize)]
#[serde(tag = "type")]
enum Tagged {
    Inner { kind: &'static str, at: u16 },
}

#[test]
fn a_value_is_written_as_its_tree_would_be() {
    let shapes = Shapes {
        z: (7, '衡', Some(true)),
        a: vec![
            Variant::Unit,
            Variant::One(1),
            Variant::Two(-1, -9_007_199_254_740_991),
            Variant::Named { second: 2, first: None },
        ],
        map: [("ﬃ", 1), ("😀", 2), ("a\"b", 3)].map(|(name, value)| (name.to_owned(), value)).into(),
        flat: Flat { y: (), b: Newtype("\u{1}\n€") },
        tagged: Tagged::Inner { kind: "k", at: 9 },
    };
    let tree = serde_json::to_value(&shapes).unwrap();
    let direct = canonical_bytes(&shapes).unwrap();
    assert_eq!(String::from_utf8(direct.clone()).unwrap(), String::from_utf8(canonical_bytes(&tree).unwrap()).unwrap());
    assert_eq!(parse_canonical(&direct).unwrap(), tree);
    assert!(direct.starts_with(br#"{"a":["Unit",{"One":1},{"Two":[-1,"#), "{}", String::from_utf8_lossy(&direct));
}

#[test]
fn a_name_that_comes_twice_is_refused() {
    #[derive(serde::Serialize)]
    struct Twice {
        b: u8,
        #[serde(flatten)]
        again: Again,
    }
    #[derive(serde::Serialize)]
    struct Again {
        b: u8,
    }
    let outcome = canonical_bytes(&Twice { b: 1, again: Again { b: 2 } });
    assert!(matches!(outcome, Err(CanonicalError::Json(_))), "{outcome:?}");
}
