//! The page of a problem: what is, why, and what to do next.

use askama::Template;
use heng_wording::Words;

use crate::frame::{Frame, Place};
use crate::problem::Problem;

/// A problem in words.
pub(crate) struct ProblemPage {
    pub(crate) title: String,
    pub(crate) next: String,
    /// What may have been meant.
    pub(crate) near: Vec<(String, String)>,
    status: u16,
    offers_check: bool,
}

impl ProblemPage {
    /// The words of a problem.
    pub(crate) fn new(problem: &Problem, words: &Words) -> Self {
        let data: Vec<(&str, &str)> = problem.data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Self {
            title: words.say(&format!("portal-problem-{}", problem.code), &data),
            next: words.say(&format!("portal-problem-{}-next", problem.code), &data),
            near: problem.near.clone(),
            status: problem.status.as_u16(),
            offers_check: problem.status.is_client_error(),
        }
    }

    /// The page.
    pub(crate) fn in_frame<'a>(&'a self, frame: &'a Frame<'a>) -> InFrame<'a> {
        InFrame { frame, problem: self }
    }
}

/// The page of a problem.
#[derive(Template)]
#[template(path = "problem.html")]
pub(crate) struct InFrame<'a> {
    frame: &'a Frame<'a>,
    problem: &'a ProblemPage,
}
