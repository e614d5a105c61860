use super::*;

/// Says all texts of which it does not hold.
fn all_are(holds: impl Fn(&str) -> bool, texts: &[&str]) {
    let wrong: Vec<_> =
        texts.iter().filter(|text| !holds(text)).map(|text| (text, phrase(text), mention(text, 4))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn names(text: &str) -> Option<Vec<usize>> {
    match phrase(text) {
        Some(Phrase::Places(named)) => Some(named.into_iter().map(|named| named.place).collect()),
        _ => None,
    }
}

#[test]
fn phrases_of_others_are_known_in_four_languages() {
    all_are(
        |text| phrase(text) == Some(Phrase::Others) && keeps_place(text),
        &[
            "None of these",
            "None of these three answers is correct",
            "None of this",
            "none of these answers",
            "Both",
            "Neither",
            "BOTH.",
            "All three",
            "all of these",
            "All answers are correct",
            "None of the options",
            "No correct answer",
            "Neither of them",
            "Both are true",
            "None of the other answers is correct",
            "All of the options",
            "Any of these",
            "None is correct",
            "both of these statements are true",
            "Alle Antworten sind richtig",
            "Keine der Antworten",
            "keine der Antworten ist richtig",
            "Keine davon",
            "Beide",
            "Beides",
            "Alle drei",
            "Weder noch",
            "Nichts davon",
            "Keine dieser Möglichkeiten",
            "Alle Aussagen treffen zu",
            "Keine von beiden",
            "Keine Antwort ist richtig",
            "Alle sind richtig",
            "Aucune de ces réponses",
            "Toutes ces réponses",
            "Toutes les réponses sont correctes",
            "aucune de ces reponses n'est correcte",
            "Les deux",
            "Tous les trois",
            "Aucune d’entre elles",
            "Ni l’un ni l’autre",
            "Aucune bonne réponse",
            "Aucun des deux",
            "Todas las respuestas son correctas",
            "Ninguna de las opciones",
            "Ambas",
            "Ambos",
            "Ninguna es correcta",
            "Todas son correctas",
            "Ninguna de ellas",
            "Las dos",
            "Ni uno ni otro",
            "Ninguna respuesta es correcta",
            "Todas las opciones son válidas",
        ],
    );
}

#[test]
fn phrases_of_what_stands_above_are_known_in_four_languages() {
    all_are(
        |text| phrase(text) == Some(Phrase::Above(None)) && keeps_place(text),
        &[
            "All of the above",
            "all of the above.",
            "ALL OF THE ABOVE",
            "**None of the above**",
            "(None of the above)",
            "All the above",
            "None of the above answers are correct",
            "All of the above statements are true",
            "Any of the above",
            "all above",
            "None of the options above",
            "<p>All of the above</p>",
            "None of the above choices",
            "Two of the above",
            "One of the above",
            "None of the answers listed above",
            "None of the mentioned",
            "`All of the above`",
            "non of the above",
            "All of the above mentioned",
            "More than one of the above",
            "“All of the above”",
            "Alle genannten",
            "Alle oben genannten",
            "Alle oben genannten Antworten",
            "Keine der oben genannten Antworten",
            "keine der genannten",
            "Alle der genannten Antworten sind richtig",
            "Keines der genannten",
            "Keine der obigen",
            "Alle obigen Antworten",
            "Alles genannte",
            "Nichts von dem Genannten",
            "Toutes les réponses ci-dessus",
            "Toutes les réponses ci-dessus sont correctes",
            "Aucune des réponses ci-dessus",
            "Aucune des réponses précédentes",
            "Tout ce qui précède",
            "Rien de ce qui précède",
            "Tous les choix ci-dessus",
            "aucune de ces réponses ci-dessus",
            "Aucune des propositions ci-dessus n'est exacte",
            "Todas las anteriores",
            "Ninguna de las anteriores",
            "Todas las respuestas anteriores",
            "Todo lo anterior",
            "Ninguna de las respuestas anteriores es correcta",
            "Ninguno de los anteriores",
            "Todas las anteriores son correctas",
            "Nada de lo anterior",
        ],
    );
    for (text, many) in [
        ("Both of the above", 2),
        ("Neither of the above", 2),
        ("All three of the above", 3),
        ("Beide oben genannten", 2),
        ("Ambas anteriores", 2),
        ("Les deux réponses ci-dessus", 2),
        ("All four of the above", 4),
    ] {
        assert_eq!(phrase(text), Some(Phrase::Above(Some(many))), "{text}");
    }
    for text in [
        "All of the below",
        "None of the options below",
        "Keine der unten genannten Antworten",
        "Toutes les réponses ci-dessous",
    ] {
        assert_eq!(phrase(text), Some(Phrase::Below), "{text}");
    }
}

#[test]
fn references_name_places() {
    for (text, places) in [
        ("A and B", &[0, 1][..]),
        ("Both A and C", &[0, 2]),
        ("A, B and C", &[0, 1, 2]),
        ("A, B, and D", &[0, 1, 3]),
        ("a & b only", &[0, 1]),
        ("only A", &[0]),
        ("A only", &[0]),
        ("(1) and (3)", &[0, 2]),
        ("Neither A nor B", &[0, 1]),
        ("(a) and (c)", &[0, 2]),
        ("Options A and B", &[0, 1]),
        ("A & B", &[0, 1]),
        ("Both B & D.", &[1, 3]),
        ("both a) and b)", &[0, 1]),
        ("A and C are correct", &[0, 2]),
        ("Either A or B", &[0, 1]),
        ("All except C", &[2]),
        ("answers 1 and 3", &[0, 2]),
        ("Both 1 and 2", &[0, 1]),
        ("<i>A</i> and <i>B</i>", &[0, 1]),
        ("A and B are both true", &[0, 1]),
        ("B + C", &[1, 2]),
        ("Option A and option C", &[0, 2]),
        ("A as well as D", &[0, 3]),
        ("A, B", &[0, 1]),
        ("None of A, B or C", &[0, 1, 2]),
        ("A oder B", &[0, 1]),
        ("sowohl A als auch C", &[0, 2]),
        ("A und B", &[0, 1]),
        ("Nur A", &[0]),
        ("A und B sind richtig", &[0, 1]),
        ("Weder A noch B", &[0, 1]),
        ("Antwort A und B", &[0, 1]),
        ("Alle außer C", &[2]),
        ("A et C", &[0, 2]),
        ("ni A ni B", &[0, 1]),
        ("A ou B", &[0, 1]),
        ("Les réponses A et C", &[0, 2]),
        ("A et B sont vraies", &[0, 1]),
        ("Seulement B", &[1]),
        ("À la fois A et B", &[0, 1]),
        ("soit A soit B", &[0, 1]),
        ("A y C", &[0, 2]),
        ("a y b", &[0, 1]),
        ("A y B son correctas", &[0, 1]),
        ("Solo A", &[0]),
        ("Ni A ni B", &[0, 1]),
        ("Tanto A como B", &[0, 1]),
        ("Las opciones A y C", &[0, 2]),
        ("a o b", &[0, 1]),
        ("B e I", &[1, 8]),
        ("a and e", &[0, 4]),
        ("B OR C", &[1, 2]),
    ] {
        assert_eq!(names(text).as_deref(), Some(places), "{text}");
    }
}

#[test]
fn what_is_said_to_be_kept_is_kept() {
    for text in ["A and B", "Both A and C", "(1) and (3)", "Weder A noch B", "A y C", "answers (1) and (3)"] {
        assert!(keeps_place(text), "{text}");
    }
    for text in ["only A", "Both 1 and 2", "1 and 2 only", "A, B, D"] {
        assert!(phrase(text).is_some() && !keeps_place(text), "{text}");
    }
}

#[test]
fn other_texts_are_no_phrases() {
    all_are(
        |text| phrase(text).is_none(),
        &[
            "",
            " ",
            ".",
            "None",
            "All",
            "none",
            "Keine",
            "Aucune",
            "Ninguna",
            "A",
            "b",
            "(C)",
            "2",
            "42",
            "All of the above-ground parts",
            "All of the above ground parts",
            "A and B blood groups",
            "vitamin A and C",
            "Vitamins A and C",
            "I and II",
            "I and V",
            "II and III",
            "I only",
            "x and y",
            "2 and 3",
            "1, 2",
            "Only 1",
            "2 only",
            "A group of cells",
            "All of them fly at night",
            "Both lungs",
            "`a and b`",
            "$A$ and $B$",
            "A-B",
            "A/B",
            "A < B",
            "Neither fish nor fowl",
            "An and Bo",
            "and",
            "Both a cat and a dog",
            "A and A",
            "C, A, B",
            "The above",
            "above",
            "None of your business",
            "All men are mortal",
            "Any of several methods",
            "Beide Nieren",
            "Alle Vögel",
            "Les deux poumons",
            "Toutes les nuits",
            "Todas las noches",
            "Ambas manos",
            "Todo",
            "A la carte",
            "A b",
            "Each of us",
            "Yes, both",
            "Alle Jahre wieder",
            "Nur Mut",
            "Solo",
            "No",
            "Not true",
            "Ni",
            "A, 2",
            "É e à",
            "AB and O",
            "A+",
            "A +",
            "a, an",
            "One and two",
            "Neither A",
            "Only vitamin A",
            "Option pricing",
            "Option A",
            "Answers",
            "all-or-none",
            "A and K",
            "Q and A",
        ],
    );
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
