//! Advice that was tried. A file that is refused or has no key is read in every other way, and the ways that work are
//! named with their figures.

mod table;
mod unkeyed;

use super::format::data::is_broken;
use super::format::record::table::grouped;
use super::format::{bears, formats};
use super::{Bank, KeyBase, ReadOptions, Refusal, Severity, decode, read};
use crate::model::{KeyOrigin, Kind};

pub use unkeyed::without_key;

/// A larger file is not read a dozen times over.
const LARGEST: usize = 4 << 20;
/// A way must read this much at the beginning of a longer text before it is tried on the whole, in bytes.
const SAMPLE: usize = 64 << 10;
/// More ways to read a file are not named.
const MOST: usize = 3;
/// The codes of questions that are larger than any that people write.
const BEYOND_LIMITS: [&str; 2] = ["many-options", "too-large"];
/// Most lines of text that one card takes, if lines are read as cards. Prose has more.
const LINES_OF_CARD: usize = 2;
/// Lines with text that one question takes at most.
const LINES_OF_QUESTION: usize = 14;

/// A way to read a file that makes a whole bank of it.
#[derive(Clone, Debug)]
pub struct AlternativeReading {
    /// The option on the command line (`--format csv`).
    pub flag: String,
    /// How it is read then.
    pub options: ReadOptions,
    /// The bank that this way reads.
    pub bank: Bank,
}

impl AlternativeReading {
    /// The option and its result, as `` `--format csv` reads 12 questions ``.
    pub fn words(&self) -> String {
        let count = self.bank.questions.len();
        let cards = self.bank.questions.iter().all(|question| question.kind == Kind::Card);
        let noun = if cards { "card" } else { "question" };
        format!("`{}` reads {} {noun}{}", self.flag, grouped(&count.to_string()), if count == 1 { "" } else { "s" })
    }
}

/// The other ways that read the file whole and with its answers, best first.
pub fn readings(bytes: &[u8], options: &ReadOptions) -> Vec<AlternativeReading> {
    if bytes.len() > LARGEST {
        return Vec::new();
    }
    let lines = lines(bytes);
    let sample = sample(bytes);
    let mut found: Vec<AlternativeReading> = Vec::new();
    for (flag, options) in tries(bytes, options) {
        let hopeless =
            |sample: &[u8]| !read::once(sample, &options).is_ok_and(|bank| is_whole(&bank, self::lines(sample)));
        if sample.is_some_and(hopeless) {
            continue;
        }
        let Ok(bank) = read::once(bytes, &options) else { continue };
        let is_new = || found.iter().all(|known| !same(&known.bank, &bank));
        if is_whole(&bank, lines) && is_new() {
            found.push(AlternativeReading { flag, options, bank });
        }
    }
    found.sort_by_key(|reading| std::cmp::Reverse(reading.bank.questions.len()));
    found.truncate(MOST);
    found
}

/// The number of lines that are not blank.
fn lines(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count()
}

/// The beginning of a long text, up to an empty line or else the end of a line. Data and archives cannot be cut.
fn sample(bytes: &[u8]) -> Option<&[u8]> {
    let head =
        bytes.get(..SAMPLE).filter(|head| head.trim_ascii_start().first().is_some_and(|byte| !b"<[{".contains(byte)));
    let head = head.filter(|head| !head.contains(&0))?;
    let paragraph = head.windows(2).rposition(|pair| pair == b"\n\n").filter(|end| *end > SAMPLE / 2);
    let end = paragraph.or_else(|| head.iter().rposition(|byte| *byte == b'\n'))?;
    Some(&head[..=end])
}

/// The refusal, with the ways that read the file as its first hint if there are any.
pub(super) fn tried(refusal: Refusal, bytes: &[u8], options: &ReadOptions) -> Refusal {
    // What is beyond a limit is so in every reading, and each takes its time.
    let mut errors = refusal.problems.iter().filter(|problem| problem.severity == Severity::Error).peekable();
    if errors.peek().is_some() && errors.all(|problem| BEYOND_LIMITS.contains(&problem.code)) {
        return refusal;
    }
    // Broken data is to be repaired, not read as something else.
    if !bytes.starts_with(b"PK") && decode::decode(bytes).is_ok_and(|decoded| is_broken(&decoded.text)) {
        return refusal;
    }
    let readings = readings(bytes, options);
    if readings.is_empty() {
        let grid = columns_may_help(bytes, options).then(|| table::grid(bytes)).flatten();
        return match grid {
            Some(grid) => grid.refused(refusal),
            None => refusal,
        };
    }
    let words: Vec<String> = readings.iter().map(AlternativeReading::words).collect();
    Refusal { hint: Some(words.join("; ")), ..refusal }
}

/// Whether the person may name the columns of this file.
fn columns_may_help(bytes: &[u8], options: &ReadOptions) -> bool {
    let table = |format: &String| ["csv", "xlsx"].contains(&format.as_str());
    bytes.len() <= LARGEST && options.columns.is_none() && options.format.as_ref().is_none_or(table)
}

