//! Whether the schedule is what follows from the log.

use std::path::Path;

use super::{CheckPlaces, Finding, Remedy};
use crate::error::Result;
use crate::memory::{Fsrs6, Replayer};
use crate::model::{CardId, CardMemory, DeckId, LogEntry, LogId, Rating, Review, count, shell_argument};
use crate::store::{MemoryRow, Reader};
use crate::study::decks::Decks;
use crate::study::rebuild::replay_all;

/// Where the schedule differs from what follows from the log. With a log that is as it was sealed, the schedule is wrong; else nobody
/// knows, nor where a card was dealt with since the last seal.
pub(super) fn memory_problems(reader: Reader<'_>, places: &CheckPlaces<'_>, sealed_well: bool) -> Result<Vec<Finding>> {
    let decks = Decks::load(reader)?;
    let mut replayed = replay_all(reader, &decks)?.into_iter().peekable();
    let mut problems = Vec::new();
    let mut without: Vec<usize> = Vec::new();
    let mut through: Vec<(usize, LogId)> = Vec::new();
    let remedy = if sealed_well { Remedy::Mend } else { Remedy::Undecided };
    let unsealed = reader.cards_without_seal()?;
    let mut doubtful: Vec<(usize, CardId, DeckId, CardMemory)> = Vec::new();
    reader.each_memory(|row: MemoryRow| {
        while let Some((card, ..)) = replayed.next_if(|(card, ..)| *card < row.card) {
            without.push(problems.len());
            problems.push(Finding::new(no_schedule(card), remedy));
        }
        match replayed.next_if(|(card, ..)| *card == row.card) {
            None => {
                problems.push(Finding::new(format!("card {} has a schedule, but is not there", row.card.0), remedy));
            }
            Some((_, deck, memory)) => {
                let parameters = decks.entry(deck)?.parameters;
                if deck != row.deck || parameters != row.parameters || !same_bits(&memory, &row.memory) {
                    through.extend(row.memory.through.map(|id| (problems.len(), id)));
                    // No seal is over it yet, so the answers may have been changed as well as the schedule.
                    let is_open = deck == row.deck && parameters == row.parameters && unsealed.contains(&row.card);
                    doubtful.extend(is_open.then_some((problems.len(), row.card, deck, row.memory)));
                    problems.push(Finding::new(
                        format!("card {}: its schedule does not agree with its answers", row.card.0),
                        remedy,
                    ));
                }
            }
        }
        Ok(())
    })?;
    without.extend((0..replayed.len()).map(|more| problems.len() + more));
    problems.extend(replayed.map(|(card, ..)| Finding::new(no_schedule(card), remedy)));
    for (problem, id) in through {
        if !reader.has_entry(id)? {
            // The schedule knows more than the log: what it follows from was there once.
            problems[problem].what += " (the last of them is missing)";
            problems[problem].remedy = Remedy::Undecided;
        }
    }
    for (problem, card, deck, memory) in doubtful {
        if follows_from_another_log(&decks.entry(deck)?.replayer, reader.log_of(card)?, &memory) {
            problems[problem].remedy = Remedy::Undecided;
        }
    }
    // Whoever removed a schedule may have removed its answers, and no schedule is left that knows them.
    let fuller = if without.is_empty() { None } else { places.backups.with_more_answers(places.database, reader) };
    if let Some((backup, more)) = fuller {
        without.into_iter().for_each(|problem| problems[problem].remedy = Remedy::Undecided);
        // First, because a long list is cut.
        problems.insert(0, Finding::new(more_in_backup(&backup, more), Remedy::Undecided));
    }
    let misplaced = reader.misplaced_schedules()?;
    if misplaced > 0 {
        let repeat = if misplaced == 1 { "repeats" } else { "repeat" };
        let what = format!("the schedule of {} {repeat} another question or topic", count(misplaced, "card"));
        problems.push(Finding::new(what, remedy));
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

/// Entries of a card, from its last one back, that may have been changed or added.
const LATELY: usize = 20;

/// Whether a schedule is what follows if one of the last answers had another grade, was not there, or is not taken back: then it is the log that was
/// changed, not the schedule.
fn follows_from_another_log(replayer: &Replayer<Fsrs6>, log: Vec<LogEntry>, memory: &CardMemory) -> bool {
    let follows = |log: &[LogEntry]| {
        let folded = replayer.fold(log);
        // A due date is a promise that the log holds, and may have been changed as well.
        same_bits(&CardMemory { due: memory.due, ..folded }, memory)
    };
    if memory.through.is_some_and(|id| log.iter().all(|entry| entry.id() != id)) || follows(&log) {
        return true;
    }
    (log.len().saturating_sub(LATELY)..log.len()).any(|at| {
        let mut other = log.clone();
        let entry = other.remove(at);
        if follows(&other) {
            return true;
        }
        let LogEntry::Review(review) = entry else { return false };
        let grades = Rating::ALL.into_iter().flat_map(|rating| [true, false].map(|right| (rating, right)));
        grades.into_iter().any(|(rating, right)| {
            let mut other = log.clone();
            other[at] = LogEntry::Review(Review { rating, right, ..review.clone() });
            follows(&other)
        })
    })
}

/// Every card has one from the moment on at which it is made.
fn no_schedule(card: CardId) -> String {
    format!(
        "card {} has no schedule: something else than this program removed it, and may have removed answers, too",
        card.0
    )
}

/// A backup has answers that were removed since, or a restore went back to before them.
fn more_in_backup(backup: &Path, more: u64) -> String {
    let (are, them) = if more == 1 { ("is", "it") } else { ("are", "them") };
    let (shown, argument) = (backup.display().to_string(), shell_argument(&backup.display().to_string()));
    format!(
        "{} of the backup {shown} {are} not here: `retain restore --answers {argument}` enters {them}",
        count(more, "answer")
    )
}

fn same_bits(a: &CardMemory, b: &CardMemory) -> bool {
    let bits = |memory: &CardMemory| memory.memory.map(|state| (state.stability.to_bits(), state.difficulty.to_bits()));
    a == b && bits(a) == bits(b)
}
