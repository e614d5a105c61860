use crate::bank::{Bank, BankQuestion, ReadOptions, read};
use crate::model::Kind;

fn bank(text: &str) -> Bank {
    match read(text.as_bytes(), &ReadOptions::default()) {
        Ok(bank) => bank,
        Err(refusal) => panic!("{}: {text}", refusal.message),
    }
}

/// A question in short: its kind, its stem, its options, pairs or answers, and what is right.
fn short(question: &BankQuestion) -> String {
    let of = |option: &crate::bank::BankOption| {
        let pair = option.pair.as_ref().map_or_else(String::new, |pair| format!("={pair}"));
        let star = if option.correct && question.kind.has_choices() { "*" } else { "" };
        format!("{star}{}{pair}", option.text)
    };
    let options: Vec<String> = question.options.iter().map(of).collect();
    format!("{} {} [{}]", question.kind, question.stem, options.join(" "))
}

fn all(text: &str) -> Vec<String> {
    let bank = bank(text);
    assert_eq!(bank.problems, [], "{text}");
    bank.questions.iter().map(short).collect()
}

const WARM: &str = "single Warm? [ice *fire]";
const COLD: &str = "single Cold? [*ice fire]";

#[test]
fn one_question_is_written_in_many_ways() {
    for text in [
        r#"[{":question": "Warm?", ":answers": ["ice", "fire"], ":correct": 1}, {":question": "Cold?", ":answers": ["ice", "fire"], ":correct": 0}]"#,
        r#"[{"question_de": "Warm?", "options_de": ["ice", "fire"], "answer_de": "fire"}, {"question_de": "Cold?", "options_de": ["ice", "fire"], "answer_de": "ice"}]"#,
        r#"{"x": {"level": 1, "question": [{"text": "Warm?", "choice": ["ice", "fire"], "answer": 1}]}, "y": {"level": 2, "question": [{"text": "Cold?", "choice": ["ice", "fire"], "answer": 0}]}}"#,
        r#"[{"q": "Warm?", "options": {"A": "ice", "B": "fire"}, "answer": "fire", "answer_idx": "B"}, {"q": "Cold?", "options": {"A": "ice", "B": "fire"}, "answer": "ice", "answer_idx": "A"}]"#,
        r#"[{"body": "Warm?\n\n**A:** ice\n\n**B:** fire", "answer": "B"}, {"body": "Cold?\n\n**A:** ice\n\n**B:** fire", "answer": "A"}]"#,
        r#"[{"pregunta": "Warm?", "opciones": ["ice", "fire"], "respuesta": "fire"}, {"pregunta": "Cold?", "opciones": ["ice", "fire"], "respuesta": "ice"}]"#,
        r#"[{"вопрос": "Warm?", "варианты": ["ice", "fire"], "ответ": 2}, {"вопрос": "Cold?", "варианты": ["ice", "fire"], "ответ": 1}, {"вопрос": "Odd?", "варианты": ["ice", "fire"], "ответ": 2}]"#,
        r#"[{"题目": "Warm?", "选项": {"A": "ice", "B": "fire"}, "答案": "B"}, {"题目": "Cold?", "选项": {"A": "ice", "B": "fire"}, "答案": "A"}]"#,
        r#"[{"zork": "Warm?", "blib": ["ice", "fire"], "wug": "fire"}, {"zork": "Cold?", "blib": ["ice", "fire"], "wug": "ice"}]"#,
        r#"{"questions": ["Warm?", "Cold?"], "options": [["ice", "fire"], ["ice", "fire"]], "answers": ["B", "A"]}"#,
        r#"[{"question": "Warm?", "answers": {"answer_a": "ice", "answer_b": "fire", "answer_c": null}, "correct_answers": {"answer_a_correct": "false", "answer_b_correct": "true"}},
            {"question": "Cold?", "answers": {"answer_a": "ice", "answer_b": "fire"}, "correct_answers": {"answer_a_correct": "true", "answer_b_correct": "false"}}]"#,
        "- q: Warm?\n  a:\n    - ice\n    - correct: fire\n- q: Cold?\n  a:\n    - correct: ice\n    - fire\n",
        "title = \"x\"\n\n[\"Warm?\"]\noptions = [\"ice\", \"fire\"]\ncorrect = \"fire\"\n\n[\"Cold?\"]\noptions = [\"ice\", \"fire\"]\ncorrect = \"ice\"\n",
        "q: Warm?\noptions: [ice, fire]\nanswer: fire\n---\nq: Cold?\noptions: [ice, fire]\nanswer: ice\n",
    ] {
        assert_eq!(all(text)[..2], [WARM, COLD], "{text}");
    }
}

