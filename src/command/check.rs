//! `retain check`: is the database sound, and does memory agree with the log?

use super::Context;
use super::decks::Decks;
use super::rebuild::replay_all;
use crate::error::{Done, Error, Result};
use crate::model::CardMemory;
use crate::store::MemoryRow;
use crate::ui::words;

/// Problems of one kind that are told one by one; the others are counted.
const TOLD: usize = 10;

/// Runs the command.
///
/// # Errors
/// When something is wrong, or the database cannot be read.
pub fn run(context: &Context) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let mut problems = reader.integrity_problems()?;
    if problems.is_empty() {
        problems.extend(reader.foreign_key_problems()?);
        problems.extend(memory_problems(&store)?);
    }
    if problems.is_empty() {
        let cards = words::count(reader.cards_with_decks()?.len() as u64, "card");
        let answers = words::count(reader.review_count()?, "answer");
        context.talk(&format!("all is well: {cards}, {answers}; memory agrees with the log to the bit"))?;
        return Ok(Done::Whole);
    }
    let mut report: String =
        problems.iter().take(TOLD).map(|problem| format!("{}: {problem}\n", store.path().display())).collect();
    if problems.len() > TOLD {
        report += &format!("… and {} more\n", problems.len() - TOLD);
    }
    let memory_only = problems.iter().all(|problem| problem.starts_with("card "));
    let hint = if memory_only {
        "`retain rebuild` remakes memory from the log"
    } else {
        "keep a copy of the file, then restore the newest backup"
    };
    let count = words::count(problems.len() as u64, "problem");
    Err(Error::person(format!("the database has {count}")).hint(hint).after_report(report))
}

fn memory_problems(store: &crate::store::Store) -> Result<Vec<String>> {
    let reader = store.reader();
    let decks = Decks::read(reader)?;
    let mut replayed = replay_all(reader, &decks)?.into_iter().peekable();
    let mut problems = Vec::new();
    reader.each_memory(|row: MemoryRow| {
        while let Some((card, ..)) = replayed.next_if(|(card, ..)| *card < row.card) {
            problems.push(format!("card {} has no memory", card.0));
        }
        match replayed.next_if(|(card, ..)| *card == row.card) {
            None => problems.push(format!("card {} has memory, but is not there", row.card.0)),
            Some((_, deck, memory)) => {
                let parameters = decks.of(deck)?.parameters;
                if deck != row.deck || parameters != row.parameters || !same_bits(&memory, &row.memory) {
                    problems.push(format!("card {} remembers something else than its log says", row.card.0));
                }
            }
        }
        Ok(())
    })?;
    problems.extend(replayed.map(|(card, ..)| format!("card {} has no memory", card.0)));
    let miscounted = reader.miscounted_days()?;
    if miscounted > 0 {
        problems.push(format!("card counts of {} are not those of memory", words::count(miscounted, "day")));
    }
    Ok(problems)
}

fn same_bits(a: &CardMemory, b: &CardMemory) -> bool {
    let bits = |memory: &CardMemory| memory.memory.map(|state| (state.stability.to_bits(), state.difficulty.to_bits()));
    a == b && bits(a) == bits(b)
}
