//! Passages with several questions: `[Questions 3–5 refer to the following text.]`, and the text below. They are
//! recognised by the numbers, not the words: the range begins with the number of the next question.

use super::super::block::{QuestionBlock, StemLine};
use super::super::label::{bullet, label, question_number};
use super::super::mark::{self, boxed};
use super::reading::{self, LONGEST};
use super::sheet::Sheet;

/// A text that several questions are about.
#[derive(Clone, Debug)]
pub(in crate::bank) struct Passage {
    /// The line that announces it.
    line: usize,
    /// The numbers of its first and its last question.
    from: usize,
    to: usize,
    /// The line where the passage no longer applies.
    until: usize,
    lines: Vec<StemLine>,
}

const MOST_QUESTIONS: usize = 40;

pub(super) fn take_out(sheet: &mut Sheet<'_>) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut at = 0;
    while at < sheet.lines.len() {
        let by_range = announced(sheet, at)
            .and_then(|(from, to)| first_question(sheet, at, from).map(|first| (first, (from, to), sheet.lines.len())));
        let by_words = || {
            let first = Some(at)
                .filter(|at| reading::announces(sheet, *at))
                .and_then(|at| reading::first_question(sheet, at))?;
            reading::extent(sheet, first).map(|(range, until)| (first, range, until))
        };
        let Some((first, range, until)) = by_range.or_else(by_words) else {
            at += 1;
            continue;
        };
        let reason = format!("it is for the questions {}–{} that follow", range.0, range.1);
        sheet.explain("passage", "a text stays with each of its questions", reason, &[at]);
        passages.push(passage(sheet, at, first, range, until));
        (at..first).for_each(|line| sheet.leave_out(line));
        at = first;
    }
    passages
}

/// The range of questions that a line names, if it is neither an option nor a question.
fn announced(sheet: &Sheet<'_>, at: usize) -> Option<(usize, usize)> {
    let line = sheet.lines[at].trim();
    let bare = line.trim_start_matches(['#', '*', '_', ' ', '>']);
    let item = bullet(bare).is_some() || boxed(bare).is_some();
    let plain =
        !item && sheet.is_text(at) && bare.len() < 300 && label(bare).is_none() && question_number(bare).is_none();
    let starts = bare
        .bytes()
        .enumerate()
        .filter(|(at, byte)| byte.is_ascii_digit() && (*at == 0 || !bare.as_bytes()[at - 1].is_ascii_digit()));
    starts.map(|(start, _)| start).take(if plain { 8 } else { 0 }).find_map(|start| range(&bare[start..]))
}

/// Two numbers with a dash or a word between them, the second one larger.
fn range(text: &str) -> Option<(usize, usize)> {
    let end = text.find(|char: char| !char.is_ascii_digit())?;
    let from: usize = text[..end].parse().ok()?;
    let rest = &text[end..];
    let next = rest.find(|char: char| char.is_ascii_digit())?;
    let between = rest[..next].trim();
    let fits = between.chars().count() < 12
        && (between.is_empty() && next > 0 || !between.contains(['.', ',', '/', '%', ':', ')', '=', '+']))
        && !between.is_empty();
    let after = &rest[next..];
    let digits = after.find(|char: char| !char.is_ascii_digit()).unwrap_or(after.len());
    let to: usize = after[..digits].parse().ok()?;
    (fits && from > 0 && to > from && to - from < MOST_QUESTIONS).then_some((from, to))
}

/// The line of the next question, if it has this number.
fn first_question(sheet: &Sheet<'_>, at: usize, from: usize) -> Option<usize> {
    for line in (at + 1..sheet.lines.len()).take(LONGEST).filter(|line| sheet.is_text(*line)) {
        let text = sheet.lines[line].trim();
        let item = bullet(text).unwrap_or(text);
        if boxed(item).is_some() || label(item).is_some_and(|label| !label.number && label.place == 0 && label.set_off)
        {
            return None;
        }
        let bare = text.trim_start_matches(['#', ' ']);
        let bare = mark::bold(bare).unwrap_or(bare).trim_start_matches('*');
        match question_number(bare) {
            Some((number, _)) if number == from => return Some(line),
            Some(_) if announced(sheet, line).is_none() => return None,
            _ => {}
        }
    }
    None
}

