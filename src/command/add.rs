//! `retain add`: questions by hand, asked for on the terminal, written in an editor, or read from a file.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::prompter::Prompter;
use super::{Context, ask, import};
use crate::bank::print::exact_text;
use crate::bank::{self, Bank, BankOption, BankQuestion, ReadOptions};
use crate::error::{Done, Error, Result};
use crate::model::{KeyOrigin, Kind, letter, shell_word};
use crate::study::Trainer;
use crate::ui::paint::Paint;
use crate::ui::{additions, diagnostics};

/// Add questions by hand.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The deck; a new name makes a new deck (default: the only deck there is)
    deck: Option<String>,
    /// Write in your editor instead of answering prompts
    #[arg(long, conflicts_with = "file")]
    edit: bool,
    /// Take the questions from this file, or `-`, in any form that `import` reads
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    // The database is made by the first question that can be added.
    let deck = match &args.deck {
        Some(deck) => deck.clone(),
        None => only_deck(context)?,
    };
    context.must_be_writable()?;
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if let Some(file) = &args.file {
        let bytes = import::read_file(file)?;
        add(context, &deck, &bytes, None, file)?;
    } else if args.edit {
        by_editor(context, &deck, Trainer::question_template(), is_terminal)?;
    } else if is_terminal {
        by_prompts(context, &deck)?;
    } else {
        let bytes = import::read_file(Path::new("-"))?;
        if bytes.trim_ascii().is_empty() {
            return Err(Error::usage("no question came by standard input").hint(
                "pipe one in, name a file (`retain add DECK --file bank.txt`), or run it in a terminal, where it asks",
            ));
        }
        add(context, &deck, &bytes, None, Path::new("-"))?;
    }
    Ok(Done::Whole)
}

fn only_deck(context: &Context) -> Result<String> {
    let decks = if context.has_database() { context.trainer()?.deck_list(false)? } else { Vec::new() };
    match &decks[..] {
        [only] => Ok(only.name.clone()),
        [] => Err(Error::usage("which deck?").hint("name one, and it is made: `retain add Networks`")),
        _ => Err(Error::usage("which deck?").hint("name one of `retain deck list`: `retain add DECK`")),
    }
}

/// Adds the questions of a text and says what came of it.
fn add(context: &Context, deck: &str, bytes: &[u8], format: Option<&str>, source: &Path) -> Result<()> {
    let paint = Paint::new(context.color_err());
    let name = if source.as_os_str() == "-" { "standard input".into() } else { source.display().to_string() };
    let options = ReadOptions { format: format.map(str::to_owned), ..ReadOptions::default() };
    let mut bank = bank::read(bytes, &options).map_err(|refusal| additions::refused(refusal, &name, paint))?;
    let beside = std::path::absolute(source).unwrap_or_else(|_| source.into());
    context.rehearse(|trainer| trainer.add_questions(deck, &mut bank.clone(), &beside))?;
    let added = context.trainer_or_new()?.add_questions(deck, &mut bank, &beside)?;
    context.talk(&diagnostics::problems(&name, &added.warnings, usize::MAX, paint))?;
    context.talk(&additions::words(&added))
}

/// Lets the person write until the text can be used, or until they leave it.
fn by_editor(context: &Context, deck: &str, begin: String, is_terminal: bool) -> Result<()> {
    let mut text = begin;
    loop {
        let written = context.editor().edited(&text)?;
        if written == Trainer::question_template() || written.trim().is_empty() {
            return context.talk("nothing was added");
        }
        // Pictures are looked for where the person is.
        let here = Path::new("the text");
        let Err(error) = add(context, deck, written.as_bytes(), Some("exact"), here) else {
            return Ok(());
        };
        if context.quiet || !is_terminal {
            return Err(kept(&written, deck, error));
        }
        context.talk(&diagnostics::error(&error, Paint::new(context.color_err())))?;
        if ask::go_on(context, "edit again?")? != Some(true) {
            return Err(kept(&written, deck, Error::person("nothing was added")));
        }
        text = written;
    }
}

/// The failure, with where the person finds what they wrote.
fn kept(text: &str, deck: &str, error: Error) -> Error {
    let file = tempfile::Builder::new().prefix("retain-").suffix(".txt").tempfile();
    let written = file.and_then(|file| fs::write(file.path(), text).map(|()| file));
    match written.map_err(|error| error.to_string()).and_then(|file| file.keep().map_err(|error| error.to_string())) {
        Ok((_, path)) => {
            let (deck, file) = (shell_word(deck), shell_word(&path.display().to_string()));
            error.hint(format!("the text is kept: fix it, then `retain add {deck} --file {file}`"))
        }
        Err(why) => error.hint(format!("the text could not be kept: {why}")),
    }
}