#[test]
fn kinds_of_questions_stand_side_by_side() {
    let read = all(r#"[{"question": "Warm?", "options": ["ice", "fire"], "answer": "fire"},
            {"question": "Ice floats.", "answer": true},
            {"question": "What holds a ship?", "answer": "an anchor"},
            {"front": "dog", "back": "Hund"},
            {"type": "ordering", "prompt": "Sort the day", "items": [{"id": "x", "text": "noon"}, {"id": "y", "text": "dawn"}], "correctOrder": ["y", "x"]},
            {"question": "Match", "pairs": {"dog": "bark", "cat": "meow"}},
            {"question": "Match too", "left": ["dog", "cat"], "right": ["meow", "bark"], "answer": {"dog": "bark", "cat": "meow"}},
            {"question": "Is it so?", "statements": [{"text": "Ice floats", "answer": true}, {"text": "Ice burns", "answer": false}]}]"#);
    assert_eq!(
        read,
        [
            WARM,
            "truefalse Ice floats. [*True False]",
            "short What holds a ship? [an anchor]",
            "card dog [Hund]",
            "order Sort the day [dawn noon]",
            "match Match [dog=bark cat=meow]",
            "match Match too [dog=bark cat=meow]",
            "truefalse Is it so?\n\nIce floats [*True False]",
            "truefalse Is it so?\n\nIce burns [True *False]",
        ]
    );
}

