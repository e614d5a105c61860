//! Mock exams: what is drawn, what the log and the memory make of it, and what is said.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::fixture::program::{Program, label};
use crate::fixture::study::{Sitting, Study, pick};
use crate::fixture::views::refusal;
use retain::bank::ReadOptions;
use retain::error::{Error, ErrorKind};
use retain::model::{CardState, MoveKind};
use retain::session::{Action, Notice, Showing};
use retain::study::{ExamRequest, FitRequest, ReviewRequest, SimulationRequest, StatsRequest, unwatched};
use serde_json::{Value, json};

/// A bank with so many questions for each topic; the choice `right` is right.
fn bank(topics: &[(&str, usize)]) -> String {
    let mut text = String::new();
    for (topic, questions) in topics {
        text += &format!("# {topic}\n\n");
        for number in 1..=*questions {
            text +=
                &format!("{number}. What is {topic} number {number}?\n- right *\n- wrong\n- wronger\n- wrongest\n\n");
        }
    }
    text
}

/// A study with this bank as a deck.
fn study(topics: &[(&str, usize)]) -> Study {
    let study = Study::new();
    study.bank("Bank", bank(topics));
    study
}

/// An exam of so many questions.
fn exam_of(questions: u32) -> ExamRequest<'static> {
    ExamRequest { deck: None, questions, topics: &[], tags: &[] }
}

/// Sits an exam to its end; `right` says which questions are answered rightly.
fn sit(study: &Study, questions: u32, right: impl Fn(&Showing) -> bool) -> Vec<Showing> {
    let learner = |question: &Showing| pick(question, if right(question) { "right" } else { "wrong" });
    study.open().exam(exam_of(questions)).answer_all(learner)
}

fn asked(questions: &[Showing]) -> Vec<&str> {
    questions.iter().map(|question| question.stem.as_str()).collect()
}

/// Takes an exam of the real program over JSON Lines; `right` says which questions are answered rightly. All lines.
fn take_exam(program: &Program, args: &[&str], right: impl Fn(&Value) -> bool) -> Vec<Value> {
    let mut session = program.talk(&[&["exam", "--json"], args].concat());
    let mut told = Vec::new();
    while let Some(line) = session.read() {
        if line["type"] == "question" {
            let text = if right(&line) { "right" } else { "wrong" };
            session.send(&json!({"type": "answer", "pick": [label(&line, text)], "ms": 3000}));
        }
        told.push(line);
    }
    told
}

fn by<'a>(rows: &'a [Value], column: &str) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row[column].as_str().expect("a text")).or_insert(0) += 1;
    }
    counts
}

#[test]
fn topics_are_asked_in_proportion_and_nothing_is_said_before_the_end() {
    let study = study(&[("Storage", 30), ("Networks", 15), ("Law", 1), ("Trivia", 4)]);
    let mut desk = study.open();
    let mut sitting: Sitting<'_> = desk.exam(ExamRequest { deck: Some("Bank"), ..exam_of(25) });
    let mut shown = Vec::new();
    while let Some(question) = sitting.question() {
        let topic = question.topic.clone().expect("a topic");
        let told = sitting.answer(&pick(&question, if topic == "Storage" { "wrong" } else { "right" }));
        assert!(matches!(told[..], [Notice::Recorded { due: None, leech: None, .. }]), "{told:?}");
        assert_eq!(sitting.feedback(), None);
        shown.push((topic, question.stem));
    }
    // Shares of 25 in 50: 15, 7.5, 0.5, 2. Law has half a share.
    let mut topics = BTreeMap::new();
    shown.iter().for_each(|(topic, _)| *topics.entry(topic.as_str()).or_insert(0) += 1);
    assert_eq!(topics, BTreeMap::from([("Law", 1), ("Networks", 7), ("Storage", 15), ("Trivia", 2)]));
    assert_eq!(shown.iter().collect::<HashSet<_>>().len(), 25, "no question comes twice");
    let blocks = shown.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
    assert!(blocks > 5, "topics are mixed, not one after the other");
    sitting.hands_in();
    let summary = sitting.summary().expect("the end");
    assert_eq!((summary.answered, summary.right), (25, 10));
    let reviews = study.table("reviews");
    assert_eq!(by(&reviews, "kind"), BTreeMap::from([("exam", 25)]));
    assert_eq!(by(&reviews, "confidence"), BTreeMap::from([("model", 25)]));
    study.is_sound();
}

