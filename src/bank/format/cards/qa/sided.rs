//! Cards a line each, both sides parted by a sign: `dog = Hund`, `dog - Hund`, `Anchor: what holds a ship`. Lines without it are
//! titles of lessons.

use std::collections::HashSet;

use super::line::QaLine;
use super::prose::{is_date, is_of_document, tells};
use super::{QaCard, QaReading};
use crate::bank::lines::label::{bullet, label, question_number};
use crate::bank::lines::mark;
use crate::bank::lines::verdict::verdict;
use crate::bank::word_set::WordSet;

/// Signs between two sides, those that text has for other ends last.
const SIGNS: [&str; 14] =
    [" = ", " => ", " -> ", " → ", " ⇒ ", " ↔ ", " <-> ", " :: ", " ~ ", " – ", " — ", " - ", "=", ": "];
/// The most words that a line may have before the sign.
const MOST_WORDS: usize = 8;
/// Words before the number of a lesson.
static LESSONS: WordSet = WordSet::new(
    "lesson unit chapter part section module topic week day list lektion kapitel teil thema einheit leçon unité \
    chapitre lección unidad tema capítulo lezione unità capitolo lição урок тема глава les",
);

/// Reads a file nearly all of whose lines have the same sign between two sides.
pub(super) fn read_sided(lines: &[QaLine<'_>]) -> Option<QaReading> {
    let texts: Vec<&QaLine<'_>> = lines.iter().filter(|line| !line.is_blank() && !line.is_rule()).collect();
    if texts.iter().any(|line| line.code) {
        return None;
    }
    // The sign that most lines have; of several, the first of the list.
    let bare: Vec<&str> = texts.iter().filter_map(|line| bare(line)).filter(|text| text.contains(has_sign)).collect();
    let count = |sign: &str| bare.iter().filter(|text| sides(text, sign).is_some()).count();
    let counts: Vec<(&str, usize)> = SIGNS.iter().map(|sign| (*sign, count(sign))).collect();
    let (sign, _) = counts.into_iter().rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 2)?;
    let reading = by(lines, sign);
    is_list_of_cards(&reading, sign).then_some(reading)
}

/// Whether a character is of one of the signs.
fn has_sign(char: char) -> bool {
    matches!(char, '=' | '-' | ':' | '~') || !char.is_ascii()
}

/// The sides of a line, without a bullet, a number or bold type before them.
fn parted<'a>(line: &QaLine<'a>, sign: &str) -> Option<(&'a str, &'a str)> {
    sides(bare(line)?, sign)
}

/// The text of a line that may have two sides, without a bullet or a number before it.
fn bare<'a>(line: &QaLine<'a>) -> Option<&'a str> {
    if line.heading().is_some() || is_lesson(line.text) {
        return None;
    }
    let text = line.text.trim();
    let text = bullet(text).unwrap_or(text);
    Some(question_number(text).map_or(text, |(_, rest)| rest))
}

/// The sides of a text with a sign between them.
fn sides<'a>(text: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    // `perro : dog`, `犬：dog`
    let (front, back) = match sign {
        ": " => text.split_once(" : ").or_else(|| text.split_once(": ")).or_else(|| text.split_once('：'))?,
        sign => text.split_once(sign)?,
    };
    let front = front.trim().trim_start_matches("**").trim_end_matches("**");
    let back = back.trim().trim_start_matches("**").trim();
    (!front.is_empty() && !back.is_empty()).then_some((front.trim(), back))
}

/// Whether the line is the title of a lesson: `Lektion 1: Im Hafen`.
fn is_lesson(text: &str) -> bool {
    let bare = text.trim().trim_start_matches(['=', '-', '*', '#', '[', ' ']).to_lowercase();
    let word = bare.split([' ', ':', '.']).next().unwrap_or_default();
    let numbered = bare[word.len()..].trim_start().starts_with(|char: char| char.is_ascii_digit());
    (LESSONS.contains(word) && numbered) || (bare.starts_with('第') && bare.contains('课'))
}

fn by(lines: &[QaLine<'_>], sign: &str) -> QaReading {
    let layout = match sign.trim() {
        ":" => "lines of two sides with a colon between them",
        "=" => "lines of two sides with an equals sign between them",
        _ => "lines of two sides with a dash or an arrow between them",
    };
    let mut reading = QaReading { layout, ..QaReading::default() };
    let mut topic: Option<String> = None;
    let mut apart = true;
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() || line.is_rule() {
            apart = true;
            continue;
        }
        let text = line.text.trim();
        let below = lines[at + 1..].iter().take(3).find(|line| !line.is_blank() && !line.is_rule());
        if let Some((front, back)) = parted(line, sign) {
            let (front, back) = (front.to_owned(), mark::bold(back).unwrap_or(back).to_owned());
            reading.pairs.push(QaCard { line: line.number, topic: topic.clone(), front, back, explanation: None });
        } else if let Some((_, heading)) = line.heading() {
            topic = Some(heading.to_owned());
        } else if let Some(pair) = reading.pairs.last_mut().filter(|_| !apart && line.indent() > 1) {
            pair.back.extend(["\n", text]);
        } else if is_lesson(text)
            || (apart && text.split_whitespace().count() <= 7 && below.is_some_and(|line| parted(line, sign).is_some()))
        {
            topic = Some(text.trim_matches(['=', '-', '*', '_', '[', ']', ':', ' ']).to_owned());
        } else {
            reading.stray.push(line.number);
        }
        apart = false;
    }
    reading
}

