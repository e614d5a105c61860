//! `retain completions`, and what its scripts ask the program for while somebody types: the names of their decks, topics, tags, presets,
//! settings and cards.
//!
//! The scripts are ours. Those that `clap_complete` makes know the commands only; its dynamic ones are unstable, and in bash they break
//! names at `::` and at blanks.

mod bash_line;
mod candidates;
mod walk;

use std::path::PathBuf;

use clap::{Args as Arguments, Command};

use self::bash_line::BashLine;
use self::candidates::{Candidates, KnownNames};
use super::Context;
use crate::error::{Done, Result};

const BASH: &str = include_str!("scripts/bash.sh");
const ZSH: &str = include_str!("scripts/zsh.sh");
const FISH: &str = include_str!("scripts/fish.fish");
const POWERSHELL: &str = include_str!("scripts/powershell.ps1");

/// Print completions for a shell.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

/// Prints the completions.
pub fn run(context: &Context, args: &Args, mut command: Command) -> Result<Done> {
    use clap_complete::Shell;
    let script = match args.shell {
        Shell::Bash => BASH,
        Shell::Zsh => ZSH,
        Shell::Fish => FISH,
        Shell::PowerShell => POWERSHELL,
        shell => {
            // Without names of one's own.
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut command, "retain", &mut text);
            context.print(&String::from_utf8_lossy(&text))?;
            return Ok(Done::Whole);
        }
    };
    context.print(script)?;
    Ok(Done::Whole)
}

/// What a script asks.
#[derive(Arguments, Debug)]
pub struct AskArgs {
    /// The shell
    shell: String,
    /// For bash the line, the place of the cursor and the characters that break words; else the word with `=` before it, and the words
    /// before that one
    #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
    words: Vec<String>,
}

/// Prints what can come next. Whatever goes wrong, a shell is told nothing.
pub fn ask(context: &Context, args: &AskArgs, mut command: Command) -> Result<Done> {
    command.build();
    let text = if args.shell == "bash" {
        bash(context, &args.words, &command)
    } else {
        others(context, &args.words, &command)
    };
    context.print(&text.unwrap_or_default())?;
    Ok(Done::Whole)
}

fn bash(context: &Context, words: &[String], command: &Command) -> Option<String> {
    let [line, point, breaks] = words else { return None };
    let line = BashLine::parse(line, point.parse().ok()?, breaks);
    let found = candidates(context, command, line.before(), line.word());
    let values: String =
        found.values.iter().filter_map(|(value, _)| line.insertion(value)).map(|text| text + "\n").collect();
    Some(format!("{}\n{values}", found.head()))
}

fn others(context: &Context, words: &[String], command: &Command) -> Option<String> {
    let (word, before) = words.split_first()?;
    let found = candidates(context, command, before, word.strip_prefix('=')?);
    let line = |(value, what): &(String, String)| {
        let what: String = what.chars().take(80).collect();
        format!("{}\t{}\n", flat(value), flat(&what))
    };
    Some(format!("{}\n{}", found.head(), found.values.iter().map(line).collect::<String>()))
}

fn flat(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

fn candidates(context: &Context, command: &Command, before: &[String], word: &str) -> Candidates {
    let db = walk::value_of(before, "--db").map_or_else(|| context.db.clone(), PathBuf::from);
    Candidates::find(command, before, word, &KnownNames::new(&db, context.clock))
}
