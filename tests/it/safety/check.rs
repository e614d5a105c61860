//! What a check finds, what `--mend` puts right, and what is left to a backup.

use std::fs;

use retain::model::card_uid;
use retain::study::Remedy;
use rusqlite::Connection;
use uuid::Uuid;

use crate::fixture::program::Program;
use crate::fixture::study::Study;
use crate::fixture::study::all_right;

const BANK: &str = "One?\n- A. a *\n- B. b\n\nTwo?\n- A. c *\n- B. d\n";

/// Three days of answers, and it is the day after.
fn study() -> Study {
    let study = Study::new();
    study.bank("bank", BANK).days(3, all_right);
    study.is_sound();
    study
}

/// Does something to the database behind the back of the program.
fn behind(study: &Study, sql: &str) {
    Connection::open(study.db()).and_then(|database| database.execute_batch(sql)).expect(sql);
}

fn found(study: &Study) -> Vec<(String, Remedy)> {
    let health = study.trainer().check().expect("a check");
    health.problems.into_iter().map(|problem| (problem.what, problem.remedy)).collect()
}

fn mend(study: &Study) -> Vec<String> {
    study.trainer().mend(&mut retain::study::unwatched).expect("what needs no guess").done
}

/// Does something that the guards of the log forbid.
fn unguarded(study: &Study, sql: &str) {
    let database = Connection::open(study.db()).expect("the database");
    let guards: Vec<(String, String)> = database
        .prepare(
            "select name, sql from sqlite_schema where type = 'trigger' and tbl_name in ('review', 'move', 'undo', 'deed', 'deed_row')",
        )
        .and_then(|mut guards| guards.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .expect("the guards");
    for (name, _) in &guards {
        database.execute_batch(&format!("drop trigger {name}")).expect("a guard");
    }
    database.execute_batch(sql).expect(sql);
    for (_, guard) in &guards {
        database.execute_batch(guard).expect("a guard");
    }
}

#[test]
fn an_answer_that_was_removed_is_told_from_a_lost_cache() {
    let study = study();
    unguarded(&study, "delete from review where id = (select min(id) from review)");
    let problems = found(&study);
    assert_eq!(
        problems[0],
        ("the answers of 2026-11-23 are not those that were given: there were 4, now there are 3".into(), Remedy::Seal)
    );
    assert!(
        problems[1..].iter().all(|(what, remedy)| what.starts_with("card ") && *remedy == Remedy::Undecided),
        "{problems:?}"
    );
    assert!(problems.len() > 1);
    assert_eq!(mend(&study), Vec::<String>::new(), "nothing is rebuilt from a log that lost an answer");
}

#[test]
fn an_answer_that_was_changed_is_found() {
    let study = study();
    unguarded(&study, "update review set took_ms = took_ms + 1 where id = (select min(id) from review)");
    assert_eq!(found(&study), [("the answers of 2026-11-23 were changed since they were given".into(), Remedy::Seal)]);
    study.trainer().accept_log(&mut retain::study::unwatched).expect("a seal");
    study.is_sound();
}

#[test]
fn a_seal_that_was_removed_makes_no_other_day_wrong() {
    let study = Study::new();
    study.bank("bank", BANK).settings("new-per-day=1").days(6, all_right);
    study.is_sound();
    behind(&study, "delete from log_seal where day = (select min(day) from log_seal where device = 0)");
    let words: Vec<String> = found(&study).into_iter().map(|(what, _)| what).collect();
    assert_eq!(words, ["the answers of 2026-11-23 have no seal any more"]);
    unguarded(&study, "update review set took_ms = took_ms + 1 where id = (select min(id) from review)");
    let words: Vec<String> = found(&study).into_iter().map(|(what, _)| what).collect();
    assert!(
        words.iter().any(|what| what == "the answers of 2026-11-24 were changed since they were given"),
        "{words:?}"
    );
}

#[test]
fn an_answer_of_today_that_was_removed_is_missed_by_the_schedule() {
    let study = Study::new();
    study.bank("bank", BANK).review(all_right);
    unguarded(&study, "delete from review where id = (select max(id) from review)");
    let problems = found(&study);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].0.ends_with("its schedule does not agree with its answers (the last of them is missing)"),
        "{problems:?}"
    );
    assert_eq!(problems[0].1, Remedy::Undecided);
    assert_eq!(mend(&study), Vec::<String>::new());
}

