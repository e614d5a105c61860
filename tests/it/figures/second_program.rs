//! Every figure of a long history, computed again by a program that shares no line with this one: `tests/statistics`.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::fixture::history::{Life, Pupil, Subject, banks, known};
use crate::fixture::study::Study;
use retain::bank::ReadOptions;
use retain::model::{DayStart, Moment, Move, MoveKind, StudyDay};
use retain::store::Store;
use retain::study::{StatsRequest, Table};
use retain::ui::csv::Format;
use retain::ui::{overview, overview_json};

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

/// The figures of a part of the answers.
#[derive(Clone, Debug, Default)]
struct Part {
    deck: Option<&'static str>,
    topics: Vec<String>,
    tags: Vec<String>,
    from: Option<&'static str>,
    to: Option<&'static str>,
}

impl Part {
    fn request(&self) -> StatsRequest<'_> {
        let day = |day: Option<&str>| day.map(|day| day.parse().expect("a day"));
        StatsRequest { deck: self.deck, topics: &self.topics, tags: &self.tags, from: day(self.from), to: day(self.to) }
    }

    /// The same part as `tests/statistics` takes it.
    fn args(&self) -> Vec<&str> {
        let named = |name: &'static str, value: Option<&'static str>| value.map(|value| [name, value]);
        let mut args: Vec<[&str; 2]> = Vec::new();
        args.extend(named("--deck", self.deck));
        args.extend(self.topics.iter().map(|topic| ["--topic", topic.as_str()]));
        args.extend(self.tags.iter().map(|tag| ["--tag", tag.as_str()]));
        args.extend(named("--from", self.from));
        args.extend(named("--to", self.to));
        args.concat()
    }
}

/// The folder of a study.
fn home(study: &Study) -> PathBuf {
    study.db().parent().expect("a folder").to_owned()
}

/// Writes the tables of a part into a folder, and checks them; those of everything are to be there before.
fn agrees(study: &Study, folder: &str, part: &Part) {
    export(study, folder, part);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statistics");
    let mut command = Command::new("python3");
    command.current_dir(home(study)).arg("-B").arg(script).args([
        folder,
        "--whole",
        WHOLE,
        "--known",
        "known.json",
        "--require",
        REQUIRED,
    ]);
    command.args(part.args());
    let said = output_of(&mut command);
    let (out, err) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{folder}, {part:?}:\n{out}{err}");
}

/// What `python3` says. A check that did not run is no check that passed.
fn output_of(python: &mut Command) -> Output {
    python.output().unwrap_or_else(|error| {
        panic!("this test needs `python3`; leave it out with `cargo test -- --skip second_program`: {error}")
    })
}

/// Writes every table and the overview into a folder, as `retain export --all` and `retain stats --json` do.
fn export(study: &Study, folder: &str, part: &Part) {
    let (folder, request) = (home(study).join(folder), part.request());
    fs::create_dir_all(&folder).expect("a folder");
    for (_, name, ..) in Table::ALL {
        let text = study.written(name, &request, Format::Csv);
        assert!(!text.contains("NaN") && !text.contains(",inf") && !text.contains(",-inf"), "{name}");
        fs::write(folder.join(format!("{name}.csv")), text).expect("a file");
    }
    let figures = overview::without_markup(study.trainer().overview(&request).expect("an overview"));
    fs::write(folder.join("overview.json"), overview_json::line(&figures).expect("a line")).expect("a file");
}

/// A study with these decks, and the settings that differ.
fn with_decks(decks: &[(&str, usize)], settings: &[(&str, &[&str])]) -> Study {
    let study = Study::new();
    import(study.at(BEGIN), decks, false);
    for (deck, pairs) in settings {
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        study.trainer().change_settings(Some(deck), &pairs).expect("settings");
    }
    study.at(NOW);
    study
}

