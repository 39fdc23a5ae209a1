//! The style sheet and the mark, each at an address that holds its hash, so that a browser may keep it for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::problem::Problem;

const STYLE_TEXT: &str = include_str!("../assets/style.css");
const SHEET_TEXT: &str = include_str!("../assets/sheet.js");
const MODEL_TEXT: &str = include_str!("../assets/model.js");
const MARK_TEXT: &str = include_str!("../assets/mark.svg");

/// A file that never changes at its address.
pub(crate) struct Asset {
    address: String,
    media_type: &'static str,
    text: &'static str,
}

impl Asset {
    fn new(name: &str, ending: &str, media_type: &'static str, text: &'static str) -> Self {
        let hash = hex::encode(Sha256::digest(text.as_bytes()));
        let short = hash.get(..16).unwrap_or(&hash);
        Self { address: format!("/assets/{name}-{short}.{ending}"), media_type, text }
    }

    /// Where it is served.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

/// The style sheet.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::new("style", "css", "text/css", STYLE_TEXT));

/// The mark in the tab.
pub(crate) static MARK: LazyLock<Asset> = LazyLock::new(|| Asset::new("mark", "svg", "image/svg+xml", MARK_TEXT));

/// What makes the field sheet quicker.
pub(crate) static SHEET: LazyLock<Asset> = LazyLock::new(|| Asset::new("sheet", "js", "text/javascript", SHEET_TEXT));

/// What makes the page of models answer while one types.
pub(crate) static MODEL: LazyLock<Asset> = LazyLock::new(|| Asset::new("model", "js", "text/javascript", MODEL_TEXT));

/// The style of the pictures of numbers.
pub(crate) static PICTURES: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("pictures", "css", "text/css", heng_picture::STYLE));

/// Serves them.
pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let asked = format!("/assets/{name}");
    let asset = [&*STYLE, &*MARK, &*SHEET, &*MODEL, &*PICTURES]
        .into_iter()
        .find(|asset| asset.address == asked)
        .ok_or_else(Problem::no_page)?;
    let headers = [(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.text).into_response())
}
