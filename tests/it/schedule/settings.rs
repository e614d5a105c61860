//! Settings of decks, presets and the default: what is refused, what counts over what, and where a value comes from.

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right};
use retain::study::PresetChange;
use serde_json::Value;

/// A deck in a deck.
fn program() -> Program {
    let program = Program::new();
    program.file("a.txt", "One?\n- A. yes *\n- B. no\n\nTwo?\n- A. yes *\n- B. no\n");
    program.file("b.txt", "Three?\n- A. yes *\n- B. no\n");
    for (file, deck) in [("a.txt", "Exam"), ("b.txt", "Exam::Nets")] {
        program.ok(&["import", file, "--deck", deck]);
    }
    program
}

/// A value of a deck with where it comes from, as `deck show --json` tells it.
fn value(program: &Program, deck: &str, key: &str) -> Value {
    let out = program.ok(&["deck", "show", deck, "--json"]).out;
    let rows = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    rows.into_iter().find(|row| row["key"] == key).expect("the key")
}

fn told(program: &Program, deck: &str, key: &str) -> (String, String, Value) {
    let row = value(program, deck, key);
    let text = |field: &str| row[field].as_str().expect("a text").to_owned();
    (text("value"), text("from"), row["source"].clone())
}

/// The published parameters, but for the fifth.
fn with_fifth(fifth: &str) -> String {
    format!(
        "parameters=0.212, 1.2931, 2.3065, 8.2956, {fifth}, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, \
         1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542"
    )
}

#[test]
fn an_exam_that_is_over_is_set_and_told() {
    let program = program();
    for (words, over) in [
        (vec!["deck", "set", "Exam", "exam=2026-11-22"], true),
        (vec!["deck", "set", "--default", "exam=2025-01-01"], true),
        (vec!["preset", "create", "Old", "exam=2026-11-01"], true),
        (vec!["preset", "set", "Old", "exam=2026-11-02"], true),
        (vec!["deck", "set", "Exam", "exam=2026-11-24"], false),
        (vec!["preset", "set", "Old", "exam=none"], false),
    ] {
        let said = program.run(&words);
        assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
        assert_eq!(said.err.contains("is over, so cards are scheduled as usual"), over, "{}", said.err);
    }
    let said = program.run(&["deck", "set", "Exam", "exam=2026-11-23"]);
    assert!(said.err.contains("the exam of 2026-11-23 is today"), "{}", said.err);
    assert_eq!(told(&program, "Exam", "exam").0, "2026-11-23");
    assert!(program.ok(&["deck", "set", "Exam", &with_fifth("6.4133")]).out.is_empty());
}

#[test]
fn a_value_outside_is_refused_with_the_range_and_nothing_is_changed() {
    let program = program();
    let before = program.ok(&["deck", "show", "Exam"]).out;
    for (pair, range) in [
        ("desired-retention=0.69", "a number from 0.70 to 0.99"),
        ("new-per-day=10000", "a whole number from 0 to 9999"),
        ("reviews-per-day=-1", "a whole number from 0 to 9999"),
        ("new-ignores-review-limit=yes", "`on` or `off`"),
        ("learning-steps=5", "durations such as"),
        ("learn-ahead=13h", "a duration from 0 to 12h"),
        ("maximum-interval=0", "from 1 to 36500"),
        ("easy-days=1 1 1 1 1 1 2", "seven numbers from 0 to 1"),
        ("review-order=backwards", "`risk`, `due`, `random`, `difficulty`, `deck` or `overdue`"),
        ("new-order=", "`bank`, `random` or `topics`"),
        ("mix=shaken", "`mixed`, `new-first` or `new-last`"),
        ("leech-threshold=1", "from 2 to 99, or `off`"),
        ("leech-action=delete", "`tag` or `suspend`"),
        ("prior-knowledge=1", "a number from 0 to 0.99"),
        ("grading=never", "`auto` or `ask`"),
        ("exam=2027-02-29", "a date such as"),
        ("minutes-per-day=1441", "from 1 to 1440, or `none`"),
        ("parameters=1,2", "21 finite numbers"),
        (&with_fifth("10.5"), "number 5 (w4) cannot be `10.5`: it takes a number from 1 to 10"),
        (&with_fifth("0.9"), "number 5 (w4) cannot be `0.9`: it takes a number from 1 to 10"),
        (&with_fifth("NaN"), "21 finite numbers"),
    ] {
        // What stands before and after a value that is refused is not set either.
        let said = program.run(&["deck", "set", "Exam", "new-per-day=7", pair, "fuzz=off"]);
        assert_eq!(said.code, 1, "{pair}");
        assert!(said.err.contains(range) && said.err.contains("nothing was changed"), "{}", said.err);
    }
    let said = program.run(&["deck", "set", "Exam", "new-per-day=7", "new-per-dya=8"]);
    assert_eq!((said.code, said.err.contains("did you mean `new-per-day`?")), (1, true), "{}", said.err);
    let said = program.run(&["deck", "set", "Exam", "day-start=3"]);
    assert_eq!((said.code, said.err.contains("--default day-start=3")), (1, true), "{}", said.err);
    assert_eq!(program.run(&["deck", "set", "Exam", "fuzz"]).code, 2);
    assert_eq!(program.ok(&["deck", "show", "Exam"]).out, before);
}

