//! `retain stats` as a person meets it: the whole text, the days and filters, JSON and the report.

use crate::fixture::program::Program;
use crate::fixture::study::{Study, ahead, all_right, all_wrong, pick};
use crate::fixture::views::refusal;
use retain::model::MoveKind;
use retain::session::StatedRating;
use retain::study::{ReviewRequest, StatsRequest};
use serde_json::{Value, json};

/// Everything, up to today.
fn all() -> StatsRequest<'static> {
    StatsRequest::default()
}

/// The answers of these days; an empty text is no limit.
fn days(from: &str, to: &str) -> StatsRequest<'static> {
    let day = |day: &str| (!day.is_empty()).then(|| day.parse().expect("a day"));
    StatsRequest { from: day(from), to: day(to), ..all() }
}

/// The answers to questions of a deck, of topics, with tags.
fn about<'a>(deck: Option<&'a str>, topics: &'a [String], tags: &'a [String]) -> StatsRequest<'a> {
    StatsRequest { deck, topics, tags, ..StatsRequest::default() }
}

/// The words of the dashboard.
#[track_caller]
fn words_of(study: &Study, request: &StatsRequest<'_>) -> String {
    words(study.dashboard(request))
}

/// The words, which always are all of them: no figure may be none of the numbers.
#[track_caller]
fn words(text: String) -> String {
    for odd in ["NaN", "inf", "null", "None", "-0 ", "\u{1b}"] {
        assert!(!text.contains(odd), "{odd} in {text}");
    }
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert_eq!(line, line.trim_end());
    }
    text
}

/// What stands below a heading, up to the next blank line.
fn part<'a>(text: &'a str, heading: &str) -> &'a str {
    let from = text.find(&format!("\n{heading}")).unwrap_or_else(|| panic!("no `{heading}` in {text}")) + 1;
    text[from..].split("\n\n").next().expect("a part")
}

/// Holds that the real program refuses these arguments.
#[track_caller]
fn refused(program: &Program, args: &[&str], code: i32, message: &str) {
    let said = program.run(&[&["stats"], args].concat());
    assert_eq!((said.code, said.out.as_str()), (code, ""), "{args:?}: {}", said.err);
    assert!(said.err.contains(message), "{args:?}: {}", said.err);
}

/// Some days of answers to the bank that ships. On the first day one question is always answered with the same wrong option, each
/// third of a day is rated as a guess, and one answer is too quick to have read.
fn studied() -> Study {
    let study = Study::new();
    study.mlops();
    for (day, at) in ["2026-11-16", "2026-11-17", "2026-11-19", "2026-11-23"].iter().enumerate() {
        study.at(&format!("{at}T{:02}:10:00+01:00", 8 + day));
        // On the third day those that were missed are passed as well, so that they are due on the last.
        let limit = if day == 2 { 20 } else { 12 };
        let mut asked = 0;
        study.open().limited_review(&ahead(20), Some(limit)).answer_all(|question| {
            asked += 1;
            let habit = question.stem.starts_with("Why is continuous integration");
            let reply = if habit && (asked < 12 || day == 2 && asked < 16) {
                pick(question, "It archives outdated models").rated(StatedRating::GoOn)
            } else {
                all_right(question).rated(if asked % 3 == 0 { StatedRating::Guessed } else { StatedRating::GoOn })
            };
            reply.in_ms(if asked == 5 { 300 } else { 6_000 + 500 * asked })
        });
    }
    study
}

/// A bank with two topics and a tag, and one question of each answered.
fn two_topics() -> Study {
    let bank = "# Routing\n\n1. Which finds paths?\nA. OSPF *\nB. SMTP\nTags: exam\n\n# Mail\n\n2. Which sends mail?\nA. SMTP *\nB. OSPF\n";
    let study = Study::new();
    study.bank("Nets", bank);
    study.open().limited_review(&ReviewRequest::default(), Some(4)).answer_all(|question| pick(question, "SMTP"));
    study
}

#[test]
fn the_words_after_some_days() {
    let study = studied();
    insta::assert_snapshot!(words_of(&study, &all()));
    assert!(study.trainer().fit_suggestion().expect("the log").is_none());
}

