use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::bank::identity::Fingerprint;
use crate::bank::plan::tests::{again, question};
use crate::bank::{BankOption, BankQuestion};
use crate::model::QuestionId;

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
