//! Backups that nobody asks for.

use std::fs;

use retain::study::{BackupPolicy, BackupReason, Generations, MoveRequest, ReviewRequest, Trainer, unwatched};

use super::{BANK, damage, folder, keeping, names, reasons};
use crate::fixture::program::Program;
use crate::fixture::study::Study;

fn bank(questions: usize) -> String {
    (1..=questions).map(|number| format!("{number}. What is number {number}?\nA. this *\nB. that\n\n")).collect()
}

fn import(trainer: &mut Trainer, text: &str) {
    trainer.import(text.as_bytes(), "Planets.txt", &mut unwatched).expect("an import");
}

#[test]
fn an_import_is_preceded_by_a_backup_if_it_changes_something() {
    let study = Study::new();
    let (mut trainer, failure) = keeping(&study, BackupPolicy::default());
    import(&mut trainer, BANK);
    assert_eq!(reasons(&study), [""; 0], "there was nothing to lose");
    import(&mut trainer, BANK);
    assert_eq!(reasons(&study), [""; 0], "nothing changed");
    import(&mut trainer, &BANK.replace("Venus", "Pluto"));
    assert_eq!(reasons(&study), ["before-import"]);
    let kept = Trainer::backups(&study.db(), &BackupPolicy::default()).remove(0).file.path;
    let before = Trainer::look(&kept, retain::clock::Clock::fixed(study.now())).expect("a backup");
    let (_, bank) = before.printed_bank("Planets").expect("a deck");
    assert!(
        retain::bank::print::print(&bank, "markdown").expect("a bank").text.contains("Venus"),
        "it has what was there before"
    );
    assert_eq!(failure.reported().map(|error| error.message().to_owned()), None);
    assert_eq!(names(&folder(&study)).len(), 1, "and nothing besides");
}

#[test]
fn the_first_change_of_a_study_day_is_preceded_by_a_backup() {
    let study = Study::new();
    study.settings("learning-steps=none").bank("Planets", BANK);
    let uid = |study: &Study| study.card("red")["card"].as_str().expect("a card").parse().expect("an identity");
    let card = uid(&study);
    let flag = |study: &Study, note: &str| {
        let (mut trainer, _) = keeping(study, BackupPolicy::default());
        trainer.flag_card(card, Some(note)).expect("a flag");
    };
    flag(&study, "a");
    flag(&study, "b");
    assert_eq!(reasons(&study), ["daily"], "one a day");
    // Half past three in the morning is the evening before.
    study.at("2026-11-24T03:30:00+01:00");
    flag(&study, "c");
    assert_eq!(reasons(&study), ["daily"]);
    study.at("2026-11-24T04:30:00+01:00");
    let (trainer, _) = keeping(&study, BackupPolicy::default());
    drop((trainer.home().expect("a day"), trainer));
    assert_eq!(reasons(&study), ["daily"], "who only looks needs none");
    flag(&study, "d");
    assert_eq!(reasons(&study), ["daily"; 2]);
    study.at("2026-11-25");
    let (mut trainer, _) = keeping(&study, BackupPolicy { automatic: false, ..BackupPolicy::default() });
    trainer.flag_card(card, Some("e")).expect("a flag");
    assert_eq!(reasons(&study), ["daily"; 2], "who wants none gets none");
}

#[test]
fn a_review_is_backed_up_while_it_goes_on() {
    let study = Study::new();
    study.settings("learning-steps=none").bank("Planets", BANK);
    let (mut trainer, failure) = keeping(&study, BackupPolicy::default());
    let decks = trainer.decks().expect("decks");
    let mut plan = trainer.plan_day(&ReviewRequest::default()).expect("a day");
    let agenda = std::mem::take(&mut plan.agenda);
    let mut session = retain::session::Session::new(agenda, retain::session::Limits::default(), plan.today, 1);
    let mut world = trainer.review_world(&decks, &plan, ReviewRequest::default());
    let mut step = session.begin(world.now());
    let mut answered = 0;
    loop {
        step = match step.next {
            retain::session::Next::Request(request) => {
                let reply = world.perform(request).expect("a reply");
                session.reply(world.now(), reply)
            }
            retain::session::Next::End(_) => break,
            retain::session::Next::Act => {
                let action = match session.phase() {
                    retain::session::Phase::Asking(showing) => {
                        let given = retain::session::GivenAnswer::Picked(showing.right_places());
                        retain::session::Action::Answer { given, took_ms: Some(1), sure: None }
                    }
                    _ => {
                        answered += 1;
                        retain::session::Action::Rate(retain::session::StatedRating::GoOn)
                    }
                };
                session.act(world.now(), action)
            }
        };
    }
    drop(world);
    assert_eq!(answered, 2);
    trainer.finish_backup(&mut unwatched);
    assert_eq!(reasons(&study), ["daily"]);
    assert!(failure.reported().is_none());
    drop(trainer);
    study.is_sound();
}

