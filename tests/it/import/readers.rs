//! Every reader, by its name and by the content, on bytes that are no bank, text of the formats' own signs, and broken banks:
//! no panic, no hang, and what is read is no larger than a few times the file.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;
use retain::bank::{Bank, ReadOptions, formats, read};

/// A small bank of each format.
pub(crate) const BANKS: &[(&str, &str)] = &[
    (
        "text",
        "---\ndeck: D\ntags: t\n---\nTopic one\n1. Which? {#id-1}\n- A. x *\n- B. y\nExplanation: so.\n\n# Two\nWho is it?\nA) u\nB) v\nAnswer: B\n\nAnswers:\n1. A\n",
    ),
    (
        "markdown",
        "# Quiz\n\n#### Q1. Which `code`?\n\n```rs\nlet a = 1;\n```\n\n- [ ] x\n- [x] **y**\n\n[link](http://a.b)\n\n#### Q2. Who?\n\n- [x] u\n- [ ] v\n\n<details>\n<summary>Answer</summary>\nu\n</details>\n",
    ),
    ("signs", "#Q Which is it?\n^ right\nA right\nB wrong\n\n#Q Who is it?\n^ me\nA you\nB me\n"),
    ("aiken", "What is it?\nA. this\nB. that\nANSWER: B\n\nWho\nis it?\nA) me\nB) you\nC) she\nANSWER: A, C\n"),
    (
        "gift",
        "// [id:7] [tag:x]\n::Name\\: 1::[html]Which \\{sea\\}?{\n=salt#yes\n~%50%sweet#half\n####So.}\n\nPi {#3.14:0.01 =%50%3..4} is it.\n\n$CATEGORY: $course$/top/Deep\n\nMatch.{=a -> b =c -> d}\n\nIt rains.{T#no#yes}\n",
    ),
    (
        "moodle-xml",
        "<?xml version=\"1.0\"?>\n<quiz><question type=\"category\"><category><text>$course$/A</text></category></question>\n<question type=\"multichoice\"><questiontext format=\"html\"><text><![CDATA[<p>Which @@PLUGINFILE@@/a%20b.png?</p>]]></text><file name=\"a b.png\" encoding=\"base64\">AAEC</file></questiontext><answer fraction=\"100\"><text>x &amp; y</text><feedback><text>yes</text></feedback></answer><answer fraction=\"0\"><text>z</text></answer></question>\n<question type=\"cloze\"><questiontext><text>It is {1:SA:=hot#so~%50%warm} at {2:NM:=3:1}.</text></questiontext></question></quiz>\n",
    ),
    ("csv", "question,option 1,option 2,option 3,correct answer\n\"Which, \"\"one\"\"?\",x,y,z,2\nWho?,u,v,w,1\n"),
    (
        "json",
        "[{\"question\":\"Which?\",\"options\":[\"x\",\"y\"],\"answer\":\"B\"},{\"question\":\"Who?\",\"options\":{\"A\":\"u\",\"B\":\"v\"},\"answer\":\"A\"}]",
    ),
    (
        "jsonl",
        "{\"question\":\"Which?\",\"choices\":[\"x\",\"y\"],\"answer\":1}\n{\"question\":\"Who?\",\"choices\":[\"u\",\"v\"],\"answer\":0}\n",
    ),
    (
        "yaml",
        "- question: Which?\n  options: [x, y]\n  answer: B\n- question: &w Who?\n  options:\n    - u\n    - v\n  answer: A\n",
    ),
    (
        "exact",
        "---\nform: exact\ndeck: D\n---\n# Topic\n\nWhich? {#a}\n  \\- of these\n- A. x *\n  > Right.\n- B. y {50 %}\nExplanation: so.\nTags: t\n\nWhen? {#b}\nKind: numeric\n- 1822 {± 5}\n",
    ),
    (
        "text2qti",
        "1. Which is it?\n... So it is.\na) this\n... no\n*b) that\n\n2. Which of these?\n[*] x\n[ ] y\n[*] z\n\n3. Pi?\n= 3.14 +- 0.01\n",
    ),
    (
        "qti",
        "<?xml version=\"1.0\"?>\n<questestinterop><item ident=\"q1\" title=\"One\"><presentation><material><mattext texttype=\"text/html\">Which?</mattext></material><response_lid ident=\"r\" rcardinality=\"Single\"><render_choice><response_label ident=\"a\"><material><mattext>x</mattext></material></response_label><response_label ident=\"b\"><material><mattext>y</mattext></material></response_label></render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar><varequal respident=\"r\">b</varequal></conditionvar><setvar varname=\"SCORE\" action=\"Set\">100</setvar></respcondition></resprocessing></item></questestinterop>\n",
    ),
    (
        "anki-text",
        "#separator:tab\n#html:true\n#deck:D::E\n#tags column:3\nWhich?\tx & y\tt u\nIt {{c1::is::hint}} so\t\tt\n",
    ),
    ("hashcards", "---\nname = \"Words\"\n---\nQ: Which?\nA: This.\n\n---\n\nC: It [is] so.\n"),
    ("obsidian", "#flashcards/deck\n\nWhich::this\nWho:::me\n\nLong\n?\nback\n\nIt ==is== so.\n"),
    (
        "org-drill",
        "* Topic\n** Item :drill:\n:PROPERTIES:\n:ID: q-1\n:END:\nWhich is it?\n*** Answer\nThis.\n** Item :drill:\nIt [is||hint] so.\n",
    ),
    (
        "org-fc",
        "* Gas :fc:\n:PROPERTIES:\n:FC_TYPE: normal\n:END:\nargon\n* Sea :fc:\n:PROPERTIES:\n:FC_TYPE: cloze\n:END:\nIt is {{salty}{a taste}@0}.\n",
    ),
    (
        "latex",
        "\\documentclass{exam}\n\\begin{document}\\begin{questions}\n\\question[2] Which \\emph{one}? % x\n\\begin{choices}\\choice a $x^2$ \\CorrectChoice b\\end{choices}\n\\question Who?\n\\begin{solution}me\\end{solution}\n\\end{questions}\\end{document}\n",
    ),
    (
        "r-exams",
        "Question\n========\nWhich?\n\nAnswerlist\n----------\n* a\n* b\n\nSolution\n========\nSo.\n\nMeta-information\n================\nexname: x\nextype: schoice\nexsolution: 01\n",
    ),
    (
        "html",
        "<!DOCTYPE html><html><body><h1>Sea</h1><ol><li>Which?<ul><li>a</li><li><b>b &amp; c</b></li></ul></li></ol><table><tr><td>x</td><td>y</td></tr></table><details><summary>Why</summary>So.</details></body></html>\n",
    ),
    (
        "mnemosyne",
        "<?xml version=\"1.0\"?>\n<mnemosyne core_version=\"1\"><category active=\"1\"><name>C</name></category><item id=\"1\"><cat>C</cat><Q>Which?</Q><A>x &amp; y</A></item></mnemosyne>\n",
    ),
    (
        "supermemo",
        "<?xml version=\"1.0\"?>\n<SuperMemoCollection><Count>1</Count><SuperMemoElement><ID>1</ID><Title>C</Title><Type>Topic</Type><SuperMemoElement><ID>2</ID><Type>Item</Type><Content><Question>Which?</Question><Answer>x &amp; y</Answer></Content></SuperMemoElement></SuperMemoElement></SuperMemoCollection>\n",
    ),
    ("qa", "**Q:** Which?\n**A:** This,\nand that.\n\n**Q:** Who?\n**A:** Me.\n\n**Q:** Where?\n**A:** Here.\n"),
    (
        "xml",
        "<?xml version=\"1.0\"?>\n<bank><question><text>Which?</text><option>x &amp; y</option><option>z</option><answer>z</answer></question><question><text>Who?</text><option>u</option><option>v</option><answer>u</answer></question></bank>\n",
    ),
    ("toml", "[[questions]]\nquestion = \"Which?\"\noptions = [\"x\", \"y\"]\nanswer = \"B\"\n"),
];

