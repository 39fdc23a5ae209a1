//! From a certificate to its sheet: which facts stand where, and in whose words.

mod band;
mod budget;
mod identity;
mod results;
mod standards;
mod symbols;
mod table;
mod trials;

pub(super) use band::picture;

use heng_quantity::Reported;
use heng_rule::record::Input;
use heng_rule::{Citation, Confidence, Outcome, Words as Text};
use heng_statement::{Certificate, CertificateKind};
use heng_wording::Words;
use qrcode::{Color, QrCode};

use super::chain::Step;
use super::figures;
use super::sheet::{Check, Fact, Line, Room, Shape, Sheet, Signature, Span, VerdictLine};

/// The sheet of a certificate in the language of the words, with what it rests on as far as `chain` says.
pub fn sheet(certificate: &Certificate, chain: &[Step], words: &Words) -> Sheet {
    let author = Author { certificate, chain, words };
    let mut sections = vec![author.standards()];
    sections.extend(author.conditions());
    sections.extend(author.without_points());
    sections.extend(certificate.results.iter().filter(|item| !item.points.is_empty()).map(|item| author.item(item)));
    sections.extend(author.dissemination());
    sections.extend(author.remark());
    sections.extend(author.budgets());
    Sheet {
        lang: Sheet::lang(words.language()),
        title: author.say(author.by_kind("kind-verification", "kind-rejection-notice", "kind-calibration")),
        number: certificate.number.clone(),
        number_term: author.say("term-number"),
        laboratory: author.laboratory(),
        synthetic: certificate.synthetic.then(|| (author.say("badge-synthetic"), author.say("synthetic-meaning"))),
        verdict: author.verdict(),
        facts: author.facts(),
        signatures: author.signatures(),
        check: author.check(),
        sections,
        notes: author.notes(),
        page: author.words.say("certificate-page", &[("page", "{page}"), ("pages", "{pages}")]),
        attachment: author.words.say("attachment-xml", &[("number", &certificate.number)]),
    }
}

/// Who writes the sheet: the certificate at hand, what it rests on, and the words to put it in.
struct Author<'a> {
    certificate: &'a Certificate,
    chain: &'a [Step],
    words: &'a Words,
}

/// The text in the language of the words, or in the other where there is none.
fn text_of<'text>(text: &'text Text, words: &Words) -> &'text str {
    let (wanted, other) = match words.language() {
        heng_wording::Language::Zh => (&text.zh, &text.en),
        heng_wording::Language::En => (&text.en, &text.zh),
    };
    if wanted.is_empty() { other } else { wanted }
}

fn outcome_of(outcome: Outcome, words: &Words) -> (Shape, String) {
    let (shape, code) = match outcome {
        Outcome::Conforms => (Shape::Passed, "outcome-conforms"),
        Outcome::DoesNotConform => (Shape::Failed, "outcome-does-not-conform"),
        Outcome::NotDecidable => (Shape::Open, "outcome-not-decidable"),
    };
    (shape, words.say(code, &[]))
}

