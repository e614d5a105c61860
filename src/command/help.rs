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
    ("performance", "how fast it is, and how that is measured", include_str!("../../docs/performance.md")),
    ("security", "how large things may be, and what a bank cannot do", include_str!("../../docs/security.md")),
    ("durability", "what happens when a disk, a file or the power fails", include_str!("../../docs/durability.md")),
    ("glossary", "the words", include_str!("../../docs/glossary.md")),
];

/// Show the help of a command, or a page to read.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A command (`deck set`), `settings`, or a page: banks, anki, review, search, scheduling, statistics, files, backup, config, export, json-lines, performance, security, durability, glossary
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
    if words == ["settings"] || words == ["page", "settings"] {
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
    let text = page::linked(text, is_page);
    context.print(&page::text(&text, screen::columns(), Paint::new(context.color_out())))?;
    Ok(Done::Whole)
}

fn is_page(name: &str) -> bool {
    PAGES.iter().any(|(page, ..)| *page == name)
}

fn find<'a>(command: &'a mut Command, words: &[&str]) -> Option<&'a mut Command> {
    words
        .iter()
        .try_fold(command, |command, word| command.find_subcommand_mut(word).filter(|inner| !inner.is_hide_set()))
}

/// The failure, with what may have been meant.
fn unknown(command: &Command, words: &[&str]) -> Error {
    let refusal = Error::usage(format!("there is no help on `{}`", words.join(" ")));
    if let ["page", name, ..] = words {
        return match closest(name, PAGES.iter().map(|(page, ..)| *page)) {
            Some(near) => refusal.hint(format!("did you mean `retain help page {near}`?")),
            None => refusal.hint(pages()),
        };
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_of_a_page_is_one_that_help_has() {
        for (name, _, text) in PAGES {
            let linked = page::linked(text, is_page);
            for link in linked.split("(`retain help page ").skip(1) {
                let (page, _) = link.split_once('`').expect("an end");
                assert!(is_page(page), "{name}: {page}");
            }
            for (place, line) in linked.lines().enumerate() {
                let is_link =
                    line.contains("](#") || (line.contains(".md)") && !line.contains('`')) || line.contains(".md#");
                assert!(!is_link, "{name}:{place}: {line}");
            }
        }
        let linked = |text: &str| page::linked(text, is_page);
        assert_eq!(linked("see [the\nsearch](search.md)."), "see the\nsearch (`retain help page search`).");
        assert_eq!(linked("see [Search](search.md#how)."), "see Search (`retain help page search`).");
        assert_eq!(linked("[a](#b), [c](decisions/1.md), ![d](e.svg) `[f](g.md)`"), "a, c, ![d](e.svg) `[f](g.md)`");
        assert_eq!(linked("[x] and (y), [open"), "[x] and (y), [open");
        assert_eq!(linked("| [`due`](search.md) | [b](#c) |"), "| `due` (`retain help page search`) | b |");
    }

    #[test]
    fn a_page_that_is_not_there_suggests_pages() {
        let command = Command::new("retain").subcommand(Command::new("purge"));
        let hint = |words: &[&str]| unknown(&command, words).hints().join(" ");
        assert_eq!(hint(&["page", "serach"]), "did you mean `retain help page search`?");
        assert!(hint(&["page", "foo"]).starts_with("`retain help page NAME`, with one of banks, "));
    }
}
