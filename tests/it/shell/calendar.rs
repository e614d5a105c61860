//! `retain due --ics`: the coming days as a calendar.

use std::fs;

use crate::fixture::program::Program;

fn program() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program.ok(&["deck", "set", "mlops", "exam=2027-01-15"]);
    program.ok(&["deck", "set", "mlops", "new-per-day=4"]);
    program
}

/// The values of a property, of lines that are put together again.
fn values(calendar: &str, property: &str) -> Vec<String> {
    let whole = calendar.replace("\r\n ", "");
    whole.split("\r\n").filter_map(|line| line.strip_prefix(property)).map(str::to_owned).collect()
}

#[test]
fn each_day_with_cards_is_an_event_and_an_exam_too() {
    let program = program();
    let text = program.ok(&["due", "--ics"]).out;
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    let summaries = values(&text, "SUMMARY:");
    assert!(summaries[0].ends_with(" min") && summaries[0].contains(" cards\\, about "), "{summaries:?}");
    assert_eq!(summaries.last().map(String::as_str), Some("Exam: MLOps"));
    assert_eq!(values(&text, "DTSTART;VALUE=DATE:")[0], "20261123");
    assert_eq!(values(&text, "DTSTART;VALUE=DATE:").last().map(String::as_str), Some("20270115"));
    assert_eq!(values(&text, "DTSTAMP:")[0], "20261123T070000Z");
    let uids = values(&text, "UID:");
    assert_eq!(uids.iter().collect::<std::collections::BTreeSet<_>>().len(), uids.len());
    // A deck and a number of days.
    let one = program.ok(&["due", "mlops", "--ics", "--days", "1"]).out;
    assert!(values(&one, "SUMMARY:")[0].starts_with("MLOps: "), "{one}");
    assert_eq!(values(&one, "UID:").len(), 2);
    assert_eq!(program.run(&["due", "sea", "--ics"]).code, 1);
    assert_eq!(program.run(&["due", "--ics", "--json"]).code, 2);
    let refused = program.run(&["due", "--days", "3"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("hint: write `retain due --ics --days 3`"), "{}", refused.err);
    program.ok(&["due", "--ics", "--days", "3"]);
}

#[test]
fn a_calendar_is_brought_up_to_date_and_replaces_nothing_else() {
    let mut program = program();
    program.ok(&["due", "-o", "due.ics"]);
    let first = fs::read_to_string(program.folder().join("due.ics")).expect("a calendar");
    program.at("2026-11-24T08:00:00+01:00").ok(&["due", "-o", "due.ics"]);
    let second = fs::read_to_string(program.folder().join("due.ics")).expect("a calendar");
    let same = values(&second, "UID:").iter().filter(|uid| values(&first, "UID:").contains(uid)).count();
    assert!(same > 0 && first != second);
    let sequence = |text: &str| values(text, "SEQUENCE:")[0].parse::<u32>().expect("a number");
    assert!(sequence(&second) > sequence(&first));
    program.file("own.ics", "BEGIN:VCALENDAR\r\nPRODID:-//somebody//else//EN\r\nEND:VCALENDAR\r\n");
    assert_eq!(program.run(&["due", "-o", "own.ics"]).code, 1);
    program.ok(&["due", "-o", "own.ics", "--force"]);
    assert_eq!(program.run(&["due", "-o", "due.csv"]).code, 2);
    let db = program.db().display().to_string();
    assert_eq!(program.run(&["due", "--ics", "-o", &db, "--force"]).code, 1);
    // Nothing due is no failure here: the exams are still in it.
    program.with_input(&["review", "--plain"], &"A\n\n".repeat(100));
    program.ok(&["due", "--ics", "--days", "1"]);
}
