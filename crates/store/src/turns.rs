//! Taking turns at writing: whoever finds nobody writing writes for all who wait, so that one sync answers them all.
//!
//! There is no thread of our own. A lone caller waits for nobody, and under load a batch is as large as what arrived during the last sync.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Those who wait for their jobs to be done.
pub struct Turns<Job, Answer> {
    queue: Mutex<Queue<Job, Answer>>,
    turn_ended: Condvar,
    /// What those are told whose writer ended before it answered them.
    early: fn() -> Answer,
}

struct Queue<Job, Answer> {
    is_someone_writing: bool,
    next_ticket: u64,
    waiting: Vec<(u64, Job)>,
    answers: BTreeMap<u64, Answer>,
}

impl<Job, Answer> Turns<Job, Answer> {
    /// Nobody waits yet.
    pub fn new(early: fn() -> Answer) -> Self {
        let queue = Queue { is_someone_writing: false, next_ticket: 0, waiting: Vec::new(), answers: BTreeMap::new() };
        Self { queue: Mutex::new(queue), turn_ended: Condvar::new(), early }
    }

    /// Has jobs done, in this order and in one batch, and gives an answer for each. `write` does what waits, perhaps the jobs of others too; it answers
    /// every job in their order, and it is never called by two at once.
    pub fn taken(&self, jobs: Vec<Job>, write: impl Fn(Vec<Job>) -> Vec<Answer>) -> Vec<Answer> {
        let mut queue = self.queue();
        let first = queue.next_ticket;
        for job in jobs {
            let ticket = queue.next_ticket;
            queue.next_ticket += 1;
            queue.waiting.push((ticket, job));
        }
        let mut answers = Vec::new();
        for ticket in first..queue.next_ticket {
            answers.push(loop {
                if let Some(answer) = queue.answers.remove(&ticket) {
                    break answer;
                }
                if queue.is_someone_writing {
                    queue = self.turn_ended.wait(queue).unwrap_or_else(PoisonError::into_inner);
                } else {
                    queue.is_someone_writing = true;
                    let batch = std::mem::take(&mut queue.waiting);
                    drop(queue);
                    self.turn(batch, &write);
                    queue = self.queue();
                }
            });
        }
        answers
    }

    fn turn(&self, batch: Vec<(u64, Job)>, write: &impl Fn(Vec<Job>) -> Vec<Answer>) {
        let (tickets, jobs): (Vec<u64>, Vec<Job>) = batch.into_iter().unzip();
        let early = tickets.into_iter().map(|ticket| (ticket, (self.early)())).collect();
        let mut turn = Turn { turns: self, answers: early };
        for ((_, answer), written) in turn.answers.iter_mut().zip(write(jobs)) {
            *answer = written;
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue<Job, Answer>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A turn at writing. However it ends, those who wait are answered and the next may write.
struct Turn<'a, Job, Answer> {
    turns: &'a Turns<Job, Answer>,
    answers: Vec<(u64, Answer)>,
}

impl<Job, Answer> Drop for Turn<'_, Job, Answer> {
    fn drop(&mut self) {
        let mut queue = self.turns.queue();
        queue.answers.extend(self.answers.drain(..));
        queue.is_someone_writing = false;
        self.turns.turn_ended.notify_all();
    }
}
