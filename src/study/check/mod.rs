//! Whether the database is sound, memory agrees with the log, and the media are there; and what can be put right without a guess.

mod finding;
mod memory;
mod mend;
mod questions;
mod unopened;

use std::path::Path;

pub use finding::{Finding, Remedy};
pub use mend::Mended;
pub(super) use mend::mend;
pub(super) use unopened::check_unopened;

use crate::error::Result;
use crate::model::{Moment, StudyDay, count};
use crate::store::{
    AbsurdRows, BackupPolicy, BrokenSeal, CACHES, MisdatedAnswers, Reader, SchemaDifference, Store, UnusableSetting,
    is_cut_off,
};
use crate::study::walked;

/// What is said of a file that ends in the middle of a page.
const CUT_OFF: &str = "the file is cut off: it ends in the middle of a page";

/// What is kept of the database in memory meanwhile, in KiB: pages of rows and of indexes are looked up in the order of each other.
const CHECK_KIB: i64 = 16_384;
const INTEGRITY_KIB: i64 = 32_768;

/// What is said of a walk over the log that is kept and says something else.
const KEPT_DIFFERS: &str = "what is kept for figures does not agree with the answer log";

/// The state of a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// What is wrong.
    pub problems: Vec<Finding>,
    /// What a person may want to know, and is not wrong.
    pub notes: Vec<String>,
    /// Cards in the database.
    pub cards: u64,
    /// Answers in the log, those taken back too.
    pub answers: u64,
    /// Answers that count and are dated after now: the clock was wrong then, or is wrong now.
    pub ahead: u64,
    /// When the latest of them was given.
    pub latest: Option<Moment>,
}

impl Health {
    /// Whether something is wrong that this can be done about.
    pub fn needs(&self, remedy: Remedy) -> bool {
        self.problems.iter().any(|problem| problem.remedy == remedy)
    }
}

/// What a check looks at besides the rows of a database.
pub(super) struct CheckPlaces<'a> {
    /// Its file.
    pub database: &'a Path,
    /// The folder of its pictures and sounds.
    pub media: &'a Path,
    /// Where its backups are.
    pub backups: &'a BackupPolicy,
}

/// Looks at the whole database, and at its media folder.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn check(reader: Reader<'_>, places: &CheckPlaces<'_>, now: Moment) -> Result<Health> {
    if is_cut_off(places.database) {
        let problems = vec![Finding::new(CUT_OFF, Remedy::Backup)];
        return Ok(Health { problems, ..Health::default() });
    }
    // What reads the rows need not wait for what reads the pages. Of a damaged file, what they say does not count.
    reader.keep_pages(CHECK_KIB)?;
    let pages = |peer: Reader<'_>| {
        peer.keep_pages(INTEGRITY_KIB)?;
        peer.integrity_problems()
    };
    let (integrity, rows) = reader.side_by_side(pages, |_| Ok(check_rows(reader, places)))?;
    if !integrity.damage.is_empty() {
        // An index repeats what is in its table, so it can be made again.
        let of_index = |problem: &String| problem.contains("index ") && !problem.contains("btree");
        let remedy = if integrity.damage.iter().all(of_index) { Remedy::Mend } else { Remedy::Backup };
        let problems = integrity.damage.into_iter().map(|problem| Finding::new(problem, remedy)).collect();
        return Ok(Health { problems, ..Health::default() });
    }
    let (mut problems, misdated) = match rows? {
        CheckedRows::Unreadable(problems) => return Ok(Health { problems, ..Health::default() }),
        CheckedRows::Readable(problems, misdated) => (problems, misdated),
    };
    problems.extend(index_problems(reader, !integrity.search.is_empty())?);
    problems.extend(questions::media_problems(reader, places.media)?);
    if problems.is_empty() && walked::differs(reader, now.utc_ms)? {
        problems.push(Finding::new(KEPT_DIFFERS, Remedy::Mend));
    }
    let (ahead, latest) = reader.answers_after(now.utc_ms)?;
    Ok(Health {
        problems,
        notes: [reader.ignored_parts()?, questions::notes(reader)?, misdated_note(misdated)].concat(),
        cards: reader.cards_not_erased()?,
        answers: reader.review_count()?,
        ahead,
        latest: latest.map(|utc_ms| Moment { utc_ms, ..now }),
    })
}

