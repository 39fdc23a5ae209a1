//! One statement of each type, about one verification of a scale. All of it is made up.

use heng_statement::{Certificate, Statement, canonical};
use serde_json::{Value, json};

const HASH: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

fn rule() -> Value {
    json!({
        "id": "jjg-539-2016",
        "version": 1,
        "sha256": HASH,
        "norm": "JJG 539-2016",
        "title": { "zh": "数字指示秤", "en": "Digital indicating weighing instruments" },
        "in_force_from": "2017-05-30",
    })
}

fn citation() -> Value {
    json!({ "norm": "JJG 539-2016", "clause": "5.1", "source": "示例", "confidence": "unverified" })
}

fn gram(value: &str) -> Value {
    json!({ "value": value, "unit": "\\gram" })
}

fn instrument() -> Value {
    json!({
        "id": "thing:scale:示例-0001",
        "kind": "digital-indicating-scale",
        "name": { "zh": "电子计价秤", "en": "Price-computing scale" },
        "manufacturer": { "zh": "示例衡器厂", "en": "Example Scale Works" },
        "model": "ACS-15",
        "serial": "示例-0001",
        "characteristics": {
            "accuracy_class": "III",
            "verification_scale_interval": gram("5"),
            "maximum_capacity": { "value": "15", "unit": "\\kilogram" },
        },
    })
}

fn organisation(zh: &str, en: &str) -> Value {
    json!({ "name": { "zh": zh, "en": en }, "address": { "zh": "天津市南开区示例路1号", "en": "1 Example Road, Tianjin" } })
}

fn environment() -> Value {
    json!({ "value": "21.5", "unit": "\\degreecelsius" })
}

pub fn record() -> Value {
    json!({
        "format": "heng-record/1",
        "rule": "jjg-539-2016",
        "number": "津检衡字第20260520001号",
        "occasion": "subsequent",
        "client": organisation("示例超市", "Example Supermarket"),
        "instrument": instrument(),
        "performed_on": "2026-05-20",
        "place": { "zh": "示例超市", "en": "Example Supermarket" },
        "environment": { "temperature": environment() },
        "standards": ["thing:standard:m1-weights-01"],
        "verifier": "party:tj:zhang",
        "reviewer": "party:tj:li",
        "observations": {
            "weighing": [
                { "load": gram("0"), "indication": gram("0"), "added_load": gram("2.5") },
                { "load": gram("2500"), "indication": gram("2500"), "added_load": gram("2.0"), "steady": true },
                { "repeats": [gram("7500"), gram("7500"), gram("7505")], "remark": "示例" },
                { "air_density": {
                    "value": "1.20", "unit": "\\kilogram\\metre\\tothe{-3}", "half_width": "0.05", "distribution": "uniform"
                } },
            ],
        },
        "synthetic": true,
    })
}

fn named(name: &str, zh: &str, en: &str, quantity: &Value) -> Value {
    json!({ "name": name, "symbol": "E", "label": { "zh": zh, "en": en }, "quantity": quantity })
}

fn point() -> Value {
    let expanded = json!({
        "value": "0.5", "unit": "\\gram",
        "uncertainty": {
            "kind": "expanded", "value": "1.8", "coverage_factor": "2.00", "coverage_probability": "0.95", "distribution": "normal"
        },
    });
    json!({
        "conditions": [named("load", "载荷", "Load", &gram("2500"))],
        "observed": [named("indication", "示值", "Indication", &gram("2500"))],
        "result": named("error_of_indication", "示值误差", "Error of indication", &expanded),
        "limit": { "lower": gram("-2.5"), "upper": gram("2.5"), "citation": citation() },
        "outcome": "conforms",
        "budget": [{
            "input": "e",
            "label": { "zh": "分辨力", "en": "Resolution" },
            "estimate": gram("0"),
            "standard_uncertainty": "0.72",
            "contribution": gram("0.72"),
        }],
    })
}

