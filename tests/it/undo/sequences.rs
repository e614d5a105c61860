//! Random deeds, undos and redos, against a model that only remembers what the database said after each deed. `RETAIN_SEQUENCES=10000` tries
//! so many sequences, shared by all cores.
#![allow(clippy::print_stdout, reason = "how much was tried is read by people")]

use std::path::Path;
use std::thread;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use retain::bank::{ReadOptions, history};
use retain::model::{CardId, Guess, MoveKind, StudyDay};
use retain::session::{Answer, StatedRating};
use retain::study::{Batch, CardFilter, ImportOptions, MoveRequest, PresetChange, Trainer, unwatched};

use crate::fixture::study::Study;

const BANK: &str = "\
1. Which planet is red?\nA. Venus\nB. Mars *\nC. Earth\n\n\
2. Which planet is large?\nA. Jupiter *\nB. Mercury\nC. Mars\n\n\
3. Which planet has rings?\nA. Saturn *\nB. Mars\nC. Venus\n\n\
4. Which planet is near?\nA. Mercury *\nB. Neptune\nC. Uranus\n";

/// The same bank with a changed key, a new question and one that is gone.
const CHANGED: &str = "\
1. Which planet is red?\nA. Venus *\nB. Mars\nC. Earth\n\n\
2. Which planet is large?\nA. Jupiter *\nB. Mercury\nC. Mars\n\n\
5. Which planet is blue?\nA. Neptune *\nB. Mars\nC. Venus\n\n\
3. Which planet has rings?\nA. Saturn *\nB. Mars\nC. Pluto\n";

/// How many cards there are at first. Only these are answered and moved: a question that the log names is never removed, so an import that
/// brought it is not taken back without a trace.
const CARDS: i64 = 4;

/// Something that a person does. Numbers choose the card or the value.
#[derive(Clone, Debug)]
pub enum Step {
    Answer(i64, bool),
    Move(i64, u8),
    Flag(i64, bool),
    Edit(i64, u8),
    Setting(bool, u8),
    Preset(u8),
    Rename,
    Delete(i64, bool),
    Transfer(i64),
    Tag(i64, bool),
    Add(u8),
    Deck(u8),
    Vacation,
    Import,
    ImportOther,
    History(u8),
    Undo,
    Redo,
}

pub fn a_step() -> impl Strategy<Value = Step> {
    let card = 1..=CARDS;
    prop_oneof![
        4 => (card.clone(), any::<bool>()).prop_map(|(card, right)| Step::Answer(card, right)),
        3 => (card.clone(), 0_u8..6).prop_map(|(card, kind)| Step::Move(card, kind)),
        2 => (card.clone(), any::<bool>()).prop_map(|(card, on)| Step::Flag(card, on)),
        2 => (card.clone(), 0_u8..4).prop_map(|(card, text)| Step::Edit(card, text)),
        2 => (any::<bool>(), 0_u8..4).prop_map(|(deck, value)| Step::Setting(deck, value)),
        2 => (0_u8..6).prop_map(Step::Preset),
        1 => Just(Step::Rename),
        3 => (card.clone(), any::<bool>()).prop_map(|(card, restore)| Step::Delete(card, restore)),
        2 => card.clone().prop_map(Step::Transfer),
        2 => (card, any::<bool>()).prop_map(|(card, add)| Step::Tag(card, add)),
        1 => (0_u8..3).prop_map(Step::Add),
        3 => (0_u8..8).prop_map(Step::Deck),
        1 => Just(Step::Vacation),
        1 => Just(Step::Import),
        1 => Just(Step::ImportOther),
        1 => (0_u8..3).prop_map(Step::History),
        6 => Just(Step::Undo),
        3 => Just(Step::Redo),
    ]
}

