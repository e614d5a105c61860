use super::*;
use crate::error::Error;
use crate::ui::diagnostics;
use crate::ui::paint::Paint;

fn config(text: &str) -> Config {
    Config::parse("config.toml", text)
}

fn said(text: &str) -> String {
    diagnostics::problems("config.toml", config(text).problems(), usize::MAX, Paint::new(false))
}

fn set(text: &str, name: &str, value: &str) -> Result<String, String> {
    let setting = named(name).map_err(|error| error.to_string())?;
    config(text).with_value(&setting, value).map_err(|error| error.to_string())
}

fn without(text: &str, name: &str) -> Option<String> {
    config(text).without(name).ok().flatten()
}

#[test]
fn values_are_read_with_their_lines() {
    let text = "# mine\ntheme = \"Light\"\nsay = 'espeak-ng -s 150'\n\n[keys]\nundo = \"Z\"\n[defaults]\nplain = true\nminutes = 20\n";
    let config = config(text);
    assert!(config.problems().is_empty(), "{:?}", config.problems());
    let values = ["theme", "say", "keys.undo", "defaults.plain", "defaults.minutes"].map(|name| config.value(name));
    assert_eq!(values, [Some("light"), Some("espeak-ng -s 150"), Some("z"), Some("on"), Some("20")]);
    assert_eq!(config.keys().letter(ReviewCommand::Undo), 'z');
    let origin = |name: &str, set: &'static str| {
        let setting = named(name).expect("a setting");
        config.resolve(&setting, None, |variable| (variable == set).then(|| "elsewhere".into()))
    };
    assert_eq!(origin("theme", ""), ("light".into(), ConfigOrigin::File(2)));
    assert_eq!(origin("theme", "RETAIN_THEME"), ("elsewhere".into(), ConfigOrigin::Environment("RETAIN_THEME")));
    assert_eq!(origin("keys.undo", ""), ("z".into(), ConfigOrigin::File(6)));
    assert_eq!(origin("keys.bury", ""), ("b".into(), ConfigOrigin::Default));
    // Variables that are about more than this program come after the file.
    assert_eq!(origin("editor", "EDITOR"), ("elsewhere".into(), ConfigOrigin::Environment("EDITOR")));
}

#[test]
fn tables_can_be_written_in_every_way() {
    for text in [
        "keys.undo = \"z\"",
        "keys = { undo = \"z\" }",
        "[keys]\nundo = \"z\"",
        "[ keys ] # mine\n\"undo\" = '''z'''",
        "\u{feff}[keys]\r\nundo = \"z\"\r\n",
    ] {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("a file");
        let config = Config::load(file.path());
        assert_eq!((config.value("keys.undo"), config.problems()), (Some("z"), &[][..]), "{text}");
    }
    assert_eq!(config("").problems(), []);
    assert_eq!(config("\n# nothing yet\n").problems(), []);
}

#[test]
fn every_problem_has_its_line_and_a_way_out() {
    let text = "theme = \"drak\"\ntheem = \"dark\"\nnew-per-day = 5\n[keys]\nundo = \"b\"\nflag = \"3\"\nedit = \"zz\"\nfly = \"x\"\n[defaults]\nplain = \"maybe\"\nminutes = 5000\nlimit = 1.5\n[colours]\nred = 1\n";
    insta::assert_snapshot!("problems", said(text));
    insta::assert_snapshot!(
        "syntax",
        said("# mine\ntheme = light\n") + &said("[keys\n") + &said("say = \"x\nsay = 1\n")
    );
}

