//! `retain help`: the help of a command, all settings, and pages to read.

use clap::{Args as Arguments, Command};

use super::Context;
use crate::error::{Done, Error, Result};
use crate::ui::settings;

/// The pages that come with the program.
const PAGES: &[(&str, &str, &str)] = &[
    ("banks", "how to write a question bank, and what an import reads", include_str!("../../docs/banks.md")),
    ("review", "the screen, the keys, plain lines, mock exams", include_str!("../../docs/review.md")),
    ("scheduling", "memory, intervals, the day, and every setting", include_str!("../../docs/scheduling.md")),
    ("statistics", "what each figure means", include_str!("../../docs/statistics.md")),
    ("search", "what can be searched for", include_str!("../../docs/search.md")),
    ("questions", "adding, changing, moving and deleting", include_str!("../../docs/questions.md")),
    ("files", "what is kept where, and what is never overwritten", include_str!("../../docs/files.md")),
    ("export", "the tables and their columns", include_str!("../../docs/export.md")),
    ("json-lines", "a review for programs", include_str!("../../docs/json-lines.md")),
    ("glossary", "the words", include_str!("../../docs/glossary.md")),
];

/// Show the help of a command, or a page to read.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A command (`deck set`), `settings`, or a page: banks, review, search, scheduling, statistics, files, export, json-lines, glossary
    words: Vec<String>,
}

/// Prints the help.
pub fn run(context: &Context, args: &Args, mut command: Command) -> Result<Done> {
    let words: Vec<&str> = args.words.iter().map(String::as_str).collect();
    if words.is_empty() {
        context.print(&command.render_help().to_string())?;
        return Ok(Done::Whole);
    }
    if words == ["settings"] {
        context.print(&settings::all())?;
        return Ok(Done::Whole);
    }
    // So that the usage of a command within a command names both.
    command.build();
    if let Some(found) = find(&mut command, &words) {
        context.print(&found.render_long_help().to_string())?;
        // A page may have the name of a command.
        if let Some((name, what, _)) = PAGES.iter().find(|(name, ..)| words == [*name]) {
            context.print(&format!("\nA page to read: `retain help page {name}` ({what})\n"))?;
        }
        return Ok(Done::Whole);
    }
    let page = PAGES.iter().find(|(name, ..)| words == [*name] || words == ["page", *name]);
    let Some((_, _, text)) = page else {
        let pages: Vec<&str> = PAGES.iter().map(|(name, ..)| *name).collect();
        return Err(Error::usage(format!("there is no help on `{}`", words.join(" "))).hint(format!(
            "there are `retain help COMMAND`, `retain help settings`, and the pages {}",
            pages.join(", ")
        )));
    };
    context.print(text)?;
    Ok(Done::Whole)
}

fn find<'a>(command: &'a mut Command, words: &[&str]) -> Option<&'a mut Command> {
    words.iter().try_fold(command, |command, word| command.find_subcommand_mut(word))
}
