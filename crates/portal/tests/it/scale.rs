//! What a verifier types for the scale of the examples.

/// What a verifier types for the example's scale: it reads right at every load, changing over at half a division.
pub fn scale_sheet<'a>(act: &'a str, revision: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("act", act),
        ("revision", revision),
        ("environment.temperature", "21.5"),
        ("environment.relative_humidity", "48"),
        ("standard:thing:standard:tj-f2", "on"),
        ("reviewer", "party:person:sun-li"),
        ("appearance.1.marking_complete", "yes"),
        ("appearance.1.seal_intact", "yes"),
        ("zero.1.load", "0"),
        ("zero.1.indication", "0"),
        ("zero.1.additional", "2.5"),
    ];
    for (load, names) in [
        ("100", ["weighing.1.load", "weighing.1.indication", "weighing.1.additional"]),
        ("500", ["weighing.2.load", "weighing.2.indication", "weighing.2.additional"]),
        ("2500", ["weighing.3.load", "weighing.3.indication", "weighing.3.additional"]),
        ("10000", ["weighing.4.load", "weighing.4.indication", "weighing.4.additional"]),
        ("15000", ["weighing.5.load", "weighing.5.indication", "weighing.5.additional"]),
    ] {
        fields.extend([(names[0], load), (names[1], load), (names[2], "2.5")]);
    }
    fields
}

/// The same with every other item, ready to be signed.
pub fn whole_scale_sheet(revision: &str) -> Vec<(&str, &str)> {
    let mut fields = scale_sheet("sign", revision);
    for names in [
        ["eccentricity.1.load", "eccentricity.1.indication", "eccentricity.1.additional"],
        ["eccentricity.2.load", "eccentricity.2.indication", "eccentricity.2.additional"],
        ["eccentricity.3.load", "eccentricity.3.indication", "eccentricity.3.additional"],
        ["eccentricity.4.load", "eccentricity.4.indication", "eccentricity.4.additional"],
    ] {
        fields.extend([(names[0], "5000"), (names[1], "5000"), (names[2], "2.5")]);
    }
    for (position, name) in [
        ("1", "eccentricity.1.position"),
        ("2", "eccentricity.2.position"),
        ("3", "eccentricity.3.position"),
        ("4", "eccentricity.4.position"),
    ] {
        fields.push((name, position));
    }
    for names in [
        ["repeatability.1.load", "repeatability.1.indication"],
        ["repeatability.2.load", "repeatability.2.indication"],
        ["repeatability.3.load", "repeatability.3.indication"],
    ] {
        fields.extend([(names[0], "7500"), (names[1], "7500")]);
    }
    fields.push(("discrimination.1.changes_by_d", "yes"));
    fields
}
