//! Choosing what to review: topics, tags, states, flags, misses; and practice, which leaves the schedule as it is.

use crate::fixture::trainer::{Said, Session, Trainer, label};
use serde_json::{Value, json};

const NONE: [u32; 0] = [];

fn done(trainer: &Trainer, args: &[&str]) -> String {
    let said = trainer.run(args);
    assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    said.out
}

/// Six questions in three topics, three of them with a tag.
fn bank() -> Trainer {
    let trainer = Trainer::new();
    let rows: String =
        [("Red", "odd"), ("Red", ""), ("Green", "odd"), ("Green", ""), ("Blue", "odd;Last"), ("Blue", "")]
            .iter()
            .enumerate()
            .map(|(at, (topic, tags))| format!("{} ?,yes,no,never,A,{topic},{tags}\n", at + 1))
            .collect();
    trainer.file("bank.csv", format!("question,a,b,c,answer,topic,tags\n{rows}"));
    done(&trainer, &["import", "bank.csv", "--deck", "A"]);
    done(
        &trainer,
        &["deck", "set", "A", "learning-steps=none", "relearning-steps=none", "fuzz=off", "desired-retention=0.7"],
    );
    trainer
}

fn question(session: &mut Session) -> Option<Value> {
    loop {
        let line = session.read()?;
        match line["type"].as_str() {
            Some("question") => return Some(line),
            Some("error") => panic!("{line}"),
            _ => {}
        }
    }
}

fn answer(session: &mut Session, line: &Value, right: bool) {
    session.send(&json!({"type": "answer", "pick": [label(line, if right { "yes" } else { "no" })], "ms": 3000}));
    session.send(&json!({"type": "rate"}));
}

/// The numbers of the questions asked, where `right` says which are answered right.
fn review(trainer: &Trainer, args: &[&str], right: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut session = trainer.session(args);
    let mut asked = Vec::new();
    while let Some(line) = question(&mut session) {
        let number = line["stem"].as_str().expect("a stem")[..1].parse().expect("a number");
        answer(&mut session, &line, right(number));
        asked.push(number);
    }
    asked
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers
}

/// 2 was missed on the 20th, 5 on the 21st and 3 on the 22nd; all are learnt, and come back after days.
fn with_misses() -> Trainer {
    let mut trainer = bank();
    for (day, missed) in [("20", 2), ("21", 5), ("22", 3)] {
        trainer.at(&format!("2026-11-{day}T08:00:00+01:00"));
        review(&trainer, &["--ahead", "999"], |number| number != missed);
    }
    trainer
}

/// What the schedule knows of the cards.
fn schedule(trainer: &Trainer) -> Vec<Value> {
    trainer.table("cards")
}

fn refused(trainer: &Trainer, args: &[&str], code: i32, message: &str, hint: &str) {
    let Said { code: said, err, out } = trainer.run(&[&["review", "--json"], args].concat());
    assert_eq!(said, code, "{args:?}: {err}");
    assert!(out.is_empty() && err.contains(message) && err.contains(hint), "{args:?}: {err}");
}

#[test]
fn any_of_several_topics_and_tags() {
    let asked = |args: &[&str]| sorted(review(&bank(), args, |_| true));
    assert_eq!(asked(&["--topic", "red"]), [1, 2]);
    assert_eq!(asked(&["--topic", "red", "--topic", "BLUE"]), [1, 2, 5, 6]);
    assert_eq!(asked(&["--tag", "odd"]), [1, 3, 5]);
    assert_eq!(asked(&["--tag", "last", "--tag", "odd", "--topic", "Blue", "--topic", "Green"]), [3, 5]);
    assert_eq!(asked(&["A", "--topic", "Green", "--limit", "1"]).len(), 1);
    assert_eq!(asked(&["--topic", "Green", "--topic", "Red", "--new", "3"]).len(), 3);
}

#[test]
fn a_slip_in_a_name_or_a_value_is_told() {
    let trainer = bank();
    refused(&trainer, &["--topic", "Gren"], 1, "no question has the topic `Gren`", "did you mean `Green`?");
    refused(&trainer, &["A", "--topic", "Cooking"], 1, "no question in `A` has the topic `Cooking`", "export topics");
    refused(&trainer, &["--tag", "od"], 1, "no question has the tag `od`", "did you mean `odd`?");
    refused(&trainer, &["--state", "old"], 2, "'old'", "new, learning, review, relearning");
    refused(&trainer, &["--wrong-since", "7 days"], 2, "`7d`, `2w` or `12h`", "`2026-11-20`");
    refused(&trainer, &["--wrong-since", "0h"], 2, "the duration must be longer than 0", "");
    refused(&trainer, &["--wrong-since", "2026-11-24"], 1, "`2026-11-24` is in the future", "hint: ");
    refused(&trainer, &["--minutes", "0"], 2, "0 is not in 1..=1440", "");
    refused(&trainer, &["--flagged", "--new", "3"], 2, "cannot be used with", "");
    refused(&trainer, &["--limit", "0"], 2, "0 is not in 1..", "");
}

