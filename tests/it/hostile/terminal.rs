//! A bank that tries to steer the terminal, in every field and through every command that prints.

use std::collections::BTreeSet;

use serde_json::json;

use crate::fixture::program::{CommandOutput, Program};

/// Writes the clipboard, sets the title, colours, deletes, goes back, turns text around, hides words.
const ATTACK: &str =
    "\u{1b}]52;c;YWJj\u{7}\u{1b}]0;t\u{1b}\\\u{1b}[31m\u{9b}2J\u{8}\rX\u{7f}\u{202e}\u{2066}\u{e0041}\u{feff}Y";

/// The arguments of every command, as often as it has another way to print. `CARD` is the id of a card, `FILE` the bank.
const COMMANDS: &[(&str, &[&str])] = &[
    (
        "import",
        &[
            "FILE",
            "FILE --dry-run -v",
            "FILE --preview",
            "FILE --explain --dry-run",
            "FILE --json --dry-run",
            "none-ATTACK.txt",
            "FILE --format ATTACK",
            "FILE --key ATTACK",
            "FILE --columns ATTACK --format csv",
        ],
    ),
    ("review", &["--plain", "--json", "--topic ATTACK --plain", "Attack --plain"]),
    ("demo", &["--plain"]),
    ("due", &["", "--json", "--format ATTACK", "--ics"]),
    ("exam", &["Attack --plain --questions 2", "--history", "Attack --json"]),
    ("undo", &["--list", "--list --json"]),
    ("redo", &[""]),
    ("search", &["What", "What --json", "ATTACK", "deck:ATTACK"]),
    ("browse", &["", "ATTACK"]),
    ("anki", &["import FILE", "import ATTACK.apkg", "import FILE --dry-run --json --deck ATTACK"]),
    ("add", &["ATTACK", "Attack --front ATTACK --back ATTACK"]),
    ("stats", &["", "--json", "ATTACK", "--topic ATTACK"]),
    (
        "export",
        &[
            "cards --format json",
            "questions --format json",
            "choices --format json",
            "topics --format json",
            "decks --format json",
            "ATTACK",
            "cards -o none/ATTACK.csv",
            "everything -o everything",
            "everything -o none/ATTACK",
        ],
    ),
    ("bank", &["print ATTACK", "print Attack --format ATTACK"]),
    (
        "deck",
        &[
            "list",
            "list --json",
            "show Attack",
            "show ATTACK",
            "create ATTACK",
            "rename Attack ATTACK",
            "set Attack ATTACK",
            "set Attack exam=ATTACK",
        ],
    ),
    ("preset", &["list", "show ATTACK", "create ATTACK"]),
    (
        "card",
        &[
            "list",
            "list --json",
            "show CARD",
            "show CARD --json",
            "show ATTACK",
            "flag CARD ATTACK",
            "tag CARD --add ATTACK",
            "suspend CARD",
        ],
    ),
    ("reschedule", &["--dry-run", "ATTACK --dry-run"]),
    ("vacation", &["2026-12-01 2026-12-05 --dry-run", "ATTACK ATTACK"]),
    ("catchup", &["--dry-run", "ATTACK"]),
    ("leeches", &["", "--json", "ATTACK"]),
    ("simulate", &["--days 2", "ATTACK"]),
    ("plan", &["", "ATTACK"]),
    ("optimize", &["--dry-run", "ATTACK"]),
    ("evaluate", &["", "ATTACK"]),
    ("whatif", &["--ratings ATTACK --days 0", "--ratings 3 --days 0 --parameters none-ATTACK"]),
    ("check", &["", "--mend"]),
    ("rebuild", &[""]),
    ("where", &["", "--json", "--db none-ATTACK.db"]),
    ("config", &["", "ATTACK", "theme ATTACK"]),
    ("purge", &["--dry-run"]),
    ("backup", &["none/ATTACK.db", "list", "copies/"]),
    ("restore", &["ATTACK", "none-ATTACK.db", "1 --dry-run"]),
    ("completions", &["bash", "zsh", "fish", "powershell", "ATTACK"]),
    ("man", &["", "ATTACK"]),
    ("help", &["", "settings", "deck set", "banks", "ATTACK"]),
];

