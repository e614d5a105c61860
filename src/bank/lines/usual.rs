//! Files in an unusual order or with unusual signs: an unknown sign before the label of the right option (`$ B. red`),
//! or the key before the number of the question (`(B) 1. What is red?`). They are rewritten in the usual way, so that
//! one reader is enough.

use std::collections::BTreeMap;

use super::alphabet::Labels;
use super::convention::Convention;
use super::label::{label_in, question_number};
use super::lead::lead;
use super::minority;
use super::tidy::Tidy;
use crate::bank::Decision;

/// A longer sign is a word of the text, in characters.
const LONGEST_SIGN: usize = 5;

/// The file in the usual way, if it deviates throughout. `convention` is that of its lines.
pub(in crate::bank) fn rewrite(tidy: &Tidy, convention: Convention) -> (Option<Tidy>, Option<Decision>) {
    let minority = minority::relabel(tidy, convention);
    if !minority.is_empty() {
        let evidence = Decision::new("labels", "a few questions label their options otherwise")
            .because("an answer names one of them", minority.keys().map(|at| tidy.numbers[*at]));
        return (Some(with(tidy, minority)), Some(evidence));
    }
    if convention.labels.alphabet().is_none() {
        return (None, None);
    }
    if let Some(lines) = keys_before_numbers(tidy) {
        let evidence = Decision::new("answer lines", "a letter in brackets before the number of each question")
            .because(format!("before {} questions", lines.len()), lines.keys().map(|at| tidy.numbers[*at]));
        return (Some(with(tidy, lines)), Some(evidence));
    }
    let Some((sign, lines)) = signs_before_labels(tidy, convention.labels) else { return (None, None) };
    let evidence = Decision::new("mark", format!("`{sign}` before the label"))
        .because(format!("on one option of {} questions", lines.len()), lines.keys().map(|at| tidy.numbers[*at]));
    (Some(with(tidy, lines)), Some(evidence))
}

fn with(tidy: &Tidy, lines: BTreeMap<usize, String>) -> Tidy {
    let mut tidy = tidy.clone();
    for (at, line) in lines {
        tidy.lines[at] = line;
    }
    tidy
}

/// `(B) 1. What?` as `1. (B) What?`, if most numbered lines are so.
fn keys_before_numbers(tidy: &Tidy) -> Option<BTreeMap<usize, String>> {
    let mut found = BTreeMap::new();
    let mut numbered = 0_usize;
    for (at, line) in tidy.lines.iter().enumerate().filter(|(at, _)| !tidy.code[*at]) {
        let text = line.trim_start();
        if question_number(text).is_some() {
            numbered += 1;
        } else if let Some((key, rest)) = bracketed(text)
            && let Some((number, asked)) = question_number(rest)
        {
            found.insert(at, format!("{number}. {key} {asked}"));
        }
    }
    (found.len() > 1 && found.len() > numbered).then_some(found)
}

/// Letters in brackets at the beginning, and the rest.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix(['(', '（', '[', '【'])?;
    let end = inner.find([')', '）', ']', '】'])?;
    let letters = inner[..end].trim();
    let close = inner[end..].chars().next().map_or(1, char::len_utf8);
    let to = text.len() - inner.len() + end + close;
    let fits = (1..=5).contains(&letters.len()) && letters.bytes().all(|byte| (b'A'..=b'H').contains(&byte));
    fits.then(|| (&text[..to], text[to..].trim_start()))
}

