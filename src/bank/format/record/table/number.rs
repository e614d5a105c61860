//! Numbers as the formats of a spreadsheet show them: per cent, thousands, leading zeros, dates and times.

use calamine::ExcelDateTime;

/// A part of a format code.
#[derive(Clone, Debug, PartialEq)]
enum FormatToken {
    /// A placeholder of a digit, or the signs between digits.
    Digit(char),
    /// A run of one letter of dates and times (`yyyy`); elapsed time if it is in brackets.
    Date(char, usize, bool),
    /// `AM/PM`.
    Half,
    Text(String),
}

/// A number as its format shows it; `None` if the format is unknown or says nothing (`General`, text).
pub(super) fn shown(number: f64, code: &str, moment: Option<ExcelDateTime>) -> Option<String> {
    let sections: Vec<&str> = sections(code);
    let (section, number) = match sections[..] {
        [_, negative, ..] if number < 0.0 => (negative, -number),
        [_, _, zero, ..] if number == 0.0 => (zero, number),
        [first, ..] => (first, number),
        [] => return None,
    };
    if code.is_empty() || section.trim().eq_ignore_ascii_case("general") || section.contains('@') {
        return None;
    }
    let parts = parts(section);
    if parts.iter().any(|part| matches!(part, FormatToken::Date(..))) {
        return moment.map(|moment| dated(&parts, moment, code));
    }
    plain(number, &parts)
}

/// The sections of a code: for positive numbers, for negative ones, for zero.
fn sections(code: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let ends = |char: char| {
        let ends = char == ';' && !quoted && !escaped;
        quoted ^= char == '"' && !escaped;
        escaped = char == '\\' && !quoted && !escaped;
        ends
    };
    code.split(ends).collect()
}

fn parts(section: &str) -> Vec<FormatToken> {
    let mut parts: Vec<FormatToken> = Vec::new();
    let mut rest = section;
    let text = |text: &str| FormatToken::Text(text.to_owned());
    while let Some(char) = rest.chars().next() {
        let mut taken = char.len_utf8();
        let next = rest[taken..].chars().next();
        match char {
            '"' => {
                let end = rest[1..].find('"').map_or(rest.len(), |end| end + 1);
                parts.push(text(&rest[1..end]));
                taken = (end + 1).min(rest.len());
            }
            '\\' => {
                parts.extend(next.map(|next| text(&next.to_string())));
                taken += next.map_or(0, char::len_utf8);
            }
            '_' | '*' => taken += next.map_or(0, char::len_utf8),
            '[' => {
                let end = rest.find(']').unwrap_or(rest.len() - 1);
                let inner = &rest[1..end];
                let letter = inner.to_ascii_lowercase();
                // `[h]` counts on; `[$€-407]` is a currency; colours and conditions show nothing.
                if let Some(first) = letter.chars().next().filter(|first| matches!(first, 'h' | 'm' | 's')) {
                    if letter.chars().all(|char| char == first) {
                        parts.push(FormatToken::Date(first, letter.len(), true));
                    }
                } else if let Some(currency) = inner.strip_prefix('$') {
                    parts.push(text(currency.split('-').next().unwrap_or_default()));
                }
                taken = end + 1;
            }
            '0' | '#' | '?' | '.' | ',' | '%' => parts.push(FormatToken::Digit(char)),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                let same = rest.chars().take_while(|other| other.eq_ignore_ascii_case(&char)).count();
                parts.push(FormatToken::Date(char.to_ascii_lowercase(), same, false));
                taken = same;
            }
            'A' | 'a' if rest.len() >= 5 && rest.get(..5).is_some_and(|half| half.eq_ignore_ascii_case("AM/PM")) => {
                parts.push(FormatToken::Half);
                taken = 5;
            }
            other => parts.push(text(&other.to_string())),
        }
        rest = &rest[taken..];
    }
    parts
}

