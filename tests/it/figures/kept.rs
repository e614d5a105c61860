//! What is kept of a walk over the log: figures are the same to the bit with it and without.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use retain::study::{KeepingRules, StatsRequest, Trainer};

use crate::fixture::study::Study;
use crate::undo::sequences::{Step, a_step, begun, perform};

/// Short logs are kept, and two answers are many.
const ALWAYS: KeepingRules = KeepingRules { fewest: 0, few: 2, most: 12 };

fn file(study: &Study) -> PathBuf {
    study.db().with_file_name("retain.db-figures")
}

/// All figures, to the bit: the shortest text that means a number means no other one.
fn figures(trainer: &Trainer, request: &StatsRequest<'_>, rules: KeepingRules) -> String {
    format!("{:?}", trainer.overview_keeping(request, rules).expect("figures"))
}

fn differs(trainer: &Trainer, request: &StatsRequest<'_>) -> Option<(String, String)> {
    let (kept, counted) = (figures(trainer, request, ALWAYS), figures(trainer, request, KeepingRules::NEVER));
    (kept != counted).then_some((kept, counted))
}

fn answers(card: i64, count: usize) -> Vec<Step> {
    (0..count).map(|number| Step::Answer(card, number % 3 != 0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Deeds on some days, in any order: answers, undos, redos, moves, imports of older answers, settings, other decks, deletions.
    #[test]
    fn figures_are_the_same_after_any_deeds(
        days in prop::collection::vec((1_u32..8, prop::collection::vec((a_step(), any::<bool>()), 1..8)), 1..5),
    ) {
        let study = begun();
        let mut day = 0;
        for (later, steps) in days {
            day += later;
            study.at(&format!("2026-12-{day:02}"));
            let mut trainer = study.trainer();
            for (step, look) in steps {
                match step {
                    Step::Undo => drop(trainer.undo().expect("an undo")),
                    Step::Redo => drop(trainer.redo().expect("a redo")),
                    step => perform(&mut trainer, &step),
                }
                if look {
                    prop_assert_eq!(differs(&trainer, &StatsRequest::default()), None);
                }
            }
            prop_assert_eq!(differs(&trainer, &StatsRequest::default()), None);
            let named = trainer.deck_list(false).expect("decks").first().map(|deck| deck.name.clone());
            let request = StatsRequest { deck: named.as_deref(), to: Some(study.now().study_day(Default::default())), ..StatsRequest::default() };
            prop_assert_eq!(differs(&trainer, &request), None);
            let health = trainer.check().expect("a check");
            prop_assert!(health.problems.is_empty(), "{:?}", health.problems);
        }
    }
}

#[test]
fn what_is_kept_grows_and_is_used() {
    let study = begun();
    let mut trainer = study.trainer();
    answers(1, 4).iter().for_each(|step| perform(&mut trainer, step));
    assert_eq!(differs(&trainer, &StatsRequest::default()), None);
    let first = fs::read(file(&study)).expect("a file");
    // One more answer is read from the log, and three are kept as well.
    perform(&mut trainer, &Step::Answer(2, false));
    assert_eq!(differs(&trainer, &StatsRequest::default()), None);
    assert_eq!(fs::read(file(&study)).expect("a file"), first);
    answers(3, 2).iter().for_each(|step| perform(&mut trainer, step));
    assert_eq!(differs(&trainer, &StatsRequest::default()), None);
    let second = fs::read(file(&study)).expect("a file");
    assert!(second.len() > first.len());
    // It is really used: an answer that is removed from the log is still counted, until all is counted again.
    let connection = rusqlite::Connection::open(study.db()).expect("the database");
    connection
        .execute_batch("drop trigger review_is_never_changed; update review set took_ms = 55000")
        .expect("a change");
    assert!(differs(&trainer, &StatsRequest::default()).is_some());
    fs::remove_file(file(&study)).expect("no file");
    assert_eq!(differs(&trainer, &StatsRequest::default()), None);
}

#[test]
fn a_file_that_is_damaged_or_of_another_database_is_not_used() {
    let study = begun();
    let mut trainer = study.trainer();
    answers(1, 6).iter().for_each(|step| perform(&mut trainer, step));
    assert_eq!(differs(&trainer, &StatsRequest::default()), None);
    let kept = fs::read(file(&study)).expect("a file");
    for place in (0..kept.len()).step_by(7) {
        let mut damaged = kept.clone();
        damaged[place] ^= 0x11;
        fs::write(file(&study), &damaged).expect("a file");
        assert_eq!(differs(&trainer, &StatsRequest::default()), None, "byte {place}");
        fs::write(file(&study), &kept[..place]).expect("a file");
        assert_eq!(differs(&trainer, &StatsRequest::default()), None, "{place} bytes");
    }
    // A log that went on in another way from the same beginning.
    let other = Study::new();
    fs::copy(study.db(), other.db()).expect("a copy");
    let mut there = other.at("2026-11-26").trainer();
    perform(&mut trainer, &Step::Answer(2, true));
    answers(1, 3).iter().for_each(|step| perform(&mut trainer, step));
    answers(2, 4).iter().for_each(|step| perform(&mut there, step));
    assert_eq!(differs(&trainer, &StatsRequest::default()), None);
    fs::copy(file(&study), file(&other)).expect("a copy");
    assert_eq!(differs(&there, &StatsRequest::default()), None);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_folder_in_its_place_makes_nobody_wait() {
    let study = begun();
    let counted = figures(&study.trainer(), &StatsRequest::default(), KeepingRules::NEVER);
    let file = file(&study);
    for command in ["mkfifo", "mkdir"] {
        assert!(std::process::Command::new(command).arg(&file).status().expect(command).success());
        assert_eq!(figures(&study.trainer(), &StatsRequest::default(), ALWAYS), counted, "{command}");
        assert!(study.trainer().check().expect("a check").problems.is_empty(), "{command}");
        drop(fs::remove_file(&file).or_else(|_| fs::remove_dir(&file)));
    }
}

#[test]
fn a_folder_that_cannot_be_written_has_figures() {
    let study = begun();
    let mut trainer = study.trainer();
    answers(1, 6).iter().for_each(|step| perform(&mut trainer, step));
    fs::create_dir(file(&study)).expect("a folder in the way");
    assert_eq!(differs(&trainer, &StatsRequest::default()), None);
    assert!(file(&study).is_dir());
}

#[test]
fn a_rebuild_forgets_what_is_kept() {
    let study = begun();
    let mut trainer = study.trainer();
    answers(1, 6).iter().for_each(|step| perform(&mut trainer, step));
    assert_eq!(differs(&trainer, &StatsRequest::default()), None);
    assert!(file(&study).exists());
    trainer.rebuild(&mut retain::study::unwatched).expect("a rebuild");
    assert!(!file(&study).exists());
}