fn certificate_json() -> Value {
    json!({
        "number": "津检衡字第20260520001号",
        "kind": "verification",
        "occasion": "subsequent",
        "laboratory": organisation("示例计量检定所", "Example Metrology Laboratory"),
        "authorization_number": "（津）法计（示例）01号",
        "client": organisation("示例超市", "Example Supermarket"),
        "instrument": instrument(),
        "rule": rule(),
        "performed_on": "2026-05-20",
        "issued_on": "2026-05-21",
        "valid_through": "2027-05-19",
        "place": { "zh": "示例超市", "en": "Example Supermarket" },
        "environment": [named("temperature", "温度", "Temperature", &environment())],
        "standards": [{
            "id": "thing:standard:m1-weights-01",
            "name": { "zh": "M₁等级砝码", "en": "Class M₁ weights" },
            "model": "M1",
            "serial": "示例-M1-01",
            "quantity": "mass",
            "range": { "zh": "1 g～20 kg", "en": "1 g to 20 kg" },
            "accuracy": { "zh": "M₁等级", "en": "class M₁" },
            "certificate_number": "示例-MASS-0001",
            "certificate_statement": HASH,
            "certificate_xml_sha256": HASH,
            "valid_through": "2027-01-31",
        }],
        "results": [{
            "item": "weighing",
            "title": { "zh": "称量", "en": "Weighing" },
            "citation": citation(),
            "model": "E = I + e/2 - dL - L",
            "points": [point()],
            "outcome": "conforms",
        }],
        "verdict": { "outcome": "conforms", "rule": rule(), "class": "III" },
        "signatories": [
            { "id": "party:tj:zhang", "name": { "zh": "张三", "en": "ZHANG San" }, "function": "verifier" },
            { "id": "party:tj:li", "name": { "zh": "李四", "en": "LI Si" }, "function": "reviewer" },
        ],
        "check_address": "https://heng.example/c/20260520001",
        "synthetic": true,
        "documents": [{ "name": "20260520001.xml", "media_type": "application/xml", "sha256": HASH, "length": 20480 }],
    })
}

/// The same where budgets have identities, and what is passed on says which result it is.
fn identified_certificate_json() -> Value {
    let mut certificate = certificate_json();
    let point = &mut certificate["results"][0]["points"][0];
    let line = |input: &str, identity: &str, sensitivity: &str| {
        json!({
            "input": input, "label": { "zh": "示例", "en": "Example" }, "estimate": gram("1000"), "standard_uncertainty": "0.001",
            "contribution": gram("0.001"), "identity": identity, "sensitivity": sensitivity,
        })
    };
    point["budget"] = json!([line("L", &format!("statement:{HASH}#value/1"), "-1"), line("I", "#weighing/1/I", "1"),]);
    point["correlations"] = json!([{ "between": ["L", "I"], "coefficient": "0.500000000" }]);
    let expanded = json!({
        "value": "0.003", "unit": "\\gram",
        "uncertainty": { "kind": "expanded", "value": "0.003", "coverage_factor": "2", "coverage_probability": "0.95" },
    });
    certificate["disseminates"] = json!([{
        "quantity": "mass", "from": gram("1000"), "to": gram("1000"), "expanded_uncertainty": expanded, "result": "weighing/1",
    }]);
    certificate
}

/// The same where a result is by trials, and says how they fell.
fn certificate_of_trials_json() -> Value {
    let mut certificate = certificate_json();
    certificate["results"][0]["points"][0]["trials"] =
        json!({ "count": 1000, "seed": 7, "from": "-2.5", "to": "3.5", "bins": [12, 238, 500, 230, 20, 0] });
    certificate
}

pub fn certificate() -> Certificate {
    serde_json::from_value(certificate_json()).unwrap()
}

