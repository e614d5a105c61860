//! Page numbers, headers and footers that a PDF or a printed text repeats on each page.
//!
//! A line is furniture by how it repeats, not by its text. Its number rises by one, or it is at the end of a page or in
//! the middle of a question. Or it is rarer than questions, with no other title in between.

use crate::bank::word_set::WordSet;
use std::collections::{HashMap, HashSet};

use super::super::key::named;
use super::super::label::{bullet, label, place_of_item, question_number};
use super::super::mark::boxed;
use super::sheet::Sheet;

/// Longer lines are text, in characters.
const LONGEST: usize = 120;

/// The fewest lines of a page.
const SHORTEST_PAGE: usize = 4;

/// Words for a page, next to its number.
static PAGE: WordSet = WordSet::of_phrases(
    "page, pages, pg, p, seite, s, pág, pag, página, pagina, strana, strona, стр, страница, сторінка, side, sida, \
     sivu, oldal, sayfa, halaman, trang, 页, 第, 頁, ページ, 쪽",
);

/// The evidence for a line that repeats.
#[derive(Debug, Default)]
struct Repeats {
    /// Places among the lines.
    at: Vec<usize>,
    /// The numbers that are in each.
    numbers: Vec<Vec<usize>>,
    /// How many are at the end or the beginning of a page.
    at_page_end: usize,
    /// How many are between two options of one question.
    interrupts: usize,
    /// Whether it is the first line of the file, or the last.
    outermost: bool,
    /// Whether another line that could be a title is between two of them.
    titles_between: bool,
}

/// Removes furniture, and reports the first line of each kind.
pub(super) fn leave_out(sheet: &mut Sheet<'_>) {
    let questions = questions(sheet);
    let groups = repeats(sheet);
    let (mut kinds, others): (Vec<(String, Repeats)>, Vec<_>) =
        groups.into_iter().partition(|(shape, found)| is_furniture(shape, found, &questions));
    let beside = beside(sheet, &kinds, others);
    kinds.extend(beside);
    kinds.sort_by_key(|(_, found)| found.at[0]);
    let mut left_out: Vec<usize> = Vec::new();
    for (_, found) in &kinds {
        let first = found.at[0];
        let text = sheet.lines[first].trim().to_owned();
        let message = match found.at.len() {
            1 => "a page number is left out".to_owned(),
            count => format!(
                "`{}` and similar lines are on {count} lines, as pages repeat them; they are left out",
                short(&text)
            ),
        };
        sheet.warn(first, "page-furniture", &message, "");
        let reason = match (found.interrupts, found.at_page_end) {
            (1.., _) => "it is between the options of a question",
            (_, 1..) => "it is where pages end",
            _ => "it repeats, with no other title in between",
        };
        sheet.explain("page", format!("`{}` is left out", short(&text)), reason, &found.at);
        left_out.extend(&found.at);
    }
    left_out.sort_unstable();
    left_out.iter().for_each(|at| sheet.leave_out(*at));
    left_out.into_iter().for_each(|at| close_gap(sheet, at));
}

/// Lines that are each next to one that is removed: the title or the address that goes with the number of a page.
fn beside(sheet: &Sheet<'_>, kinds: &[(String, Repeats)], others: Vec<(String, Repeats)>) -> Vec<(String, Repeats)> {
    let gone: HashSet<usize> = kinds.iter().flat_map(|(_, found)| found.at.iter().copied()).collect();
    let next = |at: usize| {
        let near = |other: Option<usize>| other.is_some_and(|other| gone.contains(&other) && other.abs_diff(at) < 3);
        near(sheet.above(at)) || near(sheet.below(at))
    };
    let regular = |(_, found): &(String, Repeats)| {
        found.at.len() > 1 && found.at.len() * 2 > gone.len() && found.at.iter().all(|at| next(*at))
    };
    others.into_iter().filter(regular).collect()
}

fn short(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect()
}

/// Blank lines around the end of a page are removed if a sentence or a question continues after it.
fn close_gap(sheet: &mut Sheet<'_>, at: usize) {
    let (Some(above), Some(below)) = (sheet.above(at), sheet.below(at)) else { return };
    let (over, under) = (sheet.lines[above].trim(), sheet.lines[below].trim());
    let goes_on = under.starts_with(char::is_lowercase) && place_of_item(under).is_none() || follows(over, under);
    if goes_on && below - above < 12 {
        (above + 1..below).for_each(|line| sheet.leave_out(line));
    }
}

/// The places of the questions, by their numbers, their first options or their question marks.
fn questions(sheet: &Sheet<'_>) -> Vec<usize> {
    let first = sheet.find(|text| place_of_item(text) == Some(0));
    let asks = sheet.find(|text| text.ends_with(['?', '？', '؟']));
    let numbered = |text: &str| question_number(text).is_some_and(|(_, rest)| rest.contains(' '));
    let other = if first.is_empty() { sheet.find(numbered) } else { first };
    if asks.len() > other.len() { asks } else { other }
}