#[test]
fn where_there_is_nothing_it_says_how_to_begin() {
    let study = Study::new();
    let text = words_of(&study, &all());
    assert!(text.ends_with("\n\nThere are no questions yet: begin with `retain import FILE`.\n"), "{text}");
    let text = words_of(study.mlops(), &all());
    assert!(text.contains("\nNo answers yet: begin with `retain review`.\n"), "{text}");
    assert!(part(&text, "how it goes").ends_with("cards       10 cards, 10 new"), "{text}");
    assert!(text.contains("Nothing is overdue. The next 7 days: 10 new, about "), "{text}");
    for absent in ["retention", "ratings", "the last year", "can the predictions"] {
        assert!(!text.contains(&format!("\n{absent}")), "{absent} in {text}");
    }
    let json = study.figures(&all());
    assert_eq!(json["calibration"]["predicted"], Value::Null);
    assert_eq!(json["activity"]["retention"]["raw"]["share"], Value::Null);
}

#[test]
fn one_answer_is_no_crowd() {
    let study = Study::new();
    let mut desk = study.mlops().open();
    desk.limited_review(&ReviewRequest::default(), Some(1)).answer_all(|question| all_right(question).in_ms(9_000));
    drop(desk);
    let text = words_of(&study, &all());
    let summary = part(&text, "how it goes");
    assert!(summary.contains("today       1 answer, 1 new, 100 % right, "), "{summary}");
    assert!(summary.contains("streak      1 day\n"), "{summary}");
    assert!(
        part(&text, "retention").contains("No card was due for review in these days; the target is 90 %."),
        "{text}"
    );
    assert!(part(&text, "can the predictions be trusted?").contains("no prediction has been\ntested yet"), "{text}");
    assert!(!text.contains(" 1 answers") && !text.contains(" 1 cards") && !text.contains(" 1 days"), "{text}");
}

#[test]
fn what_was_taken_back_counts_nowhere() {
    let study = Study::new();
    let before = words_of(study.mlops(), &all());
    study.open().limited_review(&ReviewRequest::default(), Some(1)).answer_all(all_right);
    assert_eq!(study.figures(&all())["activity"]["today"]["answers"], 1);
    study.undo();
    assert_eq!(words_of(&study, &all()), before);
}

#[test]
fn a_deck_without_due_cards_says_when_they_come() {
    let study = studied();
    let cards = study.table("cards");
    for card in cards.iter().filter(|card| card["due"].as_str().is_some_and(|due| due < "2026-12-24")) {
        let uid = card["card"].as_str().expect("an identity").parse().expect("an identity");
        study.trainer().move_card(uid, MoveKind::Suspend, "by hand").expect("a move");
    }
    let text = words_of(&study, &all());
    assert!(part(&text, "work to come").contains("Nothing is due in these days."), "{text}");
    assert!(part(&text, "how it goes").contains(" suspended"), "{text}");
}

#[test]
fn a_clock_that_went_back_counts_no_answer_that_is_yet_to_come() {
    let study = studied();
    let json = study.at("2026-11-18").figures(&all());
    assert_eq!(json["about"]["today"], "2026-11-18");
    assert_eq!(json["activity"]["today"]["answers"], 0);
    let (log, days) = (study.table("reviews"), ["2026-11-16", "2026-11-17"]);
    let past = log.iter().filter(|row| days.contains(&row["study_day"].as_str().expect("a day"))).count();
    assert_eq!(json["activity"]["period"]["answers"], past);
    words_of(&study, &all());
    let text = words_of(study.at("2020-01-01"), &all());
    assert!(text.contains("today       no answers"), "{text}");
}

