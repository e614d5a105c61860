use super::*;
use crate::bank::BankOption;
use crate::model::{Kind, Markup};

pub(super) fn question(stem: &str, options: &[&str], right: usize) -> BankQuestion {
    let options = options.iter().enumerate().map(|(place, text)| BankOption {
        text: (*text).into(),
        correct: place == right,
        ..BankOption::default()
    });
    BankQuestion { stem: stem.into(), options: options.collect(), key: KeyOrigin::Marked, ..BankQuestion::default() }
}

fn bank(questions: Vec<BankQuestion>) -> Bank {
    let prints = questions.iter().map(Fingerprint::of_bank).collect();
    Bank { questions, prints, ..Bank::default() }
}

/// A deck after the first import of a bank: the question at each place has its place as its number.
struct Deck {
    known: Vec<DeckQuestion>,
    questions: Vec<Question>,
}

impl Deck {
    fn of(bank: &Bank, here: bool) -> Self {
        let mut empty = Self { known: Vec::new(), questions: Vec::new() };
        let plan = plan(bank, "Deck", &[], &mut |_| Ok(Vec::new())).expect("a plan");
        for planned in plan.planned {
            let from = &bank.questions[planned.place];
            let id = QuestionId(planned.place as i64);
            let choices = (0..).zip(&from.options).map(|(number, option)| Choice {
                number,
                position: number,
                text: option.text.clone(),
                correct: option.correct,
                ..Choice::default()
            });
            empty.questions.push(Question {
                id,
                uid: planned.uid,
                kind: from.kind,
                stem: from.stem.clone(),
                explanation: None,
                topic: from.topic.clone(),
                tags: Vec::new(),
                key: from.key,
                key_rule: None,
                markup: Markup::Plain,
                choices: choices.collect(),
            });
            empty.known.push(DeckQuestion {
                id,
                uid: planned.uid,
                kind: from.kind,
                content: Some(planned.content),
                placements: vec![Placement {
                    here,
                    id: from.id.clone(),
                    print: planned.fingerprint,
                    content: Some(planned.content),
                }],
            });
        }
        empty
    }

    fn plan(&mut self, bank: &Bank) -> ImportPlan {
        let known = self.known.clone();
        plan(bank, "Deck", &known, &mut |ids| Ok(ids.iter().map(|id| self.questions[id.0 as usize].clone()).collect()))
            .expect("a plan")
    }
}

/// The plan for `after` in a deck that was made from `before`.
pub(super) fn again(before: &[BankQuestion], after: &[BankQuestion]) -> ImportPlan {
    Deck::of(&bank(before.to_vec()), true).plan(&bank(after.to_vec()))
}

fn known(plan: &ImportPlan) -> Vec<Option<i64>> {
    plan.planned.iter().map(|planned| planned.known.map(|id| id.0)).collect()
}

fn statuses(plan: &ImportPlan) -> Vec<Status> {
    plan.planned.iter().map(|planned| planned.status).collect()
}

#[test]
fn every_edit_has_its_status_and_keeps_the_question() {
    let old = question("Which layer routes packets?", &["network", "transport", "session"], 0);
    let edited = |edit: fn(&mut BankQuestion)| {
        let mut new = old.clone();
        edit(&mut new);
        new
    };
    for (new, status) in [
        (edited(|_| {}), Status::Unchanged),
        (edited(|new| new.line = 70), Status::Unchanged),
        (edited(|new| new.stem = "Which layer routes the packets?".into()), Status::Edited),
        (edited(|new| new.options[2].text = "sessions".into()), Status::Edited),
        (edited(|new| new.options.push(BankOption { text: "link".into(), ..BankOption::default() })), Status::Edited),
        (edited(|new| new.options.truncate(2)), Status::Edited),
        (edited(|new| new.explanation = Some("By address.".into())), Status::Edited),
        (edited(|new| new.options.rotate_left(1)), Status::Moved),
        (edited(|new| new.topic = Some("Networks".into())), Status::Moved),
        (edited(|new| new.tags = vec!["exam".into()]), Status::Moved),
        (
            edited(|new| {
                new.options[0].correct = false;
                new.options[1].correct = true;
            }),
            Status::KeyChanged,
        ),
        (
            edited(|new| {
                new.options[1].correct = true;
                new.kind = Kind::Multiple;
            }),
            Status::KeyChanged,
        ),
    ] {
        let plan = again(std::slice::from_ref(&old), std::slice::from_ref(&new));
        assert_eq!((known(&plan), statuses(&plan)), (vec![Some(0)], vec![status]), "{new:?}");
    }
}

