//! Assigns lists of answers to the questions that they are for.

use std::collections::HashMap;

use super::block::{Blocks, QuestionBlock};
use super::checker::Checker;
use super::list::{self, KeyList, runs};
use super::titled;
use super::words::LIST;

/// Makes a list of a single line of answers below the last question (`Answers: A, B, C`), if it has a letter for each
/// question and the file has no other marks.
pub(in crate::bank) fn list_of_last(blocks: &mut Blocks, lines: &[String]) {
    let count = blocks.questions.len();
    let unmarked = blocks.questions.iter().all(|block| block.options.iter().all(|option| !option.right));
    let Some((last, others)) = blocks.questions.split_last_mut().filter(|_| count > 1 && unmarked) else { return };
    let [(line, said)] = &last.answers[..] else { return };
    let letters: Vec<&str> = said.split([',', ' ', ';', '，', '、']).filter(|part| !part.is_empty()).collect();
    let single = letters.iter().all(|letter| letter.chars().count() == 1 && letter.starts_with(char::is_alphabetic));
    let text = lines.get(line.saturating_sub(1)).map_or("", String::as_str);
    let word = text.split([':', '：']).next().unwrap_or_default().trim_matches(['*', '_', '#', ' ']);
    let alone = blocks.keys.is_empty() && others.iter().all(|block| block.answers.is_empty());
    if alone && single && letters.len() == count && LIST.has(word) {
        blocks.keys.push(KeyList::new(*line, &letters.join(" "), 0, count));
        last.answers.clear();
    }
}

/// The answers that lists give to questions: by number if the questions are numbered, else in order.
pub(in crate::bank) fn keyed(blocks: &Blocks, checker: &mut Checker<'_>) -> Vec<Vec<(usize, String)>> {
    let mut answers = vec![Vec::new(); blocks.questions.len()];
    for list @ KeyList { line, entries, from, to, in_order, .. } in &blocks.keys {
        let scope = &blocks.questions[*from..*to];
        let numbered = !in_order && scope.iter().any(|block| block.number.is_some());
        if entries.is_empty() {
            checker.warn(*line, "empty-key", "the list of answers is empty", "write lines such as `1. B`");
        }
        if titled::assign(list, scope, &mut answers[*from..*to], checker) {
            continue;
        }
        // The numbers may restart (a topic with numbers of its own). A list that restarts as often runs in parallel;
        // any other list is for the last part.
        let sure = runs(scope.iter().map(|block| block.number.filter(|_| !block.doubtful)));
        // Doubtful numbered texts count as questions if the list has a part for them.
        let doubtful = scope.iter().any(|block| block.doubtful);
        let all = runs(scope.iter().filter(|_| doubtful).map(|block| block.number));
        let part_of = runs(entries.iter().map(|entry| Some(entry.number)));
        let parts = entries.windows(2).filter(|pair| pair[1].number <= pair[0].number).count() + 1;
        let all = Some(all).filter(|all| all.last().is_some_and(|last| last + 1 == parts));
        let every = all.is_some();
        let run_at = all.unwrap_or(sure);
        let last = run_at.last().copied().unwrap_or(0);
        let run_of = |part: usize| if parts == run_at.last().map_or(1, |last| last + 1) { part } else { last };
        let mut place_of: HashMap<(usize, usize), usize> = HashMap::new();
        // A number that only one question has means that question, wherever it is.
        let mut alone: HashMap<usize, Option<usize>> = HashMap::new();
        let counts = |block: &&QuestionBlock| every || !block.doubtful;
        let placed = (0..).zip(scope).filter(|(_, block)| counts(block));
        for (place, number) in placed.filter_map(|(place, block)| Some((place, block.number?))) {
            place_of.entry((run_at[place], number)).or_insert(place);
            alone.entry(number).and_modify(|only| *only = None).or_insert(Some(place));
        }
        let in_turn: Vec<usize> = (0..).zip(scope).filter(|(_, block)| counts(block)).map(|(place, _)| place).collect();
        let order = match in_order {
            true => ListOrder::decide(entries, &in_turn, scope),
            false => ListOrder::Numbers,
        };
        if order == ListOrder::Unknown {
            let (count, questions) = (entries.len(), in_turn.len());
            let message = format!(
                "this list has {count} answers without numbers for {questions} questions; it is unclear which is whose"
            );
            checker.warn(*line, "key-count", &message, "write the number of the question before each answer");
            continue;
        }
        let numbered = numbered || *in_order && order == ListOrder::Numbers;
        let doubted = (0..).zip(scope).filter(|(_, block)| block.doubtful);
        let doubted: HashMap<usize, usize> =
            doubted.filter_map(|(place, block)| Some((block.number?, place))).collect();
        for (list::Entry { line, number, said, .. }, part) in entries.iter().zip(part_of) {
            let found = if numbered {
                let named = place_of.get(&(run_of(part), *number)).copied();
                named.or_else(|| alone.get(number).copied().flatten()).or_else(|| doubted.get(number).copied())
            } else {
                number.checked_sub(1).and_then(|place| in_turn.get(place).copied())
            };
            match found {
                Some(place) => answers[from + place].push((*line, said.clone())),
                None => {
                    let message = format!("the list of answers names question {number}, which is not there");
                    checker.warn(*line, "no-such-question", &message, "check the numbers of the questions");
                }
            }
        }
    }
    answers
}

/// How answers without numbers are assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListOrder {
    /// The first is for the first question.
    Places,
    /// The first is for question 1, whether it is there or not.
    Numbers,
    /// There are more or fewer than questions.
    Unknown,
}

impl ListOrder {
    /// `in_turn`: the places of the questions in their scope.
    fn decide(entries: &[list::Entry], in_turn: &[usize], scope: &[QuestionBlock]) -> Self {
        if entries.is_empty() || entries.len() == in_turn.len() {
            return Self::Places;
        }
        let numbers: Option<Vec<usize>> = in_turn.iter().map(|place| scope[*place].number).collect();
        let rises = |numbers: &Vec<usize>| numbers.windows(2).all(|pair| pair[0] < pair[1]);
        match numbers.filter(rises).and_then(|numbers| numbers.last().copied()) {
            Some(last) if last == entries.len() => Self::Numbers,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{BankQuestion, ReadOptions, read};

    fn keys(numbers: [usize; 3], list: &str) -> (Vec<Vec<usize>>, Vec<&'static str>) {
        let asked = |number| format!("{number}. What is item {number}?\nA. warm\nB. cold\nC. dry\n\n");
        let text = numbers.map(asked).concat() + list;
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let told = bank.problems.iter().map(|problem| problem.code).filter(|code| code.contains("key"));
        (bank.questions.iter().map(BankQuestion::correct).collect(), told.collect())
    }

    #[test]
    fn answers_without_numbers_go_by_count() {
        let three = |places: [usize; 3]| (places.map(|place| vec![place]).to_vec(), vec![]);
        assert_eq!(keys([1, 2, 3], "Answer key\nA, B, C\n"), three([0, 1, 2]));
        assert_eq!(keys([1, 3, 5], "Answer key\nA, B, C\n"), three([0, 1, 2]));
        let gap = keys([1, 3, 4], "Answer key\nA, B, C, B\n").0;
        assert_eq!(gap, [[0], [2], [1]]);
        let gap = keys([2, 3, 5], "Answer key\nC\nA\nB\nB\nA\n").0;
        assert_eq!(gap, [[0], [1], [0]]);
        assert_eq!(keys([1, 3, 5], "Answer key\nA, B, C, B\n"), (vec![vec![]; 3], vec!["key-count"]));
    }
}
