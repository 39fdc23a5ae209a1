//! The content as a sheet in one language: which words stand where.

use heng_rule::Words as Text;
use heng_wording::Words;

use super::content::{Content, Figure, Name, Number, Quote, Row as Asked};
use crate::document::sheet::{Align, Block, Cell, Column, Fact, Line, Room, Row, Section, Shape, Sheet, Span, Table};

/// Names listed at once; the rest is counted.
const LISTED: usize = 8;

/// How rows are served, in the order in which they are shown.
const KINDS: [&str; 4] = ["derived", "configured", "tracked", NOT_YET];

/// The kind of what is not served.
const NOT_YET: &str = "not-yet";

/// The sheet.
pub(super) fn sheet(content: &Content, words: &Words) -> Sheet {
    let author = Author { content, words };
    let sections = [
        Some(author.summary()),
        Some(author.figures()),
        author.base(),
        author.gaps(),
        author.conflicts(),
        Some(author.services()),
        author.rows("plan-report-not-yet", "plan-report-not-yet-note", &|row| !is_served(row)),
        author.rows("plan-report-served", "plan-report-served-note", &is_served),
        author.withheld(),
        Some(author.sources()),
    ];
    Sheet {
        lang: Sheet::lang(words.language()),
        title: author.say("plan-report-title"),
        number: format!("{} {}", content.plan, content.as_of),
        number_term: author.say("plan-report-number"),
        laboratory: vec![plain(author.text(&content.reporter)), vec![Span::Code(content.reporter_id.clone())]],
        synthetic: content.is_synthetic.then(|| (author.say("badge-synthetic"), author.say("plan-report-synthetic"))),
        verdict: None,
        facts: author.facts(),
        signatures: Vec::new(),
        check: None,
        sections: sections.into_iter().flatten().collect(),
        notes: author.notes(),
        page: words.say("certificate-page", &[("page", "{page}"), ("pages", "{pages}")]),
        attachment: words.say("plan-report-attached", &[("name", &content.name)]),
    }
}

fn is_served(row: &Asked) -> bool {
    row.served.kind != NOT_YET
}

fn plain(words: &str) -> Line {
    vec![Span::Text(words.to_owned())]
}

fn cell(line: Line) -> Cell {
    Cell::Words { line }
}

fn digits(number: &Number) -> String {
    number.shown.clone()
}

struct Author<'a> {
    content: &'a Content,
    words: &'a Words,
}