/// Signs and pieces of the formats.
const PIECES: &[&str] = &[
    "A. ",
    "B) ",
    "(C) ",
    "[D] ",
    "a. ",
    "1. ",
    "2) ",
    "- ",
    "* ",
    "+ ",
    "- [x] ",
    "- [ ] ",
    "**",
    "*",
    "`",
    "```",
    "~~~",
    "#",
    "## ",
    "#### Q1. ",
    "Question 1: ",
    "Q. ",
    "Answer: B",
    "ANSWER: A",
    "Answer: ",
    "Answers:\n",
    "Answer key: 1-B, 2-C",
    "Explanation: ",
    "Topic: ",
    "Tags: a, b",
    "---\n",
    "deck: x\n",
    "key: first\n",
    "{#id}",
    "{",
    "}",
    "{=a ~b}",
    "{T}",
    "{#1..2}",
    "=%50%",
    "~",
    "=",
    "####",
    "::",
    "\\",
    "\\n",
    "$CATEGORY: ",
    "// [id:1]",
    "->",
    "[html]",
    "<",
    ">",
    "</",
    "/>",
    "<quiz>",
    "</quiz>",
    "<question type=\"multichoice\">",
    "<question type=\"cloze\">",
    "</question>",
    "<text>",
    "</text>",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#",
    "{1:MC:",
    "<details>",
    "</details>",
    "<summary>",
    "!!! ",
    "??? ",
    "|",
    "\"",
    "'",
    ",",
    ";",
    "\t",
    "question,a,b,answer\n",
    "[",
    "]",
    ":",
    ": ",
    "null",
    "{\"question\":",
    "\"options\":[",
    "&a ",
    "*a",
    "!!",
    "[[q]]",
    " = ",
    "^ ",
    "#Q ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "  ",
    "What?",
    "x",
    "y",
    "ä",
    "是",
    "\u{200b}",
    "\u{a0}",
    "\u{feff}",
    "\u{202e}",
    "e\u{301}",
    "😀",
    "0",
    "999999999999999999999",
    "-1",
    "1e999",
    "NaN",
    "Ａ．",
    "А) ",
    "✓",
    "(correct)",
    "Q: ",
    "C: ",
    "{{c1::x}}",
    "\0",
    "\u{7f}",
    "@@PLUGINFILE@@/",
    "%",
    "==",
    "<p>",
    "<br>",
];

