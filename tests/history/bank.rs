//! Banks in the exact form: single, multiple, true or false, short, numeric, and cloze questions, drafts, topics and tags.

use std::fmt::Write as _;

/// Words that make a stem long enough to be read for a while.
const WORDS: [&str; 12] =
    ["river", "valley", "law", "cell", "treaty", "enzyme", "harbour", "king", "vowel", "proof", "market", "glacier"];

/// A bank for each of these decks, with its number of questions. In an `edited` bank some questions have lost their last option.
pub fn banks(decks: &[(&str, usize)], edited: bool) -> Vec<String> {
    decks.iter().map(|(deck, questions)| bank(deck, *questions, edited)).collect()
}

fn bank(deck: &str, questions: usize, edited: bool) -> String {
    let mut text = format!("---\nform: exact\ndeck: {deck}\n---\n\n");
    for number in 0..questions {
        // The first questions have no topic.
        if number >= 20 && number % 20 == 0 {
            let _ = write!(text, "# {} {}\n\n", WORDS[number / 20 % WORDS.len()], number / 20 % 15);
        }
        question(&mut text, number, edited);
        if number % 7 == 0 {
            let _ = writeln!(text, "Tags: week-{}, exam", number % 5);
        }
        text.push('\n');
    }
    text
}

fn question(text: &mut String, number: usize, edited: bool) {
    let (one, other) = (WORDS[number % WORDS.len()], WORDS[(number / 12 + 5) % WORDS.len()]);
    let _ = match number % 20 {
        12 | 13 => writeln!(
            text,
            "Which of these belong to the {one} and the {other} of number {number}?\n- [x] first {number}\n- [ ] second\n- [x] third\n- [ ] fourth, \"quoted\""
        ),
        14 => writeln!(text, "The {one} lies by the {other} {number}.\nKind: truefalse\n- A. True *\n- B. False"),
        15 => writeln!(text, "Name the {one} of the {other} {number}.\nKind: short\n- {one} {number}"),
        16 => writeln!(text, "How many of the {one} has the {other} {number}?\nKind: numeric\n- {number} {{± 1}}"),
        17 => writeln!(
            text,
            "The {{{{c1::{one}}}}} flows through {{{{c2::{other}}}}}, says number {number}.\nKind: cloze"
        ),
        18 => writeln!(text, "河流和山谷在哪里？第{number}题\n- A. 一 *\n- B. 二\n- C. 三\n- D. 四"),
        // Nothing is marked: a draft.
        19 if number % 40 == 19 => {
            writeln!(text, "What is undecided about the {one} {number}?\n- A. this\n- B. that\n- C. neither")
        }
        place => {
            let options = 3 + number % 3 - usize::from(edited && place == 2);
            single(text, number, place == 3, options, [one, other])
        }
    };
}

fn single(
    text: &mut String,
    number: usize,
    formula: bool,
    options: usize,
    [one, other]: [&str; 2],
) -> std::fmt::Result {
    // A spreadsheet would take such a stem for a formula.
    let sign = if formula { "=" } else { "" };
    writeln!(text, "{sign}What is said of the {one}, and of the {other}, in number {number}?")?;
    for option in 0..options {
        let mark = if option == number % 3 { " *" } else { "" };
        writeln!(text, "- {}. statement {option} of {number}{mark}", char::from(b'A' + option as u8))?;
    }
    Ok(())
}
