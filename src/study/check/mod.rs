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
use crate::store::{AbsurdRows, BrokenSeal, Reader, UnusableSetting};

/// Tables that follow from others, and can be made again.
const CACHES: [&str; 2] = ["memory", "load"];

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

/// Looks at the whole database, and at its media folder.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn check(reader: Reader<'_>, media: &Path, now: Moment) -> Result<Health> {
    let integrity = reader.integrity_problems()?;
    if !integrity.damage.is_empty() {
        // An index repeats what is in its table, so it can be made again.
        let of_index = |problem: &String| problem.contains("index ") && !problem.contains("btree");
        let remedy = if integrity.damage.iter().all(of_index) { Remedy::Mend } else { Remedy::Backup };
        let problems = integrity.damage.into_iter().map(|problem| Finding::new(problem, remedy)).collect();
        return Ok(Health { problems, ..Health::default() });
    }
    let mut problems = Vec::new();
    let mut add =
        |whats: Vec<String>, remedy| problems.extend(whats.into_iter().map(|what| Finding::new(what, remedy)));
    add(reader.foreign_key_problems()?, Remedy::Backup);
    add(reader.broken_texts()?, Remedy::Backup);
    let (caches, kept): (Vec<_>, Vec<_>) =
        reader.absurd_rows()?.into_iter().partition(|rows| CACHES.contains(&rows.table));
    add(kept.iter().map(absurd_words).collect(), Remedy::Backup);
    add(reader.shared_identities()?, Remedy::Backup);
    let can_be_read = problems.is_empty();
    let seals = reader.broken_seals()?;
    problems.extend(seals.iter().map(|seal| Finding::new(seal_words(seal), Remedy::Seal)));
    problems.extend(caches.iter().map(|rows| Finding::new(absurd_words(rows), Remedy::Mend)));
    if !can_be_read {
        return Ok(Health { problems, ..Health::default() });
    }
    problems.extend(setting_problems(reader)?);
    problems.extend(questions::deck_problems(reader)?);
    problems.extend(questions::question_problems(reader)?);
    problems.extend(memory::memory_problems(reader, seals.is_empty())?);
    problems.extend(index_problems(reader, !integrity.search.is_empty())?);
    problems.extend(questions::media_problems(reader, media)?);
    let (ahead, latest) = reader.answers_after(now.utc_ms)?;
    Ok(Health {
        problems,
        notes: [reader.ignored_parts()?, questions::notes(reader)?].concat(),
        cards: reader.cards_not_erased()?,
        answers: reader.review_count()?,
        ahead,
        latest: latest.map(|utc_ms| Moment { utc_ms, ..now }),
    })
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

fn seal_words(seal: &BrokenSeal) -> String {
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