#[test]
fn twenty_years_have_room() {
    let study = Study::new();
    let question = |number: usize| format!("Question {number}? {{#q{number}}}\n- A. x *\n- B. y\n\n");
    study.bank("Old", (0..20).map(question).collect::<String>());
    // An answer every third day from 2006 on, to each question in turn.
    let mut history = String::from("card_id,review_time,review_rating,review_state,review_duration\n");
    for number in 0..2_500_u64 {
        let (time, state) = (1_136_106_000_000 + number * 3 * 86_400_000, if number < 20 { 0 } else { 2 });
        let rating = if number % 7 == 3 { 1 } else { 3 };
        history += &format!("q{},{time},{rating},{state},5000\n", number % 20);
    }
    study.history(&history);
    let text = words_of(&study, &days("2006-01-01", ""));
    let answers = part(&text, "answers, 105 days a column: the last 7632 days");
    assert!(
        answers.contains("Jan 2006") && answers.contains("Answers on 2500 of 7632 days, 1 on each of them."),
        "{answers}"
    );
    let json = study.figures(&days("", "2026-11-23"));
    assert_eq!(json["activity"]["period"]["answers"], 2_500);
    assert_eq!(json["about"]["period"]["from"], Value::Null);
    assert_eq!(json["activity"]["days"].as_array().map(Vec::len), Some(7_632));
    // As many days as can be asked for.
    let html = study.page(&days("1926-12-19", ""));
    assert!(html.contains("2,500 answers") && html.len() < 1 << 20, "{} bytes", html.len());
}

#[test]
fn days_choose_what_is_counted() {
    let study = studied();
    let rows = study.table("reviews");
    let count = |from: &str, to: &str| {
        let day = |row: &&Value| (from..=to).contains(&row["study_day"].as_str().expect("a day"));
        rows.iter().filter(day).count() as u64
    };
    let answers = |from: &str, to: &str| {
        let figures = study.figures(&days(from, to));
        figures["activity"]["period"]["answers"].as_u64().expect("a count")
    };
    assert_eq!(answers("", ""), rows.len() as u64);
    assert_eq!(answers("2026-11-17", ""), count("2026-11-17", "2026-11-23"));
    assert_eq!(answers("2026-11-23", ""), count("2026-11-23", "2026-11-23"));
    assert_eq!(answers("2026-11-17", "2026-11-19"), count("2026-11-17", "2026-11-19"));
    assert_eq!(answers("", "2026-11-16"), count("2026-11-16", "2026-11-16"));
    assert_eq!(answers("", "2030-01-01"), rows.len() as u64);
    let text = words_of(&study, &days("2026-11-17", ""));
    assert!(text.contains("What was done: the last 7 days. Cards as they are today."), "{text}");
    // Days before the first answer.
    let text = words_of(&study, &days("", "2026-11-01"));
    assert!(part(&text, "answers a day").contains("No answers in these days"), "{text}");
}

#[test]
fn arguments_choose_what_is_counted() {
    let (studied, nets) = (studied(), two_topics());
    let says = |study: &Study, args: &[&str]| study.program().json(&[&["stats", "--json"], args].concat()).remove(0);
    let (topics, tags) = (["Routing".into(), "Mail".into()], ["exam".into()]);
    for (args, request) in [
        (&[][..], all()),
        (&["--days", "7"], days("2026-11-17", "")),
        (&["--days", "1"], days("2026-11-23", "")),
        (&["--days", "36500"], days("1926-12-19", "")),
        (&["--from", "2026-11-17", "--to", "2026-11-19"], days("2026-11-17", "2026-11-19")),
    ] {
        assert_eq!(says(&studied, args), studied.figures(&request), "{args:?}");
    }
    for (args, request) in [
        (&["nets", "--topic", "routing"][..], StatsRequest { deck: Some("nets"), topics: &topics[..1], ..all() }),
        (&["--topic", "Routing", "--topic", "Mail"], StatsRequest { topics: &topics, ..all() }),
        (&["--tag", "exam"], StatsRequest { tags: &tags, ..all() }),
    ] {
        assert_eq!(says(&nets, args), nets.figures(&request), "{args:?}");
    }
}

#[test]
fn days_that_make_no_sense_are_refused() {
    let program = studied().program();
    refused(
        &program,
        &["--from", "2026-11-19", "--to", "2026-11-16"],
        1,
        "error: the last day 2026-11-16 is before the first day 2026-11-19\nhint: give `--from` the earlier day and `--to` the later one\n",
    );
    refused(
        &program,
        &["--from", "2026-12-01"],
        1,
        "error: the first day 2026-12-01 is in the future: today is 2026-11-23\nhint: `retain export forecast` has the days ahead\n",
    );
    refused(&program, &["--days", "0"], 2, "write days from 1 to 36500");
    for day in ["yesterday", "2026-02-30", "2026-11"] {
        refused(&program, &["--to", day], 2, "there is no such day: days are written as 2026-11-23");
    }
    refused(&program, &["--days", "7", "--from", "2026-11-19"], 2, "cannot be used with");
}

