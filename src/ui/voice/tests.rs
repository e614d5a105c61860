use super::*;
use crate::model::{Kind, Markup};
use crate::session::GivenAnswer;
use crate::session::tests::{answering, asking, choice, feedback, question, showing};

fn single() -> crate::session::Showing {
    let question = question(
        Kind::Single,
        "Which **planet** is red, $x^2$ __?",
        vec![choice(0, "Mars", true), choice(1, "Venus", false)],
    );
    crate::session::Showing {
        markup: Markup::Markdown,
        explanation: Some("- Iron oxide".into()),
        ..showing(&question, 0)
    }
}

#[test]
fn questions_are_sentences_without_markup() {
    let spoken = words::question(&single(), true, true);
    let mut lines: Vec<&str> = spoken.lines().collect();
    assert_eq!(lines.remove(0), "Which planet is red, x² …?");
    assert!(lines.contains(&"A. Mars.") || lines.contains(&"B. Mars."), "{spoken}");
    assert_eq!(words::question(&single(), true, false), "Which planet is red, x² …?");
    assert!(!words::question(&single(), false, true).contains("planet"));
}

#[test]
fn the_feedback_says_what_is_right_and_why() {
    let showing = single();
    let wrong = showing.choices.iter().position(|choice| !choice.correct).expect("a wrong one");
    let feedback = feedback(&showing, &GivenAnswer::Picked(vec![wrong]));
    let spoken = words::feedback(&showing, &feedback);
    assert!(spoken.starts_with("Wrong.\nYou picked ") && spoken.contains("The answer is "), "{spoken}");
    assert!(spoken.ends_with("Iron oxide."), "{spoken}");
    assert!(!spoken.contains("Comes back"), "intervals are for the eye");
}

#[test]
fn commands_that_would_run_a_text_are_refused() {
    for command in ["sh -c {}", "/bin/bash -c {}", "cmd /c {}", "'x", "", "  "] {
        assert!(Voice::of_command(command).is_err(), "{command}");
    }
    for command in ["espeak-ng", "say -v 'Anna Q' {}", "sh -c 'piper | aplay'", "sh -c 'espeak \"$0\"' {}"] {
        assert!(Voice::of_command(command).is_ok(), "{command}");
    }
}

#[test]
fn a_program_that_is_missing_or_fails_is_said_once() {
    let showing = single();
    let mut voice = Voice::of_command("/no/such/voice -x").expect("a command");
    voice.reads(asking(showing.clone()), false);
    let said = voice.complaint().expect("a complaint");
    assert!(said.contains("`/no/such/voice` cannot be started"), "{said}");
    voice.forget();
    voice.reads(asking(showing.clone()), false);
    assert_eq!((voice.complaint(), voice.is_silent()), (None, true));
    let mut voice = Voice::of_command("false").expect("a command");
    for _ in 0..3 {
        voice.reads(asking(showing.clone()), false);
        std::thread::sleep(std::time::Duration::from_millis(200));
        voice.hush();
        voice.forget();
    }
    assert!(voice.complaint().is_some_and(|said| said.contains("`false` failed")));
    assert_eq!(voice.complaint(), None);
}

#[test]
fn each_part_is_read_once() {
    let showing = single();
    let folder = tempfile::tempdir().expect("a folder");
    let heard = folder.path().join("heard");
    let script = format!("cat >> '{}'", heard.display());
    let mut voice = Voice::silent();
    voice.command = vec!["sh".into(), "-c".into(), script];
    let mut hear = |phase: Phase<'_>, hidden| {
        voice.reads(phase, hidden);
        // It is let speak to its end.
        while voice.speech.as_mut().is_some_and(|speech| speech.ended().is_none()) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        std::fs::read_to_string(&heard).unwrap_or_default().lines().count()
    };
    let answered = answering(showing.clone(), feedback(&showing, &GivenAnswer::Picked(vec![0])));
    let counts = [
        hear(asking(showing.clone()), true),
        hear(asking(showing.clone()), true),
        hear(asking(showing.clone()), false),
        hear(asking(showing.clone()), false),
    ];
    assert_eq!(counts, [1, 1, 3, 3], "the stem, then the options");
    let after = hear(answered, false);
    assert!(after > 3 && hear(answered, false) == after);
}