/// How much the questions and problems of a bank say, in bytes.
fn said(bank: &Bank) -> usize {
    let questions = bank.questions.iter().chain(&bank.duplicates).map(|question| {
        let options: usize = question
            .options
            .iter()
            .map(|option| {
                let more =
                    option.feedback.as_ref().map_or(0, String::len) + option.pair.as_ref().map_or(0, String::len);
                option.text.len() + more
            })
            .sum();
        let media: usize = question.media.iter().map(|media| media.bytes.len()).sum();
        question.stem.len() + options + media + question.explanation.as_ref().map_or(0, String::len)
    });
    questions.sum()
}

/// Reads the bytes by each name and by the content.
fn survives(bytes: &[u8]) -> Result<(), TestCaseError> {
    for format in formats().map(Some).chain([None]) {
        let named = [None, Some("question,a,b,answer")];
        let tabular = format.is_none_or(|format| format == "csv");
        for columns in named.into_iter().take(if tabular { 2 } else { 1 }) {
            let options = ReadOptions {
                format: format.map(str::to_owned),
                columns: columns.map(str::to_owned),
                ..ReadOptions::default()
            };
            let start = Instant::now();
            let bank = read(bytes, &options);
            prop_assert!(start.elapsed() < Duration::from_secs(5), "{:?} hangs", format);
            match bank {
                // Aliases of YAML and topics repeat what is written once.
                Ok(bank) => {
                    prop_assert!(said(&bank) <= 64 * bytes.len() + 4096, "{:?} says more than was written", format);
                }
                Err(refusal) => prop_assert!(!refusal.message.is_empty() && !refusal.message.contains('\n')),
            }
        }
    }
    Ok(())
}

/// A change of a file that breaks it.
#[derive(Clone, Debug)]
enum Blow {
    Cut(Index, Index),
    Twice(Index, Index),
    Into(Index, usize),
    Byte(Index, u8),
    Off(Index),
}

fn blow() -> impl Strategy<Value = Blow> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at()).prop_map(|(a, b)| Blow::Cut(a, b)),
        (at(), at()).prop_map(|(a, b)| Blow::Twice(a, b)),
        (at(), 0..PIECES.len()).prop_map(|(a, piece)| Blow::Into(a, piece)),
        (at(), any::<u8>()).prop_map(|(a, byte)| Blow::Byte(a, byte)),
        at().prop_map(Blow::Off),
    ]
}

fn struck(bytes: &mut Vec<u8>, blow: &Blow) {
    let place = |index: &Index, bytes: &Vec<u8>| index.index(bytes.len() + 1);
    match blow {
        Blow::Cut(a, b) => {
            let (a, b) = (place(a, bytes), place(b, bytes));
            // Short ones, most of the time.
            bytes.drain(a.min(b)..a.max(b).min(a.min(b) + 40));
        }
        Blow::Twice(a, b) => {
            let (a, b) = (place(a, bytes), place(b, bytes));
            let copy = bytes[a.min(b)..a.max(b)].to_vec();
            let at = a.max(b);
            bytes.splice(at..at, copy);
        }
        Blow::Into(a, piece) => {
            let at = place(a, bytes);
            bytes.splice(at..at, PIECES[*piece].bytes());
        }
        Blow::Byte(a, byte) => {
            let at = place(a, bytes);
            if let Some(old) = bytes.get_mut(at) {
                *old = *byte;
            }
        }
        Blow::Off(a) => bytes.truncate(place(a, bytes)),
    }
}

#[test]
fn the_banks_are_read() {
    for (format, text) in BANKS {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!((bank.format, bank.rejected), (*format, 0), "{text}");
    }
    let without = formats().filter(|format| !BANKS.iter().any(|(name, _)| name == format)).collect::<Vec<_>>();
    // Archives are made by the tests of their readers; `quizlet` is read where it is named.
    assert_eq!(without, ["quizlet", "xlsx", "docx", "odt"], "each format has a bank here");
    let named = ReadOptions { format: Some("quizlet".into()), ..ReadOptions::default() };
    assert_eq!(read(b"Hund\tdog\nKatze\tcat\n", &named).expect("a bank").questions.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes)?;
        survives(&[&b"PK\x03\x04"[..], &bytes].concat())?;
    }

    #[test]
    fn any_text_of_their_signs_is_survived(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..80)) {
        survives(pieces.concat().as_bytes())?;
    }

    #[test]
    fn broken_banks_are_survived(which in 0..BANKS.len(), blows in prop::collection::vec(blow(), 1..8)) {
        let mut bytes = BANKS[which].1.as_bytes().to_vec();
        for blow in &blows {
            struck(&mut bytes, blow);
        }
        survives(&bytes)?;
    }
}
