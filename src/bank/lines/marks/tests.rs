//! Files with all kinds of marks, and with signs that are not marks.

use crate::bank::{Bank, ReadOptions, read};

fn bank(text: &str) -> Bank {
    read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message))
}

/// The texts of the options, and which are right, of each question.
fn options(text: &str) -> Vec<(Vec<String>, Vec<usize>)> {
    let texts =
        |question: &crate::bank::BankQuestion| question.options.iter().map(|option| option.text.clone()).collect();
    bank(text).questions.iter().map(|question| (texts(question), question.correct())).collect()
}

fn texts(of: &[&str]) -> Vec<String> {
    of.iter().map(|text| (*text).to_owned()).collect()
}

/// Three questions with the third, the second and the first option as the right one, marked by `mark`.
fn marked(mark: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for (number, (colour, options)) in
        [("red", ["sky", "sea", "blood"]), ("green", ["milk", "grass", "coal"]), ("white", ["snow", "rust", "soot"])]
            .into_iter()
            .enumerate()
    {
        text += &format!("{}. What is {colour}?\n", number + 1);
        for (place, option) in options.into_iter().enumerate() {
            let said = if place + number == 2 { mark(option) } else { option.to_owned() };
            text += &format!("{}) {said}\n", ["A", "B", "C"][place]);
        }
        text.push('\n');
    }
    text
}

#[test]
fn stars_are_text_where_answer_lines_mark() {
    let text = "1. Which names match all?\nA. *\nB. *.txt\nC. notes*\nAnswer: A\n\n2. What is green?\nA. milk\nB. grass\nAnswer: B\n\n\
                3. Which takes many?\nA. args\nB. *args\nAnswer: B\n";
    assert_eq!(
        options(text),
        [
            (texts(&["*", "*.txt", "notes*"]), vec![0]),
            (texts(&["milk", "grass"]), vec![1]),
            (texts(&["args", "*args"]), vec![1])
        ]
    );
}

#[test]
fn signs_of_any_kind_mark_where_they_are_regular() {
    for mark in
        ["% *", "% ##", "% (T)", "%@@", "§ %", "**%**", "==%==", "% ⭐", "% :white_check_mark:", "<u>%</u>", "% [OK]"]
    {
        let found = options(&marked(|option| mark.replace('%', option)));
        let right: Vec<_> = found.iter().map(|(texts, right)| texts[right[0]].as_str()).collect();
        assert_eq!(right, ["blood", "grass", "snow"], "{mark}");
        assert!(found.iter().all(|(_, right)| right.len() == 1), "{mark}");
    }
}

#[test]
fn an_x_crosses_out_where_another_sign_marks_what_is_left() {
    let text = "1. What is red?\nA. sea (x)\nB. blood (o)\nC. coal (x)\n\n2. What is green?\nA. grass (o)\nB. milk (x)\nC. rust (x)\n";
    let expected = [(texts(&["sea", "blood", "coal"]), vec![1]), (texts(&["grass", "milk", "rust"]), vec![0])];
    assert_eq!(options(text), expected);
    let ticked = marked(|option| format!("{option} (x)"));
    assert_eq!(options(&ticked).iter().map(|(_, right)| right[0]).collect::<Vec<_>>(), [2, 1, 0]);
}

#[test]
fn a_word_at_the_end_of_some_options_is_no_mark() {
    let text = "1. How long?\nA. two days\nB. one day\n\n2. How far?\nA. two miles\nB. one mile\n\n3. How hot?\nA. warm (late)\nB. cold\n";
    let found = options(text);
    assert!(found.iter().all(|(_, right)| right.is_empty()));
    assert_eq!(found[2].0, ["warm (late)", "cold"]);
}

#[test]
fn a_sign_that_is_not_the_mark_of_the_file_is_told() {
    let stars = marked(|option| format!("**{option}**")) + "4. What is black?\nA) coal *\nB) **soot**\n";
    let bank = bank(&stars);
    assert_eq!(bank.questions[3].correct(), [1]);
    assert_eq!(
        bank.problems.iter().map(|problem| (problem.line, problem.code)).collect::<Vec<_>>(),
        [(17, "stray-mark")]
    );
}

#[test]
fn parts_of_a_file_may_mark_differently() {
    let answered = "1. What is black?\nA) milk\nB) soot\nAnswer: B\n\n2. What is blue?\nA) sky\nB) rust\nAnswer: A\n\n";
    let found = options(&(answered.to_owned() + &marked(|option| format!("{option} *"))));
    assert_eq!(found.iter().map(|(_, right)| right[0]).collect::<Vec<_>>(), [1, 0, 2, 1, 0]);
}
