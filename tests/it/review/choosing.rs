//! Choosing what to review: topics, tags, states, flags, misses; and practice, which leaves the schedule as it is.

use crate::fixture::program::{CommandOutput, Program};
use crate::fixture::study::import::refusal;
use crate::fixture::study::{Study, ahead, of_topics, pick};
use retain::model::CardState;
use retain::session::{Action, Showing};
use retain::study::{ReviewRequest, StatsRequest, parse_since};
use serde_json::Value;

const NONE: [u32; 0] = [];

/// Six questions in three topics, three of them with a tag.
fn rows() -> String {
    let rows: String =
        [("Red", "odd"), ("Red", ""), ("Green", "odd"), ("Green", ""), ("Blue", "odd;Last"), ("Blue", "")]
            .iter()
            .enumerate()
            .map(|(at, (topic, tags))| format!("{} ?,yes,no,never,A,{topic},{tags}\n", at + 1))
            .collect();
    format!("question,a,b,c,answer,topic,tags\n{rows}")
}

fn bank() -> Study {
    let study = Study::new();
    study
        .bank("A", rows())
        .deck_settings("A", "learning-steps=none relearning-steps=none fuzz=off desired-retention=0.7");
    study
}

fn program() -> Program {
    let program = Program::new();
    program.file("bank.csv", rows());
    program.ok(&["import", "bank.csv", "--deck", "A"]);
    program
}

fn number(question: &Showing) -> u32 {
    question.stem[..1].parse().expect("a number")
}

/// The numbers of the questions asked, where `right` says which are answered right.
fn review(study: &Study, request: &ReviewRequest, right: impl Fn(u32) -> bool) -> Vec<u32> {
    let asked = study.asked(request, |question| pick(question, if right(number(question)) { "yes" } else { "no" }));
    asked.iter().map(number).collect()
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers
}

/// All that is due.
fn all() -> ReviewRequest {
    ReviewRequest::default()
}

fn with_tags(tags: &[&str]) -> ReviewRequest {
    ReviewRequest { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..all() }
}

fn in_states(states: &[CardState]) -> ReviewRequest {
    ReviewRequest { states: states.to_vec(), ..all() }
}

fn missed_since(when: &str) -> ReviewRequest {
    ReviewRequest { wrong_since: Some(parse_since(when).expect("a time")), ..all() }
}

fn flagged() -> ReviewRequest {
    ReviewRequest { flagged: true, ..all() }
}

/// 2 was missed on the 20th, 5 on the 21st and 3 on the 22nd; all are learnt, and come back after days.
fn with_misses() -> Study {
    let study = bank();
    for (day, missed) in [("20", 2), ("21", 5), ("22", 3)] {
        review(study.at(&format!("2026-11-{day}")), &ahead(999), |number| number != missed);
    }
    study
}

/// What the schedule knows of the cards.
fn schedule(study: &Study) -> Vec<Value> {
    study.table("cards")
}

#[test]
fn any_of_several_topics_and_tags() {
    let asked = |request: &ReviewRequest| sorted(review(&bank(), request, |_| true));
    assert_eq!(asked(&of_topics(&["red"])), [1, 2]);
    assert_eq!(asked(&of_topics(&["red", "BLUE"])), [1, 2, 5, 6]);
    assert_eq!(asked(&with_tags(&["odd"])), [1, 3, 5]);
    assert_eq!(
        asked(&ReviewRequest { topics: of_topics(&["Blue", "Green"]).topics, ..with_tags(&["last", "odd"]) }),
        [3, 5]
    );
    let green = ReviewRequest { deck: Some("A".into()), ..of_topics(&["Green"]) };
    let study = bank();
    assert_eq!(study.open().limited_review(&green, Some(1)).answer_all(|question| pick(question, "yes")).len(), 1);
    assert_eq!(asked(&ReviewRequest { new: Some(3), ..of_topics(&["Green", "Red"]) }).len(), 3);
}

#[test]
fn a_slip_in_a_name_is_told() {
    let refused = |request: &ReviewRequest, message: &str, hint: &str| {
        let (code, text) = refusal(bank().trainer().plan_day(request));
        assert!(code == 1 && text.contains(message) && text.contains(hint), "{text}");
    };
    refused(&of_topics(&["Gren"]), "no question has the topic `Gren`", "did you mean `Green`?");
    let in_deck = ReviewRequest { deck: Some("A".into()), ..of_topics(&["Cooking"]) };
    refused(&in_deck, "no question in `A` has the topic `Cooking`", "export topics");
    refused(&with_tags(&["od"]), "no question has the tag `od`", "did you mean `odd`?");
    refused(&missed_since("2026-11-24"), "`2026-11-24` is in the future", "hint: ");
}

