//! Whether the database is sound, and memory agrees with the log.

use super::decks::Decks;
use super::rebuild::replay_all;
use crate::error::Result;
use crate::model::{CardMemory, Moment, count};
use crate::store::{MemoryRow, Reader};

/// How a problem of the index of words begins.
const INDEX: &str = "the search index has";

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// What is wrong, a line each.
    pub problems: Vec<String>,
    /// Whether only memory and the index of words are wrong, which a rebuild remakes.
    pub only_memory: bool,
    /// Cards in the database.
    pub cards: u64,
    /// Answers in the log, those taken back too.
    pub answers: u64,
    /// Answers that count and are dated after now: the clock was wrong then, or is wrong now.
    pub ahead: u64,
    /// When the latest of them was given.
    pub latest: Option<Moment>,
}

/// Looks at the whole database.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn check(reader: Reader<'_>, now: Moment) -> Result<Health> {
    let mut problems = reader.integrity_problems()?;
    if problems.is_empty() {
        problems.extend(reader.foreign_key_problems()?);
        problems.extend(memory_problems(reader)?);
        let misplaced = reader.misplaced_in_index()?;
        if misplaced > 0 {
            problems.push(format!("{INDEX} {} wrongly", count(misplaced, "question")));
        }
    }
    let only_memory = problems.iter().all(|problem| problem.starts_with("card ") || problem.starts_with(INDEX));
    let (cards, answers) =
        if problems.is_empty() { (reader.cards_with_decks()?.len() as u64, reader.review_count()?) } else { (0, 0) };
    let (ahead, latest) = if problems.is_empty() { reader.answers_after(now.utc_ms)? } else { (0, None) };
    let latest = latest.map(|utc_ms| Moment { utc_ms, ..now });
    Ok(Health { problems, only_memory, cards, answers, ahead, latest })
}

fn memory_problems(reader: Reader<'_>) -> Result<Vec<String>> {
    let decks = Decks::load(reader)?;
    let mut replayed = replay_all(reader, &decks)?.into_iter().peekable();
    let mut problems = Vec::new();
    reader.each_memory(|row: MemoryRow| {
        while let Some((card, ..)) = replayed.next_if(|(card, ..)| *card < row.card) {
            problems.push(format!("card {} has no memory", card.0));
        }
        match replayed.next_if(|(card, ..)| *card == row.card) {
            None => problems.push(format!("card {} has memory, but is not there", row.card.0)),
            Some((_, deck, memory)) => {
                let parameters = decks.entry(deck)?.parameters;
                if deck != row.deck || parameters != row.parameters || !same_bits(&memory, &row.memory) {
                    problems.push(format!("card {} does not agree with its log", row.card.0));
                }
            }
        }
        Ok(())
    })?;
    problems.extend(replayed.map(|(card, ..)| format!("card {} has no memory", card.0)));
    let miscounted = reader.miscounted_days()?;
    if miscounted > 0 {
        problems.push(format!("card counts of {} are not those of memory", count(miscounted, "day")));
    }
    Ok(problems)
}

fn same_bits(a: &CardMemory, b: &CardMemory) -> bool {
    let bits = |memory: &CardMemory| memory.memory.map(|state| (state.stability.to_bits(), state.difficulty.to_bits()));
    a == b && bits(a) == bits(b)
}
