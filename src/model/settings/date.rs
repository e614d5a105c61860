//! Dates as people write them: `2027-04-01`, `15.4.2027`, `4/15/2027`, `1 April 2027`; and those that depend on today: `tomorrow`, `10 Dec`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::model::StudyDay;

/// The days that a text can mean: usually one or none, two where day and month can be exchanged.
pub(super) fn readings(text: &str) -> Vec<StudyDay> {
    // A year of two digits in front is none.
    if let Some(day) = text.trim().parse().ok().filter(|_| text.trim().len() >= 10) {
        return vec![day];
    }
    dates(text).into_iter().filter_map(NamedDate::day).collect()
}

/// The day, if the text can mean only one.
pub(super) fn date(text: &str) -> Option<StudyDay> {
    match readings(text)[..] {
        [day] => Some(day),
        _ => None,
    }
}

/// The date that a text names though no calendar has it: `30 February 2026`.
pub(super) fn missing(text: &str) -> Option<String> {
    let named = dates(text);
    let day_short = |date: &NamedDate| (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
    let first = named.iter().find(|date| day_short(date)).filter(|_| named.iter().all(|date| date.date().is_none()))?;
    let month = NaiveDate::from_ymd_opt(first.year, first.month, 1)?.format("%B");
    Some(format!("{} {month} {}", first.day, first.year))
}

/// The days that a text can mean that says them by today: `tomorrow`, `in 2 weeks`, `3 days ago`, `Friday`, and `10 Dec` or `10.12.` of the
/// year that comes next, or that was last without `ahead`.
pub(super) fn by_today(text: &str, today: StudyDay, ahead: bool) -> Vec<StudyDay> {
    let (now, words) = (today.date(), plain(text));
    let some = |date: Option<NaiveDate>| date.map(StudyDay::from).into_iter().collect::<Vec<_>>();
    match &words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["today"] => return vec![today],
        ["tomorrow"] => return some(now.succ_opt()),
        ["yesterday"] => return some(now.pred_opt()),
        ["day", "after", "tomorrow"] => return some(now.checked_add_days(Days::new(2))),
        ["in", count, unit] => return some(shifted(now, count, unit, true)),
        [count, unit, "from", "now" | "today"] => return some(shifted(now, count, unit, true)),
        [count, unit, "ago"] => return some(shifted(now, count, unit, false)),
        // A Friday on a Friday can be either.
        ["on", day] | [day] if ahead && day.parse::<Weekday>().is_ok_and(|day| day != now.weekday()) => {
            let wanted: Weekday = day.parse().unwrap_or(Weekday::Mon);
            return some(now.iter_days().skip(1).take(7).find(|day| day.weekday() == wanted));
        }
        _ => {}
    }
    let year = now.year();
    let nearest = |(month, day): (u32, u32)| {
        let years = if ahead {
            [year, year + 1, year + 2, year + 3, year + 4]
        } else {
            [year, year - 1, year - 2, year - 3, year - 4]
        };
        let dates = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        dates.into_iter().find(|date| if ahead { *date >= now } else { *date <= now })
    };
    let mut days: Vec<StudyDay> = without_year(text).into_iter().filter_map(nearest).map(StudyDay::from).collect();
    days.dedup();
    days
}

/// A number of units after a day, or before it.
fn shifted(from: NaiveDate, count: &str, unit: &str, after: bool) -> Option<NaiveDate> {
    let count: u32 = if matches!(count, "a" | "an" | "one") { 1 } else { count.parse().ok()? };
    let (days, months) = match unit {
        "day" | "days" => (count, 0),
        "week" | "weeks" => (count.checked_mul(7)?, 0),
        "month" | "months" => (0, count),
        "year" | "years" => (0, count.checked_mul(12)?),
        _ => return None,
    };
    let (days, months) = (Days::new(u64::from(days)), Months::new(months));
    let moved = match after {
        true => from.checked_add_days(days)?.checked_add_months(months)?,
        false => from.checked_sub_days(days)?.checked_sub_months(months)?,
    };
    // Days are written with four digits.
    (1..=9999).contains(&moved.year()).then_some(moved)
}

/// Month and day of a date without a year, in each order that they may have.
fn without_year(text: &str) -> Vec<(u32, u32)> {
    let words = plain(text);
    if let [first, second] = &words[..] {
        for (month, day) in [(first, second), (second, first)] {
            if let (Some(month), Ok(day)) = (month_named(month), day.parse()) {
                return vec![(month, day)];
            }
        }
    }
    let text = text.trim().trim_end_matches('.');
    let numbers: Option<Vec<u32>> = text.split(['.', '/']).map(|part| part.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some([first, second]) => vec![(*second, *first), (*first, *second)],
        _ => Vec::new(),
    }
}

