//! Loose text in the layouts that people write; each says the same two questions.

use crate::bank::{Bank, ReadOptions, Severity, read};

fn bank(text: &str) -> Bank {
    read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message))
}

/// Asserts that a text holds two questions on colours, with blood as the answer to the first and grass to the second.
fn says_colours(text: &str) -> Bank {
    let bank = bank(text);
    assert_eq!(bank.format, "text", "{text}");
    assert_eq!(bank.problems, [], "{text}");
    let found: Vec<(&str, Vec<&str>, Vec<&str>)> = bank
        .questions
        .iter()
        .map(|question| {
            let texts: Vec<&str> = question.options.iter().map(|option| option.text.as_str()).collect();
            let right = question.correct().into_iter().map(|place| texts[place]).collect();
            (question.stem.as_str(), texts, right)
        })
        .collect();
    let options = vec!["sky", "blood", "grass"];
    let expected = [("What is red?", options.clone(), vec!["blood"]), ("What is green?", options, vec!["grass"])];
    assert_eq!(found, expected, "{text}");
    bank
}

/// The two questions, from the layout of the first and what differs in the second.
fn twice(one: &str, with: &[(&str, &str)]) -> String {
    let second = with.iter().fold(one.replace("red?", "green?"), |text, (from, to)| text.replace(from, to));
    format!("{one}\n{second}")
}

#[test]
fn labels_of_all_alphabets() {
    for (labels, first, second) in [
        (["i)", "ii)", "iii)"], "ii", "iii"),
        (["I.", "II.", "III."], "II", "III"),
        (["(i)", "(ii)", "(iii)"], "(ii)", "(iii)"),
        (["А)", "Б)", "В)"], "Б", "В"),
        (["- а.", "- б.", "- в."], "б", "в"),
        (["α)", "β)", "γ)"], "β", "γ"),
        (["ア.", "イ.", "ウ."], "イ", "ウ"),
        (["א.", "ב.", "ג."], "ב", "ג"),
        (["(क)", "(ख)", "(ग)"], "(ख)", "(ग)"),
        (["ก.", "ข.", "ค."], "ข", "ค"),
        (["①", "②", "③"], "②", "③"),
        (["Ａ．", "Ｂ．", "Ｃ．"], "B", "C"),
        (["A -", "B -", "C -"], "B", "C"),
        (["a/", "b/", "c/"], "b", "c"),
        (["Option A:", "Option B:", "Option C:"], "Option B", "Option C"),
        (["**A.**", "**B.**", "**C.**"], "B", "C"),
        (["\u{f0b7} A.", "\u{f0b7} B.", "\u{f0b7} C."], "B", "C"),
        (["\u{f0d8}", "\u{f0d8}", "\u{f0d8}"], "blood", "grass"),
    ] {
        let [a, b, c] = labels;
        let one = format!("1. What is red?\n{a} sky\n{b} blood\n{c} grass\nAnswer: {first}\n");
        says_colours(&twice(&one, &[("1. ", "2. "), (&format!("Answer: {first}"), &format!("Answer: {second}"))]));
    }
}

#[test]
fn numbers_label_options_where_others_count_the_questions() {
    for one in [
        "1. What is red?\n1) sky\n2) blood\n3) grass\nAnswer: 2\n",
        "1. What is red?\n   1. sky\n   2. blood\n   3. grass\n   Answer: 2\n",
        "Q1. What is red?\n(1) sky\n(2) blood\n(3) grass\nAnswer: (2)\n",
    ] {
        let second = one.replace("red", "green").replacen('1', "2", 1).replace("Answer: 2", "Answer: 3");
        says_colours(&format!("{one}\n{}", second.replace("Answer: (2)", "Answer: (3)")));
    }
}

