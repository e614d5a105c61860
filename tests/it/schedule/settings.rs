//! Settings of decks, presets and the default: what is refused, what counts over what, and where a value comes from.

use crate::fixture::program::Program;
use crate::fixture::study::import::{json_lines, refusal};
use crate::fixture::study::{Study, all_right};
use retain::error::Result;
use retain::study::PresetChange;
use retain::ui;
use serde_json::Value;

/// A deck in a deck.
fn study() -> Study {
    let study = Study::new();
    study.bank("Exam", "One?\n- A. yes *\n- B. no\n\nTwo?\n- A. yes *\n- B. no\n");
    study.bank("Exam::Nets", "Three?\n- A. yes *\n- B. no\n");
    study
}

/// Changes settings of a deck, or of all; what is said of it.
fn set(study: &Study, deck: Option<&str>, pairs: &[&str]) -> Result<String> {
    study.trainer().change_settings(deck, &owned(pairs))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Changes presets; what is said of it.
fn change(study: &Study, change: PresetChange<'_>) -> Result<String> {
    study.trainer().change_presets(change)
}

/// The settings of a deck as a person reads them.
fn shown(study: &Study, deck: &str) -> String {
    ui::settings::deck_text(&study.trainer().deck_settings(deck).expect("a deck"), study.now())
}

/// A value of a deck with where it comes from, as a program reads it.
fn value(study: &Study, deck: &str, key: &str) -> Value {
    let settings = study.trainer().deck_settings(deck).expect("a deck");
    let rows = json_lines(&ui::settings::deck_lines(&settings, study.now()).expect("lines"));
    rows.into_iter().find(|row| row["key"] == key).expect("the key")
}

fn origin(study: &Study, deck: &str, key: &str) -> (String, String, Value) {
    let row = value(study, deck, key);
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
fn a_date_may_be_said_by_today() {
    let study = Study::new();
    study.bank("Exam", "1. Is it?\nA. yes *\nB. no\n").at("2026-11-29T02:00:00+01:00");
    let exam = |text: &str| {
        study.trainer().change_settings(Some("Exam"), &[format!("exam={text}")]).expect("a date");
        origin(&study, "Exam", "exam").0
    };
    assert_eq!(exam("tomorrow"), "2026-11-29", "the study day ends at four in the morning");
    assert_eq!(exam("in 2 weeks"), "2026-12-12");
    assert_eq!(exam("10 Dec"), "2026-12-10");
    assert_eq!(exam("Dec 10"), "2026-12-10");
    let words: Vec<String> = ["exam=in", "3", "weeks", "fuzz=off"].map(str::to_owned).into();
    study.trainer().change_settings(Some("Exam"), &words).expect("words without quotation marks");
    assert_eq!(origin(&study, "Exam", "exam").0, "2026-12-19");
    study.trainer().change_settings(None, &["ignore-before=2 weeks ago".to_owned()]).expect("a date");
    assert_eq!(origin(&study, "Exam", "ignore-before").0, "2026-11-14");
    let preset = study.trainer().change_presets(PresetChange::Create("Soon", &["exam=in 5 days".to_owned()]));
    assert!(preset.expect("a preset").contains("exam is now 2026-12-03"));
}

#[test]
fn an_exam_that_is_over_is_set_and_told() {
    let study = study();
    let exam = |day: &str| vec![format!("exam={day}")];
    let deck = |deck: Option<&str>, day: &str| study.trainer().change_settings(deck, &exam(day));
    for (said, over) in [
        (deck(Some("Exam"), "2026-11-22"), true),
        (deck(None, "2025-01-01"), true),
        (change(&study, PresetChange::Create("Old", &exam("2026-11-01"))), true),
        (change(&study, PresetChange::Set("Old", &exam("2026-11-02"))), true),
        (deck(Some("Exam"), "2026-11-24"), false),
        (change(&study, PresetChange::Set("Old", &exam("none"))), false),
    ] {
        let said = said.expect("a change");
        assert_eq!(said.contains("is in the past, so cards are scheduled as usual"), over, "{said}");
    }
    let said = deck(Some("Exam"), "2026-11-23").expect("a change");
    assert!(said.contains("the exam of 2026-11-23 is today"), "{said}");
    assert_eq!(origin(&study, "Exam", "exam").0, "2026-11-23");
    set(&study, Some("Exam"), &[&with_fifth("6.4133")]).expect("parameters");
}

#[test]
fn a_value_outside_is_refused_with_the_range_and_nothing_is_changed() {
    let study = study();
    let before = shown(&study, "Exam");
    for (pair, range) in [
        ("desired-retention=0.69", "a number from 0.70 to 0.99"),
        ("new-per-day=10000", "a whole number from 0 to 9999"),
        ("reviews-per-day=-1", "a whole number from 0 to 9999"),
        ("new-ignores-review-limit=maybe", "`on` or `off`"),
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
        ("exam=2027-02-29", "there is no 29 February 2027"),
        ("exam=soon", "a date such as"),
        ("exam=1.4.", "that is 2027-04-01 or 2027-01-04"),
        ("minutes-per-day=1441", "from 1 to 1440, or `none`"),
        ("parameters=1,2", "21 finite numbers"),
        (&with_fifth("10.5"), "number 5 (w4) cannot be `10.5`: it takes a number from 1 to 10"),
        (&with_fifth("0.9"), "number 5 (w4) cannot be `0.9`: it takes a number from 1 to 10"),
        (&with_fifth("NaN"), "21 finite numbers"),
    ] {
        // What stands before and after a value that is refused is not set either.
        let (code, text) = refusal(set(&study, Some("Exam"), &["ignore-before=none", pair, "optimize=off"]));
        assert_eq!(code, 1, "{pair}");
        assert!(text.contains(range) && text.contains("nothing was changed"), "{text}");
    }
    for (pairs, code, hint) in [
        (&["new-per-day=7", "new-per-dya=8"][..], 1, "did you mean `new-per-day`?"),
        (&["new=7", "new-per-day=8"], 2, "say each setting once"),
        (&["day-start=3"], 1, "--default day-start=3"),
        (&["fuzz"], 2, "write `fuzz=VALUE`: it takes `on` or `off`"),
    ] {
        let (ended, text) = refusal(set(&study, Some("Exam"), pairs));
        assert!(ended == code && text.contains(hint), "{text}");
    }
    assert_eq!(shown(&study, "Exam"), before);
}

#[test]
fn a_deck_counts_over_its_preset_and_that_over_the_decks_around_it() {
    let study = study();
    let nets = |key| origin(&study, "Exam::Nets", key);
    let row = |value: &str, from: &str, source: Value| (value.to_owned(), from.to_owned(), source);
    let deck = |deck: Option<&str>, pair: &str| set(&study, deck, &[pair]).expect("a change");
    let preset = |of: PresetChange<'_>| change(&study, of).expect("a change");
    assert_eq!(nets("new-per-day"), row("20", "default", Value::Null));
    deck(None, "new-per-day=19");
    assert_eq!(nets("new-per-day"), row("19", "default", Value::Null));
    preset(PresetChange::Create("Calm", &owned(&["new-per-day=5", "fuzz=off"])));
    preset(PresetChange::Assign("calm", &owned(&["Exam"])));
    assert_eq!(nets("new-per-day"), row("5", "preset", "Calm".into()));
    assert_eq!(value(&study, "Exam::Nets", "new-per-day")["through"], "Exam");
    deck(Some("Exam"), "new-per-day=6");
    assert_eq!(nets("new-per-day"), row("6", "parent", "Exam".into()));
    preset(PresetChange::Create("Fast", &owned(&["new-per-day=50"])));
    preset(PresetChange::Assign("Fast", &owned(&["Exam::Nets"])));
    assert_eq!(nets("new-per-day"), row("50", "preset", "Fast".into()));
    deck(Some("Exam::Nets"), "new-per-day=8");
    assert_eq!(nets("new-per-day"), row("8", "deck", "Exam::Nets".into()));
    assert_eq!(nets("fuzz"), row("off", "preset", "Calm".into()));

    // And all the way back.
    let inherit = "new-per-day=inherit";
    deck(Some("Exam::Nets"), inherit);
    assert_eq!(nets("new-per-day").0, "50");
    preset(PresetChange::Set("Fast", &owned(&[inherit])));
    assert_eq!(nets("new-per-day").0, "6");
    deck(Some("Exam"), inherit);
    assert_eq!(nets("new-per-day").0, "5");
    preset(PresetChange::Unassign("Exam"));
    assert_eq!(nets("new-per-day").0, "19");
    deck(None, inherit);
    assert_eq!(nets("new-per-day").0, "20");
    study.is_sound();
}

#[test]
fn deck_show_says_when_and_on_what_evidence() {
    let study = study();
    study.deck_settings("Exam", "desired-retention=0.85");
    let text = shown(&study, "Exam::Nets");
    let line = text.lines().find(|line| line.contains("desired-retention")).expect("a line");
    assert!(line.ends_with("0.85                      parent deck Exam, set by hand on 2026-11-23"), "{line}");
    let own = value(&study, "Exam", "desired-retention");
    assert_eq!((&own["set"], &own["evidence"]), (&"2026-11-23T08:00:00.000+01:00".into(), &"set by hand".into()));
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn presets_are_made_shared_renamed_and_deleted() {
    use PresetChange::{Assign, Create, Delete, Rename, Set};
    let study = study();
    let list = || ui::settings::preset_list(&study.trainer().presets().expect("presets"));
    change(&study, Create("Calm", &owned(&["new-per-day=5"]))).expect("a preset");
    for refused in [
        Create("calm", &[]),
        Create("default", &[]),
        Create(" ", &[]),
        Create("Bad", &owned(&["fuzz=maybe"])),
        Set("Clam", &owned(&["fuzz=off"])),
        Set("Calm", &owned(&["day-start=3"])),
        Assign("Calm", &owned(&["Exam", "Nowhere"])),
        Delete("default"),
        Rename("Calm", "DEFAULT"),
    ] {
        let (code, text) = refusal(change(&study, refused));
        assert_eq!((code, text.contains("hint:")), (1, true), "{refused:?}: {text}");
    }
    assert_eq!(list(), "default (0 set): all decks\nCalm (1 set): no deck\n");
    change(&study, Assign("Calm", &owned(&["Exam", "Exam::Nets"]))).expect("two decks");
    change(&study, Rename("Calm", "calm")).expect("another name");
    assert!(list().ends_with("calm (1 set): Exam, Exam::Nets\n"));
    let shown = ui::settings::preset_text(&study.trainer().preset("calm").expect("a preset"), study.now());
    assert!(shown.contains("of deck Exam::Nets") && shown.contains("new-per-day"), "{shown}");
    let said = change(&study, Delete("calm")).expect("no preset");
    assert!(said.contains("shared by Exam, Exam::Nets"), "{said}");
    assert_eq!(origin(&study, "Exam", "new-per-day").1, "default");
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
    let study = study();
    let rename = |old: &str, new: &str| study.trainer().rename_deck(old, new);
    study.deck_settings("Exam", "new-per-day=3");
    let (code, text) = refusal(rename("Exam::Nets", "a::"));
    assert!(code == 1 && text.contains("cannot be called `a::`"), "{text}");
    rename("Exam::Nets", "exam::nets").expect("another name");
    let (code, text) = refusal(rename("exam::nets", "Exam"));
    assert!(code == 1 && text.contains("there is a deck `Exam` already"), "{text}");
    rename("exam", "Old::Exam").expect("another name");
    let list = || study.trainer().deck_list(false).expect("decks");
    let names: Vec<String> = list().iter().map(|deck| format!("{} {} {}", deck.name, deck.cards, deck.new)).collect();
    assert_eq!(names, ["Old::Exam 2 2", "Old::Exam::nets 1 1"]);
    // Into itself: every name is taken by another deck on its way.
    rename("Old::Exam", "Old::Exam::nets").expect("another name");
    assert!(list().iter().any(|deck| deck.name == "Old::Exam::nets::nets"));
    assert_eq!(origin(&study, "old::exam::nets::nets", "new-per-day").0, "3");
    study.is_sound();
}

#[test]
fn what_a_setting_changes_is_told_and_what_is_asked_for_is_printed() {
    let program = study().program();
    let said = program.run(&["deck", "set", "Exam", "exam=2026-11-22"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(said.err.contains("is in the past, so cards are scheduled as usual"), "{}", said.err);
    let said = program.run(&["preset", "create", "Calm", "new-per-day=5"]);
    assert_eq!(
        (said.code, said.out.as_str(), said.err.as_str()),
        (0, "", "made the preset Calm\nCalm: new-per-day is now 5\n")
    );
    assert_eq!(program.ok(&["preset", "assign", "calm", "Exam::Nets"]).out, "");
    assert!(program.ok(&["preset", "list"]).out.ends_with("Calm (1 set): Exam::Nets\n"));
    let rows = program.json(&["deck", "show", "Exam::Nets", "--json"]);
    let row = rows.iter().find(|row| row["key"] == "new-per-day").expect("the key");
    assert_eq!((&row["value"], &row["from"]), (&"5".into(), &"preset".into()));
    assert!(program.ok(&["deck", "show", "Exam::Nets"]).out.contains("preset Calm, set by hand on 2026-11-23"));
    assert_eq!(program.ok(&["deck", "rename", "Exam::Nets", "Nets"]).err, "Exam::Nets is now Nets\n");
    assert_eq!(program.run(&["deck", "set", "Exam", "fuzz"]).code, 2);
    let said = program.run(&["deck", "set", "Exam", "new-per-day=-1"]);
    assert_eq!((said.code, said.err.contains("hint: nothing was changed")), (1, true), "{}", said.err);
}

#[test]
fn postponing_needs_no_number_of_days() {
    let mut program = Program::new();
    program.with_mlops();
    program.ok(&["deck", "postpone", "MLOps", "--dry-run"]);
}