#[test]
fn topics_tags_and_decks_choose_what_is_counted() {
    let study = two_topics();
    let [routing, lower, mail, slip] = ["Routing", "routing", "Mail", "Rooting"].map(str::to_owned);
    let text = words_of(&study, &about(Some("nets"), &[lower], &[]));
    assert!(text.contains("only topics: Routing\n") && text.contains("1 card"), "{text}");
    let figures = |topics: &[String], tags: &[String]| {
        let json = study.figures(&about(None, topics, tags));
        (json["activity"]["period"]["answers"].as_u64().expect("a count"), json["cards"]["cards"].clone())
    };
    let (of_routing, of_mail) =
        (figures(std::slice::from_ref(&routing), &[]), figures(std::slice::from_ref(&mail), &[]));
    let all = figures(&[], &[]).0;
    assert_eq!(of_routing.0 + of_mail.0, all);
    assert_eq!(figures(&[routing, mail], &[]), (all, json!(2)));
    assert_eq!(figures(&[], &["exam".into()]), of_routing);
    let refused =
        |deck, topics: &[String], tags: &[String]| refusal(study.trainer().overview(&about(deck, topics, tags)));
    assert_eq!(
        refused(None, &[slip], &[]),
        "error: no question has the topic `Rooting`\nhint: did you mean `Routing`?\n"
    );
    assert_eq!(
        refused(None, &[], &["exams".into()]),
        "error: no question has the tag `exams`\nhint: did you mean `exam`?\n"
    );
    assert_eq!(refused(Some("Nats"), &[], &[]), "error: no deck is called `Nats`\nhint: did you mean `Nets`?\n");
    let law = refused(Some("Law"), &[], &[]);
    assert!(law.contains("hint: `retain deck list` shows all decks\n"), "{law}");
}

#[test]
fn json_and_the_report_have_the_figures_of_the_text() {
    let study = studied();
    let (text, json) = (words_of(&study, &all()), study.figures(&all()));
    let html = study.page(&all()).replace('\u{a0}', " ");
    let whole = |value: &Value| format!("{:.0}", value.as_f64().expect("a share") * 100.0);

    let period = &json["activity"]["period"];
    let answers = format!("{} answers", period["answers"]);
    assert!(part(&text, "how it goes").contains(&format!("30 days     {answers}, ")), "{text}");
    assert!(html.contains(&format!("<p>{answers}, {} % right", whole(&period["accuracy"]))));

    let raw = &json["activity"]["retention"]["raw"];
    let (kept, due) = (&raw["part"], &raw["whole"]);
    assert!(
        part(&text, "retention").replace('\n', " ").contains(&format!("{kept} of {due} reviews were not rated again")),
        "{text}"
    );
    assert!(
        html.contains(&format!("Of {due} answers to cards that were due, {} % were not rated", whole(&raw["share"])))
    );

    let retention = &json["activity"]["retention"];
    assert_eq!((&retention["verdict"], &retention["guess"]), (&"too-few".into(), &0.2.into()));
    // Both of two were right: 0.3424–1 after Wilson; (0.3424 − 0.2) / 0.8, and so on. One of them was called a guess.
    assert_eq!((&retention["right"]["part"], &raw["part"]), (&2.into(), &1.into()));
    assert_eq!(
        (&retention["corrected_low_95"], &retention["corrected"], &retention["corrected_high_95"]),
        (&0.178.into(), &1.0.into(), &1.0.into())
    );
    let verdict = "Too few reviews to say whether recall is on target: without the luck of guessing, ";
    assert!(part(&text, "retention").replace('\n', " ").contains(verdict) && html.contains(verdict), "{text}");

    let score = &json["cards"]["score"];
    let (mean, low, high) = (whole(&score["mean"]), whole(&score["low_90"]), whole(&score["high_90"]));
    assert!(part(&text, "expected score").contains(&format!("{mean} %  {low}–{high} %")), "{text}");
    assert!(html.contains(&format!("<dd>{mean} %</dd><dd class=\"says\">90 % interval {low}–{high} %")));

    let confusion = &json["items"]["confusions"][0];
    assert_eq!(confusion["wrong"]["text"], "It archives outdated models");
    let (times, of) = (&confusion["times"], &confusion["answers"]);
    assert!(
        part(&text, "what gets confused").contains(&format!("picked {times} of {of} times C. It archives")),
        "{text}"
    );
    assert!(html.contains(&format!(">{times} of {of}</td>")));

    let calibration = &json["calibration"];
    let tested = format!("Of {} answers, ", calibration["answers"]);
    assert!(part(&text, "can the predictions be trusted?").contains(&tested), "{text}");
    assert!(html.contains(&tested));
}