impl Author<'_> {
    fn say(&self, code: &str) -> String {
        self.words.say(code, &[])
    }

    fn text<'text>(&self, text: &'text Text) -> &'text str {
        self.words.language().of((&text.zh, &text.en))
    }

    fn column(&self, code: &str, align: Align) -> Column {
        Column { head: plain(&self.say(code)), measure: Line::new(), align }
    }

    fn named(&self, name: &Name) -> String {
        name.name.as_ref().map_or_else(|| name.id.clone(), |text| self.text(text).to_owned())
    }

    /// A quantity that stands alone; nothing where it is not known.
    fn figure(&self, number: Option<&Number>, unit: &str) -> Line {
        number.map_or_else(|| plain("–"), |number| vec![Span::Figure(self.with_unit(&digits(number), unit))])
    }

    fn with_unit(&self, digits: &str, unit: &str) -> String {
        let unit = self.say(&format!("plan-unit-{unit}"));
        if unit.is_empty() { digits.to_owned() } else { format!("{digits}\u{a0}{unit}") }
    }

    fn quoted(&self, quote: &Quote) -> Span {
        let data = [("document", quote.document.as_str()), ("section", &quote.section), ("text", &quote.text)];
        Span::Quiet(self.words.say("plan-why-quote", &data))
    }

    fn section(&self, code: &str, blocks: Vec<Block>) -> Section {
        Section { heading: self.say(code), aside: Line::new(), verdict: None, blocks }
    }

    fn table(&self, caption: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Block {
        let rows = rows.into_iter().map(Row::first).collect();
        Block::Table(Table { caption: self.say(caption), columns, rows, small: false, notes: Vec::new() })
    }

    fn note(&self, code: &str) -> Block {
        Block::Text { line: plain(&self.say(code)) }
    }

    fn facts(&self) -> Vec<Fact> {
        let content = self.content;
        let fact = |code: &str, line: Line, room: Room| Fact { term: plain(&self.say(code)), lines: vec![line], room };
        vec![
            fact("plan-report-plan", plain(self.text(&content.title)), Room::Whole),
            fact("plan-report-as-of", vec![Span::Day(content.as_of.to_string())], Room::Half),
            fact("plan-report-size", vec![Span::Figure(content.tree_size.to_string())], Room::Half),
            fact("plan-report-origin", vec![Span::Code(content.origin.clone())], Room::Half),
            fact("plan-report-program", plain(&content.program), Room::Half),
            fact("plan-report-root", vec![Span::Code(content.root.clone())], Room::Whole),
            fact("plan-report-publication", vec![Span::Code(content.published_by.clone())], Room::Whole),
        ]
    }

    /// How many figures stand in which way.
    fn summary(&self) -> Section {
        let of = |codes: &[&str]| {
            let is = |figure: &&Figure| codes.contains(&figure.standing.status);
            self.content.figures.iter().filter(is).count().to_string()
        };
        let data = [
            ("count", self.content.figures.len().to_string()),
            ("reached", of(&["reached", "kept"])),
            ("on_pace", of(&["on-pace"])),
            ("behind", of(&["behind"])),
            ("missed", of(&["missed", "broken"])),
            ("without", of(&["no-evidence"])),
            ("other", of(&["no-measure", "vision", "too-early"])),
        ];
        let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let line = vec![Span::Strong(self.words.say("plan-report-counts", &data))];
        self.section("plan-report-summary", vec![Block::Text { line }, self.note("plan-report-nobody-types")])
    }

    fn figures(&self) -> Section {
        let columns = vec![
            self.column("plan-report-id", Align::Start),
            self.column("plan-report-indicator", Align::Start),
            self.column("plan-report-figure", Align::End),
            self.column("plan-report-goal", Align::End),
            self.column("plan-report-state", Align::Start),
            Column { measure: plain(&self.say("plan-report-a-year")), ..self.column("plan-report-pace", Align::End) },
            self.column("plan-report-statements", Align::End),
        ];
        let row = |figure: &Figure| {
            let mut name = plain(self.text(&figure.name));
            name.extend(figure.quotes.first().map(|quote| self.quoted(quote)));
            let mut goal = self.figure(figure.goal.value.as_ref(), &figure.unit);
            goal.extend(figure.goal.year.map(|year| Span::Quiet(year.to_string())));
            let standing = &figure.standing;
            let (shape, word) = (shape(standing.status), self.say(&format!("plan-state-{}", standing.status)));
            let count = standing.statements.to_string();
            vec![
                cell(vec![Span::Code(figure.id.clone())]),
                cell(name),
                cell(self.figure(standing.value.as_ref(), &figure.unit)),
                cell(goal),
                Cell::Verdict { shape, word },
                cell(self.figure(standing.required_pace.as_ref(), &figure.unit)),
                cell(vec![Span::Figure(count)]),
            ]
        };
        let rows = self.content.figures.iter().map(row).collect();
        self.section("plan-report-figures", vec![self.table("plan-report-figures", columns, rows)])
    }

    /// What documents state as a base and nobody has evidence of.
    fn base(&self) -> Option<Section> {
        let columns = vec![
            self.column("plan-report-id", Align::Start),
            self.column("plan-report-indicator", Align::Start),
            self.column("plan-report-base-stated", Align::End),
            self.column("plan-report-base-lacking", Align::End),
        ];
        let row = |figure: &Figure| {
            let (base, year) = figure.base.as_ref()?;
            let lacking = figure.standing.base_without_evidence.as_ref()?;
            Some(vec![
                cell(vec![Span::Code(figure.id.clone())]),
                cell(plain(self.text(&figure.name))),
                cell(vec![Span::Figure(self.with_unit(base, &figure.unit)), Span::Quiet(year.to_string())]),
                cell(self.figure(Some(lacking), &figure.unit)),
            ])
        };
        let rows: Vec<_> = self.content.figures.iter().filter_map(row).collect();
        let blocks = |rows| vec![self.note("plan-report-base-note"), self.table("plan-report-base", columns, rows)];
        (!rows.is_empty()).then(|| self.section("plan-report-base", blocks(rows)))
    }

    fn gaps(&self) -> Option<Section> {
        let columns = vec![
            self.column("plan-report-id", Align::Start),
            self.column("plan-report-indicator", Align::Start),
            self.column("plan-report-gap-count", Align::End),
            self.column("plan-report-gap-names", Align::Start),
        ];
        let row = |figure: &Figure| {
            let (gaps, private) = (&figure.standing.gaps, figure.standing.private_gaps);
            let mut names: Vec<String> = gaps.iter().take(LISTED).map(|gap| self.named(gap)).collect();
            let more = gaps.len().saturating_sub(LISTED) + private;
            if more > 0 {
                names.push(self.words.say("plan-why-more", &[("count", &more.to_string())]).trim().to_owned());
            }
            vec![
                cell(vec![Span::Code(figure.id.clone())]),
                cell(plain(self.text(&figure.name))),
                cell(vec![Span::Figure((gaps.len() + private).to_string())]),
                cell(plain(&names.join(&self.say("list-separator")))),
            ]
        };
        let with_gaps = |figure: &&Figure| !figure.standing.gaps.is_empty() || figure.standing.private_gaps > 0;
        let rows: Vec<_> = self.content.figures.iter().filter(with_gaps).map(row).collect();
        let table = |rows| vec![self.table("plan-report-gaps", columns, rows)];
        (!rows.is_empty()).then(|| self.section("plan-report-gaps", table(rows)))
    }

    /// Both sides of every conflict.
    fn conflicts(&self) -> Option<Section> {
        let columns = vec![
            self.column("plan-report-id", Align::Start),
            self.column("plan-report-conflict", Align::Start),
            self.column("plan-report-places", Align::Start),
        ];
        let row = |conflict: &super::Conflict| {
            let mut name = plain(self.text(&conflict.name));
            if !conflict.indicators.is_empty() {
                name.push(Span::Quiet(conflict.indicators.join(" ")));
            }
            let mut places = Line::new();
            for quote in &conflict.places {
                places.push(match self.quoted(quote) {
                    Span::Quiet(text) if places.is_empty() => Span::Text(text),
                    Span::Quiet(text) => Span::Below(text),
                    other => other,
                });
            }
            vec![cell(vec![Span::Code(conflict.id.clone())]), cell(name), cell(places)]
        };
        let rows: Vec<_> = self.content.conflicts.iter().map(row).collect();
        let blocks =
            |rows| vec![self.note("plan-report-conflicts-note"), self.table("plan-report-conflicts", columns, rows)];
        (!rows.is_empty()).then(|| self.section("plan-report-conflicts", blocks(rows)))
    }

    /// How many rows are served in which way, and how much of them.
    fn services(&self) -> Section {
        let columns = vec![
            self.column("plan-report-service", Align::Start),
            self.column("plan-report-rows", Align::End),
            self.column("plan-report-whole", Align::End),
            self.column("plan-report-part", Align::End),
        ];
        let count = |kind: &str, extent: Option<&str>| {
            if kind == NOT_YET && extent.is_some() {
                return cell(plain("–"));
            }
            let rows = self.content.rows.iter().filter(|row| row.served.kind == kind);
            let count = rows.filter(|row| extent.is_none() || row.served.extent == extent).count();
            cell(vec![Span::Figure(count.to_string())])
        };
        let row = |kind: &str| {
            vec![
                cell(plain(&self.say(&format!("plan-service-{kind}")))),
                count(kind, None),
                count(kind, Some("whole")),
                count(kind, Some("part")),
            ]
        };
        let rows = KINDS.iter().map(|kind| row(kind)).collect();
        let all = self.words.say("plan-report-rows-all", &[("count", &self.content.rows.len().to_string())]);
        let text = Block::Text { line: plain(&all) };
        self.section("plan-report-services", vec![text, self.table("plan-report-services", columns, rows)])
    }

    /// The rows of one kind, each with its words and the reason.
    fn rows(&self, code: &str, note: &str, wanted: &dyn Fn(&Asked) -> bool) -> Option<Section> {
        let columns = vec![
            self.column("plan-report-id", Align::Start),
            self.column("plan-report-asked", Align::Start),
            self.column("plan-report-how", Align::Start),
        ];
        let mut asked: Vec<&Asked> = self.content.rows.iter().filter(|row| wanted(row)).collect();
        asked.sort_by_key(|row| KINDS.iter().position(|kind| *kind == row.served.kind));
        let row = |row: &Asked| {
            let mut what = plain(self.text(&row.asks));
            what.extend(row.quotes.first().map(|quote| self.quoted(quote)));
            let mut how = plain(self.text(&row.served.why));
            if is_served(row) {
                let mut kind = self.say(&format!("plan-service-{}", row.served.kind));
                if let Some(extent) = row.served.extent {
                    kind = format!("{kind} · {}", self.say(&format!("plan-report-{extent}")));
                }
                how.push(Span::Quiet(kind));
            }
            vec![cell(vec![Span::Code(row.id.clone())]), cell(what), cell(how)]
        };
        let rows: Vec<_> = asked.into_iter().map(row).collect();
        let blocks = |rows| vec![self.note(note), self.table(code, columns, rows)];
        (!rows.is_empty()).then(|| self.section(code, blocks(rows)))
    }

    /// What is counted and not shown.
    fn withheld(&self) -> Option<Section> {
        if self.content.withheld.is_empty() {
            return None;
        }
        let columns =
            vec![self.column("plan-report-kind", Align::Start), self.column("plan-report-fact-count", Align::End)];
        let row = |one: &super::Withheld| {
            vec![cell(plain(self.text(&one.name))), cell(vec![Span::Figure(one.facts.to_string())])]
        };
        let rows = self.content.withheld.iter().map(row).collect();
        let table = self.table("plan-report-withheld", columns, rows);
        Some(self.section("plan-report-withheld", vec![self.note("plan-report-withheld-note"), table]))
    }

    fn sources(&self) -> Section {
        let columns =
            vec![self.column("plan-report-id", Align::Start), self.column("plan-report-source", Align::Start)];
        let row = |source: &super::Source| {
            let mut title = plain(self.text(&source.title));
            let day = source.date.map(|day| day.to_string());
            let under: Vec<String> = source.number.iter().cloned().chain(day).collect();
            if !under.is_empty() {
                title.push(Span::Quiet(under.join(" · ")));
            }
            title.push(Span::Quiet(format!("SHA-256 {}", source.sha256)));
            vec![cell(vec![Span::Code(source.id.clone())]), cell(title)]
        };
        let rows = self.content.sources.iter().map(row).collect();
        self.section("plan-report-sources", vec![self.table("plan-report-sources", columns, rows)])
    }

    /// How anyone checks it, and what a check cannot show.
    fn notes(&self) -> Vec<Line> {
        let name = &self.content.name;
        let check = self.words.say("plan-report-check-this", &[("name", name)]);
        let others = self.words.say("plan-report-others", &[("name", name)]);
        vec![plain(&check), plain(&self.say("plan-report-left-out")), plain(&others)]
    }
}

/// The shape that says without colour how a figure stands.
fn shape(status: &str) -> Shape {
    match status {
        "reached" | "kept" | "on-pace" => Shape::Passed,
        "behind" | "missed" | "broken" => Shape::Failed,
        _ => Shape::Open,
    }
}
