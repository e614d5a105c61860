//! Commands that do not exist, and what was meant by them.

use std::ffi::OsString;

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
    if !is_about_options {
        return None;
    }
    let words = typed();
    let (_, text) = words.iter().zip(words.iter().skip(1)).find(|(flag, _)| *flag == "--search")?;
    let is_dashed = text.len() > 1 && text.starts_with('-') && !text.starts_with("--");
    is_dashed.then(|| {
        Error::usage(format!("`{text}` begins with `-`, so it is read as an option"))
            .hint(format!("write `--search=\"{text}\"`"))
    })
}

/// The error in our words, if an option or a word was typed that a command does not have.
pub(super) fn option(error: &clap::Error, whole: &clap::Command) -> Option<Error> {
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg) else { return None };
    Some(option_of(&typed(), word, error.get(ContextKind::SuggestedArg), whole))
}

fn option_of(typed: &[String], word: &str, near: Option<&ContextValue>, whole: &clap::Command) -> Error {
    let (mut command, mut path) = (whole, "retain".to_owned());
    for part in typed.iter().skip(1) {
        if let Some(inner) = command.find_subcommand(part) {
            command = inner;
            path += &format!(" {part}");
        }
    }
    let is_option = word.starts_with('-');
    let refusal = Error::usage(match is_option {
        true => format!("`{path}` has no option `{word}`"),
        false => format!("`{path}` takes no `{word}`"),
    });
    match near {
        Some(ContextValue::String(near)) if is_option => refusal.hint(format!("did you mean `{near}`?")),
        _ if !is_option && command.get_positionals().next().is_none() => {
            refusal.hint(format!("`{path}` takes options only; `{path} --help` lists them"))
        }
        _ if !is_option => {
            refusal.hint(format!("a name with blanks needs quotes; `{path} --help` shows how it is written"))
        }
        _ => refusal.hint(format!("`{path} --help` lists its options")),
    }
}

/// What was typed. A path may hold bytes that are no text; here it is only looked at.
fn typed() -> Vec<String> {
    std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect()
}

/// The error in our words, if a text was typed in bytes that are none. Paths may be such bytes.
pub(super) fn bytes(error: &clap::Error) -> Option<Error> {
    (error.kind() == ErrorKind::InvalidUtf8).then(|| bytes_of(&std::env::args_os().collect::<Vec<_>>()))
}

fn bytes_of(line: &[OsString]) -> Error {
    let words: Vec<String> = line
        .iter()
        .filter(|word| word.to_str().is_none())
        .map(|word| format!("`{}`", word.to_string_lossy()))
        .collect();
    let what = if words.is_empty() { "what was typed".to_owned() } else { words.join(" or ") };
    Error::usage(format!("{what} is not text in UTF-8"))
        .hint("names and texts must be UTF-8; only the path of a file may be other bytes")
}

/// Below this, two words have little in common (Jaro and Winkler: 1 is the same).
const ALIKE: f64 = 0.85;

