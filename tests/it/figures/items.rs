//! What answers say of questions and their options: the tables `questions` and `choices`.

use crate::fixture::study::{Reply, Study, picks};
use crate::fixture::views::refusal;
use retain::session::{Form, GivenAnswer, Showing};
use retain::study::{ReviewRequest, Since, StatsRequest, Table};
use retain::ui::csv::Format;
use serde_json::{Value, json};

/// A question with a wrong key (Bergen was not asked for), one to pick from, one to type, and one without a key.
const BANK: &str = "---\nform: exact\ndeck: Towns\n---\n\n# North\nWhich town is the capital of Norway?\n- A. Bergen *\n- B. Oslo\n- C. Narvik\n- D. Bodø\nTags: exam\n\n# South\nWhich towns lie in Italy?\n- [x] Rome\n- [x] Milan\n- [ ] Lyon\n- [ ] Nice\n\nName the capital of Italy.\nKind: short\n- Rome\n\n# North\nWhich town lies in Denmark?\n- A. Ribe\n- B. Lund\n";

fn study() -> Study {
    let study = Study::new();
    study
        .at("2026-01-01")
        .bank("Towns", BANK)
        .deck_settings("Towns", "learning-steps=none relearning-steps=none leech-threshold=off");
    study
}

/// Answers what is due on the first of a month; `knows` says which texts to pick, or what to type, and how fast.
fn answer(study: &Study, month: u32, knows: impl Fn(&str) -> (&'static [&'static str], u32)) {
    review(study.at(&format!("2026-{month:02}-01")), &ReviewRequest::default(), knows);
}

fn review(study: &Study, request: &ReviewRequest, knows: impl Fn(&str) -> (&'static [&'static str], u32)) {
    let learner = |question: &Showing| {
        let (texts, ms) = knows(&question.stem);
        let reply = match question.form {
            Form::Type { .. } => Reply::given(GivenAnswer::Typed(texts[0].into())),
            _ => picks(question, texts),
        };
        reply.in_ms(ms)
    };
    study.asked(request, learner);
}

/// What is known of the bank by somebody who knows the towns: Oslo always, one of two towns in Italy, and a shot at the third.
fn knowing(stem: &str) -> (&'static [&'static str], u32) {
    match stem {
        "Which town is the capital of Norway?" => (&["Oslo"], 4_000),
        "Which towns lie in Italy?" => (&["Rome", "Nice"], 6_500),
        _ => (&["Turin"], 100),
    }
}

fn question_in(study: &Study, stem: &str, request: &StatsRequest<'_>) -> Value {
    let rows = study.rows("questions", request);
    rows.into_iter().find(|row| row["stem"].as_str().is_some_and(|own| own.contains(stem))).expect("the question")
}

fn question(study: &Study, stem: &str) -> Value {
    question_in(study, stem, &StatsRequest::default())
}

fn options(study: &Study, question: &Value) -> Vec<Value> {
    study.table("choices").into_iter().filter(|row| row["question"] == question["question"]).collect()
}

#[test]
fn a_wrong_key_is_told_and_a_draft_is_named() {
    let study = study();
    (1..=5).for_each(|month| answer(&study, month, knowing));
    let norway = question(&study, "Norway");
    assert_eq!(norway["note"], "check the key: B beats A, 5 to 0");
    assert_eq!(
        (&norway["answers"], &norway["right"], &norway["accuracy"], &norway["first_right"], &norway["confusion"]),
        (&5.into(), &0.into(), &0.0.into(), &false.into(), &"B".into())
    );
    assert_eq!((&norway["lapses"], &norway["choices"], &norway["median_seconds"]), (&4.into(), &4.into(), &4.0.into()));
    let shown: Vec<_> = options(&study, &norway)
        .into_iter()
        .map(|row| json!([row["choice"], row["text"], row["correct"], row["shown"], row["picked"], row["share"]]))
        .collect();
    assert_eq!(
        shown,
        [
            json!(["A", "Bergen", true, 5, 0, 0.0]),
            json!(["B", "Oslo", false, 5, 5, 1.0]),
            json!(["C", "Narvik", false, 5, 0, 0.0]),
            json!(["D", "Bodø", false, 5, 0, 0.0])
        ]
    );
    let italy = question(&study, "lie in Italy");
    assert_eq!(
        (&italy["note"], &italy["confusion"]),
        (&"check the key: D beats B, 5 to 0; never picked: C".into(), &"D".into())
    );
    let typed = question(&study, "Name");
    assert_eq!((&typed["note"], &typed["choices"]), (&"rapid guesses: 5 of 5 answers, 0 right".into(), &Value::Null));
    assert_eq!((&typed["rapid"], &typed["rapid_right"]), (&5.into(), &0.into()));
    assert!(options(&study, &typed).is_empty());
    let draft = question(&study, "Denmark");
    assert_eq!((&draft["note"], &draft["answers"], &draft["accuracy"]), (&"draft".into(), &0.into(), &Value::Null));
    let draft = options(&study, &draft);
    assert_eq!((draft.len(), &draft[0]["correct"], &draft[0]["share"]), (2, &Value::Null, &Value::Null));
    study.is_sound();
}

#[test]
fn expectations_are_those_of_the_answers() {
    let study = study();
    (1..=3).for_each(|month| answer(&study, month, knowing));
    let prior = 0.3;
    let reviews = study.table("reviews");
    for question in study.table("questions").iter().filter(|row| row["answers"] != 0) {
        let expected: Vec<f64> = reviews
            .iter()
            .filter(|review| review["question"] == question["question"])
            .map(|review| {
                let (guess, recall) = (review["guess_probability"].as_f64(), review["retrievability_before"].as_f64());
                let guess = guess.expect("a chance");
                guess + (1.0 - guess) * recall.unwrap_or(prior)
            })
            .collect();
        let mean = expected.iter().sum::<f64>() / expected.len() as f64;
        let told = question["expected_accuracy"].as_f64().expect("a share");
        assert!((told - mean).abs() <= 5e-5, "{question} {mean}");
    }
}

