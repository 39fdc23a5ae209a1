//! Following the log: an inventory as of a statement, read on all cores.

use heng_statement::Statement;
use heng_store::Store;
use heng_view::Inventory;

use crate::Failure;
use crate::parallel::each;
use crate::snapshot;

/// So many statements are read before they are followed.
const AT_ONCE: u64 = 4096;

/// An inventory that had to follow more than this is kept for the next start.
const WORTH_KEEPING: u64 = 4096;

/// Takes the inventory up to `size` statements; `heard` hears each with its index.
pub fn follow(
    store: &Store,
    inventory: &mut Inventory,
    size: u64,
    heard: &mut dyn FnMut(u64, &Statement),
) -> Result<(), Failure> {
    while inventory.size() < size {
        // Reading is the work; following is quick, and must be in order.
        let from = inventory.size();
        let some = store.between(from, size.min(from + AT_ONCE)).map_err(|error| failed(store, &error))?;
        for (index, placed) in (from..).zip(each(some, |at| store.placed_there(&at))) {
            let placed = placed.map_err(|error| failed(store, &error))?;
            heard(index, &placed.signed.statement);
            inventory.note(index, &placed.signed.hash(), &placed.signed.statement);
        }
        if inventory.size() == from {
            return Err(failed(store, &format!("no statement {from}")));
        }
    }
    Ok(())
}

/// The inventory as of now, taken up where it was last kept. `anchor` is the authority whose corrections count whoever issued a statement.
pub fn inventory(store: &Store, anchor: &str) -> Result<Inventory, Failure> {
    let size = store.size().map_err(|error| failed(store, &error))?;
    let mut inventory = snapshot::kept(store, anchor).unwrap_or_else(|| Inventory::new(anchor));
    let kept = inventory.size();
    follow(store, &mut inventory, size, &mut |_, _| {})?;
    if size - kept > WORTH_KEEPING {
        // Where it cannot be kept, the next start is slow, and nothing else.
        let _ = snapshot::keep(store, &inventory);
    }
    Ok(inventory)
}

fn failed(store: &Store, reason: &dyn std::fmt::Display) -> Failure {
    Failure::of_store(store.layout().folder(), reason)
}