/// Every other way to read a file, with its option.
fn tries(bytes: &[u8], options: &ReadOptions) -> Vec<(String, ReadOptions)> {
    let mut tries = Vec::new();
    if columns_may_help(bytes, options)
        && let Some(grid) = table::grid(bytes)
    {
        for names in grid.names() {
            tries.push((format!("--columns {names}"), ReadOptions { columns: Some(names), ..options.clone() }));
        }
    }
    if options.key_base.is_none() {
        for name in ["letter", "1", "0", "text"] {
            let options = ReadOptions { key_base: KeyBase::from_name(name), ..options.clone() };
            tries.push((format!("--key-base {name}"), options));
        }
    }
    match &options.format {
        Some(format) => {
            tries.push((format!("no --format {format}"), ReadOptions { format: None, ..options.clone() }));
        }
        None => {
            // A reader makes something of every text. Only the marks of its format show that it is the right one.
            for name in formats().filter(|name| bears(bytes, options, name)) {
                let options = ReadOptions { format: Some(name.into()), ..options.clone() };
                tries.push((format!("--format {name}"), options));
            }
        }
    }
    tries
}

/// Whether a reading explains the whole file: every question has its answer, hardly one is broken, and no line is left over.
fn is_whole(bank: &Bank, lines: usize) -> bool {
    let count = bank.questions.len() + bank.duplicates.len();
    let keyed = bank.questions.iter().filter(|question| question.key != KeyOrigin::Missing).count();
    let room = |kind: Kind| if kind == Kind::Card { LINES_OF_CARD } else { LINES_OF_QUESTION };
    let explained: usize = bank.questions.iter().chain(&bank.duplicates).map(|question| room(question.kind)).sum();
    let mute = |question: &super::BankQuestion| {
        question.kind == Kind::Card && question.options.iter().all(|option| option.text.trim().is_empty())
    };
    let dumb = |question: &&super::BankQuestion| {
        question.kind == Kind::Open || question.stem.trim().is_empty() || mute(question)
    };
    count >= 2
        && keyed * 10 >= count * 9
        && bank.rejected * 20 <= count
        && bank.questions.iter().filter(dumb).count() * 10 <= count
        && explained >= lines
}

/// Whether two readings agree on every question.
fn same(one: &Bank, other: &Bank) -> bool {
    one.questions.len() == other.questions.len()
        && one.questions.iter().zip(&other.questions).all(|(one, other)| {
            (one.kind, &one.stem, one.correct()) == (other.kind, &other.stem, other.correct())
                && one.options.iter().map(|option| &option.text).eq(other.options.iter().map(|option| &option.text))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        let refusal = super::super::read(text.as_bytes(), &ReadOptions::default()).expect_err("a refusal");
        refusal.hint.unwrap_or_default()
    }

    #[test]
    fn what_reads_the_file_is_named_with_its_figures() {
        let table: String = "question,A,B,C,answer\n".to_owned()
            + &(1..=3)
                .map(|place| format!("Which {place}?,a{place},b{place},c{place},{}\n", 1 + place % 2))
                .collect::<String>();
        assert_eq!(refused(&table), "`--key-base 1` reads 3 questions; `--key-base 0` reads 3 questions");
        let options = ReadOptions { format: Some("gift".into()), ..ReadOptions::default() };
        let text = "What?\n- A. x *\n- B. y\n\nWho?\n- A. u\n- B. v *\n";
        let refusal = super::super::read(text.as_bytes(), &options);
        if let Err(refusal) = refusal {
            assert_eq!(refusal.hint.as_deref(), Some("`no --format gift` reads 2 questions"));
        }
    }

    #[test]
    fn prose_is_read_in_no_way() {
        let prose = "The sea is wide.\nShips - large ones - sail on it.\n\nMany people live there: sailors and cooks.\nNobody asks them.\n";
        let refusal = super::super::read(prose.as_bytes(), &ReadOptions::default()).expect_err("a refusal");
        assert!(!refusal.hint.unwrap_or_default().contains("reads"));
    }

    #[test]
    fn nothing_else_is_tried_with_what_is_beyond_a_limit() {
        let options: String = (0..60).map(|at| format!("- o{at}\n")).collect();
        let text = format!("1. Q?\n{options}Answer: o1\n");
        let refusal = super::super::read(text.as_bytes(), &ReadOptions::default()).expect_err("too many options");
        assert_eq!(refusal.problems[0].code, "many-options");
        assert_eq!(refusal.hint.as_deref(), Some("fix them, or check that this is a question bank"));
    }

    #[test]
    fn long_texts_are_cut_where_questions_end_and_data_is_not() {
        let text = "What?\n- A. x\n- B. y\n\n".repeat(8_000);
        let cut = sample(text.as_bytes()).expect("a sample");
        assert!(cut.len() > SAMPLE / 2 && text.as_bytes()[cut.len()..].starts_with(b"\nWhat?"));
        assert_eq!(sample(b"What?"), None);
        assert_eq!(sample(format!("[{text}]").as_bytes()), None);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(["7", "999", "1000", "5193", "1234567"].map(grouped), ["7", "999", "1,000", "5,193", "1,234,567"]);
    }
}
