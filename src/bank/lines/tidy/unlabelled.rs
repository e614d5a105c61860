//! Options without labels and bullets, of which a sign shows the right one in each question: `(correct)`, a tick, a
//! star, or one of two signs before each line. They are written with boxes.

use std::collections::HashMap;

use super::super::key::named;
use super::super::label::{bullet, lettered, question_number};
use super::super::mark::{boxed, marked_by_word, starred, without_ticks};
use super::sheet::{self, Sheet};

/// The most options of a question.
const MOST: usize = 10;

/// An option: its line, whether it is right, and its text.
type UnlabelledOption = (usize, bool, String);

/// Writes such options with boxes.
pub(super) fn write(sheet: &mut Sheet<'_>) {
    let paragraphs = paragraphs(sheet);
    let Some(options) = signed(sheet, &paragraphs).or_else(|| marked(sheet, &paragraphs)) else { return };
    let lines: Vec<usize> = options.iter().filter(|(_, right, _)| *right).map(|(at, ..)| *at).collect();
    for (at, right, text) in options {
        sheet.lines[at] = format!("- [{}] {text}", if right { "x" } else { " " });
    }
    let reason = format!("on a line of {} questions", lines.len());
    sheet.explain("options", "lines without labels, one of which is marked", reason, &lines);
}

/// Paragraphs of several lines; none if the file has labels, tables or code.
fn paragraphs(sheet: &Sheet<'_>) -> Vec<Vec<usize>> {
    let here = (0..sheet.lines.len()).filter(|at| !sheet.gone[*at]);
    let mut found = sheet::paragraphs(here.map(|at| (at, sheet.lines[at].trim())));
    let other = |at: &usize| {
        let text = sheet.lines[*at].trim();
        sheet.code[*at] || lettered(text).is_some() || text.starts_with(['|', '<'])
    };
    if found.iter().flatten().any(other) {
        return Vec::new();
    }
    found.retain(|paragraph| paragraph.len() > 1);
    found
}

/// The options of a paragraph: the lines below the one that asks, which is the first or ends in a question mark.
fn options<'p>(sheet: &Sheet<'_>, paragraph: &'p [usize]) -> &'p [usize] {
    let asks = |at: &usize| sheet.lines[*at].trim_end().ends_with(['?', ':', '？', '：', '؟']);
    let last = paragraph.iter().rposition(asks).unwrap_or(0);
    &paragraph[last + 1..]
}

fn plain(text: &str) -> bool {
    bullet(text).is_none() && boxed(text).is_none() && question_number(text).is_none() && named(text).is_none()
}

/// The text without the sign that marks it.
fn without_mark(text: &str) -> Option<&str> {
    if let Some((bare, right)) = marked_by_word(text) {
        return right.then_some(bare);
    }
    let bare = without_ticks(text);
    if bare.len() < text.len() {
        return Some(bare);
    }
    starred(text).map(|(_, bare)| bare)
}

/// The options of a file in which nearly each paragraph has one line with a known mark below its first line.
fn marked(sheet: &Sheet<'_>, paragraphs: &[Vec<usize>]) -> Option<Vec<UnlabelledOption>> {
    let mut found = Vec::new();
    let mut questions = 0;
    for paragraph in paragraphs {
        let options = options(sheet, paragraph);
        let texts: Vec<&str> = options.iter().map(|at| sheet.lines[*at].trim()).collect();
        let right = texts.iter().filter(|text| without_mark(text).is_some()).count();
        if !(2..=MOST).contains(&options.len()) || right != 1 || !texts.iter().all(|text| plain(text)) {
            continue;
        }
        questions += 1;
        found.extend(options.iter().zip(texts).map(|(at, text)| {
            let bare = without_mark(text);
            (*at, bare.is_some(), bare.unwrap_or(text).to_owned())
        }));
    }
    (questions > 1 && questions * 10 >= paragraphs.len() * 9).then_some(found)
}

