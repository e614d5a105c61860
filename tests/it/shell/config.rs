//! The settings file and `retain config`.

use std::fs;

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, shell_line};

fn with_file(text: &str) -> Program {
    let program = Program::new();
    let path = program.db().with_file_name("config.toml");
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
    program
}

fn file(program: &Program) -> String {
    fs::read_to_string(program.db().with_file_name("config.toml")).expect("the file")
}

#[test]
fn each_value_is_shown_with_its_origin() {
    let program = with_file("theme = \"light\"\n\n[keys]\nundo = \"z\"\n");
    let path = program.db().with_file_name("config.toml").display().to_string();
    assert_eq!(program.ok(&["config", "--path"]).out, format!("{path}\n"));
    let list = program.ok(&["config"]).out;
    let line = |name: &str| list.lines().find(|line| line.starts_with(name)).map(|line| line.replace(&path, "FILE"));
    assert_eq!(line("theme ").as_deref(), Some("theme             light                    FILE:1"));
    assert_eq!(line("keys.undo ").as_deref(), Some("keys.undo         z                        FILE:4"));
    assert_eq!(line("keys.bury ").as_deref(), Some("keys.bury         b                        default"));
    let output = program.command(&["config", "theme"]).env("RETAIN_THEME", "contrast").output().expect("it runs");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("contrast  (environment: RETAIN_THEME)\n"));
    assert!(program.ok(&["--theme", "none", "config", "theme"]).out.starts_with("none  (flag: --theme)\n"));
    let output = program.command(&["config", "theme"]).env("NO_COLOR", "1").output().expect("it runs");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("none  (environment: NO_COLOR)\n"));
    let json = program.json(&["config", "keys.undo", "--json"]);
    assert_eq!((&json[0]["value"], &json[0]["origin"]), (&"z".into(), &"file".into()));
    assert_eq!(json[0]["place"], format!("{path}:4"));
}

#[test]
fn values_are_set_and_removed_in_every_way_that_people_write() {
    let program = Program::new();
    let said = program.ok(&["config", "theme", "light"]).err;
    assert!(said.starts_with("theme is `light` in /") && said.ends_with("config.toml\n"), "{said}");
    assert!(!program.db().exists(), "no database is made for it");
    program.ok(&["config", "defaults.minutes=20"]);
    program.ok(&["config", "set", "keys.undo", "Z"]);
    program.ok(&["config", "keys.bury", "=", "x"]);
    assert_eq!(file(&program), "theme = \"light\"\n\n[defaults]\nminutes = 20\n\n[keys]\nundo = \"z\"\nbury = \"x\"\n");
    assert!(program.ok(&["config", "get", "keys.undo"]).out.starts_with("z  ("));
    let said = program.ok(&["config", "keys.undo", "--unset"]).err;
    assert!(said.contains("any more: it is `u` now"), "{said}");
    program.ok(&["config", "unset", "keys.bury"]);
    assert_eq!(file(&program), "theme = \"light\"\n\n[defaults]\nminutes = 20\n\n[keys]\n");
    assert!(program.ok(&["config", "say", "--unset"]).err.contains("say is not set in "));
    let output = program.command(&["config", "theme", "dark"]).env("RETAIN_THEME", "none").output().expect("it runs");
    assert!(String::from_utf8_lossy(&output.stderr).contains("but the variable `RETAIN_THEME` says `none`"));
    for wrong in [&["config", "theme", "dark", "light"][..], &["config", "set", "theme"], &["config", "--unset"]] {
        assert_eq!(program.run(wrong).code, 2, "{wrong:?}");
    }
    for wrong in [&["config", "them"][..], &["config", "theme", "pink"], &["config", "new-per-day", "5"]] {
        assert_eq!(program.run(wrong).code, 1, "{wrong:?}");
    }
}

