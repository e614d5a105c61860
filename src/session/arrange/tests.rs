use std::collections::HashSet;

use proptest::prelude::*;

use super::super::order_of;
use super::*;

/// Choices with these texts, pinned as a bank pins them.
fn choices(texts: &[&str]) -> Vec<Choice> {
    let choice = |(number, text): (u8, &&str)| Choice {
        // A number tells nothing of the place.
        number: 100 - number,
        position: number,
        text: (*text).into(),
        pinned: crate::model::phrase::keeps_place(text),
        ..Choice::default()
    };
    (0..).zip(texts).map(choice).collect()
}

fn kept(stem: &str, texts: &[&str]) -> Option<BankOrderReason> {
    arrange(&choices(texts), stem, Uuid::NAMESPACE_OID, 1, 0).kept
}

/// The texts of each of many showings.
fn showings(stem: &str, texts: &[&str]) -> HashSet<Vec<String>> {
    let choices = choices(texts);
    let texts = |count| {
        let arrangement = arrange(&choices, stem, Uuid::NAMESPACE_OID, count, 0);
        assert_eq!(arrangement.kept, None);
        arrangement.choices.into_iter().map(|arranged| arranged.text.into_owned()).collect()
    };
    (0..200).map(texts).collect()
}

#[test]
fn letters_are_those_of_the_showing_in_each_language() {
    for (reference, open, join, close) in [
        ("Both A and C", "Both ", " and ", ""),
        ("A & C only", "", " & ", " only"),
        ("(1) and (3)", "(", ") and (", ")"),
        ("sowohl A als auch C", "sowohl ", " als auch ", ""),
        ("A und C sind richtig.", "", " und ", " sind richtig."),
        ("Les réponses A et C", "Les réponses ", " et ", ""),
        ("ni A ni C", "ni ", " ni ", ""),
        ("A y C", "", " y ", ""),
        ("Tanto A como C", "Tanto ", " como ", ""),
    ] {
        let seen = showings("Which?", &["red", "green", "blue", reference, "grey"]);
        assert_eq!(seen.len(), 24, "all orders of four choices, {reference} in its place");
        for texts in seen {
            let mut letters: Vec<String> = [0, 1, 2, 4]
                .into_iter()
                .filter(|at| ["red", "blue"].contains(&texts[*at].as_str()))
                .map(crate::model::letter)
                .collect();
            letters.sort();
            assert_eq!(texts[3], format!("{open}{}{join}{}{close}", letters[0], letters[1]));
        }
    }
}

#[test]
fn small_letters_stay_small_and_one_letter_follows_its_choice() {
    for texts in showings("Which?", &["red", "green", "blue", "only b"]) {
        let (green, only) =
            (texts.iter().position(|text| text == "green"), texts.iter().position(|text| text.starts_with("only")));
        let letter = crate::model::letter(green.expect("green")).to_lowercase();
        assert_eq!(texts[only.expect("the reference")], format!("only {letter}"));
    }
}

#[test]
fn what_speaks_of_those_above_stays_below_them() {
    let seen = showings("Which?", &["a cat", "a dog", "Both of the above", "a cow", "a pig", "None of the above"]);
    assert_eq!(seen.len(), 4, "two orders above it, two below");
    for texts in seen {
        assert!(texts[..2].contains(&"a cat".into()) && texts[..2].contains(&"a dog".into()), "{texts:?}");
        assert_eq!((texts[2].as_str(), texts[5].as_str()), ("Both of the above", "None of the above"));
    }
    for texts in showings("Which?", &["None of the options below", "a cat", "a dog"]) {
        assert_eq!(texts[0], "None of the options below");
    }
}

#[test]
fn a_choice_above_stays_below_though_the_bank_does_not_pin_it() {
    let mut choices = choices(&["a cat", "a dog", "Alle oben genannten"]);
    choices[2].pinned = false;
    for count in 0..50 {
        let arrangement = arrange(&choices, "Which?", Uuid::NAMESPACE_OID, count, 0);
        assert_eq!(arrangement.choices[2].text, "Alle oben genannten");
    }
}