/// What the rows of a database say.
enum CheckedRows {
    /// Too much is wrong to look at the rest.
    Unreadable(Vec<Finding>),
    Readable(Vec<Finding>, MisdatedAnswers),
}

/// Looks at all rows, but for the index of words.
fn check_rows(reader: Reader<'_>, places: &CheckPlaces<'_>) -> Result<CheckedRows> {
    let mut problems = Vec::new();
    let mut add =
        |whats: Vec<String>, remedy| problems.extend(whats.into_iter().map(|what| Finding::new(what, remedy)));
    let endless = reader.endless_texts()?;
    let can_be_loaded = endless.is_empty();
    add(endless, Remedy::Backup);
    add(reader.foreign_key_problems()?, Remedy::Backup);
    add(reader.broken_texts()?, Remedy::Backup);
    let (caches, kept): (Vec<_>, Vec<_>) =
        reader.absurd_rows()?.into_iter().partition(|rows| CACHES.contains(&rows.table));
    add(kept.iter().map(absurd_words).collect(), Remedy::Backup);
    if !can_be_loaded {
        return Ok(CheckedRows::Unreadable(problems));
    }
    add(reader.shared_identities()?, Remedy::Backup);
    let can_be_read = problems.is_empty();
    let seals = reader.broken_seals()?;
    problems.extend(seals.iter().map(|seal| Finding::new(seal_words(seal), Remedy::Seal)));
    problems.extend(caches.iter().map(|rows| Finding::new(absurd_words(rows), Remedy::Mend)));
    if !can_be_read {
        return Ok(CheckedRows::Unreadable(problems));
    }
    problems.extend(setting_problems(reader)?);
    let unreadable = reader.unreadable_changes()?;
    problems.extend((unreadable > 0).then(|| Finding::new(history_words(unreadable), Remedy::Mend)));
    let unknown = reader.unknown_deeds()?;
    problems.extend((unknown > 0).then(|| {
        let deeds = count(unknown, "row");
        Finding::new(format!("{deeds} of `deed` says what no version of this program does"), Remedy::Backup)
    }));
    problems.extend(questions::deck_problems(reader)?);
    problems.extend(questions::question_problems(reader)?);
    let misdated = reader.misdated_answers()?;
    problems.extend((misdated.open > 0).then(|| Finding::new(misdated_words(misdated), Remedy::Misdated)));
    problems.extend(memory::memory_problems(reader, places, seals.is_empty() && misdated.open == 0)?);
    Ok(CheckedRows::Readable(problems, misdated))
}

/// What is wrong with a backup or a database of the newest schema although its file is sound: a line for all of a kind. Quicker than a whole check.
///
/// # Errors
/// When it cannot be read.
pub(in crate::study) fn flaws(reader: Reader<'_>) -> Result<Vec<String>> {
    let mut flaws = reader.endless_texts()?;
    if !flaws.is_empty() {
        return Ok(flaws);
    }
    flaws = [reader.foreign_key_problems()?, reader.broken_texts()?, reader.shared_identities()?].concat();
    flaws.extend(reader.absurd_rows()?.iter().filter(|rows| !CACHES.contains(&rows.table)).map(absurd_words));
    flaws.extend(reader.broken_seals()?.iter().map(seal_words));
    let missed = reader.cards_that_miss_an_entry()?;
    flaws.extend((missed > 0).then(|| {
        let verb = if missed == 1 { "misses" } else { "miss" };
        format!("{} {verb} an answer: the schedule knows it, and the log does not have it", count(missed, "card"))
    }));
    if flaws.is_empty() {
        let mut unreadable = 0;
        reader.each_checked_question(|question| {
            unreadable += u64::from(question.choices.is_none());
            Ok(())
        })?;
        flaws.extend(
            (unreadable > 0).then(|| format!("the options of {} cannot be read", count(unreadable, "question"))),
        );
    }
    Ok(flaws)
}