/// The commands that the help lists.
fn listed(program: &Program) -> BTreeSet<String> {
    let help = program.ok(&["--help"]).out;
    let groups =
        help.lines().skip_while(|line| !line.starts_with("Every day")).take_while(|line| !line.starts_with("Options"));
    groups
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[track_caller]
fn harmless(args: &[&str], output: &CommandOutput) {
    for (stream, text) in [("out", &output.out), ("err", &output.err)] {
        // The lines of calendars and tables end so.
        let text = text.replace("\r\n", "\n");
        let steers = |char: char| {
            (char < ' ' && !matches!(char, '\n' | '\t'))
                || ('\u{7f}'..='\u{9f}').contains(&char)
                || ('\u{202a}'..='\u{202e}').contains(&char)
                || ('\u{2066}'..='\u{2069}').contains(&char)
                || ('\u{e0000}'..='\u{e007f}').contains(&char)
        };
        let found = text.lines().find(|line| line.contains(steers));
        assert!(found.is_none(), "{args:?}, {stream}: {:?}", found.unwrap_or_default());
    }
    assert!([0, 1, 2, 3].contains(&output.code), "{args:?} ended with {}: {}", output.code, output.err);
}

/// A bank of data with the attack in every field, in a file whose name is one, too.
fn attacked() -> (Program, String) {
    let program = Program::new();
    let with = |text: &str| format!("{text} {ATTACK}");
    let questions: Vec<_> = (0..4)
        .map(|at| {
            json!({
                "id": with(&format!("id{at}")),
                "question": with(&format!("What is {at}?")),
                "options": [with("right"), with("wrong"), with("neither")],
                "answer": with("right"),
                "explanation": with("because"),
                "topic": with("topic"),
                "tags": [with("tag")],
            })
        })
        .collect();
    let name = format!("bank {}.json", ATTACK.replace('\\', ""));
    program.file(&name, serde_json::to_string(&questions).expect("JSON"));
    harmless(&["import"], &program.run(&["import", &name, "--deck", "Attack"]));
    let broken = format!(
        "What?\n- A. x {ATTACK}\n\n![x](none{ATTACK}.png) Who?\n- A. x *\n- B. y\n\nWhere?\n- A. u *\n- B. v\n"
    );
    program.file("broken.txt", broken);
    harmless(&["import"], &program.run(&["import", "broken.txt"]));
    (program, name)
}

#[test]
fn no_command_lets_a_bank_steer_the_terminal() {
    let (program, file) = attacked();
    let cards = program.json(&["card", "list", "--json"]);
    assert!(cards.len() >= 4, "the bank was read");
    let card = cards[0]["card"].as_str().expect("an id").to_owned();
    let known: BTreeSet<String> = COMMANDS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(known, listed(&program), "every command is attacked");
    for (command, lines) in COMMANDS {
        for line in *lines {
            let attack = ATTACK.replace(' ', "");
            let words: Vec<String> = line
                .split_whitespace()
                .map(|word| word.replace("ATTACK", &attack).replace("FILE", &file).replace("CARD", &card))
                .collect();
            let mut args = vec![*command];
            args.extend(words.iter().map(String::as_str));
            let output = program.with_input(&args, "A\n\n\nA\n\nabout\nquit\n");
            harmless(&args, &output);
            // With `-v` and `-q`, more or less is said.
            args.push("-v");
            harmless(&args, &program.with_input(&args, ""));
        }
    }
    let unknown = format!("nothing{ATTACK}");
    for args in [
        &[unknown.as_str()][..],
        &["review", "--plain", &unknown],
        &["--db", &unknown, "check"],
        &["import", "--nothing", &unknown],
    ] {
        harmless(args, &program.run(args));
    }
}

#[test]
fn what_programs_read_is_exact() {
    let (program, _) = attacked();
    let questions = program.json(&["export", "questions", "--format", "json"]);
    let stem = questions.iter().filter_map(|row| row["stem"].as_str()).find(|stem| stem.starts_with("What is 0?"));
    assert!(stem.is_some_and(|stem| stem.contains("\u{202e}")), "{stem:?}");
    let mut session = program.session(&["Attack"]);
    let question = session.next("question");
    assert!(question["topic"].as_str().is_some_and(|topic| topic.contains('\u{202e}')), "{question}");
}
