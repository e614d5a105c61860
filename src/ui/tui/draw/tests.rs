use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use uuid::Uuid;

use super::*;
use crate::model::{CardId, CardState, Due, StudyDay};
use crate::session::{Left, Outlook, Ratings, ShownChoice};

const NOW: Moment = Moment { utc_ms: 1_795_420_800_000, offset_minutes: 0 };

fn showing(stem: &str, choices: &[&str]) -> Showing {
    Showing {
        card: CardId(1),
        uid: Uuid::nil(),
        deck: "MLOps".into(),
        topic: Some("Monitoring".into()),
        kind: Kind::Single,
        stem: stem.into(),
        choices: choices
            .iter()
            .enumerate()
            .map(|(place, text)| ShownChoice {
                label: crate::model::letter(place),
                bank_letter: crate::model::letter(choices.len() - 1 - place),
                number: place as u8,
                text: (*text).into(),
                correct: place == 1,
                feedback: None,
            })
            .collect(),
        explanation: Some("Because B says so.".into()),
        state: CardState::New,
        left: Left { new: 3, learning: 1, review: 2 },
        key: KeyOrigin::Marked,
        key_rule: None,
        order_seed: 0,
        ahead: false,
        practice: false,
        recall_first: false,
        ask_rating: false,
        shown_ms: 0,
    }
}

fn feedback(picked: usize) -> Feedback {
    let forecast = |interval_days| Forecast { interval_days, due: Due::Day(StudyDay(0)) };
    Feedback {
        right: picked == 1,
        picked: vec![picked],
        correct: vec![1],
        ratings: Ratings {
            auto: forecast(3.0),
            again: forecast(0.007),
            hard: forecast(2.0),
            good: forecast(4.0),
            easy: forecast(9.0),
        },
        known_probability: (picked == 1).then_some(0.68),
    }
}

fn frame(width: u16, height: u16, phase: &Phase, place: &Place) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    let screen = Screen { phase, answered: 2, place, notice: "", theme: Theme::new(false), now: NOW };
    terminal
        .draw(|frame| {
            draw(frame, &screen);
        })
        .expect("a frame");
    let buffer = terminal.backend().buffer();
    let lines: Vec<String> = (0..height)
        .map(|y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned())
        .collect();
    lines.join("\n").trim_end().to_owned()
}

#[test]
fn a_question_and_its_feedback_at_60_by_16() {
    let showing = showing("Why is monitoring crucial?", &["To rewrite scripts", "To detect drift", "To design logos"]);
    let asking = Phase::Asking(showing.clone());
    insta::assert_snapshot!(frame(60, 16, &asking, &Place { cursor: 1, ..Place::default() }), @r"
    ━━────────  6 left · 3 new, 1 learning, 2 due
    MLOps › Monitoring  new

    Why is monitoring crucial?

       A  To rewrite scripts
    ›  B  To detect drift
       C  To design logos







    letter picks · u undo · Tab later · b bury · s suspend · ? k
    ");
    let answered = Phase::Answered(showing, feedback(0));
    insta::assert_snapshot!(frame(60, 16, &answered, &Place::default()), @r"
    ━━────────  6 left · 3 new, 1 learning, 2 due
    MLOps › Monitoring  new

    Why is monitoring crucial?

    ✗› A  To rewrite scripts  (C in the bank)
    ✓  B  To detect drift  (B in the bank)
       C  To design logos  (A in the bank)

    ✗ Wrong

    Because B says so.



    Enter 3 days
    ");
}

#[test]
fn the_stem_stands_alone_until_the_answer_was_recalled() {
    let phase = Phase::Asking(showing("Why is monitoring crucial?", &["To rewrite scripts", "To detect drift"]));
    insta::assert_snapshot!(frame(80, 12, &phase, &Place { hidden: true, ..Place::default() }), @r"
    ━━━──────────  6 left · 3 new, 1 learning, 2 due
    MLOps › Monitoring  new

    Why is monitoring crucial?

    recall the answer, then Enter shows the choices





    Enter shows the choices · u undo · Tab later · ? keys · q quit
    ");
}

#[test]
fn enter_is_not_offered_where_a_rating_is_asked_for() {
    let asked = Showing { ask_rating: true, ..showing("Why?", &["To rewrite scripts", "To detect drift"]) };
    let right = frame(80, 16, &Phase::Answered(asked.clone(), feedback(1)), &Place::default());
    assert!(!right.contains("Enter") && right.contains("1 guessed 10 min"), "{right}");
    let wrong = frame(80, 16, &Phase::Answered(asked, feedback(0)), &Place::default());
    assert!(wrong.contains("Enter"), "{wrong}");
}

#[test]
fn the_help_and_the_end_say_what_to_do() {
    let finished = Phase::Finished(Summary {
        answered: 4,
        right: 3,
        outlook: Outlook { next_due: Some(Due::Day(StudyDay(20_781))), due_tomorrow: 3, new_left: 0 },
        ..Summary::default()
    });
    let end = frame(80, 24, &finished, &Place::default());
    assert!(end.contains("4 answers, 3 right (75 %).") && end.contains("due tomorrow"), "{end}");
    let help = frame(80, 24, &finished, &Place { help: true, ..Place::default() });
    assert!(help.contains("take back the last answer"), "{help}");
}

#[test]
fn a_long_question_scrolls_to_the_choice_under_the_cursor() {
    let long = "word ".repeat(200);
    let phase = Phase::Asking(showing(&long, &["first", "second", "third"]));
    let low = frame(20, 5, &phase, &Place { cursor: 2, ..Place::default() });
    assert!(low.contains("third"), "{low}");
    let phase = Phase::Answered(showing(&long, &["first", "second", "third"]), feedback(0));
    let low = frame(20, 5, &phase, &Place::default());
    assert!(low.contains("second"), "{low}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_size_and_no_text_panics(
        width in 1_u16..200, height in 1_u16..60, stem in "\\PC{0,200}", choices in prop::collection::vec("\\PC{0,60}", 1..30),
        cursor in 0_usize..30, scroll: u16, help: bool, right: bool,
    ) {
        let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
        let showing = showing(&stem, &choices);
        let place = Place { cursor, scroll, help, picked: vec![0], hidden: right };
        frame(width, height, &Phase::Asking(showing.clone()), &place);
        frame(width, height, &Phase::Answered(showing, feedback(usize::from(right))), &place);
    }
}