fn import(study: &Study, decks: &[(&str, usize)], edited: bool) {
    for (number, bank) in (0..).zip(banks(decks, edited)) {
        study.import(&format!("bank-{number}.txt"), &bank, &ReadOptions::default(), None);
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
fn learn(study: &Study, life: Option<&Life>, more: impl FnOnce(&mut Pupil<'_, '_>)) -> Learnt {
    let mut store = Store::open(&study.db(), now().utc_ms, Some(1)).expect("a store");
    let mut writer = store.writer().expect("a writer");
    let mut pupil = Pupil::new(&mut writer, 7);
    if let Some(life) = life {
        pupil.live(life);
    }
    more(&mut pupil);
    let Pupil { subjects, moves, answers, .. } = pupil;
    writer.commit().expect("a commit");
    drop(store);
    study.rebuild();
    Learnt { subjects, moves, answers }
}

/// Tells the check what no table says.
fn tell(study: &Study, learnt: &Learnt) {
    let store = Store::open(&study.db(), now().utc_ms, Some(1)).expect("a store");
    let known = known(NOW, store.reader(), &learnt.subjects, &learnt.moves);
    fs::write(home(study).join("known.json"), known.to_string()).expect("a file");
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
const SETTINGS: &[(&str, &[&str])] = &[
    ("Biology", &["new-per-day=12"]),
    ("Biology::Cells", &["new-per-day=5", "reviews-per-day=20", "leech-threshold=3"]),
    ("Law", &["prior-knowledge=0.5", "desired-retention=0.85", "exam=2026-12-18", PARAMETERS]),
    ("Logic", &["luck-aware=off", "exam=2027-02-01", "leech-threshold=off"]),
];

/// Somebody learns from these decks, which then lose some options; how many answers that gave.
fn with_history(decks: [(&str, usize); 4], days: i32) -> (Study, usize) {
    let study = with_decks(&decks, SETTINGS);
    let life = Life { first: StudyDay(today().0 - days), last: today(), new: 2, longest: 14, clock_errs: true };
    let learnt = learn(&study, Some(&life), |_| ());
    import(&study, &decks, true);
    tell(&study, &learnt);
    (study, learnt.answers)
}

#[test]
fn thousands_of_answers_give_the_same_figures() {
    // Ten times the history, where that is asked for.
    let (times, days, least) =
        if std::env::var_os("RETAIN_FIGURES").is_some() { (5, 730, 30_000) } else { (1, 365, 3_000) };
    let decks = [("Biology", 42 * times), ("Biology::Cells", 30 * times), ("Law", 30 * times), ("Logic", 18 * times)];
    let (study, answers) = with_history(decks, days);
    assert!(answers >= least, "{answers} answers");
    agrees(&study, WHOLE, &Part::default());
    study.is_sound();
    days_in_a_row_are_those_of_the_log(&study);
}

#[test]
fn parts_of_a_history_agree_too() {
    let (study, _) = with_history([("Biology", 60), ("Biology::Cells", 40), ("Law", 40), ("Logic", 40)], 160);
    let all = Part::default();
    // Whether that agrees is for the test above.
    export(&study, WHOLE, &all);
    let parts = [
        Part { deck: Some("biology"), ..all.clone() },
        Part { deck: Some("logic"), tags: vec!["exam".into()], from: Some("2026-09-01"), ..all.clone() },
        Part {
            topics: vec!["Valley 1".into(), "law 2".into()],
            from: Some("2026-07-01"),
            to: Some("2026-10-31"),
            ..all.clone()
        },
        Part { to: Some("2026-01-01"), ..all },
    ];
    for (number, part) in parts.iter().enumerate() {
        agrees(&study, &format!("part {number}"), part);
    }
}

/// Whatever the clock and journeys did, the streak is that of the study days.
fn days_in_a_row_are_those_of_the_log(study: &Study) {
    let store = Store::open(&study.db(), now().utc_ms, Some(1)).expect("a store");
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
fn small(life: Option<&Life>, more: impl FnOnce(&mut Pupil<'_, '_>)) -> Study {
    let study = with_decks(&[("Small", 40)], &[]);
    tell(&study, &learn(&study, life, more));
    study
}

/// All tables, the dashboard and the home page of a history are there, and agree.
fn holds(study: &Study) {
    agrees(study, WHOLE, &Part::default());
    let all = StatsRequest::default();
    for text in [study.dashboard(&all), study.home(), study.written("reviews", &all, Format::Json)] {
        assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
    }
    days_in_a_row_are_those_of_the_log(study);
    study.is_sound();
}

#[test]
fn no_deck_and_no_answer() {
    let study = Study::new();
    study.at(NOW);
    tell(&study, &learn(&study, None, |_| ()));
    holds(&study);
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
    let study = small(None, |pupil| {
        for at in 0..10 {
            pupil.ask(at, now());
            pupil.relocate(at, MoveKind::Due(today().plus(40)), now());
        }
        for at in 10..pupil.subjects.len() {
            pupil.relocate(at, MoveKind::Suspend, now());
        }
    });
    holds(&study);
}

#[test]
fn the_clock_went_back() {
    let study = small(None, |pupil| {
        for ahead in [30, -3, -2, -1, 0] {
            for at in 0..6 {
                pupil.ask(at, now().plus_ms(ahead * 86_400_000));
            }
        }
    });
    holds(&study);
    let life = Life { first: StudyDay(today().0 - 60), last: today(), new: 1, longest: 9, clock_errs: true };
    holds(&small(Some(&life), |_| ()));
}

#[test]
fn a_flight_to_the_east_breaks_no_streak() {
    // The day before ends in the west after the day has begun in the east: 22:00 UTC is 14:00 in San Francisco and 07:00 in Tokyo.
    let study = small(None, |pupil| {
        for (at, time) in [
            (0, "2026-11-20T12:00:00-08:00"),
            (1, "2026-11-21T14:00:00-08:00"),
            (2, "2026-11-22T16:00:00+09:00"),
            (3, "2026-11-23T09:00:00+09:00"),
        ] {
            pupil.ask(at, chrono::DateTime::parse_from_rfc3339(time).expect("a time").into());
        }
    });
    assert!(study.home().contains("Streak: 4 days."), "{}", study.home());
    holds(&study);
}

#[test]
fn twenty_years() {
    let life = Life { first: StudyDay(today().0 - 7_305), last: today(), new: 1, longest: 90, clock_errs: true };
    holds(&small(Some(&life), |_| ()));
}