/// A number that is no date.
fn plain(number: f64, parts: &[FormatToken]) -> Option<String> {
    let digits: String =
        parts.iter().filter_map(|part| if let FormatToken::Digit(sign) = part { Some(*sign) } else { None }).collect();
    let texts =
        |part: &FormatToken| matches!(part, FormatToken::Text(text) if text == "E" || text == "e" || text == "/");
    if parts.iter().any(texts) || !digits.contains(['0', '#', '?']) {
        return None;
    }
    let per_cent = digits.matches('%').count();
    let (whole, behind) = digits.split_once('.').unwrap_or((&digits, ""));
    let last = whole.trim_end_matches('%').trim_end_matches(',');
    let thousands = last.contains(',');
    let scaled_down = whole.trim_end_matches('%').len() - last.len();
    let value = number * 100_f64.powi(i32::try_from(per_cent).ok()?) / 1000_f64.powi(i32::try_from(scaled_down).ok()?);
    let places = behind.chars().filter(|sign| matches!(sign, '0' | '#' | '?')).count();
    let needed = behind.matches('0').count();
    let written = format!("{:.places$}", value.abs());
    let (mut integer, mut fraction) =
        written.split_once('.').map_or((written.clone(), String::new()), |(whole, part)| (whole.into(), part.into()));
    while fraction.len() > needed && fraction.ends_with('0') {
        fraction.pop();
    }
    let least = whole.matches('0').count();
    if integer == "0" && least == 0 {
        integer.clear();
    }
    integer = format!("{integer:0>least$}");
    if thousands {
        integer = grouped(&integer);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let dot = if fraction.is_empty() { "" } else { "." };
    let shown = format!("{integer}{dot}{fraction}");
    Some(sign.to_owned() + around(&shown, parts).trim())
}

/// The number among the texts of its format; texts between its digits part them (`000-000`).
fn around(shown: &str, parts: &[FormatToken]) -> String {
    let is_place = |part: &FormatToken| matches!(part, FormatToken::Digit(sign) if *sign != '%');
    let first = parts.iter().position(is_place).unwrap_or(0);
    let last = parts.iter().rposition(is_place).unwrap_or(0);
    let parted = parts[first..=last].iter().any(|part| matches!(part, FormatToken::Text(_)));
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        match part {
            FormatToken::Text(words) if at < first || at > last => text.push_str(words),
            FormatToken::Digit('%') => text.push('%'),
            FormatToken::Digit(_) if at == first && !parted => text.push_str(shown),
            FormatToken::Digit(_) if at == first => text.push_str(&between(shown, &parts[first..=last])),
            _ => {}
        }
    }
    text
}

/// Digits from the right into their places, with the texts between these.
fn between(shown: &str, parts: &[FormatToken]) -> String {
    let mut digits: Vec<char> = shown.chars().collect();
    let mut text: Vec<String> = Vec::new();
    for part in parts.iter().rev() {
        match part {
            FormatToken::Text(words) => text.push(words.clone()),
            _ => text.extend(digits.pop().map(String::from)),
        }
    }
    text.push(digits.into_iter().collect());
    text.into_iter().rev().collect()
}

