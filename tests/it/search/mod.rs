//! Searching: words, filters, odd input, and an index that follows what happens to questions.

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_wrong};
use crate::fixture::views::{plain, refusal};
use retain::model::MoveKind;
use retain::study::{Remedy, SearchFindings, unwatched};
use retain::ui::card_table::{self, ListView};
use retain::ui::paint::Paint;

const BANK: &str = "\
# Planets
1. Which planet is red?
A. Venus
B. Mars *
Explanation: The café opens on Monday, über all.

2. Which is the largest planet?
A. Jupiter *
B. Mercury
Tags: big

# Other things
3. 我在中国学中文吗？
A. 是 *
B. 不

4. What does C++ add to C? 🎉
A. classes *
B. nothing; don't ask
";
const RED: &str = "Which planet is red?";
const LARGEST: &str = "Which is the largest planet?";
const CHINESE: &str = "我在中国学中文吗？";
const CLASSES: &str = "What does C++ add to C? 🎉";

fn study() -> Study {
    let study = Study::new();
    study.bank("Things", BANK);
    study
}

fn search(study: &Study, words: &str) -> SearchFindings {
    study.trainer().search(words, 50, &mut unwatched).unwrap_or_else(|error| panic!("{words}: {error}"))
}

/// The stems that a search finds, in the order of the bank.
fn stems(study: &Study, words: &str) -> Vec<String> {
    let mut stems: Vec<String> = search(study, words).cards.into_iter().map(|card| card.stem).collect();
    stems.sort_by_key(|stem| [RED, LARGEST, CHINESE, CLASSES].iter().position(|other| other == stem));
    stems
}

fn refused(study: &Study, words: &str) -> String {
    refusal(study.trainer().search(words, 50, &mut unwatched))
}

#[test]
fn words_are_found_in_all_that_a_question_says() {
    let study = study();
    for (words, expected) in [
        ("planet", &[RED, LARGEST][..]),
        ("plane", &[]),
        ("plan*", &[RED, LARGEST]),
        ("red planet", &[RED]),
        ("planet red", &[RED]),
        ("\"is red\"", &[RED]),
        ("\"red is\"", &[]),
        ("\"is re\"*", &[RED]),
        ("jupiter", &[LARGEST]),
        ("monday", &[RED]),
        ("CAFE", &[RED]),
        ("Uber", &[RED]),
        ("big", &[LARGEST]),
        ("planets", &[RED, LARGEST]),
        ("planet -red", &[LARGEST]),
        ("-planet", &[CHINESE, CLASSES]),
        ("-planet -c", &[CHINESE]),
        ("mars OR jupiter", &[RED, LARGEST]),
        ("planet mercury OR venus", &[RED, LARGEST]),
        ("don't", &[CLASSES]),
        ("don’t", &[CLASSES]),
    ] {
        assert_eq!(stems(&study, words), expected, "{words}");
    }
}

#[test]
fn words_are_found_in_capitals_and_without_the_marks_of_their_script() {
    let study = Study::new();
    let stems_of = [
        "Τι είναι ο λόγος;",
        "Где растёт ёлка?",
        "ما هو الكِتَابُ؟",
        "מה זה שָׁלוֹם?",
        "Gdzie leży Łódź?",
        "Tiếng Việt là gì?",
        "कौन सी हिन्दी?",
        "Où est l’œuvre?",
    ];
    let bank: String = stems_of.iter().map(|stem| format!("{stem}\n- A. x *\n- B. y\n\n")).collect();
    study.bank("Words", bank);
    for (words, expected) in [
        ("ΛΟΓΟΣ", 0),
        ("λογος", 0),
        ("λόγ*", 0),
        ("ЕЛКА", 1),
        ("растет", 1),
        ("الكتاب", 2),
        ("الكِتاب", 2),
        ("שלום", 3),
        ("LEZY", 4),
        ("lodz", 4),
        ("tieng viet", 5),
        ("हिन्दी", 6),
        ("oeuvre", 7),
        ("ŒUVRE", 7),
    ] {
        let found: Vec<String> = search(&study, words).cards.into_iter().map(|card| card.stem).collect();
        assert_eq!(found, [stems_of[expected]], "{words}");
    }
}

#[test]
fn scripts_without_blanks_and_signs_are_found() {
    let study = study();
    for (words, expected) in [
        ("中", &[CHINESE][..]),
        ("中文", &[CHINESE]),
        ("文中", &[]),
        ("在中国", &[CHINESE]),
        ("是", &[CHINESE]),
        ("中*", &[CHINESE]),
        ("C++", &[CLASSES]),
        ("c", &[CLASSES]),
        ("🎉", &[CLASSES]),
        ("😀", &[]),
    ] {
        assert_eq!(stems(&study, words), expected, "{words}");
    }
}