#[test]
fn a_slip_in_a_value_is_told() {
    let program = program();
    for (args, code, message, hint) in [
        (&["--topic", "Gren"][..], 1, "no question has the topic `Gren`", "did you mean `Green`?"),
        (&["--state", "old"], 2, "'old'", "new, learning, review, relearning"),
        (&["--wrong-since", "7 moons"], 2, "`7d`, `2w` or `12h`", "`2026-11-20`"),
        (&["--wrong-since", "0h"], 2, "the duration must be longer than 0", ""),
        (&["--minutes", "0"], 2, "write minutes from 1 to 1440", ""),
        (&["--flagged", "--new", "3"], 2, "cannot be used with", ""),
        (&["--limit", "0"], 2, "write a whole number, 1 or more", ""),
    ] {
        let CommandOutput { code: ended, err, out } = program.run(&[&["review", "--json"], args].concat());
        assert_eq!(ended, code, "{args:?}: {err}");
        assert!(out.is_empty() && err.contains(message) && err.contains(hint), "{args:?}: {err}");
    }
    let said = program.run(&["review", "--flagged"]);
    assert_eq!((said.code, said.err.as_str()), (0, "no card is flagged, or each had its turn today\n"));
}

#[test]
fn states_are_those_of_the_cards_or_those_in_which_they_began_the_day() {
    use CardState::{Learning, New, Relearning, Review};
    let study = bank();
    study.deck_settings("A", "learning-steps=1m relearning-steps=1m learn-ahead=0 new-per-day=2");
    assert_eq!(sorted(review(&study, &in_states(&[Review, Relearning]), |_| true)), NONE);
    assert_eq!(sorted(review(&study, &in_states(&[New]), |_| false)), [1, 2]);
    study.at("2026-11-23T08:02:00+01:00");
    assert_eq!(sorted(review(&study, &in_states(&[Review]), |_| true)), NONE);
    // A card that was new today goes on with its steps, whichever of the two is asked for.
    assert_eq!(sorted(review(&study, &in_states(&[New]), |number| number == 1)), [1, 2]);
    study.at("2026-11-23T08:04:00+01:00");
    assert_eq!(sorted(review(&study, &in_states(&[Learning]), |_| true)), [2]);
    study.at("2026-12-23");
    assert_eq!(sorted(review(&study, &in_states(&[Review]), |number| number == 1)), [1, 2]);
    study.at("2026-12-23T08:02:00+01:00");
    assert_eq!(sorted(review(&study, &in_states(&[New, Relearning]), |_| true)), [2, 3, 4]);
    study.is_sound();
}

#[test]
fn a_retake_asks_for_the_misses_and_leaves_the_schedule_as_it_is() {
    let study = with_misses();
    study.at("2026-11-23T20:00:00+01:00");
    let before = schedule(&study);
    let (stats, revlog) = (study.table("stats"), study.table("revlog"));
    assert_eq!(review(&study, &missed_since("7d"), |number| number != 5), [2, 5, 3], "the oldest miss first");
    assert_eq!(schedule(&study), before);
    assert_eq!(study.table("revlog"), revlog);

    // It is in the log, marked, and counts as work alone.
    let reviews = study.table("reviews");
    let practice: Vec<&Value> = reviews.iter().filter(|row| row["practice"] == true).collect();
    assert_eq!(practice.len(), 3);
    assert!(practice.iter().all(|row| row["kind"] == "ahead" && row["stability_after"].is_null()), "{practice:?}");
    assert_eq!(practice.iter().map(|row| row["rating"].as_u64().expect("a rating")).collect::<Vec<_>>(), [3, 1, 3]);
    let after = study.table("stats");
    let (today, days_before) = after.split_last().expect("a row of today");
    assert_eq!(days_before, stats);
    assert_eq!((&today["answers"], &today["minutes"]), (&3.into(), &0.15.into()));
    for column in ["new", "reviews", "again", "hard", "good", "easy", "right", "guessed"] {
        assert_eq!(today[column], 0, "{column}");
    }
    for column in ["accuracy", "retention", "retention_corrected", "predicted"] {
        assert!(today[column].is_null(), "{column}");
    }
    let today = study.trainer().overview(&StatsRequest::default()).expect("figures").activity.today;
    assert!(today.answers == 3 && (0.1..0.2).contains(&today.minutes), "{today:?}");

    // What was practised is done for today, and a miss in practice is one for tomorrow.
    assert_eq!(review(&study, &missed_since("7d"), |_| true), NONE);
    study.at("2026-11-24");
    assert_eq!(review(&study, &missed_since("12h"), |_| true), [5]);
    study.is_sound();
    study.rebuild();
    study.is_sound();
}