impl Author<'_> {
    fn say(&self, code: &str) -> String {
        self.words.say(code, &[])
    }

    fn text<'text>(&self, text: &'text Text) -> &'text str {
        text_of(text, self.words)
    }

    fn by_kind<'code>(&self, verification: &'code str, rejection: &'code str, calibration: &'code str) -> &'code str {
        match self.certificate.kind {
            CertificateKind::Verification => verification,
            CertificateKind::RejectionNotice => rejection,
            CertificateKind::Calibration => calibration,
        }
    }

    fn fact(&self, term: &str, lines: Vec<Line>) -> Fact {
        Fact { term: text(&self.say(term)), lines, room: Room::Half }
    }

    fn wide_fact(&self, term: &str, lines: Vec<Line>) -> Fact {
        Fact { room: Room::Whole, ..self.fact(term, lines) }
    }

    fn outcome(&self, outcome: Outcome) -> (Shape, String) {
        outcome_of(outcome, self.words)
    }

    /// A clause with the badge of doubt where its text was not read.
    fn citation(&self, citation: &Citation) -> Line {
        let mut line = vec![Span::Figure(citation.norm.clone())];
        line.extend(citation.clause.as_ref().map(|clause| Span::Text(format!(" {clause}"))));
        line.extend(self.doubt(citation.confidence));
        line
    }

    fn doubt(&self, confidence: Confidence) -> Option<Span> {
        match confidence {
            Confidence::Read => None,
            Confidence::Secondary | Confidence::Unverified => Some(Span::Badge(self.say("badge-not-read"))),
        }
    }

    fn laboratory(&self) -> Vec<Line> {
        let laboratory = &self.certificate.laboratory;
        let mut lines = vec![text(self.text(&laboratory.name))];
        if let Some(number) = &self.certificate.authorization_number {
            lines.push(text(&self.words.say("authorization-number", &[("number", number)])));
        }
        lines.extend(laboratory.address.as_ref().map(|address| text(self.text(address))));
        lines
    }

    fn verdict(&self) -> Option<VerdictLine> {
        let verdict = self.certificate.verdict.as_ref()?;
        let (shape, word) = self.outcome(verdict.outcome);
        // The name of a norm is one word to the reader.
        let norm = verdict.rule.norm.replace(' ', "\u{a0}");
        let norm = ("norm", norm.as_str());
        let titles: Vec<&str> = verdict.because_of.iter().map(|item| self.item_title(item)).collect();
        let items = titles.join(&self.say("list-separator"));
        let mut sentences = Vec::new();
        sentences.push(match (verdict.outcome, &verdict.class) {
            (Outcome::Conforms, Some(class)) => self.words.say("verdict-conforms-class", &[norm, ("class", class)]),
            (Outcome::Conforms, None) => self.words.say("verdict-conforms", &[norm]),
            (Outcome::DoesNotConform, _) => self.words.say("verdict-does-not-conform", &[norm, ("items", &items)]),
            (Outcome::NotDecidable, _) => self.words.say("verdict-not-decidable", &[norm, ("items", &items)]),
        });
        if let Some(day) = &self.certificate.valid_through {
            sentences.push(self.words.say("verdict-valid-through", &[("day", &day.to_string())]));
        }
        Some(VerdictLine { shape, word, reason: text(&sentences.join(&self.say("sentence-separator"))) })
    }

    fn item_title<'item>(&'item self, item: &'item str) -> &'item str {
        let found = self.certificate.results.iter().find(|result| result.item == item);
        found.map_or(item, |result| self.text(&result.title))
    }

    fn signatures(&self) -> Vec<Signature> {
        let function = |function: &str| {
            let of_kind =
                format!("function-{function}-{}", self.by_kind("verification", "verification", "calibration"));
            if self.words.knows(&of_kind) { self.say(&of_kind) } else { function.to_owned() }
        };
        let signatories = self.certificate.signatories.iter();
        signatories
            .map(|person| Signature {
                function: function(&person.function),
                name: self.text(&person.name).to_owned(),
                id: person.id.clone(),
            })
            .collect()
    }

    /// The QR code; absent where the address is longer than a code can hold.
    fn check(&self) -> Option<Check> {
        let address = self.certificate.check_address.as_str();
        let code = code(address)?;
        let file = format!("{}.pdf", self.certificate.number);
        Some(Check {
            code,
            name: self.words.say("check-code", &[("address", address)]),
            lines: vec![
                vec![Span::Strong(self.say("check-scan"))],
                vec![Span::Address(address.to_owned())],
                text(&self.say("check-offline")),
                vec![Span::Code(format!("heng check {file}"))],
            ],
        })
    }

    /// The badge of doubt comes first and is explained; then what holds for every certificate.
    fn notes(&self) -> Vec<Line> {
        let doubt = self.doubt(Confidence::Unverified).filter(|_| self.any_doubt()).map(|badge| {
            let mut line = vec![badge];
            line.extend(text(&self.say("note-not-read")));
            line
        });
        let kind = self.by_kind("note-verification", "note-rejection-notice", "note-calibration");
        let always = ["note-signature", "note-scope", kind].map(|note| text(&self.say(note)));
        doubt.into_iter().chain(always).collect()
    }

    fn any_doubt(&self) -> bool {
        let cited = self.certificate.results.iter().flat_map(|item| {
            let limits = item.points.iter().filter_map(|point| point.limit.as_ref());
            limits.map(|limit| &limit.citation).chain([&item.citation])
        });
        cited.into_iter().any(|citation| citation.confidence != Confidence::Read)
    }

    /// A value that was stated with an evaluation of its own.
    fn input(&self, input: &Input) -> Line {
        let with_unit = |value| figures::with_unit(figures::number(value), &input.unit);
        let mut line = vec![Span::Figure(with_unit(&input.value))];
        let evaluated = [
            ("u", &input.standard_uncertainty, true),
            ("a", &input.half_width, true),
            ("U", &input.expanded_uncertainty, true),
            ("k", &input.coverage_factor, false),
            ("ν", &input.degrees_of_freedom, false),
        ];
        for (symbol, value, has_unit) in evaluated {
            let Some(value) = value else { continue };
            let shown = if has_unit { with_unit(value) } else { figures::number(value) };
            line.push(Span::Text(", ".to_owned()));
            line.push(Span::Symbol(symbol.to_owned()));
            line.push(Span::Figure(format!("\u{a0}=\u{a0}{shown}")));
        }
        line
    }

    fn series(&self, series: &[Reported]) -> Line {
        let separated = series.iter().enumerate().flat_map(|(index, reported)| {
            let separator = (index > 0).then(|| Span::Text(", ".to_owned()));
            separator.into_iter().chain(figures::quantity(reported))
        });
        separated.collect()
    }
}