#[test]
fn an_answer_of_today_that_was_changed_is_not_made_the_truth() {
    for sql in [
        "update review set rating = 1, right = 0 where id = (select max(id) from review)",
        "update review set rating = 4 where id = (select max(id) from review)",
        "update review set due_day = due_day + 9, due_ms = due_ms + 90000000 where id = (select max(id) from review)",
        "delete from undo",
        "insert into undo (id, review, at_ms, day, offset_minutes, device)
         select cast(x'03' || substr(id, 2) as blob), id, at_ms, day, offset_minutes, device from review
         where id = (select min(id) from review)",
    ] {
        let study = Study::new();
        study.bank("bank", BANK).settings("fuzz=off").review(all_right);
        study.undo();
        study.review(all_right);
        study.is_sound();
        unguarded(&study, sql);
        let problems = found(&study);
        let schedule = problems.iter().find(|(what, _)| what.contains("does not agree with its answers"));
        assert_eq!(schedule.map(|(_, remedy)| *remedy), Some(Remedy::Undecided), "{sql}: {problems:?}");
        assert_eq!(mend(&study), Vec::<String>::new(), "{sql}");
    }
}

#[test]
fn deeds_without_what_they_did_are_missed() {
    let study = Study::new();
    study.bank("bank", BANK);
    let program = study.program();
    program.ok(&["deck", "rename", "bank", "Sea"]);
    super::condemned::unguarded(&program.db(), "delete from deed_row");
    let said = program.run(&["undo", "--yes"]);
    assert!(said.code == 1 && said.err.contains("what this undo needs is no longer in the database"), "{}", said.err);
    assert!(program.ok(&["deck", "list"]).out.contains("Sea"));
    let said = program.run(&["check"]);
    assert!(said.code == 1 && said.err.contains("1 row that `retain undo` needs is not as this"), "{}", said.err);
    program.ok(&["check", "--mend"]);
    program.is_sound();
    let kind = "update deed set kind = 'banana' where id = (select min(id) from deed)";
    super::condemned::unguarded(&program.db(), kind);
    let said = program.run(&["check"]);
    assert!(said.code == 1 && said.err.contains("1 row of `deed` says what no version"), "{}", said.err);
    assert!(said.err.contains("only a backup puts this right"), "{}", said.err);
}

#[test]
fn an_answer_after_a_changed_date_makes_it_no_truth() {
    for days in [-5, 3, 900] {
        let study = study();
        let sql = format!(
            "update review set at_ms = at_ms + 86400000 * {days}, day = day + {days}
             where id = (select id from review order by id desc limit 1 offset 1)"
        );
        unguarded(&study, &sql);
        let before = found(&study);
        assert!(before.iter().any(|(_, remedy)| *remedy == Remedy::Misdated), "{days}: {before:?}");
        study.review(all_right);
        let after = found(&study);
        assert!(after.iter().any(|(_, remedy)| *remedy == Remedy::Misdated), "{days}: {after:?}");
        assert!(after.iter().all(|(_, remedy)| *remedy != Remedy::Mend), "{days}: {after:?}");
        assert_eq!(mend(&study), Vec::<String>::new(), "{days}");
    }
}

#[test]
fn a_lost_cache_is_made_again() {
    let study = study();
    let before = study.table("cards");
    behind(
        &study,
        "update memory set stability = stability * 2 where card = 1; delete from memory where card = 2; delete from load",
    );
    let problems = found(&study);
    assert!(problems.len() >= 3 && problems.iter().all(|(_, remedy)| *remedy == Remedy::Mend), "{problems:?}");
    let answers = study.table("reviews").len();
    let schedule = format!("the schedule of 2 cards was made again; the log has {answers} answers, as before");
    assert_eq!(mend(&study), [schedule.as_str(), "the search index was made again"]);
    study.is_sound();
    assert_eq!(study.table("cards"), before);
}

