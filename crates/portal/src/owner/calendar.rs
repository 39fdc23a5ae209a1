//! The due list as a calendar: one whole-day event on the last day of each instrument's validity (RFC 5545).

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use heng_office::clock;
use heng_wording::Words;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::holdings::holdings;
use crate::facts::listing::Listed;
use crate::frame::one_of;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// RFC 5545, 3.1: a line has at most 75 octets.
const LONGEST_LINE: usize = 75;

/// `/holdings/due.ics`
pub(crate) async fn due(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let holdings = holdings(portal, &visit)?;
        let words = portal.words(visit.language());
        let text = calendar(&holdings.instruments, clock::now(), portal.office().origin(), words);
        let headers =
            [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"due.ics\"")];
        Ok((headers, text).into_response())
    })
    .await
}

fn calendar(instruments: &[Listed], now: Timestamp, origin: &str, words: &Words) -> String {
    let mut text = String::new();
    let mut line = |content: &str| folded(content, &mut text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Heng//due list//ZH");
    line(&format!("X-WR-CALNAME:{}", escaped(&words.say("owner-calendar", &[]))));
    for one in instruments {
        let Some(through) = one.through else { continue };
        let name = one_of(&one.name, words.language());
        let data = [("name", name), ("serial", one.serial.as_str())];
        let uid = hex::encode(Sha256::digest(format!("{} {through}", one.id)));
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@heng", uid.get(..32).unwrap_or(&uid)));
        line(&format!("DTSTAMP:{}", now.strftime("%Y%m%dT%H%M%SZ")));
        line(&format!("DTSTART;VALUE=DATE:{}", through.strftime("%Y%m%d")));
        line(&format!("SUMMARY:{}", escaped(&words.say("owner-calendar-due", &data))));
        let place = one.address.as_ref().map(|place| one_of(place, words.language())).unwrap_or_default();
        line(&format!("LOCATION:{}", escaped(place)));
        line(&format!("URL:{origin}{}", crate::frame::address("/thing/", &one.id)));
        // A month before: what a laboratory's waiting list needs.
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line(&format!("DESCRIPTION:{}", escaped(&words.say("owner-calendar-due", &data))));
        line(&format!("TRIGGER:-P{}D", heng_view::inventory::SOON));
        line("END:VALARM");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => escaped.extend(['\\', sign]),
            '\n' => escaped.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// Folds a line between characters, never inside one.
fn folded(content: &str, text: &mut String) {
    let mut length = 0;
    for sign in content.chars() {
        if length + sign.len_utf8() > LONGEST_LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(sign);
        length += sign.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters_and_come_back_whole() {
        let content = format!("SUMMARY:{}", "电子秤检定到期，".repeat(20));
        let mut text = String::new();
        folded(&content, &mut text);
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST_LINE));
        assert_eq!(text.trim_end().replace("\r\n ", ""), content);
    }

    #[test]
    fn what_has_a_meaning_in_a_calendar_is_escaped() {
        assert_eq!(escaped("甲,乙;丙\\丁\n戊\r"), "甲\\,乙\\;丙\\\\丁\\n戊");
    }
}