/// A QR code as a picture; absent where the text is longer than a code can hold.
pub fn code(text: &str) -> Option<String> {
    QrCode::new(text).ok().map(|code| drawn(&code))
}

/// The code as one path of its dark runs, row by row, in the quiet zone of four modules that readers need.
fn drawn(code: &QrCode) -> String {
    let (width, modules) = (code.width(), code.to_colors());
    let side = width + 2 * QUIET_ZONE;
    let mut path = String::new();
    for (y, row) in modules.chunks(width.max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let (left, top, length) = (x + QUIET_ZONE, y + QUIET_ZONE, run.len());
                path.push_str(&format!("M{left} {top}h{length}v1h-{length}z"));
            }
            x += run.len();
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{side}" height="{side}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>"##
    )
}

const QUIET_ZONE: usize = 4;

fn text(words: &str) -> Line {
    vec![Span::Text(tied(words))]
}

/// The words with numbers tied to their units: `2.5 MPa` never breaks.
fn tied(words: &str) -> String {
    let mut tied = String::with_capacity(words.len());
    let mut parts = words.split(' ').peekable();
    while let Some(part) = parts.next() {
        tied.push_str(part);
        let Some(next) = parts.peek() else { break };
        let is_number = part.ends_with(|last: char| last.is_ascii_digit())
            && part.chars().rev().take_while(|c| !c.is_whitespace()).all(|c| !c.is_alphabetic() || !c.is_ascii());
        let letters = next.chars().take_while(|c| c.is_alphabetic() || matches!(c, '°' | '%')).count();
        tied.push(if is_number && (1..=LONGEST_UNIT).contains(&letters) { '\u{a0}' } else { ' ' });
    }
    tied
}

/// The letters of the longest unit symbol in common use: `kWh`, `MPa`.
const LONGEST_UNIT: usize = 3;
