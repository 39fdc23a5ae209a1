//! One who writes while others sign: what was signed comes into the log in its order, and nobody who signs waits for the disk.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use heng_statement::SignedStatement;
use heng_view::Inventory;

use crate::follow::follow;
use crate::{ANCHOR, Desk, Failure, Issued};

/// So many batches may wait to be written.
const WAITING: usize = 2;

enum Task {
    Append(Vec<SignedStatement>),
    Log(Vec<Issued>, Vec<SignedStatement>),
    Answer(SyncSender<()>),
}

/// Takes what was signed.
pub(super) struct Scribe {
    tasks: SyncSender<Task>,
}

impl Scribe {
    /// Does the work with a scribe beside it. When this returns, all that was handed over is in the log, and the inventory is of all of it.
    pub(super) fn beside<T>(
        desk: &Desk,
        work: impl FnOnce(&Self) -> Result<T, Failure>,
    ) -> Result<(T, Inventory), Failure> {
        std::thread::scope(|scope| {
            let (tasks, waiting) = sync_channel(WAITING);
            let writing = scope.spawn(|| write(desk, waiting));
            let done = work(&Self { tasks });
            // What could not be written is why the work could not go on.
            let inventory = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            Ok((done?, inventory))
        })
    }

    /// To be appended.
    pub(super) fn append(&self, signed: Vec<SignedStatement>) -> Result<(), Failure> {
        self.hand_over(Task::Append(signed))
    }

    /// Certificates: their documents are to be kept, and then the statements appended.
    pub(super) fn log(&self, issued: Vec<Issued>, signed: Vec<SignedStatement>) -> Result<(), Failure> {
        self.hand_over(Task::Log(issued, signed))
    }

    /// Waits until everything that was handed over is in the log.
    pub(super) fn wait(&self) -> Result<(), Failure> {
        let (told, heard) = sync_channel(1);
        self.hand_over(Task::Answer(told))?;
        heard.recv().map_err(|_| gone())
    }

    fn hand_over(&self, task: Task) -> Result<(), Failure> {
        self.tasks.send(task).map_err(|_| gone())
    }
}

/// The scribe ended at a failure of its own, which is the one that is told.
fn gone() -> Failure {
    Failure::new("error-founding").with("reason", "the log could not be written")
}

fn write(desk: &Desk, waiting: Receiver<Task>) -> Result<Inventory, Failure> {
    let office = desk.office();
    let mut inventory = Inventory::new(ANCHOR);
    follow(office.store(), &mut inventory, office.size(), &mut |_, _| {})?;
    for task in waiting {
        let (issued, signed) = match task {
            Task::Append(signed) => (Vec::new(), signed),
            Task::Log(issued, signed) => (issued, signed),
            Task::Answer(told) => {
                // Whoever asked may be gone; nothing is lost with the answer.
                told.send(()).unwrap_or_default();
                continue;
            }
        };
        // What is written from here need not be read back.
        for (index, one) in (office.size()..).zip(&signed) {
            inventory.note(index, &one.hash(), &one.statement);
        }
        desk.logged(issued.iter(), signed)?;
        // One that the log had already would have no place of its own.
        if inventory.size() != office.size() {
            return Err(Failure::new("error-founding").with("reason", "a statement was made twice"));
        }
    }
    Ok(inventory)
}