/// A date with its year, whether the calendar has it or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NamedDate {
    year: i32,
    month: u32,
    day: u32,
}

impl NamedDate {
    fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month, self.day)
    }

    fn day(self) -> Option<StudyDay> {
        self.date()?.to_string().parse().ok()
    }
}

/// The dates that a text can name.
fn dates(text: &str) -> Vec<NamedDate> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(0);
        return vec![NamedDate { year: part(0, 4).cast_signed(), month: part(4, 6), day: part(6, 8) }];
    }
    let words = plain(text);
    if let [first, second, year] = &words[..]
        && let Some(year) = year.parse::<i32>().ok().filter(|year| (1000..=9999).contains(year))
    {
        for (month, day) in [(first, second), (second, first)] {
            if let (Some(month), Ok(day)) = (month_named(month), day.parse()) {
                return vec![NamedDate { year, month, day }];
            }
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
    let Ok(year) = i32::try_from(year) else { return Vec::new() };
    let mut found: Vec<NamedDate> = orders.into_iter().map(|(month, day)| NamedDate { year, month, day }).collect();
    let real: Vec<NamedDate> = found.iter().copied().filter(|date| date.date().is_some()).collect();
    if !real.is_empty() {
        found = real;
    }
    found.dedup();
    found
}

/// The words of a date in small letters, without the day of the week before them, and without `the`, `of` and the endings of `1st`, `2nd`.
fn plain(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace([',', '.'], " ");
    let words: Vec<&str> = text.split_whitespace().filter(|word| !matches!(*word, "the" | "of")).collect();
    let skip = usize::from(words.len() > 2 && words[0].parse::<Weekday>().is_ok());
    let number = |word: &&str| {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        let digits = digits.filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
        digits.unwrap_or(word).to_owned()
    };
    words[skip..].iter().map(number).collect()
}

fn month_named(word: &str) -> Option<u32> {
    word.parse::<chrono::Month>().ok().map(|month| month.number_from_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(days: &[StudyDay]) -> Vec<String> {
        days.iter().map(StudyDay::to_string).collect()
    }

    #[test]
    fn a_date_is_read_in_any_order_that_is_plain() {
        let read = |text: &str| texts(&readings(text));
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
            "15th April 2027",
            "the 15th of April 2027",
            "Thursday, April 15th, 2027",
            "Thu 15 Apr. 2027",
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

    #[test]
    fn a_date_that_no_calendar_has_is_named() {
        for (text, day) in [
            ("2026-02-30", "30 February 2026"),
            ("31.4.2027", "31 April 2027"),
            ("4/31/2027", "31 April 2027"),
            ("Feb 29, 2027", "29 February 2027"),
            ("20270229", "29 February 2027"),
        ] {
            assert_eq!(missing(text).as_deref(), Some(day), "{text}");
        }
        for text in ["2028-02-29", "tomorrow", "2026-13-01", "32.13.2026", "", "30 February"] {
            assert_eq!(missing(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_may_be_said_by_today() {
        // A Sunday.
        let today: StudyDay = "2026-11-29".parse().expect("a day");
        let ahead = |text: &str| texts(&by_today(text, today, true));
        for (text, day) in [
            ("today", "2026-11-29"),
            ("Tomorrow", "2026-11-30"),
            ("the day after tomorrow", "2026-12-01"),
            ("in 2 weeks", "2026-12-13"),
            ("in a month", "2026-12-29"),
            ("in 3 months", "2027-02-28"),
            ("10 days from now", "2026-12-09"),
            ("10 Dec", "2026-12-10"),
            ("Dec 10", "2026-12-10"),
            ("10th of December", "2026-12-10"),
            ("10. December", "2026-12-10"),
            ("15.12.", "2026-12-15"),
            ("12/15", "2026-12-15"),
            ("29 Nov", "2026-11-29"),
            ("28 Nov", "2027-11-28"),
            ("29 February", "2028-02-29"),
            ("Friday", "2026-12-04"),
            ("on mon", "2026-11-30"),
        ] {
            assert_eq!(ahead(text), [day], "{text}");
        }
        assert_eq!(ahead("1.4."), ["2027-04-01", "2027-01-04"]);
        for text in [
            "",
            "soon",
            "Sunday",
            "next Friday",
            "in two weeks",
            "in -1 days",
            "30 Feb",
            "Dec",
            "in 999999 years",
            "13/13",
        ] {
            assert_eq!(ahead(text), Vec::<String>::new(), "{text}");
        }
        let before = |text: &str| texts(&by_today(text, today, false));
        assert_eq!(before("10 Dec"), ["2025-12-10"]);
        assert_eq!(before("2 weeks ago"), ["2026-11-15"]);
        assert_eq!(before("yesterday"), ["2026-11-28"]);
        assert_eq!(before("Friday"), Vec::<String>::new());
    }
}
