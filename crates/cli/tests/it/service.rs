//! The example city's meters are watched, found out, replaced and verified; and what is inferred again goes into the log.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use heng_office::{ANCHOR, Office, follow};
use heng_statement::service::ServiceState;
use heng_supervision::city::networks::UTILITY;
use heng_view::Inventory;
use heng_view::service::AlertState;
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

#[test]
fn a_citys_alarms_are_answered_and_verified_and_readings_judged_again_give_what_was_signed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let data_text = data.display().to_string();
    let made = heng(&["demo", "--only-make", "--data", &data_text, "--instruments", "30", "--today", "2026-11-29"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let before = inventory(&data);
    let service = before.service();
    assert_eq!(service.networks().count(), 3);
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