#[test]
fn several_options_stand_on_a_line() {
    for one in [
        "1. What is red?\nA. sky  B. blood  C. grass\nAnswer: B\n",
        "1. What is red?\n   a) sky b) blood c) grass\nAnswer: B\n",
        "1. What is red?\n(A) sky; (B) blood; (C) grass\nAnswer: B\n",
        "1. What is red?\nA. sky | B. blood | C. grass\nAnswer: B\n",
        "1. What is red?\nA. sky   B. blood\nC. grass\nAnswer: B\n",
        "1. What is red?\na) sky b) blood c) grass Answer: B\n",
        "1. What is red? A. sky B. blood C. grass Answer: B\n",
        "1. What is red?\ni) sky ii) blood iii) grass\nAnswer: ii\n",
    ] {
        let (first, second) =
            if one.contains("Answer: ii") { ("Answer: ii", "Answer: iii") } else { ("Answer: B", "Answer: C") };
        says_colours(&twice(one, &[("1. ", "2. "), (first, second)]));
    }
    // What only looks like the next label is text of the option.
    let bank = bank("Who needs it?\nA. Vitamin B. is for all\nB. nobody *\nC. both A. and D. Duck\n");
    assert_eq!(bank.questions[0].options[0].text, "Vitamin B. is for all");
    assert_eq!(bank.questions[0].options[2].text, "both A. and D. Duck");
}

#[test]
fn signs_that_only_right_options_have_mark_them() {
    for (wrong, right) in [
        ("- ", "* "),
        ("- ", "+ "),
        ("○ ", "● "),
        ("☐ ", "☒ "),
        ("( ) ", "(x) "),
        ("[ ] ", "[x] "),
        ("A. ", "✓ A. "),
        ("- A. ", "* A. "),
        ("- A. ", "- → A. "),
        ("  A. ", "=> A. "),
    ] {
        let line = |place: usize, text: &str, is: bool| {
            let letter = ["A", "B", "C"][place];
            format!("{}{text}\n", if is { right } else { wrong }.replace('A', letter))
        };
        let question = |colour: &str, at: usize| {
            let lines: String = ["sky", "blood", "grass"]
                .iter()
                .enumerate()
                .map(|(place, text)| line(place, text, place == at))
                .collect();
            format!("What is {colour}?\n{lines}\n")
        };
        says_colours(&(question("red", 1) + &question("green", 2)));
    }
}

#[test]
fn answers_are_named_in_many_words() {
    for answer in [
        "Answer: B",
        "ANS: b)",
        "Answer - B",
        "Answer B",
        "Ans:- B",
        "answer=B",
        "(Answer: B)",
        "[Answer: B]",
        "Answer:\nB",
        "Key: B",
        "The correct answer is B.",
        "Correct answer is: B",
        "Option B is correct",
        "Answer: Option B",
        "Suggested Answer: B",
        "✅ Answer: B) blood",
        "Answer: blood",
        "View Answer\nAnswer: B",
        "> **Answer:** B",
        "Richtige Antwort: B",
        "Lösung: B",
        "Réponse : B",
        "Bonne réponse : B",
        "Respuesta correcta: B",
        "Risposta: B",
        "Risposta corretta: B",
        "Resposta: B",
        "Gabarito: B",
        "Ответ: В",
        "Правильный ответ: B",
        "答案：B",
        "正确答案：B",
        "【答案】B",
        "答案 B",
    ] {
        let one = format!("1. What is red?\nA) sky\nB) blood\nC) grass\n{answer}\n");
        let at = answer.rfind(['B', 'В']).unwrap_or(0);
        let letter = answer[at..].replacen('B', "C", 1).replacen('В', "С", 1);
        let other = format!("{}{letter}", &answer[..at]).replace("b)", "c)").replace("blood", "grass");
        says_colours(&twice(&one, &[("1. ", "2. "), (answer, &other)]));
    }
}

