//! Reading a bank: the format of the bytes, its reader, and the declared key if nothing is marked.

use super::{
    Bank, BankQuestion, Front, Problem, ReadOptions, Refusal, Severity, both_ways, declare, format, size, twice,
};
use crate::model::Kind;

/// Reads a bank without trying other ways if that fails.
pub(super) fn once(bytes: &[u8], options: &ReadOptions) -> Result<Bank, Refusal> {
    let (source, format, mut found) = format::explain(bytes, options)?;
    if options.both_ways {
        both_ways::add(&mut found);
    }
    size::hold(&mut found, &source)?;
    let prints = twice::leave_out(&mut found, &source);
    let mut problems = source.front_problems.clone();
    problems.extend(source.guessed.map(|line| guessed(line, &source.encoding, source.lines())));
    problems.extend(found.problems);
    let (encoding, mut front) = (source.encoding, source.front);
    front.deck = front.deck.or(found.deck);
    let mut bank = Bank {
        format,
        encoding,
        front,
        questions: found.questions,
        prints,
        problems,
        duplicates: found.duplicates,
        rejected: found.rejected,
        evidence: found.evidence,
    };
    if bank.questions.is_empty() && bank.rejected == 0 {
        return Err(Refusal::new(
            "no questions were found",
            "a question is above its options, one on each line, as `- A. …`; see `retain help banks`",
        ));
    }
    let all = bank.questions.len() + bank.rejected;
    if bank.rejected * 3 > all * 2 {
        return Err(Refusal {
            message: match all {
                1 => "its only question is broken, so nothing is imported".into(),
                _ => format!("{} of {all} questions are broken, so nothing is imported", bank.rejected),
            },
            hint: Some("fix them, or check that this is a question bank".into()),
            problems: bank.problems,
        });
    }
    declare::apply_key(&mut bank, options.key.as_ref())?;
    for question in &mut bank.questions {
        finish(question, &bank.front);
    }
    Ok(bank)
}

fn guessed(line: usize, encoding: &str, lines: &[String]) -> Problem {
    let text = lines.get(line - 1).map_or("", String::as_str);
    let message = format!("this is not UTF-8; it is read as {}", encoding.rsplit('+').next().unwrap_or(encoding));
    let hint = "check the letters, and save the bank in UTF-8 if they are wrong";
    Problem::of_line(line, text, Severity::Warning, "encoding", message, hint)
}

fn finish(question: &mut BankQuestion, front: &Front) {
    if front.kind == Some(Kind::Multiple) && question.kind == Kind::Single {
        question.kind = Kind::Multiple;
    }
    // In the exact form a question may have its own markup, so its reader has set it.
    if let Some(markup) = front.markup.filter(|_| !front.exact) {
        question.markup = markup;
    }
    if front.shuffle == Some(false) {
        question.options.iter_mut().for_each(|option| option.pinned = true);
    }
    for tag in &front.tags {
        if !question.tags.contains(tag) {
            question.tags.push(tag.clone());
        }
    }
}

#[cfg(test)]
mod tests;
