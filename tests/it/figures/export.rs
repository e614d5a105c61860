//! Exports and the other commands.

use crate::fixture::program::Program;

#[test]
fn tables_have_the_promised_columns_and_line_ends() {
    let mut program = Program::new();
    program.with_mlops();
    program.review(|_| "A".into());
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
        let said = program.run(&["export", table]);
        assert_eq!(said.out.split("\r\n").next(), Some(columns), "{table}");
        assert!(said.out.ends_with("\r\n") && (said.out.lines().count() > 1 || table == "calibration"), "{table}");
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let mut program = Program::new();
    program.with_mlops();
    program.ok(&["export", "cards", "-o", "cards.csv"]);
    let file = std::fs::read_to_string(program.folder().join("cards.csv")).expect("the file");
    assert_eq!(file, program.run(&["export", "cards"]).out);
    let said = program.run(&["export", "cards", "-o", "absent/cards.csv"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("cannot be written"), "{}", said.err);
}

#[test]
fn settings_outside_their_range_change_nothing() {
    let mut program = Program::new();
    program.with_mlops();
    let before = program.run(&["deck", "show", "MLOps"]).out;
    for (pair, message) in [
        ("desired-retention=1", "it takes a number from 0.70 to 0.99"),
        ("new-per-day=-1", "it takes a whole number from 0 to 9999"),
        ("reviews-per-dya=3", "did you mean `reviews-per-day`?"),
    ] {
        let said = program.run(&["deck", "set", "MLOps", pair]);
        assert_eq!(said.code, 1, "{pair}");
        assert!(said.err.contains(message), "{}", said.err);
    }
    assert_eq!(program.run(&["deck", "show", "MLOps"]).out, before);
    program.ok(&["deck", "set", "MLOps", "desired-retention=0.85", "prior-knowledge=0.5"]);
    assert!(program.run(&["deck", "show", "MLOps"]).out.contains("0.85"));
    program.is_sound();
}

#[test]
fn an_empty_database_has_the_right_words() {
    let program = Program::new();
    assert!(program.run(&[]).out.contains("Begin with a bank of your own"));
    assert_eq!(program.run(&["export", "stats"]).out.lines().count(), 1);
    assert_eq!(program.run(&["review", "nowhere"]).code, 1);
    assert_eq!(program.run(&["frobnicate"]).code, 2);
    program.is_sound();
}

#[test]
fn the_home_page_after_a_session() {
    let mut program = Program::new();
    program.with_mlops();
    program.review(|_| "A".into());
    let home = program.run(&[]).out;
    assert!(home.contains("MLOps") && home.contains("Streak: 1 day."), "{home}");
}

#[test]
fn known_answers_of_the_model() {
    let program = Program::new();
    let said = program.run(&["whatif", "--ratings", "1,3,3,3,3,3", "--days", "0,0,1,3,8,21", "--json"]);
    let last: serde_json::Value = serde_json::from_str(said.out.lines().last().expect("a line")).expect("JSON");
    // fsrs-rs `test_memory_state`.
    assert!((last["stability"].as_f64().expect("S") - 53.62691).abs() < 1e-4);
    assert!((last["difficulty"].as_f64().expect("D") - 6.3574867).abs() < 1e-4);
}

#[test]
fn no_cell_runs_as_a_formula_and_all_tables_go_into_a_folder() {
    let program = Program::new();
    let bank = program.file("sums.txt", "-2+3\nWhat is 1 + 1?\n- A. =1+1 *\n- B. 3\n\n=2*3\n- A. 6 *\n- B. 5\n");
    program.ok(&["import", &bank, "--deck", "@Sums"]);
    let safe = program.run(&["export", "cards"]).out;
    assert!(safe.contains(",'@Sums,") && safe.contains(",'=2*3,") && !safe.contains(",=2*3"), "{safe}");
    let raw = program.run(&["export", "cards", "--raw"]).out;
    assert!(raw.contains(",@Sums,") && raw.contains(",=2*3,"), "{raw}");
    let folder = program.folder().join("tables");
    program.ok(&["export", "--all", "-o", &folder.display().to_string()]);
    for table in
        ["stats", "cards", "questions", "choices", "reviews", "revlog", "topics", "forecast", "calibration", "decks"]
    {
        let text = std::fs::read_to_string(folder.join(format!("{table}.csv"))).expect("a table");
        assert_eq!(text, program.run(&["export", table]).out, "{table}");
    }
    assert_eq!(program.run(&["export", "--all"]).code, 2);
    assert_eq!(program.run(&["export", "cards", "--all", "-o", "x"]).code, 2);
}

#[test]
fn tables_of_topics_and_tags() {
    let program = Program::new();
    let bank = program.file(
        "nets.txt",
        "# Routing\n\n1. Which finds paths?\nA. OSPF *\nB. SMTP\nTags: exam\n\n# Mail\n\n2. Which sends mail?\nA. SMTP *\nB. OSPF\n",
    );
    program.ok(&["import", &bank, "--deck", "Nets"]);
    let rows = |args: &[&str]| program.run(&[&["export"], args].concat()).out.lines().count() - 1;
    assert_eq!(rows(&["cards", "--topic", "routing"]), 1);
    assert_eq!(rows(&["cards", "--topic", "Routing", "--topic", "Mail"]), 2);
    assert_eq!(rows(&["cards", "--tag", "exam"]), 1);
    assert_eq!(rows(&["topics", "--tag", "exam"]), 1);
    assert!(program.run(&["export", "decks", "--topic", "Mail"]).out.contains("Nets,1,1,"));
    let refused = program.run(&["export", "cards", "--topic", "Rooting"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("did you mean `Routing`?"), "{}", refused.err);
}
