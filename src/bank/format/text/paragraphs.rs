//! Questions without any labels, but in paragraphs of equal length whose lines have the same order (a topic, the
//! question, its options, seconds, the place of the right one).
//!
//! The same line of all paragraphs decides its role: few different texts are topics, question marks ask, and a key is a
//! place, a letter, or the text of an option in nearly every paragraph.

use std::collections::HashSet;

use crate::bank::Decision;
use crate::bank::collect::Collected;
use crate::bank::lines::alphabet::Labels;
use crate::bank::lines::block::{Blocks, QuestionBlock, RawOption, StemLine};
use crate::bank::lines::check;
use crate::bank::lines::checker::Checker;
use crate::bank::lines::convention::Convention;
use crate::bank::lines::label::{bullet, label, question_number};
use crate::bank::lines::tidy::{self, Tidy};
use crate::bank::source::Source;

/// Fewer paragraphs show no order.
const FEWEST: usize = 3;

/// A paragraph: its lines, by their places in the file.
type ParagraphLines = Vec<usize>;

/// The role of each line of a paragraph.
#[derive(Debug)]
pub(super) struct ParagraphOrder {
    /// Lines of a paragraph.
    length: usize,
    topic: Option<usize>,
    stem: usize,
    /// Places of the first option and behind the last one.
    options: (usize, usize),
    key: usize,
    key_is: KeyIs,
    /// How many paragraphs have that many lines, of how many.
    alike: (usize, usize),
}

/// How a key names the right option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyIs {
    /// Its place, counted from this number.
    Place(usize),
    Letter,
    Text,
}

fn paragraphs(tidy: &Tidy) -> Vec<ParagraphLines> {
    tidy::paragraphs(tidy.lines.iter().map(String::as_str).enumerate())
}

/// The order of lines that nearly all paragraphs share, if there is one.
pub(super) fn order(tidy: &Tidy) -> Option<ParagraphOrder> {
    let all = paragraphs(tidy);
    let length = all
        .iter()
        .map(Vec::len)
        .max_by_key(|length| (all.iter().take(200).filter(|paragraph| paragraph.len() == *length).count(), *length))?;
    let alike: Vec<&ParagraphLines> = all.iter().filter(|paragraph| paragraph.len() == length).collect();
    if !(4..=16).contains(&length) || alike.len() < FEWEST || alike.len() * 10 < all.len() * 9 {
        return None;
    }
    let text = |at: usize| tidy.lines[at].trim();
    let labelled = |at: &usize| {
        let text = text(*at);
        bullet(text).is_some() || label(text).is_some() || question_number(text).is_some() || tidy.code[*at]
    };
    let lines = alike.iter().copied().flatten();
    if lines.filter(|at| labelled(at)).count() * 20 > alike.len() * length {
        return None;
    }
    let column = |place: usize| alike.iter().map(move |paragraph| text(paragraph[place]));
    let nearly_all = |count: usize| count * 10 >= alike.len() * 9;
    let numeric = |place: usize| nearly_all(column(place).filter(|text| text.parse::<usize>().is_ok()).count());
    let asks = |place: usize| column(place).filter(|text| text.ends_with(['?', '？', ':', '؟'])).count();
    let stem =
        (0..length.min(3)).rev().max_by_key(|place| asks(*place)).filter(|place| asks(*place) * 3 >= alike.len())?;
    let distinct = |place: usize| column(place).collect::<HashSet<&str>>().len();
    let topic = stem.checked_sub(1).filter(|place| distinct(*place) * 2 < alike.len() || distinct(*place) == 1);
    (stem + 3..length).rev().find_map(|key| {
        // Numbers between the options and the key say something else (seconds, points).
        let end =
            (stem + 1..key).rev().find(|place| !numeric(*place) || key == stem + 1).map_or(stem + 1, |last| last + 1);
        let (first, end) = (stem + 1, if end > stem + 2 { end } else { key });
        let key_is = key_of(&alike, &text, (first, end), key)?;
        let alike = (alike.len(), all.len());
        (end >= first + 2).then_some(ParagraphOrder { length, topic, stem, options: (first, end), key, key_is, alike })
    })
}

/// How this line of the paragraphs names one of the options, if nearly all do.
fn key_of<'t>(
    alike: &[&ParagraphLines],
    text: &dyn Fn(usize) -> &'t str,
    (first, end): (usize, usize),
    key: usize,
) -> Option<KeyIs> {
    let count = end - first;
    let fits = |right: &dyn Fn(&ParagraphLines) -> bool| {
        alike.iter().filter(|paragraph| right(paragraph)).count() * 10 >= alike.len() * 9
    };
    let number = |paragraph: &ParagraphLines| text(paragraph[key]).parse::<usize>().ok();
    let from = usize::from(!alike.iter().any(|paragraph| number(paragraph) == Some(0)));
    if fits(&|paragraph| (first..end).filter(|place| text(paragraph[*place]) == text(paragraph[key])).count() == 1) {
        return Some(KeyIs::Text);
    }
    if fits(&|paragraph| number(paragraph).is_some_and(|number| number >= from && number - from < count)) {
        return Some(KeyIs::Place(from));
    }
    fits(&|paragraph| letter(text(paragraph[key])).is_some_and(|place| place < count)).then_some(KeyIs::Letter)
}

