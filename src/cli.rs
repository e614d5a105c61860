//! The command line: the commands and which code runs them.

mod examples;
mod help;
mod unknown;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::command::{
    self as commands, Context, Global, add, backup, bank, browse, card, catchup, check, complete, config, deck,
    evaluate, exam, export, home, import, leeches, man, optimize, places, plan, preset, rebuild, reschedule, review,
    search, simulate, stats, undo, vacation, whatif,
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
    /// Check the database, and memory against the log
    Check,
    /// Rebuild the schedule from the answer log
    Rebuild,
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
    /// Whether it runs also if the settings file is not right: it helps to fix that, or has nothing to do with it.
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
    let line = help::helped(std::env::args_os().collect(), &command());
    let read = command().try_get_matches_from(line).and_then(|matches| Cli::from_arg_matches(&matches));
    read.or_else(|error| unknown::command(&error).map_or_else(|| error.exit(), Err))
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
    let done = run_command(&context, cli.command, cli.plain);
    context.warn_of_backups()?;
    done
}

fn run_command(context: &Context, chosen: Option<Command>, plain: bool) -> Result<Done> {
    match chosen {
        None => home::run(context, plain),
        Some(_) if plain => {
            Err(Error::usage("`--plain` before a command says nothing").hint("put it behind: `retain review --plain`"))
        }
        Some(Command::Import(args)) => import::run(context, &args),
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
        Some(Command::Check) => check::run(context),
        Some(Command::Rebuild) => rebuild::run(context),
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
