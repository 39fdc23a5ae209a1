//! The same work on many things, on all cores, with the results in their order.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

/// What `work` makes of each thing.
pub fn each<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    // The threads stay from one call to the next, and with them what they have allocated.
    things.into_par_iter().with_max_len(1).map(work).collect()
}
