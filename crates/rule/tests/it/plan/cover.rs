//! The hole in a list, and the cheapest standards that close it.

use heng_rule::plan::cover::{Bound, Candidate, closing_set, gap};

fn candidate(id: &str, cost: u64, covers: &[&str]) -> Candidate {
    Candidate { id: id.to_owned(), cost, covers: covers.iter().map(|item| (*item).to_owned()).collect() }
}

fn names(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

#[test]
fn instruments_without_a_standard_are_counted_by_item() {
    let standards = [names(&["a", "b"])];
    let found = gap(["a", "b", "c", "d"], ["a", "c", "c", "d", "z"], standards.iter().map(Vec::as_slice));
    assert_eq!(found.open, [("c".to_owned(), 2), ("d".to_owned(), 1)]);
    assert_eq!((found.served, found.waiting, found.unlisted), (1, 3, 1));
}

#[test]
fn the_cheapest_set_is_found_where_the_greedy_one_is_dearer() {
    // Greedy takes the four at 1 each item first and then still needs both others.
    let open = names(&["1", "2", "3", "4", "5", "6"]);
    let candidates = [
        candidate("four", 4, &["2", "3", "5", "6"]),
        candidate("left", 3, &["1", "2", "3"]),
        candidate("right", 3, &["4", "5", "6"]),
    ];
    let set = closing_set(&open, &candidates);
    assert_eq!((set.chosen, set.cost, set.bound), (names(&["left", "right"]), 6, Bound::Exact));
}

#[test]
fn what_nobody_covers_is_said() {
    let set = closing_set(&names(&["a", "b"]), &[candidate("one", 1, &["a"])]);
    assert_eq!((set.chosen, set.impossible), (names(&["one"]), names(&["b"])));
    assert_eq!(closing_set(&[], &[]).cost, 0);
}

#[test]
fn the_exact_set_is_never_dearer_than_any_other() {
    // Every subset of the candidates is tried for small made-up cases.
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for _ in 0..60 {
        let open: Vec<String> = (0..8).map(|item| item.to_string()).collect();
        let candidates: Vec<Candidate> = (0..9)
            .map(|id| Candidate {
                id: format!("c{id}"),
                cost: 1 + next(9),
                covers: (0..8).filter(|_| next(3) == 0).map(|item| item.to_string()).collect(),
            })
            .collect();
        let possible = open.iter().filter(|item| candidates.iter().any(|one| one.covers.contains(item))).count();
        let least = (0..1_u32 << 9)
            .map(|mask| {
                candidates
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| mask & (1 << place) != 0)
                    .map(|(_, one)| one)
                    .collect::<Vec<_>>()
            })
            .filter(|chosen| {
                open.iter().filter(|item| chosen.iter().any(|one| one.covers.contains(item))).count() == possible
            })
            .map(|chosen| chosen.iter().map(|one| one.cost).sum::<u64>())
            .min()
            .unwrap();
        assert_eq!(closing_set(&open, &candidates).cost, least);
    }
}

#[test]
fn a_city_is_closed_within_the_bound_that_is_stated() {
    // 100 000 instruments of 1 500 items, 700 standards, 700 candidates.
    let items: Vec<String> = (0..1500).map(|item| format!("item-{item}")).collect();
    let instruments = (0..100_000_usize).map(|place| items[place * 7919 % 1500].as_str());
    let covers =
        |from: usize, step: usize| (0..8).map(|place| items[(from + place * step) % 1500].clone()).collect::<Vec<_>>();
    let standards: Vec<Vec<String>> = (0..700).map(|place| covers(place, 1)).collect();
    let candidates: Vec<Candidate> = (0..700)
        .map(|place| Candidate {
            id: format!("new-{place}"),
            cost: 1 + place as u64 % 5,
            covers: covers(600 + place * 3, 11),
        })
        .collect();
    let found = gap(items.iter().map(String::as_str), instruments, standards.iter().map(Vec::as_slice));
    let open: Vec<String> = found.open.iter().map(|(item, _)| item.clone()).collect();
    let set = closing_set(&open, &candidates);
    assert_eq!(found.served + found.waiting, 100_000);
    assert_eq!(open.len(), 793);
    let Bound::Greedy { least, factor } = set.bound else { panic!("793 items are not few") };
    assert!(least <= set.cost as f64 && set.cost as f64 <= least * factor * 1.000_001);
}
