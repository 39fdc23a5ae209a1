//! What a plan costs: all indicators of the built-in plan over a million facts, and the hole of a city with its cheapest closing set.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::indexing_slicing, clippy::print_stdout)]

use std::time::Instant;

use heng_rule::plan::cover::{Candidate, closing_set, gap};
use heng_rule::plan::{Evidence, Fact, builtin_plan};
use jiff::civil::date;

/// Facts of the first case.
const FACTS: usize = 1_000_000;

/// Each case is measured so often, and its least cost is printed: what else runs on the machine only adds.
const TIMES: usize = 3;

fn main() {
    let (plan, findings) = builtin_plan();
    assert!(findings.is_empty());
    // Nine in ten are instruments, as in a log; the others are spread over all kinds.
    let kinds: Vec<&str> = plan.evidence.iter().map(|kind| &*kind.id).collect();
    let evidence = Evidence::new((0..FACTS).map(|place| {
        let kind = if place % 10 == 0 { kinds[place / 10 % kinds.len()] } else { "instrument" };
        let from = date(2020 + i16::try_from(place % 6).unwrap(), 1 + i8::try_from(place % 12).unwrap(), 1);
        let name = format!("{kind}-{place}");
        Fact::new(kind, &name, from, &name)
            .in_district(&format!("1201{:02}", place % 16))
            .with("class", "social-public")
            .with("stage", "published")
            .with("outcome", ["hit", "miss", "false-alarm", "correct-rejection"][place % 4])
    }));
    case("status of the plan, 1 000 000 facts", || {
        let day = date(2025, 6, 30);
        plan.indicators.iter().filter_map(|one| plan.standing(&one.id, &evidence, day)).count()
    });
    let items: Vec<String> = (0..1500).map(|item| format!("item-{item}")).collect();
    let covers = |from: usize, step: usize| (0..8).map(|place| items[(from + place * step) % 1500].clone()).collect();
    let standards: Vec<Vec<String>> = (0..700).map(|place| covers(place, 1)).collect();
    let candidates: Vec<Candidate> = (0..700)
        .map(|place| Candidate {
            id: format!("new-{place}"),
            cost: 1 + place as u64 % 5,
            covers: covers(600 + place * 3, 11),
        })
        .collect();
    case("gap and closing set, 100 000 instruments, 700 standards", || {
        let instruments = (0..100_000_usize).map(|place| items[place * 7919 % 1500].as_str());
        let found = gap(items.iter().map(String::as_str), instruments, standards.iter().map(Vec::as_slice));
        let open: Vec<String> = found.open.into_iter().map(|(item, _)| item).collect();
        closing_set(&open, &candidates).chosen.len()
    });
}

/// Prints the name of a case, what it gave and its least duration in seconds.
fn case(name: &str, run: impl Fn() -> usize) {
    let durations = (0..TIMES).map(|_| {
        let start = Instant::now();
        let given = run();
        (start.elapsed().as_secs_f64(), given)
    });
    let (seconds, given) = durations.min_by(|one, two| one.0.total_cmp(&two.0)).unwrap();
    println!("{name}\ts\t{seconds:.4}\t{given}");
}
