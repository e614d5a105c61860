//! Whether the database is sound, memory agrees with the log, and the media are there; and what can be put right without a guess.

mod mend;
mod questions;
mod unopened;

use std::path::Path;

pub use mend::Mended;
pub(super) use mend::mend;
pub(super) use unopened::check_unopened;

use super::decks::Decks;
use super::rebuild::replay_all;
use crate::error::Result;
use crate::model::{CardMemory, LogId, Moment, StudyDay, count};
use crate::store::{BrokenSeal, MemoryRow, Reader};

/// What can be done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// It can be put right without a guess.
    Mend,
    /// What was lost is in a backup, or nowhere.
    Backup,
    /// The log and the schedule do not fit, and it cannot be known which of them is right.
    Undecided,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is, in a line.
    pub what: String,
    /// What can be done about it.
    pub remedy: Remedy,
}

impl Finding {
    fn new(what: impl Into<String>, remedy: Remedy) -> Self {
        Self { what: what.into(), remedy }
    }
}

/// The state of a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// What is wrong.
    pub problems: Vec<Finding>,
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
    let damage = reader.integrity_problems()?;
    if !damage.is_empty() {
        // An index repeats what is in its table, so it can be made again.
        let of_index = |problem: &String| problem.contains("index ") && !problem.contains("btree");
        let remedy = if damage.iter().all(of_index) { Remedy::Mend } else { Remedy::Backup };
        let problems = damage.into_iter().map(|problem| Finding::new(problem, remedy)).collect();
        return Ok(Health { problems, ..Health::default() });
    }
    let mut problems = Vec::new();
    problems.extend(reader.foreign_key_problems()?.into_iter().map(|problem| Finding::new(problem, Remedy::Backup)));
    problems.extend(reader.broken_texts()?.into_iter().map(|problem| Finding::new(problem, Remedy::Backup)));
    problems.extend(reader.absurd_values()?.into_iter().map(|problem| Finding::new(problem, Remedy::Backup)));
    let can_be_read = problems.is_empty();
    let seals = reader.broken_seals()?;
    problems.extend(seals.iter().map(|seal| Finding::new(seal_words(seal), Remedy::Backup)));
    if !can_be_read {
        return Ok(Health { problems, ..Health::default() });
    }
    problems.extend(questions::question_problems(reader)?);
    problems.extend(memory_problems(reader, seals.is_empty())?);
    let misplaced = reader.misplaced_in_index()?;
    if misplaced > 0 {
        problems
            .push(Finding::new(format!("the search index has {} wrongly", count(misplaced, "question")), Remedy::Mend));
    }
    problems.extend(questions::media_problems(reader, media)?);
    let (ahead, latest) = reader.answers_after(now.utc_ms)?;
    Ok(Health {
        problems,
        cards: reader.cards_not_erased()?,
        answers: reader.review_count()?,
        ahead,
        latest: latest.map(|utc_ms| Moment { utc_ms, ..now }),
    })
}

fn seal_words(seal: &BrokenSeal) -> String {
    let (sealed, found) = (seal.sealed, seal.found);
    let what = match (&seal.import, seal.day) {
        (Some(import), _) => format!("the answers of the import `{import}`"),
        (None, day) => {
            let day = StudyDay(i32::try_from(day.unwrap_or(0)).unwrap_or(i32::MAX));
            format!("the answers of {day}")
        }
    };
    if seal.sealed == seal.found {
        format!("{what} were changed since they were given")
    } else {
        format!("{what} are not those that were given: there were {sealed}, now there are {found}")
    }
}

fn memory_problems(reader: Reader<'_>, sealed_well: bool) -> Result<Vec<Finding>> {
    let decks = Decks::load(reader)?;
    let mut replayed = replay_all(reader, &decks)?.into_iter().peekable();
    let mut problems = Vec::new();
    let mut through: Vec<(usize, LogId)> = Vec::new();
    let remedy = if sealed_well { Remedy::Mend } else { Remedy::Undecided };
    reader.each_memory(|row: MemoryRow| {
        while let Some((card, ..)) = replayed.next_if(|(card, ..)| *card < row.card) {
            problems.push(Finding::new(format!("card {} has no schedule", card.0), remedy));
        }
        match replayed.next_if(|(card, ..)| *card == row.card) {
            None => {
                problems.push(Finding::new(format!("card {} has a schedule, but is not there", row.card.0), remedy));
            }
            Some((_, deck, memory)) => {
                let parameters = decks.entry(deck)?.parameters;
                if deck != row.deck || parameters != row.parameters || !same_bits(&memory, &row.memory) {
                    through.extend(row.memory.through.map(|id| (problems.len(), id)));
                    problems.push(Finding::new(
                        format!("card {}: its schedule does not agree with its answers", row.card.0),
                        remedy,
                    ));
                }
            }
        }
        Ok(())
    })?;
    problems.extend(replayed.map(|(card, ..)| Finding::new(format!("card {} has no schedule", card.0), remedy)));
    for (problem, id) in through {
        if !reader.has_entry(id)? {
            // The schedule knows more than the log: what it follows from was there once.
            problems[problem].what += " (the last of them is missing)";
            problems[problem].remedy = Remedy::Undecided;
        }
    }
    let miscounted = reader.miscounted_days()?;
    if miscounted > 0 {
        problems.push(Finding::new(
            format!("card counts of {} are not those of the schedule", count(miscounted, "day")),
            Remedy::Mend,
        ));
    }
    Ok(problems)
}

fn same_bits(a: &CardMemory, b: &CardMemory) -> bool {
    let bits = |memory: &CardMemory| memory.memory.map(|state| (state.stability.to_bits(), state.difficulty.to_bits()));
    a == b && bits(a) == bits(b)
}
