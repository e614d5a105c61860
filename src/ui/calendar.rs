//! The work of the coming days as a calendar (RFC 5545), for calendars of phones and desktops.

use uuid::Uuid;

use super::words;
use crate::model::{Moment, StudyDay};
use crate::stats::overview::ForecastDay;
use crate::study::{ExamAhead, WorkAhead};

/// What this program calls itself in a calendar. A file that has this line was written by it.
pub const PRODUCT: &str = "PRODID:-//retain//forecast//EN";
/// The longest line, in octets without its end.
const LONGEST_LINE: usize = 75;
/// Minutes from 1970 to 2020: sequences count minutes since then.
const MINUTES_TO_2020: i64 = 26_297_280;

/// The calendar. An event has the same name (`UID`) whenever it is written, so importing it again brings it up to date.
pub fn calendar(work: &WorkAhead, now: Moment) -> String {
    let stamp = Stamp::new(now);
    let name = match &work.deck {
        Some(deck) => format!("retain: {deck}"),
        None => "retain".into(),
    };
    let mut text = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", PRODUCT, "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        fold(&mut text, line);
    }
    fold(&mut text, &format!("X-WR-CALNAME:{}", escaped(&name)));
    let scope = work.deck.as_deref().map_or_else(|| "all".into(), deck_id);
    for day in &work.days {
        let cards = day.due + day.learning + day.new;
        if cards > 0 {
            let uid = format!("cards-{}-{scope}@retain", date(day.date));
            let deck = work.deck.as_ref().map(|deck| format!("{deck}: ")).unwrap_or_default();
            let minutes = day.minutes.max(1.0);
            let summary = format!("{deck}{}, about {minutes:.0} min", words::count(cards as u64, "card"));
            event(&mut text, &stamp, &uid, day.date, &summary, &details(day));
        }
    }
    for ExamAhead { deck, day, .. } in &work.exams {
        // Without its day in the name: an exam that is put off moves in the calendar, too.
        let uid = format!("exam-{}@retain", deck_id(deck));
        event(&mut text, &stamp, &uid, *day, &format!("Exam: {deck}"), "`retain plan` forecasts the score.");
    }
    fold(&mut text, "END:VCALENDAR");
    text
}

fn details(day: &ForecastDay) -> String {
    let mut parts = Vec::new();
    for (count, what) in [(day.due, "due"), (day.learning, "in learning steps"), (day.new, "new")] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}

/// When the calendar was written.
struct Stamp {
    utc: String,
    sequence: i64,
}

impl Stamp {
    fn new(now: Moment) -> Self {
        let utc = Moment { offset_minutes: 0, ..now };
        let digits: String = utc.rfc3339().chars().take(19).filter(|char| *char != '-' && *char != ':').collect();
        Self { utc: digits + "Z", sequence: (now.utc_ms.div_euclid(60_000) - MINUTES_TO_2020).max(0) }
    }
}

/// An event of a whole day: a study day can be reviewed at any hour of it.
fn event(text: &mut String, stamp: &Stamp, uid: &str, day: StudyDay, summary: &str, details: &str) {
    for line in [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{uid}"),
        format!("DTSTAMP:{}", stamp.utc),
        format!("SEQUENCE:{}", stamp.sequence),
        format!("DTSTART;VALUE=DATE:{}", date(day)),
        format!("DTEND;VALUE=DATE:{}", date(day.plus(1))),
        format!("SUMMARY:{}", escaped(summary)),
        format!("DESCRIPTION:{}", escaped(details)),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ] {
        fold(text, &line);
    }
}

/// A name for a deck that is an id of any calendar.
fn deck_id(deck: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, deck.as_bytes()).simple().to_string()
}

fn date(day: StudyDay) -> String {
    day.to_string().replace('-', "")
}

/// A text as a value.
fn escaped(text: &str) -> String {
    let mut value = String::new();
    for char in text.chars() {
        match char {
            '\\' | ';' | ',' => value.extend(['\\', char]),
            '\n' => value += "\\n",
            char if char.is_control() => value.push(' '),
            char => value.push(char),
        }
    }
    value
}

/// Adds a line. A long one goes on in lines that begin with a blank; characters stay whole.
fn fold(text: &mut String, line: &str) {
    let mut length = 0;
    for char in line.chars() {
        if length + char.len_utf8() > LONGEST_LINE {
            *text += "\r\n ";
            length = 1;
        }
        text.push(char);
        length += char.len_utf8();
    }
    *text += "\r\n";
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment { utc_ms: 1_795_420_800_000, offset_minutes: 60 };

    fn work(deck: Option<&str>) -> WorkAhead {
        let day = |ahead: u32, due, learning, new| ForecastDay {
            date: StudyDay(20_780).plus(ahead),
            due,
            new,
            learning,
            minutes: f64::from(ahead) * 7.0,
        };
        WorkAhead {
            deck: deck.map(str::to_owned),
            days: vec![day(0, 1, 0, 0), day(1, 0, 0, 0), day(2, 30, 2, 10)],
            exams: vec![ExamAhead { deck: deck.unwrap_or("Networks").into(), day: StudyDay(20_833), days: 53 }],
        }
    }

    #[test]
    fn a_calendar_to_the_letter() {
        insta::assert_snapshot!("calendar", calendar(&work(None), NOW).replace("\r\n", "↵\n"));
    }

    #[test]
    fn lines_are_short_and_names_are_escaped() {
        let deck =
            "Prüfung, Teil 2; \\ 操作系统的基本概念与原理::\r\nschwierige Fragen über Speicher und Prozesse 🧠🧠🧠";
        let text = calendar(&work(Some(deck)), NOW);
        assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST_LINE), "{text}");
        let whole = text.replace("\r\n ", "");
        assert!(
            whole.contains("SUMMARY:Exam: Prüfung\\, Teil 2\\; \\\\ 操作系统的基本概念与原理:: \\nschwierige"),
            "{whole}"
        );
        // The same events have the same names later.
        let uids =
            |text: &str| text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect::<Vec<_>>();
        let later = calendar(&work(Some(deck)), Moment { utc_ms: NOW.utc_ms + 86_400_000, ..NOW });
        assert_eq!(uids(&text.replace("\r\n ", "")), uids(&later.replace("\r\n ", "")));
        assert_ne!(text, later);
    }
}