/// What the database says, without the history of what was taken back, and without what was deleted: a question that was added and that the
/// log names is hidden when its addition is taken back.
fn told(db: &Path) -> String {
    let connection = rusqlite::Connection::open(db).expect("the database");
    let mut all = String::new();
    let questions = "not in (select question from deleted)";
    let cards = "card not in (select id from card where question in (select question from deleted))";
    let decks = "not in (select deck from shelf where deleted = 1)";
    for (from, condition) in [
        ("preset", "true".to_owned()),
        ("setting", "true".into()),
        ("deck", format!("id {decks}")),
        ("deck_setting", format!("deck {decks}")),
        ("question", format!("id {questions}")),
        ("question_tag", format!("question {questions}")),
        ("question_media", format!("question {questions}")),
        ("placement", format!("question {questions}")),
        ("card", format!("question {questions}")),
        ("flag", cards.into()),
        ("edit", format!("question {questions}")),
        ("shelf", "deleted = 0".into()),
        ("memory", cards.into()),
        ("load", "true".into()),
        ("live_review", cards.into()),
        ("live_move", cards.into()),
    ] {
        let sql = format!("select * from {from} where {condition} order by 1, 2");
        let mut statement = connection.prepare(&sql).expect("a table");
        let columns = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells: Vec<String> =
                (0..columns).map(|column| format!("{:?}", row.get_ref(column).expect("a cell"))).collect();
            all += &format!("{from}: {}\n", cells.join(", "));
        }
    }
    all
}

fn answer(card: i64, right: bool) -> Answer {
    Answer {
        card: CardId(card),
        right,
        overruled: false,
        sure: None,
        verdict: StatedRating::GoOn,
        picked: vec![0],
        shown: vec![0, 1, 2],
        typed: None,
        exam: false,
        order_seed: 0,
        took_ms: 2_000,
        guess: Guess::one_of(3),
        practice: false,
    }
}

