mod packages;
mod version_1;
mod version_2_and_3;

use std::io::{Cursor, Write as _};

use proptest::prelude::*;

use crate::bank::{Bank, BankQuestion, ReadOptions, Refusal, read};
use crate::model::{KeyOrigin, Kind, Markup};

fn bank(bytes: &[u8]) -> Bank {
    let bank = read(bytes, &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}", refusal.message));
    assert_eq!(bank.format, "qti");
    bank
}

fn refusal(bytes: &[u8]) -> Refusal {
    read(bytes, &ReadOptions::default()).expect_err("a refusal")
}

fn told(bank: &Bank) -> Vec<(usize, &str)> {
    let wanted = bank.problems.iter();
    wanted.map(|problem| (problem.line, problem.code)).collect()
}

fn texts(question: &BankQuestion) -> Vec<&str> {
    question.options.iter().map(|option| option.text.as_str()).collect()
}

fn pairs(question: &BankQuestion) -> Vec<(&str, &str, bool)> {
    let pair = |option| -> &str { Option::as_deref(option).unwrap_or("-") };
    question.options.iter().map(|option| (option.text.as_str(), pair(&option.pair), option.correct)).collect()
}

/// What documents of QTI are made of, in no order.
const PIECES: [&str; 30] = [
    "<item ident='a'>",
    "</item>",
    "<presentation>",
    "</presentation>",
    "<material><mattext>x &amp; y</mattext></material>",
    "<response_lid ident='r'>",
    "</response_lid>",
    "<response_str ident='s'><render_fib><response_label ident='l'/>",
    "</render_fib></response_str>",
    "<response_label ident='l'><material><mattext>é</mattext></material></response_label>",
    "<respcondition><conditionvar><varequal respident='r'>l</varequal></conditionvar><setvar>1</setvar></respcondition>",
    "<assessmentItem identifier='q'>",
    "</assessmentItem>",
    "<itemBody>",
    "</itemBody>",
    "<choiceInteraction responseIdentifier='R'>",
    "</choiceInteraction>",
    "<simpleChoice identifier='c'>z</simpleChoice>",
    "<textEntryInteraction responseIdentifier='R'/>",
    "<gapMatchInteraction responseIdentifier='R'><gapText identifier='c'>w</gapText><gap identifier='g'/>",
    "</gapMatchInteraction>",
    "<responseDeclaration identifier='R'><correctResponse><value>c</value></correctResponse></responseDeclaration>",
    "<qti-simple-choice identifier='ü'>",
    "<![CDATA[<]]>",
    "<!--",
    "-->",
    "&",
    "<",
    "\r\n",
    "<pre> ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn arbitrary_documents_never_panic(places in prop::collection::vec(0..PIECES.len(), 0..60), root in 0..2_usize, text in ".{0,20}") {
        let inner: String = places.iter().map(|place| PIECES[*place]).collect();
        let document = match root {
            0 => format!("<questestinterop>{inner}{text}</questestinterop>"),
            _ => format!("<assessmentItem identifier='x'>{text}{inner}</assessmentItem>"),
        };
        if let Ok(bank) = read(document.as_bytes(), &ReadOptions::default()) {
            for question in &bank.questions {
                prop_assert!(!question.stem.is_empty() && question.line >= 1);
            }
        }
        let _ = crate::bank::xml::repair(&document);
    }
}