#[test]
fn what_several_questions_say_tells_none_of_them() {
    let truth = |stem| question(stem, &["True", "False"], 0);
    // The only question with its options on either side, and yet another one.
    let plan = again(&[truth("Water is wet.")], &[truth("The moon is made of cheese.")]);
    assert_eq!((known(&plan), plan.missing), (vec![None], vec![QuestionId(0)]));
    let same = |options: [&str; 3]| question("Which of these is true?", &options, 0);
    let (red, blue, green) = (["red", "rose", "ruby"], ["blue", "sea", "sky"], ["green", "grass", "leaf"]);
    let plan = again(&[same(red), same(blue)], &[same(red), same(green)]);
    assert_eq!((known(&plan), plan.missing), (vec![Some(0), None], vec![QuestionId(1)]));
    let plan = again(&[same(red), same(blue)], &[same(["blue", "sea", "skies"]), same(["red", "rose", "rubies"])]);
    assert_eq!(known(&plan), [Some(1), Some(0)]);
}

#[test]
fn a_denial_is_another_question_and_doubt_is_told() {
    let colours = ["red", "green", "blue", "grey"];
    let (plain, denied) = (
        question("Which of these colours is one of the primary ones of light?", &colours, 0),
        question("Which of these colours is not one of the primary ones of light?", &colours, 3),
    );
    let other = question("Which colour has the longest waves of these?", &colours, 0);
    let plan = again(&[plain.clone(), other.clone()], &[denied, other]);
    assert_eq!((known(&plan), plan.missing.clone()), (vec![None, Some(1)], vec![QuestionId(0)]));
    let doubt: Vec<_> = plan.maybe_same.iter().map(|(place, id, _)| (*place, id.0)).collect();
    assert_eq!(doubt, [(0, 0)]);
    // Two that are equally similar to the old one are ambiguous.
    let of = |number: &str| question(&format!("What does the register {number} hold after a reset?"), &colours, 0);
    let plan = again(&[of("7"), plain.clone()], &[of("71"), of("72"), plain]);
    assert_eq!(known(&plan), [None, None, Some(1)]);
    assert_eq!(plan.maybe_same.len(), 2);
}

#[test]
fn ids_of_another_bank_need_likeness() {
    let mut theirs = question("What is the capital of France?", &["Paris", "Rome", "Oslo"], 0);
    theirs.id = Some("q1".into());
    let mut deck = Deck::of(&bank(vec![theirs.clone()]), false);
    let mut ours = question("How many legs has a spider?", &["8", "6", "4"], 0);
    ours.id = Some("q1".into());
    let mut planned = |question: BankQuestion| deck.plan(&bank(vec![question])).planned.remove(0);
    assert_eq!(planned(ours).known, None);
    theirs.stem = "What is the capital city of France today?".into();
    assert_eq!(planned(theirs).known, Some(QuestionId(0)));
}

#[test]
fn a_typo_in_a_text_without_spaces_hides_nothing() {
    let shared = ["对", "错", "不一定"];
    let stems = [
        "计算机网络的传输层负责端到端的可靠通信",
        "操作系统的调度程序决定进程运行的先后顺序",
        "数据库的事务具有原子性和隔离性等特征",
    ];
    let old: Vec<_> = stems.iter().map(|stem| question(stem, &shared, 0)).collect();
    let mended = [2, 0, 1].map(|place| question(&stems[place].replace('的', "之"), &shared, 0));
    assert_eq!(known(&again(&old, &mended)), [Some(2), Some(0), Some(1)]);
}

#[test]
fn many_alike_questions_are_compared_in_time() {
    let shared = ["one", "two", "three", "four"];
    let of = |number: usize, word: &str| {
        question(&format!("What {word} register number {number} hold after a reset?"), &shared, 0)
    };
    let old: Vec<_> = (0..4_000).map(|number| of(number, "does")).collect();
    let new: Vec<_> = (0..4_000).rev().map(|number| of(number, "doess")).collect();
    let plan = again(&old, &new);
    let own = (0..4_000).filter(|place| plan.planned[*place].known == Some(QuestionId(3_999 - *place as i64))).count();
    assert_eq!(own, 4_000);
}

#[test]
fn a_bank_that_says_what_it_said_brings_nothing_whatever_was_made_of_the_question() {
    let said = bank(vec![question("How deep is the sea?", &["deep", "flat", "dry"], 0)]);
    for here in [true, false] {
        let mut deck = Deck::of(&said, here);
        // By hand: the text is another, and so is its fingerprint.
        deck.questions[0].stem = "Quite something else?".into();
        deck.known[0].content = Some(0);
        let plan = deck.plan(&said);
        assert_eq!((statuses(&plan), plan.planned[0].rewrites), (vec![Status::Unchanged], false), "{here}");
        let mut changed = said.clone();
        changed.questions[0].explanation = Some("It is.".into());
        assert_eq!(statuses(&deck.plan(&changed)), [Status::Edited], "{here}");
        // The last content of another bank is no measure for a bank with different content.
        let elsewhere = Placement { here: false, ..deck.known[0].placements[0].clone() };
        deck.known[0].placements = vec![Placement { here: true, content: Some(1), ..elsewhere.clone() }, elsewhere];
        assert_eq!(statuses(&deck.plan(&said)), [Status::Edited], "{here}");
    }
}
