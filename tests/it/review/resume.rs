//! A day that is interrupted after every answer asks the same cards in the same order as one that is not.

use std::fmt::Write as _;

use crate::fixture::study::{Desk, Sitting, Study, of_topics, pick};
use retain::model::{CardState, StudyDay};
use retain::session::{Action, Notice, Showing};
use retain::study::{ReviewRequest, Since};

/// Questions over topics that come in blocks, as banks have them.
fn bank(study: &Study, deck: &str, questions: usize) {
    let mut text = String::new();
    for number in 0..questions {
        let topic = ["Red", "Red", "Red", "Blue", "Green"][number * 5 / questions];
        let _ = write!(text, "{topic}\n{deck} {number}?\n- A. yes *\n- B. no\n- C. never\n- D. seldom\n\n");
    }
    study.bank(deck, text);
}

/// What is done with a question that was shown, by its number in the day.
type Act = fn(usize, &Showing) -> Does;

#[derive(Clone, Copy, PartialEq)]
enum Does {
    Right,
    Wrong,
    /// The answer is taken back, and given again.
    UndoneRight,
    Bury,
    Suspend,
}

fn mostly_right(_: usize, question: &Showing) -> Does {
    // By the card and its showing, so that it does not depend on when it comes.
    let hash = question.stem.bytes().fold(7_usize, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    let step = matches!(question.state, CardState::Learning | CardState::Relearning);
    if !step && hash % 4 == 1 { Does::Wrong } else { Does::Right }
}

fn everything(number: usize, question: &Showing) -> Does {
    match number % 11 {
        3 => Does::UndoneRight,
        5 if matches!(question.state, CardState::New | CardState::Review) => Does::Bury,
        9 if question.state == CardState::Review => Does::Suspend,
        _ => mostly_right(number, question),
    }
}

/// Card and order shown.
fn shown(question: &Showing) -> String {
    let choices: Vec<&str> = question.choices.iter().map(|choice| choice.text.as_str()).collect();
    format!("{} {} {}", question.stem, question.state.name(), choices.join(","))
}

fn answer(sitting: &mut Sitting<'_>, question: &Showing, right: bool) {
    let told = sitting.answer(&pick(question, if right { "yes" } else { "no" }));
    assert!(matches!(told[..], [Notice::Recorded { .. }]), "{told:?}");
}

/// Deals with the question that is shown.
fn act(sitting: &mut Sitting<'_>, question: &Showing, does: Does) {
    match does {
        Does::Right | Does::Wrong => answer(sitting, question, does == Does::Right),
        Does::UndoneRight => {
            answer(sitting, question, false);
            let told = sitting.does(Action::Undo);
            assert!(matches!(told[..], [Notice::Undone { .. }]), "{told:?}");
            let again = sitting.question().expect("the same question");
            assert_eq!(shown(&again), shown(question));
            answer(sitting, &again, true);
        }
        Does::Bury => assert_eq!(sitting.does(Action::Bury), [Notice::Buried]),
        Does::Suspend => assert_eq!(sitting.does(Action::Suspend), [Notice::Suspended]),
    }
}

/// The day in one session.
fn in_one(study: &Study, request: &ReviewRequest, does: Act) -> Vec<String> {
    let mut desk = study.open();
    let mut sitting = desk.review(request);
    let mut day = Vec::new();
    while let Some(question) = sitting.question() {
        day.push(shown(&question));
        act(&mut sitting, &question, does(day.len(), &question));
    }
    day
}

/// The day in as many sessions as there are questions, each broken off once the answer is acknowledged.
fn in_many(study: &Study, request: &ReviewRequest, does: Act) -> Vec<String> {
    let mut day = Vec::new();
    loop {
        let mut desk = study.open();
        let mut sitting = desk.review(request);
        let Some(question) = sitting.question() else {
            return day;
        };
        day.push(shown(&question));
        act(&mut sitting, &question, does(day.len(), &question));
        assert!(day.len() < 1_000, "the day ends");
    }
}

/// A study with a history, at the beginning of a day with due cards and new ones.
fn with_history(prepare: impl Fn(&Study)) -> Study {
    let study = Study::new();
    bank(&study, "A", 60);
    bank(&study, "B", 40);
    set(&study, "new-per-day=15 learn-ahead=20m");
    prepare(&study);
    for day in ["2026-11-01", "2026-11-03", "2026-11-06"] {
        in_one(study.at(day), &ReviewRequest::default(), mostly_right);
    }
    study.at("2026-11-23");
    study
}

fn is_the_same(prepare: impl Fn(&Study) + Copy, request: &ReviewRequest, does: Act, at_least: usize) {
    is_about_the_same(prepare, request, does, at_least, 0);
}

/// The same, where one of the days may go on for some questions more.
fn is_about_the_same(
    prepare: impl Fn(&Study) + Copy,
    request: &ReviewRequest,
    does: Act,
    at_least: usize,
    more: usize,
) {
    let (one, many) = (with_history(prepare), with_history(prepare));
    let (one_day, many_day) = (in_one(&one, request, does), in_many(&many, request, does));
    assert!(one_day.len() >= at_least, "{} questions", one_day.len());
    let differs = one_day.iter().zip(&many_day).position(|(a, b)| a != b);
    assert_eq!(differs, None, "differs from there: {one_day:#?}\n{many_day:#?}");
    assert!(one_day.len().abs_diff(many_day.len()) <= more, "{} and {} questions", one_day.len(), many_day.len());
    for study in [one, many] {
        study.is_sound();
    }
}

fn set(study: &Study, pairs: &str) {
    for deck in ["A", "B"] {
        study.deck_settings(deck, pairs);
    }
}

/// All that is due.
fn all() -> ReviewRequest {
    ReviewRequest::default()
}

#[test]
fn a_day_goes_on_where_it_was() {
    is_the_same(|_| (), &all(), mostly_right, 90);
}

#[test]
fn a_day_with_undos_and_cards_put_away_goes_on_where_it_was() {
    is_the_same(|_| (), &all(), everything, 80);
}

#[test]
fn a_day_under_a_limit_with_topics_in_turn_goes_on_where_it_was() {
    let limits = |study: &Study| set(study, "reviews-per-day=40 new-per-day=9 new-order=topics");
    is_the_same(limits, &all(), mostly_right, 50);
    // What is put away has had its place of the limit.
    is_the_same(limits, &all(), everything, 40);
}

#[test]
fn a_day_in_any_order_with_the_new_cards_last_goes_on_where_it_was() {
    let orders = |study: &Study| {
        set(study, "review-order=random new-order=random mix=new-last learning-steps=none interleave-topics=off");
    };
    is_the_same(orders, &ReviewRequest { deck: Some("A".into()), ..all() }, mostly_right, 45);
}

#[test]
fn what_was_chosen_goes_on_where_it_was() {
    is_the_same(|_| (), &ReviewRequest { ahead: 5, ..of_topics(&["red", "Green"]) }, mostly_right, 30);
    is_the_same(|_| (), &ReviewRequest { states: vec![CardState::New], ..all() }, mostly_right, 30);
}

#[test]
fn a_retake_goes_on_where_it_was() {
    let since: StudyDay = "2026-11-01".parse().expect("a day");
    let retake = ReviewRequest { wrong_since: Some(Since::Day(since)), ..all() };
    is_the_same(|_| (), &retake, |_, _| Does::Right, 15);
}

#[test]
fn the_days_before_an_exam_go_on_where_they_were() {
    let exam = |study: &Study| set(study, "exam=2026-12-20 reviews-per-day=30");
    is_the_same(exam, &all(), mostly_right, 40);
    let minutes = |study: &Study| set(study, "exam=2026-12-20 minutes-per-day=4");
    // A session that begins again counts the time that was really taken, which is a little less than what few answers let expect.
    is_about_the_same(minutes, &all(), mostly_right, 20, 6);
}

#[test]
fn a_day_goes_on_where_it_was_when_the_last_answer_was_taken_back_elsewhere() {
    let study = with_history(|_| ());
    /// The first question, answered, and what is shown then.
    fn first(desk: &mut Desk, right: bool) -> (String, Option<String>) {
        let mut sitting = desk.review(&all());
        let question = sitting.question().expect("a question");
        answer(&mut sitting, &question, right);
        (shown(&question), sitting.question().map(|question| shown(&question)))
    }
    for number in 0..40 {
        let right = number % 3 != 0;
        let before = first(&mut study.open(), right);
        study.undo();
        assert_eq!(first(&mut study.open(), right), before, "the answer that was taken back is asked again");
    }
    study.is_sound();
}

#[test]
fn the_clock_moves_on_between_two_processes() {
    // Ten answers a process, the clock moving on between them, against one answer a process at the same times.
    let play = |at_once: usize| {
        let study = with_history(|_| ());
        let mut day = Vec::new();
        'day: loop {
            let tens = day.len() / 10;
            study.at(&format!("2026-11-23T{:02}:{:02}:00+01:00", 8 + tens * 2 / 60, tens * 2 % 60));
            let mut desk = study.open();
            let mut sitting = desk.review(&all());
            for _ in 0..at_once {
                let Some(question) = sitting.question() else { break 'day };
                day.push(shown(&question));
                answer(&mut sitting, &question, mostly_right(0, &question) == Does::Right);
                if day.len() % 10 == 0 {
                    break;
                }
            }
        }
        study.is_sound();
        day
    };
    let (one, many) = (play(10), play(1));
    assert!(one.len() >= 90, "{} questions", one.len());
    assert_eq!(one, many);
}
