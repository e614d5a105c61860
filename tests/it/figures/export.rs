//! Exports and the other commands.

use crate::fixture::program::Program;
use crate::fixture::study::{Study, pick};
use crate::fixture::views::{lines, refusal};
use retain::session::Showing;
use retain::study::{ReviewRequest, StatsRequest, Table, WhatIf, memory_after};
use retain::ui::csv::Format;
use retain::ui::whatif;
use serde_json::Value;

/// Somebody who always picks the first choice of the bank that ships.
fn studied() -> Study {
    let study = Study::new();
    let first = |question: &Showing| pick(question, &question.choices[0].text.clone());
    study.mlops().review(first);
    study
}

const SUMS: &str = "-2+3\nWhat is 1 + 1?\n- A. =1+1 *\n- B. 3\n\n=2*3\n- A. 6 *\n- B. 5\n";

#[test]
fn tables_have_the_promised_columns_and_line_ends() {
    let study = studied();
    for (table, columns) in [
        (
            "stats",
            "date,deck,answers,new,reviews,again,hard,good,easy,right,guessed,accuracy,retention,retention_corrected,predicted,minutes",
        ),
        (
            "cards",
            "card,question,deck,topic,stem,state,due,stability,difficulty,retrievability,interval_days,answers,lapses,last_answer,suspended,flagged,note",
        ),
        (
            "questions",
            "question,deck,topic,stem,choices,answers,first_right,right,accuracy,expected_accuracy,guessed,lapses,median_seconds,confusion,note,low_95,high_95,rapid,rapid_right",
        ),
        ("choices", "question,deck,choice,text,correct,shown,picked,share"),
        ("revlog", "card_id,review_time,review_rating,review_state,review_duration"),
        (
            "topics",
            "deck,topic,questions,seen,due,answers,accuracy,retention,retention_corrected,mean_retrievability,expected_score,score_day",
        ),
        ("forecast", "date,deck,due,new,expected_minutes,learning"),
        ("calibration", "deck,bin_low,bin_high,answers,predicted,actual,low_95,high_95,recall,actual_recall"),
        (
            "decks",
            "deck,questions,cards,new,learning,due,suspended,desired_retention,exam_date,expected_score,score_day",
        ),
        (
            "reviews",
            "review,card,question,deck,topic,at,study_day,kind,rating,confidence,right,picked,shown,guess_probability,known_probability,seconds,elapsed_days,stability_before,difficulty_before,retrievability_before,stability_after,difficulty_after,interval_days,due,undone,practice,typed,overruled,sure",
        ),
    ] {
        let text = study.csv(table);
        assert_eq!(text.split("\r\n").next(), Some(columns), "{table}");
        assert!(text.ends_with("\r\n") && (text.lines().count() > 1 || table == "calibration"), "{table}");
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let study = Study::new();
    let program = study.mlops().program();
    program.ok(&["export", "cards", "-o", "cards.csv"]);
    let file = std::fs::read_to_string(program.folder().join("cards.csv")).expect("the file");
    assert_eq!(file, program.run(&["export", "cards"]).out);
    assert_eq!(file, study.csv("cards"));
    let said = program.run(&["export", "cards", "-o", "absent/cards.csv"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("cannot be written"), "{}", said.err);
}

#[test]
fn settings_outside_their_range_change_nothing() {
    let study = Study::new();
    let before = study.mlops().settings_of("MLOps");
    for (pair, message) in [
        ("desired-retention=1", "it takes a number from 0.70 to 0.99"),
        ("new-per-day=-1", "it takes a whole number from 0 to 9999"),
        ("reviews-per-dya=3", "did you mean `reviews-per-day`?"),
    ] {
        let said = refusal(study.trainer().change_settings(Some("MLOps"), &[pair.to_owned()]));
        assert!(said.contains(message), "{said}");
    }
    assert_eq!(study.settings_of("MLOps"), before);
    study.deck_settings("MLOps", "desired-retention=0.85 prior-knowledge=0.5");
    assert!(study.setting("MLOps", "desired-retention").contains("0.85"));
    study.is_sound();
}

#[test]
fn an_empty_database_has_the_right_words() {
    let study = Study::new();
    assert!(study.home().contains("Begin with a bank of your own"));
    assert_eq!(study.csv("stats").lines().count(), 1);
    let nowhere = ReviewRequest { deck: Some("nowhere".into()), ..ReviewRequest::default() };
    refusal(study.trainer().plan_day(&nowhere));
    study.is_sound();
}

#[test]
fn commands_end_with_the_right_codes_and_understand_lists() {
    let program = Program::new();
    program.ok(&["deck", "set", "--default", "fuzz=off"]);
    assert!(program.ok(&[]).out.contains("Begin with a bank of your own"));
    assert_eq!(program.ok(&["export", "stats"]).out.lines().count(), 1);
    assert_eq!(program.run(&["review", "nowhere"]).code, 1);
    assert_eq!(program.run(&["export", "questions", "--deck", "nowhere"]).code, 1);
    assert_eq!(program.run(&["frobnicate"]).code, 2);
    let args = ["whatif", "--ratings", "1,3,3,3,3,3", "--days", "0,0,1,3,8,21", "--json"];
    assert_eq!(program.json(&args), known_history());
}

#[test]
fn the_home_page_after_a_session() {
    let home = studied().home();
    assert!(home.contains("MLOps") && home.contains("Streak: 1 day."), "{home}");
}

/// The memory after each answer of a history whose end is known, as JSON.
fn known_history() -> Vec<Value> {
    let (ratings, days) = ([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21]);
    let history =
        WhatIf { ratings: &ratings, days: &days, guess: 0.0, confidence: &[], parameters: None, retention: 0.9 };
    lines(whatif::json(&memory_after(&history).expect("a memory")))
}

#[test]
fn known_answers_of_the_model() {
    let steps = known_history();
    let last = steps.last().expect("a line");
    // fsrs-rs `test_memory_state`.
    assert!((last["stability"].as_f64().expect("S") - 53.62691).abs() < 1e-4);
    assert!((last["difficulty"].as_f64().expect("D") - 6.3574867).abs() < 1e-4);
}

#[test]
fn no_cell_runs_as_a_formula() {
    let study = Study::new();
    study.bank("@Sums", SUMS);
    let safe = study.csv("cards");
    assert!(safe.contains(",'@Sums,") && safe.contains(",'=2*3,") && !safe.contains(",=2*3"), "{safe}");
    let raw = study.written("cards", &StatsRequest::default(), Format::RawCsv);
    assert!(raw.contains(",@Sums,") && raw.contains(",=2*3,"), "{raw}");
}

#[test]
fn all_tables_go_into_a_folder() {
    let study = Study::new();
    let program = study.bank("@Sums", SUMS).program();
    let folder = program.folder().join("tables");
    program.ok(&["export", "--all", "-o", &folder.display().to_string()]);
    for table in
        ["stats", "cards", "questions", "choices", "reviews", "revlog", "topics", "forecast", "calibration", "decks"]
    {
        let text = std::fs::read_to_string(folder.join(format!("{table}.csv"))).expect("a table");
        assert_eq!(text, program.run(&["export", table]).out, "{table}");
        assert_eq!(text, study.csv(table), "{table}");
    }
    let raw = study.written("cards", &StatsRequest::default(), Format::RawCsv);
    assert_eq!(program.ok(&["export", "cards", "--raw"]).out, raw);
    assert_eq!(program.run(&["export", "--all"]).code, 2);
    assert_eq!(program.run(&["export", "cards", "--all", "-o", "x"]).code, 2);
}

/// Two questions of two topics, one of them with a tag.
fn nets() -> Study {
    let study = Study::new();
    study.bank(
        "Nets",
        "# Routing\n\n1. Which finds paths?\nA. OSPF *\nB. SMTP\nTags: exam\n\n# Mail\n\n2. Which sends mail?\nA. SMTP *\nB. OSPF\n",
    );
    study
}

fn about<'a>(topics: &'a [String], tags: &'a [String]) -> StatsRequest<'a> {
    StatsRequest { topics, tags, ..StatsRequest::default() }
}

#[test]
fn tables_of_topics_and_tags() {
    let study = nets();
    let [lower, routing, mail, slip, exam] = ["routing", "Routing", "Mail", "Rooting", "exam"].map(str::to_owned);
    let rows = |table: &str, topics: &[String], tags: &[String]| study.rows(table, &about(topics, tags)).len();
    assert_eq!(rows("cards", &[lower], &[]), 1);
    assert_eq!(rows("cards", &[routing, mail.clone()], &[]), 2);
    assert_eq!(rows("cards", &[], std::slice::from_ref(&exam)), 1);
    assert_eq!(rows("topics", &[], &[exam]), 1);
    assert!(study.written("decks", &about(&[mail], &[]), Format::Csv).contains("Nets,1,1,"));
    let refused = refusal(study.trainer().export(Table::Cards, &about(&[slip], &[]), &mut |_| Ok(())));
    assert!(refused.contains("did you mean `Routing`?"), "{refused}");
}

#[test]
fn arguments_choose_the_rows_of_a_table() {
    let study = nets();
    let program = study.program();
    let [routing, mail, exam] = ["Routing", "Mail", "exam"].map(str::to_owned);
    for (args, table, topics, tags) in [
        (&["--topic", "routing"][..], "cards", vec![routing.clone()], vec![]),
        (&["--topic", "Routing", "--topic", "Mail"], "cards", vec![routing, mail.clone()], vec![]),
        (&["--tag", "exam"], "topics", vec![], vec![exam]),
        (&["--topic", "Mail"], "decks", vec![mail], vec![]),
    ] {
        let said = program.ok(&[&["export", table], args].concat());
        assert_eq!(said.out, study.written(table, &about(&topics, &tags), Format::Csv), "{args:?}");
    }
    let refused = program.run(&["export", "cards", "--topic", "Rooting"]);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    assert!(refused.err.contains("did you mean `Routing`?"), "{}", refused.err);
}
