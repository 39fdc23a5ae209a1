//! The example city's meters are watched, found out, replaced and verified; and what is inferred again goes into the log.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use heng_office::{ANCHOR, Office, follow};
use heng_statement::service::{LevelKind, ServiceState};
use heng_supervision::city::networks::UTILITY;
use heng_supervision::city::piles::{NETWORK, PLATFORM};
use heng_view::Inventory;
use heng_view::service::{AlertState, Inferred};
use jiff::civil::date;

fn heng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_heng")).args(arguments).output().unwrap()
}

fn inventory(data: &Path) -> Inventory {
    follow::inventory(Office::open(data).unwrap().store(), ANCHOR).unwrap()
}

/// The readings of an inference as files.
fn readings(data: &Path, inventory: &Inventory, network: &str, into: &Path) -> [PathBuf; 3] {
    let last = inventory.service().network(network).last().unwrap();
    let files = ["registers.csv", "voltages.csv", "meters.csv"].map(|name| into.join(name));
    for (path, document) in files.iter().zip(&last.inference.readings) {
        let blob = data.join("blobs").join(&document.sha256[..2]).join(&document.sha256);
        std::fs::copy(blob, path).unwrap();
    }
    files
}

/// Registers of which the first stands still from the middle on, and every fiftieth reading of the others was not collected.
fn stood_still(registers: &str) -> String {
    let rows: Vec<Vec<&str>> = registers.lines().map(|line| line.split(',').collect()).collect();
    let first = rows[0].iter().position(|name| *name != "ts" && !name.starts_with("head_")).unwrap();
    let middle = rows.len() / 2;
    let lines = rows.iter().enumerate().map(|(line, row)| {
        let cells = row.iter().enumerate().map(|(place, cell)| match place {
            _ if place == first && line > middle => rows[middle][first],
            _ if place > first && line > 0 && (line + place) % 50 == 0 => "",
            _ => cell,
        });
        cells.collect::<Vec<_>>().join(",")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Charging piles are judged together; who keeps each is asked; those that are mended are in order in the second period.
fn assert_piles(data: &Path, before: &Inventory) {
    let service = before.service();
    let [first, second] = service.network(NETWORK) else { panic!("two periods") };
    assert_eq!(first.inference.largest_error.text(), "1\u{a0}%");
    assert!(first.inference.loss.is_none() && first.inference.district.is_empty());
    let level = second.inference.level.clone().unwrap();
    assert!(level.against == LevelKind::Verified && level.verified >= 50, "{level:?}");
    let states = |inferred: &Inferred| -> Vec<(String, ServiceState)> {
        let office = Office::open(data).unwrap();
        let results = heng_office::service::results(&office, &inferred.inference).unwrap().unwrap();
        let alarming = results.instruments.iter().filter(|one| one.state.is_alarming());
        alarming.map(|one| (one.thing.clone(), one.state)).collect()
    };
    let beyond = |numbers: &[u32]| -> Vec<(String, ServiceState)> {
        numbers.iter().map(|number| (format!("thing:charging-pile:{number:03}"), ServiceState::Beyond)).collect()
    };
    assert_eq!(states(first), beyond(&[5, 18, 33]), "two that will be mended, one that nobody mends");
    assert_eq!(states(second), beyond(&[33, 43]), "and one that went wrong since");
    let keeper = |number: u32| before.thing(&format!("thing:charging-pile:{number:03}")).unwrap().keeper().unwrap();
    for number in [5, 18, 33, 43] {
        let alerts: Vec<_> = service.alerts_of(&format!("thing:charging-pile:{number:03}")).collect();
        assert_eq!(alerts.len(), 1, "an alarm that waits is not raised again");
        assert_eq!(alerts[0].alert.addressee, keeper(number));
        assert_eq!(alerts[0].answer.is_some(), number < 33);
    }

    // The same sessions judged again with what the log knows: the same figures.
    let document = &second.inference.readings[0];
    let sessions = data.join("sessions.csv");
    std::fs::copy(data.join("blobs").join(&document.sha256[..2]).join(&document.sha256), &sessions).unwrap();
    let judge = |more: &[&str]| {
        let usual = ["infer", "piles", "--language", "en", "--class", "1", "--sessions", sessions.to_str().unwrap()];
        let log = ["--data", data.to_str().unwrap(), "--as", PLATFORM, "--network", NETWORK];
        heng(&[&usual[..], &log, more].concat())
    };
    let without_days = judge(&[]);
    let said = String::from_utf8_lossy(&without_days.stderr).into_owned();
    assert!(!without_days.status.success() && said.contains("--begins-on"), "{said}");
    let days = [second.inference.begins_on.to_string(), second.inference.ends_on.to_string()];
    let again = judge(&["--begins-on", &days[0], "--ends-on", &days[1]]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(again.status.success() && said.contains("The log has a certificate of"), "{said}");
    let after = inventory(data);
    let last = after.service().network(NETWORK).last().unwrap();
    assert_ne!(last.hash, second.hash);
    assert_eq!(last.inference.results.sha256, second.inference.results.sha256, "every figure of every pile");
    assert_eq!(after.service().alerts().count(), service.alerts().count());
}

#[test]
fn a_citys_alarms_are_answered_and_verified_and_readings_judged_again_give_what_was_signed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let data_text = data.display().to_string();
    let made = heng(&["demo", "--only-make", "--data", &data_text, "--instruments", "30", "--today", "2026-11-29"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let before = inventory(&data);
    let service = before.service();
    assert_eq!(service.networks().count(), 4, "three transformer districts, and the charging piles");
    let today = date(2026, 11, 29);
    let count = |wanted| service.alerts().filter(|alert| alert.state(today) == wanted).count();
    assert!(count(AlertState::Answered) >= 4, "the first alarms were answered");
    assert!(count(AlertState::Overdue) >= 1, "one was neglected");
    let stopped = service.alerts().filter(|alert| alert.alert.state == ServiceState::Stopped).count();
    assert_eq!(stopped, 1);
    let taken_out: Vec<_> = service.done().iter().filter(|done| done.fix.action.takes_out()).collect();
    let verified = taken_out.iter().filter(|done| {
        let thing = before.thing(&done.fix.thing).unwrap();
        before.certificates_of(thing).any(|certified| certified.performed_on >= done.fix.done_on)
    });
    assert!(verified.count() >= 8, "alarmed and sampled ones go to the laboratory");
    assert_piles(&data, &before);

    // The same readings judged again: the same figures, and no second alarm about what waits.
    let network = "thing:network:002";
    let signed = service.network(network).last().unwrap().clone();
    let [registers, voltages, meters] = readings(&data, &before, network, folder.path());
    let judge = |network: &str, party: &str| {
        heng(&[
            "infer",
            "meters",
            "--readings",
            registers.to_str().unwrap(),
            "--voltages",
            voltages.to_str().unwrap(),
            "--meters",
            meters.to_str().unwrap(),
            "--data",
            &data_text,
            "--as",
            party,
            "--network",
            network,
            "--json",
        ])
    };
    let again = judge(network, UTILITY);
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    let after = inventory(&data);
    let last = after.service().network(network).last().unwrap();
    assert_ne!(last.hash, signed.hash);
    assert_eq!(last.inference.results.sha256, signed.inference.results.sha256, "every figure of every meter");
    assert_eq!(last.inference.readings.len(), 3);
    assert_eq!(after.service().alerts().count(), service.alerts().count());

    // A register that now stands still alarms, but not where a condition of the specification is not met.
    let text = std::fs::read_to_string(&registers).unwrap();
    std::fs::write(&registers, stood_still(&text)).unwrap();
    let of = |arguments: &[&str]| {
        let before = inventory(&data).service().alerts().count();
        let usual = ["infer", "meters", "--language", "en", "--readings", registers.to_str().unwrap()];
        let into = ["--data", &data_text, "--as", UTILITY, "--network", network];
        let judged = heng(&[&usual[..], &into, arguments].concat());
        assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
        let raised = inventory(&data).service().alerts().count() - before;
        (raised, String::from_utf8_lossy(&judged.stderr).into_owned())
    };
    let (raised, said) = of(&["--conditions", "jjf-ji-174-2020"]);
    assert!(raised == 0 && said.contains("No alarm was raised"), "{raised} {said}");
    let (raised, said) = of(&[]);
    assert!(raised > 0 && said.contains("alarm"), "{raised} {said}");
    assert!(said.contains("the last certificate of 24 meters"), "what laboratories found is known beforehand: {said}");

    for (network, party) in [("thing:network:999", UTILITY), (network, "party:lab-power")] {
        let refused = judge(network, party);
        assert_eq!(refused.status.code(), Some(2), "{network} {party}");
        assert!(refused.stdout.is_empty(), "nothing is printed as if it had been taken");
    }
}
