//! Aiken: a question, its options, and the letter of the right one.

use crate::bank::front::front_value;
use std::collections::HashMap;
use std::fmt::Write;

use super::loss::LossCounter;
use crate::bank::{Bank, BankQuestion, ReadOptions, read};
use crate::model::phrase::keeps_place;
use crate::model::{KeyOrigin, Kind, Markup, letter};

/// More letters Aiken does not have.
const MOST_OPTIONS: usize = 26;

/// The file is read at most this often, each time without the questions that came out differently.
const ROUNDS: usize = 8;

/// A question and its lines.
type AikenBlock<'a> = (&'a BankQuestion, String);

pub(super) fn print(bank: &Bank, losses: &mut LossCounter) -> String {
    // Moodle reads the last line above the options as the question, so it skips front matter.
    let front =
        bank.front.deck.as_ref().map_or_else(String::new, |deck| format!("---\ndeck: {}\n---\n\n", front_value(deck)));
    let block = |question| Some((question, losses.made(block(question))?));
    let blocks: Vec<AikenBlock<'_>> = bank.questions.iter().filter_map(block).collect();
    let all = blocks.len();
    let blocks = read_back(&front, blocks);
    (blocks.len()..all).for_each(|_| losses.left_out("their words would be read as marks, which Aiken cannot escape"));
    blocks.iter().for_each(|(question, _)| count_losses(question, losses));
    match blocks.is_empty() {
        true => String::new(),
        false => [front].into_iter().chain(blocks.into_iter().map(|(_, block)| block)).collect(),
    }
}

/// The blocks that are read as the same questions. Aiken has no escapes, and a file is read by what the whole of it
/// looks like. So only reading shows it.
fn read_back<'a>(front: &str, mut blocks: Vec<AikenBlock<'a>>) -> Vec<AikenBlock<'a>> {
    for _ in 0..ROUNDS {
        let text: String = [front].into_iter().chain(blocks.iter().map(|(_, block)| block.as_str())).collect();
        let Ok(bank) = read::once(text.as_bytes(), &ReadOptions::default()) else {
            // It begins like a file of another kind.
            blocks = blocks.split_off(1.min(blocks.len()));
            continue;
        };
        let found: HashMap<usize, BankQuestion> =
            bank.questions.into_iter().map(|question| (question.line, question)).collect();
        let (before, mut next) = (blocks.len(), 1 + front.matches('\n').count());
        blocks.retain(|(question, block)| {
            let line = next;
            next += block.matches('\n').count();
            found.get(&line).is_some_and(|found| says_the_same(found, question))
        });
        if blocks.len() == before {
            return blocks;
        }
    }
    Vec::new()
}

fn says_the_same(found: &BankQuestion, question: &BankQuestion) -> bool {
    let texts = |question: &BankQuestion| -> Vec<String> {
        question.options.iter().map(|option| option.text.clone()).collect()
    };
    // Aiken has one kind of question, and true or false are two options there.
    (&found.stem, found.kind, found.topic.is_none()) == (&question.stem, Kind::Single, true)
        && texts(found) == texts(question)
        && found.correct() == question.correct()
}

fn count_losses(question: &BankQuestion, losses: &mut LossCounter) {
    losses.without(question.id.is_some(), "their identity");
    losses.without(question.topic.is_some(), "their topic");
    losses.without(question.explanation.is_some(), "their explanation");
    losses.without(!question.tags.is_empty(), "their tags");
    losses.without(question.markup != Markup::Plain, "what says how their texts are written");
    losses.without(question.options.iter().any(|option| option.feedback.is_some()), "what is said of single answers");
    losses.without(question.options.iter().any(|option| option.weight.is_some()), "shares of the mark");
    let pinned = question.options.iter().any(|option| option.pinned != keeps_place(&option.text));
    losses.without(pinned, "the places that options keep");
}

/// The lines of a question, or why it has none.
fn block(question: &BankQuestion) -> Result<String, &'static str> {
    let right = question.correct();
    let texts = || [&question.stem].into_iter().chain(question.options.iter().map(|option| &option.text));
    let place = match right[..] {
        _ if !matches!(question.kind, Kind::Single | Kind::TrueFalse) => {
            return Err("Aiken has questions with one right option only");
        }
        _ if question.key == KeyOrigin::Missing => return Err("Aiken has no questions without a right answer"),
        [place] if question.options.len() <= MOST_OPTIONS => place,
        _ => return Err("Aiken has one right option, and 26 options at the most"),
    };
    if texts().any(|text| text.contains('\n')) {
        return Err("Aiken has one line for a question and one for an option");
    }
    let mut block = format!("{}\n", question.stem);
    for (place, option) in question.options.iter().enumerate() {
        let _ = writeln!(block, "{}. {}", letter(place), option.text);
    }
    let _ = writeln!(block, "ANSWER: {}\n", letter(place));
    Ok(block)
}