#[test]
fn an_explanation_may_stand_behind_a_bold_answer() {
    let bank = bank("1. What is red?\nA) sky\nB) blood\n**Answer: b.** It has iron in it.\n");
    assert_eq!((bank.questions[0].correct(), bank.problems.len()), (vec![1], 0));
    assert_eq!(bank.questions[0].explanation.as_deref(), Some("It has iron in it."));
}

#[test]
fn keys_at_the_end_have_many_shapes() {
    let questions = "1. What is red?\nA. sky\nB. blood\nC. grass\n\n2. What is green?\nA. sky\nB. blood\nC. grass\n\n";
    for key in [
        "Answers:\n1. B\n2. C\n",
        "Answer Key\n1-B 2-C\n",
        "## Answers\n\n1) b\n2) c\n",
        "--- Answers ---\n1. B\n2. C\n",
        "Answers: 1.b,2.c\n",
        "Answers\n=======\n1B 2C\n",
        "**Answer Key:**\n\n- 1. B\n- 2. C\n",
        "Lösungen:\n1: B; 2: C\n",
        "Answer key\n\n| Question | Answer |\n|---|---|\n| 1 | B |\n| 2 | C |\n",
        "Answers\n| 1 | 2 |\n|---|---|\n| B | C |\n",
        "Answers:\nB\nC\n",
        "Answers:\n\nB) blood\nC. grass\n",
        "Answers:\n1. blood\n2. grass\n",
        "Ответы:\n1. B\n2. C\n",
        "参考答案：\n1. B\n2. C\n",
        "Answers and explanations\n1. B. Blood holds iron.\n2. C. Grass has leaves; blood has none.\n",
        "参考答案：1-2 BC\n",
        "Answer key\n1～2: B C\n",
    ] {
        says_colours(&format!("{questions}{key}"));
    }
    let differs = bank(&format!("{questions}Answers:\n1. B. sky\n2. C. grass\n"));
    let told: Vec<_> = differs.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!((told, differs.questions[0].correct()), (vec![(12, "key-text-differs")], vec![1]));
    // A list ends where questions begin again.
    let more = format!("{questions}Answers:\n1. B\n2. C\n\n3. What is blue?\nA. sky\nB. blood\n\nAnswers:\n3. A\n");
    let right: Vec<_> = bank(&more).questions.iter().map(crate::bank::BankQuestion::correct).collect();
    assert_eq!(right, [[1], [2], [0]]);
}

#[test]
fn titles_are_topics_without_what_adorns_them() {
    for title in [
        "Colours\n",
        "# Colours\n",
        "Topic: Colours\n",
        "=== Colours ===\n\n",
        "--- Colours ---\n",
        "-------\nColours\n-------\n\n",
        "Colours\n=======\n\n",
        "[Colours]\n",
        "**Colours**\n\n",
        "【Colours】\n",
        "■ Colours\n",
        "Colours:\n",
        "~~~ Colours ~~~\n",
    ] {
        let one = format!("{title}What is red?\nA. sky\nB. blood\nC. grass\nAnswer: B\n");
        let bank = says_colours(&twice(&one, &[("Answer: B", "Answer: C")]));
        let topics: Vec<_> = bank.questions.iter().map(|question| question.topic.as_deref()).collect();
        assert_eq!(topics, [Some("Colours"), Some("Colours")], "{title}");
    }
}

#[test]
fn words_before_questions_and_options_are_no_text() {
    for (one, two) in [
        ("Question: What is red?\n", "Question: What is green?\n"),
        ("Q: What is red?\nOptions:\n", "Q: What is green?\nOptions:\n"),
        ("No. 1 What is red?\n", "No. 2 What is green?\n"),
        ("#1 What is red?\n", "#2 What is green?\n"),
        ("(1) What is red?\n", "(2) What is green?\n"),
        ("1.What is red?\n", "2.What is green?\n"),
        ("Frage 1: What is red?\n", "Frage 2: What is green?\n"),
        ("NEW QUESTION 1\nWhat is red?\n", "NEW QUESTION 2\nWhat is green?\n"),
        ("**1. What is red?**\n\n", "**2. What is green?**\n\n"),
    ] {
        says_colours(&format!(
            "{one}A. sky\nB. blood\nC. grass\nAnswer: B\n\n{two}A. sky\nB. blood\nC. grass\nAnswer: C\n"
        ));
    }
}

