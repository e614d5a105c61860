//! Random histories of answers, moves, edits, deletions, settings, imports, undos, redos and restores, against a model in memory that knows
//! nothing of the program: it keeps what a person would expect to be there. `RETAIN_FAULTS=all` tries a thousand of them.
#![allow(clippy::print_stdout, reason = "how much was tried is read by people")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use retain::bank::ReadOptions;
use retain::clock::Clock;
use retain::model::{CardId, Guess, MoveKind};
use retain::session::{Answer, StatedRating};
use retain::study::{BackupPolicy, Batch, ImportOptions, Trainer, WhichBackup, unwatched};
use rusqlite::Connection;

use crate::fixture::study::Study;

/// How many histories are tried, and how many if all faults are wanted.
const FEW: u32 = 25;
const MANY: u32 = 1_000;
const DECK: &str = "Planets";

/// Something that a person does. Numbers choose a question, from those that there are.
#[derive(Clone, Debug)]
enum Deed {
    Answer(usize, bool),
    Suspend(usize),
    Unsuspend(usize),
    Edit(usize, u8),
    Delete(usize),
    BringBack(usize),
    Limit(u8),
    Import(u8),
    Undo,
    Redo,
    Backup,
    Restore(usize),
    /// Another process opens the database.
    Reopen,
    /// The cache is made again.
    Rebuild,
}

fn a_deed() -> impl Strategy<Value = Deed> {
    let question = 0_usize..12;
    prop_oneof![
        6 => (question.clone(), any::<bool>()).prop_map(|(question, right)| Deed::Answer(question, right)),
        2 => question.clone().prop_map(Deed::Suspend),
        1 => question.clone().prop_map(Deed::Unsuspend),
        1 => question.clone().prop_map(Deed::Delete),
        1 => question.clone().prop_map(Deed::BringBack),
        2 => (question, 0_u8..9).prop_map(|(question, text)| Deed::Edit(question, text)),
        2 => (1_u8..9).prop_map(Deed::Limit),
        2 => (0_u8..6).prop_map(Deed::Import),
        4 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
        1 => Just(Deed::Backup),
        1 => (0_usize..4).prop_map(Deed::Restore),
        1 => Just(Deed::Reopen),
        1 => Just(Deed::Rebuild),
    ]
}

/// What is there, as a person sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Content {
    /// Questions by number, with their stems.
    stems: BTreeMap<usize, String>,
    deleted: BTreeSet<usize>,
    /// Answers that count, in their order: the question, and whether it was right.
    answers: Vec<(usize, bool)>,
    suspended: BTreeSet<usize>,
    /// New cards a day, if that was said.
    limit: Option<u8>,
}

/// The model: what is there now, what was there before each deed, what was taken back, and how many answers were ever logged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Model {
    now: Content,
    before: Vec<Content>,
    taken_back: Vec<Content>,
    logged: usize,
}

impl Model {
    fn does(&mut self, change: impl FnOnce(&mut Content)) {
        let before = self.now.clone();
        change(&mut self.now);
        self.before.push(before);
        self.taken_back.clear();
    }

    /// Questions that a person can name, or that were deleted.
    fn questions(&self, deleted: bool) -> Vec<usize> {
        self.now.stems.keys().filter(|number| self.now.deleted.contains(number) == deleted).copied().collect()
    }
}

/// The bank with the first questions; the first ones are there from the beginning.
fn bank(count: usize) -> String {
    (0..count).map(|number| format!("{}. Planet number {number}?\nA. yes *\nB. no\n\n", number + 1)).collect()
}

fn import(trainer: &mut Trainer, count: usize) {
    let mut bank = retain::bank::read(bank(count).as_bytes(), &ReadOptions::default()).expect("a bank");
    let options = ImportOptions { deck: Some(DECK), ..ImportOptions::default() };
    let source = ("planets.txt", std::path::Path::new("planets.txt"));
    trainer.import_bank(&mut bank, source, &options, &mut Batch::default(), &mut unwatched).expect("an import");
}