/// Asks for one question after the other.
fn by_prompts(context: &Context, deck: &str) -> Result<()> {
    context.talk("An empty line ends a list, Ctrl-D stops; nothing is added before the last answer.")?;
    let mut nothing = "nothing was added";
    let mut prompter = Prompter::open()?;
    loop {
        let Some(question) = prompted(context, &mut prompter)? else {
            return context.talk(nothing);
        };
        let text = exact_text(&Bank { questions: vec![question], ..Bank::default() });
        if let Err(error) = add(context, deck, text.as_bytes(), Some("exact"), Path::new("the question")) {
            // What was typed is not typed again.
            context.talk(&diagnostics::error(&error, Paint::new(context.color_err())))?;
            if ask::go_on(context, "correct it in your editor?")? != Some(true) {
                return Err(kept(&text, deck, Error::person("the question was not added")));
            }
            return by_editor(context, deck, text, true);
        }
        nothing = "nothing more was added";
        // What was typed ahead is with the prompter.
        match prompter.ask("another? [y/N]")? {
            None => return context.talk(nothing),
            Some(more) if !ask::is_yes(&more) => return Ok(()),
            Some(_) => {}
        }
    }
}

/// A question as the person says it; `None` if they stop.
fn prompted(context: &Context, prompter: &mut Prompter) -> Result<Option<BankQuestion>> {
    let stem = loop {
        let Some(stem) = prompter.ask("question:")? else { return Ok(None) };
        if !stem.is_empty() {
            break stem;
        }
    };
    context.talk("options, ` *` behind each right one; leave empty for a flashcard")?;
    let mut options: Vec<BankOption> = Vec::new();
    loop {
        let Some(text) = prompter.ask(&format!("{}:", letter(options.len())))? else { return Ok(None) };
        let text = in_one_line(&text);
        match (text.is_empty(), &options[..]) {
            (true, [_]) => {
                context.talk("a question with options has at least two: write another")?;
                continue;
            }
            (true, _) => break,
            (false, _) => {}
        }
        let right = text.strip_suffix('*').filter(|text| text.ends_with(' ') && !text.trim().is_empty());
        let (text, correct) = right.map_or((text.as_str(), false), |text| (text.trim(), true));
        let text = without_label(text, &letter(options.len()));
        options.push(BankOption { text: text.into(), correct, ..BankOption::default() });
    }
    let kind = if options.is_empty() {
        let Some(back) = prompter.ask("answer:")? else { return Ok(None) };
        options.push(BankOption { text: back, correct: true, ..BankOption::default() });
        Kind::Card
    } else {
        if !options.iter().any(|option| option.correct) && !mark(context, prompter, &mut options)? {
            return Ok(None);
        }
        if options.iter().filter(|option| option.correct).count() > 1 { Kind::Multiple } else { Kind::Single }
    };
    let Some(explanation) = prompter.ask("explanation (may be empty):")? else { return Ok(None) };
    let Some(tags) = prompter.ask("tags, separated by commas (may be empty):")? else { return Ok(None) };
    let tags = tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    Ok(Some(BankQuestion {
        kind,
        stem,
        options,
        key: KeyOrigin::Marked,
        explanation: Some(explanation).filter(|text| !text.is_empty()),
        tags,
        ..BankQuestion::default()
    }))
}

/// An option without the label that the prompt has said already: people paste `A. one`.
fn without_label<'a>(text: &'a str, label: &str) -> &'a str {
    let behind = text.get(..label.len()).filter(|own| own.eq_ignore_ascii_case(label)).map(|_| &text[label.len()..]);
    let rest = behind.and_then(|behind| behind.strip_prefix(['.', ')'])).filter(|rest| rest.starts_with(' '));
    rest.map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// Asks which options are right; whether the person said it.
fn mark(context: &Context, prompter: &mut Prompter, options: &mut [BankOption]) -> Result<bool> {
    loop {
        let Some(said) = prompter.ask("which are right? (letters)")? else { return Ok(false) };
        let places: Vec<Option<usize>> = said
            .split(|char: char| char.is_whitespace() || char == ',')
            .filter(|word| !word.is_empty())
            .map(|word| (0..options.len()).find(|place| letter(*place).eq_ignore_ascii_case(word)))
            .collect();
        if !places.is_empty() && places.iter().all(Option::is_some) {
            for place in places.into_iter().flatten() {
                options[place].correct = true;
            }
            return Ok(true);
        }
        context.talk(&format!("write letters from A to {}", letter(options.len() - 1)))?;
    }
}

/// What is no text of several lines, in one.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_label;

    #[test]
    fn an_option_is_pasted_with_or_without_its_label() {
        for (text, label, option) in [
            ("A. one", "A", "one"),
            ("a) one", "A", "one"),
            ("B. two", "A", "B. two"),
            ("A.D. 70", "A", "A.D. 70"),
            ("A. ", "A", "A. "),
            ("A cat", "A", "A cat"),
            ("Ämter", "A", "Ämter"),
            ("é. x", "A", "é. x"),
            ("", "A", ""),
            ("C.  three ", "C", "three"),
        ] {
            assert_eq!(without_label(text, label), option, "{text}");
        }
    }
}
