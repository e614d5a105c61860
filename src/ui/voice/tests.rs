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
    let running = "sh -c {}|/bin/bash -c {}|cmd /c {}|bash -lc {}|bash -ec {}|bash -c -l {}|bash -c -- {}|bash -o pipefail -c {}|\
        env sh -c {}|/usr/bin/env LANG=C bash -xc {}|nice -n 5 sh -c {}|nohup dash -c {}|timeout 5 zsh -c {}|setsid fish -c {}|\
        python -c {}|/usr/bin/python3.12 -c {}|python3 -Sc {}|perl -e {}|perl -ne {}|perl5.36 -E {}|ruby -e {}|node -e {}|\
        node --eval={}|node -p {}|php -r {}|lua5.4 -e {}|osascript -e {}|pwsh -Command {}|powershell.exe {}|busybox sh -c {}|\
        sudo espeak {}|sudo {}|ssh host {}|ssh host espeak {}|xargs {}|xargs sh -c {}|su -c {}|watch {}|eval {}|tmux run {}|\
        awk {}|sed -e {}|env {}|env -S {}|nice {}|nice -n 5 {}|timeout 5 {}|timeout -s KILL 5 {}|env A=b {}|{}|\
        Rscript --expr={}|emacs --eval={}|BASH -c {}|bash.exe -c {}|fish --command={}|sh voice.sh {} ; sh -c {}";
    for command in running.split('|').chain(["'x", "", "  "]) {
        assert!(Voice::of_command(command).is_err(), "{command}");
    }
    let reading = "espeak-ng|say -v 'Anna Q' {}|sh -c 'cat > heard'|sh -c 'espeak \"$0\"' {}|sh voice.sh -v 'two words' {}|\
        festival-client --text={}|env LANG=de espeak-ng {}|nice -n 10 espeak-ng -s 150 {}|timeout 30 espeak {}|python3 speak.py {}|\
        spd-say -w -e {}|/opt/my voice {}|sudo -u alice espeak|ssh host espeak|python3 speak.py --text={}|nice espeak-ng";
    for command in reading.split('|').chain(["sh -c 'piper | aplay'"]) {
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
    // It is said as soon as it is known, without another key.
    let mut voice = Voice::of_command("false").expect("a command");
    voice.reads(asking(showing), false);
    let mut said = None;
    for _ in 0..200 {
        said = said.or_else(|| voice.complaint());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(said.is_some_and(|said| said.contains("`false` failed")));
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
