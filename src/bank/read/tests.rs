use proptest::prelude::*;

use super::*;
use crate::bank::{KeyRule, read, read_key_file};
use crate::model::{KeyOrigin, letter};

const BANK: &str = include_str!("../../../decks/mlops.txt");

fn read_text(text: &str) -> Bank {
    read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn problems(text: &str) -> Vec<(usize, &'static str)> {
    match read(text.as_bytes(), &ReadOptions::default()) {
        Ok(bank) => bank.problems.iter().map(|problem| (problem.line, problem.code)).collect(),
        Err(refusal) => refusal.problems.iter().map(|problem| (problem.line, problem.code)).collect(),
    }
}

/// Ten good questions in front, so that a broken one does not refuse the file.
fn after_good_ones(text: &str) -> String {
    let good: String = (1..=10).map(|n| format!("Good question {n}?\n- A. yes {n}\n- B. no {n} *\n\n")).collect();
    good + text
}

fn right(bank: &Bank) -> Vec<String> {
    bank.questions
        .iter()
        .map(|question| {
            question
                .options
                .iter()
                .filter(|option| option.correct)
                .map(|option| option.text.as_str())
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect()
}

#[test]
fn the_bank_that_ships_is_read_whole() {
    let bank = read_text(BANK);
    assert_eq!((bank.questions.len(), bank.problems.len(), bank.rejected), (10, 0, 0));
    let first = &bank.questions[0];
    assert_eq!(first.topic.as_deref(), Some("Foundational Understanding"));
    assert_eq!(first.stem, "What does MLOps primarily aim to achieve in machine learning projects?");
    assert_eq!(first.options.len(), 5);
    assert!(bank.questions.iter().all(|question| question.correct() == [0] && question.key == KeyOrigin::Declared));
    assert_eq!(first.key_rule.as_deref(), Some("key: first in the bank"));
}

#[test]
fn encodings_and_line_ends_make_no_difference() {
    let plain = read_text(BANK);
    let crlf = BANK.replace('\n', "\r\n");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(crlf.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [
        crlf.clone().into_bytes(),
        BANK.replace('\n', "\r").into_bytes(),
        format!("\u{feff}{BANK}").into_bytes(),
        utf16,
    ] {
        let bank = read(&bytes, &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.questions, plain.questions);
    }
    assert_eq!(read_text(BANK.trim_end()).questions, plain.questions);
}

#[test]
fn layouts_of_one_question() {
    for layout in [
        "1. What is it?\nA) red\nB) green\nAnswer: B\n",
        "Q1. What is it?\n(A) red\n(B) green\nCorrect answer: (B)\n",
        "What is it?\n- A. red\n- B. green *\n",
        "What is it?\n- A. red\n* B. green (correct)\n",
        "What is it?\na) red\n*b) green\n",
        "What is it?\n1) red\n2) green\nAnswer: 2\n",
        "What is it?\n- [ ] red\n- [x] green\n",
        "What is it?\nA. red\nB. **green**\n",
        "What is it?\nA. red\nB. green\nAnswer: green\n",
        "What is it?\nA. red\nB. green\n\nAnswers:\n1. B\n",
        "What is it?\nA. red\nB. green\n\nAnswer key: 1-B\n",
        "What is it?\n\tA.\tred\n\tB.\tgreen ✓\n",
    ] {
        let bank = read_text(layout);
        assert_eq!(right(&bank), ["green"], "{layout}");
        assert_eq!(bank.questions[0].stem, "What is it?", "{layout}");
        assert_eq!(bank.questions[0].options.len(), 2, "{layout}");
        assert_eq!(bank.problems, [], "{layout}");
    }
}

#[test]
fn several_answers_have_their_kind_and_true_false_is_a_single_choice() {
    let bank = read_text("Pick two\nA. x *\nB. y\nC. z *\n\nIs it?\nA. True\nB. False\nAnswer: A\n");
    assert_eq!(bank.questions[0].kind, Kind::Multiple);
    assert_eq!(bank.questions[1].kind, Kind::Single);
}

#[test]
fn explanations_ids_and_tags_belong_to_their_question() {
    let text = "What? {#q-7}\n- A. x *\n- B. y\nExplanation: because\nof that\nTags: a, b\n\nNext?\n- A. u *\n- B. v\n\nLast?\n- A. w *\n- B. z\n";
    let bank = read_text(text);
    let question = &bank.questions[0];
    assert_eq!((question.id.as_deref(), question.stem.as_str()), (Some("q-7"), "What?"));
    assert_eq!(question.explanation.as_deref(), Some("because\nof that"));
    assert_eq!(question.tags, ["a", "b"]);
    assert_eq!(bank.questions[1].stem, "Next?");
}

#[test]
fn topics_are_lines_headings_or_named() {
    let bank = read_text("# Nets\nWhat?\nA. x *\nB. y\n\nAnd?\nA. u *\nB. v\n\nTopic: Disks\nWhy?\nA. p *\nB. q\n");
    let topics: Vec<_> = bank.questions.iter().map(|question| question.topic.as_deref()).collect();
    assert_eq!(topics, [Some("Nets"), Some("Nets"), Some("Disks")]);
    let several_lines = "Consider this.\nIt goes on, and then:\nwhat follows?\nA. x *\nB. y\n\nWho?\nA. u *\nB. v\n";
    let bank = read_text(several_lines);
    assert_eq!(bank.questions[0].stem, "Consider this.\nIt goes on, and then:\nwhat follows?");
    assert_eq!(bank.questions[0].topic, None);
}

#[test]
fn other_scripts_are_read() {
    let bank = read_text(
        "操作系统的作用是什么？\nＡ．管理硬件\nＢ．烹饪\n答案\n\n\nما هي عاصمة فرنسا؟\nA. باريس *\nB. لندن\n",
    );
    assert_eq!(bank.questions[0].options[0].text, "管理硬件");
    assert_eq!(right(&bank).last().map(String::as_str), Some("باريس"));
}

#[test]
fn broken_questions_are_told_all_at_once_and_the_good_ones_are_kept() {
    let broken = "No options here?\n\nOne only?\n- A. x\n\nEqual?\n- A. x\n- B. x\n\nOrder?\n- A. x\n- C. y\n\nEmpty?\n- A. x\n- B.\n\nWrong key?\n- A. x\n- B. y\nAnswer: F\n\nConflict?\n- A. x *\n- B. y\nAnswer: B\n";
    let bank = read_text(&after_good_ones(broken));
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line - 40, problem.code)).collect();
    assert_eq!(
        told,
        [
            (1, "no-options"),
            (4, "one-option"),
            (8, "equal-options"),
            (12, "label-order"),
            (16, "empty-option"),
            (21, "no-such-option"),
            (26, "answer-conflict"),
        ]
    );
    assert_eq!((bank.questions.len(), bank.rejected), (10, 7));
}

#[test]
fn two_marks_contradict_kind_single() {
    let text = format!("---\nkind: single\n---\n{}", after_good_ones("Two?\n- A. x *\n- B. y *\n- C. z\n"));
    assert_eq!(problems(&text), [(46, "several-answers")]);
}

#[test]
fn a_declared_key_is_declared_and_never_fills_holes() {
    let unmarked = "What?\nA. x\nB. y\n\nWho?\nA. u\nB. v\n";
    let with = |key| read(unmarked.as_bytes(), &ReadOptions { key: Some(key), ..ReadOptions::default() });
    assert_eq!(right(&with(KeyRule::Last).expect("a bank")), ["y", "v"]);
    let listed = read_key_file(b"1. b\n2. a\n").expect("a key");
    assert_eq!(right(&with(listed).expect("a bank")), ["y", "u"]);
    for key in ["Answers:\nB\nA\n", "Answer key: 1-B, 2-A", "b)\na)\n", "1 B\n2 A\n"] {
        let listed = read_key_file(key.as_bytes()).expect(key);
        assert_eq!(right(&with(listed).expect("a bank")), ["y", "u"], "{key}");
    }
    assert!(read_key_file(b"1. B\nso it is\n").expect_err("prose").message.starts_with("line 2 of the key"));
    assert!(with(KeyRule::Place(4)).expect_err("no E").message.contains("does not fit"));
    assert!(read_text(unmarked).questions.iter().all(|question| question.key == KeyOrigin::Missing));

    let partly = "What?\nA. x *\nB. y\n\nWho?\nA. u\nB. v\n";
    assert_eq!(problems(partly), [(5, "no-answer")]);
    let first = ReadOptions { key: Some(KeyRule::First), ..ReadOptions::default() };
    let bank = read(partly.as_bytes(), &first).expect("the mark agrees");
    assert_eq!(bank.questions[1].key, KeyOrigin::Missing);
    let last = ReadOptions { key: Some(KeyRule::Last), ..ReadOptions::default() };
    assert!(read(partly.as_bytes(), &last).expect_err("a contradiction").message.contains("contradicts the mark"));
}

#[test]
fn what_is_no_bank_is_refused() {
    for (text, message) in [("just some prose, nothing more", "no questions were found"), ("", "the file is empty")] {
        assert_eq!(read(text.as_bytes(), &ReadOptions::default()).expect_err("no bank").message, message);
    }
    let broken = "A?\n- A. x\n\nB?\n- A. y\n\nC?\n- A. z *\n- B. w\n\nD?\n- A. u\n";
    assert!(read(broken.as_bytes(), &ReadOptions::default()).expect_err("mostly broken").message.starts_with("3 of 4"));
}

fn word() -> impl Strategy<Value = String> {
    "[a-z]{3,9}( [a-z]{2,9}){0,4}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, &ReadOptions::default());
    }

    #[test]
    fn arbitrary_lines_never_panic(lines in prop::collection::vec(prop_oneof![
        Just("- A. x".to_owned()), Just("B) y *".into()), Just("Answer: B".into()), Just("Answers:".into()), Just("1. a".into()),
        Just(String::new()), Just("---".into()), Just("# T".into()), Just("What?".into()), Just("```".into()),
        Just("① x ② é".into()), Just("а) б  б) в".into()), Just("(x) y".into()), Just("| 1 | é |".into()), Just("~~~ т ~~~".into()),
        Just("**Ж.** x".into()), Just("+é".into()), Just("-é".into()), Just("S: q".into()), Just("1.  q é".into()), Just("... é".into()),
        Just("Answer:".into()), Just("= [1, é]".into()), Just("1 2 3".into()), Just("A. x B. y Answer: é".into()), "\\PC{0,20}",
    ], 0..30)) {
        let _ = read(lines.join("\n").as_bytes(), &ReadOptions::default());
    }

    #[test]
    fn what_is_printed_is_read_back(questions in prop::collection::vec((word(), prop::collection::btree_set(word(), 2..7), 0_usize..7), 1..12), blank: bool) {
        let mut text = String::new();
        let mut expected = Vec::new();
        for (place, (stem, options, right)) in questions.iter().enumerate() {
            let right = right % options.len();
            text += &format!("Topic of {place}\nWhat is {stem} {place}?\n");
            for (at, option) in options.iter().enumerate() {
                text += &format!("- {}. {option}{}\n", letter(at), if at == right { " *" } else { "" });
            }
            if blank {
                text.push('\n');
            }
            expected.push((format!("What is {stem} {place}?"), options.iter().cloned().collect::<Vec<_>>(), vec![right]));
        }
        let bank = read_text(&text);
        let found: Vec<_> = bank.questions.iter().map(|question| {
            (question.stem.clone(), question.options.iter().map(|option| option.text.clone()).collect::<Vec<_>>(), question.correct())
        }).collect();
        prop_assert_eq!(found, expected);
    }
}