#[test]
fn large_changes_are_preceded_by_a_backup() {
    let study = Study::new();
    study.bank("Sea", bank(120)).bank("Land", BANK);
    let uids: Vec<uuid::Uuid> = study
        .table("cards")
        .iter()
        .map(|card| card["card"].as_str().expect("a card").parse().expect("an identity"))
        .collect();
    let (mut trainer, failure) = keeping(&study, BackupPolicy::default());
    trainer.flag_cards(&uids[..5], Some("few")).expect("flags");
    trainer.flag_cards(&uids, Some("many")).expect("flags");
    trainer.merge_decks("Land", "Sea").expect("a merge");
    trainer.delete_deck("Sea").expect("a deletion");
    trainer.undo().expect("an undo");
    trainer.rebuild(&mut unwatched).expect("a rebuild");
    assert_eq!(
        reasons(&study),
        ["before-rebuild", "before-cards", "before-deletion", "before-merge", "before-cards", "daily"]
    );
    assert!(failure.reported().is_none());
    // What changes nothing needs none.
    let plan = trainer.plan_moves(&MoveRequest::Reschedule, None).expect("a plan");
    trainer.carry_out(&plan, &mut unwatched).expect("no moves");
    assert_eq!(reasons(&study).len(), 6);
}

#[test]
fn nothing_is_copied_twice() {
    let study = Study::new();
    study.bank("Planets", BANK);
    let (trainer, _) = keeping(&study, BackupPolicy::default());
    trainer.keep_backup(BackupReason::ByHand, &mut unwatched).expect("a backup");
    drop(trainer);
    let card = study.card("red")["card"].as_str().expect("a card").parse().expect("an identity");
    study.at("2026-11-30");
    let (mut trainer, _) = keeping(&study, BackupPolicy::default());
    trainer.flag_card(card, Some("a")).expect("a flag");
    assert_eq!(reasons(&study), ["by-hand"], "the newest backup holds this state");
}

#[test]
fn a_backup_that_fails_leaves_nothing_and_is_reported_once() {
    let study = Study::new();
    study.bank("Planets", bank(400));
    let card = study.card("number 7?")["card"].as_str().expect("a card").parse().expect("an identity");
    fs::write(folder(&study), "no folder").expect("a file");
    let (mut trainer, failure) = keeping(&study, BackupPolicy::default());
    assert!(trainer.flag_card(card, Some("a")).expect("a flag"), "it is done all the same");
    trainer.rebuild(&mut unwatched).expect("a rebuild");
    let words = failure.reported().expect("a failure");
    assert!(words.message().contains("the folder for backups cannot be made"), "{words}");
    assert!(failure.reported().is_none());
    // Where it cannot be undone, it is not done.
    let purge = trainer.keep_backup(BackupReason::Purge, &mut unwatched).expect_err("no backup");
    assert_eq!(purge.code(), "backup-failed");
    assert_eq!(fs::read_to_string(folder(&study)).expect("the file"), "no folder");
}