#[test]
fn preambles_and_truncated_ends_are_told() {
    let text = "Sure, here is a list of two questions on colours:\n\n1. What is red?\nA) sky\nB) blood\nC) grass\nAnswer: B\n\n\
                2. What is green?\nA) sky\nB) blood\nC) grass\nAnswer: C\n\n3. What is the\n";
    let bank = bank(text);
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!((told, bank.questions.len()), (vec![(1, "preamble"), (15, "no-options")], 2));
    assert_eq!(bank.questions[0].stem, "What is red?");
}

#[test]
fn code_is_no_label() {
    let text = "1. What does it print?\n```\nA. no label\n    B. indented\n```\nA. 1\n```\nC. code\n```\nB. 2 *\n";
    let bank = bank(text);
    assert_eq!(bank.questions[0].stem, "What does it print?\n```\nA. no label\n    B. indented\n```");
    let texts: Vec<_> = bank.questions[0].options.iter().map(|option| option.text.as_str()).collect();
    assert_eq!((texts, bank.questions[0].correct()), (vec!["1\n```\nC. code\n```", "2"], vec![1]));
}

#[test]
fn labels_out_of_order_or_repeated_are_told_with_their_line() {
    let good: String = (1..9).map(|n| format!("{n}. Good question {n}?\nA. yes {n}\nB. no {n} *\n\n")).collect();
    let broken =
        "9. Repeated?\nA. x *\nB. y\nB. z\n\n10. Missing?\nA. x *\nC. y\nD. z\n\n11. Swapped?\nA. u *\nC. v\nB. w\n";
    let bank = bank(&(good + broken));
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line - 32, problem.code)).collect();
    assert_eq!(told, [(4, "label-order"), (8, "label-order")]);
}

#[test]
fn statements_in_a_stem_are_no_options() {
    let text = "1. Which are true?\ni) one ii) two\niii) three\nA) i only\nB) all of them\nAnswer: B\n\n2. Which is it?\na) first b) second\nA) only a\nB) only b\nAnswer: A\n";
    let bank = bank(text);
    assert_eq!(bank.problems, []);
    assert_eq!(bank.questions[0].stem, "Which are true?\ni) one ii) two\niii) three");
    assert_eq!(
        (bank.questions[1].stem.as_str(), bank.questions[1].options.len()),
        ("Which is it?\na) first b) second", 2)
    );
}

#[test]
fn copies_of_a_right_option_and_empty_ones_are_left_out() {
    let text = "Copy?\nA. x\nB. y\nC. x *\n\nEmpty?\nA. u *\nB. v\nC.\n\nBoth?\nA. p *\nB. p *\n\nOdd?\nA. r *\nB. s\nC. s\n\nNo key?\nA. m\nB. m\nC. n\n";
    let bank = bank(text);
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code, problem.severity)).collect();
    let expected = [
        (2, "equal-options", Severity::Warning),
        (9, "empty-option", Severity::Warning),
        (13, "equal-options", Severity::Error),
        (18, "equal-options", Severity::Warning),
        (22, "equal-options", Severity::Error),
    ];
    assert_eq!(told, expected);
    let kept: Vec<_> = bank.questions.iter().map(|question| (question.options.len(), question.correct())).collect();
    assert_eq!(kept, [(2, vec![1]), (2, vec![0]), (2, vec![0])]);
}

