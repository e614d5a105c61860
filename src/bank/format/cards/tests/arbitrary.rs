//! Texts that nobody wrote.

use proptest::prelude::*;

use super::named;
use crate::bank::{ReadOptions, read};

const FORMATS: [&str; 7] = ["anki-text", "quizlet", "hashcards", "obsidian", "org-drill", "mnemosyne", "supermemo"];

fn fragment() -> impl Strategy<Value = String> {
    let known = [
        "#separator:tab",
        "#columns:Question\tA\tB\tAnswer",
        "#guid column:1",
        "#tags column:99",
        "#deck column:0",
        "a\tb\tc",
        "\t",
        "\"a\tb",
        "{{c1::x",
        "}}",
        "Q: a",
        "A: b",
        "C: [c] ![",
        "---",
        "name = \"x\"",
        "a::b",
        ":::",
        "?",
        "??",
        "==x==",
        "`::`",
        "```",
        "#flashcards/x/",
        "<!--SR:!x-->",
        "<!--",
        "* H :drill:",
        "*** S",
        ":PROPERTIES:",
        ":END:",
        ":DRILL_CARD_TYPE: multisided",
        ":DRILL_CARD_TYPE: twosided",
        "[x||y]",
        "[[",
        "I: REP=1",
        "O: 3",
        "&#x110000; &#7;",
        "<mnemosyne>",
        "<item id='1'><Q>q</Q><A>a</A></item>",
        "</mnemosyne>",
        "<openSM2sync>",
        "<log type='6' fact='f'/>",
        "<log type='16' o_id='f'><f/></log>",
        "</openSM2sync>",
        "<SuperMemoCollection>",
        "<SuperMemoElement>",
        "é",
        "",
    ];
    prop_oneof![proptest::sample::select(known.to_vec()).prop_map(str::to_owned), "\\PC{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_text_makes_a_reader_panic(parts in prop::collection::vec(fragment(), 0..24), place in 0..FORMATS.len(), glue in "\n|\r|\t| ?") {
        let text = parts.join(&glue);
        let _ = read(text.as_bytes(), &ReadOptions::default());
        if let Ok(bank) = read(text.as_bytes(), &named(FORMATS[place])) {
            prop_assert!(bank.questions.iter().all(|question| !question.stem.trim().is_empty()));
        }
    }

    #[test]
    fn what_anki_quotes_is_read_back(notes in prop::collection::vec(("[^\0\r#]{0,12}[a-z]", "[^\0\r]{0,12}[a-z]"), 1..8)) {
        let quote = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let rows: String = notes.iter().map(|(front, back)| format!("{}\t{}\n", quote(front), quote(back))).collect();
        let bank = read(format!("#separator:tab\n#html:false\n{rows}").as_bytes(), &ReadOptions::default());
        let bank = bank.expect("cards");
        let mut found = bank.questions.iter().chain(&bank.duplicates).collect::<Vec<_>>();
        found.sort_by_key(|question| question.line);
        let found: Vec<&str> = found.iter().map(|question| question.stem.as_str()).collect();
        let expected: Vec<&str> = notes.iter().map(|(front, _)| front.trim()).collect();
        if !expected.iter().any(|front| front.contains("{{c")) {
            prop_assert_eq!(found, expected);
        }
    }
}
