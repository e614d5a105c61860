use crate::bank::{Bank, ReadOptions, read};

fn bank(text: &str) -> Bank {
    read(text.as_bytes(), &ReadOptions::default()).expect("a bank")
}

fn options(bank: &Bank, place: usize) -> Vec<&str> {
    bank.questions[place].options.iter().map(|option| option.text.as_str()).collect()
}

#[test]
fn boxes_below_headings() {
    let bank = bank(
        "## Metals\n\n#### Q1. Which metal is *liquid*?\n\n- [ ] **iron**\n- [x] mercury\n- [ ] zinc\n\n[source](x)\n\n\
         ###Q2. Which two rust? (Choose two)\n\n```txt\n- [x] not an option\n#### nor a heading\n```\n\n- [x] iron\n- [X] steel\n- [ ] gold\n",
    );
    assert_eq!(bank.format, "markdown");
    assert_eq!(bank.problems, []);
    let first = &bank.questions[0];
    assert_eq!((first.line, first.topic.as_deref()), (3, Some("Metals")));
    assert_eq!((first.stem.as_str(), first.explanation.as_deref()), ("Which metal is *liquid*?", Some("[source](x)")));
    assert_eq!((options(&bank, 0), first.correct()), (vec!["**iron**", "mercury", "zinc"], vec![1]));
    let second = &bank.questions[1];
    assert_eq!(second.stem, "Which two rust? (Choose two)\n\n```txt\n- [x] not an option\n#### nor a heading\n```");
    assert_eq!(second.correct(), [0, 1]);
}

#[test]
fn code_below_a_box_is_the_option() {
    let bank = bank(
        "#### Q1. Which compiles?\n\n- [ ] A\n\n```rs\nlet x\n```\n\n- [x] B\n\n```rs\nlet x = 1;\n```\n\nBecause.\n",
    );
    assert_eq!(options(&bank, 0), ["A\n\n```rs\nlet x\n```", "B\n```rs\nlet x = 1;\n```"]);
    assert_eq!(bank.questions[0].explanation.as_deref(), Some("Because."));
}

#[test]
fn an_unclosed_fence_ends_with_its_question() {
    let bank = bank("#### Q1. What?\n\n```\ncode\n\n- [x] a\n- [ ] b\n\n#### Q2. Who?\n\n- [ ] c\n- [x] d\n");
    assert_eq!((bank.questions.len(), options(&bank, 0)), (2, vec!["a", "b"]));
}

#[test]
fn answers_that_are_folded_away() {
    let bank = bank(
        "# Practice\n\n1. Which one is prime?\n    - A. four\n    - B. five\n    - C.six\n\n    <details markdown=1><summary>Answer</summary>\n\
         \x20     Correct answer: B\n\n      Explanation: 5 has no divisors.\n    </details>\n\n2. Which two are even?\n    - A. 2\n    - B. 3\n\
         \x20   - C. 4\n\n    <details>\n    <summary>\n    Answer\n    </summary>\n    **Answer: AC**\n    </details>\n",
    );
    assert_eq!(bank.problems, []);
    assert_eq!((options(&bank, 0), bank.questions[0].correct()), (vec!["four", "five", "six"], vec![1]));
    assert_eq!(bank.questions[0].explanation.as_deref(), Some("5 has no divisors."));
    assert_eq!((bank.questions[1].correct(), bank.questions[1].topic.as_deref()), (vec![0, 2], None));
}

#[test]
fn answers_in_admonitions() {
    let bank = bank(
        "## One\n\n### Which port?\n\n- A. 80\n- B. 22\n\n??? success \"Answer\"\n    Answer: B\n\n    It is the shell's.\n\n### And mail?\n\n- A. 25\n- B. 21\n\n\
         ??? success \"Answer\"\n    Answer: A\n",
    );
    let right: Vec<_> = bank.questions.iter().map(crate::bank::BankQuestion::correct).collect();
    assert_eq!((right, bank.problems.len()), (vec![vec![1], vec![0]], 0));
    assert_eq!(bank.questions[0].explanation.as_deref(), Some("It is the shell's."));
    assert_eq!(bank.questions[1].topic.as_deref(), Some("One"));
}

#[test]
fn what_follows_most_questions_is_dropped() {
    let one =
        |number: usize| format!("#### Q{number}. What is {number}?\n\n- [x] a\n- [ ] b\n\n[back to top](#top)\n\n");
    let bank = bank(&(1..=6).map(one).collect::<String>());
    assert_eq!(bank.questions.iter().filter(|question| question.explanation.is_some()).count(), 0);
}

#[test]
fn what_is_broken_is_told_with_its_line() {
    let bank = bank(
        "#### Q1. What?\n\n- [x] a\n- [ ] b\n\n#### Q2. Which of the\n\n#### Q3. Who?\n\n- [x] a\n- [x] a\n\n#### Q4. No?\n- [ ] x\n- [ ] y\n",
    );
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(told, [(6, "no-options"), (11, "equal-options"), (13, "no-answer")]);
    assert_eq!((bank.questions.len(), bank.rejected), (2, 2));
}

#[test]
fn folded_answers_of_unknown_words() {
    let bank = bank(
        "### 1. Mikä on?\n\n- A: a\n- B: b\n\n<details><summary><b>Vastaus</b></summary>\n<p>\n\n#### Oikein: B\n\nSiksi.\n\n</p>\n</details>\n\n\
         ### 2. Kuka?\n\n- A: c\n- B: d\n\n<details><summary>Vastaus</summary>\n\nA\n\n</details>\n\n\
         ### 3. Missä?\n\n- A: e\n- B: f\n\n<details>\n<summary>Vastaus</summary>\n\n**B. f**\n\nNäin on.\n</details>\n",
    );
    let right: Vec<_> = bank.questions.iter().map(crate::bank::BankQuestion::correct).collect();
    assert_eq!((right, bank.problems.len()), (vec![vec![1], vec![0], vec![1]], 0));
    let explained: Vec<_> = bank.questions.iter().map(|question| question.explanation.as_deref()).collect();
    assert_eq!(explained, [Some("Siksi."), None, Some("Näin on.")]);
}

#[test]
fn lettered_lists_above_boxes_are_part_of_the_question() {
    let bank =
        bank("#### Q1. Which hold?\n\nA. one\nB. two\n\n- [x] A\n- [ ] A, B\n\n#### Q2. Who?\n\n- [ ] c\n- [x] d\n");
    assert_eq!(
        (bank.questions[0].stem.as_str(), options(&bank, 0)),
        ("Which hold?\n\nA. one\nB. two", vec!["A", "A, B"])
    );
}

#[test]
fn numbers_ask_where_headings_are_topics() {
    let bank = bank(
        "## One\n\n1. What?\n   - A. a\n   - B. b\n\n   <details><summary>Answer</summary>\n   B\n   </details>\n\n\
         ## Two\n\n2. Who?\n   - A. c\n   - B. d\n\n   <details><summary>Answer</summary>\n   A\n   </details>\n",
    );
    let found: Vec<_> =
        bank.questions.iter().map(|question| (question.stem.as_str(), question.topic.as_deref())).collect();
    assert_eq!(found, [("What?", Some("One")), ("Who?", Some("Two"))]);
}