#[test]
fn filters_narrow_and_can_be_turned_around() {
    let study = study();
    let uid = study.card(LARGEST)["card"].as_str().expect("a card").parse().expect("an identity");
    study.trainer().move_card(uid, MoveKind::Suspend, "by hand").expect("a move");
    study.trainer().flag_card(uid, Some("")).expect("a flag");
    study.bank("Things::Drafts", "1. Which draft is it?\nA. this\nB. that\n\n2. Which one?\nA. a *\nB. b\n");
    for (words, expected) in [
        ("deck:things planet", 2),
        ("deck:\"Things::Drafts\"", 2),
        ("deck:thi* -deck:Things::Drafts", 4),
        ("topic:planets", 2),
        ("topic:\"OTHER things\"", 2),
        ("topic:o*", 2),
        ("tag:BIG", 1),
        ("-tag:big planet", 1),
        ("is:suspended", 1),
        ("is:flagged", 1),
        ("-is:flagged", 5),
        ("is:draft", 1),
        ("is:new", 5),
        ("is:new -is:suspended", 4),
        ("is:learning", 0),
        ("is:review", 0),
        ("is:buried", 0),
        ("is:due", 0),
        ("is:leech", 0),
        ("due:<7", 0),
        // The other word of an `OR` was not written yet.
        ("planet OR", 2),
    ] {
        assert_eq!(search(&study, words).cards.len(), expected, "{words}");
    }
    for (words, why) in [
        ("deck:", "`deck:` says nothing\nhint: write `deck:Networks`"),
        ("deck:Thinks", "did you mean `Things`?"),
        ("topic:planes", "did you mean `topic:Planets`?"),
        ("tag:xyz", "no tag is called `xyz`"),
        ("is:leach", "did you mean `is:leech`?"),
        ("is:", "`is:` says nothing"),
        ("due:<x", "`due:<x` is not a number of days"),
        ("due:99999999999", "is not a number of days"),
        ("is:new OR planet", "`OR` joins words and phrases, not filters"),
        ("planet OR -red", "`OR` joins words"),
    ] {
        let refused = refused(&study, words);
        assert!(refused.contains(why), "{words}: {refused}");
    }
}

#[test]
fn cards_are_found_by_when_they_come_back() {
    let study = study();
    study.deck_settings("Things", "learning-steps=none leech-threshold=2 relearning-steps=none");
    study.review(all_wrong);
    let found = |words: &str| search(&study, words).cards.len();
    assert_eq!(
        [found("is:review"), found("is:new"), found("due:<400"), found("due:0"), found("is:due")],
        [4, 0, 4, 0, 0]
    );
    let due: chrono::NaiveDate = study.due(RED).parse().expect("a day");
    let days = (due - "2026-11-23".parse::<chrono::NaiveDate>().expect("a day")).num_days();
    let is_red = |words: &str| stems(&study, words).contains(&RED.to_owned());
    assert!(is_red(&format!("due:{days}")) && is_red(&format!("due:<={days}")) && is_red(&format!("due:>={days}")));
    assert!(!is_red(&format!("due:<{days}")) && !is_red(&format!("due:>{days}")));
    study.at(&due.to_string());
    assert!(is_red("is:due") && is_red("due:today") && is_red("due:0") && !is_red("due:overdue"));
    study.at(&(due + chrono::Days::new(2)).to_string());
    assert!(is_red("due:overdue") && is_red("due:<1"));
}

#[test]
fn odd_searches_find_or_refuse_and_break_nothing() {
    let study = study();
    let long = "planet ".repeat(280);
    for words in ["", " ", "*", "***", "- --", "\"", "\"\"", "…", "\u{0}"] {
        assert!(refused(&study, words).contains("there is nothing to look for"), "{words}");
    }
    assert!(refused(&study, &long).contains("280 words are too many"));
    let expected = [
        ("\"is red", 1),
        ("planet\"", 2),
        ("OR", 0),
        ("planet OR", 2),
        ("OR OR OR", 0),
        ("AND", 0),
        ("NOT planet", 0),
        ("NEAR(planet red)", 0),
        ("stem:planet", 0),
        ("stem : planet", 0),
        ("^which", 0),
        ("{stem}: planet", 0),
        ("planet) OR (x", 2),
        ("'; drop table card; --", 0),
        ("＂ OR planet", 2),
        ("planet\u{0}red", 0),
        ("a:b", 0),
        ("12:30", 0),
        ("--planet", 2),
    ];
    let found = expected.map(|(words, _)| {
        let found = study.trainer().search(words, 50, &mut unwatched).map(|found| found.cards.len());
        (words, found.unwrap_or_else(|error| panic!("{words}: {error}")))
    });
    assert_eq!(found, expected);
    assert!(search(&study, &"a".repeat(2_000)).cards.is_empty());
    assert!(search(&study, &"中".repeat(2_000)).cards.is_empty());
    study.is_sound();
}

