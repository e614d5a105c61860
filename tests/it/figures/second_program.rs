//! Every figure of a long history, computed again by a program that shares no line with this one: `tests/statistics`.

use std::collections::HashSet;
use std::path::Path;
use std::process::{Command, Output};

use crate::fixture::history::{Life, Pupil, Subject, banks, known};
use crate::fixture::program::Program;
use retain::model::{DayStart, Moment, Move, MoveKind, StudyDay};
use retain::store::Store;

/// What the folder of an export must hold for the check: all tables, and what `retain stats --json` says.
const REQUIRED: &str = "stats,cards,questions,choices,topics,reviews,revlog,forecast,calibration,decks,overview.json";

/// When decks are made and settings set, before all answers but those of twenty years, and when figures are asked for.
const BEGIN: &str = "2024-06-01T09:00:00+02:00";
const NOW: &str = "2026-11-23T20:00:00+01:00";

/// Parameters that are not the published ones.
const PARAMETERS: &str = "parameters=0.4, 1.3, 2.5, 9, 6.5, 0.8, 3.1, 0.01, 1.8, 0.15, 0.8, 1.5, 0.06, 0.25, 1.65, 0.6, 1.9, 0.55, \
     0.1, 0.07, 0.2";

/// Where the tables of everything are.
const WHOLE: &str = "all";

/// Writes the tables that are asked for with `filters`, and checks them; those of everything are to be there before.
fn agrees(program: &Program, folder: &str, filters: &[&str]) {
    export(program, folder, filters);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statistics");
    let mut command = Command::new("python3");
    command.current_dir(program.folder()).arg("-B").arg(script).args([
        folder,
        "--whole",
        WHOLE,
        "--known",
        "known.json",
        "--require",
        REQUIRED,
    ]);
    command.args(filters);
    let said = output_of(&mut command);
    let (out, err) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{folder}, {filters:?}:\n{out}{err}");
}

/// What `python3` says. A check that did not run is no check that passed.
fn output_of(python: &mut Command) -> Output {
    python.output().unwrap_or_else(|error| {
        panic!("this test needs `python3`; leave it out with `cargo test -- --skip second_program`: {error}")
    })
}

/// Writes every table and the overview into a folder.
fn export(program: &Program, folder: &str, filters: &[&str]) {
    program.ok(&[&["export", "--all", "-o", folder], filters].concat());
    for file in std::fs::read_dir(program.folder().join(folder)).expect("the folder") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a table");
        assert!(!text.contains("NaN") && !text.contains(",inf") && !text.contains(",-inf"), "{}", path.display());
    }
    let deck = filters.windows(2).find(|pair| pair[0] == "--deck").map(|pair| pair[1]);
    let rest = filters.chunks(2).filter(|pair| pair[0] != "--deck").flatten().copied();
    let args: Vec<&str> = ["stats"].into_iter().chain(deck).chain(rest).chain(["--json"]).collect();
    let said = program.ok(&args);
    std::fs::write(program.folder().join(folder).join("overview.json"), said.out).expect("a file");
}

/// A trainer with these decks, and the settings that differ.
fn with_decks(decks: &[(&str, usize)], settings: &[&[&str]]) -> Program {
    let mut program = Program::new();
    program.at(BEGIN);
    import(&program, decks, false);
    for pairs in settings {
        program.ok(&[&["deck", "set"], *pairs].concat());
    }
    program.at(NOW);
    program
}

fn import(program: &Program, decks: &[(&str, usize)], edited: bool) {
    for (number, bank) in (0..).zip(banks(decks, edited)) {
        let name = program.file(&format!("bank-{number}.txt"), bank);
        program.ok(&["import", &name]);
    }
}

fn now() -> Moment {
    chrono::DateTime::parse_from_rfc3339(NOW).expect("a time").into()
}

/// What somebody learnt.
struct Learnt {
    subjects: Vec<Subject>,
    moves: Vec<Move>,
    answers: usize,
}

/// Lets somebody learn.
fn learn(program: &Program, life: Option<&Life>, more: impl FnOnce(&mut Pupil<'_, '_>)) -> Learnt {
    let mut store = Store::open(&program.db(), now().utc_ms, Some(1)).expect("a store");
    let mut writer = store.writer().expect("a writer");
    let mut pupil = Pupil::new(&mut writer, 7);
    if let Some(life) = life {
        pupil.live(life);
    }
    more(&mut pupil);
    let Pupil { subjects, moves, answers, .. } = pupil;
    writer.commit().expect("a commit");
    drop(store);
    program.ok(&["rebuild"]);
    Learnt { subjects, moves, answers }
}

/// Tells the check what no table says.
fn tell(program: &Program, learnt: &Learnt) {
    let store = Store::open(&program.db(), now().utc_ms, Some(1)).expect("a store");
    let known = known(NOW, store.reader(), &learnt.subjects, &learnt.moves);
    program.file("known.json", known.to_string());
}

fn today() -> StudyDay {
    now().study_day(DayStart::default())
}

#[test]
fn the_check_finds_what_differs() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statistics");
    let said = output_of(Command::new("python3").arg("-B").arg(script).arg("--self-test"));
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

/// Decks in decks, two exams, settings of every kind that figures follow from.
const SETTINGS: &[&[&str]] = &[
    &["Biology", "new-per-day=12"],
    &["Biology::Cells", "new-per-day=5", "reviews-per-day=20", "leech-threshold=3"],
    &["Law", "prior-knowledge=0.5", "desired-retention=0.85", "exam=2026-12-18", PARAMETERS],
    &["Logic", "luck-aware=off", "exam=2027-02-01", "leech-threshold=off"],
];

