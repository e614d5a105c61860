//! What the log says of many cards at once, card by card on all cores.

use std::collections::HashMap;
use std::num::NonZero;
use std::thread;

use crate::error::{Error, Result};
use crate::model::{CardId, LogEntry, LogId, Move, MoveKind, Review};
use crate::store::{CountedAnswer, CountedLog};

/// Fewer answers than this are gone through before a thread has begun.
const WORTH_THREADS: usize = 5_000;

/// Gives what `fold` makes of the log of each of these cards, where it has answers. Each comes with the number that it has in `cards`; its log is
/// without what no memory depends on: order, device, typing, what was promised, and moves of due dates.
pub(super) fn fold_each<T: Send>(
    log: &CountedLog,
    cards: &HashMap<CardId, usize>,
    fold: impl Fn(usize, &mut dyn Iterator<Item = LogEntry>) -> T + Sync,
) -> Result<HashMap<CardId, T>> {
    let mut answers: Vec<(u32, &CountedAnswer)> = Vec::new();
    let logged = (0_u32..).zip(log.pieces.iter().flat_map(|piece| &piece.answers));
    answers.extend(logged.filter(|(_, answer)| cards.contains_key(&answer.card())));
    answers.sort_unstable_by_key(|(order, answer)| (answer.card(), *order));
    let by_card: Vec<&[(u32, &CountedAnswer)]> =
        answers.chunk_by(|(_, one), (_, other)| one.card() == other.card()).collect();
    let forgets = forgets(log);
    let fold_one = |answers: &[(u32, &CountedAnswer)]| -> Result<Option<(CardId, T)>> {
        let Some(card) = answers.first().map(|(_, answer)| answer.card()) else { return Ok(None) };
        let Some(number) = cards.get(&card) else { return Ok(None) };
        let mut entries = Vec::with_capacity(answers.len());
        let mut moves = forgets.get(&card).into_iter().flatten().peekable();
        for (order, answer) in answers {
            while let Some((_, change)) = moves.next_if(|(before, _)| before <= order) {
                entries.push(LogEntry::Move((*change).clone()));
            }
            let mut review = Review::EMPTY;
            answer.unpack(None, &mut review)?;
            entries.push(LogEntry::Review(review));
        }
        entries.extend(moves.map(|(_, change)| LogEntry::Move((*change).clone())));
        Ok(Some((card, fold(*number, &mut entries.into_iter()))))
    };
    let cores = if answers.len() < WORTH_THREADS { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let share = by_card.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let fold_one = &fold_one;
        let threads: Vec<_> = by_card
            .chunks(share)
            .map(|part| {
                let work = move || part.iter().map(|answers| fold_one(answers)).collect::<Result<Vec<_>>>();
                scope.spawn(work)
            })
            .collect();
        let mut folded = HashMap::new();
        for thread in threads {
            let stopped = |_| Error::fault("a look at the log stopped").hint("please report this");
            folded.extend(thread.join().map_err(stopped)??.into_iter().flatten());
        }
        Ok(folded)
    })
}

/// The moves that make a card new again, with how many answers of the log came before each.
fn forgets(log: &CountedLog) -> HashMap<CardId, Vec<(u32, &Move)>> {
    let mut found: HashMap<CardId, Vec<(u32, &Move)>> = HashMap::new();
    let place_of = |id: LogId| u32::try_from(log.place_of(id)).unwrap_or(u32::MAX);
    for change in log.moves.iter().filter(|change| change.kind == MoveKind::Forget) {
        found.entry(change.card).or_default().push((place_of(change.id), change));
    }
    found
}
