//! Numbers as people type them, and whether they are close enough.

/// The relative slack for rounding errors.
const SLACK: f64 = 1e-9;

/// The typed number; if it is ambiguous, the more likely one.
///
/// `1,5`, `1.5`, `1 000`, `1'000.5`, `1.000,5`, `1e-3`, `2·10^-3`, `½`, `1 1/2` and `−3` are numbers. `50 %` is 50. A text with a unit is no number.
pub fn number(typed: &str) -> Option<f64> {
    readings(typed).first().copied()
}

/// All possible meanings: `1,000` is a thousand or one, `50 %` is 50 or a half. Empty if it is no number.
pub fn readings(typed: &str) -> Vec<f64> {
    let text = plain(typed);
    let (text, percent) = text.strip_suffix('%').map_or((text.as_str(), false), |text| (text.trim_end(), true));
    let mut readings = signed(text);
    if percent {
        let shares: Vec<f64> = readings.iter().map(|number| number / 100.0).collect();
        readings.extend(shares);
    }
    readings.retain(|number| number.is_finite());
    readings
}

/// Whether the typed number is within the tolerance (included) of an accepted value: pairs of a value and its tolerance.
pub fn within(typed: &str, accepted: &[(f64, f64)]) -> bool {
    let readings = readings(typed);
    accepted.iter().any(|(value, tolerance)| readings.iter().any(|number| near(*number, *value, *tolerance)))
}

/// The index of the accepted answer that was typed. The accepted answers are texts of a bank with their tolerances.
///
/// An answer may have a unit ("9.81 m/s²"): then the same unit may be typed, or none. `*` matches anything.
pub fn accepted_number(typed: &str, accepted: &[(&str, f64)]) -> Option<usize> {
    accepted.iter().position(|(text, tolerance)| {
        let (value, unit) = parted(text);
        let bare = if unit.is_empty() { typed } else { without(typed, unit) };
        let fits = |value: &f64| within(bare, &[(*value, *tolerance)]);
        // If a number of a bank is ambiguous, the more likely meaning is used.
        text.trim() == "*" && !typed.trim().is_empty() || number(value).as_ref().is_some_and(fits)
    })
}

fn near(number: f64, value: f64, tolerance: f64) -> bool {
    let tolerance = tolerance.abs();
    (number - value).abs() <= tolerance + SLACK * value.abs().max(tolerance)
}

/// A text split into number and unit: the number is the longest possible beginning.
fn parted(text: &str) -> (&str, &str) {
    let text = text.trim();
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let end = ends.rev().find(|end| number(&text[..*end]).is_some()).unwrap_or(0);
    (&text[..end], text[end..].trim())
}

/// The text without this unit at its end, in any case.
fn without<'a>(text: &'a str, unit: &str) -> &'a str {
    let text = text.trim();
    let start = text.char_indices().map(|(at, _)| at).find(|at| text[*at..].to_lowercase() == unit.to_lowercase());
    start.map_or(text, |start| text[..start].trim_end())
}

/// The text with one kind of digits, spaces, minus signs and apostrophes.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.trim().chars() {
        if let Some((_, fraction)) = FRACTIONS.iter().find(|(sign, _)| *sign == char) {
            // "1½" is one and a half.
            plain.push(' ');
            plain.push_str(fraction);
            continue;
        }
        plain.push(match char {
            '−' | '–' | '‒' | '﹣' | '－' | '‐' | '‑' => '-',
            '＋' => '+',
            '’' | '‘' | 'ʼ' | '′' => '\'',
            '⁄' | '∕' => '/',
            '×' | '·' | '⋅' | '∙' | '*' => '·',
            '٫' => '.',
            '．' => '.',
            '，' => ',',
            '％' | '٪' => '%',
            _ if char.is_whitespace() => ' ',
            _ => ZEROS.iter().find_map(|zero| digit(char, *zero)).unwrap_or(char),
        });
    }
    plain.trim().to_owned()
}

const FRACTIONS: [(char, &str); 18] = [
    ('½', "1/2"),
    ('⅓', "1/3"),
    ('⅔', "2/3"),
    ('¼', "1/4"),
    ('¾', "3/4"),
    ('⅕', "1/5"),
    ('⅖', "2/5"),
    ('⅗', "3/5"),
    ('⅘', "4/5"),
    ('⅙', "1/6"),
    ('⅚', "5/6"),
    ('⅐', "1/7"),
    ('⅛', "1/8"),
    ('⅜', "3/8"),
    ('⅝', "5/8"),
    ('⅞', "7/8"),
    ('⅑', "1/9"),
    ('⅒', "1/10"),
];

/// The zeros of Arabic, Persian, Devanagari and full-width digits.
const ZEROS: [u32; 4] = [0x0660, 0x06f0, 0x0966, 0xff10];

