//! Dates as people write them: `2027-04-01`, `15.4.2027`, `4/15/2027`, `1 April 2027`.

use chrono::NaiveDate;

use crate::model::StudyDay;

/// The days that a text can mean: usually one or none, two where day and month can be exchanged.
pub(super) fn readings(text: &str) -> Vec<StudyDay> {
    let text = text.trim();
    // A year of two digits in front is none.
    if let Some(day) = text.parse().ok().filter(|_| text.len() >= 10) {
        return vec![day];
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::parse_from_str(text, "%Y%m%d").ok().and_then(day).into_iter().collect();
    }
    let words = text.replace(',', " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for format in ["%d %B %Y", "%B %d %Y", "%d. %B %Y"] {
        if let Ok(date) = NaiveDate::parse_from_str(&words, format) {
            return day(date).into_iter().collect();
        }
    }
    let parts: Vec<&str> = text.split(['.', '/', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let Some([first, second, third]) = numbers.as_deref() else { return Vec::new() };
    // A year has four digits. Of two, it is the last number where points or strokes part them.
    let (year, orders) = match (parts[0].len(), parts[2].len()) {
        (4, 1..=2) => (*first, vec![(*second, *third)]),
        (1..=2, 4) => (*third, vec![(*second, *first), (*first, *second)]),
        (1..=2, 2) if text.contains(['.', '/']) => (2000 + *third, vec![(*second, *first), (*first, *second)]),
        _ => return Vec::new(),
    };
    let mut days: Vec<StudyDay> = orders
        .into_iter()
        .filter_map(|(month, date)| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, date))
        .filter_map(day)
        .collect();
    days.dedup();
    days
}

/// The day, if the text can mean only one.
pub(super) fn date(text: &str) -> Option<StudyDay> {
    match readings(text)[..] {
        [day] => Some(day),
        _ => None,
    }
}

fn day(date: NaiveDate) -> Option<StudyDay> {
    date.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_any_order_that_is_plain() {
        let read = |text: &str| readings(text).iter().map(StudyDay::to_string).collect::<Vec<_>>();
        for text in [
            "2027-04-15",
            "15.4.2027",
            "15.04.2027",
            "4/15/2027",
            "15/4/2027",
            "2027/4/15",
            "2027.04.15",
            "15 4 2027",
            "15 April 2027",
            "15 Apr 2027",
            "April 15, 2027",
            "15. April 2027",
            "20270415",
            "15.4.27",
            "4/15/27",
        ] {
            assert_eq!(read(text), ["2027-04-15"], "{text}");
        }
        assert_eq!(read("1.4.2027"), ["2027-04-01", "2027-01-04"], "day first, or month first");
        assert_eq!(read("4.4.2027"), ["2027-04-04"]);
        for text in [
            "",
            "tomorrow",
            "31.2.2027",
            "27-04-15",
            "2027",
            "1.4",
            "20271301",
            "1.2.3.2027",
            "99999-01-01",
            "0.0.2027",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(date("1.4.2027"), None);
    }
}