/// The text between the line that announces it and its first question; that line itself if there is nothing between.
fn passage(sheet: &Sheet<'_>, at: usize, first: usize, (from, to): (usize, usize), until: usize) -> Passage {
    let mut lines: Vec<StemLine> = Vec::new();
    let mut apart = false;
    for line in (at + 1..first).filter(|line| !sheet.gone[*line]) {
        let text = sheet.lines[line].trim_end();
        if text.trim().is_empty() {
            apart = !lines.is_empty();
            continue;
        }
        let text = if sheet.code[line] { text } else { text.trim() };
        lines.push(StemLine { number: sheet.number(line), text: text.to_owned(), apart });
        apart = false;
    }
    if lines.is_empty() {
        let text = sheet.lines[at].trim().to_owned();
        lines.push(StemLine { number: sheet.number(at), text, apart: false });
    }
    Passage { line: sheet.number(at), from, to, until: sheet.number(until), lines }
}

/// Puts the passage of each question above its stem.
pub(in crate::bank) fn place(passages: &[Passage], blocks: &mut [QuestionBlock]) {
    let mut due = passages.iter().peekable();
    let mut open: Option<&Passage> = None;
    for block in blocks {
        let line = block.stem.first().map_or(0, |line| line.number);
        while let Some(passage) = due.next_if(|passage| passage.line < line) {
            open = Some(passage);
        }
        open = open.filter(|passage| line < passage.until);
        if let (Some(passage), Some(number)) = (open, block.number)
            && (passage.from..=passage.to).contains(&number)
        {
            block.passage.clone_from(&passage.lines);
        }
        if open.is_some_and(|passage| block.number.is_none_or(|number| number >= passage.to)) {
            open = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{ReadOptions, read};

    #[test]
    fn ranges_are_found() {
        for (text, found) in [
            ("3–5 refer to", Some((3, 5))),
            ("3 to 5", Some((3, 5))),
            ("2 bis 4 beziehen", Some((2, 4))),
            ("4 and 5", Some((4, 5))),
            ("5-3", None),
            ("3.5", None),
            ("10, 12", None),
            ("1914-1918 was", Some((1914, 1918))),
        ] {
            assert_eq!(range(text), found, "{text}");
        }
    }

    #[test]
    fn a_passage_stays_with_its_questions_alone() {
        for announced in [
            "[Questions 2–3 refer to the text.]",
            "**Fragen 2 bis 3:**",
            "Read this and answer items 2 and 3.",
            "根据短文回答2～3题",
        ] {
            let text = format!(
                "1. What?\nA. a\nB. b *\n\n{announced}\nThe ferry left.\n\nIt came back.\n\n2. When?\nA. a\nB. b *\n\n3. Where?\nA. a\nB. b *\n\n4. Who?\nA. a\nB. b *\n"
            );
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            let stems: Vec<&str> = bank.questions.iter().map(|question| question.stem.as_str()).collect();
            let with = |asked: &str| format!("The ferry left.\n\nIt came back.\n\n{asked}");
            assert_eq!(stems, ["What?", &with("When?"), &with("Where?"), "Who?"], "{announced}");
            assert_eq!((bank.questions[1].line, bank.problems.len()), (10, 0));
        }
    }

    #[test]
    fn options_announce_nothing() {
        let text = "6. Which?\n- 7 to 9\n- 8 *\n\n7. When?\n- a\n- b *\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.questions.len(), 2);
    }

    #[test]
    fn years_are_no_questions() {
        let text = "1. What?\nA. a\nB. b *\n\nThe war of 1914-1918\n\n2. When?\nA. a\nB. b *\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.questions[1].stem, "When?");
    }
}