#[test]
fn what_cannot_be_rewritten_keeps_the_order_of_the_bank() {
    for (stem, texts, why) in [
        ("Which?", &["red", "green", "A is true but B is not"][..], Some(BankOrderReason::Choice)),
        ("Which?", &["red", "green", "blue", "the first two"], Some(BankOrderReason::Choice)),
        ("Which?", &["red", "green", "blue", "options 2 and 3 in the table"], Some(BankOrderReason::Choice)),
        ("Which?", &["red", "green", "blue", "Both of the above"], Some(BankOrderReason::Choice)),
        ("Which?", &["red", "green", "A and B", "A and C"], Some(BankOrderReason::Choice)),
        ("Which?", &["red", "green", "A and F"], Some(BankOrderReason::Choice)),
        ("Which?", &["red", "green", "None of these", "B and C"], Some(BankOrderReason::Choice)),
        ("Which?", &["red", "green", "A to B"], Some(BankOrderReason::Choice)),
        ("Which of A–D is red?", &["rose", "lily", "iris", "aster"], Some(BankOrderReason::Stem)),
        ("All are red, except option B. Why?", &["rose", "lily", "iris"], Some(BankOrderReason::Stem)),
        (
            "Let A and B be sets. Which is open?",
            &["their union", "their product", "A and B"],
            Some(BankOrderReason::Stem),
        ),
        ("Which arrow is red?", &["A", "B", "C"], Some(BankOrderReason::OwnLetters)),
    ] {
        assert_eq!(kept(stem, texts), why, "{stem} {texts:?}");
        let choices = choices(texts);
        for count in 0..20 {
            let arrangement = arrange(&choices, stem, Uuid::NAMESPACE_OID, count, 0);
            let shown: Vec<&str> = arrangement.choices.iter().map(|arranged| arranged.text.as_ref()).collect();
            assert_eq!(shown, texts);
        }
    }
}

#[test]
fn letters_that_are_not_those_of_choices_are_left_alone() {
    for (stem, texts) in [
        ("Which blood groups?", &["A", "B", "A and B", "0"][..]),
        ("A) It rains. B) It pours.", &["A only", "B only", "Both A and B", "Neither"]),
        ("1. It rains. 2. It pours.", &["1 only", "2 only", "Both 1 and 2", "it cannot be said"]),
        ("I. It rains. II. It pours.", &["I only", "II only", "I and II", "Neither"]),
        ("Solve x² = 5x − 6", &["2 and 3", "1 and 6", "x and y"]),
        ("Which?", &["vitamin A and C", "A and B blood groups", "All of the above-ground parts"]),
        ("Which?", &["red", "green", "E and F"]),
        ("Country A has oil, country B coal. What follows?", &["A is rich but B is not", "A is poor", "it is cold"]),
        ("How many?", &["1", "2", "3"]),
        ("Give two answers. A: It rains. B: It pours.", &["A, B", "A, C", "B, C"][..]),
    ] {
        for shown in showings(stem, texts) {
            assert_eq!(shown.iter().map(String::as_str).collect::<HashSet<_>>(), texts.iter().copied().collect());
        }
    }
}

/// A text that names these places, in one of many ways.
fn reference(places: &[usize], way: usize) -> String {
    let letters: Vec<String> = places.iter().map(|place| crate::model::letter(*place)).collect();
    let (last, rest) = letters.split_last().expect("at least one");
    if rest.is_empty() {
        return [format!("Only {last}"), format!("nur {last}"), format!("solo {}", last.to_lowercase())][way % 3]
            .clone();
    }
    let (commas, small) = (rest.join(", "), letters.join(" and ").to_lowercase());
    [
        format!("{commas} and {last}"),
        format!("Both {commas}, and {last}."),
        format!("({}) & ({last})", rest.join("), (")),
        small,
        format!("**{commas}** oder **{last}**"),
        format!("Les réponses {commas} et {last}"),
        format!("{commas} y {last} son correctas"),
        format!("Neither {} nor {last}", rest.join(" nor ")),
    ][way % 8]
        .clone()
}