#[test]
fn a_list_of_answers_goes_along_with_numbers_that_begin_again() {
    let topics = "# X\n1. Q one?\nA. a1\nB. b1\n\n2. Q two?\nA. a2\nB. b2\n\n# Y\n1. Q 3?\nA. a3\nB. b3\n\n2. Q 4?\nA. a4\nB. b4\n\n";
    let right = |answers: &str| -> Vec<Vec<usize>> {
        bank(&format!("{topics}{answers}")).questions.iter().map(crate::bank::BankQuestion::correct).collect()
    };
    // Below the last topic it is for that one; never for another, silently.
    assert_eq!(right("Answers:\n1. A\n2. B\n"), [vec![], vec![], vec![0], vec![1]]);
    assert_eq!(right("Answers:\n1. A\n2. B\n1. B\n2. B\n"), [vec![0], vec![1], vec![1], vec![1]]);
}

#[test]
fn topics_may_stand_below_their_questions() {
    let one = |number: usize, topic: &str| {
        format!(
            "QUESTION {number}\nWhat is {number}?\nA. yes\nB. no\nCorrect Answer: A\nSection: {topic}\nExplanation\n\nExplanation/Reference:\n{topic} are so *always*.\n\n"
        )
    };
    let bank = bank(&[one(1, "Ropes"), one(2, "Sails"), one(3, "Ropes")].concat());
    let found: Vec<_> =
        bank.questions.iter().map(|question| (question.topic.as_deref(), question.explanation.as_deref())).collect();
    let [ropes, sails] = ["Ropes are so *always*.", "Sails are so *always*."].map(Some);
    assert_eq!(found, [(Some("Ropes"), ropes), (Some("Sails"), sails), (Some("Ropes"), ropes)]);
}

#[test]
fn a_title_that_asks_is_a_topic_where_all_questions_have_numbers() {
    let text = "How well do you know ropes?\n\n1. What is a bight?\nA. a loop\nB. a tooth\nAnswer: A\n\n2. What is a splice?\nA. a knot\nB. a join\nAnswer: B\n";
    let bank = bank(text);
    assert_eq!((bank.questions.len(), bank.rejected, bank.problems.len()), (2, 0, 0));
    assert_eq!(bank.questions[0].topic.as_deref(), Some("How well do you know ropes?"));
}

#[test]
fn an_explanation_keeps_its_own_bold_type() {
    for (line, said) in [
        ("**Explanation:** *Gluten* forms.", "*Gluten* forms."),
        ("**Explanation: gluten forms.**", "gluten forms."),
        ("Explanation: see **bread**", "see **bread**"),
    ] {
        let bank =
            bank(&format!("1. What?\nA. bread\nB. stone\nAnswer: A\n{line}\n\n2. Who?\nA. me\nB. you\nAnswer: B\n"));
        assert_eq!(bank.questions[0].explanation.as_deref(), Some(said), "{line}");
    }
}

#[test]
fn a_key_may_be_one_word_of_letters() {
    let one = |number: usize| format!("{number}. What is {number}?\nA. sky\nB. blood\n\n");
    for key in ["Key: BAA\n", "Answers\nBAA\n", "Key: 1-3 BAA\n", "Answers: B, A, A\n"] {
        let bank = bank(&((1..4).map(one).collect::<String>() + key));
        let right: Vec<_> = bank.questions.iter().map(crate::bank::BankQuestion::correct).collect();
        assert_eq!((right, bank.problems), (vec![vec![1], vec![0], vec![0]], vec![]), "{key}");
    }
}

#[test]
fn a_line_of_answers_below_the_last_question_is_the_list_of_all() {
    let one = |number: usize| format!("{number}. What is {number}?\nA. sky\nB. blood\nC. grass\n\n");
    let bank = bank(&((1..4).map(one).collect::<String>() + "Answers: A, B, C\n"));
    let right: Vec<_> = bank.questions.iter().map(crate::bank::BankQuestion::correct).collect();
    assert_eq!((right, bank.problems), (vec![vec![0], vec![1], vec![2]], vec![]));
}
