use super::*;
use crate::model::{Choice, Kind};
use crate::session::tests::{answering, asking, choice, feedback, question, showing};

fn single() -> Showing {
    showing(&question(Kind::Single, "Which?", vec![choice(0, "a", true), choice(1, "b", false)]), 0)
}

fn pairs(kind: Kind) -> Phase<'static> {
    let pair = |number, text: &str, half: &str| Choice { pair: Some(half.into()), ..choice(number, text, true) };
    asking(showing(&question(kind, "What?", vec![pair(0, "a", "x"), pair(1, "b", "y")]), 0))
}

fn answered(right: bool) -> Phase<'static> {
    let showing = single();
    let place = showing.choices.iter().position(|choice| choice.correct == right).expect("a choice");
    let feedback = feedback(&showing, &GivenAnswer::Picked(vec![place]));
    answering(showing, feedback)
}

fn revealed() -> Phase<'static> {
    let showing = showing(&question(Kind::Card, "What?", vec![choice(0, "a", true)]), 0);
    let feedback = feedback(&showing, &GivenAnswer::Revealed);
    answering(showing, feedback)
}

fn read(line: &str, phase: Phase<'_>) -> Parsed<Wish> {
    wish(parse(line)?, phase)
}

fn event(line: &str, phase: Phase<'_>) -> Action {
    match read(line, phase) {
        Ok(Wish::Act(action)) => action,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn answers_of_every_kind() {
    let picked =
        |places: &[usize], took_ms| Action::Answer { given: GivenAnswer::Picked(places.into()), took_ms, sure: None };
    let single = asking(single());
    assert_eq!(event(r#"{"type":"answer","pick":["B"],"ms":4200}"#, single), picked(&[1], Some(4_200)));
    assert_eq!(event(r#"{"type":"answer","pick":["b","A"]}"#, single), picked(&[1, 0], None));
    assert_eq!(event(r#"{"type":"answer","pick":["b","A"]}"#, pairs(Kind::Order)), picked(&[1, 0], None));
    let paired = Action::Answer { given: GivenAnswer::Paired(vec![(0, 1), (1, 0)]), took_ms: None, sure: None };
    for given in [r#"[["A","2"],["B","1"]]"#, r#"[["a",2],["b"," 1 "]]"#] {
        assert_eq!(event(&format!(r#"{{"type":"answer","pairs":{given}}}"#), pairs(Kind::Match)), paired);
    }
    for (text, typed) in [(r#""Paris ""#, "Paris "), ("3.5", "3.5"), ("-7", "-7"), (r#""""#, "")] {
        let given = Action::Answer { given: GivenAnswer::Typed(typed.into()), took_ms: None, sure: None };
        assert_eq!(event(&format!(r#"{{"type":"answer","text":{text}}}"#), pairs(Kind::Short)), given);
    }
    let reveal = Action::Answer { given: GivenAnswer::Revealed, took_ms: Some(900), sure: None };
    assert_eq!(event(r#"{"type":"reveal","ms":900}"#, pairs(Kind::Card)), reveal);
    for (line, given, said) in [
        (r#"{"type":"answer","pick":["B"],"sure":true}"#, GivenAnswer::Picked(vec![1]), Some(true)),
        (r#"{"type":"answer","pick":["B"],"sure":false}"#, GivenAnswer::Picked(vec![1]), Some(false)),
        (r#"{"type":"answer","pick":["B"],"sure":null}"#, GivenAnswer::Picked(vec![1]), None),
        (r#"{"type":"answer","text":"x","sure":true}"#, GivenAnswer::Typed("x".into()), Some(true)),
        (r#"{"type":"reveal","sure":true}"#, GivenAnswer::Revealed, Some(true)),
    ] {
        assert_eq!(event(line, single), Action::Answer { given, took_ms: None, sure: said }, "{line}");
    }
}

#[test]
fn again_is_what_was_not_known_and_wrong_is_again_by_going_on() {
    for (rating, after_right, after_wrong, after_reveal) in [
        ("again", StatedRating::Guessed, StatedRating::GoOn, StatedRating::Guessed),
        ("guessed", StatedRating::Guessed, StatedRating::Guessed, StatedRating::Guessed),
        ("hard", StatedRating::Hard, StatedRating::Hard, StatedRating::Hard),
        ("good", StatedRating::Good, StatedRating::Good, StatedRating::Good),
        ("easy", StatedRating::Easy, StatedRating::Easy, StatedRating::Easy),
    ] {
        let line = format!(r#"{{"type":"rate","rating":"{rating}"}}"#);
        for (phase, verdict) in
            [(answered(true), after_right), (answered(false), after_wrong), (revealed(), after_reveal)]
        {
            assert_eq!(event(&line, phase), Action::Rate(verdict), "{rating}");
        }
    }
    assert_eq!(event(r#"{"type":"rate"}"#, revealed()), Action::Rate(StatedRating::GoOn));
}

#[test]
fn what_can_be_said_at_any_time() {
    for phase in [asking(single()), answered(false)] {
        for (line, wish) in [
            (r#"{"type":"overrule"}"#, Wish::Act(Action::Overrule)),
            (r#"{"type":"pause"}"#, Wish::Act(Action::Pause)),
            (r#"{"type":"flag","note":"odd"}"#, Wish::Act(Action::Flag(Some("odd".into())))),
            (r#"{"type":"flag"}"#, Wish::Act(Action::Flag(Some(String::new())))),
            (r#"{"type":"unflag"}"#, Wish::Act(Action::Flag(None))),
            (r#"{"type":"about"}"#, Wish::About),
            (r#"{"type":"edit"}"#, Wish::Edit),
            (r#"{"type":"undo"}"#, Wish::Act(Action::Undo)),
            (r#"{"type":"skip"}"#, Wish::Act(Action::Skip)),
            (r#"{"type":"bury"}"#, Wish::Act(Action::Bury)),
            (r#"{"type":"suspend"}"#, Wish::Act(Action::Suspend)),
            ("\u{feff}{\"type\":\"quit\"}", Wish::Act(Action::Quit)),
        ] {
            assert_eq!(read(line, phase), Ok(wish), "{line}");
        }
    }
}

#[test]
fn lines_that_cannot_be_used_say_why() {
    let single = asking(single());
    let pairs = pairs(Kind::Match);
    for (line, phase, why) in [
        ("", single, "EOF while parsing"),
        ("nonsense", single, "expected ident"),
        ("[]", single, "the line cannot be used"),
        (r#"{"type":"dance"}"#, single, "unknown variant `dance`"),
        (r#"{"type":"answer","pick":["C"]}"#, single, "there is no choice `C` now"),
        (r#"{"type":"answer"}"#, single, "an answer has one of `pick`, `text` and `pairs`"),
        (r#"{"type":"answer","pick":["A"],"text":"a"}"#, single, "an answer has one of"),
        (r#"{"type":"answer","text":["a"]}"#, single, "expected a string or a number"),
        (r#"{"type":"answer","pairs":[["A","3"]]}"#, pairs, "there is no match `3` now"),
        (r#"{"type":"answer","pairs":[["D",1]]}"#, pairs, "there is no choice `D` now"),
        (r#"{"type":"answer","pairs":[["A"]]}"#, pairs, "invalid length 1"),
        (r#"{"type":"rate","rating":"splendid"}"#, single, "unknown variant `splendid`"),
        (r#"{"type":"edit","text":"x"}"#, single, "ask for the text first"),
        (r#"{"type":"cancel"}"#, single, "nothing is being edited"),
    ] {
        let message = read(line, phase).expect_err(line);
        assert!(message.contains(why), "{line}: {message}");
    }
}

#[test]
fn an_answer_of_another_kind_is_left_to_the_session() {
    let empty = Action::Answer { given: GivenAnswer::Picked(Vec::new()), took_ms: None, sure: None };
    assert_eq!(event(r#"{"type":"answer","pick":["A"]}"#, pairs(Kind::Short)), empty);
    assert_eq!(event(r#"{"type":"answer","pick":["A"]}"#, answered(true)), empty);
}