fn digit(char: char, zero: u32) -> Option<char> {
    u32::from(char).checked_sub(zero).and_then(|value| char::from_digit(value, 10))
}

fn signed(text: &str) -> Vec<f64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1.0, text.trim_start()),
        None => (1.0, text.strip_prefix('+').unwrap_or(text).trim_start()),
    };
    let numbers = if text.contains('/') { fraction(text).into_iter().collect() } else { scientific(text) };
    numbers.into_iter().map(|number| sign * number).collect()
}

/// `1/3`, `1 1/2`.
fn fraction(text: &str) -> Option<f64> {
    let (above, below) = text.split_once('/')?;
    let (whole, above) = above.trim_end().rsplit_once(' ').unwrap_or(("0", above));
    let [whole, above, below] = [whole, above, below].map(|part| decimal(part.trim()).first().copied());
    Some(whole? + above? / below.filter(|below| *below != 0.0)?)
}

/// `1e-3`, `1·10^-3`, or a plain number.
fn scientific(text: &str) -> Vec<f64> {
    let parts = text.split_once(['e', 'E']).or_else(|| {
        let (mantissa, power) = text.split_once('·').map_or((text, text), |(mantissa, power)| (mantissa, power));
        let exponent = power.trim_start().strip_prefix("10^")?;
        // "10^3" alone is a thousand.
        Some((if mantissa.len() == text.len() { "1" } else { mantissa }, exponent))
    });
    let Some((mantissa, exponent)) = parts else { return decimal(text) };
    let exponent = exponent.trim().trim_start_matches('(').trim_end_matches(')');
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let digits = exponent.strip_prefix('-').unwrap_or(exponent);
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    // Parsing the whole text gives the nearest number; multiplying by a power of 10 does not.
    let whole = |mantissa: f64| format!("{mantissa}e{exponent}").parse().ok();
    decimal(mantissa.trim_end()).into_iter().filter_map(whole).collect()
}

/// Digits with separators of thousands or decimals.
fn decimal(text: &str) -> Vec<f64> {
    if !text.contains(|char: char| char.is_ascii_digit())
        || !text.chars().all(|char| char.is_ascii_digit() || matches!(char, '.' | ',' | ' ' | '\''))
    {
        return Vec::new();
    }
    let last = text.rfind(['.', ',']);
    let mark = last.map(|at| &text[at..=at]);
    let once = mark.is_some_and(|mark| text.matches(mark).count() == 1);
    let mut readings = Vec::new();
    let point = |at: usize| {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, rest) = (grouped(&text[..at])?, &text[at + 1..]);
        if digits(rest) { format!("{whole}.{rest}").parse().ok() } else { None }
    };
    if let Some(at) = last.filter(|_| once) {
        readings.extend::<Option<f64>>(point(at));
    }
    // Otherwise, or as well, it separates thousands.
    if let Some(whole) = grouped(text).and_then(|whole| whole.parse::<f64>().ok()) {
        // A comma before three digits is more likely one of thousands, a point one of decimals.
        let first = mark == Some(",");
        readings.insert(if first { 0 } else { readings.len() }, whole);
    }
    readings
}

