//! Reading a bank: bytes to text, text to questions, and the declared key where nothing is marked.

use super::record::data::Notation;
use super::record::{self, KeyBase, data, table};
use super::{Bank, Front, KeyRule, Problem, Refusal, Severity, decode, front, gift, markdown, moodle, signs, text};
use crate::model::{KeyOrigin, Kind, letter};

/// The formats that `--format` takes.
pub const FORMATS: [&str; 11] =
    ["text", "markdown", "signs", "gift", "moodle-xml", "csv", "xlsx", "json", "jsonl", "yaml", "toml"];

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
}

/// What a file was explained as.
struct Explained {
    format: &'static str,
    encoding: String,
    front: Front,
    found: text::Read,
    problems: Vec<Problem>,
}

/// Finds the format, by the content unless the person names it, and reads what it says.
fn explain(bytes: &[u8], options: &ReadOptions) -> Result<Explained, Refusal> {
    let named = options.format.as_deref();
    if named == Some("xlsx") || (named.is_none() && is_workbook(bytes)) {
        let table = table::read_sheet(bytes)?;
        let found = record::questions(table.records, &[], options.key_base, table.hinted, false)?;
        let (front, problems) = (Front::default(), Vec::new());
        return Ok(Explained { format: "xlsx", encoding: "utf-8".into(), front, found, problems });
    }
    let decoded = decode::decode(bytes)?;
    let lines: Vec<String> = decode::lines(&decoded.text).map(decode::clean).collect();
    let guessed = decoded.guessed.map(|line| guessed(line, &decoded.encoding, &lines));
    if named == Some("moodle-xml") || (named.is_none() && moodle::explains(&decoded.text)) {
        let found = moodle::read(&decoded.text, &lines)?;
        let (front, problems) = (Front::default(), guessed.into_iter().collect());
        return Ok(Explained { format: "moodle-xml", encoding: decoded.encoding, front, found, problems });
    }
    if let Some(format) = records_format(&decoded.text, options) {
        let (records, hinted) = match format {
            "csv" => {
                let table = table::read(&decoded.text, options.columns.as_deref())?;
                (table.records, table.hinted)
            }
            _ => (data::read(&decoded.text, notation_of(format))?, None),
        };
        let found = record::questions(records, &lines, options.key_base, hinted, false)?;
        let problems = guessed.into_iter().collect();
        return Ok(Explained { format, encoding: decoded.encoding, front: Front::default(), found, problems });
    }
    let (front, skip, mut problems) = front::read(&lines)?;
    let single = front.kind == Some(Kind::Single);
    let format = match named {
        Some(named) => FORMATS.into_iter().find(|format| *format == named).unwrap_or("text"),
        None if gift::explains(&lines[skip..]) => "gift",
        None if signs::explains(&lines[skip..]) => "signs",
        None if markdown::explains(&lines[skip..]) => "markdown",
        None => "text",
    };
    let found = match format {
        "gift" => gift::read(&lines, skip),
        "signs" => signs::read(&lines, skip, single),
        "markdown" => markdown::read(&lines, skip, single),
        _ => text::read(&lines, skip, single),
    };
    problems.extend(guessed);
    Ok(Explained { format, encoding: decoded.encoding, front, found, problems })
}

/// Whether the bytes begin as a spreadsheet does: a ZIP archive, or the older container.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// The format of a text that holds records rather than lines.
fn records_format(text: &str, options: &ReadOptions) -> Option<&'static str> {
    match options.format.as_deref() {
        Some(named) => ["csv", "json", "jsonl", "yaml", "toml"].into_iter().find(|format| *format == named),
        None if options.columns.is_some() => Some("csv"),
        None => match data::notation(text) {
            Some(Notation::Json) => Some("json"),
            Some(Notation::JsonLines) => Some("jsonl"),
            Some(Notation::Yaml) => Some("yaml"),
            Some(Notation::Toml) => Some("toml"),
            None => table::explains(text).then_some("csv"),
        },
    }
}

fn notation_of(format: &str) -> Notation {
    match format {
        "jsonl" => Notation::JsonLines,
        "yaml" => Notation::Yaml,
        "toml" => Notation::Toml,
        _ => Notation::Json,
    }
}

/// Reads a bank. Questions without an answer come as drafts ([`KeyOrigin::Missing`]).
///
/// # Errors
/// When the whole file cannot be used: it cannot be decoded, holds no questions, more than two thirds of them are broken, or a
/// declared key contradicts its marks.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Bank, Refusal> {
    if let Some(format) = options.format.as_deref().filter(|format| !FORMATS.contains(format)) {
        return Err(Refusal {
            message: format!("no format is called `{format}`"),
            hint: Some(format!("known are {}", FORMATS.map(|format| format!("`{format}`")).join(", "))),
            problems: Vec::new(),
        });
    }
    let Explained { format, encoding, front, found, mut problems } = explain(bytes, options)?;
    problems.extend(found.problems);
    let mut bank = Bank {
        format,
        encoding,
        front,
        questions: found.questions,
        problems,
        duplicates: found.duplicates,
        rejected: found.rejected,
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
            message: format!("{} of {all} questions are broken, so nothing is imported", bank.rejected),
            hint: Some("mend them, or check that this is a question bank".into()),
            problems: bank.problems,
        });
    }
    declare(&mut bank, options.key.as_ref())?;
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
    if front.shuffle == Some(false) {
        question.options.iter_mut().for_each(|option| option.pinned = true);
    }
    for tag in &front.tags {
        if !question.tags.contains(tag) {
            question.tags.push(tag.clone());
        }
    }
}

