//! Options that name each other, over days of reviews of the real program: what they name is what the bank named.

use std::collections::{HashMap, HashSet};

use crate::fixture::trainer::{Trainer, label};
use serde_json::Value;

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
fn named(question: &Value, text: &str) -> HashSet<String> {
    let choices = question["choices"].as_array().expect("choices");
    let letters = text.split(|char: char| !char.is_alphanumeric()).filter(|word| word.len() == 1);
    let of = |letter: &str| {
        let choice = choices.iter().find(|choice| choice["label"] == letter)?;
        Some(choice["text"].as_str().expect("a text").to_owned())
    };
    letters.filter_map(of).collect()
}

#[test]
fn options_name_the_same_options_on_every_day() {
    let mut trainer = Trainer::new();
    trainer.file("red.txt", BANK);
    assert_eq!(trainer.run(&["import", "red.txt"]).code, 0);
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
        trainer.at(&format!("2026-12-{:02}T08:00:00+01:00", 1 + 2 * day));
        trainer.review(|question| {
            let stem = question["stem"].as_str().expect("a stem");
            let choices = question["choices"].as_array().expect("choices");
            let texts: Vec<&str> = choices.iter().map(|choice| choice["text"].as_str().expect("a text")).collect();
            let Some(right) = red.get(stem) else {
                let bank = BANK.split(stem).nth(1).expect("the options").trim_start();
                let kept = texts.iter().map(|text| bank.find(text).expect("its place")).is_sorted();
                assert!(kept, "{stem} is shown in the bank's order: {texts:?}");
                return label(question, if stem.ends_with("even?") { texts[2] } else { texts[0] });
            };
            assert_eq!(named(question, texts[3]), right.map(str::to_owned).into(), "{texts:?}");
            assert!(last.contains(&texts[4]), "{texts:?}");
            spoken.insert(texts[3].to_owned());
            orders.insert(texts[..3].join(","));
            // A wrong answer brings it back on the same day, in another order.
            let first = asked.insert((day, stem.to_owned()));
            if first && day % 4 == 0 { label(question, texts[0]) } else { label(question, texts[3]) }
        });
    }
    assert!(spoken.len() > 8 && orders.len() > 8, "the letters change with the order: {spoken:?}");
    trainer.is_sound();
}