fn answer(card: i64, right: bool) -> Answer {
    Answer {
        card: CardId(card),
        right,
        overruled: false,
        sure: None,
        verdict: StatedRating::GoOn,
        picked: vec![u8::from(!right)],
        shown: vec![0, 1],
        typed: None,
        exam: false,
        order_seed: 0,
        took_ms: 2_000,
        guess: Guess::one_of(2),
        practice: false,
    }
}

/// What the database has, read past the program.
fn content(study: &Study) -> (Content, usize) {
    let database = Connection::open(study.db()).expect("the database");
    let mut content = Content::default();
    let rows = |sql: &str| -> Vec<(i64, String)> {
        let mut statement = database.prepare(sql).expect("a statement");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    };
    let number = |id: i64| usize::try_from(id - 1).expect("a number");
    content.stems = rows("select id, stem from question").into_iter().map(|(id, stem)| (number(id), stem)).collect();
    content.deleted = rows("select question, '' from deleted").into_iter().map(|(id, _)| number(id)).collect();
    content.answers = rows("select card, cast(right as text) from live_review order by id")
        .into_iter()
        .map(|(card, right)| (number(card), right == "1"))
        .collect();
    content.suspended =
        rows("select card, '' from memory where suspended = 1 and question not in (select question from deleted)")
            .into_iter()
            .map(|(card, _)| number(card))
            .collect();
    content.limit = rows("select 0, value from deck_setting where key = 'new-per-day'")
        .pop()
        .and_then(|(_, value)| value.parse().ok());
    let logged = rows("select count(*), '' from review")[0].0;
    (content, usize::try_from(logged).expect("a number"))
}

