//! Whether another site's page made the reader's browser send this request.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};

/// Whether a request that changes something was begun by another site.
///
/// Browsers say so themselves in `Sec-Fetch-Site`; those that do not, name the page's origin. A program sends neither, and has no cookie of a
/// session either: with one, a request must say where it comes from.
pub(crate) fn is_cross_site(method: &Method, headers: &HeaderMap, has_session: bool) -> bool {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(method) {
        return false;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    match (text(ORIGIN.as_str()), text(HOST.as_str())) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, named)| named != host),
        (Some(_), None) => true,
        (None, _) => has_session,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn crosses(headers: &[(&'static str, &'static str)], has_session: bool) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        is_cross_site(&Method::POST, &headers, has_session)
    }

    #[test]
    fn only_our_own_pages_may_change_something_in_somebodys_name() {
        assert!(!crosses(&[("sec-fetch-site", "same-origin")], true));
        assert!(!crosses(&[("sec-fetch-site", "none")], true));
        for site in ["cross-site", "same-site", ""] {
            assert!(crosses(&[("sec-fetch-site", site)], true), "{site}");
        }
        assert!(!crosses(&[("origin", "https://heng.example"), ("host", "heng.example")], true));
        assert!(crosses(&[("origin", "https://other.example"), ("host", "heng.example")], true));
        assert!(crosses(&[("origin", "null"), ("host", "heng.example")], true));
        assert!(crosses(&[], true));
        assert!(!crosses(&[], false));
        assert!(!is_cross_site(&Method::GET, &HeaderMap::new(), true));
    }
}