/// Does it, if it can be done.
pub fn perform(trainer: &mut Trainer, step: &Step) {
    let uid = |trainer: &Trainer, card| trainer.reader().card_identity(CardId(card)).expect("the card");
    match step {
        Step::Answer(card, right) => {
            // A deleted card is not asked.
            if uid(trainer, *card).is_some_and(|uid| trainer.question_text(uid).is_ok()) {
                drop(trainer.record(&answer(*card, *right), None));
            }
        }
        Step::Move(card, kind) => {
            let today = trainer.present().expect("the present").today;
            let kinds = [
                MoveKind::Suspend,
                MoveKind::Unsuspend,
                MoveKind::Bury(today.plus(1)),
                MoveKind::Unbury,
                MoveKind::Forget,
                MoveKind::Due(today.plus(9)),
            ];
            if let Some(uid) = uid(trainer, *card) {
                // A deleted card is refused.
                drop(trainer.move_card(uid, kinds[usize::from(*kind)], "by hand"));
            }
        }
        Step::Flag(card, on) => {
            if let Some(uid) = uid(trainer, *card) {
                drop(trainer.flag_card(uid, on.then_some("look again")));
            }
        }
        Step::Edit(card, text) => {
            let Some(uid) = uid(trainer, *card) else { return };
            let Ok(before) = trainer.question_text(uid) else { return };
            let edited = match text {
                0 => before.replace("planet", "world"),
                1 => before.replace("Mars", "Mars itself"),
                2 => format!("{before}\nTopic: stars\nTags: sky, night\n"),
                _ => format!("{before}\n\n9. Which star is ours?\nA. Sun *\nB. Sirius\n"),
            };
            drop(trainer.edit_question(uid, Some(&before), &edited).expect("an edit"));
        }
        Step::Setting(deck, value) => {
            let pairs = ["new-per-day=7", "desired-retention=0.85", "fuzz=off", "new-per-day=inherit"];
            let decks = trainer.deck_list(false).expect("decks");
            let name = decks.first().filter(|_| *deck).map(|deck| deck.name.clone());
            drop(trainer.change_settings(name.as_deref(), &[pairs[usize::from(*value)].into()]));
        }
        Step::Preset(change) => {
            let decks: Vec<String> =
                trainer.deck_list(false).expect("decks").into_iter().map(|deck| deck.name).collect();
            let pairs = ["desired-retention=0.8".to_owned()];
            let change = match change {
                0 => PresetChange::Create("calm", &pairs),
                1 => PresetChange::Set("calm", &pairs),
                2 => PresetChange::Assign("calm", &decks),
                3 if !decks.is_empty() => PresetChange::Unassign(&decks[0]),
                4 => PresetChange::Rename("calm", "quiet"),
                _ => PresetChange::Delete("calm"),
            };
            // What cannot be done is refused, and changes nothing.
            drop(trainer.change_presets(change));
        }
        Step::Rename => {
            let name = trainer.deck_list(false).expect("decks").first().map(|deck| deck.name.clone());
            if let Some(name) = name {
                drop(trainer.rename_deck(&name, &format!("{name}s")));
            }
        }
        Step::Delete(card, restore) => {
            let Some(uid) = uid(trainer, *card) else { return };
            let done = if *restore { trainer.restore_cards(&[uid]) } else { trainer.delete_cards(&[uid]) };
            done.expect("a deletion or a restoration");
        }
        Step::Transfer(card) => {
            let Some(uid) = uid(trainer, *card) else { return };
            let decks = trainer.deck_list(true).expect("decks");
            if let Some(deck) = decks.last() {
                drop(trainer.transfer_cards(&[uid], &deck.name));
            }
        }
        Step::Tag(card, add) => {
            let Some(uid) = uid(trainer, *card) else { return };
            let (add, remove): (&[String], &[String]) =
                if *add { (&["sky".into()], &[]) } else { (&[], &["sky".into()]) };
            drop(trainer.retag_cards(&[uid], add, remove));
        }
        Step::Add(text) => {
            let text = format!("1. Which comet is number {text}?\nA. Halley *\nB. Encke\n");
            let mut bank = retain::bank::read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            drop(trainer.add_questions("Comets", &mut bank, Path::new("comets.txt")));
        }
        Step::Deck(change) => {
            let decks = trainer.deck_list(true).expect("decks");
            let deleted = trainer.deleted_decks().expect("decks");
            let (Some(first), Some(last)) = (decks.first(), decks.last()) else { return };
            // A deletion is in the log, and then an import that brought the question is not taken back without a trace.
            let filter = CardFilter { deck: Some(first.name.clone()), ..CardFilter::default() };
            let is_imported = |stem: &str| stem.contains("moon") || stem.contains("blue");
            let cards = trainer.cards(&filter).unwrap_or_default();
            if *change == 5 && cards.iter().any(|card| is_imported(&card.stem)) {
                return;
            }
            match change {
                0 => drop(trainer.create_deck("Moons")),
                1 => drop(trainer.move_deck(&first.name, Some(&last.name))),
                2 => drop(trainer.merge_decks(&first.name, &last.name)),
                3 => drop(trainer.archive_deck(&first.name)),
                4 => drop(trainer.unarchive_deck(&first.name)),
                5 => drop(trainer.delete_deck(&first.name)),
                _ => drop(deleted.first().map(|name| trainer.restore_deck(name))),
            }
        }
        Step::Vacation => {
            let today = trainer.present().expect("the present").today;
            let request = MoveRequest::Vacation(today, StudyDay(today.0 + 20));
            let plan = trainer.plan_moves(&request, None).expect("a plan");
            trainer.carry_out(&plan, &mut unwatched).expect("moves");
        }
        Step::Import => import(trainer, "planets.txt", CHANGED),
        Step::ImportOther => {
            import(
                trainer,
                "moons.txt",
                "1. Which moon is ours?\nA. Luna *\nB. Io\n\n2. A moon of Mars?\nA. Phobos *\nB. Titan\n",
            );
        }
        Step::History(day) => {
            let Some(uid) = uid(trainer, 1) else { return };
            // The answers of a deleted card are not looked at.
            if trainer.question_text(uid).is_err() {
                return;
            }
            let at = 1_760_000_000_000_i64 + i64::from(*day) * 86_400_000;
            let rows = format!("card_id,review_time,review_rating,review_state,review_duration\n{uid},{at},3,0,2000\n");
            let history = history::read_history(rows.as_bytes(), trainer.now().utc_ms).expect("a history");
            let options = ImportOptions::default();
            let done =
                trainer.import_history(history.answers, "h.csv", &options, &mut Batch::default(), &mut unwatched);
            done.expect("an import");
        }
        Step::Undo | Step::Redo => unreachable!("the model does these"),
    }
}

