//! `retain help`: the help of a command, all settings, and pages to read.

use clap::{Args as Arguments, Command};

use super::Context;
use crate::error::{Done, Error, Result};
use crate::study::closest;
use crate::ui::paint::Paint;
use crate::ui::{page, screen, settings};

/// The pages that come with the program.
const PAGES: &[(&str, &str, &str)] = &[
    ("banks", "how to write a question bank, and what an import reads", include_str!("../../docs/banks.md")),
    ("anki", "how to move from Anki, and what becomes of what", include_str!("../../docs/anki.md")),
    ("review", "the screen, the keys, plain lines, mock exams", include_str!("../../docs/review.md")),
    ("scheduling", "memory, intervals, the day, and every setting", include_str!("../../docs/scheduling.md")),
    ("statistics", "what each figure means", include_str!("../../docs/statistics.md")),
    ("search", "what can be searched for", include_str!("../../docs/search.md")),
    ("questions", "adding, changing, moving and deleting", include_str!("../../docs/questions.md")),
    ("files", "what is kept where, and what is never overwritten", include_str!("../../docs/files.md")),
    ("backup", "copies of the database, the way back, and everything as text", include_str!("../../docs/backup.md")),
    ("config", "settings of the program: theme, keys, editor, voice", include_str!("../../docs/config.md")),
    ("export", "the tables and their columns", include_str!("../../docs/export.md")),
    ("json-lines", "a review for programs", include_str!("../../docs/json-lines.md")),
    ("glossary", "the words", include_str!("../../docs/glossary.md")),
];

/// Show the help of a command, or a page to read.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A command (`deck set`), `settings`, or a page: banks, anki, review, search, scheduling, statistics, files, backup, config, export, json-lines, glossary
    words: Vec<String>,
}

/// The names of pages, with what they are about.
pub(super) fn page_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let settings = ("settings", "all settings of decks, with what they take");
    [settings].into_iter().chain(PAGES.iter().map(|(name, what, _)| (*name, *what)))
}

/// Prints the help.
pub fn run(context: &Context, args: &Args, mut command: Command) -> Result<Done> {
    // `retain help retain deck set` says it, too, and letter case does not count.
    let words: Vec<String> = args.words.iter().map(|word| word.trim_start_matches('-').to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "retain").collect();
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
    if words == ["page"] {
        return Err(Error::usage("which page?").hint(pages()));
    }
    let named = PAGES.iter().find(|(name, ..)| words == [*name] || words == ["page", *name]);
    let Some((_, _, text)) = named else { return Err(unknown(&command, &words)) };
    context.print(&page::text(text, screen::columns(), Paint::new(context.color_out())))?;
    Ok(Done::Whole)
}

fn find<'a>(command: &'a mut Command, words: &[&str]) -> Option<&'a mut Command> {
    words
        .iter()
        .try_fold(command, |command, word| command.find_subcommand_mut(word).filter(|inner| !inner.is_hide_set()))
}

/// The failure, with what may have been meant.
fn unknown(command: &Command, words: &[&str]) -> Error {
    let refusal = Error::usage(format!("there is no help on `{}`", words.join(" ")));
    // The commands that were named lead to where the slip is.
    let (mut group, mut path) = (command, String::new());
    for word in words {
        let Some(inner) = group.find_subcommand(word) else { break };
        group = inner;
        path += &format!("{word} ");
    }
    let slip = words.get(path.split_whitespace().count()).copied().unwrap_or_default();
    let mut names: Vec<&str> =
        group.get_subcommands().filter(|inner| !inner.is_hide_set()).map(Command::get_name).collect();
    if path.is_empty() {
        names.extend(page_names().map(|(name, _)| name));
    }
    if let Some(near) = closest(slip, names.iter().copied()) {
        return refusal.hint(format!("did you mean `retain help {path}{near}`?"));
    }
    // `retain help new-per-day` asks about a setting.
    if crate::model::Settings::keys().any(|key| key == slip) {
        return refusal.hint("this is a setting of decks: see `retain help settings`");
    }
    if crate::ui::config::program_settings().iter().any(|setting| setting.name == slip) {
        return refusal.hint(format!("this is a setting of the program: see `retain config {slip}`"));
    }
    if !path.is_empty() && !names.is_empty() {
        return refusal.hint(format!("`retain help {}` lists what there is", path.trim_end()));
    }
    refusal.hint(format!("there are `retain help COMMAND`, `retain help settings`, and pages: {}", pages()))
}

/// How pages are read, and which there are.
fn pages() -> String {
    let names: Vec<&str> = PAGES.iter().map(|(name, ..)| *name).collect();
    format!("`retain help page NAME`, with one of {}", names.join(", "))
}
