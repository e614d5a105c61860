use crate::bank::print::{formats, print};
use crate::bank::{Bank, ReadOptions, read};

const NETS: &str = "---
form: exact
deck: Nets
---

# Routing
Which protocol finds the shortest paths? {#net-17}
  Think of *links*.
- A. OSPF *
  > It floods link states,
    and runs Dijkstra's algorithm.
- B. SMTP
- C. All of these
Explanation: Each router knows the whole map.

  So it can compute.
Tags: exam, week 1

When was it? {#net-18}
Kind: numeric
- 1989 {± 1}
- 1990 {50 %, ± 0.5}

#
Match them. {#net-19}
Kind: match
- HTTP
  -> 80
- HTTPS
  -> 443

Nobody knows. {#net-20}
- A. really
- B. indeed
";

fn nets() -> Bank {
    read(NETS.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}", refusal.message))
}

#[test]
fn text_is_pleasant_to_read_and_stable() {
    assert_eq!(print(&nets(), "text").expect("text").text, NETS);
}

#[test]
fn the_other_formats_look_as_their_programs_expect() {
    for (format, beginning) in [
        (
            "markdown",
            "---\nform: exact\ndeck: Nets\n---\n\n# Routing\n\n## Which protocol finds the shortest paths? {#net-17}\n  Think of *links*.\n\n- [x] OSPF\n  > It floods link states,\n    and runs Dijkstra's algorithm.\n- [ ] SMTP\n- [ ] All of these\n\nExplanation: Each router knows the whole map.\n\n  So it can compute.\nTags: exam, week 1\n\n## When was it? {#net-18}\nKind: numeric\n\n- 1989 {± 1}\n",
        ),
        (
            "csv",
            "id,topic,kind,markup,question,option 1,option 2,option 3,correct,explanation,feedback 1,feedback 2,feedback 3,pair 1,pair 2,pair 3,weight 1,weight 2,weight 3,tolerance 1,tolerance 2,tolerance 3,tags,deck\nnet-17,Routing,single,plain,\"Which protocol finds the shortest paths?\nThink of *links*.\",OSPF,SMTP,All of these,A,",
        ),
        (
            "json",
            "[\n{\"id\":\"net-17\",\"deck\":\"Nets\",\"kind\":\"single\",\"topic\":\"Routing\",\"stem\":\"Which protocol finds the shortest paths?\\nThink of *links*.\",\"options\":[\"OSPF\",\"SMTP\",\"All of these\"],\"correct\":[0],\"explanation\":\"Each router knows the whole map.\\n\\nSo it can compute.\",\"feedback\":[\"It floods link states,\\nand runs Dijkstra's algorithm.\",null,null],\"tags\":[\"exam\",\"week 1\"],\"markup\":\"plain\"},\n",
        ),
        (
            "gift",
            "// [deck:Nets]\n\n$CATEGORY: $course$/top/Routing\n\n// [id:net-17] [tag:exam] [tag:week 1]\n[plain]Which protocol finds the shortest paths?\\nThink of *links*.{\n=OSPF#It floods link states,\\nand runs Dijkstra's algorithm.\n~SMTP\n~All of these\n####Each router knows the whole map.\\n\\nSo it can compute.\n}\n\n// [id:net-18]\n[plain]When was it?{#\n=1989:1\n=%50%1990:0.5\n}\n\n$CATEGORY: $course$/top\n\n// [id:net-19]\n[plain]Match them.{\n=HTTP -> 80\n",
        ),
        (
            "moodle-xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n<?retain-deck Nets?>\n<question type=\"category\"><category><text>$course$/top/Routing</text></category></question>\n<question type=\"multichoice\">\n<name><text>Which protocol finds the shortest paths?</text></name>\n<questiontext format=\"plain_text\"><text>Which protocol finds the shortest paths?\nThink of *links*.</text></questiontext>\n",
        ),
    ] {
        let text = print(&nets(), format).expect("a format").text;
        assert!(text.starts_with(beginning), "{format}:\n{text}");
    }
    assert_eq!(print(&nets(), "pdf"), None);
}

#[test]
fn every_print_names_its_deck_and_is_read_back_into_it() {
    let mut bank = Bank { questions: vec![nets().questions.remove(0)], ..Bank::default() };
    bank.questions[0].stem = "Which protocol?".into();
    bank.front.deck = Some("Course::Nets \u{fc}ber, 1: all".into());
    for format in formats() {
        let text = print(&bank, format).expect("a format").text;
        let read = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!((read.front.deck, read.problems), (bank.front.deck.clone(), vec![]), "{format}\n{text}");
    }
}

#[test]
fn control_characters_that_no_format_holds_are_told() {
    let mut bank = Bank { questions: vec![nets().questions.remove(0)], ..Bank::default() };
    bank.questions[0].stem = "Which\u{7} protocol?".into();
    bank.questions[0].options[1].text = "SM\r\nTP".into();
    for format in ["text", "csv", "json", "moodle-xml"] {
        let printed = print(&bank, format).expect("a format");
        assert!(!printed.text.contains(['\u{7}', '\r']), "{format}");
        let told: Vec<_> = printed.losses.iter().map(|loss| (loss.questions, loss.what)).collect();
        assert_eq!(told, [(1, "the control characters in them")], "{format}");
    }
    // Another line end is no loss.
    bank.questions[0].stem = "Which\r\nprotocol?".into();
    assert_eq!(print(&bank, "csv").expect("a format").losses, []);
}

#[test]
fn what_a_format_cannot_say_is_told() {
    let losses = |format: &str| -> Vec<(usize, bool, &str)> {
        let losses = print(&nets(), format).expect("a format").losses;
        losses.iter().map(|loss| (loss.questions, loss.left_out, loss.what)).collect()
    };
    assert_eq!(losses("text"), []);
    assert_eq!(losses("gift"), [(1, true, "GIFT has no questions without a right answer")]);
    assert_eq!(losses("moodle-xml"), [(1, true, "Moodle has no questions without a right answer")]);
    assert_eq!(
        losses("aiken"),
        [
            (1, true, "Aiken has one line for a question and one for an option"),
            (2, true, "Aiken has questions with one right option only"),
            (1, true, "Aiken has no questions without a right answer"),
        ]
    );
    let mut spaced = Bank { questions: vec![nets().questions.remove(0)], ..Bank::default() };
    spaced.questions[0].stem = "50\u{a0}km?".into();
    let told: Vec<_> = print(&spaced, "gift").expect("a format").losses.into_iter().map(|loss| loss.what).collect();
    assert_eq!(told, ["tabs, non-breaking and invisible spaces, which become plain ones or none"]);
    let one = Bank { questions: vec![nets().questions.remove(0)], ..Bank::default() };
    let mut plain = one.clone();
    plain.questions[0].stem = "Which protocol?".into();
    let printed = print(&plain, "aiken").expect("a format");
    assert_eq!(printed.text, "Which protocol?\nA. OSPF\nB. SMTP\nC. All of these\nANSWER: A\n\n");
    let told: Vec<_> = printed.losses.iter().map(|loss| loss.what).collect();
    let parts = ["their identity", "their topic", "their explanation", "their tags", "what is said of single answers"];
    assert_eq!(told, parts);
    plain.questions[0].stem = "1. Which protocol?".into();
    assert_eq!(print(&plain, "aiken").expect("a format").text, "");
}
