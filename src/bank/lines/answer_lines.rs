//! Answer lines under an unknown word, or without a word. If the same word and a letter follow the options of nearly
//! every question, these are the answer lines.

use std::collections::{BTreeMap, HashMap};

use super::alphabet::Labels;
use super::below::{Answerlike, Below, look};
use super::key::{NamedLine, entries, named};
use super::layout::Layout;
use super::pieces::LinePiece;
use crate::bank::Decision;

/// The answer lines below the options, by their places among the pieces.
#[derive(Debug, Default)]
pub(in crate::bank) struct AnswerLines<'a> {
    said: HashMap<usize, AnswerLineKind<'a>>,
    /// The decision and its reasons.
    pub(in crate::bank) evidence: Option<Decision>,
}

/// The kind of a line below the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum AnswerLineKind<'a> {
    /// It names the answer.
    Answer(&'a str),
    /// It begins a list of answers.
    List(&'a str),
    /// It looks like an answer, but another line names it.
    Aside,
}

impl<'a> AnswerLines<'a> {
    /// The kind of the piece at this place, if it is one of these.
    pub(in crate::bank) fn at(&self, place: usize) -> Option<AnswerLineKind<'a>> {
        self.said.get(&place).copied()
    }
}

/// How often a word is before an answer that fits.
#[derive(Debug, Default)]
struct AnswerWordCount {
    questions: usize,
    unanswered: usize,
    set_off: usize,
    alone: usize,
}

pub(in crate::bank) fn find<'a>(pieces: &[LinePiece<'a>], layout: &Layout) -> AnswerLines<'a> {
    let (questions, repeated) = look(pieces, layout);
    let all = questions.len();
    let known = questions.iter().filter(|below| below.known.is_some()).count();
    let mut seen: BTreeMap<&str, AnswerWordCount> = BTreeMap::new();
    for below in &questions {
        let mut own: Vec<&str> = Vec::new();
        for line in &below.lines {
            if own.contains(&line.word.as_str()) {
                continue;
            }
            own.push(&line.word);
            let seen = seen.entry(&line.word).or_default();
            seen.questions += 1;
            seen.unanswered += usize::from(below.known.is_none());
            seen.set_off += usize::from(line.set_off);
            seen.alone += usize::from(line.alone);
        }
    }
    let word = decide(&seen, all, known);
    let mut found = AnswerLines::default();
    found.said.extend(repeated.into_iter().map(|(at, said)| (at, AnswerLineKind::Answer(said))));
    let mut lines = Vec::new();
    for below in &questions {
        let answer = below.lines.iter().find(|line| {
            below.known.is_none() && (word == Some(line.word.as_str()) || (known > 0 && misspelt(line, &questions)))
        });
        if let Some(line) = answer {
            lines.push(pieces[line.at].number);
            found.said.insert(line.said_at, AnswerLineKind::Answer(line.said));
            if line.said_at != line.at {
                found.said.insert(line.at, AnswerLineKind::Aside);
            }
        }
        let taken = answer.map(|line| line.at);
        for line in below.lines.iter().filter(|line| Some(line.at) != taken) {
            if answer.is_some_and(|answer| answer.said_at == line.at) {
                continue;
            }
            let often =
                seen.get(line.word.as_str()).is_some_and(|seen| seen.questions > 1 && seen.questions * 2 >= all);
            // `word: letter` below the options is not the topic of the next question.
            let named = below.known.is_some() || answer.is_some();
            if (often && named) || (line.set_off && !line.word.is_empty() && line.alone && line.said.len() < 4) {
                found.said.entry(line.at).or_insert(AnswerLineKind::Aside);
                found.said.entry(line.said_at).or_insert(AnswerLineKind::Aside);
            }
        }
    }
    if known == 0 && lines.is_empty() {
        found.evidence = key_section(pieces, layout, all, &mut found.said);
    }
    if !lines.is_empty() {
        let decision = match word {
            Some("") => "letters alone below the options".to_owned(),
            Some(word) => format!("lines that begin with `{word}`"),
            None => "misspelt words".to_owned(),
        };
        let reason = format!("below {} of {all} questions; {known} have an answer under a known word", lines.len());
        found.evidence = Some(Decision::new("answer lines", decision).because(reason, lines));
    }
    found
}

/// The list of answers at the end of a file, below a heading that is unknown or without one.
fn key_section<'a>(
    pieces: &[LinePiece<'a>],
    layout: &Layout,
    all: usize,
    said: &mut HashMap<usize, AnswerLineKind<'a>>,
) -> Option<Decision> {
    let (mut first, mut count) = (None, 0);
    let mut above = None;
    // Decoration below a heading is skipped.
    let says = |piece: &LinePiece<'_>| piece.text.contains(char::is_alphanumeric);
    for (at, piece) in pieces.iter().enumerate().rev().filter(|(_, piece)| says(piece)) {
        match entries(piece.text.trim_start_matches(['-', '*', '•', ' '])) {
            Some(entries) => (first, count) = (Some(at), count + entries.len()),
            None => {
                above = Some(at);
                break;
            }
        }
    }
    let (first, above) = (first?, above?);
    // Options that consist of letters look the same.
    if all == 0
        || count < 2
        || count * 5 < all * 3
        || count > all + all / 2
        || layout.convention.labels == Labels::Numbers
    {
        return None;
    }
    let text = pieces[above].text.trim();
    let option = layout.lead(text, pieces[above].indent).is_some();
    if matches!(named(text), Some(NamedLine::List(_))) {
        return None;
    }
    let heading = !option && text.len() < 60 && !text.ends_with(['?', '.', '？']);
    let at = if heading { above } else { first };
    said.insert(at, AnswerLineKind::List(if heading { "" } else { pieces[first].text }));
    let reason = format!("{count} numbers with letters below {all} questions");
    Some(Decision::new("answer lines", "a list of answers at the end").because(reason, [pieces[at].number]))
}