#[test]
fn a_replay_asks_the_same_and_the_next_exam_another() {
    let first = |study: &Study| sit(study, 12, |_| true);
    let (one, two) = (study(&[("A", 40), ("B", 20)]), study(&[("A", 40), ("B", 20)]));
    let drawn = first(&one);
    assert_eq!(asked(&drawn), asked(&first(&two)));
    let other = study(&[("A", 40), ("B", 20)]);
    assert_ne!(asked(&drawn), asked(&first(other.seed(2))));
    // Left before the first answer, it is the same exam again; after an answer, another.
    one.open().exam(exam_of(12)).does(Action::Quit);
    assert_eq!(one.trainer().past_exams().expect("exams").len(), 1, "nothing was answered in it");
    let again = first(&one);
    assert_eq!(asked(&again), asked(&first(&two)));
    assert_ne!(asked(&again), asked(&drawn));
    assert_ne!(asked(&again).iter().collect::<HashSet<_>>(), asked(&drawn).iter().collect::<HashSet<_>>());
}

#[test]
fn only_what_can_be_graded_is_asked_and_buried_cards_but_no_suspended_ones() {
    let study = study(&[("A", 4)]);
    let cards = ReadOptions { format: Some("quizlet".into()), ..ReadOptions::default() };
    study.import("cards.txt", "front\tback\nfront two\tback two\n", &cards, Some("Bank"));
    study.import("drafts.txt", "Undecided?\n- A. x\n- B. y\n", &ReadOptions::default(), Some("Bank"));
    assert_eq!(study.table("cards").len(), 6);
    let card = |number: usize| {
        let card = study.card(&format!("What is A number {number}?"));
        card["card"].as_str().expect("an id").parse().expect("an id")
    };
    let tomorrow = "2026-11-24".parse().expect("a day");
    study.trainer().move_card(card(1), MoveKind::Bury(tomorrow), "by hand").expect("a move");
    study.trainer().move_card(card(2), MoveKind::Suspend, "by hand").expect("a move");
    let drawn = sit(&study, 50, |_| true);
    let mut drawn = asked(&drawn);
    drawn.sort_unstable();
    assert_eq!(drawn, ["What is A number 1?", "What is A number 3?", "What is A number 4?"]);
}

#[test]
fn topics_and_tags_narrow_an_exam_and_slips_are_refused() {
    let study = study(&[("Storage", 3), ("Networks", 3), ("Law", 3)]);
    let topics = ["storage".into(), "LAW".into()];
    let some = ExamRequest { deck: Some("Bank"), topics: &topics, ..exam_of(50) };
    let drawn = study.open().exam(some).answer_all(|question| pick(question, "right"));
    let mut counts = BTreeMap::new();
    drawn.iter().for_each(|question| *counts.entry(question.topic.as_deref().expect("a topic")).or_insert(0) += 1);
    assert_eq!(counts, BTreeMap::from([("Law", 3), ("Storage", 3)]));
    let (slip, wet) = (["storrage".into()], ["wet".into()]);
    for (request, words) in [
        (ExamRequest { deck: Some("Bonk"), ..exam_of(50) }, ["no deck is called `Bonk`", "did you mean `Bank`?"]),
        (
            ExamRequest { deck: Some("Bank"), topics: &slip, ..exam_of(50) },
            ["no question in `Bank` has the topic `storrage`", "did you mean `Storage`?"],
        ),
        (ExamRequest { tags: &wet, ..exam_of(50) }, ["no question has the tag `wet`", "hint: "]),
    ] {
        let said = refusal(study.trainer().draw_exam(request));
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
    }
}

#[test]
fn arguments_say_what_to_ask() {
    let study = study(&[("Storage", 3), ("Networks", 3), ("Law", 3)]);
    let program = study.program();
    let told = take_exam(&program, &["Bank", "--topic", "storage", "--topic", "LAW"], |_| true);
    let asked: Vec<Value> = told.into_iter().filter(|line| line["type"] == "question").collect();
    assert_eq!(by(&asked, "topic"), BTreeMap::from([("Law", 3), ("Storage", 3)]));
    for (args, words) in [
        (&["exam", "Bonk"][..], "did you mean `Bank`?"),
        (&["exam", "Bank", "--topic", "storrage"], "did you mean `Storage`?"),
        (&["exam", "--tag", "wet"], "no question has the tag `wet`"),
    ] {
        let said = program.run(args);
        assert_eq!(said.code, 1, "{args:?}");
        assert!(said.err.contains(words), "{}", said.err);
    }
    for (args, range) in [
        (["-n", "0"], "from 1 to 10000"),
        (["-n", "many"], "write a whole number from 1 to 10000"),
        (["-n", "99999999999"], "from 1 to 10000"),
        (["--pass", "seventy"], "such as `70` or `70%`"),
        (["--minutes", "0"], "from 1 to 1440"),
        (["--minutes", "1441"], "from 1 to 1440"),
    ] {
        let said = program.run(&["exam", args[0], args[1]]);
        assert_eq!(said.code, 2, "{args:?}");
        assert!(said.err.contains(range), "{}", said.err);
    }
}