#[test]
fn states_are_those_of_the_cards_or_those_in_which_they_began_the_day() {
    let mut trainer = bank();
    done(&trainer, &["deck", "set", "A", "learning-steps=1m", "relearning-steps=1m", "learn-ahead=0", "new-per-day=2"]);
    assert_eq!(sorted(review(&trainer, &["--state", "review,relearning"], |_| true)), NONE);
    assert_eq!(sorted(review(&trainer, &["--state", "new"], |_| false)), [1, 2]);
    trainer.at("2026-11-23T08:02:00+01:00");
    assert_eq!(sorted(review(&trainer, &["--state", "review"], |_| true)), NONE);
    // A card that was new today goes on with its steps, whichever of the two is asked for.
    assert_eq!(sorted(review(&trainer, &["--state", "new"], |number| number == 1)), [1, 2]);
    trainer.at("2026-11-23T08:04:00+01:00");
    assert_eq!(sorted(review(&trainer, &["--state", "learning"], |_| true)), [2]);
    trainer.at("2026-12-23T08:00:00+01:00");
    assert_eq!(sorted(review(&trainer, &["--state", "review"], |number| number == 1)), [1, 2]);
    trainer.at("2026-12-23T08:02:00+01:00");
    assert_eq!(sorted(review(&trainer, &["--state", "new", "--state", "relearning"], |_| true)), [2, 3, 4]);
    trainer.is_sound();
}

#[test]
fn a_retake_asks_for_the_misses_and_leaves_the_schedule_as_it_is() {
    let mut trainer = with_misses();
    trainer.at("2026-11-23T20:00:00+01:00");
    let before = schedule(&trainer);
    let (stats, revlog) = (trainer.table("stats"), trainer.table("revlog"));
    assert_eq!(review(&trainer, &["--wrong-since", "7d"], |number| number != 5), [2, 5, 3], "the oldest miss first");
    assert_eq!(schedule(&trainer), before);
    assert_eq!(trainer.table("revlog"), revlog);

    // It is in the log, marked, and counts as work alone.
    let reviews = trainer.table("reviews");
    let practice: Vec<&Value> = reviews.iter().filter(|row| row["practice"] == true).collect();
    assert_eq!(practice.len(), 3);
    assert!(practice.iter().all(|row| row["kind"] == "ahead" && row["stability_after"].is_null()), "{practice:?}");
    assert_eq!(practice.iter().map(|row| row["rating"].as_u64().expect("a rating")).collect::<Vec<_>>(), [3, 1, 3]);
    let after = trainer.table("stats");
    let (today, days_before) = after.split_last().expect("a row of today");
    assert_eq!(days_before, stats);
    assert_eq!((&today["answers"], &today["minutes"]), (&3.into(), &0.15.into()));
    for column in ["new", "reviews", "again", "hard", "good", "easy", "right", "guessed"] {
        assert_eq!(today[column], 0, "{column}");
    }
    for column in ["accuracy", "retention", "retention_corrected", "predicted"] {
        assert!(today[column].is_null(), "{column}");
    }
    let said = done(&trainer, &["stats"]);
    assert!(
        said.contains("today       3 answers, 0.1 minutes") || said.contains("today       3 answers, 0.2 minutes"),
        "{said}"
    );

    // What was practised is done for today, and a miss in practice is one for tomorrow.
    assert_eq!(review(&trainer, &["--wrong-since", "7d"], |_| true), NONE);
    trainer.at("2026-11-24T08:00:00+01:00");
    assert_eq!(review(&trainer, &["--wrong-since", "12h"], |_| true), [5]);
    trainer.is_sound();
    done(&trainer, &["rebuild"]);
    trainer.is_sound();
}