#[test]
fn a_broken_file_is_never_ignored() {
    let program = with_file("# mine\ntheme = light\n");
    let refused = program.run(&["deck", "list"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("config.toml:2:9: error[syntax]: "), "{}", refused.err);
    assert!(refused.err.contains("2 | theme = light\n  |         ^"), "{}", refused.err);
    assert!(refused.err.contains("there is a mistake in the settings file, so nothing was done"), "{}", refused.err);
    assert_eq!(program.run(&[]).code, 1);
    program.ok(&["where"]);
    program.ok(&["help", "config"]);
    program.ok(&["completions", "bash"]);
    let shown = program.run(&["config"]);
    assert_eq!((shown.code, shown.out.lines().count() > 10), (1, true), "what there is, and what is wrong");
    assert_eq!(program.run(&["config", "theme", "dark"]).code, 1, "nothing is written over what cannot be read");
    assert_eq!(file(&program), "# mine\ntheme = light\n");
    // One wrong value is put right by the command that the hint names.
    let program = with_file("theme = \"lihgt\" # soft\nfoo = 1\n");
    assert_eq!(program.run(&["deck", "list"]).code, 1);
    let left = program.run(&["config", "theme", "light"]);
    assert!(left.code == 1 && left.err.contains("theme is `light` in ") && left.err.contains("`foo`"), "{}", left.err);
    program.ok(&["config", "foo", "--unset"]);
    assert_eq!(file(&program), "theme = \"light\" # soft\n");
    assert!(program.run(&["deck", "list"]).err.contains("there is no database"));
}

#[test]
fn another_file_can_be_named_and_links_stay() {
    let program = with_file("theme = light\n");
    program.file("own.toml", "");
    std::os::unix::fs::symlink(program.folder().join("own.toml"), program.folder().join("link.toml")).expect("a link");
    let with = |args: &[&str]| program.command(args).env("RETAIN_CONFIG", "link.toml").output().expect("it runs");
    assert!(with(&["config", "theme", "dark"]).status.success());
    assert_eq!(fs::read_to_string(program.folder().join("own.toml")).expect("the file"), "theme = \"dark\"\n");
    assert!(program.folder().join("link.toml").is_symlink());
    let broken = program.command(&["deck", "list"]).env("RETAIN_CONFIG", "").output().expect("it runs");
    assert!(String::from_utf8_lossy(&broken.stderr).contains("config.toml:1:9"), "an empty variable is unset");
    let database = program.command(&["config", "theme", "dark"]).env("RETAIN_CONFIG", program.db()).output();
    let database = database.expect("it runs");
    assert!(
        String::from_utf8_lossy(&database.stderr).contains("this is the database itself"),
        "it is no settings file"
    );
}

#[test]
fn a_variable_is_never_ignored() {
    let mut program = Program::new();
    program.with_mlops();
    let with = |args: &[&str], name: &str, value: &str| {
        let output = program.command(args).env(name, value).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for args in [&["due"][..], &["config"], &["config", "theme"], &["review", "--json"]] {
        let (code, said) = with(args, "RETAIN_THEME", "pink");
        assert_eq!(code, Some(1), "{args:?}");
        let expected = "error: the variable `RETAIN_THEME`: `pink` is not known\n\
                        hint: set it to `auto`, `dark`, `light`, `contrast` or `none`, or unset it\n";
        assert_eq!(said, expected, "{args:?}");
    }
    assert_eq!(with(&["--theme", "dark", "due"], "RETAIN_THEME", "pink").0, Some(0), "a flag goes before it");
    assert_eq!(with(&["help", "config"], "RETAIN_THEME", "pink").0, Some(0));
    assert!(with(&["due"], "RETAIN_EDITOR", "vi 'x").1.contains("`RETAIN_EDITOR`: a quotation mark is not closed"));
    assert_eq!(with(&["due"], "RETAIN_THEME", " ").0, Some(0), "an empty variable is unset");
    for missing in ["no/such/file.toml", "dangling.toml"] {
        std::os::unix::fs::symlink("nowhere.toml", program.folder().join("dangling.toml")).ok();
        let (code, said) = with(&["due"], "RETAIN_CONFIG", missing);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.starts_with(&format!("error: `RETAIN_CONFIG` names a file that does not exist: {missing}\n")),
            "{said}"
        );
        assert!(said.contains("`retain config KEY VALUE`"), "{said}");
    }
    // What the hint says makes the file.
    assert_eq!(with(&["config", "theme", "dark"], "RETAIN_CONFIG", "no/such/file.toml").0, Some(0));
    assert_eq!(with(&["due"], "RETAIN_CONFIG", "no/such/file.toml").0, Some(0));
}

#[test]
fn defaults_hold_for_people_and_flags_go_before_them() {
    let mut program = with_file("[defaults]\nlimit = 2\nplain = true\n");
    program.with_mlops();
    let asked = |args: &[&str]| {
        let output = program.with_input(args, &"A\n\n".repeat(30));
        assert_eq!(output.code, 0, "{}", output.err);
        output.out.matches("\nQuestion ").count()
    };
    assert_eq!(asked(&["review"]), 2);
    assert_eq!(asked(&["review", "--limit", "1"]), 1);
    assert!(asked(&["review", "--limit", "none"]) > 2);
    // A program gets what it asked for.
    let lines = program.with_input(&["review", "--json", "--cram"], "{\"type\":\"quit\"}\n");
    assert!(lines.out.starts_with("{\"type\":\"question\""), "{}", lines.out);
}

#[test]
fn the_keys_of_the_file_are_those_of_the_screen_in_a_terminal() {
    let mut program = with_file("[keys]\nsuspend = \"z\"\nundo = \"y\"\nquit = \"x\"\n");
    program.with_mlops();
    let mut screen = Pty::run(&program, &shell_line("review"));
    assert!(screen.types("z").contains("suspended"));
    screen.types("y");
    screen.types_last("x");
    let shown = screen.end();
    assert!(shown.contains("ended 0"), "{shown}");
    assert_eq!(program.json(&["deck", "list", "--json"])[0]["suspended"], 0, "`y` took it back");
}

#[test]
fn a_file_next_to_a_database_of_others_runs_nothing_and_touches_no_backups() {
    let program = Program::new();
    program.file("bank.txt", "One?\n- A. x *\n- B. y\n");
    program.ok(&["import", "bank.txt"]);
    let other = program.folder().join("other");
    fs::create_dir(&other).expect("a folder");
    let ran = program.folder().join("ran");
    let mine = program.db().with_file_name("backups");
    let text = format!(
        "theme = \"light\"\nsay = \"touch {}\"\neditor = \"touch {}\"\n[backups]\nfolder = \"{}\"\nlast = 1\n",
        ran.display(),
        ran.display(),
        mine.display()
    );
    fs::write(other.join("config.toml"), text).expect("a file");
    let there = other.join("retain.db").display().to_string();
    program.ok(&["--db", &there, "import", "bank.txt"]);
    let said = program.with_input(&["--db", &there, "review", "--plain"], "a\nquit\n");
    assert!(said.err.contains("config.toml:2:1: warning[not-trusted]: `say` is not used"), "{}", said.err);
    assert!(said.err.contains("hint: if the file is yours, name it with `RETAIN_CONFIG`"), "{}", said.err);
    assert!(!ran.exists() && !mine.exists(), "{}", said.err);
    assert!(program.ok(&["--db", &there, "config", "theme"]).out.starts_with("light  ("));
    let own = program.command(&["review", "--plain"]).env("RETAIN_DB", &there).output().expect("it runs");
    assert!(
        !String::from_utf8_lossy(&own.stderr).contains("not-trusted"),
        "a database that a variable names is the person's"
    );
}