#[test]
fn questions_that_cannot_be_asked_or_answered_are_found() {
    let study = study();
    // Questions of these identities, and the cards that follow from two of them.
    let uids: [Uuid; 3] = std::array::from_fn(|number| Uuid::from_u128(100 + number as u128));
    let [a, b, c] = uids.map(|uid| uid.simple().to_string());
    let cards = [1, 2].map(|number| {
        format!(
            "insert into card (uid, question, ordinal) values (x'{}', {}, 0);",
            card_uid(uids[number], 0).simple(),
            100 + number
        )
    });
    behind(
        &study,
        &format!(
            "insert into question (id, uid, deck, kind, stem, key_origin, choices) values
             (100, x'{a}', 1, 3, 'Never asked?', 0, '[{{\"text\":\"7\",\"right\":true}}]'),
             (101, x'{b}', 1, 0, 'No key?', 0, '[{{\"text\":\"a\"}},{{\"text\":\"b\"}}]'),
             (102, x'{c}', 1, 0, 'No JSON?', 0, 'x'); {}",
            cards.concat()
        ),
    );
    let problems = found(&study);
    let about = |what: &str| problems.iter().find(|(found, _)| found == what).map(|(_, remedy)| *remedy);
    assert_eq!(about("the question “Never asked?” has no card, so it is never asked"), Some(Remedy::Mend));
    assert_eq!(about("the question “No key?” has no right option"), Some(Remedy::Backup));
    assert_eq!(about("the question “No JSON?” has options that cannot be read"), Some(Remedy::Backup));
    let done = mend(&study);
    assert_eq!(done[0], "1 question got the card that was missing");
    assert!(found(&study).iter().all(|(_, remedy)| *remedy == Remedy::Backup));
}

#[test]
fn texts_and_numbers_that_nothing_can_have_are_found() {
    let study = study();
    behind(
        &study,
        "update question set explanation = cast(x'c3ff' as text) where id = 1; update memory set difficulty = 99 where card = 1",
    );
    unguarded(&study, "update review set at_ms = -5, day = 0 where id = (select max(id) from review)");
    let words: Vec<String> = found(&study).into_iter().map(|(what, _)| what).collect();
    for said in [
        "`explanation` of 1 row of `question` is no text (not UTF-8)",
        "1 row of `memory` has a difficulty that no card has",
        "1 row of `review` has a time that no calendar has",
    ] {
        assert!(words.iter().any(|what| what == said), "{said}: {words:?}");
    }
}