#[test]
fn a_card_that_is_due_counts_in_a_retake() {
    let mut trainer = with_misses();
    let missed: Vec<(u32, String)> = schedule(&trainer)
        .iter()
        .map(|card| (card["stem"].as_str().expect("a stem")[..1].parse().expect("a number"), card))
        .filter(|(number, _)| [2, 3, 5].contains(number))
        .map(|(number, card)| (number, card["due"].as_str().expect("a day").to_owned()))
        .collect();
    let first = missed.iter().map(|(_, due)| due).min().expect("a day").clone();
    let of_them: Vec<u32> = missed.iter().filter(|(_, due)| *due == first).map(|(number, _)| *number).collect();
    assert!(of_them.len() < 3, "some are due: {missed:?}");
    trainer.at(&format!("{first}T08:00:00+01:00"));
    assert_eq!(review(&trainer, &["--wrong-since", "2026-11-20"], |_| true), [2, 5, 3]);
    let reviews = trainer.table("reviews");
    let counted = reviews[reviews.len() - 3..].iter().filter(|row| row["practice"] == false).count();
    assert_eq!(counted, of_them.len());
    assert!(review(&trainer, &["--state", "review"], |_| true).iter().all(|number| !of_them.contains(number)));
    trainer.is_sound();
}

#[test]
fn practice_that_is_taken_back_restores_nothing_and_is_asked_again() {
    let mut trainer = with_misses();
    trainer.at("2026-11-23T20:00:00+01:00");
    let before = schedule(&trainer);
    let mut session = trainer.session(&["--wrong-since", "7d"]);
    let first = question(&mut session).expect("a question");
    answer(&mut session, &first, false);
    question(&mut session).expect("the next question");
    session.child.kill().expect("it is killed");
    done(&trainer, &["undo"]);
    assert_eq!(schedule(&trainer), before);
    assert_eq!(review(&trainer, &["--wrong-since", "7d"], |_| true), [2, 5, 3]);

    // Taken back in an ordinary review, it is practice again there.
    trainer.at("2026-11-24T08:00:00+01:00");
    let mut session = trainer.session(&["--ahead", "999"]);
    question(&mut session).expect("a question");
    session.send(&json!({"type": "undo"}));
    let again = question(&mut session).expect("the card that was taken back");
    assert!(again["stem"].as_str().expect("a stem").starts_with('3'));
    answer(&mut session, &again, true);
    question(&mut session).expect("the next question");
    drop(session);
    let last = trainer.table("reviews").pop().expect("an answer");
    assert_eq!((&last["practice"], &last["study_day"]), (&true.into(), &"2026-11-24".into()));
    trainer.is_sound();
}

#[test]
fn flagged_cards_are_practised_due_or_not() {
    let mut trainer = bank();
    done(&trainer, &["deck", "set", "A", "new-per-day=3"]);
    review(&trainer, &[], |_| true);
    let database = rusqlite::Connection::open(trainer.db()).expect("the database");
    database
        .execute_batch("insert into flag (card, note, at_ms) values (4, 'odd', 2), (1, '', 1), (2, 'why?', 3)")
        .expect("flags");
    drop(database);
    let before = schedule(&trainer);
    trainer.at("2026-11-23T09:00:00+01:00");
    assert_eq!(review(&trainer, &["--flagged", "--topic", "Green"], |_| true), [4]);
    assert_eq!(review(&trainer, &["--flagged"], |_| true), [1, 2], "in the order in which they were flagged");
    assert_eq!(schedule(&trainer), before, "also the card that was never asked stays new");
    assert_eq!(review(&trainer, &["--flagged", "--wrong-since", "7d"], |_| true), NONE);
    // The limits of the day are as they were: three of six new cards were asked.
    done(&trainer, &["deck", "set", "A", "new-per-day=6"]);
    assert_eq!(review(&trainer, &["--state", "new"], |_| true), [4, 5, 6]);
    trainer.is_sound();
}

#[test]
fn an_empty_choice_is_told_for_what_it_is() {
    let mut trainer = bank();
    let said = trainer.run(&["review", "--flagged"]);
    assert_eq!((said.code, said.err.as_str()), (0, "no card that is flagged is left to go through today\n"));
    review(&trainer, &[], |_| false);
    trainer.at("2026-11-26T09:00:00+01:00");
    // Nothing is new, but what was not chosen is due all the same.
    let said = trainer.run(&["review", "--state", "new", "--plain"]);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("Nothing is due now.\nThe next card is due today.\n", ""));
}

#[test]
fn what_was_asked_ahead_is_not_asked_ahead_again() {
    let mut trainer = bank();
    review(&trainer, &[], |_| true);
    trainer.at("2026-11-24T09:00:00+01:00");
    assert_eq!(review(&trainer, &["--ahead", "99"], |_| false).len(), 6);
    assert_eq!(review(&trainer, &["--ahead", "99"], |_| true), NONE, "they come back within the days asked for");
    trainer.is_sound();
}