#[test]
fn a_leech_is_told_while_its_deck_says_so() {
    let study = study();
    (1..=4).for_each(|month| answer(&study, month, knowing));
    let note = || question(&study, "Norway")["note"].clone();
    assert_eq!(note(), "check the key: B beats A, 4 to 0");
    study.deck_settings("Towns", "leech-threshold=3");
    assert_eq!(note(), "leech; check the key: B beats A, 4 to 0");
    study.deck_settings("Towns", "leech-threshold=4");
    assert_eq!(note(), "check the key: B beats A, 4 to 0");
}

#[test]
fn days_topics_and_tags_choose_what_counts() {
    let study = study();
    (1..=3).for_each(|month| answer(&study, month, knowing));
    let day = |day: &str| Some(day.parse().expect("a day"));
    let all = StatsRequest::default();
    let norway = |request: &StatsRequest<'_>| question_in(&study, "Norway", request);
    let late = norway(&StatsRequest { from: day("2026-02-01"), ..all });
    assert_eq!((&late["answers"], &late["first_right"], &late["lapses"]), (&2.into(), &Value::Null, &2.into()));
    let early = norway(&StatsRequest { to: day("2026-01-31"), ..all });
    assert_eq!((&early["answers"], &early["first_right"], &early["lapses"]), (&1.into(), &false.into(), &0.into()));
    let none = norway(&StatsRequest { from: day("2026-12-01"), ..all });
    assert_eq!((&none["answers"], &none["accuracy"], &none["note"]), (&0.into(), &Value::Null, &Value::Null));
    let rows = |request: StatsRequest<'_>| ["questions", "choices"].map(|table| study.rows(table, &request).len());
    assert_eq!(rows(all), [4, 10]);
    assert_eq!(rows(StatsRequest { topics: &["north".into()], ..all }), [2, 6]);
    assert_eq!(rows(StatsRequest { tags: &["EXAM".into()], ..all }), [1, 4]);
    assert_eq!(rows(StatsRequest { deck: Some("towns"), ..all })[0], 4);
    let nowhere = StatsRequest { deck: Some("nowhere"), ..all };
    let refused = refusal(study.trainer().export(Table::Questions, &nowhere, &mut |_| Ok(())));
    assert!(refused.contains("no deck is called `nowhere`"), "{refused}");
}

#[test]
fn what_was_taken_back_or_is_practice_tells_nothing_of_a_question() {
    let study = study();
    answer(&study, 1, knowing);
    let since = Since::Day("2026-01-01".parse().expect("a day"));
    let retake = ReviewRequest { wrong_since: Some(since), ..ReviewRequest::default() };
    review(study.at("2026-01-01T20:00:00+01:00"), &retake, |stem| match stem {
        "Which town is the capital of Norway?" => (&["Bergen"], 5_000),
        _ => (&["Rome", "Milan"], 5_000),
    });
    let told = question(&study, "Name");
    assert_eq!(
        (&told["answers"], &told["right"], &told["rapid"], &told["accuracy"]),
        (&2.into(), &0.into(), &1.into(), &0.0.into())
    );
    let italy = question(&study, "lie in Italy");
    assert_eq!((&italy["answers"], &italy["median_seconds"]), (&2.into(), &6.5.into()));
    assert_eq!(options(&study, &italy).iter().map(|row| &row["picked"]).collect::<Vec<_>>(), [1, 0, 0, 1]);
    while study.trainer().undo().expect("the log").is_some() {}
    for row in study.table("questions") {
        assert_eq!((&row["answers"], &row["first_right"], &row["accuracy"]), (&0.into(), &Value::Null, &Value::Null));
    }
    for row in study.table("choices") {
        assert_eq!((&row["shown"], &row["picked"], &row["share"]), (&0.into(), &0.into(), &Value::Null));
    }
}

#[test]
fn a_bank_in_two_decks_has_answers_of_its_own_in_each() {
    let study = study();
    answer(&study, 1, knowing);
    study.trainer().rename_deck("Towns", "Old").expect("a name");
    study.bank("Towns", BANK);
    let rows = study.table("questions");
    let told: Vec<_> = rows.iter().map(|row| (&row["question"], row["deck"].as_str(), &row["answers"])).collect();
    assert_eq!(told.len(), 8);
    assert!(
        told.chunks(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 == Some("Old") && pair[1].1 == Some("Towns"))
    );
    assert_eq!(told.iter().filter(|row| *row.2 == 1).count(), 3);
    assert!(told.iter().filter(|row| row.1 == Some("Towns")).all(|row| *row.2 == 0), "{told:?}");
}

#[test]
fn an_empty_database_has_columns_and_no_rows() {
    let (nothing, new) = (Study::new(), study());
    for table in ["questions", "choices"] {
        assert_eq!(nothing.csv(table).lines().count(), 1);
        let text = new.csv(table);
        assert!(text.lines().count() > 1 && !text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

#[test]
fn texts_of_options_run_as_no_formula() {
    let study = Study::new();
    study.bank("Sums", "-2+3\nWhat is 1 + 1?\n- A. =1+1 *\n- B. 3\n");
    assert!(study.csv("choices").contains(",A,'=1+1,true,0,0,\r\n"));
    let raw = study.written("choices", &StatsRequest::default(), Format::RawCsv);
    assert!(raw.contains(",A,=1+1,true,0,0,\r\n"), "{raw}");
}