#[test]
fn the_report_is_one_file_that_asks_for_nothing() {
    let html = studied().page(&all());
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
    for part in ["<script", "http:", "https:", "src=", "url(", "@import", "NaN", "null"] {
        assert!(!html.contains(part), "{part}");
    }
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let study = studied();
    let program = study.program();
    program.file("report.html", "what was there");
    refused(
        &program,
        &["--html", "absent/report.html"],
        1,
        "there is no folder absent\nhint: make the folder, or name another file\n",
    );
    refused(&program, &["--html", "."], 1, "error: .: this is a folder\nhint: name a file\n");
    refused(&program, &["--html", "report.html", "--force", "--topic", "nothing"], 1, "no question has the topic");
    refused(&program, &["--html", "report.html", "--json"], 2, "cannot be used with");
    let read = || std::fs::read_to_string(program.folder().join("report.html")).expect("the report");
    assert_eq!(read(), "what was there", "a report that failed leaves the file alone");
    for (quiet, words) in [(&["-q", "--force"][..], ""), (&[], "wrote report.html\n")] {
        let said = program.run(&[&["stats", "--html", "report.html"], quiet].concat());
        assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", words));
        assert_eq!(read(), study.page(&all()));
    }
    let left = std::fs::read_dir(program.folder()).expect("the folder").flatten();
    assert!(left.map(|file| file.file_name()).all(|name| !name.to_string_lossy().starts_with(".retain-")));
}

#[test]
fn colour_is_for_terminals_and_a_reader_may_go_away() {
    let study = studied();
    let (program, plain) = (study.program(), words_of(&study, &all()));
    let said = program.ok(&["stats"]);
    assert_eq!((said.out.as_str(), said.err.as_str()), (plain.as_str(), ""));
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "xterm-256color")] {
        let output = program.command(&["stats"]).env(name, value).output().expect("the program runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), plain, "{name}");
    }
    assert_eq!(program.ok(&["stats", "--no-color"]).out, plain);
    let mut child = program
        .command(&["stats"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn the_first_evening_promises_nothing_that_the_day_of_the_answers_says() {
    let study = Study::new();
    let score = |study: &Study| study.figures(&all())["cards"]["score"].clone();
    assert_eq!(score(study.mlops()), Value::Null, "nothing was answered");
    assert!(words_of(&study, &all()).contains("Too few answers to say anything yet"));
    // All ten are wrong. Tomorrow some of what was read after the answers will be left, and by far not all of it.
    study.open().limited_review(&ReviewRequest::default(), Some(10)).answer_all(all_wrong);
    let tomorrow = score(&study);
    assert_eq!(tomorrow["date"], "2026-11-24");
    assert!(tomorrow["mean"].as_f64() < Some(0.9) && tomorrow["low_90"].as_f64() < Some(0.75), "{tomorrow}");
    // Who flies west, or sets the clock back, is told the same.
    let west = score(study.at("2026-11-22T20:00:00+01:00"));
    assert!(west["mean"].as_f64() < Some(0.9), "{west}");
    for table in ["topics", "decks"] {
        for row in study.table(table) {
            assert_eq!(row["score_day"], "2026-11-23", "{row}");
            assert!(row["expected_score"].as_f64().expect("a score") < 0.95, "{row}");
        }
    }
}
