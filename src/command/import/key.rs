//! The key of a bank: declared by a flag, or asked for where nothing is marked. It is never guessed.

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use crate::bank::{self, Bank, KeyBase, KeyRule, ReadOptions};
use crate::command::Context;
use crate::error::{Error, Result};
use crate::model::KeyOrigin;

/// The rule that `--key` names: `first`, `last`, a letter, or a file.
pub(super) fn declared(text: &str) -> Result<KeyRule> {
    let path = Path::new(text);
    if let Some(rule) = bank::parse_key_rule(text).filter(|_| !path.is_file()) {
        return Ok(rule);
    }
    let bytes = super::read_file(path).map_err(|_| {
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
        Error::person(format!("`--key-base {name}` is no way of writing keys"))
            .hint("it takes `letter`, `0`, `1` or `text`")
    })
}

/// Whether nothing in a bank says which options are right.
pub(super) fn is_missing(bank: &Bank) -> bool {
    !bank.questions.is_empty() && bank.questions.iter().all(|question| question.key == KeyOrigin::Missing)
}

/// Asks on a terminal whether the first option is always the right one; refuses elsewhere.
pub(super) fn ask(
    context: &Context,
    json: bool,
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    bank: Bank,
) -> Result<Bank> {
    let count = bank.questions.len();
    let refuse = || {
        Error::person(format!("{name}: no answer is marked in {count} of {count} questions"))
            .hint("say which option is right with `--key first`, `--key last`, `--key B`, or `--key FILE` (lines such as `1. c`)")
            .hint("or keep the questions without answers with `--drafts`")
    };
    if json || name == "-" || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(refuse());
    }
    let mut text = String::new();
    for question in bank.questions.iter().take(3) {
        let first = question.options.first().map_or("", |option| option.text.as_str());
        text += &format!("  {}\n    first option: {first}\n", question.stem.lines().next().unwrap_or_default());
    }
    text += &format!(
        "no answer is marked in {count} of {count} questions; is the first option always the right one? [y/N]"
    );
    context.talk(&text)?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(crate::ui::broken_stream)?;
    if !["y", "yes"].contains(&line.trim().to_lowercase().as_str()) {
        return Err(refuse());
    }
    let options = ReadOptions { key: Some(KeyRule::First), ..options.clone() };
    bank::read(bytes, &options).map_err(|refusal| Error::person(format!("{name}: {}", refusal.message)))
}
