//! The command line: the commands and which code runs them.

mod examples;
mod help;
mod unknown;
mod word_order;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::command::{
    self as commands, Context, Global, add, backup, bank, browse, card, catchup, check, complete, config, deck,
    evaluate, exam, export, home, import, leeches, man, optimize, places, plan, preset, rebuild, reschedule, review,
    search, simulate, stats, undo, usage, vacation, whatif,
};
use crate::error::{Done, Error, Result};

/// A spaced-repetition trainer for question banks.
#[derive(Debug, Parser)]
#[command(
    name = "retain",
    version,
    about,
    disable_help_subcommand = true,
    after_help = "Without a command: the home screen; `--plain` or a pipe gets today at a glance as lines. `retain help COMMAND` shows examples, `retain help settings` all settings."
)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    /// Without a command: lines instead of the home screen
    #[arg(long)]
    plain: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Import or update question banks, or a history of answers
    Import(import::Args),
    /// Bring cards from Anki and back, with the whole history
    Anki(commands::anki::Args),
    /// Review what is due
    Review(review::Args),
    /// Try it for three minutes, with questions that come with the program
    Demo(commands::demo::Args),
    /// Print how much is due today, for prompts and status bars; or the coming days as a calendar
    Due(commands::due::Args),
    /// Take a mock exam
    Exam(exam::Args),
    /// Take back what you did last, whatever it was
    Undo(undo::Args),
    /// Bring back what `undo` took back
    Redo(undo::RedoArgs),
    /// Find questions by their words
    Search(search::Args),
    /// Look through your questions: search as you type, read, edit, suspend, flag
    Browse(browse::Args),
    /// Add questions by hand
    Add(add::Args),
    /// Show how it goes: what you know, what you keep getting wrong, what is due next, and how sure that is
    Stats(stats::Args),
    /// Export a table as CSV or JSON Lines
    Export(export::Args),
    /// Write a deck back as a question bank
    Bank(bank::Args),
    /// Decks: list, settings, create, rename, move, merge, archive, delete
    Deck(deck::Args),
    /// Sets of settings that decks share
    Preset(preset::Args),
    /// Cards: list, show, edit, flag, suspend, bury, reset, move, tag, delete
    Card(card::Args),
    /// Recompute due dates after a change of parameters, retention or limits
    Reschedule(reschedule::Args),
    /// Keep days free: spread what is due on them over the days around
    Vacation(vacation::Args),
    /// Spread a backlog over several days, those at risk first
    Catchup(catchup::Args),
    /// Cards that are forgotten again and again, and why
    Leeches(leeches::Args),
    /// What the next days would cost and give
    Simulate(simulate::Args),
    /// Forecast your exam score, and what to do until then
    Plan(plan::Args),
    /// Fit the model of memory to your answers, where that predicts better
    Optimize(optimize::Args),
    /// Show how well recall is predicted, in words, figures and a picture
    Evaluate(evaluate::Args),
    /// Show the memory after a history of answers
    Whatif(whatif::Args),
    Check(check::Args),
    Rebuild(rebuild::Args),
    /// Show where the database, media, backups and settings are, and how large
    Where(places::Args),
    /// Settings of the program: theme, keys, editor, voice, defaults
    Config(config::Args),
    /// Erase the texts of what was deleted
    Purge(commands::purge::Args),
    /// Keep a copy of the database, or list the copies
    Backup(backup::Args),
    /// Go back to a backup
    Restore(commands::restore::Args),
    /// Print completions for a shell
    Completions(complete::Args),
    /// Print the manual page
    Man(man::Args),
    /// What the scripts of `completions` ask
    #[command(name = "__complete", hide = true)]
    Complete(complete::AskArgs),
    /// Show the help of a command, or a page to read
    Help(commands::help::Args),
}

impl Command {
    /// Whether it runs also if there is a mistake in the settings file: it helps to fix that, or has nothing to do with it.
    fn does_without_settings(&self) -> bool {
        matches!(
            self,
            Self::Config(_) | Self::Where(_) | Self::Help(_) | Self::Completions(_) | Self::Complete(_) | Self::Man(_)
        )
    }
}

/// The command line, as help, completions and the manual page show it.
fn command() -> clap::Command {
    help::dressed(Cli::command())
}

/// Reads the command line. What is wrong with it is printed, and so is a help that was asked for; both end the program.
///
/// # Errors
/// If there is no such command.
pub fn parse() -> Result<Cli> {
    let whole = command();
    let takes_value = |option: &str| {
        let search = whole.find_subcommand("search").into_iter().flat_map(clap::Command::get_arguments);
        let mut all = whole.get_arguments().chain(search);
        all.any(|arg| arg.get_long() == option.strip_prefix("--") && arg.get_action().takes_values())
    };
    let line = word_order::options_first(std::env::args_os().collect(), takes_value);
    let line = help::helped(line, &whole);
    let read = command().try_get_matches_from(line).and_then(|matches| Cli::from_arg_matches(&matches));
    read.or_else(|error| {
        let ours = unknown::bytes(&error).or_else(|| unknown::command(&error)).or_else(|| unknown::search(&error));
        let ours = ours.or_else(|| unknown::option(&error, &whole));
        ours.map_or_else(|| usage::end(&error), Err)
    })
}

