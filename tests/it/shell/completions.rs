//! Completions that know the names of a database, in a real bash and as the scripts of other shells ask.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::fixture::program::Program;

const BANK: &str = "---\nform: exact\n---\n\n# Red things\nWhich planet is red? {#q1}\n- A. Mars *\n- B. Venus\nTags: sky, \"first\" week\n";

fn program() -> Program {
    let program = Program::new();
    program.file("bank.txt", BANK);
    for deck in ["Networks", "Exam::Net works", "Exam::It's \"all\" $HOME; (yes)", "操作系统"] {
        program.ok(&["import", "bank.txt", "--deck", deck]);
        std::fs::rename(program.folder().join("bank.txt"), program.folder().join("old.txt")).expect("a file");
        program.file("bank.txt", BANK.replace("planet", &format!("planet of {}", deck.len())).replace("{#q1}", ""));
    }
    program.ok(&["preset", "create", "calm down", "new-per-day=5"]);
    program
}

/// What a real bash offers at the end of this line.
fn bash(program: &Program, line: &str) -> Vec<String> {
    let script = program.ok(&["completions", "bash"]).out;
    program.file("retain.bash", script);
    // `compopt` works only while bash itself completes.
    let ask = format!(
        "source ./retain.bash; compopt() {{ echo \"opt $1 $2\"; }}; COMP_LINE=$1; COMP_POINT=${{#1}}; \
         COMP_WORDS=('{}'); _retain_completions; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        env!("CARGO_BIN_EXE_retain")
    );
    let mut command = Command::new("bash");
    command.args(["--norc", "-c", &ask, "bash", line]).current_dir(program.folder());
    command.env("RETAIN_DB", program.db()).env("RETAIN_NOW", "2026-11-23T08:00:00+01:00").env("LC_ALL", "C.UTF-8");
    let output =
        command.output().expect("this test needs `bash`; leave it out with `cargo test -- --skip completions`");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What the scripts of other shells get for this word after these.
fn asked(program: &Program, before: &[&str], word: &str) -> Vec<String> {
    let word = format!("={word}");
    let out = program.ok(&[&["__complete", "fish", &word][..], before].concat()).out;
    out.lines().skip(1).map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn bash_completes_names_with_blanks_colons_and_quotation_marks() {
    let program = program();
    assert_eq!(bash(&program, "retain stats Net"), ["Networks"]);
    assert_eq!(bash(&program, "retain stats Exam::N"), ["Net\\ works"]);
    assert_eq!(bash(&program, "retain stats \"Exam::N"), ["Exam::Net works"]);
    assert_eq!(bash(&program, "retain stats Exam::I"), ["It\\'s\\ \\\"all\\\"\\ \\$HOME\\;\\ \\(yes\\)"]);
    assert_eq!(bash(&program, "retain stats 操"), ["操作系统"]);
    assert_eq!(bash(&program, "retain deck set Networks fuz"), ["opt -o nospace", "fuzz="]);
    assert_eq!(bash(&program, "retain deck set Networks fuzz=o"), ["on", "off"]);
    assert_eq!(bash(&program, "retain rev"), ["review"]);
    assert_eq!(bash(&program, "retain import "), ["opt -o default"], "files, as bash completes them");
    assert_eq!(bash(&program, "retain stats nothing"), Vec::<String>::new());
    // What bash writes is read back as the name.
    let written = "retain stats Exam::It\\'s\\ \\\"all\\\"\\ \\$HOME\\;\\ \\(yes\\)";
    let echoed = Command::new("bash").args(["-c", &written.replacen("retain stats", "printf %s", 1)]).output();
    let echoed = echoed.expect("`bash`").stdout;
    assert_eq!(String::from_utf8_lossy(&echoed), "Exam::It's \"all\" $HOME; (yes)");
}

#[test]
fn each_value_has_its_names() {
    let program = program();
    let ask = |before: &[&str], word: &str| asked(&program, before, word);
    assert_eq!(ask(&["review", "--topic"], "re"), ["Red things"]);
    assert_eq!(ask(&["review"], "--topic=r"), ["--topic=Red things"]);
    assert!(ask(&["exam", "--tag"], "s").contains(&"sky".to_owned()));
    assert_eq!(ask(&["preset", "show"], "c"), ["calm down"]);
    assert!(ask(&["preset", "set", "calm down"], "new-p").contains(&"new-per-day=".to_owned()));
    assert_eq!(ask(&["deck", "set", "--default"], "mix=new-f"), ["mix=new-first"]);
    assert_eq!(ask(&["config"], "keys.u"), ["keys.undo"]);
    assert_eq!(ask(&["config", "theme"], "l"), ["light"]);
    assert_eq!(ask(&["config", "defaults.plain"], ""), ["on", "off"]);
    assert_eq!(ask(&["--theme"], "con"), ["contrast"]);
    assert!(ask(&["help"], "glo").contains(&"glossary".to_owned()));
    assert_eq!(ask(&["help", "deck"], "po"), ["postpone"]);
    assert_eq!(ask(&["deck", "merge", "Networks"], "操"), ["操作系统"]);
    program.ok(&["deck", "delete", "操作系统"]);
    assert_eq!(ask(&["deck", "show"], "操"), Vec::<String>::new());
    assert_eq!(ask(&["deck", "restore"], ""), ["操作系统"]);
    assert_eq!(ask(&["card", "show"], "").len(), 3, "what was deleted is not offered");
    assert_eq!(ask(&["card", "restore"], "").len(), 1);
    program.ok(&["undo", "--yes"]);
    program.ok(&["deck", "archive", "操作系统"]);
    assert_eq!(ask(&["deck", "unarchive"], ""), ["操作系统"]);
    for everyday in [&["review"][..], &["stats"], &["add"], &["deck", "archive"], &["exam"]] {
        assert!(!ask(everyday, "").contains(&"操作系统".to_owned()), "{everyday:?}");
    }
    let told = program.ok(&["__complete", "fish", "=操", "deck", "show"]).out;
    assert_eq!(told, "words\n操作系统\tarchived\n");
    program.ok(&["undo", "--yes"]);
    assert!(ask(&["help", "page"], "glo").contains(&"glossary".to_owned()));
    assert_eq!(ask(&["card", "f"], ""), Vec::<String>::new());
    assert_eq!(ask(&["due", "--form"], ""), ask(&["due"], ""), "an option that does not exist");
    let cards = ask(&["card", "show"], "");
    assert_eq!((cards.len(), cards[0].len()), (4, 8));
    assert_eq!(ask(&["card", "flag", &cards[1]], &cards[0][..3]), [cards[0].clone()]);
    assert!(ask(&["review"], "--").contains(&"--minutes".to_owned()));
    assert!(ask(&["review", "--"], "--").is_empty());
    assert!(!ask(&[], "").iter().any(|word| word.starts_with('_')), "what is hidden is not offered");
}

#[test]
fn filters_of_a_search_have_their_names() {
    let program = program();
    let ask = |before: &[&str], word: &str| asked(&program, before, word);
    for command in ["search", "browse"] {
        assert_eq!(ask(&[command], "")[..], ["deck:", "topic:", "tag:", "is:", "due:"], "{command}");
        assert_eq!(ask(&[command, "planet"], "to"), ["topic:"]);
        assert_eq!(ask(&[command], "topic:"), ["topic:Red things"]);
        assert_eq!(ask(&[command], "is:su"), ["is:suspended"]);
        assert_eq!(ask(&[command], "tag:s"), ["tag:sky"]);
        assert_eq!(ask(&[command], "due:o"), ["due:overdue"]);
        assert_eq!(ask(&[command], "planet"), Vec::<String>::new());
        assert_eq!(ask(&[command], "no:"), Vec::<String>::new());
    }
    assert_eq!(bash(&program, "retain search dec"), ["opt -o nospace", "deck:"]);
    assert_eq!(bash(&program, "retain search deck:Exam::N"), ["Net\\ works"]);
    // What is offered finds the deck, however odd its name, alone and with other words.
    for deck in ask(&["search"], "deck:") {
        let found = program.ok(&["search", &deck]);
        assert_eq!(found.out.lines().count(), 2, "{deck}: {}{}", found.out, found.err);
        assert_eq!(program.ok(&["search", "planet", &deck]).out, found.out, "{deck}");
    }
    assert_eq!(ask(&["import", "x.txt", "--key"], "fi"), ["first"]);
}

#[test]
fn completing_changes_nothing_and_says_nothing_if_it_cannot_work() {
    let mut program = program();
    let db = std::fs::read(program.db()).expect("a database");
    asked(&program, &["review"], "");
    assert_eq!(std::fs::read(program.db()).expect("a database"), db);
    for before in [&["review", "--db", "/no/such.db"][..], &["--db=bank.txt", "stats"]] {
        assert_eq!(asked(&program, before, "N"), Vec::<String>::new(), "{before:?}");
    }
    for args in [&["__complete", "bash"][..], &["__complete", "bash", "x", "y", "z"], &["__complete", "zsh"]] {
        let said = program.run(args);
        assert_eq!((said.code, said.out + &said.err), (0, String::new()), "{args:?}");
    }
    std::fs::write(program.db().with_file_name("config.toml"), "theme = x").expect("a file");
    assert_eq!(asked(&program, &["stats"], "Net"), ["Networks"], "a broken settings file is not about this");
    std::fs::remove_file(program.db()).expect("no database");
    assert_eq!(asked(program.at("2026-11-24T08:00:00Z"), &["stats"], ""), Vec::<String>::new());
    assert!(!program.db().exists());
    // Nobody waits for it: it is far below this, also in a build for tests.
    let start = Instant::now();
    asked(&program, &["review"], "");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn every_shell_has_its_script() {
    let program = Program::new();
    for (shell, words) in [
        ("bash", "complete -F _retain_completions retain"),
        ("zsh", "#compdef retain"),
        ("fish", "complete -c retain"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName retain"),
        ("elvish", "edit:completion:arg-completer[retain]"),
    ] {
        assert!(program.ok(&["completions", shell]).out.contains(words), "{shell}");
    }
}