#[test]
fn pictures_that_are_missing_or_altered_are_found() {
    let mut program = Program::new();
    program.file("map.png", b"\x89PNG one");
    program.file("plan.png", b"\x89PNG two");
    program.file(
        "bank.md",
        "#### Q1. Where? ![map](map.png)

- [x] here
- [ ] there

#### Q2. When? ![plan](plan.png)

- [x] now
- [ ] then
",
    );
    program.ok(&["import", "bank.md"]);
    program.at("2026-11-24T08:00:00+01:00").is_sound();
    let media = program.db().with_file_name("media");
    let mut files: Vec<_> = fs::read_dir(&media).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert_eq!(files.len(), 2);
    fs::write(&files[0], "another").expect("a file");
    fs::remove_file(&files[1]).expect("a file");
    let said = program.run(&["check"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is not what it was") && said.err.contains("is missing"), "{}", said.err);
    // A name from elsewhere leads nowhere.
    Connection::open(program.db())
        .and_then(|database| database.execute_batch("update question_media set file = '../../../etc/passwd'"))
        .expect("names");
    let said = program.run(&["check"]);
    assert!(
        said.err.contains("`../../../etc/passwd` of the media folder has a name that no picture or sound has"),
        "{}",
        said.err
    );
}

/// A program whose database was changed behind its back, and how it refuses to work with it.
fn refused(sql: &str) -> (Program, String) {
    let mut program = Program::new();
    program.with_mlops();
    Connection::open(program.db()).and_then(|database| database.execute_batch(sql)).expect(sql);
    let before = fs::read(program.db()).expect("the database");
    let said = program.with_input(&["review", "--plain"], "A\n\n");
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(!said.err.contains("report this"), "{}", said.err);
    assert!(fs::read(program.db()).expect("the database") == before, "nothing was changed");
    (program, said.err)
}

#[test]
fn guards_that_were_dropped_and_triggers_of_others_are_put_right() {
    for (sql, said) in [
        ("drop trigger review_is_never_deleted", "the trigger `review_is_never_deleted` is missing"),
        (
            "create trigger evil after insert on review begin delete from flag; end",
            "the trigger `evil` was not made by this program",
        ),
        (
            "create trigger \"e\"\"vil\" after insert on review begin delete from flag; end",
            "was not made by this program",
        ),
        (
            "drop view live_review; create view live_review as select * from review",
            "the view `live_review` is not as this program makes it",
        ),
        ("create index more on card (length(uid))", "the index `more` was not made by this program"),
        ("drop index memory_queue", "the index `memory_queue` is missing"),
    ] {
        let (program, refusal) = refused(sql);
        assert!(refusal.contains(said) && refusal.contains("retain check --mend"), "{refusal}");
        let checked = program.run(&["check"]);
        assert_eq!(checked.code, 1);
        assert!(checked.err.contains(said) && checked.err.contains("1 problem"), "{}", checked.err);
        let mended = program.ok(&["check", "--mend"]).err;
        assert!(mended.contains("backup saved to") && mended.contains("OK: "), "{mended}");
        program.with_input(&["review", "--plain"], "A\n\n");
        assert_eq!(program.table("reviews").len(), 1);
    }
}

#[test]
fn a_column_that_was_added_to_the_log_is_left_alone() {
    let mut program = Program::new();
    program.with_mlops();
    Connection::open(program.db())
        .and_then(|database| database.execute_batch("alter table review add column note text"))
        .expect("a column");
    program.with_input(&["review", "--plain"], "A\n\n");
    assert_eq!(program.table("reviews").len(), 1);
    let checked = program.ok(&["check"]).err;
    assert!(checked.contains("`review`"), "{checked}");
    program.ok(&["undo", "--yes"]);
    program.ok(&["rebuild"]);
}

#[test]
fn a_number_of_an_older_schema_is_refused_in_words() {
    for version in [2, 15, 19] {
        let (_program, refusal) = refused(&format!("pragma user_version = {version}"));
        assert!(refusal.contains(&format!("it is of schema {version}, but it has the ")), "{refusal}");
        assert!(refusal.len() < 1_000 && !refusal.to_lowercase().contains("create "), "{refusal}");
    }
}

#[test]
fn a_table_that_was_changed_is_left_to_a_backup() {
    let (program, refusal) = refused("alter table topic rename column name to title");
    assert!(refusal.contains("the table `topic` is not as this program makes it"), "{refusal}");
    let said = program.run(&["check", "--mend"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("this cannot be put right without a guess"), "{}", said.err);
    // No hint leads to what cannot help.
    assert!(!refusal.contains("--mend") && refusal.contains("only a backup puts it right"), "{refusal}");
    let copied = program.ok(&["backup", "copy.db"]).err;
    assert!(copied.contains("it is copied as it is"), "{copied}");
    program.ok(&["export", "everything", "-o", "all"]);
}

#[test]
fn a_database_of_another_program_is_refused_untouched() {
    let version: i64 = {
        let study = Study::new();
        study.bank("bank", BANK);
        Connection::open(study.db())
            .and_then(|database| database.pragma_query_value(None, "user_version", |row| row.get(0)))
            .expect("a number")
    };
    for (application, said) in [(0, "of another program"), (0x7265_746e, "is not as this program makes it")] {
        let program = Program::new();
        fs::create_dir_all(program.db().parent().expect("a folder")).expect("a folder");
        let sql = format!(
            "create table review (a); insert into review values (1); pragma user_version = {version}; pragma application_id = {application};"
        );
        Connection::open(program.db()).and_then(|other| other.execute_batch(&sql)).expect("a database");
        let before = fs::read(program.db()).expect("the database");
        for command in [&["review", "--plain"][..], &["import", "x.txt"], &["deck", "list"], &["due"]] {
            program.file("x.txt", "One?\n- A. a *\n- B. b\n");
            let refused = program.run(command);
            assert_eq!(refused.code, 1, "{command:?}");
            assert!(refused.err.contains(said), "{}", refused.err);
        }
        assert!(fs::read(program.db()).expect("the database") == before);
    }
}

/// A program with an index of words that is up to date, and what somebody did to it.
fn with_index(sql: &str) -> Program {
    let mut program = Program::new();
    program.with_mlops();
    assert!(program.ok(&["search", "monitoring"]).out.contains("Why is monitoring"));
    let database = Connection::open(program.db()).expect("the database");
    database.execute_batch(sql).expect(sql);
    program
}

#[test]
fn an_index_of_words_that_was_altered_is_found_said_and_made_again() {
    for sql in [
        "update search_data set block = x'00'",
        "update search_data set block = x'' where id = 10",
        "update search_data set block = x'00' where id > 10",
        "update search_data set block = zeroblob(length(block)) where id > 10",
        "update search_data set block = x'' where id = 1",
        "delete from search_data",
        "delete from search_data where id > 10",
        "delete from search_docsize",
        "delete from search_docsize where id > 3",
        "update search_docsize set sz = x'00'",
        "update search_docsize set sz = x'0101010101' where id = 4",
        "delete from search_config",
        "update search_config set v = 9 where k = 'version'",
    ] {
        let program = with_index(sql);
        let before = fs::read(program.db()).expect("the database");
        let checked = program.run(&["check"]);
        assert_eq!(checked.code, 1, "{sql}: {}{}", checked.out, checked.err);
        assert!(
            checked.err.contains("the search index is damaged") || checked.err.contains("the search index has"),
            "{sql}: {}",
            checked.err
        );
        assert!(
            checked.err.contains("1 problem") && checked.err.contains("`retain check --mend`"),
            "{sql}: {}",
            checked.err
        );
        assert_eq!(fs::read(program.db()).expect("the database"), before, "{sql}: a check writes nothing");
        for words in ["monitoring", "monit*", "\"monitoring machine\""] {
            let searched = program.run(&["search", words]);
            assert!(
                searched.err.contains("the search index is damaged") && searched.code == 1
                    || searched.out.contains("Why is monitoring"),
                "{sql}: {words}: {}{}",
                searched.out,
                searched.err
            );
        }
        // A review needs no index.
        program.with_input(&["review", "--plain"], "A\n\n");
        let mended = program.ok(&["check", "--mend"]).err;
        assert!(mended.contains("the search index was made again") && mended.contains("OK: "), "{sql}: {mended}");
        assert!(program.ok(&["search", "monitoring"]).out.contains("Why is monitoring"), "{sql}");
        program.ok(&["check"]);
    }
}

#[test]
fn an_index_of_words_that_changed_with_its_questions_is_sound() {
    let study = study();
    study.trainer().search("one", 9, &mut retain::study::unwatched).expect("a search");
    study.is_sound();
    // Changed, taken back, and with signs, marks and scripts of every sort; learnt in several goes.
    for text in [
        "One and a half?\n- A. a *\n- B. b\n\nTwo?\n- A. c *\n- B. d\n",
        "?!\n- A. İstanbul ſtraße *\n- B. e\u{301}\u{328} #3 C++ 東京 ไทย\n\nTwo ½ ² ①?\n- A. c *\n- B. ≤ € 👍🏽 \u{600}\n",
        BANK,
    ] {
        study.bank("bank", text).is_sound();
        study.trainer().search("two", 9, &mut retain::study::unwatched).expect("a search");
        study.is_sound();
    }
    study.undo().is_sound();
    let large: String = (0..400)
        .map(|number| {
            format!(
                "Question {number} about word{} and word{}?\n- A. yes{number} *\n- B. no\n\n",
                number * 7,
                number % 13
            )
        })
        .collect();
    study.bank("more", &large).is_sound();
    study.trainer().search("word91", 9, &mut retain::study::unwatched).expect("a search");
    study.bank("more", large.replace("about", "of")).is_sound();
    study.trainer().search("word91", 9, &mut retain::study::unwatched).expect("a search");
    study.is_sound();
    behind(&study, "delete from search_idx");
    assert_eq!(found(&study), [("the search index is damaged".to_owned(), Remedy::Mend)]);
    assert_eq!(mend(&study), ["the search index was made again"]);
    study.is_sound();
}