/// The options of a file in which each line below a question begins with one of two signs, one of them once in nearly
/// each question.
fn signed(sheet: &Sheet<'_>, paragraphs: &[Vec<usize>]) -> Option<Vec<UnlabelledOption>> {
    let mut all: Vec<Vec<(usize, char, &str)>> = Vec::new();
    for paragraph in paragraphs {
        let lines = paragraph.iter().skip(1);
        let signs: Vec<_> =
            lines.filter_map(|at| sign(sheet.lines[*at].trim()).map(|(sign, text)| (*at, sign, text))).collect();
        if signs.len() > 1 && paragraph.ends_with(&signs.iter().map(|(at, ..)| *at).collect::<Vec<_>>()) {
            all.push(signs);
        }
    }
    let mut counts: HashMap<char, (usize, usize)> = HashMap::new();
    for signs in &all {
        let mut own: HashMap<char, usize> = HashMap::new();
        signs.iter().for_each(|(_, sign, _)| *own.entry(*sign).or_default() += 1);
        for (sign, count) in own {
            let (once, most) = counts.entry(sign).or_default();
            *once += usize::from(count < signs.len() && count == 1);
            *most += count;
        }
    }
    let (right, _) =
        counts.iter().filter(|(_, (once, _))| *once * 10 >= all.len() * 9).min_by_key(|(_, (_, most))| *most)?;
    let right = *right;
    // Numbers, bullets and code have their own readers.
    let fits = all.len() > 1 && all.len() * 10 >= paragraphs.len() * 9 && counts.len() == 2;
    let differs = counts.values().map(|(_, most)| most).max() > counts.values().map(|(_, most)| most).min();
    // If both occur once in each, only known signs are clear.
    let known = "✅✔✓☑🟢⭐🔘⚪❌✗✘".contains(right) && !"❌✗✘⚪🔘".contains(right);
    (fits && (differs || known))
        .then(|| all.into_iter().flatten().map(|(at, sign, text)| (at, sign == right, text.to_owned())).collect())
}

/// A sign in front of a text, which is neither a letter nor a bullet.
fn sign(text: &str) -> Option<(char, &str)> {
    let sign = text.chars().next().filter(|char| !char.is_ascii() && !char.is_alphanumeric())?;
    let rest = text[sign.len_utf8()..].trim_start_matches('\u{fe0f}').trim_start();
    let quotes = "\u{201c}\u{201e}\u{2018}«»¿¡（【「《(".contains(sign);
    (!quotes && bullet(text).is_none() && boxed(text).is_none() && !rest.is_empty()).then_some((sign, rest))
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    fn right(text: &str) -> Vec<(String, Vec<String>, Vec<usize>)> {
        let bank = read(text.as_bytes(), &ReadOptions::default())
            .unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message));
        let texts =
            |question: &crate::bank::BankQuestion| question.options.iter().map(|option| option.text.clone()).collect();
        bank.questions.iter().map(|question| (question.stem.clone(), texts(question), question.correct())).collect()
    }

    #[test]
    fn a_mark_shows_options_without_labels() {
        for (wrong, before, behind) in
            [("", "", " (correct)"), ("", "*", ""), ("", "", " ✓"), ("❌ ", "✅ ", ""), ("🔘 ", "🟢 ", "")]
        {
            let option = |text: &str, right: bool| match right {
                true => format!("{before}{text}{behind}\n"),
                false => format!("{wrong}{text}\n"),
            };
            let one = |number: usize, asked: &str, place: usize| {
                let options: String = (0..3).map(|at| option(["sky", "blood", "grass"][at], at == place)).collect();
                format!("{number}. What is {asked}?\n{options}\n")
            };
            for strip in [false, true] {
                let text = one(1, "red", 1) + &one(2, "green", 2);
                let text = if strip { text.replace("1. ", "").replace("2. ", "") } else { text };
                let options: Vec<String> = ["sky", "blood", "grass"].map(str::to_owned).to_vec();
                let expected = [
                    ("What is red?".to_owned(), options.clone(), vec![1]),
                    ("What is green?".to_owned(), options, vec![2]),
                ];
                assert_eq!(right(&text), expected, "{text}");
            }
        }
    }
}