/// The error in our words, if it is about a command that does not exist.
pub(super) fn command(error: &clap::Error) -> Option<Error> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let whole = super::command();
    let typed = typed();
    let mut before = typed.iter().skip(1).take_while(|arg| *arg != word);
    if let Some(group) = before.find_map(|arg| whole.find_subcommand(arg)) {
        let path = format!("{} {word}", group.get_name());
        let hint = hint_within(group, &word.to_lowercase());
        return Some(Error::usage(format!("there is no command `{path}`")).hint(hint));
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

/// Words that mean the same within a command, such as `deck rm`.
const SAME: &[&[&str]] = &[
    &["delete", "remove", "rm", "del", "drop", "erase", "trash"],
    &["create", "new", "add", "make"],
    &["list", "ls", "all"],
    &["show", "info", "view", "details", "get", "cat"],
    &["set", "configure", "config", "settings", "change"],
    &["edit", "change", "modify"],
    &["move", "mv"],
    &["rename", "mv", "name"],
    &["merge", "join", "combine"],
    &["archive", "hide", "close"],
    &["unarchive", "open"],
    &["restore", "undelete", "recover"],
    &["suspend", "pause", "disable"],
    &["unsuspend", "resume", "enable"],
    &["flag", "mark", "star"],
    &["unflag", "unmark", "unstar"],
    &["tag", "label"],
    &["reset", "forget"],
    &["assign", "use"],
    &["print", "export", "write"],
];

/// What was meant within a command: by its meaning, else by its letters, else how to find out.
fn hint_within(group: &clap::Command, word: &str) -> String {
    let name = group.get_name();
    let names: Vec<&str> = group.get_subcommands().map(clap::Command::get_name).collect();
    let same = SAME.iter().filter(|words| words.contains(&word)).flat_map(|words| words.iter());
    if let Some(meant) = same.copied().find(|meant| names.contains(meant)) {
        return format!("did you mean `retain {name} {meant}`?");
    }
    if name == "card" && SAME[1].contains(&word) {
        return "`retain add DECK` adds a question".into();
    }
    let alike = names.iter().map(|known| (strsim::jaro_winkler(known, word), known));
    match alike.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(score, _)| *score >= ALIKE) {
        Some((_, near)) => format!("did you mean `retain {name} {near}`?"),
        None => format!("`retain {name} --help` lists what there is"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_within_another_is_suggested_by_its_meaning_too() {
        let whole = super::super::command();
        let hint = |group: &str, word: &str| hint_within(whole.find_subcommand(group).expect("a command"), word);
        for (group, word, meant) in [
            ("deck", "remove", "delete"),
            ("deck", "rm", "delete"),
            ("deck", "new", "create"),
            ("deck", "add", "create"),
            ("deck", "ls", "list"),
            ("deck", "mv", "move"),
            ("deck", "achive", "archive"),
            ("preset", "remove", "delete"),
            ("preset", "new", "create"),
            ("preset", "mv", "rename"),
            ("card", "rm", "delete"),
            ("card", "mark", "flag"),
            ("card", "undelete", "restore"),
            ("bank", "export", "print"),
        ] {
            assert_eq!(hint(group, word), format!("did you mean `retain {group} {meant}`?"));
        }
        assert_eq!(hint("card", "new"), "`retain add DECK` adds a question");
        assert_eq!(hint("card", "add"), "`retain add DECK` adds a question");
        assert_eq!(hint("deck", "cooking"), "`retain deck --help` lists what there is");
        // A word that is a command of the group is no word for another one.
        for group in ["deck", "card", "preset", "bank"] {
            let group = whole.find_subcommand(group).expect("a command");
            for name in group.get_subcommands().map(clap::Command::get_name) {
                assert!(SAME.iter().filter(|words| words.contains(&name)).all(|words| words[0] == name), "{name}");
            }
        }
    }

    #[test]
    fn an_option_that_a_command_does_not_have_is_refused_in_our_words() {
        let whole = super::super::command();
        let refused = |line: &str| {
            let error = whole.clone().try_get_matches_from(line.split(' ')).expect_err("a refusal");
            let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg) else { panic!("{error}") };
            let typed: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let error = option_of(&typed, word, error.get(ContextKind::SuggestedArg), &whole);
            error.to_string().replace("\nhint: ", "; ")
        };
        assert_eq!(refused("retain stats --jsn"), "`retain stats` has no option `--jsn`; did you mean `--json`?");
        assert_eq!(
            refused("retain deck list --zebra"),
            "`retain deck list` has no option `--zebra`; `retain deck list --help` lists its options"
        );
        assert_eq!(
            refused("retain deck delete My Deck"),
            "`retain deck delete` takes no `Deck`; a name with blanks needs quotes; `retain deck delete --help` shows how it is written"
        );
    }

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
