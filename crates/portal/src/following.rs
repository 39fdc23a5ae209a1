//! What is kept of the log, followed statement by statement, behind a lock that a thread may take again while it holds it.
//!
//! An answer reads the inventory in many places, some of which call others that read it too. Of an ordinary lock the second reader would wait
//! for a writer who waits for the first. Here whoever reads already reads on, and sees what it saw; only who holds nothing lets the inventory
//! catch up with the log.

use std::cell::RefCell;

use heng_office::follow::follow;
use heng_statement::Body;
use heng_store::Store;
use heng_view::Inventory;
use parking_lot::{RwLock, RwLockReadGuard};

use crate::problem::Problem;

thread_local! {
    /// The inventories that this thread reads just now, each as often as it took it.
    static READING: RefCell<Vec<*const Following>> = const { RefCell::new(Vec::new()) };
}

/// An inventory that follows a log.
pub(crate) struct Following(RwLock<Followed>);

/// What the log says, as far as it was followed.
struct Followed {
    inventory: Inventory,
    /// The statements after the last one that says who is who.
    people_said: u64,
}

impl Following {
    /// Goes on from where an inventory is.
    pub(crate) fn new(inventory: Inventory) -> Self {
        Self(RwLock::new(Followed { inventory, people_said: 0 }))
    }

    /// The inventory, caught up to this size of the log at least, unless this thread reads it already.
    pub(crate) fn caught_up(&self, store: &Store, size: u64) -> Result<InventoryNow<'_>, Problem> {
        if self.is_read_here() {
            return Ok(self.held(self.0.read_recursive()));
        }
        let now = self.0.read();
        if now.inventory.size() >= size {
            return Ok(self.held(now));
        }
        drop(now);
        {
            let mut followed = self.0.write();
            let Followed { inventory, people_said } = &mut *followed;
            follow(store, inventory, size, &mut |index, statement| {
                if matches!(statement.body, Body::Party(_) | Body::Key(_) | Body::Auth(_) | Body::Correct(_)) {
                    *people_said = index + 1;
                }
            })?;
        }
        Ok(self.held(self.0.read()))
    }

    fn is_read_here(&self) -> bool {
        READING.with_borrow(|reading| reading.iter().any(|read| std::ptr::eq(*read, self)))
    }

    fn held<'a>(&'a self, guard: RwLockReadGuard<'a, Followed>) -> InventoryNow<'a> {
        READING.with_borrow_mut(|reading| reading.push(self));
        InventoryNow { guard, of: self }
    }
}

/// The inventory, caught up. Held for the time of one answer, by the thread that makes it.
pub(crate) struct InventoryNow<'a> {
    guard: RwLockReadGuard<'a, Followed>,
    of: &'a Following,
}

impl InventoryNow<'_> {
    /// The statements after the last one that was followed and says who is who; none since the start.
    pub(crate) fn people_said(&self) -> u64 {
        self.guard.people_said
    }
}

impl Drop for InventoryNow<'_> {
    fn drop(&mut self) {
        READING.with_borrow_mut(|reading| {
            if let Some(place) = reading.iter().rposition(|read| std::ptr::eq(*read, self.of)) {
                reading.remove(place);
            }
        });
    }
}

impl std::ops::Deref for InventoryNow<'_> {
    type Target = Inventory;

    fn deref(&self) -> &Inventory {
        &self.guard.inventory
    }
}