#[test]
fn what_has_the_wrong_shape_is_said_with_what_to_write() {
    for (text, why, write) in [
        ("editor = true", "`editor`: a command is a text", "write it in quotation marks, such as `editor = \"nano\"`"),
        ("say = false", "`say`: a command is a text", "such as `say = \"none\"`"),
        ("editor = 3", "`editor`: a command is a text", "in quotation marks"),
        ("editor = \"\"", "`editor`: `` names no program", "it takes a command, such as `nano`"),
        ("editor = \"none\"", "`editor`: `none` names no program", "it takes a command"),
        (
            "defaults.plain = 1",
            "`defaults.plain`: `1` is neither on nor off",
            "write `plain = true` or `plain = false`",
        ),
        ("keys = 3", "`keys` is a table, with a line for each", "write `[keys]`, and below it `undo = \"z\"`"),
        ("[[keys]]\nundo = \"z\"", "`keys` is a table", "write `[keys]`"),
        ("keys = []", "`keys` is a table", "write `[keys]`"),
        ("defaults = \"plain\"", "`defaults` is a table", "write `[defaults]`, and below it `minutes = 20`"),
        ("defaults.minutes = true", "`true` is no length of time in whole minutes", "it takes minutes from 1 to 1440"),
        ("defaults.minutes = \"2d\"", "2d is out of range", "such as `20` or `1h 30m`, or `none`"),
        ("defaults.limit = \"1h\"", "`1h` is not a whole number", "it takes a number from 1 to 9999"),
        ("theme = 1", "`theme`: `1` is not known", "it takes `auto`, `dark`"),
        ("theme = { dark = true }", "`theme`: this is no text", "it takes `auto`, `dark`"),
    ] {
        let shown = said(text);
        assert!(
            shown.contains(why) && shown.contains(&format!("hint: {write}")) || shown.contains(write),
            "{text}: {shown}"
        );
        assert!(shown.contains(why), "{text}: {shown}");
        assert_eq!(shown.matches("error[").count(), 1, "{text}: {shown}");
    }
    for (value, minutes) in [("20 min", "20"), ("1h 30m", "90"), ("1.5h", "90"), ("1:30", "90"), ("none", "none")] {
        assert_eq!(
            config(&format!("defaults.minutes = \"{value}\"")).value("defaults.minutes"),
            Some(minutes),
            "{value}"
        );
    }
    assert_eq!(set("", "defaults.minutes", "1h 30m").as_deref(), Ok("[defaults]\nminutes = 90\n"));
    let refused = set("", "editor", "").expect_err("a refusal");
    assert!(refused.contains("hint: `retain config editor --unset` removes it"), "{refused}");
    assert_eq!(set("", "say", "").as_deref(), Ok("say = \"none\"\n"));
}

#[test]
fn a_variable_that_has_no_value_is_known() {
    let wrong = |name: &str, value: &str| {
        let setting = named(name).expect("a setting");
        setting.wrong_variable(|variable| variable.starts_with("RETAIN_").then(|| value.to_owned()))
    };
    assert_eq!(wrong("theme", "pink"), Some(("RETAIN_THEME", "`pink` is not known".into())));
    assert_eq!(wrong("theme", "Dark"), None);
    assert!(wrong("images", "ascii").is_some() && wrong("editor", "'vi").is_some() && wrong("say", "none").is_none());
    assert_eq!(wrong("keys.undo", "pink"), None, "no variable is about it");
    let resolved = config("").resolve(&named("theme").expect("a setting"), None, |_| Some("Light".into()));
    assert_eq!(resolved, ("light".into(), ConfigOrigin::Environment("RETAIN_THEME")));
}

#[test]
fn two_commands_never_have_one_key() {
    assert!(said("[keys]\nundo = \"b\"\nbury = \"u\"\n").is_empty(), "they can change places");
    assert!(said("keys.undo = \"q\"").contains("`q` is the key of `quit`, too"));
    // Undo is a command of exams, too, and pause is not.
    assert!(said("keys.undo = \"n\"").contains("`n` is a key of mock exams (`next`)"));
    assert!(said("keys.pause = \"n\"").is_empty());
    let both = said("[keys]\nundo = \"x\"\nedit = \"X\"\n");
    assert!(both.starts_with("config.toml:3:"), "the later line is the one to change: {both}");
}