/// The announcement of a round of two items in which names are published.
fn announcement() -> Value {
    let item = |serial: &str, zh: &str, en: &str| json!({ "thing": format!("thing:weight:示例-{serial}"), "name": { "zh": zh, "en": en } });
    json!({
        "step": "announcement",
        "number": "JB-2026-03",
        "title": { "zh": "示例：1 kg 砝码折算质量比对", "en": "Example: comparison of the conventional mass of 1 kg weights" },
        "pilot": "party:tj:lab-01",
        "quantity": { "zh": "折算质量与标称值之差", "en": "Conventional mass minus nominal value" },
        "unit": "\\milli\\gram",
        "items": [item("A", "砝码甲", "Weight A"), item("B", "砝码乙", "Weight B")],
        "participants": [
            { "party": "party:tj:lab-01", "code": "L1" },
            { "party": "party:tj:lab-02", "code": "L2" },
            { "party": "party:bj:lab-01", "code": "L3" },
        ],
        "protocol": {
            "norm": "JJF 1117-2010", "reference": "weighted_mean", "scores": ["e_n", "zeta"],
            "coverage_factor": "2", "coverage_probability": "0.95", "significance": "0.05",
        },
        "seal_by": "2026-05-29", "open_by": "2026-06-05", "report_by": "2026-06-19", "follow_up_by": "2026-07-03",
        "names": "names",
        "synthetic": true,
    })
}

fn coded_announcement() -> Value {
    let mut round = announcement();
    round["names"] = json!("codes");
    round["protocol"] = json!({
        "norm": "GB/T 28043-2019", "reference": "algorithm_a", "scores": ["z", "percent_allowed"],
        "standard_deviation_method": "algorithm_a", "maximum_error": { "value": "5.0", "unit": "\\milli\\gram" },
        "coverage_factor": "2", "coverage_probability": "0.95", "significance": "0.05",
    });
    round
}

fn milligram(value: &str, expanded: &str) -> Value {
    json!({
        "value": value, "unit": "\\milli\\gram",
        "uncertainty": { "kind": "expanded", "value": expanded, "coverage_factor": "2", "coverage_probability": "0.95" },
    })
}

fn opening() -> Value {
    json!({
        "step": "opening", "round": HASH, "seal": HASH, "names": "names", "salt": HASH, "decided_by": "party:tj:li",
        "result": {
            "measured_on": "2026-05-20",
            "values": [
                { "item": "thing:weight:示例-A", "value": milligram("1.02", "0.30"), "degrees_of_freedom": "18" },
                { "item": "thing:weight:示例-B", "value": milligram("-0.41", "0.30") },
            ],
        },
    })
}

fn round_report() -> Value {
    json!({
        "step": "report", "round": HASH, "openings": [HASH],
        "without_result": [{ "code": "L3", "reason": "round-not-sealed" }],
        "items": [{
            "item": "thing:weight:示例-A", "method": "weighted_mean", "reference": milligram("1.02", "0.21"),
            "exact_value": "1.0249999999999999", "exact_standard_uncertainty": "0.106", "exact_standard_deviation": "0.5",
            "laboratories": [{
                "code": "L1", "result": milligram("1.02", "0.30"), "difference": milligram("0.00", "0.21"),
                "scores": [{ "score": "e_n", "exact_value": "-0.023", "judgement": "satisfactory" }],
                "is_satisfactory": true,
            }],
        }],
    })
}

fn body(kind: &str, mut members: Value) -> Value {
    members["type"] = Value::from(kind);
    members
}

