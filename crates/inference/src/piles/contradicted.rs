//! Verified piles of which the sessions say that their verification does not hold any more.

use super::{Anchor, Inference, PileError, Sessions, Settings, infer};

/// A verified error and the sessions of the same pile contradict each other where they differ by more than so many standard uncertainties.
const FACTOR: f64 = 4.0;

/// Where more of the weight of a pile's sessions than this is gross, they are not: it is the verified error that is far from all of them. Held to it, they
/// say nothing any more; so this difference stands for theirs, more than any other.
const MOSTLY: f64 = 0.5;
const BEYOND_ALL: f64 = 1e6;

/// Sessions that say less than this part of what the verification says contradict nothing: over so many piles that variances are sampled, that part of them
/// is not known.
const LEAST: f64 = 0.2;

/// An error that pulls the level with it makes others seem to differ: those that differ by less than this share of the largest are looked at again.
const SHARE: f64 = 0.5;

/// The errors of all piles, with the verified piles that contradict their own sessions left out of what is known: a pile that went wrong after its
/// verification would else hide behind it, and pull the level of all others. Those are given besides.
pub fn infer_verified(sessions: &Sessions, anchors: &[Anchor], settings: &Settings) -> (Inference, Vec<Anchor>) {
    let (mut kept, mut contradicted) = (anchors.to_vec(), Vec::new());
    loop {
        let inference = infer(sessions, &kept, settings);
        let apart = |anchor: &Anchor| {
            inference.piles.get(anchor.pile as usize).and_then(|pile| apart(anchor, pile)).unwrap_or(0.0)
        };
        let largest = kept.iter().map(apart).fold(0.0, f64::max);
        if largest <= FACTOR {
            return (inference, contradicted);
        }
        let (out, still): (Vec<Anchor>, Vec<Anchor>) =
            kept.iter().partition(|anchor| apart(anchor) > f64::max(FACTOR, SHARE * largest));
        contradicted.extend(out);
        kept = still;
    }
}

/// By how many standard uncertainties a verified error differs from what the sessions alone say. With the verified error a ± w in it the estimate is
/// m ± u, so that without it 1/s² = 1/u² − 1/w² and c = s²·(m/u² − a/w²); they are independent, and differ by |c − a| ∕ √(s² + w²).
fn apart(anchor: &Anchor, pile: &PileError) -> Option<f64> {
    if pile.gross_share > MOSTLY {
        return Some(BEYOND_ALL);
    }
    let with = 1.0 / (pile.u_percent * pile.u_percent);
    let own = 1.0 / (anchor.u_percent * anchor.u_percent);
    let alone = with - own;
    if alone <= LEAST * own {
        return None;
    }
    let error = (pile.error_percent * with - anchor.error_percent * own) / alone;
    Some(libm::fabs(error - anchor.error_percent) / libm::sqrt(1.0 / alone + 1.0 / own))
}