/// The lines that may be furniture, by shape: all digits are the same.
fn repeats(sheet: &Sheet<'_>) -> HashMap<String, Repeats> {
    let mut groups: HashMap<String, Repeats> = HashMap::new();
    let mut titles: Vec<(usize, String)> = Vec::new();
    for at in (0..sheet.lines.len()).filter(|at| sheet.is_text(*at)) {
        let text = sheet.lines[at].trim();
        if text.is_empty() || !may_be(text) {
            continue;
        }
        let (shape, number) = shape(text);
        if !text.starts_with(char::is_lowercase) && !text.ends_with(['?', ':', '？', '：']) && text.chars().count() < 80
        {
            titles.push((at, shape.clone()));
        }
        let page_end = |at: usize| sheet.lines[at].starts_with('\u{c}');
        let ends = page_end(at)
            || (at + 1..sheet.lines.len().min(at + 4)).any(page_end)
            || (at.saturating_sub(3)..at).any(page_end);
        let interrupts = || {
            let (above, below) = (sheet.above(at)?, sheet.below(at)?);
            follows(sheet.lines[above].trim(), sheet.lines[below].trim()).then_some(())
        };
        let outermost = sheet.above(at).is_none() || sheet.below(at).is_none();
        let found = groups.entry(shape).or_default();
        found.outermost |= outermost;
        found.at.push(at);
        found.numbers.push(number);
        found.at_page_end += usize::from(ends);
        found.interrupts += usize::from(interrupts().is_some());
    }
    // Titles are lines that occur once, or that repeat otherwise.
    let mut last: HashMap<&str, usize> = HashMap::new();
    let mut between: Vec<String> = Vec::new();
    let mut others = 0;
    let mut before: Option<&str> = None;
    for (at, shape) in &titles {
        // A title is apart: blank lines or the beginning of the file are above it.
        let stands = *at == 0
            || sheet.gone[at - 1]
            || sheet.lines[at - 1].trim().is_empty()
            || groups.get(shape).is_some_and(|found| found.at.len() > 2);
        if !stands {
            continue;
        }
        others += usize::from(before != Some(shape.as_str()));
        if last.insert(shape, others).is_some_and(|seen| seen < others) {
            between.push(shape.clone());
        }
        before = Some(shape);
    }
    for shape in between {
        if let Some(found) = groups.get_mut(&shape) {
            found.titles_between = true;
        }
    }
    groups
}

/// Whether a line may be furniture at all. The beginning of an option, a question or an answer is not, but a lone
/// number may be.
fn may_be(text: &str) -> bool {
    if text.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>() > LONGEST
        || text.starts_with(['#', '|', '<', '!', '$', '\\', '"', '`'])
    {
        return false;
    }
    is_number(text)
        || (bullet(text).is_none()
            && boxed(text).is_none()
            && label(text).is_none()
            && question_number(text).is_none()
            && named(text).is_none()
            && !text.contains(['=', '{', '}', '\t', '*'])
            && !text.contains("](")
            && text.chars().any(char::is_alphabetic))
}

/// A number and signs around it, but no number of a question (`3.`, `(3)`).
fn is_number(text: &str) -> bool {
    let adorns = |char: char| "-–—[]|~• ".contains(char);
    let bare = text.trim_matches(adorns);
    // `- 4` is an option.
    if boxed(text).is_some() || text.starts_with(adorns) != text.ends_with(adorns) {
        return false;
    }
    let number = !bare.is_empty() && bare.len() < 5 && bare.bytes().all(|byte| byte.is_ascii_digit());
    number
        || bare.split_once('/').is_some_and(|(page, all)| [page, all].iter().all(|part| is_short_number(part.trim())))
}

fn is_short_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// More numbers of a line are not looked at.
const MOST_NUMBERS: usize = 6;

/// The text with all digits the same and one space for several, and its numbers.
fn shape(text: &str) -> (String, Vec<usize>) {
    let mut shape = String::with_capacity(text.len());
    let mut numbers: Vec<usize> = Vec::new();
    let mut inside = false;
    for char in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match char.to_digit(10).map(|digit| digit as usize) {
            Some(digit) if inside => {
                if let Some(number) = numbers.last_mut() {
                    *number = number.saturating_mul(10).saturating_add(digit);
                }
            }
            Some(digit) => {
                shape.push('#');
                numbers.push(digit);
            }
            None => shape.push(char),
        }
        inside = char.is_ascii_digit();
    }
    numbers.truncate(MOST_NUMBERS);
    (shape, numbers)
}

/// Whether one option is above and the next one of the same question below.
fn follows(above: &str, below: &str) -> bool {
    match (place_of_item(above), place_of_item(below)) {
        (Some(above), Some(below)) => below == above + 1,
        (None, Some(below)) => below > 0,
        (_, None) => false,
    }
}