/// By name: one statement of each type of body. What comes behind a hyphen tells it from another of its type.
pub fn statements() -> Vec<(&'static str, Statement)> {
    let content_sha256 = certificate().content_hash().unwrap();
    let scope = json!([{
        "rule": "jjg-539-2016", "quantity": "mass",
        "from": gram("0"), "to": { "value": "60000", "unit": "\\gram" }, "best_uncertainty": gram("0.5"),
    }]);
    let lines = json!([
        {
            "rule": "jjg-539-2016", "quantity": "mass", "name": { "zh": "数字指示秤", "en": "Digital indicating scales" },
            "instrument": "digital-indicating-scale", "from": gram("0"), "to": { "value": "60", "unit": "\\kilogram" },
            "classes": ["III", "IIII"], "best_uncertainty": gram("0.5"), "coverage_factor": "2",
        },
        { "district": "120101" },
    ]);
    let percent = |value: &str, lower: &str, upper: &str, standard: &str| {
        json!({ "value": value, "unit": "\\percent", "uncertainty": {
            "kind": "interval", "lower": lower, "upper": upper, "coverage_probability": "0.95", "standard": standard,
        } })
    };
    let kwh = |value: &str| json!({ "value": value, "unit": "\\kilo\\watt\\hour" });
    let file = |name: &str, media_type: &str| json!({ "name": name, "media_type": media_type, "sha256": HASH, "length": 20480 });
    let bodies = [
        (
            "party",
            json!({
                "id": "party:tj:zhang", "kind": "person", "name": { "zh": "张三", "en": "ZHANG San" },
                "of": "party:tj:lab-01", "synthetic": true,
            }),
        ),
        (
            "key",
            json!({
                "party": "party:tj:zhang", "suite": "ed25519", "valid_from": "2026-01-01", "valid_through": "2028-12-31",
                "public_key": "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            }),
        ),
        (
            "auth",
            json!({
                "party": "party:tj:zhang", "roles": ["measure"], "scope": scope, "valid_from": "2026-01-01",
                "valid_through": "2028-12-31", "number": "示例-注册-0001",
            }),
        ),
        (
            "reg",
            json!({
                "id": "thing:scale:示例-0001", "kind": "digital-indicating-scale",
                "name": { "zh": "电子计价秤", "en": "Price-computing scale" }, "keeper": "party:tj:market-01",
                "instrument": instrument(), "synthetic": true,
            }),
        ),
        (
            "auth-lines",
            json!({
                "party": "party:tj:lab-01", "roles": ["certify"], "scope": lines, "valid_from": "2026-01-01",
                "valid_through": "2028-12-31", "number": "（津）法计（示例）00001",
            }),
        ),
        (
            "party-laboratory",
            json!({
                "id": "party:tj:lab-01", "kind": "laboratory", "name": { "zh": "示例企业计量室", "en": "Example works' laboratory" },
                "of": "party:tj:works-01", "district": "120101", "standing": "internal", "synthetic": true,
            }),
        ),
        ("meas", record()),
        ("assess", json!({ "number": "津检衡字第20260520001号", "content_sha256": content_sha256, "approved": true })),
        ("cert", certificate_json()),
        ("norm", json!({ "rule": rule() })),
        (
            "correct",
            json!({
                "statement": HASH, "kind": "superseded", "replaced_by": HASH,
                "reason": { "zh": "示例：地址有误", "en": "Example: wrong address" }, "from": "2026-06-01",
            }),
        ),
        (
            "correct-decided",
            json!({
                "statement": HASH, "kind": "withdrawn", "decided_by": "party:person:li-na",
                "reason": { "zh": "示例：读数抄错", "en": "Example: a line copied wrongly" }, "from": "2026-06-01",
            }),
        ),
        (
            "req",
            json!({
                "thing": "thing:scale:示例-0001", "laboratory": "party:tj:lab-01", "wanted_on": "2026-06-08",
                "remark": "示例：请在开市前到场",
            }),
        ),
        ("comp-announcement", announcement()),
        ("comp-announcement-codes", coded_announcement()),
        ("comp-seal", json!({ "step": "seal", "round": HASH, "sha256": HASH, "decided_by": "party:tj:li" })),
        ("comp-opening", opening()),
        ("comp-report", round_report()),
        (
            "comp-corrective-action",
            json!({
                "step": "corrective-action", "round": HASH, "report": HASH, "done_by": "2026-08-01",
                "cause": { "zh": "示例：空气浮力修正用错了密度", "en": "Example: the air buoyancy was corrected with a wrong density" },
                "action": { "zh": "示例：改正修正，重测三个砝码", "en": "Example: correct it and measure three weights again" },
                "decided_by": "party:tj:li",
            }),
        ),
        (
            "comp-closing",
            json!({
                "step": "closing", "round": HASH, "action": HASH, "accepted": true,
                "reason": { "zh": "示例：重测结果已看过", "en": "Example: the new results were looked at" },
                "decided_by": "party:tj:wang",
            }),
        ),
        (
            "auth-coordinator",
            json!({
                "party": "party:tj:society", "roles": ["coordinate"], "scope": [], "valid_from": "2026-01-01",
                "valid_through": "2028-12-31",
            }),
        ),
        (
            "publish",
            json!({
                "origin": "log.example.cn/2026", "tree_size": 5, "root": HASH,
                "certificates": [{ "statement": HASH }, { "statement": HASH, "corrected_by": HASH }],
            }),
        ),
        ("cert-identities", identified_certificate_json()),
        ("cert-trials", certificate_of_trials_json()),
        (
            "infer",
            json!({
                "network": "thing:network:示例-001", "name": { "zh": "示例路 1 号台区", "en": "Transformer district 1, Example Road" },
                "district": "120101", "begins_on": "2026-04-01", "ends_on": "2026-05-05",
                "readings": [file("readings.parquet", "application/vnd.apache.parquet")], "program": "heng 0.1.0",
                "limit": "jjf-wan-111-2021:2", "largest_error": { "value": "2", "unit": "\\percent" },
                "states": { "good": 21, "beyond": 1, "undecided": 2 }, "supplied": kwh("9321.4"),
                "loss": { "value": "3.1", "unit": "\\percent" }, "results": file("2026-05-05.json", "application/json"),
                "synthetic": true,
            }),
        ),
        (
            "infer-piles",
            json!({
                "network": "thing:network:示例-piles", "name": { "zh": "示例充电桩监测平台", "en": "Watched charging piles (example)" },
                "district": "", "begins_on": "2026-04-01", "ends_on": "2026-06-30",
                "readings": [file("sessions.parquet", "application/vnd.apache.parquet")], "program": "heng 0.1.0",
                "limit": "jjg-1149-2022:1", "largest_error": { "value": "1", "unit": "\\percent" },
                "states": { "good": 60, "beyond": 2, "undecided": 2 },
                "level": { "against": "verified", "verified": 41, "standard_uncertainty": { "value": "0.03", "unit": "\\percent" } },
                "results": file("2026-06-30.json", "application/json"), "synthetic": true,
            }),
        ),
        (
            "alert",
            json!({
                "thing": "thing:home-meter:示例-0007", "inference": HASH, "state": "beyond", "since": "2026-04-01",
                "error": percent("3.4", "2.7", "4.1", "0.35"), "probability": "0.998", "addressee": "party:utility",
                "answer_by": "2026-06-05", "synthetic": true,
            }),
        ),
        (
            "fix",
            json!({
                "thing": "thing:home-meter:示例-0007", "alert": HASH, "action": "replaced", "done_on": "2026-05-20",
                "replaced_by": "thing:home-meter:示例-0007b", "last_register": kwh("4821.37"),
                "remark": { "zh": "示例：封印完好", "en": "Example: the seal was whole" }, "decided_by": "party:tj:li",
                "synthetic": true,
            }),
        ),
        (
            "fix-sampled",
            json!({
                "thing": "thing:home-meter:示例-0008", "inference": HASH, "action": "sampled", "done_on": "2026-05-20",
                "replaced_by": "thing:home-meter:示例-0008b", "synthetic": true,
            }),
        ),
        (
            "stream",
            json!({
                "segment": 4096, "leaf": "heng-reading/1", "readings": 1_728_000, "from": "2026-05-19T16:00:00Z",
                "to": "2026-05-20T15:45:00.5Z", "root": HASH,
            }),
        ),
        (
            "plan",
            json!({
                "plan": "example-2030", "title": { "zh": "示例计划", "en": "Example plan" },
                "files": [file("plan.toml", "application/toml")], "synthetic": true,
            }),
        ),
        (
            "attest",
            json!({
                "kind": "enrolment", "subject": "enrolment:120101:2026", "name": { "zh": "入学汇总", "en": "Enrolment" },
                "district": "120101", "body": "市教委", "words": { "stage": ["final"] }, "numbers": { "enrolled": "98" },
                "from": "2026-09-01", "through": "2027-08-31", "documents": [file("汇总.pdf", "application/pdf")],
                "synthetic": true,
            }),
        ),
        (
            "fcst-seal",
            json!({
                "step": "seal", "product": "heavy-rain", "district": "120101", "will_happen": true, "probability": "0.8",
                "horizon": "24h", "begins_at": "2026-07-20T00:00:00Z", "ends_at": "2026-07-21T00:00:00Z",
                "documents": [file("预报.txt", "text/plain")], "synthetic": true,
            }),
        ),
        (
            "fcst-observation",
            json!({
                "step": "observation", "product": "heavy-rain", "district": "120101", "happened_at": "2026-07-20T06:40:00Z",
                "begins_at": "2026-07-20T00:00:00Z", "ends_at": "2026-07-21T00:00:00Z",
                "documents": [file("stations.csv", "text/csv")], "synthetic": true,
            }),
        ),
        (
            "life-stage",
            json!({
                "step": "stage", "norm": "JJF(示例) 1-2026", "title": { "zh": "示例规范", "en": "Example norm" },
                "stage": "published", "on": "2026-03-01", "scope": "local", "field": "metrology", "part": "led",
                "origin": "government", "cites": [{ "norm": "JJG 539-2016", "clause": "5.1" }, { "norm": "JJF 1001" }],
                "replaces": ["JJF(示例) 1-2016"], "review_due": "2031-03-01",
                "documents": [file("规范.pdf", "application/pdf")], "synthetic": true,
            }),
        ),
        (
            "life-feedback",
            json!({
                "step": "feedback", "norm": "JJG 539-2016", "clause": "5.1", "used_in": HASH,
                "text": { "zh": "示例意见", "en": "Example remark" }, "synthetic": true,
            }),
        ),
        (
            "report",
            json!({
                "plan": "example-2030", "published_by": HASH, "as_of": "2026-06-30", "origin": "log.example.cn/2026",
                "tree_size": 5, "root": HASH, "program": "heng 0.1.0",
                "figures": [
                    {
                        "indicator": "N2", "exact_value": "200/3", "unit": "percent", "status": "behind",
                        "exact_required_pace": "5", "evidence": 3,
                    },
                    { "indicator": "N3", "unit": "count", "status": "no-evidence", "evidence": 0 },
                ],
                "evidence": file("evidence.json", "application/json"), "rows": { "derived": 1 },
                "documents": [file("report.pdf", "application/pdf")], "synthetic": true,
            }),
        ),
        (
            "auth-attest",
            json!({
                "party": "party:tj:weather", "roles": ["attest"], "scope": [], "valid_from": "2026-01-01",
                "valid_through": "2028-12-31",
            }),
        ),
    ];
    bodies
        .into_iter()
        .map(|(kind, members)| {
            let statement = json!({
                "format": "heng-statement/1",
                "issuer": "party:tj:lab-01",
                "about": ["thing:scale:示例-0001"],
                "made_at": "2026-05-21T01:30:00Z",
                "cites": [HASH],
                "under": rule(),
                "body": body(kind.split('-').next().unwrap(), members),
            });
            canonical::canonical_bytes(&statement).unwrap();
            (kind, serde_json::from_value(statement).unwrap())
        })
        .collect()
}
