//! Files of results that were read, kept by their hash: a city's piles are one file, and every list of them asks for it.

use std::sync::Arc;

use heng_statement::certificate::Document;
use heng_statement::service::ServiceResults;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// All of them together have at most about so many bytes as files.
const MOST_BYTES: u64 = 64 << 20;

/// About how many files there are in as many bytes.
const FILES: usize = 4096;

#[derive(Clone, Copy)]
struct Weight;

impl Weighter<String, (u64, Arc<ServiceResults>)> for Weight {
    fn weight(&self, _: &String, (length, _): &(u64, Arc<ServiceResults>)) -> u64 {
        (*length).max(1)
    }
}

/// The kept files.
pub(crate) struct ResultsKept(Cache<String, (u64, Arc<ServiceResults>), Weight>);

impl Default for ResultsKept {
    fn default() -> Self {
        Self(Cache::with_weighter(FILES, MOST_BYTES, Weight))
    }
}

impl ResultsKept {
    /// A file by its hash.
    pub(crate) fn get(&self, sha256: &str) -> Option<Arc<ServiceResults>> {
        self.0.get(sha256).map(|(_, results)| results)
    }

    /// Keeps a file that was read.
    pub(crate) fn keep(&self, document: &Document, results: &Arc<ServiceResults>) {
        self.0.insert(document.sha256.clone(), (document.length, Arc::clone(results)));
    }
}