/// The digits without the separator of thousands: one sign before groups of three digits (or two, before the last group, as in India).
fn grouped(text: &str) -> Option<String> {
    let Some(mark) = text.chars().find(|char| !char.is_ascii_digit()) else { return Some(text.to_owned()) };
    let groups: Vec<&str> = text.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let sizes =
        (1..=3).contains(&first.len()) && last.len() == 3 && middle.iter().all(|group| matches!(group.len(), 2 | 3));
    (digits && sizes && !first.starts_with('0')).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, number) in [
            ("1,5", 1.5),
            ("1.5", 1.5),
            ("1 000", 1_000.0),
            ("1'000.5", 1_000.5),
            ("1’000", 1_000.0),
            ("1.000,5", 1_000.5),
            ("1,000.5", 1_000.5),
            ("12,34,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1e-3", 0.001),
            ("1,5E3", 1_500.0),
            ("½", 0.5),
            ("1½", 1.5),
            ("1 1/2", 1.5),
            ("1/3", 1.0 / 3.0),
            ("−3", -3.0),
            ("- 3", -3.0),
            ("+7", 7.0),
            ("50 %", 50.0),
            ("50%", 50.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("0,125", 0.125),
            ("2·10^-3", 0.002),
            ("10^3", 1_000.0),
            ("2 × 10^3", 2_000.0),
            ("１２", 12.0),
            ("٣", 3.0),
            ("-1/4", -0.25),
            ("1\u{202f}000,25", 1_000.25),
            ("0.1", 0.1),
            ("1,000", 1_000.0),
            ("1.000", 1.0),
            ("-0", 0.0),
            ("1e+2", 100.0),
        ] {
            assert_eq!(super::number(typed), Some(number), "{typed}");
        }
    }

    #[test]
    fn the_signs_of_other_scripts_are_read() {
        for (typed, number) in [
            ("＋7", 7.0),
            ("－7", -7.0),
            ("1⁄2", 0.5),
            ("1∕2", 0.5),
            ("1٫5", 1.5),
            ("１．５", 1.5),
            ("１，５", 1.5),
            ("５０％", 50.0),
            ("50٪", 50.0),
        ] {
            assert_eq!(super::number(typed), Some(number), "{typed}");
        }
    }

    #[test]
    fn an_exponent_has_up_to_four_digits() {
        assert_eq!(number("1e0002"), Some(100.0));
        assert_eq!(number("1e00002"), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for typed in [
            "", " ", "-", ".", ",", "abc", "5 m", "5m", "1.2.3", "1,2,3", "10 00", "1/0", "1//2", "e5", "1e",
            "1e99999", "1e400", "--5", "%", "1 % 2", "10²", "0x10", "inf", "NaN", "1_000", "1.000.00", "1'00", "½½",
            "5 %%", "1-2", "1..5", "0,000,5",
        ] {
            assert_eq!(readings(typed), Vec::<f64>::new(), "{typed}");
        }
    }

    #[test]
    fn the_tolerance_counts_and_either_reading_may_be_meant() {
        for (typed, value, tolerance, right) in [
            ("1.5", 1.0, 0.5, true),
            ("1.51", 1.0, 0.5, false),
            ("0.3", 0.1 + 0.2, 0.0, true),
            ("1.1", 1.0, 0.1, true),
            ("0.9", 1.0, 0.1, true),
            ("1,000", 1_000.0, 0.0, true),
            ("1,000", 1.0, 0.0, true),
            ("1.000", 1_000.0, 0.0, true),
            ("1.000", 1.0, 0.0, true),
            ("0.500", 500.0, 0.0, false),
            ("50 %", 50.0, 0.0, true),
            ("50 %", 0.5, 0.0, true),
            ("0.5", 50.0, 0.0, false),
            ("1/3", 0.333, 0.001, true),
            ("0", 0.0, 0.0, true),
            ("1e-12", 0.0, 0.0, false),
            ("5 m", 5.0, 0.0, false),
            ("", 0.0, 1.0, false),
            ("5", 4.0, -1.0, true),
        ] {
            assert_eq!(within(typed, &[(value, tolerance)]), right, "{typed} {value} ± {tolerance}");
        }
    }

    #[test]
    fn units_are_taken_where_the_answer_has_them() {
        for (typed, text, right) in [
            ("9.81 m/s", "9.8 m/s", true),
            ("9.81", "9.8 m/s", true),
            ("9,81m/s", "9.8 m/s", true),
            ("9.81 M/S", "9.8 m/s", true),
            ("9.81 km", "9.8 m/s", false),
            ("5 m", "5", false),
            ("5", "5", true),
            ("anything", "*", true),
            ("", "*", false),
            ("50 %", "50 %", true),
            ("50", "50 %", true),
            ("1", "one", false),
        ] {
            assert_eq!(accepted_number(typed, &[("-7", 0.0), (text, 0.02)]).is_some(), right, "{typed} {text}");
        }
        assert_eq!(accepted_number("5", &[("4", 0.0), ("5", 0.0)]), Some(1));
    }

    proptest! {
        #[test]
        fn any_text_is_read(typed in "(\\PC|[-0-9.,/eE%' ·^½+]){0,24}", text in "(\\PC|[0-9., m]){0,12}") {
            prop_assert!(readings(&typed).iter().all(|number| number.is_finite()));
            let found = accepted_number(&typed, &[(text.as_str(), 0.5)]);
            prop_assert!(found.is_none() || !typed.trim().is_empty());
        }

        #[test]
        fn a_number_is_itself_in_every_notation(number in -1e12_f64..1e12, comma: bool) {
            let written = number.to_string();
            let written = if comma { written.replace('.', ",") } else { written };
            prop_assert!(readings(&written).contains(&number), "{}", written);
            let scientific = format!("{number:e}");
            prop_assert!(within(&scientific, &[(number, 0.0)]));
            prop_assert!(within(&written.replace('-', "−"), &[(number, 0.0)]));
        }

        #[test]
        fn thousands_may_be_parted(whole in 1_000_u64..1_000_000_000_000, mark in prop::sample::select(vec![" ", "'", "\u{a0}", "’", ".", ","])) {
            let digits: Vec<char> = whole.to_string().chars().rev().collect();
            let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().rev().collect()).collect();
            let written = groups.into_iter().rev().collect::<Vec<_>>().join(mark);
            prop_assert!(within(&written, &[(whole as f64, 0.0)]), "{}", written);
        }
    }
}