/// Follows a history with the program and with the model, and compares them after each deed.
fn follow(deeds: &[Deed]) {
    let study = Study::new();
    let clock = || Clock::fixed(study.now());
    let mut trainer = study.trainer();
    import(&mut trainer, 4);
    let mut model = Model::default();
    model.now.stems = (0..4).map(|number| (number, format!("Planet number {number}?"))).collect();
    let mut backups: Vec<(PathBuf, Model)> = Vec::new();
    for (place, deed) in deeds.iter().enumerate() {
        let (there, gone) = (model.questions(false), model.questions(true));
        let chosen = |question: &usize| there[question % there.len()];
        let identity = |trainer: &Trainer, question: usize| {
            trainer.reader().card_identity(CardId(question as i64 + 1)).expect("the log").expect("a card")
        };
        match deed {
            // One question stays, so that there is something to answer.
            Deed::Delete(question) => {
                if there.len() > 1 {
                    let question = chosen(question);
                    trainer.delete_cards(&[identity(&trainer, question)]).expect("a deletion");
                    model.does(|content| assert!(content.deleted.insert(question)));
                }
            }
            Deed::BringBack(question) => {
                if !gone.is_empty() {
                    let question = gone[question % gone.len()];
                    trainer.restore_cards(&[identity(&trainer, question)]).expect("what was deleted");
                    model.does(|content| assert!(content.deleted.remove(&question)));
                }
            }
            Deed::Answer(question, right) => {
                let question = chosen(question);
                if trainer.record(&answer(question as i64 + 1, *right), None).is_ok() {
                    model.does(|content| content.answers.push((question, *right)));
                    model.logged += 1;
                }
            }
            Deed::Suspend(question) | Deed::Unsuspend(question) => {
                let (question, suspends) = (chosen(question), matches!(deed, Deed::Suspend(_)));
                // What changes nothing is no deed.
                if model.now.suspended.contains(&question) == suspends {
                    continue;
                }
                let kind = if suspends { MoveKind::Suspend } else { MoveKind::Unsuspend };
                let uid = identity(&trainer, question);
                trainer.move_card(uid, kind, "by hand").expect("a move");
                model.does(|content| {
                    if suspends {
                        content.suspended.insert(question)
                    } else {
                        content.suspended.remove(&question)
                    };
                });
            }
            Deed::Edit(question, text) => {
                let question = chosen(question);
                let uid = identity(&trainer, question);
                let before = trainer.question_text(uid).expect("a text");
                let (old, new) =
                    (model.now.stems[&question].clone(), format!("Planet number {question}, as edited {text}?"));
                if old == new {
                    continue;
                }
                let written = before.replace(&old, &new);
                let edited = trainer.edit_question(uid, Some(&before), &written).expect("an edit");
                assert!(edited.is_ok(), "{written}");
                model.does(|content| drop(content.stems.insert(question, new)));
            }
            Deed::Limit(limit) => {
                if model.now.limit == Some(*limit) {
                    continue;
                }
                trainer.change_settings(Some(DECK), &[format!("new-per-day={limit}")]).expect("a setting");
                model.does(|content| content.limit = Some(*limit));
            }
            Deed::Import(more) => {
                let count = model.now.stems.len().max(4 + usize::from(*more));
                if count == model.now.stems.len() || model.now.stems.iter().any(|(_, stem)| stem.contains("edited")) {
                    // An edit beside an import is another test's.
                    continue;
                }
                import(&mut trainer, count);
                model.does(|content| {
                    content.stems = (0..count).map(|number| (number, format!("Planet number {number}?"))).collect();
                });
            }
            Deed::Undo => {
                // An import whose questions were answered since goes only as far as the log lets it.
                let shrinks = model.before.last().is_some_and(|before| before.stems.len() < model.now.stems.len());
                let named = model.logged > 0;
                if shrinks && named {
                    continue;
                }
                let undone = trainer.undo().expect("the log").is_some();
                match model.before.pop() {
                    Some(before) => {
                        assert!(undone, "after {place} deeds of {deeds:?}");
                        model.taken_back.push(std::mem::replace(&mut model.now, before));
                    }
                    // The first import is left.
                    None => return,
                }
            }
            Deed::Redo => {
                let redone = trainer.redo().expect("the log").is_some();
                assert_eq!(redone, !model.taken_back.is_empty(), "after {place} deeds of {deeds:?}");
                if let Some(after) = model.taken_back.pop() {
                    model.before.push(std::mem::replace(&mut model.now, after));
                }
            }
            Deed::Backup => {
                let path = study.db().with_file_name(format!("kept-{place}.db"));
                trainer.backup(&path).expect("a backup");
                backups.push((path, model.clone()));
            }
            Deed::Restore(which) => {
                let Some((path, then)) = backups.get(which % backups.len().max(1)) else { continue };
                drop(trainer);
                let policy = BackupPolicy::default();
                let named = path.to_str().expect("a path");
                let plan =
                    Trainer::plan_restore(&study.db(), WhichBackup::Named(named), &policy, clock()).expect("a plan");
                assert!(plan.missing.is_some());
                Trainer::restore(&study.db(), &plan, &policy, clock(), &mut unwatched).expect("a restore");
                model = then.clone();
                trainer = study.trainer();
            }
            Deed::Reopen => trainer = study.trainer(),
            Deed::Rebuild => {
                trainer.rebuild(&mut unwatched).expect("a rebuild");
            }
        }
        let about = || format!("after {deed:?}, deed {place} of {deeds:?}");
        let (found, logged) = content(&study);
        let mut wanted = model.now.clone();
        // What is deleted is in no schedule.
        wanted.suspended.retain(|question| !wanted.deleted.contains(question));
        assert_eq!(found, wanted, "{}", about());
        assert_eq!(logged, model.logged, "{}", about());
    }
    assert_eq!(trainer.check().expect("a check").problems, [], "{deeds:?}");
}

#[test]
fn a_history_leaves_what_a_person_expects() {
    let all = std::env::var_os("RETAIN_FAULTS").is_some_and(|wanted| wanted == "all");
    let config = Config { cases: if all { MANY } else { FEW }, failure_persistence: None, ..Config::default() };
    let histories = prop::collection::vec(a_deed(), 1..40);
    let cases = config.cases;
    let tried = TestRunner::new(config).run(&histories, |deeds| {
        follow(&deeds);
        Ok(())
    });
    if let Err(error) = tried {
        panic!("{error}");
    }
    println!("{cases} histories, each compared after each of up to 40 deeds");
}
