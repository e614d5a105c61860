//! Lists of answers at the end of a topic or a file: lines of `1. B`, rows of pairs, tables, or answers in the order of
//! the questions.

use super::alphabet::Alphabet;
use super::key::{entries, entry_number, is_word_of_letters, spaced};
use super::label::label_in;

/// A list of answers, for the questions since the list before.
#[derive(Debug, Default)]
pub(in crate::bank) struct KeyList {
    pub(in crate::bank) line: usize,
    pub(in crate::bank) entries: Vec<Entry>,
    /// Whether its answers have no numbers, but are in the order of the questions.
    pub(in crate::bank) in_order: bool,
    /// The titles of its parts, if it names them.
    pub(in crate::bank) titles: Vec<String>,
    /// The questions that it is for: places among the questions of the file.
    pub(in crate::bank) from: usize,
    pub(in crate::bank) to: usize,
    /// A row of numbers whose answers are the next row.
    pub(super) numbers: Vec<usize>,
}

/// The answers that a key section gives to a question, each with its line.
pub(in crate::bank) type Listed = Vec<(usize, String)>;

#[derive(Debug, PartialEq, Eq)]
pub(in crate::bank) struct Entry {
    pub(in crate::bank) line: usize,
    /// The part that it is in: a place among the titles.
    pub(in crate::bank) part: usize,
    /// The number of the question, or its place in the order.
    pub(in crate::bank) number: usize,
    /// The answer: one or several letters, or the text of an option.
    pub(in crate::bank) said: String,
}

impl KeyList {
    /// A list that begins with the rest of the line of its heading.
    pub(in crate::bank) fn new(line: usize, rest: &str, from: usize, to: usize) -> Self {
        let mut list = Self { line, from, to, ..Self::default() };
        list.add_text(line, rest, false);
        list
    }

    pub(super) fn add_text(&mut self, line: usize, text: &str, alone: bool) -> bool {
        let text = text.trim().trim_start_matches(['-', '•', '*', '+', ' ']);
        if text.starts_with('|') {
            return self.row(line, text.trim_matches('|').split('|').map(str::trim).collect(), true);
        }
        let cells: Vec<&str> = text.split([' ', ',', ';']).filter(|cell| !cell.is_empty()).collect();
        // Two numbers are an entry: `1 3`.
        if cells.len() > 1 && (all_letters(&cells) || (all_numbers(&cells) && cells.len() > 2)) {
            return self.row(line, cells, false);
        }
        if let Some(more) = entries(text).or_else(|| spaced(text)) {
            more.into_iter().for_each(|(number, said)| self.add(line, number, said));
            return true;
        }
        if is_word_of_letters(text) {
            text.char_indices().for_each(|(at, char)| self.next(line, &text[at..at + char.len_utf8()]));
            return true;
        }
        // Answers without numbers are in the order of the questions.
        let labelled =
            [Alphabet::Latin, Alphabet::Cyrillic].into_iter().any(|alphabet| label_in(text, alphabet).is_some());
        if labelled || all_letters(&[text]) {
            self.next(line, text);
            return true;
        }
        let entry = entry_number(text).filter(|(_, said)| alone && !said.ends_with(['?', '？', ':']));
        entry.map(|(number, said)| self.add(line, number, said)).is_some()
    }

    fn add(&mut self, line: usize, number: usize, said: &str) {
        self.entries.push(Entry { line, part: 0, number, said: said.to_owned() });
    }

    fn next(&mut self, line: usize, said: &str) {
        self.in_order = true;
        self.add(line, self.entries.len() + 1, said);
    }

    /// A row, of a table or of words: a number and its answer, numbers, or the answers to the numbers above.
    fn row(&mut self, line: usize, cells: Vec<&str>, table: bool) -> bool {
        if all_numbers(&cells) && cells.len() > 1 && self.numbers.is_empty() {
            self.numbers = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
            return true;
        }
        let numbers = std::mem::take(&mut self.numbers);
        if cells.iter().all(|cell| cell.trim_matches(['-', ':', ' ']).is_empty()) {
            self.numbers = numbers;
        } else if numbers.len() == cells.len() {
            numbers.into_iter().zip(cells).for_each(|(number, said)| self.add(line, number, said));
        } else if let Ok(number) = cells[0].trim_matches(['*', '.', 'Q', 'q', '#']).parse() {
            if let Some(said) = cells.get(1) {
                self.add(line, number, said.trim_matches('*'));
            }
        } else if all_letters(&cells) && !(table && cells.len() == 2) {
            cells.iter().for_each(|cell| self.next(line, cell));
        }
        true
    }
}

fn all_numbers(cells: &[&str]) -> bool {
    cells.iter().all(|cell| cell.len() < 5 && cell.parse::<usize>().is_ok())
}

fn all_letters(cells: &[&str]) -> bool {
    cells.iter().all(|cell| {
        let mut chars = cell.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.as_str().is_empty()
    })
}

/// For each question, or entry of a list, the run of rising numbers that it is in, from 0.
pub(super) fn runs(numbers: impl Iterator<Item = Option<usize>>) -> Vec<usize> {
    let (mut run, mut before) = (0, 0);
    let mut runs = Vec::new();
    for number in numbers {
        if let Some(number) = number {
            run += usize::from(number <= before);
            before = number;
        }
        runs.push(run);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> (bool, Vec<(usize, String)>) {
        let mut list = KeyList::default();
        for line in text.lines() {
            assert!(list.add_text(1, line, true), "{line}");
        }
        (list.in_order, list.entries.into_iter().map(|entry| (entry.number, entry.said)).collect())
    }

    #[test]
    fn lists_have_many_shapes() {
        let expected = vec![(1, "B".to_owned()), (2, "D".to_owned())];
        for text in [
            "1. B\n2. D",
            "1-B, 2-D",
            "1) B  2) D",
            "1B 2D",
            "1: B; 2: D",
            "Q1: B\nQ2: D",
            "| 1 | B |\n| 2 | D |",
            "| 1 | 2 |\n| B | D |",
            "| Q | A |\n|---|---|\n| 1 | B |\n| 2 | D |",
            "|1|2|\n|---|---|\n|B|D|",
            "- 1. B\n- 2. D",
            "**1.** B\n**2.** D",
            "1\tB\n2\tD",
        ] {
            let text = text.replace('\t', " ");
            assert_eq!(list(&text), (false, expected.clone()), "{text}");
        }
        assert_eq!(list("B\nD"), (true, expected.clone()));
        assert_eq!(list("B, D"), (true, expected));
        assert_eq!(list("B) red\nA) blue").1, [(1, "B) red".to_owned()), (2, "A) blue".to_owned())]);
        assert_eq!(list("1. B, D\n2. the text").1, [(1, "B, D".to_owned()), (2, "the text".to_owned())]);
        assert!(!KeyList::default().add_text(1, "3. What is it?", true));
        assert!(!KeyList::default().add_text(1, "A sentence that follows.", true));
    }
}
