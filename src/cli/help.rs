//! The help: commands by how often people need them, with examples.

use std::ffi::OsString;

use clap::Command;

use super::examples;

/// The commands, in groups by how often people need them.
const GROUPS: &[(&str, &[&str])] = &[
    ("Every day", &["review", "due", "undo", "redo", "vacation", "catchup", "demo"]),
    ("Decks and questions", &["import", "anki", "add", "search", "browse", "deck", "card", "preset", "bank"]),
    ("Exam", &["exam", "plan"]),
    ("Understand", &["stats", "leeches", "export", "simulate", "whatif", "evaluate"]),
    (
        "Care",
        &[
            "optimize",
            "reschedule",
            "check",
            "rebuild",
            "where",
            "config",
            "backup",
            "restore",
            "purge",
            "completions",
            "man",
            "help",
        ],
    ),
];

/// The command line, where `deck help set` is `help deck set`.
pub(super) fn helped(mut line: Vec<OsString>, command: &Command) -> Vec<OsString> {
    let group = line.iter().skip(1).position(|word| {
        let named = word.to_str().and_then(|word| command.find_subcommand(word));
        named.is_some_and(|named| named.get_subcommands().next().is_some())
    });
    if let Some(group) = group.map(|at| at + 1).filter(|group| line.get(group + 1).is_some_and(|word| word == "help")) {
        line.swap(group, group + 1);
    }
    line
}

/// The command line with its groups and examples.
pub(super) fn dressed(command: Command) -> Command {
    let template = format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n{}\nOptions of every command:\n{{options}}{{after-help}}",
        groups(&command)
    );
    with_examples(command.help_template(template), "retain")
}

fn groups(command: &Command) -> String {
    let about = |name: &str| {
        let about = command.find_subcommand(name).and_then(Command::get_about).map(ToString::to_string);
        format!("  {name:<12}{}\n", about.unwrap_or_else(|| "Show the help of a command, or a page to read".into()))
    };
    let group = |(heading, names): &(&str, &[&str])| {
        format!("\n{heading}:\n{}", names.iter().map(|name| about(name)).collect::<String>())
    };
    GROUPS.iter().map(group).collect()
}

fn with_examples(command: Command, path: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let path = format!("{path} {name}");
        command.mut_subcommand(name, |inner| {
            let mut after = inner.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples = examples::text(&path);
            if !after.is_empty() && !examples.is_empty() {
                after += "\n\n";
            }
            after += &examples;
            // The long help may say more before its examples.
            let long = inner.get_after_long_help().map(|long| format!("{long}\n\n{after}"));
            let inner = match long {
                Some(long) => inner.after_long_help(long),
                None => inner,
            };
            with_examples(inner.after_help(after), &path)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_within_a_group_is_the_help_of_it() {
        let command = crate::cli::command();
        let helped = |line: &str| {
            let line = helped(line.split(' ').map(OsString::from).collect(), &command);
            line.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(helped("retain deck help"), "retain help deck");
        assert_eq!(helped("retain --db x card help flag"), "retain --db x help card flag");
        for line in
            ["retain help deck", "retain deck show help", "retain search help", "retain review help", "retain deck"]
        {
            assert_eq!(helped(line), line);
        }
    }

    #[test]
    fn every_command_is_in_one_group() {
        let command = crate::cli::command();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        grouped.sort_unstable();
        let mut names: Vec<&str> =
            command.get_subcommands().filter(|inner| !inner.is_hide_set()).map(Command::get_name).collect();
        names.sort_unstable();
        assert_eq!(grouped, names);
    }

    #[test]
    fn help_is_in_groups_with_the_options_of_every_command() {
        let help = crate::cli::command().render_help().to_string();
        let places: Vec<Option<usize>> =
            GROUPS.iter().map(|(heading, _)| help.find(&format!("\n{heading}:\n"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{help}");
        assert!(help.contains("--db <PATH>") && help.contains("  review      "), "{help}");
    }
}