#[test]
fn a_card_that_is_due_counts_in_a_retake() {
    let study = with_misses();
    let missed: Vec<(u32, String)> = schedule(&study)
        .iter()
        .map(|card| (card["stem"].as_str().expect("a stem")[..1].parse().expect("a number"), card))
        .filter(|(number, _)| [2, 3, 5].contains(number))
        .map(|(number, card)| (number, card["due"].as_str().expect("a day").to_owned()))
        .collect();
    let first = missed.iter().map(|(_, due)| due).min().expect("a day").clone();
    let of_them: Vec<u32> = missed.iter().filter(|(_, due)| *due == first).map(|(number, _)| *number).collect();
    assert!(of_them.len() < 3, "some are due: {missed:?}");
    study.at(&first);
    assert_eq!(review(&study, &missed_since("2026-11-20"), |_| true), [2, 5, 3]);
    let reviews = study.table("reviews");
    let counted = reviews[reviews.len() - 3..].iter().filter(|row| row["practice"] == false).count();
    assert_eq!(counted, of_them.len());
    assert!(review(&study, &in_states(&[CardState::Review]), |_| true).iter().all(|number| !of_them.contains(number)));
    study.is_sound();
}

#[test]
fn practice_that_is_taken_back_restores_nothing_and_is_asked_again() {
    let study = with_misses();
    study.at("2026-11-23T20:00:00+01:00");
    let before = schedule(&study);
    let mut desk = study.open();
    let mut sitting = desk.review(&missed_since("7d"));
    let first = sitting.question().expect("a question");
    sitting.answer(&pick(&first, "no"));
    sitting.question().expect("the next question");
    drop(desk);
    study.undo();
    assert_eq!(schedule(&study), before);
    assert_eq!(review(&study, &missed_since("7d"), |_| true), [2, 5, 3]);

    // Taken back in an ordinary review, it is practice again there.
    study.at("2026-11-24");
    let mut desk = study.open();
    let mut sitting = desk.review(&ahead(999));
    sitting.question().expect("a question");
    sitting.does(Action::Undo);
    let again = sitting.question().expect("the card that was taken back");
    assert_eq!(number(&again), 3);
    sitting.answer(&pick(&again, "yes"));
    sitting.question().expect("the next question");
    drop(desk);
    let last = study.table("reviews").pop().expect("an answer");
    assert_eq!((&last["practice"], &last["study_day"]), (&true.into(), &"2026-11-24".into()));
    study.is_sound();
}

#[test]
fn flagged_cards_are_practised_due_or_not() {
    let study = bank();
    study.deck_settings("A", "new-per-day=3");
    review(&study, &all(), |_| true);
    let database = rusqlite::Connection::open(study.db()).expect("the database");
    database
        .execute_batch("insert into flag (card, note, at_ms) values (4, 'odd', 2), (1, '', 1), (2, 'why?', 3)")
        .expect("flags");
    drop(database);
    let before = schedule(&study);
    study.at("2026-11-23T09:00:00+01:00");
    assert_eq!(review(&study, &ReviewRequest { topics: of_topics(&["Green"]).topics, ..flagged() }, |_| true), [4]);
    assert_eq!(review(&study, &flagged(), |_| true), [1, 2], "in the order in which they were flagged");
    assert_eq!(schedule(&study), before, "also the card that was never asked stays new");
    assert_eq!(review(&study, &ReviewRequest { flagged: true, ..missed_since("7d") }, |_| true), NONE);
    // The limits of the day are as they were: three of six new cards were asked.
    study.deck_settings("A", "new-per-day=6");
    assert_eq!(review(&study, &in_states(&[CardState::New]), |_| true), [4, 5, 6]);
    study.is_sound();
}

#[test]
fn an_empty_choice_is_told_for_what_it_is() {
    let study = bank();
    assert!(review(&study, &flagged(), |_| true).is_empty());
    assert_eq!((flagged().retakes(), all().retakes()), (Some("is flagged"), None));
    review(&study, &all(), |_| false);
    study.at("2026-11-26T09:00:00+01:00");
    // Nothing is new, but what was not chosen is due all the same.
    let said = study.limited_plain(&in_states(&[CardState::New]), None, "");
    assert_eq!(said, "Nothing is due now.\n6 cards are left today.\n");
}

#[test]
fn what_was_asked_ahead_is_not_asked_ahead_again() {
    let study = bank();
    review(&study, &all(), |_| true);
    study.at("2026-11-24T09:00:00+01:00");
    assert_eq!(review(&study, &ahead(99), |_| false).len(), 6);
    assert_eq!(review(&study, &ahead(99), |_| true), NONE, "they come back within the days asked for");
    study.is_sound();
}