/// Applies a declared key. It never fills the holes of a bank that is partly marked.
fn declare(bank: &mut Bank, given: Option<&KeyRule>) -> Result<(), Refusal> {
    let unmarked = bank.questions.iter().filter(|question| question.key == KeyOrigin::Missing).count();
    let marked = bank.questions.len() - unmarked;
    let (rule, name) = match (given, bank.front.key.clone()) {
        (Some(given), Some(own)) if *given != own => {
            return Err(Refusal {
                message: format!("`--key {}` contradicts `key: {}` in the bank", words(given), words(&own)),
                hint: Some("leave one of them".into()),
                problems: Vec::new(),
            });
        }
        (_, Some(own)) => (own.clone(), format!("key: {} in the bank", words(&own))),
        (Some(given), None) => (given.clone(), format!("--key {}", words(given))),
        (None, None) => {
            if marked > 0 && unmarked > 0 {
                list_unmarked(bank);
            }
            return Ok(());
        }
    };
    if marked == 0 {
        return apply(bank, &rule, &name);
    }
    let contradicted: Vec<Problem> = bank
        .questions
        .iter()
        .enumerate()
        .filter(|(_, question)| question.key == KeyOrigin::Marked)
        .filter(|(place, question)| {
            places(&rule, *place, question.options.len()).is_none_or(|places| places != question.correct())
        })
        .map(|(_, question)| {
            problem(
                question,
                Severity::Error,
                "key-contradicted",
                "the mark of this question contradicts the declared key",
                "",
            )
        })
        .collect();
    if !contradicted.is_empty() {
        return Err(Refusal {
            message: format!("the declared key ({name}) contradicts the marks of {} questions", contradicted.len()),
            hint: Some("the bank marks its answers: import it without the rule".into()),
            problems: contradicted,
        });
    }
    list_unmarked(bank);
    Ok(())
}

fn list_unmarked(bank: &mut Bank) {
    let unmarked = bank.questions.iter().filter(|question| question.key == KeyOrigin::Missing);
    let listed: Vec<Problem> = unmarked
        .map(|question| {
            let what = "no answer is marked; the question is kept as a draft and not reviewed";
            problem(question, Severity::Warning, "no-answer", what, "mark the right option, or add a line `Answer: B`")
        })
        .collect();
    bank.problems.extend(listed);
    bank.problems.sort_by_key(|problem| (problem.line, problem.column));
}

fn apply(bank: &mut Bank, rule: &KeyRule, name: &str) -> Result<(), Refusal> {
    let mut problems = Vec::new();
    for (place, question) in bank.questions.iter_mut().enumerate() {
        let found = places(rule, place, question.options.len());
        match found {
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

/// The right places under a rule; none where it says nothing of this question.
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

fn problem(
    question: &super::BankQuestion,
    severity: Severity,
    code: &'static str,
    message: &str,
    hint: &str,
) -> Problem {
    let excerpt: String = question.stem.lines().next().unwrap_or_default().chars().take(200).collect();
    Problem {
        line: question.line,
        column: 1,
        width: excerpt.chars().count().clamp(1, 160),
        severity,
        code,
        message: message.into(),
        hint: (!hint.is_empty()).then(|| hint.to_owned()),
        excerpt,
    }
}

/// Reads a key file: lines such as `1. c` or `2: B, D`.
///
/// # Errors
/// When it cannot be decoded, or a line is something else.
pub fn read_key_file(bytes: &[u8]) -> Result<KeyRule, Refusal> {
    let decoded = decode::decode(bytes)?;
    let mut list: Vec<(usize, Vec<usize>)> = Vec::new();
    for (number, line) in (1..).zip(decode::lines(&decoded.text)) {
        let line = decode::clean(line);
        if line.trim().is_empty() {
            continue;
        }
        let pairs = text::answer_pairs(&line).ok_or_else(|| Refusal {
            message: format!(
                "line {number} of the key is no answer: `{}`",
                line.trim().chars().take(80).collect::<String>()
            ),
            hint: Some("write lines such as `1. c`".into()),
            problems: Vec::new(),
        })?;
        list.extend(pairs);
    }
    Ok(KeyRule::Listed(list))
}

#[cfg(test)]
mod tests;