#[test]
fn the_index_follows_edits_imports_undos_and_tags() {
    let study = study();
    let count = |words: &str| search(&study, words).cards.len();
    assert_eq!(count("planet"), 2);
    study.bank("Things", BANK.replace("Jupiter", "Neptune").replace("Tags: big", "Tags: huge"));
    assert_eq!([count("jupiter"), count("neptune"), count("big"), count("huge")], [0, 1, 0, 1]);
    study.undo();
    assert_eq!([count("jupiter"), count("neptune"), count("big"), count("huge")], [1, 0, 1, 0]);
    study.bank("More", "1. Which moon is near?\nA. Luna *\nB. Europa\n");
    assert_eq!(count("moon"), 1);
    study.undo();
    assert_eq!(count("moon"), 0);
    // The numbers of questions are given again.
    study.bank("Other", "1. Which star is near?\nA. Sol *\nB. Vega\n");
    assert_eq!([count("moon"), count("star")], [0, 1]);
    let uid = study.card(RED)["card"].as_str().expect("a card").parse().expect("an identity");
    let text = study.trainer().question_text(uid).expect("a text").replace("red", "rusty");
    study.trainer().edit_question(uid, None, &text).expect("an edit").expect("a question");
    assert_eq!([count("red"), count("rusty")], [0, 1]);
    study.undo();
    assert_eq!([count("red"), count("rusty")], [1, 0]);
    study.is_sound().rebuild().is_sound();
    assert_eq!([count("red"), count("star"), count("中文")], [1, 1, 1]);
}

#[test]
fn a_check_finds_a_wrong_index_and_a_rebuild_remakes_it() {
    let study = study();
    assert_eq!(search(&study, "planet").cards.len(), 2);
    let database = rusqlite::Connection::open(study.db()).expect("a database");
    database.execute_batch("delete from search where rowid = 1").expect("a row less");
    drop(database);
    let health = study.trainer().check().expect("a check");
    let found: Vec<_> = health.problems.iter().map(|problem| (problem.what.as_str(), problem.remedy)).collect();
    assert_eq!(found, [("the search index has 1 question wrongly", Remedy::Mend)]);
    study.rebuild().is_sound();
    assert_eq!(search(&study, "planet").cards.len(), 2);
}

#[test]
fn a_search_is_shown_within_the_width_and_what_was_found_stands_out() {
    let study = study();
    let long = format!("{} zebra?", "What is the name of this ".repeat(6));
    study.bank("A deck with a long name::Within it", format!("1. {long}\nA. a *\nB. b\n"));
    let trainer = study.trainer();
    let today = trainer.present().expect("the present").today;
    for width in [20, 40, 60, 80, 120, 200] {
        for words in ["planet", "zebra", "中文", "is:new"] {
            let found = search(&study, words);
            let view = ListView { now: study.now(), today, width, paint: plain(), sought: &found.sought };
            let text = card_table::found_text(&found.cards, view);
            let widest = text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0);
            assert!(widest <= width.max(40), "{widest} at {width}:\n{text}");
        }
    }
    let found = search(&study, "zebra");
    let view = ListView { now: study.now(), today, width: 80, paint: Paint::new(true), sought: &found.sought };
    let text = card_table::found_text(&found.cards, view);
    assert!(text.contains("…") && text.contains("\u{1b}[1mzebra\u{1b}[0m"), "{text}");
}

#[test]
fn the_command_says_what_it_found() {
    let study = study();
    let program: Program = study.program();
    let found = program.ok(&["search", "red", "planet"]);
    assert!(found.out.starts_with(" #  card      deck › topic") && found.out.contains(RED), "{}", found.out);
    assert_eq!(found.err, "1 card\n");
    let none = program.ok(&["search", "plane"]);
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", "no cards match\nhint: `plane*` finds 2 cards\n"));
    let some = program.ok(&["search", "--limit", "1", "planet"]);
    assert_eq!(some.err, "1 of 2 cards; `--limit 2` shows all\n");
    let lines = program.json(&["search", "--json", "deck:Things", "-planet"]);
    assert_eq!(lines.iter().map(|line| line["stem"].as_str()).collect::<Vec<_>>(), [Some(CHINESE), Some(CLASSES)]);
    assert_eq!((&lines[0]["state"], &lines[0]["deck"]), (&"new".into(), &"Things".into()));
    // The shell takes quotation marks away: an argument with a blank is a phrase among others.
    assert_eq!(program.json(&["search", "--json", "is red", "planet"]).len(), 1);
    assert_eq!(program.run(&["search"]).code, 2);
    assert_eq!(program.run(&["search", "--limit", "0", "x"]).code, 2);
    assert_eq!(program.run(&["search", "*"]).code, 1);
}

#[cfg(unix)]
#[test]
fn a_database_that_cannot_be_written_is_searched_all_the_same() {
    let study = study();
    let mut permissions = std::fs::metadata(study.db()).expect("a file").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(study.db(), permissions).expect("read-only");
    assert_eq!(stems(&study, "planet"), [RED, LARGEST]);
    assert_eq!(stems(&study, "中文"), [CHINESE]);
}