#[test]
fn a_deck_counts_over_its_preset_and_that_over_the_decks_around_it() {
    let program = program();
    let nets = |key| told(&program, "Exam::Nets", key);
    let row = |value: &str, from: &str, source: Value| (value.to_owned(), from.to_owned(), source);
    assert_eq!(nets("new-per-day"), row("20", "default", Value::Null));
    program.ok(&["deck", "set", "--default", "new-per-day=19"]);
    assert_eq!(nets("new-per-day"), row("19", "default", Value::Null));
    program.ok(&["preset", "create", "Calm", "new-per-day=5", "fuzz=off"]);
    program.ok(&["preset", "assign", "calm", "Exam"]);
    assert_eq!(nets("new-per-day"), row("5", "preset", "Calm".into()));
    assert_eq!(value(&program, "Exam::Nets", "new-per-day")["through"], "Exam");
    program.ok(&["deck", "set", "Exam", "new-per-day=6"]);
    assert_eq!(nets("new-per-day"), row("6", "parent", "Exam".into()));
    program.ok(&["preset", "create", "Fast", "new-per-day=50"]);
    program.ok(&["preset", "assign", "Fast", "Exam::Nets"]);
    assert_eq!(nets("new-per-day"), row("50", "preset", "Fast".into()));
    program.ok(&["deck", "set", "Exam::Nets", "new-per-day=8"]);
    assert_eq!(nets("new-per-day"), row("8", "deck", "Exam::Nets".into()));
    assert_eq!(nets("fuzz"), row("off", "preset", "Calm".into()));

    // And all the way back.
    for (args, left) in [
        (vec!["deck", "set", "Exam::Nets", "new-per-day=inherit"], "50"),
        (vec!["preset", "set", "Fast", "new-per-day=inherit"], "6"),
        (vec!["deck", "set", "Exam", "new-per-day=inherit"], "5"),
        (vec!["preset", "unassign", "Exam"], "19"),
        (vec!["deck", "set", "--default", "new-per-day=inherit"], "20"),
    ] {
        program.ok(&args);
        assert_eq!(nets("new-per-day").0, left, "{args:?}");
    }
    program.is_sound();
}

