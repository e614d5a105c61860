use crate::bank::{Bank, KeyBase, ReadOptions, Refusal, read};

fn with(text: &str, options: &ReadOptions) -> Result<Bank, Refusal> {
    read(text.as_bytes(), options)
}

fn bank(text: &str) -> Bank {
    let bank = with(text, &ReadOptions::default()).expect("a bank");
    assert_eq!(bank.problems, [], "{text}");
    bank
}

/// The first right option of each question.
fn right(bank: &Bank) -> Vec<&str> {
    bank.questions.iter().map(|question| question.options[question.correct()[0]].text.as_str()).collect()
}

#[test]
fn keys_of_tables_are_letters_places_or_texts() {
    for (text, format) in [
        ("Question,A,B,C,Answer\nRed?,grass,blood,sky,B\nGreen?,grass,blood,sky,A\n", "csv"),
        ("question;option1;option2;option3;correct\nRed?;grass;blood;sky;blood\nGreen?;grass;blood;sky;grass\n", "csv"),
        ("question\tchoice0\tchoice1\tanswer\nRed?\tgrass\tblood\t1\nGreen?\tgrass\tblood\t0\n", "csv"),
        ("Frage|Antwort 1|Antwort 2|Lösung\nRed?|grass|blood|2\nGreen?|grass|blood|1\n", "csv"),
        ("Red?,grass,blood,sky,B\nGreen?,grass,blood,sky,A\n", "csv"),
        ("question,correct_answer,distractor1,distractor2\nRed?,blood,sky,grass\nGreen?,grass,sky,blood\n", "csv"),
        ("Question,Options,Answer\nRed?,grass|blood,B\nGreen?,grass|blood,A\n", "csv"),
        ("question,choices,answer\nRed?,\"['grass', 'blood']\",1\nGreen?,\"['grass', 'blood']\",0\n", "csv"),
        (
            "question,option1,correct1,option2,correct2\nRed?,grass,FALSE,blood,TRUE\nGreen?,grass,TRUE,blood,FALSE\n",
            "csv",
        ),
        ("question,option_a,option_b,is_correct_a,is_correct_b\nRed?,grass,blood,0,1\nGreen?,grass,blood,1,0\n", "csv"),
        ("question,Option A,Option B,Correct Option\nRed?,grass,blood,Option B\nGreen?,grass,blood,Option A\n", "csv"),
        ("question,option1,option2,answer\nRed?,grass,blood,option2\nGreen?,grass,blood,option1\n", "csv"),
        ("question,a,b,answer\nRed?,grass,blood,B) blood\nGreen?,grass,blood,A) grass\n", "csv"),
        ("question,a,b\nRed?,grass,*blood\nGreen?,grass (correct),blood\n", "csv"),
        ("1,Red?,grass,blood,sky,B\n2,Green?,grass,blood,sky,A\n", "csv"),
        ("Red?,grass,blood,sky,blood\nGreen?,grass,blood,sky,grass\n", "csv"),
        ("Red?,grass,blood,sky,1\nGreen?,grass,blood,sky,0\n", "csv"),
        ("Hues,Red?,grass,blood,sky,blood\nHues,Green?,grass,blood,sky,grass\n", "csv"),
        ("MC\tRed?\tgrass\tincorrect\tblood\tcorrect\nMC\tGreen?\tgrass\tcorrect\tblood\tincorrect\n", "csv"),
        (
            r#"[{"question":"Red?","options":["grass","blood"],"answer":1},{"question":"Green?","options":["grass","blood"],"answer":0}]"#,
            "json",
        ),
        (
            r#"{"results":[{"question":"Red?","correct_answer":"blood","incorrect_answers":["sky"]},{"question":"Green?","correct_answer":"grass","incorrect_answers":["sky"]}]}"#,
            "json",
        ),
        (
            "{\"question\":\"Red?\",\"choices\":{\"A\":\"grass\",\"B\":\"blood\"},\"answer\":\"B\"}\n{\"question\":\"Green?\",\"choices\":{\"A\":\"grass\",\"B\":\"blood\"},\"answer\":\"A\"}\n",
            "jsonl",
        ),
        (
            "{\"question\":\"Red?\",\"opa\":\"grass\",\"opb\":\"blood\",\"cop\":2}\n{\"question\":\"Green?\",\"opa\":\"grass\",\"opb\":\"blood\",\"cop\":1}\n",
            "jsonl",
        ),
        (
            r#"[{"question":{"stem":"Red?","choices":[{"text":"grass","label":"A"},{"text":"blood","label":"B"}]},"answerKey":"B"},{"question":{"stem":"Green?","choices":[{"text":"grass","label":"A"},{"text":"blood","label":"B"}]},"answerKey":"A"}]"#,
            "json",
        ),
        (
            r#"{"Colours":[{"question":"Red?","answers":[{"text":"grass","correct":false},{"text":"blood","correct":true}]},{"question":"Green?","answers":[{"text":"grass","correct":true},{"text":"blood","correct":false}]}]}"#,
            "json",
        ),
        (
            r#"{"items":[{"q":"Red?","a":["grass","blood"],"correct":1},{"q":"Green?","a":["grass","blood"],"correct":0}]}"#,
            "json",
        ),
        (
            r#"[{"question":"Red?","choices":[{"id":"x","text":"grass"},{"id":"y","text":"blood"}],"correctId":"y"},{"question":"Green?","choices":[{"id":"x","text":"grass"},{"id":"y","text":"blood"}],"correctId":"x"}]"#,
            "json",
        ),
        (
            "Colours:\n- question: Red?\n  options: [grass, blood]\n  answer: blood\n- question: Green?\n  options: [grass, blood]\n  answer: grass\n",
            "yaml",
        ),
        (
            "- question: Red?\n  options:\n    - (A) grass\n    - (B) blood\n  answer: B\n- question: Green?\n  options: [grass, blood]\n  answer: A\n",
            "yaml",
        ),
        (
            "[[questions]]\nquestion = \"Red?\"\noptions = [\"grass\", \"blood\"]\nanswer = \"B\"\n\n[[questions]]\nquestion = \"Green?\"\noptions = [\"grass\", \"blood\"]\nanswer = \"A\"\n",
            "toml",
        ),
    ] {
        let bank = bank(text);
        assert_eq!((bank.format, right(&bank)), (format, vec!["blood", "grass"]), "{text}");
        assert_eq!(bank.questions[0].stem, "Red?", "{text}");
    }
}

