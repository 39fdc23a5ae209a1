//! Why the office refused, in words with the clause.

use heng_office::Refused;
use heng_quantity::Finding;
use heng_rule::Citation;
use heng_wording::Words;

use crate::problem::Problem;

/// One reason.
pub(crate) struct Reason {
    pub(crate) sentence: String,
    /// The norm that forbids it.
    pub(crate) norm: Option<String>,
    /// Whether nobody has read the norm's own text for it.
    pub(crate) is_unread: bool,
}

/// The reasons of a refusal; what failed for other causes is a problem of the service.
pub(crate) fn reasons(refused: Refused, words: &Words) -> Result<Vec<Reason>, Problem> {
    let refusals = match refused {
        Refused::Refusals(refusals) => refusals,
        Refused::Failure(failure) if failure.code() == "error-no-standard" => {
            return Ok(vec![Reason { sentence: failure.said(words), norm: None, is_unread: false }]);
        }
        Refused::Failure(failure) => return Err(failure.into()),
    };
    Ok(refusals
        .into_iter()
        .map(|refusal| {
            let code = format!("refusal-{}", refusal.code);
            let sentence = if words.knows(&code) {
                words.refusal(&refusal.code, &refusal.data)
            } else {
                let finding = Finding { data: refusal.data.clone(), ..Finding::error(&refusal.code) };
                words.finding(&finding.code, &finding.data)
            };
            let citation = refusal.citation.as_ref();
            Reason {
                sentence,
                norm: citation.map(|citation| clause(citation)),
                is_unread: citation.is_some_and(|citation| citation.confidence != heng_rule::Confidence::Read),
            }
        })
        .collect())
}

/// The norm with its clause.
pub(crate) fn clause(citation: &Citation) -> String {
    match &citation.clause {
        Some(clause) => format!("{} {clause}", citation.norm),
        None => citation.norm.clone(),
    }
}
