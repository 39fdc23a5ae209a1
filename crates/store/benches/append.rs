//! How fast statements become durable and are proved, beside what the same bytes cost written and synced without a store.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

#[allow(dead_code)]
#[path = "../tests/it/fixtures.rs"]
mod fixtures;

use std::fs::File;
use std::io::Write;
use std::time::Instant;

use fixtures::*;
use heng_statement::SignedStatement;

const ONE_BY_ONE: usize = 2_000;
const BATCH: usize = 1_000;
const BATCHES: usize = 40;
const CALLERS: usize = 8;
const PROOFS: u64 = 20_000;

fn main() {
    let statements = registrations(0..(ONE_BY_ONE + BATCH * BATCHES + ONE_BY_ONE * CALLERS) as u64);
    let (single, rest) = statements.split_at(ONE_BY_ONE);
    let (batched, concurrent) = rest.split_at(BATCH * BATCHES);
    println!("statements of {} bytes, signed before the clock starts", single[0].bytes.len());

    let raw_single = raw(single, 1);
    let raw_batched = raw(batched, BATCH);
    let (folder, appender) = new_store();

    let single_rate = rate(single.len(), || {
        for statement in single {
            appender.append(vec![statement.clone()]).unwrap();
        }
    });
    compared("durable appends, one by one", single_rate, raw_single);

    let batched_rate = rate(batched.len(), || {
        for batch in batched.chunks(BATCH) {
            appender.append(batch.to_vec()).unwrap();
        }
    });
    compared(&format!("durable appends, {BATCH} at a time"), batched_rate, raw_batched);

    let concurrent_rate = rate(concurrent.len(), || {
        std::thread::scope(|scope| {
            for share in concurrent.chunks(ONE_BY_ONE) {
                let appender = &appender;
                scope.spawn(move || {
                    for statement in share {
                        appender.append(vec![statement.clone()]).unwrap();
                    }
                });
            }
        });
    });
    compared(&format!("durable appends, one by one from {CALLERS} threads"), concurrent_rate, raw_single);

    let store = appender.store();
    let checkpoint = store.checkpoint().unwrap().checkpoint().clone();
    // Concurrent appends took their own order, so only what was appended before them has a known place.
    let known = (ONE_BY_ONE + BATCH * BATCHES) as u64;
    let indices: Vec<u64> = (0..PROOFS).map(|number| number * 7919 % known).collect();
    let mut proofs = Vec::new();
    let made = rate(indices.len(), || {
        proofs = indices.iter().map(|index| store.inclusion(*index, checkpoint.size).unwrap()).collect();
    });
    println!("{made:>10.0} /s  inclusion proofs made from the files, in a tree of {}", checkpoint.size);
    let entries: Vec<[u8; 32]> =
        indices.iter().map(|index| statements[usize::try_from(*index).unwrap()].hash_bytes()).collect();
    let checked = rate(indices.len(), || {
        for (proof, entry) in proofs.iter().zip(&entries) {
            proof.check(entry, &checkpoint.root).unwrap();
        }
    });
    println!("{checked:>10.0} /s  inclusion proofs checked");
    drop(appender);
    let report = check(folder.path());
    assert_eq!(report.findings, []);
    println!("fsck: {} statements, no findings", report.statements);
}

/// Writes and syncs the same bytes to a plain file; gives statements per second.
fn raw(statements: &[SignedStatement], batch: usize) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let mut file = File::create(folder.path().join("raw")).unwrap();
    rate(statements.len(), || {
        for batch in statements.chunks(batch) {
            let bytes: Vec<u8> = batch.iter().flat_map(|statement| statement.bytes.iter().copied()).collect();
            file.write_all(&bytes).unwrap();
            file.sync_all().unwrap();
        }
    })
}

fn rate(count: usize, act: impl FnOnce()) -> f64 {
    let begin = Instant::now();
    act();
    count as f64 / begin.elapsed().as_secs_f64()
}

fn compared(what: &str, rate: f64, raw: f64) {
    println!("{rate:>10.0} /s  {what}; {raw:.0} /s written and synced without a store; ratio {:.2}", rate / raw);
}
