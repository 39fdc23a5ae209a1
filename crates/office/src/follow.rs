//! Following the log: an inventory as of a statement, read on all cores.

use heng_statement::Statement;
use heng_store::Store;
use heng_view::Inventory;

use crate::Failure;
use crate::parallel::each;

/// So many statements are read before they are followed.
const AT_ONCE: u64 = 512;

/// Takes the inventory up to `size` statements; `heard` hears each with its index.
pub fn follow(
    store: &Store,
    inventory: &mut Inventory,
    size: u64,
    heard: &mut dyn FnMut(u64, &Statement),
) -> Result<(), Failure> {
    let failed = |reason: &dyn std::fmt::Display| Failure::new("error-store").with("path", "").with("reason", reason);
    while inventory.size() < size {
        // Reading is the work; following is quick, and must be in order.
        let from = inventory.size();
        let some: Vec<u64> = (from..size.min(from + AT_ONCE)).collect();
        for (index, placed) in (from..).zip(each(some, |index| store.placed_at(index))) {
            let placed = placed.map_err(|error| failed(&error))?;
            let signed = placed.ok_or_else(|| failed(&format!("no statement {index}")))?.signed;
            heard(index, &signed.statement);
            inventory.note(index, &signed.hash(), &signed.statement);
        }
    }
    Ok(())
}

/// The inventory as of now. `anchor` is the authority whose corrections count whoever issued a statement.
pub fn inventory(store: &Store, anchor: &str) -> Result<Inventory, Failure> {
    let size = store.size().map_err(|error| Failure::new("error-store").with("path", "").with("reason", error))?;
    let mut inventory = Inventory::new(anchor);
    follow(store, &mut inventory, size, &mut |_, _| {})?;
    Ok(inventory)
}
