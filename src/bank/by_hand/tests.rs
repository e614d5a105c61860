use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::bank::plan::edited;
use crate::model::{Choice, Kind, Markup, QuestionId};

fn question(kind: Kind, options: &[(&str, bool)]) -> Question {
    let choice = |(number, (text, correct)): (u8, &(&str, bool))| Choice {
        number,
        position: number,
        text: (*text).into(),
        correct: *correct,
        ..Choice::default()
    };
    Question {
        id: QuestionId(1),
        uid: Uuid::nil(),
        kind,
        stem: "What is it?".into(),
        explanation: Some("So it is.".into()),
        topic: Some("Things".into()),
        tags: vec!["a".into(), "b".into()],
        key: KeyOrigin::Marked,
        key_rule: None,
        markup: Markup::Plain,
        choices: (0..).zip(options).map(choice).collect(),
    }
}

fn single() -> Question {
    question(Kind::Single, &[("this", true), ("that", false), ("others", false)])
}

fn refused(text: &str, old: &Question) -> Refusal {
    revise(text, old).expect_err("a refusal")
}

fn codes(refusal: &Refusal) -> Vec<(usize, &'static str)> {
    refusal.problems.iter().map(|problem| (problem.line, problem.code)).collect()
}

#[test]
fn the_text_is_the_exact_form_with_a_word_of_help() {
    assert_eq!(
        text(&single()),
        "---\nform: exact\n\
         # ` *` behind an option marks it as right; a text goes on in lines that are indented by two spaces.\n\
         # A second question below makes two of it: the first keeps the answers, the other is new.\n\
         ---\n\n# Things\nWhat is it?\n- A. this *\n- B. that\n- C. others\nExplanation: So it is.\nTags: a, b\n"
    );
}

#[test]
fn what_stands_below_the_question_is_another_one() {
    let old = single();
    let text = text(&old).replace("What is it", "What was it") + "\nAnd then?\n- A. so\n- B. no *\n";
    let revision = revise(&text, &old).expect("a revision");
    assert_eq!((revision.first.stem.as_str(), revision.others.len()), ("What was it?", 1));
    assert_eq!((revision.others[0].stem.as_str(), revision.others[0].correct()), ("And then?", vec![1]));
}

#[test]
fn choices_keep_their_numbers_wherever_they_stand() {
    let old = single();
    let text = text(&old).replace("- A. this *\n- B. that\n", "- A. that!\n- B. this *\n");
    let planned = edited(&revise(&text, &old).expect("a revision").first, &old).expect("a change");
    assert_eq!(planned.choices, [Some(1), Some(0), Some(2)]);
}

#[test]
fn a_text_without_a_question_is_refused() {
    let old = single();
    for bare in ["", "\n\n", "---\nform: exact\n---\n", "---\nform: exact\n# help\n---\n\n# Things\n\n#\n"] {
        let refusal = refused(bare, &old);
        assert_eq!(refusal.message, "no question is left", "{bare}");
        assert!(refusal.hint.expect("a hint").contains("retain card suspend"));
    }
}

#[test]
fn every_problem_is_told_at_once_with_its_line() {
    let old = single();
    let text =
        text(&old).replace("form: exact\n", "form: exact\ndeck: Elsewhere\n").replace("- A. this *", "- A. this")
            + "\nAnd then?\n- A. so\n- B. no\n";
    assert_eq!(codes(&refused(&text, &old)), [(3, "deck-changed"), (9, "no-answer"), (16, "no-answer")]);
    let wrong = super::text(&old).replace("- B. that", "- D. that") + "\nAnd then?\n";
    let refusal = refused(&wrong, &old);
    assert_eq!(codes(&refusal), [(10, "label-order"), (15, "no-options")]);
    assert_eq!((refusal.message.as_str(), refusal.hint), ("the text has 2 problems", None));
    assert_eq!(refused("garbage\n", &old).message, "the text has a problem");
}

#[test]
fn a_question_stays_of_its_kind_but_for_how_many_options_are_right() {
    let old = single();
    let multiple = text(&old).replace("- B. that", "- B. that *");
    assert_eq!(revise(&multiple, &old).expect("a revision").first.kind, Kind::Multiple);
    let typed = text(&old).replace("What is it?\n", "What is it?\nKind: short\n").replace(" *\n", "\n");
    assert_eq!(codes(&refused(&typed, &old)), [(8, "kind-changed")]);
    let card = question(Kind::Card, &[("back", true)]);
    let cloze = text(&card).replace("Kind: card", "Kind: cloze");
    assert_eq!(codes(&refused(&cloze, &card)), [(8, "kind-changed")]);
    assert!(revise(&text(&card).replace("back", "the back"), &card).expect("a revision").warnings.is_empty());
}

#[test]
fn a_draft_may_stay_one() {
    let draft = Question { key: KeyOrigin::Missing, ..question(Kind::Single, &[("this", false), ("that", false)]) };
    let longer = text(&draft).replace("- A. this", "- A. this one");
    assert_eq!(revise(&longer, &draft).expect("a revision").first.key, KeyOrigin::Missing);
}

#[test]
fn no_rule_declares_what_a_person_chose() {
    let rule = Some("key: first in the bank".to_owned());
    let old = Question { key: KeyOrigin::Declared, key_rule: rule.clone(), ..single() };
    let kept = text(&old).replace("What is it", "What was it");
    let first = revise(&kept, &old).expect("a revision").first;
    assert_eq!((first.key, first.key_rule), (KeyOrigin::Declared, rule));
    let chosen =
        text(&old).replace("- A. this *\n- B. that", "- A. this\n- B. that *") + "\nAnd?\n- A. so *\n- B. no\n";
    let revision = revise(&chosen, &old).expect("a revision");
    for question in [&revision.first, &revision.others[0]] {
        assert_eq!((question.key, &question.key_rule), (KeyOrigin::Marked, &None));
    }
}

proptest! {
    #[test]
    fn a_text_that_nobody_changed_is_no_change(
        stem in "[ -~\n]{0,20}[!-~][ -~äß中]{0,20}",
        options in prop::collection::vec("[!-~]{1,12}[ -~]{0,6}[!-~]", 2..6),
        right in prop::collection::vec(any::<bool>(), 6),
        explanation in prop::option::of("[!-~][ -~\n]{0,20}[!-~]"),
        topic in prop::option::of("[!-~][ -~]{0,9}[!-~]"),
    ) {
        let marked: Vec<(&str, bool)> = options.iter().map(String::as_str).zip(right.iter().copied()).collect();
        let marked: Vec<(&str, bool)> = marked.into_iter().enumerate().map(|(place, (text, right))| (text, right || place == 0)).collect();
        let kind = if marked.iter().filter(|(_, right)| *right).count() > 1 { Kind::Multiple } else { Kind::Single };
        let old = Question { stem: stem.trim().into(), explanation, topic, ..question(kind, &marked) };
        let revision = revise(&text(&old), &old).expect("a revision");
        prop_assert_eq!(edited(&revision.first, &old), None);
        prop_assert!(revision.others.is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(---\nform: exact\n---\n)?([#a-c *\\->.A-C\n]|- [AB]\\. x( \\*)?\n|What\\?\n){0,30}") {
        let old = single();
        match revise(&text, &old) {
            Ok(revision) => prop_assert!(revision.first.kind.has_choices()),
            Err(refusal) => prop_assert!(!refusal.message.is_empty()),
        }
    }
}
