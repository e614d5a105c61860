//! The key of a bank that marks no answers: a rule, or a file of lines such as `1. c`.

use super::{Bank, BankQuestion, KeyRule, Problem, Refusal, Severity, decode, lines};
use crate::model::{KeyOrigin, Kind, letter};

/// Applies a declared key. It never fills the holes of a bank that is partly marked.
pub(super) fn apply_key(bank: &mut Bank, given: Option<&KeyRule>) -> Result<(), Refusal> {
    let marked = bank.questions.iter().filter(|question| question.key != KeyOrigin::Missing).count();
    let (rule, name) = match (given, bank.front.key.clone()) {
        (Some(given), Some(own)) if *given != own => {
            return Err(Refusal::new(
                format!("`--key {}` contradicts `key: {}` in the bank", words(given), words(&own)),
                "leave one of them",
            ));
        }
        (_, Some(own)) => (own.clone(), format!("key: {} in the bank", words(&own))),
        (Some(given), None) => (given.clone(), format!("--key {}", words(given))),
        (None, None) => {
            if marked > 0 && marked < bank.questions.len() {
                list_unmarked(bank);
            }
            return Ok(());
        }
    };
    if marked == 0 {
        return apply(bank, &rule, &name);
    }
    let contradicts = |(place, question): &(usize, &BankQuestion)| {
        question.key == KeyOrigin::Marked
            && places(&rule, *place, question.options.len()).is_none_or(|places| places != question.correct())
    };
    let message = "the mark of this question contradicts the declared key";
    let problem_of = |(_, question)| problem(question, Severity::Error, "key-contradicted", message, "");
    let contradicted: Vec<Problem> = bank.questions.iter().enumerate().filter(contradicts).map(problem_of).collect();
    if !contradicted.is_empty() {
        return Err(Refusal {
            message: match contradicted.len() {
                1 => format!("the declared key ({name}) contradicts the mark of a question"),
                count => format!("the declared key ({name}) contradicts the marks of {count} questions"),
            },
            hint: Some("the bank marks its answers: import it without the rule".into()),
            problems: contradicted,
        });
    }
    list_unmarked(bank);
    Ok(())
}

/// How a bank of a format marks the right option.
fn how(format: &str) -> &'static str {
    match format {
        "csv" | "xlsx" => "write its letter, its number or its text into the column of the answer",
        "json" | "jsonl" | "yaml" | "toml" | "xml" => {
            "give it a field that names the right option, as `\"answer\": \"B\"`"
        }
        _ => "mark the right option, or add a line `Answer: B`",
    }
}

fn list_unmarked(bank: &mut Bank) {
    let how = how(bank.format);
    let unmarked = bank.questions.iter().filter(|question| question.key == KeyOrigin::Missing);
    let listed: Vec<Problem> = unmarked
        .map(|question| {
            let what = "no answer is marked; the question is kept as a draft and not reviewed";
            problem(question, Severity::Warning, "no-answer", what, how)
        })
        .collect();
    bank.problems.extend(listed);
    bank.problems.sort_by_key(|problem| (problem.line, problem.column));
}

fn apply(bank: &mut Bank, rule: &KeyRule, name: &str) -> Result<(), Refusal> {
    let mut problems = Vec::new();
    for (place, question) in bank.questions.iter_mut().enumerate() {
        match places(rule, place, question.options.len()) {
            Some(right) if right.iter().all(|right| *right < question.options.len()) => {
                for right in &right {
                    question.options[*right].correct = true;
                }
                if right.len() > 1 {
                    question.kind = Kind::Multiple;
                }
                question.key = KeyOrigin::Declared;
                question.key_rule = Some(name.to_owned());
            }
            Some(_) => {
                let what = format!("the declared key ({name}) names no option of this question");
                problems.push(problem(question, Severity::Error, "no-such-option", &what, "check the key"));
            }
            None => {
                let what = "the key says nothing of this question; it is kept as a draft";
                bank.problems.push(problem(question, Severity::Warning, "no-answer", what, "add it to the key"));
            }
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Refusal { message: format!("the declared key ({name}) does not fit the bank"), hint: None, problems })
}

/// The right places under a rule; `None` if it does not cover this question.
fn places(rule: &KeyRule, question: usize, options: usize) -> Option<Vec<usize>> {
    match rule {
        KeyRule::First => Some(vec![0]),
        KeyRule::Last => Some(vec![options.saturating_sub(1)]),
        KeyRule::Place(place) => Some(vec![*place]),
        KeyRule::Listed(list) => {
            list.iter().find(|(number, _)| *number == question + 1).map(|(_, places)| places.clone())
        }
    }
}

fn words(rule: &KeyRule) -> String {
    match rule {
        KeyRule::First => "first".into(),
        KeyRule::Last => "last".into(),
        KeyRule::Place(place) => letter(*place),
        KeyRule::Listed(_) => "FILE".into(),
    }
}

fn problem(question: &BankQuestion, severity: Severity, code: &'static str, message: &str, hint: &str) -> Problem {
    Problem::of_line(question.line, question.stem.lines().next().unwrap_or_default(), severity, code, message, hint)
}

/// Reads a key file: lines such as `1. c` or `2: B, D`, or letters in the order of the questions.
///
/// # Errors
/// If it cannot be decoded, or a line is something else.
pub fn read_key_file(bytes: &[u8]) -> Result<KeyRule, Refusal> {
    let decoded = decode::decode(bytes)?;
    let mut list: Vec<(usize, Vec<usize>)> = Vec::new();
    for (number, line) in (1..).zip(decode::lines(&decoded.text)) {
        let line = decode::clean(line);
        if line.trim().is_empty() {
            continue;
        }
        // `Answers:` above the list, and answers without numbers in the order of the questions.
        let said = match lines::named(line.trim()) {
            Some(lines::NamedLine::List("")) => continue,
            Some(lines::NamedLine::List(rest)) => rest,
            _ => line.trim(),
        };
        let next = || Some(vec![(list.len() + 1, lines::letters_of(said)?)]);
        let pairs = lines::answer_pairs(said).or_else(next).ok_or_else(|| {
            Refusal::new(
                format!(
                    "line {number} of the key is no answer: `{}`",
                    line.trim().chars().take(80).collect::<String>()
                ),
                "write lines such as `1. c`",
            )
        })?;
        list.extend(pairs);
    }
    Ok(KeyRule::Listed(list))
}
