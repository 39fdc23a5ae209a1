//! The declaration: every kind of object in a statement, every field of it, and who may see it.

/// Who may see a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Anyone.
    Public,
    /// Those whom the statement concerns, with everything inside it.
    Private,
    /// Anyone, as far as the objects inside it are declared.
    Inside(&'static str),
}

use Field::{Inside, Private, Public};

/// A kind of object and its fields. The names are those of the schema.
pub type Declared = (&'static str, &'static [(&'static str, Field)]);

/// Who may see a field of a kind, or of a case of a kind; nothing where nobody declared it.
pub fn field_of(kind: &str, name: &str) -> Option<Field> {
    let of = |declared: &[Declared], kind: &str| {
        let fields = declared.iter().find(|(known, _)| *known == kind)?.1;
        fields.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    };
    of(CASES, kind).or_else(|| of(DECLARATION, kind.split_once('.').map_or(kind, |(kind, _)| kind)))
}

/// The cases of a kind, each by the kind's name, a dot and its own, and the fields that are declared otherwise in it.
pub const CASES: &[Declared] = &[
    // Those who keep instruments.
    ("party.organisation", &[("address", Private)]),
    ("party.person", &[("name", Private), ("address", Private)]),
    // The number of a person's paper names the person.
    ("auth.person", &[("number", Private)]),
    // A calibration on which no other rests is the client's business.
    ("cert.own", &[("results", Private)]),
    // A round that publishes results by code alone: nobody else learns which code is whose.
    ("compAnnouncement.codes", &[("participants", Inside("participant.codes"))]),
    ("participant.codes", &[("code", Private)]),
    ("compOpening.codes", &[("result", Private), ("salt", Private)]),
];

/// The declaration.
pub const DECLARATION: &[Declared] = &[
    (
        "statement",
        &[
            ("format", Public),
            ("issuer", Public),
            ("about", Public),
            ("made_at", Public),
            ("cites", Public),
            ("under", Inside("rule")),
            ("body", Inside("body")),
        ],
    ),
    // Institutes, machines and logs.
    (
        "party",
        &[
            ("type", Public),
            ("id", Public),
            ("kind", Public),
            ("name", Inside("words")),
            ("address", Inside("words")),
            ("of", Public),
            ("district", Public),
            ("standing", Public),
            ("synthetic", Public),
        ],
    ),
    (
        "key",
        &[
            ("type", Public),
            ("party", Public),
            ("suite", Public),
            ("public_key", Public),
            ("valid_from", Public),
            ("valid_through", Public),
        ],
    ),
    (
        "auth",
        &[
            ("type", Public),
            ("party", Public),
            ("roles", Public),
            ("scope", Inside("scope")),
            ("valid_from", Public),
            ("valid_through", Public),
            ("number", Public),
        ],
    ),
    (
        "reg",
        &[
            ("type", Public),
            ("id", Public),
            ("kind", Public),
            ("name", Inside("words")),
            ("keeper", Public),
            ("instrument", Inside("instrument")),
            ("place", Inside("place")),
            ("purpose", Public),
            ("synthetic", Public),
        ],
    ),
    ("req", &[("type", Public), ("thing", Public), ("laboratory", Public), ("wanted_on", Public), ("remark", Private)]),
    (
        "meas",
        &[
            ("type", Public),
            ("format", Public),
            ("rule", Public),
            ("number", Public),
            ("occasion", Public),
            ("client", Private),
            ("instrument", Inside("instrument")),
            ("performed_on", Public),
            ("place", Private),
            ("environment", Private),
            ("standards", Public),
            ("verifier", Public),
            ("reviewer", Public),
            ("observations", Private),
            ("synthetic", Public),
            ("recalibrate_by", Private),
            ("remark", Private),
        ],
    ),
    (
        "assess",
        &[("type", Public), ("number", Public), ("content_sha256", Public), ("approved", Public), ("reason", Private)],
    ),
    (
        "cert",
        &[
            ("type", Public),
            ("number", Public),
            ("kind", Public),
            ("occasion", Public),
            ("laboratory", Inside("organisation")),
            ("authorization_number", Public),
            ("client", Private),
            ("instrument", Inside("instrument")),
            ("rule", Inside("rule")),
            ("performed_on", Public),
            ("issued_on", Public),
            ("valid_through", Public),
            ("place", Private),
            ("environment", Inside("named")),
            ("standards", Inside("standard")),
            ("results", Inside("item")),
            ("verdict", Inside("verdict")),
            ("signatories", Inside("signatory")),
            ("remark", Private),
            ("check_address", Public),
            ("synthetic", Public),
            ("disseminates", Inside("dissemination")),
            ("documents", Inside("document")),
        ],
    ),
    (
        "compAnnouncement",
        &[
            ("type", Public),
            ("step", Public),
            ("number", Public),
            ("title", Inside("words")),
            ("pilot", Public),
            ("quantity", Inside("words")),
            ("unit", Public),
            ("items", Inside("comparisonItem")),
            ("participants", Inside("participant")),
            ("protocol", Inside("protocol")),
            ("seal_by", Public),
            ("open_by", Public),
            ("report_by", Public),
            ("follow_up_by", Public),
            ("names", Public),
            ("synthetic", Public),
        ],
    ),
    ("compSeal", &[("type", Public), ("step", Public), ("round", Public), ("sha256", Public), ("decided_by", Public)]),
    (
        "compOpening",
        &[
            ("type", Public),
            ("step", Public),
            ("round", Public),
            ("seal", Public),
            ("result", Inside("roundResult")),
            ("salt", Public),
            ("names", Public),
            ("decided_by", Public),
        ],
    ),
    (
        "compReport",
        &[
            ("type", Public),
            ("step", Public),
            ("round", Public),
            ("openings", Public),
            ("without_result", Inside("withoutResult")),
            ("items", Inside("itemReport")),
        ],
    ),
    // What went wrong in a laboratory is between it and the coordinator; that it does something, and until when, is not.
    (
        "compCorrectiveAction",
        &[
            ("type", Public),
            ("step", Public),
            ("round", Public),
            ("report", Public),
            ("cause", Private),
            ("action", Private),
            ("done_by", Public),
            ("decided_by", Public),
        ],
    ),
    (
        "compClosing",
        &[
            ("type", Public),
            ("step", Public),
            ("round", Public),
            ("action", Public),
            ("accepted", Public),
            ("reason", Private),
            ("decided_by", Public),
        ],
    ),
    // How a whole network stands is nobody's secret; which instrument is how, the file of results says to those whom it concerns.
    (
        "infer",
        &[
            ("type", Public),
            ("network", Public),
            ("name", Inside("words")),
            ("district", Public),
            ("begins_on", Public),
            ("ends_on", Public),
            ("readings", Inside("document")),
            ("program", Public),
            ("limit", Public),
            ("largest_error", Inside("quantity")),
            ("states", Public),
            ("supplied", Inside("quantity")),
            ("loss", Inside("quantity")),
            ("results", Inside("document")),
            ("synthetic", Public),
        ],
    ),
    // That somebody has to act, and until when, is public; what a user's meter seems to do is not.
    (
        "alert",
        &[
            ("type", Public),
            ("thing", Public),
            ("inference", Public),
            ("state", Private),
            ("since", Private),
            ("error", Private),
            ("probability", Private),
            ("addressee", Public),
            ("answer_by", Public),
            ("synthetic", Public),
        ],
    ),
    (
        "fix",
        &[
            ("type", Public),
            ("thing", Public),
            ("alert", Public),
            ("inference", Public),
            ("action", Public),
            ("done_on", Public),
            ("replaced_by", Public),
            ("last_register", Private),
            ("remark", Private),
            ("decided_by", Public),
            ("synthetic", Public),
        ],
    ),
    ("comparisonItem", &[("thing", Public), ("name", Inside("words"))]),
    ("participant", &[("party", Public), ("code", Public)]),
    (
        "protocol",
        &[
            ("norm", Public),
            ("reference", Public),
            ("scores", Public),
            ("standard_deviation", Inside("quantity")),
            ("standard_deviation_method", Public),
            ("maximum_error", Inside("quantity")),
            ("coverage_factor", Public),
            ("coverage_probability", Public),
            ("significance", Public),
        ],
    ),
    ("roundResult", &[("measured_on", Public), ("values", Inside("itemValue"))]),
    ("itemValue", &[("item", Public), ("value", Inside("quantity")), ("degrees_of_freedom", Public)]),
    ("withoutResult", &[("code", Public), ("reason", Public)]),
    (
        "itemReport",
        &[
            ("item", Public),
            ("method", Public),
            ("reference", Inside("quantity")),
            ("exact_value", Public),
            ("exact_standard_uncertainty", Public),
            ("exact_standard_deviation", Public),
            ("laboratories", Inside("laboratoryReport")),
        ],
    ),
    (
        "laboratoryReport",
        &[
            ("code", Public),
            ("result", Inside("quantity")),
            ("difference", Inside("quantity")),
            ("scores", Inside("scoreReport")),
            ("is_satisfactory", Public),
        ],
    ),
    ("scoreReport", &[("score", Public), ("exact_value", Public), ("judgement", Public)]),
    // Of readings the log has the digest alone.
    (
        "stream",
        &[
            ("type", Public),
            ("segment", Public),
            ("leaf", Public),
            ("readings", Public),
            ("from", Public),
            ("to", Public),
            ("root", Public),
        ],
    ),
    ("norm", &[("type", Public), ("rule", Inside("rule"))]),
    (
        "correct",
        &[
            ("type", Public),
            ("statement", Public),
            ("kind", Public),
            ("replaced_by", Public),
            ("reason", Inside("words")),
            ("from", Public),
            ("decided_by", Public),
        ],
    ),
    (
        "publish",
        &[
            ("type", Public),
            ("origin", Public),
            ("tree_size", Public),
            ("root", Public),
            ("certificates", Inside("standing")),
        ],
    ),
    ("standing", &[("statement", Public), ("corrected_by", Public)]),
    ("place", &[("district", Public), ("address", Private)]),
    ("signatory", &[("id", Public), ("name", Private), ("function", Public)]),
    ("organisation", &[("name", Inside("words")), ("id", Public), ("address", Inside("words"))]),
    (
        "instrument",
        &[
            ("id", Public),
            ("kind", Public),
            ("name", Inside("words")),
            ("manufacturer", Inside("words")),
            ("model", Public),
            ("serial", Public),
            ("characteristics", Public),
        ],
    ),
    (
        "scope",
        &[
            ("rule", Public),
            ("quantity", Public),
            ("name", Inside("words")),
            ("instrument", Public),
            ("from", Inside("quantity")),
            ("to", Inside("quantity")),
            ("classes", Public),
            ("best_uncertainty", Inside("quantity")),
            ("coverage_factor", Public),
            ("district", Public),
        ],
    ),
    (
        "standard",
        &[
            ("id", Public),
            ("name", Inside("words")),
            ("model", Public),
            ("serial", Public),
            ("quantity", Public),
            ("range", Inside("words")),
            ("accuracy", Inside("words")),
            ("certificate_number", Public),
            ("certificate_statement", Public),
            ("certificate_xml_sha256", Public),
            ("valid_through", Public),
        ],
    ),
    (
        "item",
        &[
            ("item", Public),
            ("title", Inside("words")),
            ("citation", Inside("citation")),
            ("model", Public),
            ("points", Inside("point")),
            ("outcome", Public),
        ],
    ),
    (
        "point",
        &[
            ("conditions", Inside("named")),
            ("words", Inside("namedWord")),
            ("observed", Inside("named")),
            ("result", Inside("named")),
            ("limit", Inside("limit")),
            ("outcome", Public),
            ("degrees_of_freedom", Public),
            ("budget", Inside("contribution")),
            ("correlations", Inside("budgetCorrelation")),
            ("trials", Inside("trials")),
        ],
    ),
    ("trials", &[("count", Public), ("seed", Public), ("from", Public), ("to", Public), ("bins", Public)]),
    (
        "contribution",
        &[
            ("input", Public),
            ("label", Inside("words")),
            ("estimate", Inside("quantity")),
            ("standard_uncertainty", Public),
            ("contribution", Inside("quantity")),
            ("degrees_of_freedom", Public),
            ("identity", Public),
            ("sensitivity", Public),
        ],
    ),
    ("budgetCorrelation", &[("between", Public), ("coefficient", Public)]),
    ("named", &[("name", Public), ("symbol", Public), ("label", Inside("words")), ("quantity", Inside("quantity"))]),
    ("namedWord", &[("name", Public), ("label", Inside("words")), ("word", Public)]),
    ("limit", &[("lower", Inside("quantity")), ("upper", Inside("quantity")), ("citation", Inside("citation"))]),
    ("verdict", &[("outcome", Public), ("rule", Inside("rule")), ("class", Public), ("because_of", Public)]),
    (
        "dissemination",
        &[
            ("quantity", Public),
            ("from", Inside("quantity")),
            ("to", Inside("quantity")),
            ("expanded_uncertainty", Inside("quantity")),
            ("value", Inside("quantity")),
            ("degrees_of_freedom", Public),
            ("result", Public),
        ],
    ),
    ("document", &[("name", Public), ("media_type", Public), ("sha256", Public), ("length", Public)]),
    (
        "rule",
        &[
            ("id", Public),
            ("version", Public),
            ("sha256", Public),
            ("norm", Public),
            ("title", Inside("words")),
            ("in_force_from", Public),
        ],
    ),
    ("citation", &[("norm", Public), ("clause", Public), ("source", Public), ("confidence", Public)]),
    ("quantity", &[("value", Public), ("unit", Public), ("uncertainty", Public)]),
    ("words", &[("zh", Public), ("en", Public)]),
];