#[test]
fn code_and_titles_in_brackets_are_no_data() {
    let quiz = "## Bash\n\n#### Q1. What does it test?\n\n```bash\n[[ -f x ]]\n```\n\n- [ ] a\n- [x] b\n";
    assert_eq!(bank(quiz).format, "markdown");
    let titled = "[Colours]\nWhich of {\"red\": 1} is red?\nA. sky\nB. blood *\n";
    assert_eq!(bank(titled).format, "text");
}

#[test]
fn what_surrounds_a_question_is_kept() {
    let bank = bank(
        "id,question,a,b,answer,explanation,topic,tags\nq-1,\"Two\nlines, \"\"quoted\"\"?\",x,y,\"A,B\",because,Lines,\"one; two\"\nq-2,Next?,x,y,B,,,\n",
    );
    let first = &bank.questions[0];
    assert_eq!((first.stem.as_str(), first.id.as_deref(), first.line), ("Two\nlines, \"quoted\"?", Some("q-1"), 2));
    assert_eq!((first.correct(), first.topic.as_deref()), (vec![0, 1], Some("Lines")));
    assert_eq!((first.explanation.as_deref(), first.tags.join("+")), (Some("because"), "one+two".into()));
    assert_eq!(bank.questions[1].line, 4);
}

#[test]
fn entities_are_unescaped_where_the_format_has_them() {
    let trivia = bank(
        r#"{"results":[{"question":"Who said &quot;no&quot;?","correct_answer":"R&amp;B","incorrect_answers":["x"]}]}"#,
    );
    assert_eq!((trivia.questions[0].stem.as_str(), right(&trivia)), ("Who said \"no\"?", vec!["R&B"]));
    let plain = bank(r#"[{"question":"What is &amp;?","options":["a","b"],"answer":"B"}]"#);
    assert_eq!(plain.questions[0].stem, "What is &amp;?");
}

#[test]
fn a_key_that_can_be_read_in_two_ways_is_asked_for() {
    let text = "question,x,a,b,c,answer\nRed?,,grass,blood,sky,1\nGreen?,,blood,grass,sky,1\n";
    let refusal = with(text, &ReadOptions::default()).expect_err("ambiguous");
    assert_eq!(refusal.message, "the keys can be read in 2 ways: as places from 0, or places from 1");
    assert_eq!(refusal.hint.as_deref(), Some("`--key-base 1` reads 2 questions; `--key-base 0` reads 2 questions"));
    let said = |base| {
        let bank = with(text, &ReadOptions { key_base: Some(base), ..ReadOptions::default() }).expect("a bank");
        right(&bank).join(" ")
    };
    assert_eq!((said(KeyBase::Zero), said(KeyBase::One)), ("blood grass".into(), "grass blood".into()));
}

#[test]
fn columns_may_be_named() {
    let options = ReadOptions { columns: Some("-,question,a,b,answer".into()), ..ReadOptions::default() };
    let bank = with("1;Red?;grass;blood;b\n2;Green?;grass;blood;a\n", &options).expect("a bank");
    assert_eq!(right(&bank), ["blood", "grass"]);
    let options = ReadOptions { columns: Some("x,y".into()), ..ReadOptions::default() };
    assert!(with("a,b\n", &options).expect_err("no question").message.contains("knows no column"));
}

#[test]
fn what_is_broken_is_told_where_it_is() {
    let broken = with("question,a,b,answer\nRed?,x,y,A\nGreen?,x,y,Q\nBlue?,x,y,B\n", &ReadOptions::default())
        .expect("the good ones");
    let told: Vec<_> = broken.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!((told, broken.questions.len(), broken.rejected), (vec![(3, "no-such-option")], 2, 1));
    for (text, message) in [
        (
            "question,a,b,answer\nRed?,x,y,A\nGreen?,\"x,y,B\nBlue?,x,y,B\n",
            "line 3, column 8: a quotation mark is opened here and never closed",
        ),
        ("[{\"question\": \"Red?\",\n \"options\": [}]", "line 2, column 14: this is no JSON: expected value"),
    ] {
        assert_eq!(with(text, &ReadOptions::default()).expect_err(text).message, message);
    }
}

#[test]
fn what_data_lacks_is_told() {
    let text = r#"[{"question":"one","options":["a","b"],"answer":"a"},{"question":"two","options":["a",null,"c"],"answer":"a"},
{"question":"three","answer":"a"},{"question":"four","options":["x","y"],"answer":"y"}]"#;
    let bank = with(text, &ReadOptions::default()).expect("a bank");
    let told: Vec<_> = bank.problems.iter().map(|problem| problem.code).collect();
    assert_eq!((told, bank.questions.len(), bank.rejected), (vec!["empty-option", "no-options"], 3, 1));
}