#[test]
fn cards_have_many_names() {
    for text in [
        r#"[{"front": "dog", "back": "Hund"}, {"front": "cat", "back": "Katze"}]"#,
        r#"{"deck": "x", "cards": [{"q": "dog", "a": "Hund"}, {"q": "cat", "a": "Katze"}]}"#,
        r#"[{"term": "dog", "definition": "Hund"}, {"term": "cat", "definition": "Katze"}]"#,
        r#"[{"prompt": "dog", "response": "Hund"}, {"prompt": "cat", "response": "Katze"}]"#,
        r#"[{"english": "dog", "german": "Hund"}, {"english": "cat", "german": "Katze"}]"#,
        r#"[["dog", "Hund"], ["cat", "Katze"]]"#,
        r#"{"vocabulary": {"dog": "Hund", "cat": "Katze"}}"#,
        "unit:\n  words:\n    - wort: dog\n      bedeutung: Hund\n    - wort: cat\n      bedeutung: Katze\n",
        "[[cards]]\nfront = \"dog\"\nback = \"Hund\"\n\n[[cards]]\nfront = \"cat\"\nback = \"Katze\"\n",
    ] {
        assert_eq!(all(text), ["card dog [Hund]", "card cat [Katze]"], "{text}");
    }
    assert_eq!(
        all(r#"{"What holds a ship?": "an anchor", "What moves a boat?": "the wind"}"#),
        ["card What holds a ship? [an anchor]", "card What moves a boat? [the wind]"]
    );
}

#[test]
fn what_is_no_bank_is_refused_by_its_keys() {
    for (text, key) in [
        (
            "{\n \"name\": \"boat\", \"version\": \"1.2.0\", \"scripts\": {\"start\": \"run\"}, \"keywords\": [\"boat\", \"rope\"]\n}",
            "`scripts`",
        ),
        (r#"[{"item": "Hammer", "price": 12.5}, {"item": "Saw", "price": 8.2}]"#, "`price`"),
        (
            r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Bay"}, "geometry": {"type": "Point", "coordinates": [1.5, 2.5]}}]}"#,
            "`features`",
        ),
        (r#"[{"role": "user", "content": "What is warm?"}, {"role": "assistant", "content": "Fire is."}]"#, "`role`"),
        ("---\nname: build\non: [push]\njobs:\n  test:\n    runs-on: linux\n    steps:\n      - run: make\n", "`jobs`"),
        (
            r#"[{"zork": "Which is warm?", "blib": ["ice", "fire"], "wug": 7}, {"zork": "Which is cold?", "blib": ["ice", "fire"], "wug": 7}]"#,
            "`zork` could be",
        ),
    ] {
        let refusal = read(text.as_bytes(), &ReadOptions::default()).expect_err(text);
        let said = format!("{} {}", refusal.message, refusal.hint.unwrap_or_default());
        assert!(said.contains(key) && !said.contains("- A."), "{said}");
    }
}

#[test]
fn a_record_is_never_dropped_without_a_word() {
    let bank = bank(
        "- question: Warm?\n  options: [ice, fire]\n  answer: fire\n- question: Explain it.\n- question: Which fits?\n  dropdowns:\n    - [x, y]\n- options: [ice, fire]\n  answer: ice\n- question: Cold?\n  answer: B\n- note: a word\n- question: Hot?\n  options: [ice, fire]\n  answer: fire\n- question: Odd?\n  options: [ice, fire]\n  answer: ice\n",
    );
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(told, [(4, "no-options"), (5, "no-options"), (8, "no-stem"), (10, "no-options"), (12, "left-out")]);
    assert_eq!((bank.questions.len(), bank.rejected), (3, 4));
}

#[test]
fn answers_that_differ_are_a_conflict() {
    let bank = bank(
        r#"[{"question": "Warm?", "options": ["ice", "fire"], "answer": "fire", "answer_idx": "B"},
            {"question": "Cold?", "options": ["ice", "fire"], "answer": "fire", "answer_idx": "A"},
            {"question": "Hot?", "options": ["ice", "fire"], "answer": "fire", "answer_idx": "B"}]"#,
    );
    assert_eq!(
        bank.problems.iter().map(|problem| (problem.line, problem.code)).collect::<Vec<_>>(),
        [(2, "answer-conflict")]
    );
    assert_eq!(bank.questions.len(), 2);
    assert!(bank.questions.iter().all(|question| question.kind == Kind::Single && question.correct() == [1]));
}

#[test]
fn chapters_are_topics_and_passages_stay_with_their_questions() {
    let bank = bank(
        r#"[{"chapter": "Heat", "sections": [{"title": "Signs", "passage": "Ice and fire.", "questions": [{"content": "Warm?", "options": ["ice", "fire"], "answer": "fire"}]}]}]"#,
    );
    let question = &bank.questions[0];
    assert_eq!((question.topic.as_deref(), question.stem.as_str()), (Some("Heat::Signs"), "Ice and fire.\n\nWarm?"));
}

#[test]
fn what_only_holds_questions_is_none() {
    let read = bank(
        "title: Sums\ndescription: some words\nshow_right_answer: false\nquestions:\n  - question: Warm?\n    options: [ice, fire]\n    correct_answer: 1\n    userAnswer: ice\n  - question: Cold?\n    options: [ice, fire]\n    correct_answer: 0\n    userAnswer: ice\n",
    );
    assert_eq!(read.questions.iter().map(short).collect::<Vec<_>>(), [WARM, COLD]);
    assert_eq!((read.problems.len(), read.questions[0].topic.as_deref()), (0, Some("Sums")));
}

#[test]
fn lost_options_and_fields_that_stand_twice_are_told() {
    let twice = bank(
        r#"[{"question": "Warm?", "options": ["ice", "fire"], "answer": "fire"},
            {"question": "Cold?", "question": "Hot?", "options": ["ice", "fire"], "answer": "ice"},
            {"question": "Wet?", "options": ["rain", "sand"], "answer": "rain"}]"#,
    );
    assert_eq!(twice.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["bad-record"]);
    assert_eq!((twice.questions.len(), twice.rejected), (2, 1));
    let lines = all(r#"[{"q": "Warm? A) ice B) fire", "a": "B"}, {"q": "Cold? A) ice B) fire", "a": "A"}]"#);
    assert_eq!(lines, [WARM, COLD]);
    let short = all(
        r#"[{"q": "Warm?", "c": ["ice", "fire"], "a": 1, "e": "so"}, {"q": "Cold?", "c": ["ice", "fire"], "a": 0, "e": "so"}]"#,
    );
    assert_eq!(short, [WARM, COLD]);
    let lost = read(br#"[{"q": "Warm?", "a": "B"}, {"q": "Cold?", "a": "A"}]"#, &ReadOptions::default());
    assert!(lost.is_err());
}

#[test]
fn what_belongs_together_needs_no_key() {
    let text = r#"[{"question": "Match", "left": ["dog", "cat"], "right": ["bark", "meow"]}, {"question": "Sort the work", "order": ["hoist", "sail"]},
        {"question": "Tar is black.", "answer": "yes"}, {"question": "Wet?", "type": "boolean", "answer": "no"}, {"question": "Warm?", "options": ["ice", "fire"], "answer": "fire"}]"#;
    assert_eq!(
        all(text),
        [
            "match Match [dog=bark cat=meow]",
            "order Sort the work [hoist sail]",
            "truefalse Tar is black. [*True False]",
            "truefalse Wet? [True *False]",
            WARM
        ]
    );
}

#[test]
fn a_list_of_answers_with_a_mark_on_one_is_a_choice() {
    let text = "quiz:\n  - q: Which gas is noble?\n    a:\n      - Oxygen\n      - Neon *\n  - q: Which metals rust?\n    a: [Iron (correct), Gold]\n";
    let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
    let found: Vec<_> = bank
        .questions
        .iter()
        .map(|question| {
            (question.options.iter().map(|option| option.text.as_str()).collect::<Vec<_>>(), question.correct())
        })
        .collect();
    assert_eq!(found, [(vec!["Oxygen", "Neon"], vec![1]), (vec!["Iron", "Gold"], vec![0])]);
}

#[test]
fn the_commas_of_json_part_no_columns() {
    // Read as a table, these records would be two drafts with `"topic":null` for a topic, and the first record their names.
    let text = r#"[
{"id":"0","kind":"order","topic":null,"stem":"Sort","options":["a","b","c"],"explanation":"x","feedback":["u","v","w"],"markup":"plain"},
{"id":"1","kind":"open","topic":null,"stem":"Why?","explanation":"x","markup":"plain"},
{"id":"2","kind":"open","topic":null,"stem":"How?","explanation":"x","markup":"plain"}
]"#;
    assert_eq!(bank(text).format, "json");
    assert_eq!(all(text), ["order Sort [a b c]", "open Why? []", "open How? []"]);
}