fn letter(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    chars.as_str().is_empty().then(|| usize::from(letter.to_ascii_uppercase() as u8 - b'A'))
}

/// Reads paragraphs in this order; one that is longer or shorter is rejected.
pub(super) fn read_paragraphs(source: &Source<'_>, order: &ParagraphOrder) -> Collected {
    let tidy = source.tidy();
    let mut blocks = Blocks::default();
    let mut odd: Vec<usize> = Vec::new();
    for paragraph in paragraphs(tidy) {
        if paragraph.len() == order.length {
            blocks.questions.push(block(tidy, &paragraph, order));
        } else {
            odd.push(tidy.numbers[paragraph[0]]);
        }
    }
    let convention = Convention { labels: Labels::Bullets, parted: true, lower: None, marks: false };
    let mut read = check::questions(blocks, source.lines(), convention, source.single());
    let line = |number: usize| source.line(number);
    let mut checker = Checker::new(&line, convention, false);
    for number in odd {
        checker.odd_paragraph(number, order.length);
    }
    read = read.joined(checker.finish());
    read.problems.sort_by_key(|problem| (problem.line, problem.column));
    read.evidence.push(order.evidence());
    tidy.report_to(&mut read);
    read
}

fn block(tidy: &Tidy, paragraph: &ParagraphLines, order: &ParagraphOrder) -> QuestionBlock {
    let text = |place: usize| tidy.lines[paragraph[place]].trim();
    let key = text(order.key);
    let (first, end) = order.options;
    let right = match order.key_is {
        KeyIs::Text => (first..end).position(|place| text(place) == key),
        KeyIs::Place(from) => key.parse::<usize>().ok().and_then(|number| number.checked_sub(from)),
        KeyIs::Letter => letter(key),
    };
    let option =
        |place: usize| RawOption::new(tidy.numbers[paragraph[place]], None, text(place), right == Some(place - first));
    let topic = order.topic.map(|place| text(place).to_owned());
    let number = tidy.numbers[paragraph[order.stem]];
    let stem = vec![StemLine { number, text: text(order.stem).to_owned(), apart: false }];
    // A key that names no option is reported at its place.
    let answers = if right.is_none_or(|right| right >= end - first) {
        vec![(tidy.numbers[paragraph[order.key]], key.to_owned())]
    } else {
        Vec::new()
    };
    QuestionBlock { stem, topic, options: (first..end).map(option).collect(), answers, ..QuestionBlock::default() }
}

impl ParagraphOrder {
    fn evidence(&self) -> Decision {
        let key = match self.key_is {
            KeyIs::Place(_) => "the place of the right option",
            KeyIs::Letter => "the letter of the right option",
            KeyIs::Text => "the text of the right option",
        };
        let (alike, all) = self.alike;
        Decision::new("paragraphs", format!("each question is {} lines in one order", self.length))
            .because(format!("{alike} of {all} paragraphs have as many lines"), [])
            .because(format!("line {} of nearly each is {key}", self.key + 1), [])
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, ReadOptions, read};

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message))
    }

    #[test]
    fn paragraphs_that_look_alike_are_questions() {
        for (head, tail) in [("Rivers\n", "20\n2\n"), ("", "B\n"), ("", "2\n"), ("Rivers\n", "blood\n")] {
            let one = |colour: &str| format!("{head}What is {colour}?\nsky\nblood\ngrass\n{tail}\n");
            let bank = bank(&["red", "a ruby", "a cherry", "a rose"].map(one).concat());
            let found: Vec<_> =
                bank.questions.iter().map(|question| (question.options.len(), question.correct())).collect();
            assert_eq!((found, bank.rejected), (vec![(3, vec![1]); 4], 0), "{head}{tail}");
            assert_eq!(bank.questions[0].topic.as_deref(), (!head.is_empty()).then_some("Rivers"));
        }
    }

    #[test]
    fn a_paragraph_that_is_cut_is_told() {
        let one = |asked: usize| format!("What is {asked}?\nsky\nblood\ngrass\nB\n\n");
        let text = (0..20).map(one).collect::<String>() + "What is cut?\nsky\nblood\n";
        let bank = bank(&text);
        assert_eq!((bank.questions.len(), bank.rejected, bank.problems[0].line), (20, 1, 121));
    }
}
