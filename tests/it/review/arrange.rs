//! Options that name each other, over days of reviews: what they name is what the bank named.

use std::collections::{HashMap, HashSet};

use crate::fixture::study::{Study, pick};
use retain::session::Showing;

/// A question in each language whose right option names the first and the third.
const BANK: &str = "\
1. Which of these are red?
A. blood
B. grass
C. a tomato
D. Both A and C *
E. None of the above

2. Was ist rot?
A. Blut
B. Gras
C. Tomaten
D. Sowohl A als auch C *
E. Keine der genannten Antworten

3. Qu'est-ce qui est rouge ?
A. le sang
B. l'herbe
C. la tomate
D. Les réponses A et C *
E. Aucune des réponses ci-dessus

4. ¿Qué es rojo?
A. la sangre
B. la hierba
C. el tomate
D. A y C son correctas *
E. Ninguna de las anteriores

5. Why is option B wrong?
A. it is green *
B. it is blue
C. it is red

6. Which are even?
A. two
B. three
C. A is even but B is not *

7. Which are odd?
A. one *
B. two
C. four
D. Both of the above
";

/// The texts of the options that an option names, by the labels shown; they stand in it as letters of their own.
fn named(question: &Showing, text: &str) -> HashSet<String> {
    let letters = text.split(|char: char| !char.is_alphanumeric()).filter(|word| word.len() == 1);
    let text_of = |letter: &str| question.choices.iter().find(|choice| choice.label == letter);
    letters.filter_map(text_of).map(|choice| choice.text.clone()).collect()
}

#[test]
fn options_name_the_same_options_on_every_day() {
    let study = Study::new();
    study.bank("red", BANK);
    let red: HashMap<&str, [&str; 2]> = HashMap::from([
        ("Which of these are red?", ["blood", "a tomato"]),
        ("Was ist rot?", ["Blut", "Tomaten"]),
        ("Qu'est-ce qui est rouge ?", ["le sang", "la tomate"]),
        ("¿Qué es rojo?", ["la sangre", "el tomate"]),
    ]);
    let last = [
        "None of the above",
        "Keine der genannten Antworten",
        "Aucune des réponses ci-dessus",
        "Ninguna de las anteriores",
    ];
    let (mut spoken, mut orders, mut asked) = (HashSet::new(), HashSet::new(), HashSet::new());
    for day in 0..12 {
        study.at(&format!("2026-12-{:02}", 1 + 2 * day)).review(|question| {
            let stem = question.stem.as_str();
            let texts: Vec<&str> = question.choices.iter().map(|choice| choice.text.as_str()).collect();
            let Some(right) = red.get(stem) else {
                let bank = BANK.split(stem).nth(1).expect("the options").trim_start();
                let kept = texts.iter().map(|text| bank.find(text).expect("its place")).is_sorted();
                assert!(kept, "{stem} is shown in the bank's order: {texts:?}");
                return pick(question, if stem.ends_with("even?") { texts[2] } else { texts[0] });
            };
            assert_eq!(named(question, texts[3]), right.map(str::to_owned).into(), "{texts:?}");
            assert!(last.contains(&texts[4]), "{texts:?}");
            spoken.insert(texts[3].to_owned());
            orders.insert(texts[..3].join(","));
            // A wrong answer brings it back on the same day, in another order.
            let first = asked.insert((day, stem.to_owned()));
            pick(question, texts[if first && day % 4 == 0 { 0 } else { 3 }])
        });
    }
    assert!(spoken.len() > 8 && orders.len() > 8, "the letters change with the order: {spoken:?}");
    study.is_sound();
}
