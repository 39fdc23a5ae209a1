//! A bad plan file gives findings with file, line and column.

use heng_rule::plan::Plan;

/// A small plan that is sound; each test spoils one thing of it.
const GOOD: &str = include_str!("../../../../../examples/plan/plan.toml");

/// The findings after one thing was replaced: code, and the text that begins at the place.
fn spoilt(from: &str, to: &str) -> Vec<(String, String)> {
    assert!(GOOD.contains(from), "{from}");
    let source = GOOD.replacen(from, to, 1);
    let (_, findings) = Plan::read(&[("bad.toml", &source)]);
    findings
        .into_iter()
        .map(|finding| {
            assert_eq!(finding.data["file"], "bad.toml");
            let position = finding.position.unwrap();
            let line = source.lines().nth(position.line as usize - 1).unwrap_or("");
            (finding.code, line.chars().skip(position.column as usize - 1).take(12).collect())
        })
        .collect()
}

#[track_caller]
fn finds(from: &str, to: &str, code: &str, place: &str) {
    let findings = spoilt(from, to);
    assert!(
        findings.iter().any(|(found, at)| found == code && at.starts_with(place)),
        "{code} at {place} is not among {findings:?}"
    );
}

#[test]
fn a_sum_that_does_not_reconcile() {
    finds("value = \"6\"", "value = \"7\"", "plan-sum-unreconciled", "\"I1\"");
}

#[test]
fn an_unknown_indicator() {
    finds("indicator = \"I1\"", "indicator = \"I9\"", "plan-indicator-unknown", "\"I9\"");
    finds("\"count(standard)\"", "\"indicator(I9)\"", "plan-indicator-unknown", "I9)");
}

#[test]
fn a_cycle() {
    finds("\"count(standard)\"", "\"indicator(I1)\"", "plan-cycle", "\"indicator(");
    finds("service = \"counted\"", "service = \"counted\"\nunder = \"R1\"", "plan-cycle", "\"R1\"");
}

#[test]
fn a_missing_quote() {
    finds(
        "text = \"社会公用计量标准达到12项\"",
        "text = \"社会公用计量标准达到13项\"",
        "plan-quote-not-found",
        "\"社会公用",
    );
    finds(
        "quotes = [{ document = \"plan\", section = \"目标\", text = \"强制检定项目覆盖率达到95%\" }]",
        "quotes = []",
        "plan-quote-missing",
        "\"I2\"",
    );
    finds("市计量局牵头，东区、西区配合\"] }", "市计量局牵头，东区配合\"] }", "plan-quote-not-found", "\"市计量局牵头");
}

#[test]
fn a_wrong_unit() {
    finds("unit = \"count\"", "unit = \"percent\"", "plan-unit-wrong", "\"percent\"");
    finds("unit = \"count\"", "unit = \"furlong\"", "plan-unit-unknown", "\"furlong\"");
    finds("\"count(standard)\"", "\"ratio(count(standard), indicator(I2))\"", "plan-ratio-unlike", "I2");
}

#[test]
fn an_unknown_body() {
    finds("body = \"西区\"", "body = \"北区\"", "plan-body-unknown", "\"北区\"");
    finds("name = \"东区\"", "name = \"南区\"", "plan-body-unknown", "\"市计量局牵头");
}

#[test]
fn a_row_without_service_or_with_one_that_is_unknown() {
    finds("service = \"counted\"\n", "", "plan-row-without-service", "\"R1\"");
    finds("service = \"counted\"\n", "service = \"guessed\"\n", "plan-service-unknown", "\"guessed\"");
}

#[test]
fn a_row_that_asks_in_one_of_two_languages() {
    let asks = GOOD.lines().find(|line| line.starts_with("asks = ")).unwrap();
    finds(asks, "asks = { en = \"count the standards\" }", "plan-unreadable", "{ en");
    finds(asks, "asks = 12", "plan-unreadable", "12");
    // Plans that were published before there were two languages are still read.
    let (plan, findings) = Plan::read(&[("plan.toml", &GOOD.replacen(asks, "asks = \"count the standards\"", 1))]);
    assert!(findings.is_empty(), "{findings:?}");
    assert!(plan.rows.iter().any(|row| row.asks.zh == "count the standards" && row.asks.en == row.asks.zh));
}

#[test]
fn an_identifier_that_stands_twice() {
    finds("id = \"I2\"", "id = \"I1\"", "plan-id-twice", "\"I1\"");
}

#[test]
fn a_section_or_a_document_that_is_not_there() {
    finds("section = \"任务\", text", "section = \"附件\", text", "plan-section-unknown", "\"附件\"");
    finds(
        "{ document = \"plan\", section = \"任务\"",
        "{ document = \"law\", section = \"任务\"",
        "plan-document-unknown",
        "\"law\"",
    );
}

#[test]
fn passages_of_another_text() {
    let hash = GOOD.split("sha256 = \"").nth(2).unwrap().split('"').next().unwrap();
    let (before, after) = GOOD.rsplit_once(hash).unwrap();
    let spoilt = format!("{before}{}{after}", "0".repeat(64));
    let (_, findings) = Plan::read(&[("bad.toml", &spoilt)]);
    assert!(findings.iter().any(|finding| finding.code == "plan-sentences-of-another-text"));
}

#[test]
fn a_measure_that_asks_for_what_there_is_not() {
    finds("\"count(standard)\"", "\"count(standards)\"", "plan-evidence-unknown", "standards)");
    finds("\"count(standard)\"", "\"count(standard where colour = red)\"", "plan-word-unknown", "colour = red");
    finds("\"count(standard)\"", "\"sum(standard.cost)\"", "plan-number-unknown", "standard.cos");
    finds("\"count(standard)\"", "\"count(standard\"", "plan-measure-unreadable", "\"");
    finds("value = \"12\"", "value = \"twelve\"", "plan-figure-unreadable", "\"twelve\"");
}

#[test]
fn a_region_whose_code_is_none() {
    finds("[grammar]", "[regions]\nhere = \"12x\"\n\n[grammar]", "plan-region-code", "\"12x\"");
}

#[test]
fn a_share_of_a_percentage() {
    finds("indicator = \"I1\"", "indicator = \"I2\"", "plan-share-of-percent", "\"I2\"");
}

#[test]
fn a_file_that_cannot_be_read_loses_only_itself() {
    let (plan, findings) = Plan::read(&[("good.toml", GOOD), ("bad.toml", "format = \"heng-plan/1\"\nplan = [")]);
    assert_eq!(plan.indicators.len(), 2);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code.as_str(), findings[0].data["file"].as_str()), ("plan-unreadable", "bad.toml"));
    assert_eq!(findings[0].position.unwrap().line, 2);
    finds("heng-plan/1", "heng-plan/2", "plan-format", "\"heng-plan/2");
    let other = GOOD.replace("example-city-2030", "elsewhere");
    let (_, findings) = Plan::read(&[("good.toml", GOOD), ("bad.toml", &other)]);
    assert_eq!(findings[0].code, "plan-other");
}

#[test]
fn a_claim_that_the_plan_does_not_show() {
    let claim = format!(
        "{GOOD}\n[[conflict]]\nid = \"X\"\nkind = \"values-differ\"\nname = {{ zh = \"异\", en = \"differs\" }}\nindicators = [\"I1\", \"I2\"]\nplaces = []\n"
    );
    let (_, findings) = Plan::read(&[("bad.toml", &claim)]);
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["plan-quote-missing", "plan-conflict-not-so"]);
}
