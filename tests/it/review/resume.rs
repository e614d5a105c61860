//! A day that is interrupted after every answer asks the same cards in the same order as one that is not.

use std::fmt::Write as _;

use crate::fixture::trainer::{Session, Trainer, label};
use serde_json::{Value, json};

/// Questions over topics that come in blocks, as banks have them.
fn bank(trainer: &Trainer, deck: &str, questions: usize) {
    let mut text = String::new();
    for number in 0..questions {
        let topic = ["Red", "Red", "Red", "Blue", "Green"][number * 5 / questions];
        let _ = write!(text, "{topic}\n{deck} {number}?\n- A. yes *\n- B. no\n- C. never\n- D. seldom\n\n");
    }
    trainer.file(&format!("{deck}.txt"), text);
    done(trainer, &["import", &format!("{deck}.txt"), "--deck", deck]);
}

fn done(trainer: &Trainer, args: &[&str]) -> String {
    let said = trainer.run(args);
    assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    said.out
}

/// What is done with a question that was shown, by its number in the day.
type Act = fn(usize, &Value) -> Does;

#[derive(Clone, Copy, PartialEq)]
enum Does {
    Right,
    Wrong,
    /// The answer is taken back, and given again.
    UndoneRight,
    Bury,
    Suspend,
}