#[test]
fn a_damaged_database_is_never_kept_over_a_good_one() {
    let study = Study::new();
    study.bank("Planets", bank(400));
    let policy =
        BackupPolicy { generations: Generations { last: 1, days: 0, weeks: 0, months: 0 }, ..BackupPolicy::default() };
    let (trainer, _) = keeping(&study, policy.clone());
    trainer.keep_backup(BackupReason::Daily, &mut unwatched).expect("a backup");
    drop(trainer);
    let good = names(&folder(&study));
    damage(&study.db());
    study.at("2026-12-24");
    let (trainer, _) = keeping(&study, policy);
    let failure = trainer.keep_backup(BackupReason::Daily, &mut unwatched).expect_err("no backup");
    assert_eq!(failure.code(), "database-damaged", "{failure}");
    assert!(failure.message().starts_with("the database is damaged, so no backup was made of it"), "{failure}");
    assert_eq!(names(&folder(&study)), good);
    let to = study.folder().join("copy.db");
    assert_eq!(trainer.backup(&to).expect_err("no backup").code(), "database-damaged");
    assert!(!to.exists());
    assert!(names(study.folder()).iter().all(|name| !name.starts_with(".retain-")), "{:?}", names(study.folder()));
}

#[test]
fn generations_are_thinned_and_what_was_asked_for_stays() {
    let study = Study::new();
    study.bank("Planets", BANK);
    let card = study.card("red")["card"].as_str().expect("a card").parse().expect("an identity");
    let generations = Generations { last: 2, days: 3, weeks: 0, months: 0 };
    for day in 1..=9 {
        study.at(&format!("2026-12-0{day}"));
        let (mut trainer, _) = keeping(&study, BackupPolicy { generations, ..BackupPolicy::default() });
        trainer.flag_card(card, Some(&format!("day {day}"))).expect("a flag");
        if day == 2 {
            trainer.keep_backup(BackupReason::ByHand, &mut unwatched).expect("a backup");
        }
    }
    let days: Vec<String> = names(&folder(&study)).iter().map(|name| name[16..18].to_owned()).collect();
    assert_eq!(days, ["02", "07", "08", "09"]);
}

#[test]
fn the_program_keeps_backups_where_the_settings_say() {
    let mut program = Program::new();
    program.with_mlops();
    program.ok(&["config", "backups.folder", "kept elsewhere"]);
    program.ok(&["card", "list"]);
    program.ok(&["card", "flag", "1", "--note", "x"]);
    let kept = program.db().with_file_name("kept elsewhere");
    assert_eq!(names(&kept).len(), 1, "{:?}", names(&kept));
    let place = &program.json(&["where", "--json"])[0];
    assert_eq!(place["backups"]["path"], kept.display().to_string());
    program.at("2026-11-24T08:00:00+01:00");
    program.ok(&["config", "backups.automatic", "off"]);
    program.ok(&["card", "unflag", "1"]);
    assert_eq!(names(&kept).len(), 1);
    let refused = program.run(&["config", "backups.last", "0"]);
    assert!(refused.code == 1 && refused.err.contains("out of range"), "{}", refused.err);
}

#[test]
fn a_review_of_the_program_warns_at_its_end() {
    let mut program = Program::new();
    program.with_mlops();
    fs::write(program.db().with_file_name("backups"), "").expect("a file");
    let said = program.with_input(&["review", "--plain", "--limit", "1"], "A\n\n");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("warning: no backup was kept: ") && said.err.contains("hint: "), "{}", said.err);
    assert_eq!(program.table("reviews").len(), 1);
    let refused = program.run(&["backup"]);
    assert!(refused.code == 1 && refused.err.contains("the folder for backups cannot be made"), "{}", refused.err);
}

#[test]
fn backups_of_another_database_with_the_same_name_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let shared = folder.path().join("kept");
    let generations = Generations { last: 1, days: 0, weeks: 0, months: 0 };
    let policy = BackupPolicy { automatic: true, folder: Some(shared.clone()), generations };
    let (one, two) = (Study::new(), Study::new());
    // Chance and time are fixed, so what is done at the same moment would have the same identity.
    two.at("2026-11-24");
    let changed = |study: &Study, word: &str| {
        let (mut trainer, _) = keeping(study, policy.clone());
        import(&mut trainer, &BANK.replace("Venus", word));
    };
    for study in [&one, &two] {
        for word in ["Venus", "Pluto", "Io"] {
            changed(study, word);
        }
    }
    let left = names(&shared);
    assert_eq!(left.len(), 2, "the newest of each: {left:?}");
}