fn is_furniture(shape: &str, found: &Repeats, questions: &[usize]) -> bool {
    let count = found.at.len();
    if found.at.windows(2).any(|pair| pair[1] - pair[0] < SHORTEST_PAGE) {
        return false;
    }
    let words: Vec<String> = shape
        .split(|char: char| !char.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let numbered = shape.contains('#');
    let says_page = numbered
        && words.len() < 12
        && (words.iter().any(|word| PAGE.contains(word) && word.chars().count() > 1 || word == "第" || word == "页")
            || words.len() < 3 && [words.first(), words.last()].into_iter().flatten().any(|word| PAGE.contains(word)));
    let number = |of: &[usize], place: usize| of.get(place).copied().unwrap_or(0);
    let goes_up = |place: usize| {
        found
            .numbers
            .windows(2)
            .all(|pair| (1..3).contains(&number(&pair[1], place).saturating_sub(number(&pair[0], place))))
    };
    let ascending = count > 1 && (0..found.numbers[0].len()).any(goes_up);
    // A line with each question belongs to it, even if only the questions of one topic have it.
    let among =
        |from: usize, to: usize| questions.partition_point(|at| *at < to) - questions.partition_point(|at| *at < from);
    let run = found.at.last().map_or(0, |last| among(found.at[0], *last)) + 1;
    let of = if found.interrupts > 0 { questions.len() } else { run.min(questions.len()) };
    let seldom = count * 3 <= of * 2 || count == 1;
    if words.is_empty() {
        // `- 12 -`
        let dashed = shape.starts_with(['-', '–', '—']) && shape.ends_with(['-', '–', '—']);
        let by_page = found.at_page_end * 2 >= count || found.interrupts > 0 || dashed && count > 1;
        return ascending && (seldom || by_page) && (count > 2 || by_page || found.numbers[0].first() == Some(&1));
    }
    if says_page && (words.len() < 4 || ascending || found.interrupts > 0) && (seldom || ascending) {
        return words.len() < 4 || count > 1;
    }
    let placed = found.interrupts > 0 || found.at_page_end * 2 >= count && found.at_page_end > 0;
    let numbers_rest = !numbered || ascending || found.numbers.windows(2).all(|pair| pair[0] == pair[1]);
    let sentence = shape.ends_with(['.', '?', '!', '。']);
    numbers_rest
        && !shape.starts_with(char::is_lowercase)
        && ((count > 1 && placed && seldom)
            || (count > 2
                && seldom
                && !numbered
                && !sentence
                && !found.titles_between
                && found.outermost
                && questions.len() > count))
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    const ONE: &str = "1. What?\nA. a\nB. b\nAnswer: A\n";

    fn left(text: &str) -> (Vec<String>, Vec<usize>) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let tidied = tidy(&lines, 0);
        (tidied.lines, tidied.problems.iter().map(|problem| problem.line).collect())
    }

    fn pages(parts: [&str; 3]) -> String {
        parts.iter().map(|part| format!("{}{part}\n", ONE.repeat(2))).collect()
    }

    #[test]
    fn page_numbers_are_left_out() {
        for parts in [
            ["- 1 -", "- 2 -", "- 3 -"],
            ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"],
            ["1/3", "2/3", "3/3"],
            ["4", "5", "6"],
            ["第 1 页", "第 2 页", "第 3 页"],
            ["Exam 2023   p. 1", "Exam 2023   p. 2", "Exam 2023   p. 3"],
            ["Rivers exam   Seite 1", "Rivers exam   Seite 2", "Rivers exam   Seite 3"],
        ] {
            assert_eq!(left(&pages(parts)), (ONE.repeat(6).lines().map(str::to_owned).collect(), vec![9]), "{parts:?}");
        }
    }

    #[test]
    fn headers_are_left_out() {
        assert_eq!(left(&pages(["Rivers exam"; 3])).1, [9]);
        let split =
            "1. What?\nA. a\nRivers exam\nB. b\n2. Who?\nA. a\nRivers exam\nB. b\n3. Where?\nA. a\nB. b\nAnswer: A";
        assert_eq!(left(split).1, [3]);
    }

    #[test]
    fn what_stands_with_each_question_or_among_other_titles_stays() {
        let each = (1..5).map(|n| format!("Rivers\nWhat is {n}?\nA. a\nB. b\n")).collect::<String>();
        let among = format!("Rivers\n{ONE}\nLakes\n{ONE}\nRivers\n{ONE}\nLakes\n{ONE}\nRivers\n{ONE}{ONE}");
        let numbered = (1..5).map(|n| format!("Question {n}\nWhat is it?\nA. a\nB. b\n")).collect::<String>();
        let chapters = pages(["Chapter 1", "Chapter 2", "Chapter 3"]);
        let numbers = format!("{ONE}{ONE}2. How many?\n3\n4\n5\nAnswer: 4\n{ONE}{ONE}");
        let bullets = format!("{ONE}How many?\n- 3\n- 4\n- 5\nAnswer: 4\n{ONE}");
        let sources = (1..5).map(|_| format!("{ONE}{ONE}Source: a\n[see](b)\n")).collect::<String>() + ONE;
        for text in [each, among, numbered, chapters, numbers, bullets, sources] {
            assert_eq!(left(&text), (text.lines().map(str::to_owned).collect(), vec![]));
        }
    }
}
