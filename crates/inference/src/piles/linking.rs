//! Which piles hang together through vehicles.

use super::reduced::Reduced;

/// For each pile the smallest number of a pile that vehicles link it with, through others or directly.
pub(super) fn components(reduced: &Reduced) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..reduced.diagonal.len() as u32).collect();
    for (_, pairs) in reduced.by_vehicle() {
        let mut linked = pairs.iter().filter(|pair| pair.weight > 0.0).map(|pair| pair.pile);
        let Some(mut root) = linked.next().map(|first| root(&mut parents, first)) else { continue };
        for pile in linked {
            let other = self::root(&mut parents, pile);
            if let Some(parent) = parents.get_mut(root.max(other) as usize) {
                *parent = root.min(other);
            }
            root = root.min(other);
        }
    }
    (0..parents.len() as u32).map(|pile| root(&mut parents, pile)).collect()
}

fn root(parents: &mut [u32], pile: u32) -> u32 {
    let mut at = pile;
    while let Some(parent) = parents.get(at as usize).copied().filter(|parent| *parent != at) {
        // Each look shortens the way of the next one.
        let above = parents.get(parent as usize).copied().unwrap_or(parent);
        if let Some(cell) = parents.get_mut(at as usize) {
            *cell = above;
        }
        at = above;
    }
    at
}
