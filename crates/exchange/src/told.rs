//! Findings with their places, as many as somebody reads: a file may hold a fault in every second byte.

use heng_quantity::{Finding, Position, Severity};

/// Findings up to a number, and one for all that are left out.
pub(crate) struct Told {
    /// How many more are told one by one.
    room: usize,
    found: Vec<(usize, Finding)>,
    left_out: Option<LeftOut>,
}

/// Findings that are not told one by one.
struct LeftOut {
    first: (usize, Option<Position>),
    count: usize,
    /// The worst of them: what is not told must not make a file look better.
    severity: Severity,
}

impl Told {
    pub(crate) fn up_to(most: usize) -> Self {
        Self { room: most, found: Vec::new(), left_out: None }
    }

    /// A finding at an offset.
    pub(crate) fn push(&mut self, offset: usize, finding: Finding) {
        if self.room > 0 {
            self.room -= 1;
            self.found.push((offset, finding));
            return;
        }
        let severity = finding.severity;
        let first = (offset, finding.position);
        let left = self.left_out.get_or_insert(LeftOut { first, count: 0, severity });
        left.count += 1;
        left.severity = left.severity.max(severity);
    }

    /// What was found since the last time.
    pub(crate) fn taken(&mut self) -> Vec<(usize, Finding)> {
        std::mem::take(&mut self.found)
    }

    /// All that is still there, the last one for those that are left out.
    pub(crate) fn into_found(mut self) -> Vec<(usize, Finding)> {
        if let Some(LeftOut { first: (offset, position), count, severity }) = self.left_out {
            let finding = Finding { position, ..Finding::new("findings-more", severity) };
            self.found.push((offset, finding.with("count", count)));
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::panic)]

    use heng_quantity::{Finding, Severity};

    use super::Told;

    #[test]
    fn what_is_left_out_is_counted_and_as_bad_as_the_worst_of_it() {
        let mut told = Told::up_to(2);
        for place in 0..10 {
            told.push(place, if place == 7 { Finding::error("b") } else { Finding::info("a") });
        }
        assert_eq!(told.taken().len(), 2);
        told.push(10, Finding::warning("c"));
        let found = told.into_found();
        let [(2, more)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (more.code.as_str(), more.severity, more.data["count"].as_str()),
            ("findings-more", Severity::Error, "9")
        );
    }

    #[test]
    fn what_has_room_is_told_as_it_was_found() {
        let mut told = Told::up_to(2);
        told.push(5, Finding::info("a"));
        told.push(3, Finding::info("b"));
        assert_eq!(told.into_found(), [(5, Finding::info("a")), (3, Finding::info("b"))]);
    }
}
