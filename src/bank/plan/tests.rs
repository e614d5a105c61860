use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::bank::BankOption;
use crate::model::{Kind, Markup};

fn question(stem: &str, options: &[&str], right: usize) -> BankQuestion {
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
fn again(before: &[BankQuestion], after: &[BankQuestion]) -> ImportPlan {
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

/// How alike the questions of a bank are.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// Stems and options of their own.
    Distinct,
    /// One stem for all, options of their own.
    OneStem,
    /// Stems of their own, the same options for all.
    OneSet,
    /// Each twice: "which is …" and "which is not …", with the same options.
    Denied,
    /// Stems that differ by a number, the same options for all.
    Numbered,
}

#[derive(Clone, Debug)]
struct Fate {
    deleted: bool,
    typos: Vec<(Index, u8)>,
    option: Option<(Index, u8)>,
    turned: usize,
    rekeyed: bool,
    moved: bool,
}

fn word(number: usize) -> String {
    const BEGIN: [&str; 12] = ["ba", "cor", "de", "fin", "gal", "hu", "ka", "lem", "mor", "nu", "pel", "ri"];
    const END: [&str; 12] = ["ba", "ction", "der", "gon", "list", "mon", "nent", "pid", "rum", "sto", "tive", "vel"];
    format!("{}{}{}", BEGIN[number % 12], BEGIN[number / 12 % 12], END[number / 144 % 12])
}

fn words(numbers: &[usize]) -> String {
    numbers.iter().map(|number| word(*number)).collect::<Vec<_>>().join(" ")
}

fn written(shape: Shape, stems: &[Vec<usize>], sets: &[Vec<usize>]) -> Vec<BankQuestion> {
    let set = |place: usize| -> Vec<String> {
        let place = if matches!(shape, Shape::Distinct | Shape::OneStem) { place } else { 0 };
        // No two sets share a word.
        (0..sets[place].len()).map(|at| word(500 + place * 10 + at) + &word(sets[place][at])).collect()
    };
    let stem = |place: usize| match shape {
        Shape::Distinct | Shape::OneSet => words(&stems[place]),
        Shape::OneStem => words(&stems[0]),
        Shape::Denied => format!(
            "which of these is{} {}",
            if place.is_multiple_of(2) { "" } else { " not" },
            words(&stems[place / 2])
        ),
        Shape::Numbered => format!("{} {}", words(&stems[0]), 1000 + place * 37),
    };
    let of = |place: usize| {
        let options = set(place);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        question(&stem(place), &options, place % options.len())
    };
    (0..stems.len()).map(of).collect()
}

fn mistyped(text: &mut String, at: Index, how: u8) {
    let mut letters: Vec<char> = text.chars().collect();
    // Numbers are not mistyped: another number is another question.
    let places: Vec<usize> = (0..letters.len().saturating_sub(1)).filter(|&at| letters[at].is_alphabetic()).collect();
    if places.is_empty() {
        return;
    }
    let place = places[at.index(places.len())];
    match how % 4 {
        0 => drop(letters.remove(place)),
        1 => letters.insert(place, letters[place]),
        2 if letters[place + 1].is_alphabetic() => letters.swap(place, place + 1),
        _ => letters[place] = 'x',
    }
    *text = letters.into_iter().collect();
}

fn edited(question: &BankQuestion, fate: &Fate, place: usize) -> BankQuestion {
    let mut new = question.clone();
    for (at, how) in &fate.typos {
        mistyped(&mut new.stem, *at, *how);
    }
    if let Some((at, how)) = &fate.option {
        let which = at.index(new.options.len());
        match how % 3 {
            0 => mistyped(&mut new.options[which].text, *at, how / 3),
            1 if new.options.len() > 3 && !new.options[which].correct => drop(new.options.remove(which)),
            _ => new.options.push(BankOption { text: word(1500 + place), ..BankOption::default() }),
        }
    }
    let length = new.options.len();
    new.options.rotate_left(fate.turned % length);
    if fate.rekeyed {
        let right = new.correct()[0];
        new.options[right].correct = false;
        new.options[(right + 1) % length].correct = true;
    }
    if fate.moved {
        new.topic = Some("elsewhere".into());
    }
    new
}

fn fate() -> impl Strategy<Value = Fate> {
    let chance = |weight| prop::bool::weighted(weight);
    (
        chance(0.15),
        prop::collection::vec((any::<Index>(), any::<u8>()), 0..=2),
        prop::option::of((any::<Index>(), any::<u8>())),
        0..4_usize,
        chance(0.2),
        chance(0.2),
    )
        .prop_map(|(deleted, typos, option, turned, rekeyed, moved)| Fate {
            deleted,
            typos,
            option,
            turned,
            rekeyed,
            moved,
        })
}

fn shape() -> impl Strategy<Value = Shape> {
    use Shape::{Denied, Distinct, Numbered, OneSet, OneStem};
    prop::sample::select(vec![Distinct, OneStem, OneSet, Denied, Numbered])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn questions_keep_their_histories_through_edits(
        shape in shape(),
        rows in prop::collection::vec(
            (prop::collection::vec(0..1700_usize, 6..9), prop::collection::vec(0..1700_usize, 3..6), fate()), 3..16),
        order in any::<u64>(),
        added in 0..3_usize,
    ) {
        let stems: Vec<_> = rows.iter().map(|(stem, ..)| stem.clone()).collect();
        let sets: Vec<_> = rows.iter().map(|(_, set, _)| set.clone()).collect();
        let all = written(shape, &stems, &sets);
        // An additional number is not a typo, but looks like one.
        let added = if matches!(shape, Shape::Numbered) { 0 } else { added };
        let (before, fresh) = all.split_at(all.len() - added);
        let mut after: Vec<(Option<i64>, BankQuestion)> = before
            .iter()
            .enumerate()
            .filter(|(place, _)| !rows[*place].2.deleted)
            .map(|(place, question)| (Some(place as i64), edited(question, &rows[place].2, place)))
            .chain(fresh.iter().map(|question| (None, question.clone())))
            .collect();
        after.sort_by_key(|(_, question)| Fingerprint::of_bank(question).whole ^ order);
        let questions: Vec<BankQuestion> = after.iter().map(|(_, question)| question.clone()).collect();
        let plan = again(before, &questions);

        prop_assert_eq!(plan.planned.iter().map(|planned| planned.place).collect::<Vec<_>>(), (0..after.len()).collect::<Vec<_>>());
        let mut kept = HashSet::new();
        let mut uids = HashSet::new();
        for (planned, (origin, question)) in plan.planned.iter().zip(&after) {
            prop_assert!(uids.insert(planned.uid), "an identity twice");
            match planned.known {
                Some(id) => {
                    prop_assert_eq!(Some(id.0), *origin, "the history of another: {}", &question.stem);
                    prop_assert!(kept.insert(id), "a history twice");
                    for (option, number) in question.options.iter().zip(&planned.choices) {
                        if let Some(at) = before[id.0 as usize].options.iter().position(|old| old.text == option.text) {
                            prop_assert_eq!(*number, Some(at as u8), "the choice of another: {}", &option.text);
                        }
                    }
                }
                None => if let Some(origin) = origin {
                    let listed = plan.maybe_same.iter().any(|(at, id, _)| *at == planned.place && id.0 == *origin);
                    prop_assert!(listed, "lost and not told: {}", &question.stem);
                    prop_assert!(!matches!(shape, Shape::Distinct | Shape::OneSet | Shape::OneStem), "lost: {}", &question.stem);
                }
            }
        }
        let missing: HashSet<QuestionId> = plan.missing.iter().copied().collect();
        prop_assert!(missing.is_disjoint(&kept));
        prop_assert_eq!(missing.len() + kept.len(), before.len(), "nothing is lost");
    }
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