/// A whole number with a comma between its thousands.
pub(in crate::bank) fn grouped(integer: &str) -> String {
    let mut text = String::new();
    for (at, digit) in integer.chars().enumerate() {
        if at > 0 && (integer.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

const MONTHS: &str = "January February March April May June July August September October November December";
const DAYS: &str = "Saturday Sunday Monday Tuesday Wednesday Thursday Friday";

fn dated(parts: &[FormatToken], moment: ExcelDateTime, code: &str) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    // The short date of the system, in an unknown order of day and month.
    if code == "mm-dd-yy" {
        return format!("{year}-{month:02}-{day:02}");
    }
    let halves = parts.contains(&FormatToken::Half);
    let clock = if halves { (u32::from(hour) + 11) % 12 + 1 } else { u32::from(hour) };
    let elapsed = moment.as_f64() * 24.0 + 1e-9;
    let padded = |number: u32, width: usize| if width > 1 { format!("{number:02}") } else { number.to_string() };
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        // `m` is a minute behind hours and before seconds.
        let before = parts[..at].iter().rev().find(|part| matches!(part, FormatToken::Date(..)));
        let behind = parts[at + 1..].iter().find(|part| matches!(part, FormatToken::Date(..)));
        let minutes =
            matches!(before, Some(FormatToken::Date('h', ..))) || matches!(behind, Some(FormatToken::Date('s', ..)));
        let word = match part {
            FormatToken::Text(words) => words.clone(),
            FormatToken::Digit('0' | '#' | '?') => String::new(),
            FormatToken::Digit(sign) => sign.to_string(),
            FormatToken::Half => (if hour < 12 { "AM" } else { "PM" }).to_owned(),
            FormatToken::Date('h', _, true) => format!("{}", elapsed.floor()),
            FormatToken::Date('m', _, true) => format!("{}", (elapsed * 60.0).floor()),
            FormatToken::Date('s', _, true) => format!("{}", (elapsed * 3600.0).floor()),
            FormatToken::Date('y', width, _) if *width > 2 => year.to_string(),
            FormatToken::Date('y', ..) => format!("{:02}", year % 100),
            FormatToken::Date('m', width, _) if *width <= 2 && minutes => padded(u32::from(minute), *width),
            FormatToken::Date('m', width, _) => match *width {
                1 | 2 => padded(u32::from(month), *width),
                width => named(MONTHS, usize::from(month).wrapping_sub(1), width),
            },
            FormatToken::Date('d', width, _) if *width > 2 => named(DAYS, moment.as_f64() as usize % 7, *width),
            FormatToken::Date('d', width, _) => padded(u32::from(day), *width),
            FormatToken::Date('h', width, _) => padded(clock, *width),
            FormatToken::Date(_, width, _) => padded(u32::from(second), *width),
        };
        text.push_str(&word);
    }
    text.trim().to_owned()
}

/// A name, in three letters or whole.
fn named(names: &str, place: usize, width: usize) -> String {
    let name = names.split(' ').nth(place).unwrap_or_default();
    if width == 3 { name.chars().take(3).collect() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        for (number, code, wanted) in [
            (0.25, "0%", "25%"),
            (0.125, "0.0%", "12.5%"),
            (7.0, "000", "007"),
            (1234.5, "#,##0.00", "1,234.50"),
            (1_234_567.0, "#,##0", "1,234,567"),
            (-5.0, "0.0", "-5.0"),
            (-5.0, "0;(0)", "(5)"),
            (12.5, "0.00\\ \"kg\"", "12.50 kg"),
            (3.0, "[$€-407]\\ #,##0.00", "€ 3.00"),
            (5_551_234.0, "000-0000", "555-1234"),
            (0.5, "0.##", "0.5"),
            (99.0, "\"$\"#,##0_);[Red](\"$\"#,##0)", "$99"),
        ] {
            assert_eq!(shown(number, code, None).as_deref(), Some(wanted), "{code}");
        }
        for code in ["General", "@", "", "# ?/?", "0.00E+00"] {
            assert_eq!(shown(1.5, code, None), None, "{code}");
        }
    }

    #[test]
    fn dates_and_times_are_shown_as_their_format_says() {
        for (number, code, wanted) in [
            (46101.0, "yyyy-mm-dd", "2026-03-20"),
            (46101.0, "dd/mm/yyyy", "20/03/2026"),
            (46101.0, "d. mmmm yyyy", "20. March 2026"),
            (46101.0, "ddd d-mmm-yy", "Fri 20-Mar-26"),
            (0.545_138_888_888_888_8, "hh:mm", "13:05"),
            (0.545_138_888_888_888_8, "h:mm AM/PM", "1:05 PM"),
            (46101.5, "yyyy-mm-dd hh:mm:ss", "2026-03-20 12:00:00"),
            (1.25, "[h]:mm", "30:00"),
            (0.0625, "mm:ss", "30:00"),
        ] {
            let moment = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false);
            assert_eq!(shown(number, code, Some(moment)).as_deref(), Some(wanted), "{code}");
        }
    }
}