/// The same, and where the schedule does not follow from the log: of a database that is to be at `db`.
///
/// # Errors
/// When it cannot be read.
pub(in crate::study) fn flaws_with_schedule(reader: Reader<'_>, db: &Path) -> Result<Vec<String>> {
    let mut flaws = flaws(reader)?;
    if flaws.is_empty() {
        let misdated = reader.misdated_answers()?;
        flaws.extend((misdated.open > 0).then(|| misdated_words(misdated)));
        let places = CheckPlaces { database: db, media: db, backups: &BackupPolicy::default() };
        flaws.extend(memory::memory_problems(reader, &places, true)?.into_iter().map(|problem| problem.what));
        let unreadable = reader.unreadable_changes()?;
        flaws.extend((unreadable > 0).then(|| history_words(unreadable)));
        let mut rest = [setting_problems(reader)?, questions::deck_problems(reader)?].concat();
        rest.extend(questions::question_problems(reader)?);
        // The pictures themselves are not there yet, and their names are.
        rest.extend(questions::media_problems(reader, db)?.into_iter().filter(|one| one.remedy != Remedy::Import));
        flaws.extend(rest.into_iter().map(|problem| problem.what));
    }
    Ok(flaws)
}

/// The flaws of the database in a file that nobody writes; none if it is of an older schema. What its schema lacks or has besides is never run.
pub(in crate::study) fn flaws_of_file(path: &Path) -> Vec<String> {
    match Store::look(path) {
        Ok(store) => flaws(store.reader()).unwrap_or_default(),
        Err(error) if error.code() == "foreign-schema" => {
            let differences = Store::schema_differences(path).unwrap_or_default();
            let rows = Store::open_inert(path).and_then(|store| flaws(store.reader())).unwrap_or_default();
            differences.iter().map(SchemaDifference::words).chain(rows).collect()
        }
        Err(_) => Vec::new(),
    }
}

fn history_words(unreadable: u64) -> String {
    let are = if unreadable == 1 { "is" } else { "are" };
    format!("{} that `retain undo` needs {are} not as this program keeps them, or gone", count(unreadable, "row"))
}

fn absurd_words(AbsurdRows { table, rows, what }: &AbsurdRows) -> String {
    let (noun, verb) = match (*rows, what.starts_with("taken")) {
        (1, true) => ("row", "was"),
        (_, true) => ("rows", "were"),
        (1, false) => ("row", "has"),
        (_, false) => ("rows", "have"),
    };
    format!("{rows} {noun} of `{table}` {verb} {what}")
}

/// Settings that mean nothing; the default counts in their place.
fn setting_problems(reader: Reader<'_>) -> Result<Vec<Finding>> {
    let problem = |setting: &UnusableSetting| Finding::new(setting.words(), Remedy::Mend);
    Ok(reader.unusable_settings()?.iter().map(problem).collect())
}

fn index_problems(reader: Reader<'_>, is_damaged: bool) -> Result<Vec<Finding>> {
    if is_damaged || reader.index_is_damaged()? {
        return Ok(vec![Finding::new("the search index is damaged", Remedy::Mend)]);
    }
    let misplaced = reader.misplaced_in_index()?;
    let what = || format!("the search index has {} wrongly", count(misplaced, "question"));
    Ok((misplaced > 0).then(|| Finding::new(what(), Remedy::Mend)).into_iter().collect())
}

fn misdated_words(misdated: MisdatedAnswers) -> String {
    let time = |utc_ms: i64| Moment::within_calendar(utc_ms, 0).rfc3339();
    let (given, dated) = (time(misdated.given_ms), time(misdated.dated_ms));
    match misdated.open + misdated.sealed {
        1 => format!("an answer has another date than when it was given: it was given at {given}, and says {dated}"),
        many => format!(
            "{many} answers have other dates than when they were given: the first was given at {given}, and says {dated}"
        ),
    }
}

/// What was sealed with its date is taken for right.
fn misdated_note(misdated: MisdatedAnswers) -> Vec<String> {
    let is_note = misdated.open == 0 && misdated.sealed > 0;
    is_note.then(|| misdated_words(misdated)).into_iter().collect()
}

pub(in crate::study) fn seal_words(seal: &BrokenSeal) -> String {
    let (sealed, found) = (seal.sealed, seal.found);
    let what = match (&seal.import, seal.day) {
        (Some(import), _) => format!("the answers of the import `{import}`"),
        (None, day) => format!("the answers of {}", StudyDay::within_calendar(day.unwrap_or(0))),
    };
    if seal.sealed == 0 {
        format!("{what} have no seal any more")
    } else if seal.sealed == seal.found {
        format!("{what} were changed since they were given")
    } else {
        format!("{what} are not those that were given: there were {sealed}, now there are {found}")
    }
}
