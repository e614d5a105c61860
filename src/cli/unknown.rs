//! Commands that do not exist, and what was meant by them.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::error::Error;

/// Words that people try, and what does it here.
const MEANT: &[(&[&str], &str)] = &[
    (&["learn", "study", "quiz", "start", "drill", "train"], "`retain review` asks what is due"),
    (&["cram", "practice", "practise"], "`retain review --cram` practises everything; nothing changes in the schedule"),
    (&["history", "log", "revert"], "`retain undo --list` shows what you did last, `retain undo` takes it back"),
    (&["backlog"], "`retain catchup` spreads a backlog over several days"),
    (&["new", "create"], "`retain add DECK` adds a question, `retain deck create NAME` makes a deck"),
    (&["load", "open"], "`retain import FILE` brings questions from a file"),
    (
        &["delete", "remove", "rm", "del", "drop"],
        "`retain card delete CARD` deletes a question, `retain deck delete DECK` a deck, `retain import --undo` reverts the last import",
    ),
    (
        &["configure", "settings", "set", "options", "prefs"],
        "`retain deck set` changes settings of decks (`retain help settings`), `retain config` those of the program",
    ),
    (&["tour", "example", "intro", "tutorial", "try"], "`retain demo` shows it in three minutes"),
    (&["calendar", "ics", "agenda"], "`retain due --ics -o retain.ics` writes the coming days for a calendar"),
    (&["today", "status", "home", "info"], "`retain` alone shows today at a glance"),
    (&["list", "ls", "decks", "show"], "`retain deck list` lists the decks, `retain card list` the cards"),
    (&["find", "grep", "query"], "`retain search WORDS` finds questions"),
    (&["statistics", "report", "progress", "dashboard", "graph"], "`retain stats` shows how it goes"),
    (&["test", "mock"], "`retain exam` asks as an exam does"),
    (&["forecast", "predict"], "`retain plan` forecasts an exam, `retain simulate` the coming days"),
    (&["holiday", "pause", "break"], "`retain vacation FROM TO` keeps days free"),
    (&["fit", "tune"], "`retain optimize` fits the model of memory to your answers"),
    (&["save", "copy", "dump"], "`retain backup` keeps a copy of the database, `retain export` writes tables"),
    (&["edit", "suspend", "flag", "bury", "reset", "tag"], "`retain card` does this: see `retain help card`"),
    (&["rename", "move", "merge", "archive", "postpone", "advance"], "`retain deck` does this: see `retain help deck`"),
    (&["print"], "`retain bank print DECK` writes a deck as a bank"),
];

/// The error in our words, if the words of a search are read as options because they begin with `-`.
pub(super) fn search(error: &clap::Error) -> Option<Error> {
    let is_about_options = matches!(error.kind(), ErrorKind::UnknownArgument | ErrorKind::InvalidValue);
    let words: Vec<String> = std::env::args().filter(|_| is_about_options).collect();
    let (_, text) = words.iter().zip(words.iter().skip(1)).find(|(flag, _)| *flag == "--search")?;
    let is_dashed = text.len() > 1 && text.starts_with('-') && !text.starts_with("--");
    is_dashed.then(|| {
        Error::usage(format!("`{text}` begins with `-`, so it is read as an option"))
            .hint(format!("write `--search=\"{text}\"`"))
    })
}

/// Below this, two words have little in common (Jaro and Winkler: 1 is the same).
const ALIKE: f64 = 0.85;

/// The error in our words, if it is about a command that does not exist.
pub(super) fn command(error: &clap::Error) -> Option<Error> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    // What is wrong within a command is said with that command's own usage.
    let mut before = std::env::args().skip(1).take_while(|arg| arg != word);
    if before.any(|arg| super::command().find_subcommand(arg).is_some()) {
        return None;
    }
    let names: Vec<String> = super::command()
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .map(|command| command.get_name().to_owned())
        .collect();
    let refusal = Error::usage(format!("there is no command `{word}`"));
    Some(match hint(&word.to_lowercase(), &names) {
        Some(hint) => refusal.hint(hint),
        None => refusal.hint("`retain --help` lists the commands"),
    })
}

/// What was meant: by its meaning, else by its letters.
fn hint(word: &str, names: &[String]) -> Option<String> {
    if let Some((_, meant)) = MEANT.iter().find(|(words, _)| words.contains(&word)) {
        return Some((*meant).to_owned());
    }
    let alike = names.iter().map(|name| (strsim::jaro_winkler(name, word), name));
    let (score, name) = alike.max_by(|a, b| a.0.total_cmp(&b.0))?;
    // A word that begins otherwise is rarely a slip of the finger.
    let same_start = name.chars().next() == word.chars().next();
    (score >= ALIKE && same_start).then(|| format!("did you mean `retain {name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_suggested_by_its_meaning_and_by_its_letters() {
        let names: Vec<String> =
            super::super::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
        let hint = |word: &str| hint(word, &names);
        assert_eq!(hint("reveiw").as_deref(), Some("did you mean `retain review`?"));
        assert_eq!(hint("optimise").as_deref(), Some("did you mean `retain optimize`?"));
        assert!(hint("delete").is_some_and(|hint| hint.contains("card delete") && !hint.contains("evaluate")));
        assert!(hint("study").is_some_and(|hint| hint.contains("retain review")));
        for word in ["cooking", "x", "", "evil", "中文"] {
            assert_eq!(hint(word), None, "{word}");
        }
        // A word that is a command is no word for another one.
        let known =
            MEANT.iter().flat_map(|(words, _)| words.iter()).find(|word| names.iter().any(|name| name == *word));
        assert_eq!(known, None);
    }
}