#[test]
fn a_change_keeps_all_else() {
    let text = "# the look\ntheme = \"dark\" # at night\n\n# voices\n[keys]\nundo = \"z\"\n";
    let changed = |name, value| set(text, name, value).expect("a change");
    assert_eq!(changed("theme", "light"), text.replace("\"dark\"", "\"light\""));
    assert_eq!(changed("say", "espeak-ng"), text.replace("at night\n", "at night\nsay = \"espeak-ng\"\n"));
    assert_eq!(changed("keys.bury", "x"), format!("{text}bury = \"x\"\n"));
    assert_eq!(changed("defaults.plain", "yes"), format!("{text}\n[defaults]\nplain = true\n"));
    assert_eq!(
        set("keys = { undo = \"z\" }\n", "keys.bury", "x").as_deref(),
        Ok("keys = { undo = \"z\" , bury = \"x\" }\n")
    );
    assert_eq!(set("", "defaults.minutes", "20").as_deref(), Ok("[defaults]\nminutes = 20\n"));
    assert_eq!(set("", "say", "sh -c 'a | b'").as_deref(), Ok("say = \"sh -c 'a | b'\"\n"));
}

#[test]
fn a_value_is_removed_with_its_line() {
    let text = "# the look\ntheme = \"dark\" # at night\n\n[keys]\nundo = \"z\"\nbad name = 1";
    assert_eq!(without(text, "theme"), None, "the file cannot be read");
    let text = "# the look\ntheme = \"dark\" # at night\n\n[keys]\nundo = \"z\"\nfly = 1";
    assert_eq!(without(text, "theme").as_deref(), Some("# the look\n\n[keys]\nundo = \"z\"\nfly = 1"));
    assert_eq!(
        without(text, "keys.fly").as_deref(),
        Some("# the look\ntheme = \"dark\" # at night\n\n[keys]\nundo = \"z\"\n")
    );
    assert_eq!(
        without("keys = { undo = \"z\", bury = \"x\" }", "keys.undo").as_deref(),
        Some("keys = { bury = \"x\" }\n")
    );
    assert_eq!(without("say = '''\na\n'''\ntheme = 1\n", "say").as_deref(), Some("theme = 1\n"));
    assert_eq!(without(text, "say"), None);
    assert_eq!(without(text, "defaults.plain"), None);
}

#[test]
fn what_cannot_be_is_refused_with_the_way_out() {
    let refused = |text: &str, name: &str, value: &str| set(text, name, value).expect_err("a refusal");
    assert!(refused("", "keys.undo", "b").contains("`b` is the key of `bury`, too"));
    assert!(refused("", "keys.undo", "7").contains("rates an answer"));
    assert!(refused("", "theme", "pink").contains("hint: it takes `auto`, `dark`, `light`, `contrast` or `none`"));
    assert!(refused("", "minutes", "5").contains("did you mean `defaults.minutes`?"));
    assert!(refused("", "new-per-day", "5").contains("retain deck set --default new-per-day"));
    assert!(refused("", "Thme", "dark").contains("did you mean `theme`?"));
    assert!(refused("theme = light", "say", "x").contains("cannot be read"));
    assert!(refused("", "say", "'x").contains("quotation mark"));
    // A wrong value is put right, and other wrong lines do not bar the way.
    assert_eq!(set("theme = \"drak\"\nx = 1\n", "theme", "dark").as_deref(), Ok("theme = \"dark\"\nx = 1\n"));
    let _: Error = named("x").expect_err("no such setting");
}

proptest::proptest! {
    /// Every text is read, and every problem is at a place of it.
    #[test]
    fn any_text_is_read(text in "[a-z\\[\\]{}=\"'#.\n \\u{e9}]{0,60}") {
        let _ = said(&text);
        let _ = without(&text, "theme");
        let _ = set(&text, "keys.undo", "z");
    }
}