fn mostly_right(_: usize, question: &Value) -> Does {
    // By the card and its showing, so that it does not depend on when it comes.
    let stem = question["stem"].as_str().expect("a stem");
    let hash = stem.bytes().fold(7_usize, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    let step = question["state"] == "learning" || question["state"] == "relearning";
    if !step && hash % 4 == 1 { Does::Wrong } else { Does::Right }
}

fn everything(number: usize, question: &Value) -> Does {
    match number % 11 {
        3 => Does::UndoneRight,
        5 if question["state"] == "new" || question["state"] == "review" => Does::Bury,
        9 if question["state"] == "review" => Does::Suspend,
        _ => mostly_right(number, question),
    }
}

/// The next question, or none at the end.
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

fn wait_for(session: &mut Session, kind: &str) {
    loop {
        let line = session.read().unwrap_or_else(|| panic!("no {kind}"));
        if line["type"] == kind {
            return;
        }
    }
}

/// Card and order shown.
fn shown(line: &Value) -> String {
    let choices: Vec<&str> = line["choices"]
        .as_array()
        .expect("choices")
        .iter()
        .map(|choice| choice["text"].as_str().expect("text"))
        .collect();
    format!(
        "{} {} {}",
        line["stem"].as_str().expect("a stem"),
        line["state"].as_str().expect("a state"),
        choices.join(",")
    )
}

fn answer(session: &mut Session, line: &Value, right: bool) {
    session.send(&json!({"type": "answer", "pick": [label(line, if right { "yes" } else { "no" })], "ms": 3000}));
    wait_for(session, "feedback");
    session.send(&json!({"type": "rate"}));
    wait_for(session, "recorded");
}

/// Deals with the question that is shown.
fn act(session: &mut Session, line: &Value, does: Does) {
    match does {
        Does::Right | Does::Wrong => answer(session, line, does == Does::Right),
        Does::UndoneRight => {
            answer(session, line, false);
            session.send(&json!({"type": "undo"}));
            wait_for(session, "undone");
            let again = question(session).expect("the same question");
            assert_eq!(shown(&again), shown(line));
            answer(session, &again, true);
        }
        Does::Bury => session.send(&json!({"type": "bury"})),
        Does::Suspend => session.send(&json!({"type": "suspend"})),
    }
}

/// The day in one session.
fn in_one(trainer: &Trainer, args: &[&str], does: Act) -> Vec<String> {
    let mut session = trainer.session(args);
    let mut day = Vec::new();
    while let Some(line) = question(&mut session) {
        day.push(shown(&line));
        act(&mut session, &line, does(day.len(), &line));
    }
    day
}

/// The day in as many sessions as there are questions, each killed once the answer is acknowledged.
fn in_many(trainer: &Trainer, args: &[&str], does: Act) -> Vec<String> {
    let mut day = Vec::new();
    loop {
        let mut session = trainer.session(args);
        let Some(line) = question(&mut session) else {
            return day;
        };
        day.push(shown(&line));
        let does = does(day.len(), &line);
        act(&mut session, &line, does);
        if matches!(does, Does::Bury | Does::Suspend) {
            // What comes next says that the move is written.
            question(&mut session);
        }
        session.child.kill().expect("it is killed");
        assert!(day.len() < 1_000, "the day ends");
    }
}

/// A trainer with a history, at the beginning of a day with due cards and new ones.
fn with_history(prepare: impl Fn(&Trainer)) -> Trainer {
    let mut trainer = Trainer::new();
    bank(&trainer, "A", 60);
    bank(&trainer, "B", 40);
    for deck in ["A", "B"] {
        done(&trainer, &["deck", "set", deck, "new-per-day=15", "learn-ahead=20m"]);
    }
    prepare(&trainer);
    for day in ["2026-11-01", "2026-11-03", "2026-11-06"] {
        trainer.at(&format!("{day}T08:00:00+01:00"));
        in_one(&trainer, &[], mostly_right);
    }
    trainer.at("2026-11-23T08:00:00+01:00");
    trainer
}

fn is_the_same(prepare: impl Fn(&Trainer) + Copy, args: &[&str], does: Act, at_least: usize) {
    is_about_the_same(prepare, args, does, at_least, 0);
}

/// The same, where one of the days may go on for some questions more.
fn is_about_the_same(prepare: impl Fn(&Trainer) + Copy, args: &[&str], does: Act, at_least: usize, more: usize) {
    let (one, many) = (with_history(prepare), with_history(prepare));
    let (one_day, many_day) = (in_one(&one, args, does), in_many(&many, args, does));
    assert!(one_day.len() >= at_least, "{} questions", one_day.len());
    let differs = one_day.iter().zip(&many_day).position(|(a, b)| a != b);
    assert_eq!(differs, None, "differs from there: {one_day:#?}\n{many_day:#?}");
    assert!(one_day.len().abs_diff(many_day.len()) <= more, "{} and {} questions", one_day.len(), many_day.len());
    for trainer in [one, many] {
        trainer.is_sound();
    }
}

fn set(trainer: &Trainer, pairs: &[&str]) {
    for deck in ["A", "B"] {
        done(trainer, &[&["deck", "set", deck], pairs].concat());
    }
}

#[test]
fn a_day_goes_on_where_it_was() {
    is_the_same(|_| (), &[], mostly_right, 90);
}

#[test]
fn a_day_with_undos_and_cards_put_away_goes_on_where_it_was() {
    is_the_same(|_| (), &[], everything, 80);
}

#[test]
fn a_day_under_a_limit_with_topics_in_turn_goes_on_where_it_was() {
    let limits = |trainer: &Trainer| set(trainer, &["reviews-per-day=40", "new-per-day=9", "new-order=topics"]);
    is_the_same(limits, &[], mostly_right, 50);
    // What is put away has had its place of the limit.
    is_the_same(limits, &[], everything, 40);
}

#[test]
fn a_day_in_any_order_with_the_new_cards_last_goes_on_where_it_was() {
    let orders = |trainer: &Trainer| {
        set(
            trainer,
            &[
                "review-order=random",
                "new-order=random",
                "mix=new-last",
                "learning-steps=none",
                "interleave-topics=off",
            ],
        );
    };
    is_the_same(orders, &["A"], mostly_right, 45);
}

#[test]
fn what_was_chosen_goes_on_where_it_was() {
    is_the_same(|_| (), &["--topic", "red", "--topic", "Green", "--ahead", "5"], mostly_right, 30);
    is_the_same(|_| (), &["--state", "new"], mostly_right, 30);
}

#[test]
fn a_retake_goes_on_where_it_was() {
    is_the_same(|_| (), &["--wrong-since", "2026-11-01"], |_, _| Does::Right, 15);
}

#[test]
fn the_days_before_an_exam_go_on_where_they_were() {
    let exam = |trainer: &Trainer| set(trainer, &["exam=2026-12-20", "reviews-per-day=30"]);
    is_the_same(exam, &[], mostly_right, 40);
    let minutes = |trainer: &Trainer| set(trainer, &["exam=2026-12-20", "minutes-per-day=4"]);
    // Sessions that begin anew count the time that was really taken, which is a little less than what few answers let expect.
    is_about_the_same(minutes, &[], mostly_right, 20, 6);
}

#[test]
fn a_day_goes_on_where_it_was_when_the_last_answer_was_taken_back_elsewhere() {
    let trainer = with_history(|_| ());
    for number in 0..40 {
        let mut session = trainer.session(&[]);
        let line = question(&mut session).expect("a question");
        answer(&mut session, &line, number % 3 != 0);
        let next = question(&mut session).map(|line| shown(&line));
        session.child.kill().expect("it is killed");
        done(&trainer, &["undo"]);
        let mut session = trainer.session(&[]);
        let again = question(&mut session).expect("a question");
        assert_eq!(shown(&again), shown(&line), "the answer that was taken back is asked again");
        answer(&mut session, &again, number % 3 != 0);
        assert_eq!(question(&mut session).map(|line| shown(&line)), next);
        session.child.kill().expect("it is killed");
    }
    trainer.is_sound();
}

#[test]
fn the_clock_moves_on_between_two_processes() {
    // Ten answers a process, the clock moving on between them, against one answer a process at the same times.
    let play = |at_once: usize| {
        let mut trainer = with_history(|_| ());
        let mut day = Vec::new();
        'day: loop {
            let now = trainer_time(day.len() / 10);
            trainer.at(&now);
            let mut session = trainer.session(&[]);
            for _ in 0..at_once {
                let Some(line) = question(&mut session) else { break 'day };
                day.push(shown(&line));
                let right = mostly_right(0, &line) == Does::Right;
                answer(&mut session, &line, right);
                if day.len() % 10 == 0 {
                    break;
                }
            }
            session.child.kill().expect("it is killed");
        }
        trainer.is_sound();
        day
    };
    let (one, many) = (play(10), play(1));
    assert!(one.len() >= 90, "{} questions", one.len());
    assert_eq!(one, many);
}

fn trainer_time(tens: usize) -> String {
    format!("2026-11-23T{:02}:{:02}:00+01:00", 8 + tens * 2 / 60, tens * 2 % 60)
}