/// Runs what the command line asks for.
pub fn run(cli: Cli) -> Result<Done> {
    let context = Context::new(cli.global)?;
    if context.verbose && !matches!(cli.command, Some(Command::Where(_))) {
        places::talk(&context)?;
    }
    if !cli.command.as_ref().is_some_and(Command::does_without_settings) {
        context.settled()?;
    }
    let done =
        run_command(&context, cli.command, cli.plain).map_err(|error| context.named_in(context.with_cause(error)));
    // That no backup could be kept follows from that.
    if !done.as_ref().is_err_and(|error| error.code() == "database-moved") {
        context.warn_of_backups()?;
    }
    done
}

fn run_command(context: &Context, chosen: Option<Command>, plain: bool) -> Result<Done> {
    match chosen {
        None => home::run(context, plain),
        Some(_) if plain => {
            Err(Error::usage("`--plain` before a command says nothing").hint("put it behind: `retain review --plain`"))
        }
        Some(Command::Import(args)) => import::run(context, &args),
        Some(Command::Anki(args)) => commands::anki::run(context, &args),
        Some(Command::Review(args)) => review::run(context, &args),
        Some(Command::Demo(args)) => commands::demo::run(context, &args),
        Some(Command::Due(args)) => commands::due::run(context, &args),
        Some(Command::Exam(args)) => exam::run(context, &args),
        Some(Command::Undo(args)) => undo::run(context, &args),
        Some(Command::Redo(args)) => undo::redo(context, &args),
        Some(Command::Search(args)) => search::run(context, &args),
        Some(Command::Browse(args)) => browse::run(context, &args),
        Some(Command::Add(args)) => add::run(context, &args),
        Some(Command::Stats(args)) => stats::run(context, &args),
        Some(Command::Export(args)) => export::run(context, &args),
        Some(Command::Bank(args)) => bank::run(context, &args),
        Some(Command::Deck(args)) => deck::run(context, &args),
        Some(Command::Preset(args)) => preset::run(context, &args),
        Some(Command::Leeches(args)) => leeches::run(context, &args),
        Some(Command::Card(args)) => card::run(context, &args),
        Some(Command::Reschedule(args)) => reschedule::run(context, &args),
        Some(Command::Vacation(args)) => vacation::run(context, &args),
        Some(Command::Catchup(args)) => catchup::run(context, &args),
        Some(Command::Simulate(args)) => simulate::run(context, &args),
        Some(Command::Plan(args)) => plan::run(context, &args),
        Some(Command::Optimize(args)) => optimize::run(context, &args),
        Some(Command::Evaluate(args)) => evaluate::run(context, &args),
        Some(Command::Whatif(args)) => whatif::run(context, &args),
        Some(Command::Check(args)) => check::run(context, &args),
        Some(Command::Rebuild(args)) => rebuild::run(context, &args),
        Some(Command::Where(args)) => places::run(context, &args),
        Some(Command::Config(args)) => config::run(context, &args),
        Some(Command::Purge(args)) => commands::purge::run(context, &args),
        Some(Command::Backup(args)) => backup::run(context, &args),
        Some(Command::Restore(args)) => commands::restore::run(context, &args),
        Some(Command::Completions(args)) => complete::run(context, &args, command()),
        Some(Command::Man(args)) => man::run(context, &args, command()),
        Some(Command::Complete(args)) => complete::ask(context, &args, command()),
        Some(Command::Help(args)) => commands::help::run(context, &args, command()),
    }
}

#[cfg(test)]
mod tests {
    /// The commands that run, with their words.
    fn leaves(command: &clap::Command, words: &[String], found: &mut Vec<(Vec<String>, clap::Command)>) {
        let own = [words, &[command.get_name().to_owned()]].concat();
        if command.has_subcommands() {
            command.get_subcommands().for_each(|command| leaves(command, &own, found));
        } else {
            found.push((own, command.clone()));
        }
    }

    #[test]
    fn a_wrong_number_is_never_refused_in_words_of_the_compiler() {
        let mut found = Vec::new();
        super::command().get_subcommands().for_each(|command| leaves(command, &["retain".into()], &mut found));
        let (mut tried, mut refused) = (0, 0);
        for (words, leaf) in found {
            for arg in leaf.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                for wrong in ["many", "", "0", "1.5", "99999999999999999999"] {
                    let typed = match (arg.get_long(), arg.get_index()) {
                        (Some(long), _) => vec![format!("--{long}={wrong}")],
                        (None, index) => {
                            let before = std::iter::repeat_n("x", index.unwrap_or(1) - 1);
                            std::iter::once("--").chain(before).chain([wrong]).map(String::from).collect()
                        }
                    };
                    let line: Vec<String> = words.iter().cloned().chain(typed).collect();
                    tried += 1;
                    let Err(error) = super::command().try_get_matches_from(&line) else { continue };
                    let said = error.to_string();
                    refused += usize::from(said.contains("invalid value"));
                    for raw in [
                        "invalid digit",
                        "invalid float",
                        "too large to fit",
                        "too small to fit",
                        "empty string",
                        " is not in ",
                        "cannot parse",
                    ] {
                        assert!(!said.contains(raw), "{line:?}: {said}");
                    }
                }
            }
        }
        assert!(tried > 200 && refused > 30, "{tried} {refused}");
    }
}