/// The word before the answers of those questions that have none under a known word.
fn decide<'s>(seen: &BTreeMap<&'s str, AnswerWordCount>, all: usize, known: usize) -> Option<&'s str> {
    let open = all - known;
    let marks = |seen: &AnswerWordCount| {
        let regular = seen.unanswered * 5 >= open * 3 && seen.questions <= seen.unanswered * 2;
        // Without a sign between them, a word and a letter may be the end of a sentence.
        let sure = seen.set_off * 5 >= seen.questions * 4 || (seen.unanswered > 2 && seen.unanswered * 5 >= open * 4);
        regular && sure && (seen.unanswered > 1 || (all == 1 && seen.alone == 1))
    };
    let best = seen.iter().filter(|(_, seen)| marks(seen)).max_by_key(|(_, seen)| (seen.unanswered, seen.alone));
    best.map(|(word, _)| *word)
}

/// Whether the word before an answer is one that is known, with a letter or two wrong.
fn misspelt(line: &Answerlike<'_>, questions: &[Below<'_>]) -> bool {
    let words = questions.iter().filter_map(|below| below.known).take(3);
    let near = |known: &str| {
        let known = known.split([':', '：', '=', '-']).next().unwrap_or(known);
        let known = known.trim_matches(['*', '_', ' ', '#', '>', '[', '(']).to_lowercase();
        known.chars().count() > 2 && strsim::osa_distance(&known, &line.word) <= 1 + known.chars().count() / 6
    };
    // Without a sign after it, it is one word.
    let one = line.set_off || (line.alone && line.word.chars().count() > 3 && !line.word.contains(' '));
    one && !line.word.is_empty() && words.into_iter().any(near)
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, ReadOptions, read};

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message))
    }

    fn right(text: &str) -> Vec<Vec<usize>> {
        bank(text).questions.iter().map(crate::bank::BankQuestion::correct).collect()
    }

    /// Three questions, each with the line that names its answer.
    fn three(line: impl Fn(&str) -> String) -> String {
        let questions = [("red", "sea", "blood", "B"), ("green", "grass", "milk", "A"), ("white", "coal", "snow", "B")];
        let mut text = String::new();
        for (number, (colour, a, b, key)) in questions.into_iter().enumerate() {
            let number = number + 1;
            text += &format!("{number}. What is {colour}?\nA. {a}\nB. {b}\n{}\n\n", line(key));
        }
        text
    }

    #[test]
    fn any_word_names_answers_where_it_does_so_everywhere() {
        for line in [
            "Vastaus on: %",
            "Rätt svar - %",
            "*Megoldás:* **%**",
            "Jibu = %",
            "Svaret är %",
            "[Tick: %]",
            "%",
            "(%)",
            "**%**",
            "Σωστή:\n%",
            "Jibu: % (uk. 3)",
        ] {
            assert_eq!(right(&three(|key| line.replace('%', key))), [[1], [0], [1]], "{line}");
        }
    }

    #[test]
    fn a_word_with_a_wrong_letter_names_an_answer_among_others() {
        let text = three(|key| if key == "A" { "\nAnwser: A".to_owned() } else { format!("Answer: {key}") });
        let bank = bank(&text);
        assert_eq!((bank.questions[1].correct(), bank.questions[2].topic.as_deref()), (vec![0], None));
    }

    #[test]
    fn another_word_and_letter_is_neither_a_topic_nor_an_answer() {
        let text = three(|key| format!("Answer: {key}\nLevel: A"));
        let bank = bank(&text);
        assert_eq!(right(&text), [[1], [0], [1]]);
        assert!(bank.questions.iter().all(|question| question.topic.is_none() && !question.stem.contains("Level")));
        assert_eq!(bank.problems.iter().filter(|problem| problem.code == "stray-text").count(), 3);
    }

    #[test]
    fn a_list_at_the_end_needs_no_heading() {
        for heading in ["", "Fasit\n", "## Ratkaisut\n\n"] {
            let text = three(|_| String::new()) + heading + "1. B\n2. A\n3. B\n";
            assert_eq!(right(&text), [[1], [0], [1]], "{heading}");
        }
    }

    #[test]
    fn a_bullet_may_repeat_the_right_option() {
        let text = "## What is red?\n- sea\n- blood\n- correct: blood\n\n## What is green?\n- grass\n- milk\n- correct: grass\n";
        let bank = bank(text);
        let found: Vec<_> =
            bank.questions.iter().map(|question| (question.options.len(), question.correct())).collect();
        assert_eq!((found, bank.problems.len()), (vec![(2, vec![1]), (2, vec![0])], 0));
    }

    #[test]
    fn prose_below_options_names_nothing() {
        let text = three(|_| "See also chapter A".to_owned());
        assert!(right(&(text.replace("See also chapter A", "We saw that before.") + "x")).iter().all(Vec::is_empty));
    }
}
