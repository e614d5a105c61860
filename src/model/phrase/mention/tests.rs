use super::*;
use crate::model::phrase::{Phrase, phrase};

/// Says all texts of which it does not hold.
fn all_are(holds: impl Fn(&str) -> bool, texts: &[&str]) {
    let wrong: Vec<_> = texts.iter().filter(|text| !holds(text)).map(|text| (text, mention(text, 4))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn looser_texts_mention_places() {
    all_are(
        |text| mention(text, 4) == Mention::Places,
        &[
            "A is true but B is not",
            "options 2 and 3 in the table",
            "the first two",
            "The first and third",
            "The last option",
            "Same as option B",
            "If A then B",
            "A is even but B is not",
            "A ist gerade, B ist ungerade",
            "A to C",
            "A–C",
            "Neither A nor the first option",
            "A oder B, aber nicht C",
            "die ersten beiden",
            "Die letzte Antwort",
            "les deux premières réponses",
            "las dos primeras",
            "A implica B",
            "Ambas A y B, pero no C",
            "Option 2",
            "A is false and B is true",
            "B is correct because C is",
            "Only the first two are correct",
        ],
    );
    all_are(
        |text| mention(text, 4) == Mention::Above,
        &[
            "None of the above because it depends",
            "Some of the above, if the weather is fine",
            "It depends on the options above",
            "Jede der oben genannten Methoden",
            "Selon les propositions ci-dessus",
            "Depende de las anteriores",
        ],
    );
    all_are(
        |text| mention(text, 4) == Mention::Nothing,
        &[
            "A and B blood groups",
            "Vitamin A and C",
            "A group",
            "The first two months of life",
            "a",
            "A",
            "The options market",
            "A false reason",
            "Parts above the ground",
            "Hepatitis B",
            "Vitamin A is soluble in fat, but vitamin B is not",
            "A is larger than a mouse",
            "The choice of 5 colours",
            "X is true",
            "I am",
            "An answer",
            "Statement A explains it",
            "The last one standing",
            "Bold and not italic",
            "top of the above diagram",
            "A cause",
            "cara anterior",
            "",
            "die Antwort",
        ],
    );
}

#[test]
fn stems_that_name_options_are_found() {
    all_are(
        |stem| stem_names_options(stem, 4),
        &[
            "Which of A–D is a prime?",
            "Why is option B wrong?",
            "All hold, except option C. Why?",
            "Choose A, B, C or D.",
            "Which of A to D?",
            "Warum ist Antwort B falsch?",
            "Pourquoi la réponse C est-elle fausse ?",
            "¿Por qué la opción A?",
            "What does option 2 do?",
            "All are true, except B.",
        ],
    );
    all_are(
        |stem| !stem_names_options(stem, 4),
        &[
            "A patient has hepatitis B. What now?",
            "Vitamin A, C and D are soluble in what?",
            "Which of the following options is best?",
            "What is option pricing?",
            "Answer 2 questions",
            "Everything except vitamin B?",
            "Let A and B be sets.",
            "From A to B",
            "As a grade (A, B, C, D, or F)?",
            "Give two answers. A man …",
            "",
            "A",
            "A man and B. Brown met C. Clark and D. Doe",
        ],
    );
}

#[test]
fn stems_have_letters_and_numbers_of_their_own() {
    for (stem, text, has) in [
        ("Let A and B be sets. Which is open?", "A and B", true),
        ("A) It rains. B) It pours.", "Both A and B", true),
        ("A patient has hepatitis B. What now?", "Both A and B", false),
        ("1. It rains. 2. It pours.", "Both 1 and 2", true),
        ("In 1 of 2 cases", "Both 1 and 2", false),
        ("What is it?", "A and B", false),
    ] {
        let Some(Phrase::Places(named)) = phrase(text) else { panic!("{text} is a phrase") };
        assert_eq!(stem_has(stem, &named), has, "{stem}");
    }
}
