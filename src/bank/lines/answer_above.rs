//! Answers above their questions, throughout a file: they are moved below the options, as in other files.

use super::key::NamedLine;
use super::line::{BankLine, LineKind, below};
use crate::bank::Decision;

/// Moves such lines if the first line of the file is an answer and options follow the last one. Each keeps its number.
pub(in crate::bank) fn move_below<'a>(lines: &mut Vec<BankLine<'a>>) -> Option<Decision> {
    let is_answer =
        |line: &BankLine<'_>| matches!(line.what, LineKind::Named(NamedLine::Answer(said)) if !said.is_empty());
    let is_option = |line: &BankLine<'_>| matches!(line.what, LineKind::Option(_));
    let says = |line: &&BankLine<'_>| !matches!(line.what, LineKind::Blank | LineKind::Heading(_) | LineKind::Rule);
    let answers: Vec<usize> = (0..lines.len()).filter(|at| is_answer(&lines[*at])).collect();
    let last = *answers.last().filter(|_| answers.len() > 1)?;
    let begins = lines.iter().find(says).is_some_and(is_answer);
    let asks = |at: &usize| {
        below(lines, *at)
            .is_some_and(|line| matches!(line.what, LineKind::Numbered(..) | LineKind::Text(_) | LineKind::Heading(_)))
    };
    if !begins || !lines[last..].iter().any(is_option) || !answers.iter().all(asks) {
        return None;
    }
    let numbers: Vec<usize> = answers.iter().map(|at| lines[*at].number).collect();
    let mut moved: Vec<BankLine<'a>> = Vec::with_capacity(lines.len());
    let mut held: Option<BankLine<'a>> = None;
    // The place of the pending answer: after the last option since it was found.
    let mut behind: Option<usize> = None;
    for line in lines.drain(..) {
        if is_answer(&line) {
            put(&mut moved, &mut held, &mut behind);
            held = Some(line);
            continue;
        }
        let option = is_option(&line);
        moved.push(line);
        if option {
            behind = Some(moved.len());
        }
    }
    put(&mut moved, &mut held, &mut behind);
    *lines = moved;
    let reason = format!("the first line is an answer, and options stand below the last of {}", numbers.len());
    Some(Decision::new("answer lines", "above their questions").because(reason, numbers))
}

/// Puts the pending answer after the last option since it was found, or at the end.
fn put<'a>(moved: &mut Vec<BankLine<'a>>, held: &mut Option<BankLine<'a>>, behind: &mut Option<usize>) {
    if let Some(answer) = held.take() {
        let at = behind.take().unwrap_or(moved.len());
        moved.insert(at, answer);
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn answers_above_all_questions_are_theirs() {
        let one = |(key, asked): (&str, &str)| format!("Answer: {key}\n{asked} colour?\nA. green\nB. blue\n\n");
        for numbered in [false, true] {
            let asked = [("B", "1. Sky"), ("A", "2. Grass"), ("A", "3. Leaf")];
            let text: String = asked.into_iter().map(one).collect();
            let text = if numbered { text } else { text.replace("1. ", "").replace("2. ", "").replace("3. ", "") };
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            let right: Vec<_> = bank.questions.iter().map(crate::bank::BankQuestion::correct).collect();
            assert_eq!((right, bank.problems), (vec![vec![1], vec![0], vec![0]], vec![]), "{text}");
        }
    }
}
