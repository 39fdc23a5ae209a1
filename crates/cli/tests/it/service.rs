//! The example city's meters are watched, found out, replaced and verified; and what is inferred again goes into the log.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use heng_office::ledger::registering;
use heng_office::{ANCHOR, Office, clock, follow};
use heng_rule::Cell;
use heng_statement::service::{LevelKind, ServiceState};
use heng_supervision::city::networks::UTILITY;
use heng_supervision::city::piles::{NETWORK, PLATFORM};
use heng_telemetry::district::{Source, read};
use heng_telemetry::districts::Districts;
use heng_view::Inventory;
use heng_view::service::{AlertState, Inferred};
use jiff::civil::date;

fn heng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_heng")).args(arguments).output().unwrap()
}

fn inventory(data: &Path) -> Inventory {
    inventory_of(&Office::open(data).unwrap())
}

fn inventory_of(office: &Office) -> Inventory {
    follow::inventory(office.store(), ANCHOR).unwrap()
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
    assert_eq!(last.hash, second.hash, "every figure of every pile is the same, so that nothing is said twice");
    assert!(said.contains("Nothing was added"), "{said}");
    assert_eq!(after.service().alerts().count(), service.alerts().count());

    // A pile that is registered with another class is held to the limit of that one.
    let has_certificate = |id: &str| after.certificates_of(after.thing(id).unwrap()).next().is_some();
    let other = (1..).map(|number| format!("thing:charging-pile:{number:03}")).find(|id| !has_certificate(id)).unwrap();
    let mut registration = after.thing(&other).unwrap().registration.clone().unwrap();
    let class = ("class".to_owned(), Cell::Text("2".to_owned()));
    registration.instrument.as_mut().unwrap().characteristics.extend([class]);
    let office = Office::open(data).unwrap();
    let registered = registering(&registration.keeper.clone(), registration, clock::now());
    office.append(vec![office.signed(&registered).unwrap()]).unwrap();
    drop(office);
    let own = judge(&["--begins-on", &days[0], "--ends-on", &days[1], "--json"]);
    let rows: serde_json::Value = serde_json::from_slice(&own.stdout).unwrap();
    assert_eq!(rows["limit_percent"], 1.0);
    let row = rows["piles"].as_array().unwrap().iter().find(|row| row["pile"] == other.as_str()).unwrap();
    assert_eq!(row["limit_percent"], 2.0);
    let office = Office::open(data).unwrap();
    let own = inventory_of(&office).service().network(NETWORK).last().unwrap().inference.clone();
    let results = heng_office::service::results(&office, &own).unwrap().unwrap();
    let with_own: Vec<_> =
        results.instruments.iter().filter_map(|one| Some((&one.thing, one.own_limit.as_ref()?))).collect();
    let [(thing, limit)] = with_own.as_slice() else { panic!("{with_own:?}") };
    assert_eq!(
        (thing.as_str(), limit.limit.as_str(), own.limit.as_str()),
        (other.as_str(), "jjg-1149-2022:2", "jjg-1149-2022:1")
    );
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
    assert_ne!(last.hash, signed.hash, "the files have other names");
    assert_eq!(last.inference.results.sha256, signed.inference.results.sha256, "every figure of every meter");
    assert_eq!(last.inference.readings.len(), 3);
    assert_eq!(after.service().alerts().count(), service.alerts().count());
    assert!(judge(network, UTILITY).status.success());
    assert_eq!(inventory(&data).service().network(network).last().unwrap().hash, last.hash, "nothing is said twice");

    // The same readings as a file of a city: the network by the name of its district, and the same figures again.
    let city = folder.path().join("districts");
    std::fs::create_dir(&city).unwrap();
    let source = |path: &PathBuf| Source { name: String::new(), bytes: std::fs::read(path).unwrap() };
    let district = read(source(&registers), Some(source(&voltages)), Some(source(&meters))).unwrap();
    let mut file = Districts::new(std::fs::File::create(city.join("districts-00000.parquet")).unwrap()).unwrap();
    file.write("002", &district).unwrap();
    // And one of which nobody has registered anything.
    file.write("999", &district).unwrap();
    file.close().unwrap();
    let city = city.display().to_string();
    let judged = |more: &[&str]| {
        let usual = ["infer", "meters", "--language", "en", "--readings", &city, "--data", &data_text, "--as", UTILITY];
        let judged = heng(&[&usual[..], more].concat());
        (judged.status.code(), String::from_utf8_lossy(&judged.stderr).into_owned())
    };
    let (code, said) = judged(&[]);
    assert!(said.contains("1 district is in the log, with 0 new alarms."), "{said}");
    assert!(
        code == Some(1) && said.contains("999 was not taken into the log: Nobody has registered"),
        "{code:?} {said}"
    );
    let of_city = inventory(&data).service().network(network).last().unwrap().clone();
    let (code, said) = judged(&["--register", "District"]);
    assert!(code == Some(0) && said.contains("2 districts are in the log"), "{code:?} {said}");
    assert!(said.contains("1 of them had said the same before"), "{said}");
    let after = inventory(&data);
    assert_eq!(after.service().network(network).last().unwrap().hash, of_city.hash);
    let registered = after.thing("thing:network:999").unwrap().registration.as_ref().unwrap();
    assert_eq!(registered.name.en, "District 999");
    assert_eq!(of_city.inference.readings[0].name, "districts-00000.parquet");
    assert_eq!(of_city.inference.states, signed.inference.states);

    // What was inferred by mistake is taken back by whoever inferred it, with a reason.
    let withdraw = |party: &str, statement: &str| {
        let reason = ["--reason", "wrong ratio of the transformer"];
        let usual = ["infer", "withdraw", statement, "--language", "en", "--data", &data_text, "--as", party];
        heng(&[&usual[..], &reason].concat())
    };
    let not_own = withdraw(PLATFORM, &of_city.hash);
    assert_eq!(not_own.status.code(), Some(2), "{not_own:?}");
    let own = withdraw(UTILITY, &of_city.hash);
    assert!(own.status.success(), "{own:?}");
    assert_eq!(withdraw(UTILITY, &of_city.hash).status.code(), Some(2), "once");
    assert_eq!(inventory(&data).service().standing(network).unwrap().hash, last.hash);

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
    let now = inventory(&data);
    let open = now.service().alerts().find(|alert| alert.state(today) == AlertState::Open && alert.issuer == UTILITY);
    let alarm = open.unwrap().hash.clone();
    assert!(withdraw(UTILITY, &alarm).status.success());
    assert_eq!(inventory(&data).service().alert(&alarm).unwrap().state(today), AlertState::Withdrawn);
    let answered = now.service().alerts().find(|alert| alert.answer.is_some() && alert.issuer == UTILITY).unwrap();
    let refused = withdraw(UTILITY, &answered.hash);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("answered"), "{refused:?}");
    assert!(said.contains("the last certificate of 24 meters"), "what laboratories found is known beforehand: {said}");

    for (network, party) in [("thing:network:404", UTILITY), (network, "party:lab-power")] {
        let refused = judge(network, party);
        assert_eq!(refused.status.code(), Some(2), "{network} {party}");
        assert!(refused.stdout.is_empty(), "nothing is printed as if it had been taken");
    }
}