/// Whether lines of two sides are cards. Fronts are unique and are no dates, labels or names of documents; backs are no
/// settings and no amounts.
fn is_list_of_cards(reading: &QaReading, sign: &str) -> bool {
    let pairs = &reading.pairs;
    let all = pairs.len();
    let share = |is: &dyn Fn(&QaCard) -> bool| pairs.iter().filter(|pair| is(pair)).count();
    let colon = sign == ": ";
    let tight = sign == "=";
    let fronts: HashSet<String> = pairs.iter().map(|pair| pair.front.to_lowercase()).collect();
    let topics: HashSet<&String> = pairs.iter().filter_map(|pair| pair.topic.as_ref()).collect();
    let words = |text: &str| text.split_whitespace().count();
    let long = share(&|pair| words(&pair.front) > MOST_WORDS);
    let dated = share(&|pair| is_date(&pair.front));
    let document = share(&|pair| is_of_document(&pair.front));
    let labelled = share(&|pair| {
        pair.front.chars().count() == 1 && pair.front.is_ascii() && label(&format!("{}. x", pair.front)).is_some()
    });
    let spoken = share(&|pair| tells(&pair.back) && words(&pair.back) > 2);
    let amounts = share(&|pair| is_amount(&pair.back));
    let amounts =
        if amounts > 0 { amounts + share(&|pair| pair.back.len() < 3 && pair.back.parse::<u32>().is_ok()) } else { 0 };
    // The pages of a table of contents rise.
    let pages: Vec<u32> = pairs.iter().filter_map(|pair| pair.back.parse().ok()).collect();
    let contents =
        pages.len() * 2 > all && pages[0] < 30 && pages.windows(2).all(|two| two[0] <= two[1]) && !sign.contains('=');
    let signs = |text: &str| text.contains(['{', '}', ';', '\\']) || text.contains("()") || text.contains("://");
    let code = share(&|pair| {
        signs(&pair.front) || signs(&pair.back) || (pair.front.contains(['_', '.']) && !pair.front.contains(' '))
    });
    let asking = share(&|pair| pair.front.contains(['.', '!']) && words(&pair.front) > 4);
    let judged = share(&|pair| verdict(&pair.back).is_some());
    let least = if colon || tight { 4 } else { 3 };
    let set = share(&|pair| !pair.front.contains(' ') && is_value(&pair.back));
    let settings = (tight || sign == " = ") && set * 2 >= all;
    all >= least
        && fronts.len() * 10 >= all * 9
        && reading.stray.len() * 8 <= all
        && topics.len() * 2 <= all
        && long * 10 <= all
        && dated * 4 <= all
        && document * 6 <= all
        && labelled * 3 <= all
        && spoken * 5 <= all
        && code * 4 <= all
        && asking * 5 <= all
        && !settings
        && judged * 3 < all
        && !contents
        && (amounts * 2 <= all || sign.contains('='))
}

/// Whether a text is a number of something: `200 g`, `1.20 €`.
fn is_amount(text: &str) -> bool {
    let unit = text.trim_start_matches(|char: char| char.is_ascii_digit() || ".,/- ~x".contains(char));
    let money = |text: &str| text.starts_with(['€', '$', '£']);
    let phone = text.bytes().filter(u8::is_ascii_digit).count() > 5
        && text.chars().all(|char| char.is_ascii_digit() || "+-()/ .".contains(char));
    money(text)
        || phone
        || (unit.len() < text.len() && !unit.is_empty() && text.starts_with(|char: char| char.is_ascii_digit()))
}

/// Whether a text is the value of a setting.
fn is_value(text: &str) -> bool {
    let path = !text.contains(' ') && text.contains(['/', '.', ':', '@', '\\', '_']);
    path || text.parse::<f64>().is_ok()
        || ["true", "false", "yes", "no", "on", "off"].contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_between_sides_is_passed_over() {
        for sign in SIGNS {
            let text = format!("dog{sign}Hund");
            assert!(text.contains(has_sign) && sides(&text, sign) == Some(("dog", "Hund")), "{sign}");
        }
        assert_eq!(sides("犬：dog", ": "), Some(("犬", "dog")));
        assert!("犬：dog".contains(has_sign) && !"a dog, and no more.".contains(has_sign));
    }
}