/// The sign before the label of one option of most questions, and the lines with a star in its stead.
fn signs_before_labels(tidy: &Tidy, labels: Labels) -> Option<(String, BTreeMap<usize, String>)> {
    let mut found: BTreeMap<&str, BTreeMap<usize, String>> = BTreeMap::new();
    let (mut due, mut questions) = (0, 0_usize);
    let lines: Vec<usize> =
        (0..tidy.lines.len()).filter(|at| !tidy.code[*at] && !tidy.lines[*at].trim().is_empty()).collect();
    for (nth, at) in lines.iter().copied().enumerate() {
        let text = tidy.lines[at].trim_start();
        let own = place(text, labels);
        if own == Some(0) || own == Some(due) {
            questions += usize::from(own == Some(0));
            due = own.map_or(0, |own| own + 1);
            continue;
        }
        let next = || lines.get(nth + 1).and_then(|at| place(tidy.lines[*at].trim_start(), labels));
        let signed = [due, 0].into_iter().find_map(|due| signed(text, labels, due).map(|found| (due, found)));
        match signed.filter(|(place, _)| *place > 0 || next() == Some(1)) {
            Some((place, (sign, rest))) => {
                questions += usize::from(place == 0);
                due = place + 1;
                found.entry(sign).or_default().insert(at, format!("*{rest}"));
            }
            None => due = if own.is_some() { due } else { 0 },
        }
    }
    let (sign, lines) = found.into_iter().max_by_key(|(_, lines)| lines.len())?;
    let regular = lines.len() > 1 && lines.len() * 2 > questions && lines.len() * 2 <= questions * 3;
    regular.then(|| (sign.to_owned(), lines))
}

fn place(text: &str, labels: Labels) -> Option<usize> {
    lead(text, labels).and_then(|lead| lead.label).filter(|label| label.set_off).map(|label| label.place)
}

/// A sign and the rest: an option with the label that is due.
fn signed(text: &str, labels: Labels, due: usize) -> Option<(&str, &str)> {
    let alphabet = labels.alphabet()?;
    let spaced = text.split_once(' ').map(|(sign, rest)| (sign, rest.trim_start()));
    let rest = text.trim_start_matches(|char: char| !char.is_alphanumeric() && !"([（".contains(char));
    let glued = (rest.len() < text.len()).then(|| (text[..text.len() - rest.len()].trim_end(), rest));
    [glued, spaced].into_iter().flatten().find(|(sign, rest)| {
        let label = label_in(rest, alphabet).filter(|label| label.set_off && !label.dashed && label.place == due);
        let bullet = ["-", "*", "+", "•"].contains(sign);
        let short = !sign.is_empty() && sign.chars().count() <= LONGEST_SIGN;
        label.is_some_and(|label| !label.rest.is_empty()) && short && !bullet
    })
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    fn right(text: &str) -> Vec<(String, Vec<usize>)> {
        let bank =
            read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}", refusal.message));
        bank.questions.iter().map(|question| (question.stem.clone(), question.correct())).collect()
    }

    fn expected() -> Vec<(String, Vec<usize>)> {
        [("What is red?", 1), ("What is green?", 0), ("What is white?", 2)]
            .map(|(stem, place)| (stem.to_owned(), vec![place]))
            .to_vec()
    }

    #[test]
    fn any_sign_before_labels_marks_where_it_is_regular() {
        for sign in ["$ ", "#", "(V) ", "=>", "OK ", "§§ ", "☞ "] {
            let text = format!(
                "1. What is red?\nA. sea\n{sign}B. blood\nC. coal\n\n2. What is green?\n{sign}A. grass\nB. milk\nC. rust\n\n\
                 3. What is white?\nA. soot\nB. iron\n{sign}C. snow\n"
            );
            assert_eq!(right(&text), expected(), "{sign}");
        }
    }

    #[test]
    fn a_key_may_stand_before_the_number() {
        let text = "(B) 1. What is red?\n(A) sea (B) blood (C) coal\n( A ) 2. What is green?\n(A) grass (B) milk (C) rust\n\
                    (C) 3. What is white?\n(A) soot (B) iron (C) snow\n";
        assert_eq!(right(text), expected());
    }

    #[test]
    fn sentences_with_labels_are_left_alone() {
        let text = "1. What is red?\nA. sea\nB. blood\nAnswer: B\n\nSee B. Smith\n\n2. What is green?\nA. grass\nB. milk\nAnswer: A\n";
        assert_eq!(right(text).len(), 2);
    }
}