/// Somebody learns from these decks, which then lose some options; how many answers that gave.
fn with_history(decks: [(&str, usize); 4], days: i32) -> (Program, usize) {
    let program = with_decks(&decks, SETTINGS);
    let life = Life { first: StudyDay(today().0 - days), last: today(), new: 2, longest: 14, clock_errs: true };
    let learnt = learn(&program, Some(&life), |_| ());
    import(&program, &decks, true);
    tell(&program, &learnt);
    (program, learnt.answers)
}

#[test]
fn a_hundred_thousand_answers_give_the_same_figures() {
    let decks = [("Biology", 700), ("Biology::Cells", 500), ("Law", 500), ("Logic", 300)];
    let (program, answers) = with_history(decks, 730);
    assert!(answers >= 100_000, "{answers} answers");
    agrees(&program, WHOLE, &[]);
    program.is_sound();
    days_in_a_row_are_those_of_the_log(&program);
}

#[test]
fn parts_of_a_history_agree_too() {
    let (program, _) = with_history([("Biology", 90), ("Biology::Cells", 60), ("Law", 60), ("Logic", 60)], 200);
    agrees(&program, WHOLE, &[]);
    let parts: [&[&str]; 7] = [
        &["--deck", "biology"],
        &["--deck", "law"],
        &["--deck", "logic", "--tag", "exam", "--from", "2026-09-01"],
        &["--topic", "Valley 1", "--topic", "law 2", "--from", "2026-07-01", "--to", "2026-10-31"],
        &["--deck", "biology::cells", "--to", "2027-01-15"],
        &["--from", "2026-11-23"],
        &["--to", "2026-01-01"],
    ];
    for (number, filters) in parts.iter().enumerate() {
        agrees(&program, &format!("part {number}"), filters);
    }
}

/// Whatever the clock and journeys did, the streak is that of the study days.
fn days_in_a_row_are_those_of_the_log(program: &Program) {
    let store = Store::open(&program.db(), now().utc_ms, Some(1)).expect("a store");
    let mut days = HashSet::new();
    let each = store.reader().each_review(
        |_| Ok(()),
        |logged| {
            if !logged.undone {
                days.insert(logged.review.day.0);
            }
            Ok(())
        },
    );
    each.expect("a log");
    let last = if days.contains(&today().0) { today().0 } else { today().0 - 1 };
    let count = (0..).take_while(|back| days.contains(&(last - back))).count();
    let streak = store.reader().streak(today(), DayStart::default()).expect("a streak");
    assert_eq!(streak as usize, count);
}

/// A deck of forty questions, and somebody who does this.
fn small(life: Option<&Life>, more: impl FnOnce(&mut Pupil<'_, '_>)) -> Program {
    let program = with_decks(&[("Small", 40)], &[]);
    tell(&program, &learn(&program, life, more));
    program
}

/// All tables, the dashboard and the home page of a history are there, and agree.
fn holds(program: &Program) {
    agrees(program, WHOLE, &[]);
    for args in [&["stats"][..], &[], &["export", "reviews", "--format", "json"]] {
        let said = program.run(args);
        assert!(said.code == 0 && !said.out.contains("NaN") && !said.out.contains("inf "), "{args:?}: {}", said.out);
    }
    days_in_a_row_are_those_of_the_log(program);
    program.is_sound();
}

#[test]
fn no_deck_and_no_answer() {
    let mut program = Program::new();
    program.at(NOW);
    tell(&program, &learn(&program, None, |_| ()));
    holds(&program);
    holds(&small(None, |_| ()));
}

#[test]
fn one_answer() {
    holds(&small(None, |pupil| {
        pupil.ask(3, now());
    }));
}

#[test]
fn only_answers_that_were_taken_back() {
    holds(&small(None, |pupil| {
        for at in 0..5 {
            let id = pupil.ask(at, now());
            pupil.take_back(id, now());
        }
    }));
}

#[test]
fn nothing_is_due() {
    let program = small(None, |pupil| {
        for at in 0..10 {
            pupil.ask(at, now());
            pupil.relocate(at, MoveKind::Due(today().plus(40)), now());
        }
        for at in 10..pupil.subjects.len() {
            pupil.relocate(at, MoveKind::Suspend, now());
        }
    });
    holds(&program);
}

#[test]
fn the_clock_went_back() {
    let program = small(None, |pupil| {
        for ahead in [30, -3, -2, -1, 0] {
            for at in 0..6 {
                pupil.ask(at, now().plus_ms(ahead * 86_400_000));
            }
        }
    });
    holds(&program);
    let life = Life { first: StudyDay(today().0 - 60), last: today(), new: 1, longest: 9, clock_errs: true };
    holds(&small(Some(&life), |_| ()));
}

#[test]
fn a_flight_to_the_east_breaks_no_streak() {
    // The day before ends in the west after the day has begun in the east: 22:00 UTC is 14:00 in San Francisco and 07:00 in Tokyo.
    let program = small(None, |pupil| {
        for (at, time) in [
            (0, "2026-11-20T12:00:00-08:00"),
            (1, "2026-11-21T14:00:00-08:00"),
            (2, "2026-11-22T16:00:00+09:00"),
            (3, "2026-11-23T09:00:00+09:00"),
        ] {
            pupil.ask(at, chrono::DateTime::parse_from_rfc3339(time).expect("a time").into());
        }
    });
    assert!(program.run(&[]).out.contains("Streak: 4 days."), "{}", program.run(&[]).out);
    holds(&program);
}

#[test]
fn twenty_years() {
    let life = Life { first: StudyDay(today().0 - 7_305), last: today(), new: 1, longest: 90, clock_errs: true };
    holds(&small(Some(&life), |_| ()));
}
