//! Exports and the other commands.

use crate::fixture::trainer::Trainer;

#[test]
fn tables_have_the_promised_columns_and_line_ends() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    trainer.review(|_| "A".into());
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
        let said = trainer.run(&["export", table]);
        assert_eq!(said.out.split("\r\n").next(), Some(columns), "{table}");
        assert!(said.out.ends_with("\r\n") && (said.out.lines().count() > 1 || table == "calibration"), "{table}");
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    assert_eq!(trainer.run(&["export", "cards", "-o", "cards.csv"]).code, 0);
    let file = std::fs::read_to_string(trainer.folder().join("cards.csv")).expect("the file");
    assert_eq!(file, trainer.run(&["export", "cards"]).out);
    let said = trainer.run(&["export", "cards", "-o", "absent/cards.csv"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("cannot be written"), "{}", said.err);
}

#[test]
fn settings_outside_their_range_change_nothing() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let before = trainer.run(&["deck", "show", "MLOps"]).out;
    for (pair, message) in [
        ("desired-retention=1", "it takes a number from 0.70 to 0.99"),
        ("new-per-day=-1", "it takes a whole number from 0 to 9999"),
        ("reviews-per-dya=3", "did you mean `reviews-per-day`?"),
    ] {
        let said = trainer.run(&["deck", "set", "MLOps", pair]);
        assert_eq!(said.code, 1, "{pair}");
        assert!(said.err.contains(message), "{}", said.err);
    }
    assert_eq!(trainer.run(&["deck", "show", "MLOps"]).out, before);
    assert_eq!(trainer.run(&["deck", "set", "MLOps", "desired-retention=0.85", "prior-knowledge=0.5"]).code, 0);
    assert!(trainer.run(&["deck", "show", "MLOps"]).out.contains("0.85"));
    trainer.is_sound();
}

#[test]
fn an_empty_database_has_the_right_words() {
    let trainer = Trainer::new();
    assert!(trainer.run(&[]).out.contains("Begin with a bank of your own"));
    assert_eq!(trainer.run(&["export", "stats"]).out.lines().count(), 1);
    assert_eq!(trainer.run(&["review", "nowhere"]).code, 1);
    assert_eq!(trainer.run(&["frobnicate"]).code, 2);
    trainer.is_sound();
}

#[test]
fn the_home_page_after_a_session() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    trainer.review(|_| "A".into());
    let home = trainer.run(&[]).out;
    assert!(home.contains("MLOps") && home.contains("Streak: 1 day."), "{home}");
}

#[test]
fn known_answers_of_the_model() {
    let trainer = Trainer::new();
    let said = trainer.run(&["whatif", "--ratings", "1,3,3,3,3,3", "--days", "0,0,1,3,8,21", "--json"]);
    let last: serde_json::Value = serde_json::from_str(said.out.lines().last().expect("a line")).expect("JSON");
    // fsrs-rs `test_memory_state`.
    assert!((last["stability"].as_f64().expect("S") - 53.62691).abs() < 1e-4);
    assert!((last["difficulty"].as_f64().expect("D") - 6.3574867).abs() < 1e-4);
}

#[test]
fn no_cell_runs_as_a_formula_and_all_tables_go_into_a_folder() {
    let trainer = Trainer::new();
    let bank = trainer.file("sums.txt", "-2+3\nWhat is 1 + 1?\n- A. =1+1 *\n- B. 3\n\n=2*3\n- A. 6 *\n- B. 5\n");
    assert_eq!(trainer.run(&["import", &bank, "--deck", "@Sums"]).code, 0);
    let safe = trainer.run(&["export", "cards"]).out;
    assert!(safe.contains(",'@Sums,") && safe.contains(",'=2*3,") && !safe.contains(",=2*3"), "{safe}");
    let raw = trainer.run(&["export", "cards", "--raw"]).out;
    assert!(raw.contains(",@Sums,") && raw.contains(",=2*3,"), "{raw}");
    let folder = trainer.folder().join("tables");
    let said = trainer.run(&["export", "--all", "-o", &folder.display().to_string()]);
    assert_eq!(said.code, 0, "{}", said.err);
    for table in
        ["stats", "cards", "questions", "choices", "reviews", "revlog", "topics", "forecast", "calibration", "decks"]
    {
        let text = std::fs::read_to_string(folder.join(format!("{table}.csv"))).expect("a table");
        assert_eq!(text, trainer.run(&["export", table]).out, "{table}");
    }
    assert_eq!(trainer.run(&["export", "--all"]).code, 2);
    assert_eq!(trainer.run(&["export", "cards", "--all", "-o", "x"]).code, 2);
}

#[test]
fn tables_of_topics_and_tags() {
    let trainer = Trainer::new();
    let bank = trainer.file(
        "nets.txt",
        "# Routing\n\n1. Which finds paths?\nA. OSPF *\nB. SMTP\nTags: exam\n\n# Mail\n\n2. Which sends mail?\nA. SMTP *\nB. OSPF\n",
    );
    assert_eq!(trainer.run(&["import", &bank, "--deck", "Nets"]).code, 0);
    let rows = |args: &[&str]| trainer.run(&[&["export"], args].concat()).out.lines().count() - 1;
    assert_eq!(rows(&["cards", "--topic", "routing"]), 1);
    assert_eq!(rows(&["cards", "--topic", "Routing", "--topic", "Mail"]), 2);
    assert_eq!(rows(&["cards", "--tag", "exam"]), 1);
    assert_eq!(rows(&["topics", "--tag", "exam"]), 1);
    assert!(trainer.run(&["export", "decks", "--topic", "Mail"]).out.contains("Nets,1,1,"));
    let refused = trainer.run(&["export", "cards", "--topic", "Rooting"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("did you mean `Routing`?"), "{}", refused.err);
}
