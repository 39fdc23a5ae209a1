//! Measures as people write them.

use super::measure::{Asked, Facts, Field, Measure, MeasureError, Score};

/// Calls within calls that are still read; none of ours has more than two.
const DEPTH: usize = 16;

/// Reads a measure.
pub(super) fn measure(text: &str) -> Result<Measure, MeasureError> {
    let mut reader = Reader { text, at: 0 };
    let measure = reader.measure(0)?;
    reader.space();
    if reader.rest().is_empty() { Ok(measure) } else { Err(reader.expected("end")) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn measure(&mut self, depth: usize) -> Result<Measure, MeasureError> {
        self.space();
        let start = self.at;
        let name = self.word("measure")?;
        if depth > DEPTH {
            return Err(MeasureError { at: start, expected: "shallower" });
        }
        self.sign("(")?;
        let measure = match name {
            "count" => Measure::Count(self.facts()?),
            "sum" => Measure::Sum(self.field()?),
            "mean" => Measure::Mean(self.field()?),
            "least" => Measure::Least(self.field()?),
            "greatest" => Measure::Greatest(self.field()?),
            "ratio" => {
                let part = self.measure(depth + 1)?;
                self.sign(",")?;
                Measure::Ratio(Box::new(part), Box::new(self.measure(depth + 1)?))
            }
            "coverage" => {
                let facts = self.facts()?;
                self.sign(",")?;
                Measure::Coverage(facts, self.field()?)
            }
            "score" => {
                self.space();
                let at = self.at;
                let name = self.word("score")?;
                let score = Score::ALL.into_iter().find(|score| score.code() == name);
                let score = score.ok_or(MeasureError { at, expected: "score" })?;
                self.sign(",")?;
                Measure::Score(score, self.facts()?)
            }
            "indicator" => {
                self.space();
                let at = self.at;
                Measure::Indicator { id: self.word("indicator")?.to_owned(), at }
            }
            _ => return Err(MeasureError { at: start, expected: "measure" }),
        };
        self.sign(")")?;
        Ok(measure)
    }

    fn facts(&mut self) -> Result<Facts, MeasureError> {
        self.space();
        let at = self.at;
        let kind = self.word("kind")?.to_owned();
        self.narrowed(kind, at)
    }

    fn field(&mut self) -> Result<Field, MeasureError> {
        self.space();
        let at = self.at;
        let kind = self.word("kind")?.to_owned();
        self.sign(".")?;
        let name = self.word("field")?.to_owned();
        Ok(Field { facts: self.narrowed(kind, at)?, name })
    }

    /// What is asked of facts.
    fn narrowed(&mut self, kind: String, at: usize) -> Result<Facts, MeasureError> {
        let mut asked = Vec::new();
        let mut more = self.keyword("where");
        while more {
            self.space();
            let at = self.at;
            let word = self.word("word")?.to_owned();
            let excluded = self.taken("!=");
            if !excluded {
                self.sign("=")?;
            }
            let mut values = vec![self.word("value")?.to_owned()];
            while self.taken("|") {
                values.push(self.word("value")?.to_owned());
            }
            asked.push(Asked { word, values, excluded, at });
            more = self.keyword("and");
        }
        let in_year = self.keyword("in");
        if in_year && !self.keyword("year") {
            return Err(self.expected("year"));
        }
        Ok(Facts { kind, asked, in_year, at })
    }

    fn word(&mut self, expected: &'static str) -> Result<&'a str, MeasureError> {
        self.space();
        let rest = self.rest();
        let length = rest.find(|sign: char| !is_of_word(sign)).unwrap_or(rest.len());
        let word = rest.get(..length).filter(|word| !word.is_empty()).ok_or_else(|| self.expected(expected))?;
        self.at += length;
        Ok(word)
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        self.space();
        let follows = self.rest().strip_prefix(keyword).is_some_and(|rest| !rest.starts_with(is_of_word));
        if follows {
            self.at += keyword.len();
        }
        follows
    }

    fn taken(&mut self, sign: &str) -> bool {
        self.space();
        let follows = self.rest().starts_with(sign);
        if follows {
            self.at += sign.len();
        }
        follows
    }

    fn sign(&mut self, sign: &'static str) -> Result<(), MeasureError> {
        if self.taken(sign) { Ok(()) } else { Err(self.expected(sign)) }
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn expected(&self, expected: &'static str) -> MeasureError {
        MeasureError { at: self.at, expected }
    }
}

fn is_of_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '-' || sign == '_' || sign == ':'
}
