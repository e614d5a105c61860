//! The key of a bank: declared by a flag, or asked for where nothing is marked. It is never guessed.

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use super::bytes::read_file;
use crate::bank::{self, Bank, KeyBase, KeyRule, ReadOptions, advice};
use crate::command::Context;
use crate::error::{Error, Result};
use crate::model::KeyOrigin;
use crate::ui::rich::line;

/// The rule that `--key` names: `first`, `last`, a letter, or a file.
pub(super) fn declared(text: &str) -> Result<KeyRule> {
    let path = Path::new(text);
    if let Some(rule) = bank::parse_key_rule(text).filter(|_| !path.is_file()) {
        return Ok(rule);
    }
    let bytes = read_file(path).map_err(|_| {
        Error::person(format!("`--key {text}` is neither a rule nor a file"))
            .hint("it takes `first`, `last`, a letter, or a file of lines such as `1. c`")
    })?;
    bank::read_key_file(&bytes).map_err(|refusal| {
        let error = Error::person(format!("{text}: {}", refusal.message));
        refusal.hint.into_iter().fold(error, Error::hint)
    })
}

/// The way of writing keys that `--key-base` names.
pub(super) fn base(name: &str) -> Result<KeyBase> {
    KeyBase::from_name(name).ok_or_else(|| {
        Error::person(format!("`--key-base {name}` is not a way to write keys"))
            .hint("it takes `letter`, `0`, `1` or `text`")
    })
}

/// Whether nothing in a bank says which options are right.
pub(super) fn is_missing(bank: &Bank) -> bool {
    !bank.questions.is_empty() && bank.questions.iter().all(|question| question.key == KeyOrigin::Missing)
}

/// Whether somebody sits at a terminal and can be asked.
pub(super) fn is_conversation(json: bool) -> bool {
    !json && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// A line that is typed in answer to a question.
pub(super) fn answer(context: &Context, question: &str) -> Result<String> {
    context.talk(question)?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(crate::ui::broken_stream)?;
    Ok(line.trim().to_lowercase())
}

/// What to do about a bank of which no answer is known.
pub(super) fn missing(name: &str, path: &Path, bytes: &[u8], options: &ReadOptions, bank: &Bank) -> Error {
    let count = bank.questions.len();
    let error = Error::person(format!("{name}: no answer is marked in {count} of {count} questions"));
    let hints = match beside(path, bank) {
        Some(file) => vec![format!("`--key \"{}\"` names the answers of all {count} questions", file.display())],
        None => advice::without_key(bytes, options, bank).0,
    };
    let error = hints.into_iter().fold(error, Error::hint);
    error.hint("or keep the questions without answers with `--drafts`")
}

/// Whether a rule such as "the first option" may be meant, because nothing else can be the key.
pub(super) fn may_be_rule(path: &Path, bytes: &[u8], options: &ReadOptions, bank: &Bank) -> bool {
    beside(path, bank).is_none() && advice::without_key(bytes, options, bank).1
}

/// Asks on a terminal whether the first option is always the right one.
pub(super) fn is_first(context: &Context, bank: &Bank) -> Result<bool> {
    let count = bank.questions.len();
    let mut text = String::new();
    for question in bank.questions.iter().take(3) {
        let first = question.options.first().map_or("", |option| option.text.as_str());
        let stem = line(question.stem.lines().next().unwrap_or_default());
        text += &format!("  {stem}\n    first option: {}\n", line(first));
    }
    text += &format!(
        "no answer is marked in {count} of {count} questions; is the first option always the right one? [y/N]"
    );
    Ok(["y", "yes"].contains(&answer(context, &text)?.as_str()))
}

/// Files next to a bank that are tried as its key.
const MOST_BESIDE: usize = 50;
/// A longer file is no list of answers, in bytes.
const LONGEST_KEY: u64 = 1 << 20;

/// Words for a key in the names of files.
const KEY_WORDS: [&str; 14] = [
    "key",
    "keys",
    "answer",
    "answers",
    "ans",
    "solution",
    "solutions",
    "lösung",
    "lösungen",
    "antworten",
    "respuestas",
    "réponses",
    "gabarito",
    "ответы",
];

/// Whether the name of a file is that of the bank and a word for a key; or the word alone, if no other file is next to it.
fn is_named_after(file: &Path, bank: &Path, alone: bool) -> bool {
    let words = |path: &Path| -> Vec<String> {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let parts = stem.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (file, bank) = (words(file), words(bank));
    let is_key = |word: &String| KEY_WORDS.contains(&word.as_str());
    let rest: Vec<&String> = file.iter().filter(|word| !is_key(word)).collect();
    let same = rest.iter().copied().eq(bank.iter().filter(|word| !is_key(word)));
    // `chapter2.key` is `chapter2` and an end that says it.
    same || (alone && rest.is_empty())
}

/// A file next to the bank that names the answers of all its questions.
fn beside(path: &Path, bank: &Bank) -> Option<std::path::PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let text = |file: &Path| {
        let end = file.extension().map(|end| end.to_string_lossy().to_lowercase());
        end.is_none_or(|end| ["txt", "key", "text", "csv"].contains(&end.as_str()))
    };
    let mut files: Vec<_> = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.retain(|file| text(file) && file.file_name() != path.file_name());
    let alone = files.len() == 1;
    let others = files.into_iter().filter(|file| is_named_after(file, path, alone));
    others.take(MOST_BESIDE).find(|file| {
        let small = std::fs::metadata(file).is_ok_and(|file| file.is_file() && file.len() <= LONGEST_KEY);
        let rule = small.then(|| std::fs::read(file).ok()).flatten().and_then(|bytes| bank::read_key_file(&bytes).ok());
        matches!(rule, Some(KeyRule::Listed(list)) if list.len() == bank.questions.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_named_after_its_bank() {
        let fits = |file: &str, bank: &str, alone| is_named_after(Path::new(file), Path::new(bank), alone);
        for file in ["chapter2-key.txt", "chapter2_answers.txt", "Key chapter2.txt", "chapter2.key"] {
            assert!(fits(file, "chapter2.txt", false), "{file}");
        }
        assert!(fits("answers.txt", "chapter2.txt", true));
        for file in ["answers.txt", "chapter1-key.txt", "notes.txt"] {
            assert!(!fits(file, "chapter2.txt", false), "{file}");
        }
    }
}