#[test]
fn too_few_questions_and_none_are_said_and_no_failure() {
    let few = study(&[("A", 3)]).program().with_input(&["exam", "--json"], "");
    assert_eq!(few.code, 0);
    assert!(few.err.contains("there are fewer questions than 50: the exam has 3 questions"), "{}", few.err);
    let program = Program::new();
    program.ok(&["deck", "set", "--default", "fuzz=off"]);
    let said = program.run(&["exam"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    assert!(said.err.contains("there are no decks yet"), "{}", said.err);
    let said = program.run(&["exam", "--json"]);
    assert!(said.out.contains(r#""type":"done""#), "a program waits for the end: {}", said.out);
}

#[test]
fn answers_count_for_memory_like_others_and_spend_no_limit_of_the_day() {
    let study = study(&[("A", 6)]);
    study.deck_settings("Bank", "learning-steps=none relearning-steps=none fuzz=off new-per-day=3");
    // Three cards are learnt in a review, the others in an exam that asks all of them a day later, due or not.
    let learnt = states(study.review(|question| pick(question, "right")));
    sit(study.at("2026-11-24"), 50, |question| question.stem != "What is A number 1?");
    let after = states(&study);
    let reviews = study.table("reviews");
    let exam: Vec<&Value> = reviews.iter().filter(|row| row["kind"] == "exam").collect();
    assert_eq!(exam.len(), 6);
    for row in exam {
        let card = row["card"].as_str().expect("a card");
        let (before, now) = (&learnt[card], &after[card]);
        let number = |value: &Value| value.as_f64().expect("a number");
        assert_eq!(now["state"], "review");
        if row["right"] == true {
            let known = number(&row["known_probability"]);
            assert!(known > 0.5 && known < 1.0, "luck is weighed, for nobody rates: {known}");
            assert_eq!(row["rating"], 3);
        }
        match (before["state"] == "review", row["right"] == true) {
            (true, true) => {
                assert!(number(&now["stability"]) > number(&before["stability"]));
                assert!(now["due"].as_str() >= before["due"].as_str(), "{before} {now}");
                assert_eq!(now["lapses"], 0);
            }
            // Forgotten while it was in review: a lapse.
            (true, false) => {
                assert!(number(&now["stability"]) < number(&before["stability"]));
                assert_eq!((&now["due"], &now["lapses"]), (&json!("2026-11-25"), &json!(1)));
            }
            (false, _) => assert_eq!(now["lapses"], 0),
        }
    }
    // What the exam asked is neither a new card of the day nor a review of it.
    let stats = study.table("stats");
    let today = stats.iter().find(|row| row["date"] == "2026-11-24").expect("a day");
    assert_eq!((&today["answers"], &today["new"], &today["reviews"]), (&json!(6), &json!(0), &json!(0)));
    study.is_sound().rebuild();
    assert_eq!(states(&study), after, "a replay makes the same of the log");
}

fn states(study: &Study) -> HashMap<String, Value> {
    let cards = study.table("cards");
    cards.into_iter().map(|card| (card["card"].as_str().expect("a card").to_owned(), card)).collect()
}

#[test]
fn nothing_that_is_recorded_tells_whether_it_was_right() {
    let study = study(&[("A", 2)]);
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(50));
    while let Some(question) = sitting.question() {
        let right = question.stem == "What is A number 1?";
        let told = sitting.answer(&pick(&question, if right { "right" } else { "wrong" }));
        assert!(matches!(told[..], [Notice::Recorded { due: None, leech: None, elsewhere: false, .. }]), "{told:?}");
    }
    drop(desk);
    // The day is promised all the same, and in the log.
    let promised: HashSet<String> =
        study.table("reviews").iter().map(|row| row["due"].as_str().expect("a due date").to_owned()).collect();
    assert_eq!(promised.len(), 2, "a right and a wrong answer come back at other times: {promised:?}");
}

#[test]
fn lines_of_json_do_not_tell_whether_it_was_right() {
    let told = take_exam(&study(&[("A", 2)]).program(), &[], |question| question["stem"] == "What is A number 1?");
    let recorded: Vec<&Value> = told.iter().filter(|line| line["type"] == "recorded").collect();
    assert_eq!(recorded.len(), 2);
    for line in recorded {
        let mut line = line.clone();
        line.as_object_mut().expect("an object").remove("review");
        assert_eq!(
            line,
            json!({"type": "recorded", "due": null, "leech": false, "suspended": false, "elsewhere": false})
        );
    }
}

#[test]
fn a_new_card_that_was_asked_goes_through_its_steps_in_the_next_review() {
    let study = study(&[("A", 2)]);
    sit(&study, 50, |question| question.stem == "What is A number 1?");
    assert!(states(&study).values().all(|card| card["state"] == "learning"));
    study.at("2026-11-23T09:00:00+01:00");
    let shown = study.asked(&ReviewRequest::default(), |question| pick(question, "right"));
    assert!(shown.iter().all(|question| question.state == CardState::Learning) && shown.len() >= 2, "{shown:?}");
    assert!(states(&study).values().all(|card| card["state"] == "review"));
    study.is_sound();
}

#[test]
fn an_exam_that_was_killed_keeps_its_answers_and_the_next_begins_anew() {
    let study = study(&[("A", 20)]);
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(10));
    for _ in 0..4 {
        let question = sitting.question().expect("a question");
        sitting.answer(&pick(&question, "right"));
    }
    drop(desk);
    assert_eq!(by(&study.table("reviews"), "kind"), BTreeMap::from([("exam", 4)]));
    let shown = sit(&study, 10, |_| true);
    assert_eq!(shown.len(), 10);
    let mut trainer = study.trainer();
    let undone = trainer.undo().expect("the log").expect("an answer");
    assert_eq!(undone.past.deed.card, Some(shown[9].card));
    let reviews = study.table("reviews");
    assert_eq!(reviews.iter().filter(|row| row["undone"] == false).count(), 13);
    study.is_sound();
}

#[test]
fn an_exam_ends_with_the_input_and_takes_back_nothing_from_before_it() {
    let study = study(&[("A", 3)]);
    sit(&study, 1, |_| true);
    let program = study.program();
    let said = program.with_input(&["exam", "--json"], "{\"type\":\"undo\"}\n");
    assert_eq!(said.code, 0, "{}", said.err);
    let reviews = program.table("reviews");
    assert_eq!((reviews.len(), &reviews[0]["undone"]), (1, &json!(false)), "{}", said.out);
}

/// Holds that something is done, or refused with a word to the person, as a program does that has no fault.
#[track_caller]
fn copes<T>(result: Result<T, Error>) {
    if let Err(error) = result {
        assert_eq!(error.kind(), ErrorKind::Person, "{error}");
    }
}

#[test]
fn other_commands_read_exams() {
    let study = study(&[("A", 12)]);
    study.deck_settings("Bank", "exam=2026-12-24");
    sit(&study, 50, |question| question.stem != "What is A number 3?");
    let ahead = SimulationRequest { deck: Some("Bank"), days: 5, retentions: &[], new_per_day: None };
    let mut trainer = study.trainer();
    copes(trainer.exam_plans(Some("Bank"), &mut unwatched));
    copes(trainer.simulate(&ahead, &mut unwatched));
    copes(trainer.optimize(FitRequest::Default, true, &mut unwatched));
    copes(trainer.evaluate(None, &mut unwatched));
    copes(trainer.leeches(None));
    assert!(study.dashboard(&StatsRequest::default()).contains("12 answers"));
    assert_eq!(["topics", "revlog"].map(|table| study.table(table).len()), [1, 12]);
    study.is_sound();
    let cards = study.table("cards");
    assert!(cards.iter().all(|card| card["due"].as_str().is_some_and(|due| due <= "2026-12-24")), "none past the exam");
}

#[test]
fn a_new_card_that_an_exam_asks_first_is_new_to_other_tools() {
    let study = study(&[("Sea", 3)]);
    let states = || -> Vec<i64> {
        sit(&study, 3, |_| true);
        study.table("revlog").iter().map(|row| row["review_state"].as_i64().expect("a state")).collect()
    };
    assert_eq!(states(), [0, 0, 0]);
    assert_eq!(states()[3..], [2, 2, 2], "asked again, they are no longer new");
}
