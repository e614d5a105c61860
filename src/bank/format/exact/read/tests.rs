use proptest::prelude::*;

use crate::bank::{Bank, ReadOptions, read};
use crate::model::{KeyOrigin, Kind, Markup};

fn bank(body: &str) -> Bank {
    let text = format!("---\nform: exact\n---\n{body}");
    let bank = read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}", refusal.message));
    assert_eq!(bank.format, "exact");
    bank
}

#[test]
fn every_part_has_its_line() {
    let bank = bank(
        "# Routing\nWhich protocol? {#net-17}\n  Think of links.\n- A. OSPF *\n  > Right,\n    by *Dijkstra*.\n- B. SMTP\n- C. All of the above {shuffled, 50 %}\nExplanation: It floods.\n\n  And then?\nTags: a, b\\, c\n\n#\n\n## When was it? {#x}\nKind: numeric\nMarkup: html\n- 1822 {± 5}\n\nMatch them\nKind: match\n- Italy\n  -> Rome\n- Japan\n  -> Tokyo\n",
    );
    assert!(bank.problems.is_empty(), "{:?}", bank.problems);
    let [first, second, third] = &bank.questions[..] else { panic!("three questions") };
    assert_eq!((first.topic.as_deref(), first.id.as_deref(), first.line), (Some("Routing"), Some("net-17"), 5));
    assert_eq!((first.stem.as_str(), first.correct()), ("Which protocol?\nThink of links.", vec![0]));
    assert_eq!(first.options[0].feedback.as_deref(), Some("Right,\nby *Dijkstra*."));
    assert_eq!((first.options[2].pinned, first.options[2].weight), (false, Some(0.5)));
    assert_eq!(first.explanation.as_deref(), Some("It floods.\n\nAnd then?"));
    assert_eq!(first.tags, ["a", "b, c"]);
    assert_eq!((second.kind, second.topic.as_deref(), second.markup), (Kind::Numeric, None, Markup::Html));
    assert_eq!((second.options[0].text.as_str(), second.options[0].tolerance), ("1822", Some(5.0)));
    assert_eq!((third.kind, third.options[1].pair.as_deref()), (Kind::Match, Some("Tokyo")));
}

#[test]
fn boxes_mark_and_nothing_marked_is_a_draft() {
    let bank =
        bank("One?\n- [x] x *\n- [ ] y\n\nTwo?\n- A. x\n- B. y\n\nThree?\n- A. x *\n- B. y\nDeclared: --key first\n");
    let keys: Vec<_> = bank.questions.iter().map(|question| question.key).collect();
    assert_eq!(keys, [KeyOrigin::Marked, KeyOrigin::Missing, KeyOrigin::Declared]);
    assert_eq!(bank.questions[0].options[0].text, "x *");
    assert_eq!(bank.questions[2].key_rule.as_deref(), Some("--key first"));
}

#[test]
fn what_breaks_the_rules_is_told_with_its_place() {
    let good: String = (1..=8).map(|n| format!("Good {n}? {{#g{n}}}\n- A. x *\n- B. y\n\n")).collect();
    let bank = bank(&format!(
        "{good}No options?\n\nOne?\n- A. x\n\nOrder?\n- A. x *\n- C. y\n\nEmpty?\n- A. x *\n- B.\n\nTwo lines?\nnot apart\n- A. x *\n- B. y\n\nKind?\nKind: odd\n- A. x *\n- B. y\n\nTwo?\nKind: single\n- A. x *\n- B. y *\n\nTwice? {{#g1}}\n- A. u *\n- B. v\n"
    ));
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line - 35, problem.column, problem.code)).collect();
    assert_eq!(
        told,
        [
            (1, 1, "no-options"),
            (4, 1, "one-option"),
            (8, 3, "label-order"),
            (12, 1, "empty-option"),
            (15, 1, "stray-text"),
            (20, 7, "unknown-kind"),
            (27, 1, "several-answers"),
            (29, 1, "conflicting-keys"),
        ]
    );
    assert_eq!((bank.questions.len(), bank.rejected, bank.duplicates.len()), (8, 7, 1));
}

#[test]
fn the_example_of_the_documentation_is_read() {
    let documentation = include_str!("../../../../../docs/banks.md");
    let example = documentation.split("```").find(|block| block.contains("---\nform: exact")).expect("an example");
    let example = example.trim_start_matches("text\n");
    let bank =
        read(example.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}", refusal.message));
    let kinds: Vec<_> = bank.questions.iter().map(|question| question.kind).collect();
    assert_eq!(kinds, [Kind::Single, Kind::Numeric, Kind::Match]);
    assert!(bank.problems.is_empty(), "{:?}", bank.problems);
    // The example is what is printed.
    assert_eq!(crate::bank::print::print(&bank, "text").map(|printed| printed.text).as_deref(), Some(example));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn arbitrary_lines_never_panic(lines in prop::collection::vec(prop_oneof![
        Just("- A. x *".to_owned()), Just("- [x]".into()), Just("-".into()), Just("  > y".into()), Just("  ->".into()),
        Just("    z".into()), Just("\u{3000}z".into()), Just("#".into()), Just("## What? {#}".into()), Just("Kind: match".into()),
        Just("Markup:".into()), Just("Declared:".into()), Just("Explanation:".into()), Just("{pinned}".into()), Just("\\".into()),
        Just(String::new()), "\\PC{0,20}",
    ], 0..30)) {
        let text = format!("---\nform: exact\n---\n{}", lines.join("\n"));
        let told = read(text.as_bytes(), &ReadOptions::default()).map_or_else(|refusal| refusal.problems, |bank| bank.problems);
        let last = text.lines().count();
        for problem in told {
            prop_assert!(problem.line >= 1 && problem.line <= last && problem.column >= 1, "{}", problem.message);
        }
    }
}
