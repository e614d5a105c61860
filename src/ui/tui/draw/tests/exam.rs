//! The screens of a mock exam.

use super::*;
use crate::session::tests::{self, paper};
use crate::session::{ExamOutcome, ExamResult, Paper, TopicScore};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 12)];

fn rule(width: u16) -> String {
    "=".repeat(usize::from(width))
}

/// The frame of an exam with a minute and a half left.
fn exam_frame(size: (u16, u16), phase: Phase<'_>, place: &ScreenPlace, paper: &Paper) -> String {
    let screen = Screen { paper: Some(paper), ms_left: Some(2_490_000), ..screen(phase, place) };
    lines(&buffer(size.0, size.1, &screen))
}

/// An exam of fifty questions.
fn fifty() -> &'static Paper {
    let answered: Vec<u32> = (0..50).filter(|position| ![2, 7, 8].contains(position)).collect();
    paper(50, &answered, &[2, 4], 3)
}

fn result() -> ExamResult {
    let (showing, _, given) = tried(Kind::Single);
    let miss = |showing: Showing, given: &GivenAnswer| {
        let feedback = tests::feedback(&showing, given);
        (showing, feedback)
    };
    let topic = |topic: Option<&str>, right, answers, questions| TopicScore {
        topic: topic.map(String::from),
        right,
        answers,
        questions,
    };
    ExamResult {
        questions: 50,
        answered: 47,
        right: 34,
        pass_mark: 70,
        lasted_ms: 1_110_000,
        allowed_ms: Some(3_600_000),
        time_up: false,
        topics: vec![topic(None, 0, 2, 3), topic(Some("Monitoring"), 14, 23, 24), topic(Some("Training"), 20, 22, 23)],
        not_right: vec![miss(showing.clone(), &given), miss(of(Kind::Short), &GivenAnswer::Typed("Rome".into()))],
    }
}

#[test]
fn the_pages_of_an_exam() {
    let asked = Showing { given: Some(GivenAnswer::Picked(vec![2])), ..of(Kind::Single) };
    let typed = Showing { given: Some(GivenAnswer::Typed("Rome".into())), ..of(Kind::Short) };
    for size in SIZES {
        let (phase, list) = (asking(asked.clone()), ScreenPlace { page: Page::List, row: 7, ..ScreenPlace::default() });
        let leave = ScreenPlace { page: Page::Leave, ..ScreenPlace::default() };
        let result = finished(Summary { answered: 47, exam: Some(ExamOutcome::Over(result())), ..Summary::default() });
        let end = |answered: &[u32]| paper(6, answered, &[4], 5);
        let frames = [
            exam_frame(size, phase, &ScreenPlace::at(&asked), fifty()),
            exam_frame(size, asking(typed.clone()), &ScreenPlace::at(&typed), paper(50, &[], &[3], 3)),
            exam_frame(size, phase, &list, fifty()),
            exam_frame(size, phase, &leave, fifty()),
            exam_frame(size, Phase::Overview(fifty()), &ScreenPlace::in_list(fifty()), fifty()),
            exam_frame(
                size,
                Phase::Overview(end(&[0, 1, 2, 3, 4, 5])),
                &ScreenPlace::in_list(end(&[])),
                end(&[0, 1, 2, 3, 4, 5]),
            ),
            frame(size.0, size.1, result, &ScreenPlace::default()),
            lines(&buffer(size.0, size.1, &Screen { miss: Some(0), ..screen(result, &ScreenPlace::default()) })),
        ];
        let rule = format!("\n{}\n", rule(size.0));
        insta::assert_snapshot!(format!("exam_{}x{}", size.0, size.1), frames.join(&rule));
    }
}

#[test]
fn the_time_of_an_exam_that_ends_is_a_warning() {
    let (phase, place) = (asking(of(Kind::Single)), ScreenPlace::default());
    let last = Screen { paper: Some(fifty()), ms_left: Some(59_000), ..screen(phase, &place) };
    let buffer = buffer(80, 14, &last);
    assert!(lines(&buffer).contains("0:59"), "{}", lines(&buffer));
}

#[test]
fn the_help_of_an_exam_names_its_keys() {
    let place = ScreenPlace { page: Page::Help, ..ScreenPlace::default() };
    insta::assert_snapshot!("exam_help", exam_frame((80, 30), asking(of(Kind::Short)), &place, fifty()));
    let end = exam_frame((80, 30), Phase::Overview(fifty()), &place, fifty());
    assert!(end.contains("hand in") && end.contains("Any other key closes"), "{end}");
}

#[test]
fn an_earlier_answer_of_every_kind_is_shown_as_it_was_given() {
    for (kind, given, shown) in [
        (Kind::Single, GivenAnswer::Picked(vec![1]), "›● B"),
        (Kind::Multiple, GivenAnswer::Picked(vec![2, 0]), " ● A"),
        (Kind::Order, GivenAnswer::Picked(vec![1, 2, 0]), "› 1 B"),
        (Kind::Match, GivenAnswer::Paired(vec![(0, 1), (1, 0), (2, 2)]), "› A  → 2"),
        (Kind::Short, GivenAnswer::Typed("Paris".into()), "› Paris"),
    ] {
        let asked = Showing { given: Some(given.clone()), ..of(kind) };
        let place = ScreenPlace::at(&asked);
        assert_eq!(place.given(&asked), given, "{kind:?}: Enter says the same again");
        let screen = exam_frame((80, 24), asking(asked), &place, fifty());
        assert!(screen.contains(shown), "{kind:?}: {screen}");
    }
}

#[test]
fn a_question_that_was_left_open_shows_only_what_would_have_been_right() {
    let look = |kind: Kind| {
        let showing = of(kind);
        let feedback = tests::feedback(&showing, &GivenAnswer::LeftOpen);
        let result = ExamResult { not_right: vec![(showing, feedback)], ..result() };
        let phase = finished(Summary { exam: Some(ExamOutcome::Over(result)), ..Summary::default() });
        lines(&buffer(80, 24, &Screen { miss: Some(0), ..screen(phase, &ScreenPlace::default()) }))
    };
    for (kind, right) in [
        (Kind::Single, "✓  B  To detect performance issues"),
        (Kind::Multiple, "✓  C  3"),
        (Kind::Short, "✓  Paris"),
        (Kind::Numeric, "✓  3.14, give or take 0.01"),
        (Kind::Match, "→ Oslo"),
        (Kind::Order, "✓ 1 "),
    ] {
        let frame = look(kind);
        assert!(frame.contains("Not right: 1 of 1") && frame.contains("○ Not answered"), "{frame}");
        assert!(frame.contains(right) && !frame.contains('✗') && !frame.contains("you"), "{frame}");
    }
}