fn question() -> impl Strategy<Value = (Vec<Choice>, usize)> {
    (
        2_usize..7,
        prop::collection::vec((prop::collection::vec(any::<prop::sample::Index>(), 1..5), 0_usize..24), 0..4),
        any::<bool>(),
    )
        .prop_flat_map(|(content, references, above)| {
            let all = content + references.len() + usize::from(above);
            (Just((content, references, above)), Just((0..all - usize::from(above)).collect::<Vec<_>>()).prop_shuffle())
        })
        .prop_map(|((content, references, above), places)| {
            // `places` says where what stands: first the contents, then the references; "above" is the last.
            let mut texts = vec![String::new(); places.len() + usize::from(above)];
            (0..content).for_each(|number| texts[places[number]] = format!("colour {number}"));
            for (number, (named, way)) in references.iter().enumerate() {
                let mut named: Vec<usize> = named.iter().map(|index| places[index.index(content)]).collect();
                named.sort_unstable();
                named.dedup();
                if named == [8] {
                    named.insert(
                        0,
                        places
                            .iter()
                            .copied()
                            .find(|place| *place < 8 && places[..content].contains(place))
                            .expect("two contents"),
                    );
                }
                texts[places[content + number]] = reference(&named, *way);
            }
            if above {
                texts[places.len()] = "All of the above".into();
            }
            (choices(&texts.iter().map(String::as_str).collect::<Vec<_>>()), content)
        })
}

/// The numbers of the choices that a text names, of those at these places.
fn named(text: &str, at: impl Fn(usize) -> u8) -> Vec<u8> {
    let named = match phrase(text) {
        Some(Phrase::Places(named)) => named,
        // "Only I" is read as a number of the Romans.
        _ if text.to_lowercase().ends_with(" i") => return vec![at(8)],
        _ => return Vec::new(),
    };
    let mut numbers: Vec<u8> = named.iter().map(|named| at(named.place)).collect();
    numbers.sort_unstable();
    numbers
}

proptest! {
    #[test]
    fn whatever_is_named_stays_named((choices, content) in question(), count: u32, seed: u64) {
        let arrangement = arrange(&choices, "Which?", Uuid::NAMESPACE_OID, count, seed);
        prop_assert_eq!(arrangement.kept, None);
        let shown: Vec<u8> = arrangement.choices.iter().map(|arranged| arranged.choice.number).collect();
        let mut sorted = shown.clone();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        prop_assert_eq!(sorted, choices.iter().map(|choice| choice.number).collect::<Vec<_>>(), "a permutation");
        let mut references = 0;
        for (place, arranged) in arrangement.choices.iter().enumerate() {
            if arranged.choice.pinned {
                prop_assert_eq!(usize::from(arranged.choice.position), place, "pinned ones stay");
            }
            let then = named(&arranged.choice.text, |place| choices[place].number);
            let now = named(&arranged.text, |place| shown[place]);
            prop_assert_eq!(&then, &now, "{} became {}", arranged.choice.text, arranged.text);
            references += usize::from(!then.is_empty());
        }
        let above = choices.iter().filter(|choice| choice.text == "All of the above").count();
        prop_assert_eq!(references + content + above, choices.len(), "each reference was read");
    }

    #[test]
    fn an_order_without_references_is_the_one_that_logs_replay(
        texts in prop::collection::vec("(All of the above|None of these|[a-z]{2,9}( [a-z]{2,9})?)", 2..10),
        pinned in prop::collection::vec(any::<bool>(), 10),
        count: u32,
        seed: u64,
    ) {
        let mut choices = choices(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let last = choices.len() - 1;
        for (at, choice) in choices.iter_mut().enumerate() {
            choice.pinned |= pinned[at];
            if at < last && choice.text == "All of the above" {
                choice.text = "something".into();
            }
        }
        let arrangement = arrange(&choices, "Which one is it?", Uuid::NAMESPACE_OID, count, seed);
        let numbers: Vec<u8> = arrangement.choices.iter().map(|arranged| arranged.choice.number).collect();
        let order = order_of(&choices, Uuid::NAMESPACE_OID, count, seed);
        prop_assert_eq!(numbers, order.iter().map(|choice| choice.number).collect::<Vec<_>>());
    }

    #[test]
    fn any_text_can_be_arranged(stem in "\\PC{0,60}", texts in prop::collection::vec("(\\PC|[A-D] |and |[(),]){0,20}", 0..12), count: u32) {
        let choices = choices(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let arrangement = arrange(&choices, &stem, Uuid::NAMESPACE_OID, count, 0);
        prop_assert_eq!(arrangement.choices.len(), choices.len());
    }
}
