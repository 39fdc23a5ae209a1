//! The keys of the city's charging piles, and receipts of sessions at one of them: as its meter signed it, with a figure changed, and signed by another meter.

use heng_statement::{SigningKey, Suite};
use heng_supervision::city::Planned;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::Failure;

/// What is shown at the end of the session, and what somebody would like it to be.
const ENDS_AT: (&str, &str) = ("1065.604", "1067.604");

/// Whether a template's instruments sign their readings.
pub(super) fn signs(template: &str) -> bool {
    template.ends_with("-charging-pile")
}

/// The key of an instrument. It follows from the seed: whoever knows that can sign for it, in a city where nothing is real.
pub(super) fn meter_key(seed: u64, id: &str) -> Result<SigningKey, Failure> {
    let entropy: [u8; 32] = Sha256::digest(format!("heng-city-meter/1 {seed} {id}")).into();
    SigningKey::generate(Suite::Es256, &entropy).map_err(failed)
}

/// The receipts of a pile, by their names; `other` is the pile whose meter signs what is not its own.
pub(super) fn receipts(
    pile: &Planned,
    other: &Planned,
    day: Date,
    seed: u64,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let (shown, wished) = ENDS_AT;
    let own = meter_key(seed, &pile.id)?;
    let good = signed(&payload(pile, day, shown), &own)?;
    Ok(vec![
        ("1-as-signed.ocmf", good.clone()),
        ("2-one-digit-changed.ocmf", good.replace(shown, wished)),
        ("3-signed-by-another-meter.ocmf", signed(&payload(pile, day, shown), &meter_key(seed, &other.id)?)?),
    ])
}

/// A session of half an hour in one record (OCMF 1.4).
fn payload(pile: &Planned, day: Date, shown: &str) -> String {
    let reading = |time: &str, kind: &str, value: &str| {
        let text = json!({
            "TM": format!("{day}T{time},000+0800 S"), "TX": kind, "RI": "1-0:1.8.0", "RU": "kWh", "RT": "DC", "EF": "", "ST": "G",
        });
        // Digits as the meter shows them, which a number of JSON would not keep.
        text.to_string().replacen("\"RU\"", &format!("\"RV\":{value},\"RU\""), 1)
    };
    let around = json!({
        "FV": "1.4", "GI": "Heng 示例充电桩", "GS": pile.serial, "GV": "1.0", "PG": "T1208", "MV": "示例仪表厂", "MM": "DJZ-1", "MS": pile.serial,
        "MF": "1.0", "IS": false, "IL": "NONE", "IF": [], "IT": "NONE", "CT": "EVSEID", "CI": pile.id,
    })
    .to_string();
    let around = around.trim_end_matches('}');
    let readings = [reading("18:02:11", "B", "1042.118"), reading("18:33:47", "E", shown)];
    format!("{around},\"RD\":[{}]}}", readings.join(","))
}

fn signed(payload: &str, key: &SigningKey) -> Result<String, Failure> {
    let signature = key.sign_der(payload.as_bytes()).map_err(failed)?;
    let section = json!({ "SA": "ECDSA-secp256r1-SHA256", "SD": hex::encode_upper(signature) });
    Ok(format!("OCMF|{payload}|{section}\n"))
}

fn failed(reason: impl std::fmt::Display) -> Failure {
    Failure::new("error-founding").with("reason", reason)
}
