//! Reading a bank: the format that explains the bytes, what it makes of them, and the declared key where nothing is marked.

use super::format::KeyBase;
use super::{Bank, KeyRule, Problem, Refusal, Severity, advice, both_ways, declare, format, twice};
use crate::model::Kind;

/// How to read a bank.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The format, where the person names it.
    pub format: Option<String>,
    /// The rule that declares the right options, where the person gives one.
    pub key: Option<KeyRule>,
    /// How the keys of records are written, where the person says it.
    pub key_base: Option<KeyBase>,
    /// The names of the columns of a table without a header, where the person gives them.
    pub columns: Option<String>,
    /// Whether each card is asked both ways: from its front, and from its back.
    pub both_ways: bool,
}

/// Reads a bank. Questions without an answer come as drafts ([`crate::model::KeyOrigin::Missing`]).
///
/// # Errors
/// When the whole file cannot be used: it cannot be decoded, holds no questions, more than two thirds of them are broken, or a
/// declared key contradicts its marks.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Bank, Refusal> {
    once(bytes, options).map_err(|refusal| advice::tried(refusal, bytes, options))
}

/// Reads a bank without looking for other ways where that fails.
pub(super) fn once(bytes: &[u8], options: &ReadOptions) -> Result<Bank, Refusal> {
    let (source, format, mut found) = format::explain(bytes, options)?;
    if options.both_ways {
        both_ways::add(&mut found);
    }
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
        return Err(Refusal {
            message: "no questions were found".into(),
            hint: Some(
                "a question stands above its options, one on each line, as `- A. …`; see `docs/banks.md`".into(),
            ),
            problems: Vec::new(),
        });
    }
    let all = bank.questions.len() + bank.rejected;
    if bank.rejected * 3 > all * 2 {
        return Err(Refusal {
            message: match all {
                1 => "its only question is broken, so nothing is imported".into(),
                _ => format!("{} of {all} questions are broken, so nothing is imported", bank.rejected),
            },
            hint: Some("mend them, or check that this is a question bank".into()),
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
    let excerpt: String = lines.get(line - 1).map(|line| line.chars().take(200).collect()).unwrap_or_default();
    Problem {
        line,
        column: 1,
        width: excerpt.chars().count().clamp(1, 160),
        severity: Severity::Warning,
        code: "encoding",
        message: format!("this is not UTF-8; it is read as {}", encoding.rsplit('+').next().unwrap_or(encoding)),
        hint: Some("check the letters, and save the bank in UTF-8 if they are wrong".into()),
        excerpt,
    }
}

fn finish(question: &mut super::BankQuestion, front: &super::Front) {
    if front.kind == Some(Kind::Multiple) && question.kind == Kind::Single {
        question.kind = Kind::Multiple;
    }
    // In the exact form a question may say otherwise, so its reader has seen to it.
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
