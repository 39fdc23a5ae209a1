//! A standard's calibrated values through the certificates that stand.

use std::sync::Arc;

use heng_statement::{Body, SignedStatement};
use heng_view::stability::{Calibration, Track, tracks};

use crate::portal::Portal;
use crate::problem::Problem;

/// Certificates before these are history that the timeline tells.
const MOST: usize = 24;

/// The values of a thing that at least two of its certificates give.
pub(crate) fn stability(portal: &Portal, thing: &str) -> Result<Vec<Track>, Problem> {
    let hashes: Vec<String> = {
        let inventory = portal.inventory()?;
        let Some(entered) = inventory.thing(thing) else { return Ok(Vec::new()) };
        let standing = inventory.certificates_of(entered).rev().filter(|certified| certified.correction.is_none());
        standing.take(MOST).map(|certified| certified.hash.clone()).collect()
    };
    let signed: Vec<Arc<SignedStatement>> =
        hashes.iter().filter_map(|hash| portal.statement(hash).transpose()).collect::<Result<_, _>>()?;
    let certificates = signed.iter().filter_map(|signed| match &signed.statement.body {
        Body::Cert(certificate) => Some(certificate),
        _ => None,
    });
    let calibrations: Vec<Calibration<'_>> = certificates
        .map(|certificate| Calibration {
            number: &certificate.number,
            performed_on: certificate.performed_on,
            disseminates: &certificate.disseminates,
        })
        .collect();
    Ok(tracks(&calibrations))
}