#[test]
fn words_of_yaml_are_words() {
    let text =
        "- question: One?\n  options: [yes, no, on]\n  answer: yes\n- question: Two?\n  options: [x, y]\n  answer: y\n";
    let bank = bank(text);
    let said: Vec<Vec<&str>> = bank
        .questions
        .iter()
        .map(|question| question.options.iter().map(|option| option.text.as_str()).collect())
        .collect();
    assert_eq!(said, [vec!["yes", "no", "on"], vec!["x", "y"]]);
    assert_eq!(right(&bank), ["yes", "y"]);
}

#[test]
fn a_row_with_a_field_too_many_is_told_and_not_read() {
    let text =
        "question,A,B,C,answer\nIn May, which?,oak,ash,elm,B\nWhich tree?,oak,ash,elm,A,,\nWhich wood?,oak,ash,elm,C\n";
    let bank = read(text.as_bytes(), &ReadOptions::default()).expect("two of three");
    let stems: Vec<&str> = bank.questions.iter().map(|question| question.stem.as_str()).collect();
    assert_eq!((stems, bank.rejected), (vec!["Which tree?", "Which wood?"], 1));
    let [problem] = &bank.problems[..] else { panic!("{:?}", bank.problems) };
    assert_eq!((problem.line, problem.code), (2, "extra-field"));
    assert_eq!(problem.message, "6 fields where the header has 5: is a comma unquoted?");
    // A last column without a name is no damage.
    let text = "question,A,B,answer\nWhich tree?,oak,ash,A,seen\nWhich wood?,oak,ash,B,seen\n";
    assert_eq!(read(text.as_bytes(), &ReadOptions::default()).expect("both").questions.len(), 2);
}

#[test]
fn what_has_no_options_may_be_typed_or_judged() {
    use crate::bank::{ReadOptions, read};
    use crate::model::Kind;
    let text = "question,A,B,answer\nWet?,sea,road,A\nDry?,sea,road,B\nName a metal.,,,iron\nTar is black.,,,True\nLost?,,,B\n";
    let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
    let kinds: Vec<_> = bank.questions.iter().map(|question| question.kind).collect();
    assert_eq!(kinds, [Kind::Single, Kind::Single, Kind::Short, Kind::TrueFalse]);
    assert_eq!((bank.rejected, bank.problems[0].line), (1, 6));
}

#[test]
fn a_digit_for_each_option_flags_it() {
    let text = "question,a,b,c,d,answer\nRed?,grass,blood,rose,sky,0110\nGreen?,grass,blood,rose,sky,1000\n";
    let places: Vec<Vec<usize>> = bank(text).questions.iter().map(crate::bank::BankQuestion::correct).collect();
    assert_eq!(places, [vec![1, 2], vec![0]]);
    let text = "question,a,b,c,answer\nTwo?,10,11,100,10\nThree?,10,11,100,11\n";
    assert_eq!(right(&bank(text)), ["10", "11"]);
}

#[test]
fn rows_that_lack_a_field_are_told() {
    let text = "question,a,b,c,answer\nRed?,grass,blood,sky,B\nBlue?,grass,sky,B\nGreen?,grass,blood,sky,A\n";
    let bank = with(text, &ReadOptions::default()).expect("a bank");
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!((told, bank.questions.len(), bank.rejected), (vec![(3, "missing-field")], 2, 1));
    let options = ReadOptions { columns: Some("question,a,b,answer".into()), ..ReadOptions::default() };
    let bank = with("Red?,grass,blood,B\nBlue?,sky,blood,A\nGreen?,grass,blood,A,x\n", &options).expect("a bank");
    assert!(bank.problems[0].message.starts_with("5 fields where `--columns` has 4"));
}
