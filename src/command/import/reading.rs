//! How a file is read: as the flags say, as was said before of its path, and where neither says it and it can be read in several
//! ways, as the person says who is shown its first questions.

use std::io::{self, IsTerminal};

use std::path::Path;

use super::{Args, key, report};
use crate::bank::advice::{self, AlternativeReading as Way};
use crate::bank::{self, Bank, KeyRule, ReadOptions, Refusal};
use crate::command::Context;
use crate::error::Result;
use crate::study::ReadingOptions;
use crate::ui::import_preview::{self, PreviewStyle};
use crate::ui::{paint::Paint, screen};

/// Questions that are shown of each way to read a file.
const SHOWN: usize = 2;

/// A bank, and what was said of how to read it.
pub(super) struct Understood {
    pub(super) bank: Bank,
    /// What to keep for the path; `None` if nothing was said.
    pub(super) said: Option<ReadingOptions>,
    /// How it was read.
    pub(super) options: ReadOptions,
}

/// A file to be read.
pub(super) struct File<'a> {
    /// Its name as it was typed.
    pub(super) name: &'a str,
    pub(super) path: &'a Path,
    pub(super) bytes: &'a [u8],
}

/// Reads a file. `before`: what was said of its path before.
pub(super) fn understand(
    context: &Context,
    args: &Args,
    file: &File<'_>,
    before: Option<ReadingOptions>,
) -> Result<Understood> {
    let flags = ReadingOptions {
        format: args.format.clone(),
        key: args.key.clone(),
        key_base: args.key_base.clone(),
        columns: args.columns.clone(),
    };
    if flags == ReadingOptions::default()
        && let Some(before) = before
        && let Some(understood) = as_before(context, args, file, before)?
    {
        return Ok(understood);
    }
    let options = options(&flags, args)?;
    let (bank, options) = match bank::read(file.bytes, &options) {
        Ok(bank) => (bank, options),
        Err(refusal) => asked(context, args, file, &options, &refusal)?,
    };
    let said = rules(&flags).or_else(|| of_options(&options));
    Ok(Understood { bank, said, options })
}

/// As it was read before; `None` if that no longer works.
fn as_before(context: &Context, args: &Args, file: &File<'_>, before: ReadingOptions) -> Result<Option<Understood>> {
    let options = options(&before, args)?;
    let words = words(&before);
    match bank::read(file.bytes, &options) {
        Ok(bank) => {
            context.talk(&format!("{}: read as before, with `{words}`", file.name))?;
            Ok(Some(Understood { bank, said: Some(before), options }))
        }
        Err(_) => {
            context.talk(&format!("{}: it can no longer be read with `{words}`, as before", file.name))?;
            Ok(None)
        }
    }
}

/// Shows the ways in which a file can be read on its own first questions, and asks which is right; refuses if nobody can be asked
/// or nothing is chosen.
fn asked(
    context: &Context,
    args: &Args,
    file: &File<'_>,
    options: &ReadOptions,
    refusal: &Refusal,
) -> Result<(Bank, ReadOptions)> {
    let refused = || report::refused(context, args, file.name, refusal);
    if !key::is_conversation(args.json) || file.name == "-" {
        return Err(refused());
    }
    let ways = advice::readings(file.bytes, options);
    if ways.is_empty() {
        return Err(refused());
    }
    let look = PreviewStyle {
        width: screen::columns_of_talk(),
        paint: Paint::new(context.color_err()),
        reorder: context.reorders(io::stderr().is_terminal()),
    };
    let mut text = format!("{}: {}\n", file.name, refusal.message);
    for (place, way) in ways.iter().enumerate() {
        let places: Vec<usize> = (0..way.bank.questions.len().min(SHOWN)).collect();
        let lead = look.paint.strong(&format!("{}.", place + 1));
        text += &format!("\n{lead} {}\n{}", way.words(), import_preview::questions(&way.bank, &places, look));
    }
    text += &match ways.len() {
        1 => "is this right? [1, or Enter for no]".to_owned(),
        count => format!("which is right? [1-{count}, or Enter for none]"),
    };
    let picked = key::answer(context, &text)?.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    match picked.and_then(|place| ways.into_iter().nth(place)) {
        Some(Way { bank, options, .. }) => Ok((bank, options)),
        None => Err(refused()),
    }
}

/// Reads it with the first option as the right one.
pub(super) fn with_first(
    context: &Context,
    args: &Args,
    file: &File<'_>,
    understood: Understood,
) -> Result<Understood> {
    let options = ReadOptions { key: Some(KeyRule::First), ..understood.options };
    let bank =
        bank::read(file.bytes, &options).map_err(|refusal| report::refused(context, args, file.name, &refusal))?;
    let said = ReadingOptions { key: Some("first".into()), ..understood.said.unwrap_or_default() };
    Ok(Understood { bank, said: Some(said), options })
}

fn options(said: &ReadingOptions, args: &Args) -> Result<ReadOptions> {
    Ok(ReadOptions {
        format: said.format.clone(),
        key: said.key.as_deref().map(key::declared).transpose()?,
        key_base: said.key_base.as_deref().map(key::base).transpose()?,
        columns: said.columns.clone(),
        both_ways: args.both_ways,
    })
}

/// What holds for the next time, too: a key in a file is of these questions only.
fn rules(said: &ReadingOptions) -> Option<ReadingOptions> {
    let rule = said.key.clone().filter(|key| bank::parse_key_rule(key).is_some() && !Path::new(key).is_file());
    Some(ReadingOptions { key: rule, ..said.clone() }).filter(|said| *said != ReadingOptions::default())
}

fn of_options(options: &ReadOptions) -> Option<ReadingOptions> {
    let base = options.key_base.map(|base| base.name().to_owned());
    let said = ReadingOptions { format: options.format.clone(), key_base: base, ..ReadingOptions::default() };
    Some(said).filter(|said| *said != ReadingOptions::default())
}

/// The flags that say it.
fn words(said: &ReadingOptions) -> String {
    let ReadingOptions { format, key, key_base, columns } = said;
    [("--format", format), ("--key", key), ("--key-base", key_base), ("--columns", columns)]
        .into_iter()
        .filter_map(|(flag, value)| Some(format!("{flag} {}", value.as_ref()?)))
        .collect::<Vec<_>>()
        .join(" ")
}
