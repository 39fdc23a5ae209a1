//! Files that were handed in together: which of them belong to which bundle, found without holding each against each.

use std::collections::{BTreeMap, BTreeSet};

use heng_exchange::dcc;
use heng_statement::Certificate;
use sha2::{Digest, Sha256};

use crate::bundle::Bundle;
use crate::given::{Given, Kind};

/// A file and what it was understood as.
type Document<'a> = (&'a Given<'a>, &'a Kind);

/// Files that were handed in together.
pub(crate) struct Handed<'a> {
    documents: Vec<Document<'a>>,
    /// Each bundle once, with the places of the files that are it or carry it.
    bundles: Vec<(&'a Bundle, Vec<usize>)>,
    /// Certificates in XML by their numbers.
    numbered: BTreeMap<String, Vec<usize>>,
    /// Web pages, bare PDFs and data by the hashes of their bytes.
    hashed: BTreeMap<String, Vec<usize>>,
    /// Files that a bundle has spoken for, or that have a report of their own.
    claimed: BTreeSet<usize>,
}

impl<'a> Handed<'a> {
    pub fn of(files: &'a [Given<'a>], kinds: &'a [Kind]) -> Self {
        let mut handed = Self {
            documents: files.iter().zip(kinds).collect(),
            bundles: Vec::new(),
            numbered: BTreeMap::new(),
            hashed: BTreeMap::new(),
            claimed: BTreeSet::new(),
        };
        let mut known: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for (place, (given, kind)) in files.iter().zip(kinds).enumerate() {
            match kind {
                Kind::Bundle(bundle) | Kind::IssuedPdf { bundle, .. } | Kind::AlteredPdf(bundle) => {
                    let canonical = Sha256::digest(bundle.to_bytes().unwrap_or_default());
                    let of = *known.entry(canonical.to_vec()).or_insert(handed.bundles.len());
                    match handed.bundles.get_mut(of) {
                        Some((_, places)) => places.push(place),
                        None => handed.bundles.push((bundle.as_ref(), vec![place])),
                    }
                }
                Kind::Dcc(read) => {
                    if let Some(number) = dcc::number(read) {
                        handed.numbered.entry(number).or_default().push(place);
                    }
                }
                Kind::Html | Kind::BarePdf | Kind::Data(_) => {
                    let hash = hex::encode(Sha256::digest(given.bytes));
                    handed.hashed.entry(hash).or_default().push(place);
                }
                Kind::Budget(_) | Kind::Reading(_) => {
                    handed.claimed.insert(place);
                }
            }
        }
        handed
    }

    /// Each bundle once.
    pub fn bundles(&self) -> Vec<&'a Bundle> {
        self.bundles.iter().map(|(bundle, _)| *bundle).collect()
    }

    /// The files that belong to a bundle, by its place, and to its certificate; from then on they are spoken for. All that are left belong to the
    /// only one there is.
    pub fn claim(&mut self, bundle: usize, certificate: Option<&Certificate>) -> Vec<Document<'a>> {
        let mut places: BTreeSet<usize> = BTreeSet::new();
        if self.bundles.len() == 1 {
            places.extend(0..self.documents.len());
        } else {
            places.extend(self.bundles.get(bundle).into_iter().flat_map(|(_, places)| places));
        }
        if let Some(certificate) = certificate {
            places.extend(self.numbered.get(&certificate.number).into_iter().flatten());
            let hashes = certificate.documents.iter().map(|document| &document.sha256);
            places.extend(hashes.filter_map(|hash| self.hashed.get(hash)).flatten());
        }
        places.retain(|place| self.claimed.insert(*place));
        places.iter().filter_map(|place| self.documents.get(*place).copied()).collect()
    }

    /// The files that nothing spoke for.
    pub fn unclaimed(&self) -> impl Iterator<Item = Document<'a>> {
        let left = self.documents.iter().enumerate().filter(|(place, _)| !self.claimed.contains(place));
        left.map(|(_, document)| *document)
    }
}