#[test]
fn deck_show_says_when_and_on_what_evidence() {
    let program = program();
    program.ok(&["deck", "set", "Exam", "desired-retention=0.85"]);
    let out = program.ok(&["deck", "show", "Exam::Nets"]).out;
    let line = out.lines().find(|line| line.contains("desired-retention")).expect("a line");
    assert!(line.ends_with("0.85                      parent deck Exam, set by hand on 2026-11-23"), "{line}");
    let own = value(&program, "Exam", "desired-retention");
    assert_eq!((&own["set"], &own["evidence"]), (&"2026-11-23T08:00:00.000+01:00".into(), &"set by hand".into()));
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn presets_are_made_shared_renamed_and_deleted() {
    let program = program();
    program.ok(&["preset", "create", "Calm", "new-per-day=5"]);
    for args in [
        &["preset", "create", "calm"][..],
        &["preset", "create", "default"],
        &["preset", "create", " "],
        &["preset", "create", "Bad", "fuzz=maybe"],
        &["preset", "set", "Clam", "fuzz=off"],
        &["preset", "set", "Calm", "day-start=3"],
        &["preset", "assign", "Calm", "Exam", "Nowhere"],
        &["preset", "delete", "default"],
        &["preset", "rename", "Calm", "DEFAULT"],
    ] {
        let said = program.run(args);
        assert_eq!((said.code, said.err.contains("hint:")), (1, true), "{args:?}: {}", said.err);
    }
    assert_eq!(program.ok(&["preset", "list"]).out, "default (0 set): all decks\nCalm (1 set): no deck\n");
    program.ok(&["preset", "assign", "Calm", "Exam", "Exam::Nets"]);
    program.ok(&["preset", "rename", "Calm", "calm"]);
    assert!(program.ok(&["preset", "list"]).out.ends_with("calm (1 set): Exam, Exam::Nets\n"));
    let shown = program.ok(&["preset", "show", "calm"]).out;
    assert!(shown.contains("of deck Exam::Nets") && shown.contains("new-per-day"), "{shown}");
    let said = program.run(&["preset", "delete", "calm"]);
    assert!(said.err.contains("shared by Exam, Exam::Nets"), "{}", said.err);
    assert_eq!(told(&program, "Exam", "new-per-day").1, "default");
}

#[test]
fn a_preset_that_changes_what_is_remembered_remakes_it() {
    let study = Study::new();
    study.mlops().review(all_right);
    let change = |change: PresetChange<'_>| {
        study.trainer().change_presets(change).expect("a change");
        study.is_sound();
    };
    change(PresetChange::Create("Sure", &["luck-aware=off".into(), "prior-knowledge=0.9".into()]));
    let memory = || study.table("cards").iter().map(|card| card["stability"].as_f64()).collect::<Vec<_>>();
    let before = memory();
    change(PresetChange::Assign("Sure", &["mlops".into()]));
    assert_ne!(memory(), before);
    change(PresetChange::Delete("Sure"));
    assert_eq!(memory(), before);
}

#[test]
fn a_deck_is_renamed_with_the_decks_in_it() {
    let program = program();
    program.ok(&["deck", "set", "Exam", "new-per-day=3"]);
    let said = program.run(&["deck", "rename", "Exam::Nets", "a::"]);
    assert_eq!((said.code, said.err.contains("cannot be called `a::`")), (1, true), "{}", said.err);
    program.ok(&["deck", "rename", "Exam::Nets", "exam::nets"]);
    let said = program.run(&["deck", "rename", "exam::nets", "Exam"]);
    assert_eq!((said.code, said.err.contains("there is a deck `Exam` already")), (1, true), "{}", said.err);
    program.ok(&["deck", "rename", "exam", "Old::Exam"]);
    let names: Vec<String> = program
        .ok(&["deck", "list", "--json"])
        .out
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).expect("JSON");
            format!("{} {} {}", row["deck"].as_str().expect("a name"), row["cards"], row["new"])
        })
        .collect();
    assert_eq!(names, ["Old::Exam 2 2", "Old::Exam::nets 1 1"]);
    // Into itself: every name is taken by another deck on its way.
    program.ok(&["deck", "rename", "Old::Exam", "Old::Exam::nets"]);
    let list = program.ok(&["deck", "list"]).out;
    assert!(list.contains("Old::Exam::nets::nets"), "{list}");
    assert_eq!(told(&program, "old::exam::nets::nets", "new-per-day").0, "3");
    program.is_sound();
}

#[test]
fn postponing_needs_no_number_of_days() {
    let mut program = Program::new();
    program.with_mlops();
    program.ok(&["deck", "postpone", "MLOps", "--dry-run"]);
}
