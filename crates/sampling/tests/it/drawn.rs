//! Draws that anyone can do again.

use heng_sampling::draw::draw;
use proptest::prelude::*;

#[test]
fn a_draw_is_what_sha_256_says() {
    let names: Vec<String> = (1..=8).map(|number| format!("电能表-{number}")).collect();
    let found = draw(names.iter().map(String::as_str), "2026-11-29 drand 1234", 3);
    // printf 'heng-draw/1\n2026-11-29 drand 1234\n电能表-1' | sha256sum, for each name.
    assert_eq!(found.drawn, ["电能表-4", "电能表-3", "电能表-1"]);
    assert_eq!(found.population, "c13357955a6dd198cae96ff0f289e2b56f845762ec700218661ed1b924ff180e");
}

proptest! {
    #[test]
    fn the_order_of_the_list_changes_nothing(mut names in prop::collection::vec("[a-z]{1,6}", 1..30), seed in "[0-9a-f]{8}") {
        let once = draw(names.iter().map(String::as_str), &seed, 5);
        names.reverse();
        prop_assert_eq!(&once, &draw(names.iter().map(String::as_str), &seed, 5));
        // A smaller sample is the beginning of a larger one, so that substitutes are fixed as well.
        let fewer = draw(names.iter().map(String::as_str), &seed, 2);
        prop_assert!(once.drawn.starts_with(&fewer.drawn));
    }
}

#[test]
fn everybody_is_drawn_as_often() {
    let names: Vec<String> = (0..10).map(|number| number.to_string()).collect();
    let mut counts = [0_u32; 10];
    for seed in 0..4_000 {
        for name in draw(names.iter().map(String::as_str), &seed.to_string(), 3).drawn {
            counts[name.parse::<usize>().unwrap()] += 1;
        }
    }
    // 1 200 each, with a standard deviation of 29.
    assert!(counts.iter().all(|count| (1_080..1_320).contains(count)), "{counts:?}");
}