fn import(trainer: &mut Trainer, name: &str, text: &str) {
    // An import into a deleted deck is two deeds: the deck comes back first.
    if !trainer.deleted_decks().expect("decks").is_empty() {
        return;
    }
    let mut bank = retain::bank::read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
    let options = ImportOptions::default();
    let source = (name, Path::new(name));
    trainer.import_bank(&mut bank, source, &options, &mut Batch::default(), &mut unwatched).expect("an import");
}

/// A database with a bank and some answers, as a file to begin from.
pub fn begun() -> Study {
    let study = Study::new();
    let mut trainer = study.trainer();
    import(&mut trainer, "planets.txt", BANK);
    for card in 1..=2 {
        trainer.record(&answer(card, true), None).expect("an answer");
    }
    drop(trainer);
    study
}

fn follows_the_model(study: &Study, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut trainer = study.trainer();
    let db = study.db();
    // What the database said before each deed that was not taken back, and what those said that were.
    let (mut before, mut taken_back): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut now = told(&db);
    for step in steps {
        match step {
            Step::Undo => {
                let undone = trainer.undo().expect("an undo");
                // What was done before the first step can be taken back too, and is not looked at.
                let Some(expected) = before.pop() else {
                    if undone.is_some() {
                        return Ok(());
                    }
                    continue;
                };
                prop_assert!(undone.is_some(), "there is something to take back");
                taken_back.push(std::mem::replace(&mut now, expected));
            }
            Step::Redo => {
                let redone = trainer.redo().expect("a redo");
                prop_assert_eq!(redone.is_some(), !taken_back.is_empty());
                let Some(expected) = taken_back.pop() else { continue };
                before.push(std::mem::replace(&mut now, expected));
            }
            step => {
                perform(&mut trainer, step);
                let after = told(&db);
                if after == now {
                    continue;
                }
                taken_back.clear();
                before.push(std::mem::replace(&mut now, after));
            }
        }
        prop_assert_eq!(told(&db), now.clone(), "after {:?}", step);
    }
    while let Some(expected) = before.pop() {
        prop_assert!(trainer.undo().expect("an undo").is_some());
        prop_assert_eq!(told(&db), expected);
    }
    let health = trainer.check().expect("a check");
    prop_assert!(health.problems.is_empty(), "{:?}", health.problems);
    Ok(())
}

/// How many sequences are tried, if nobody says.
const FEW: u32 = 50;

#[test]
fn after_undoing_all_the_database_says_what_it_said_before() {
    let wanted = std::env::var("RETAIN_SEQUENCES").ok().and_then(|number| number.parse().ok()).unwrap_or(FEW);
    let workers =
        thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(1)).min(wanted);
    let begun = begun();
    let first = begun.db();
    let work = |worker: u32| {
        let cases = wanted / workers + u32::from(worker < wanted % workers);
        let seed = match Config::default().rng_seed {
            RngSeed::Fixed(seed) => RngSeed::Fixed(seed.wrapping_add(worker.into())),
            RngSeed::Random => RngSeed::Random,
        };
        let config =
            Config { cases, max_shrink_iters: 200, failure_persistence: None, rng_seed: seed, ..Config::default() };
        let tried = TestRunner::new(config).run(&prop::collection::vec(a_step(), 1..16), |sequence| {
            // Each begins from a copy of the same file.
            let study = Study::new();
            std::fs::copy(&first, study.db()).expect("a copy");
            follows_the_model(&study, &sequence)
        });
        tried.map(|()| cases).map_err(|error| error.to_string())
    };
    let results: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn({
                    let work = &work;
                    move || work(worker)
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker")).collect()
    });
    let tried: u32 = results.into_iter().map(|tried| tried.unwrap_or_else(|error| panic!("{error}"))).sum();
    println!("{tried} sequences of deeds, undos and redos");
}
