//! The cards of a retake: those that were missed or flagged, or all, due or not.

use std::collections::HashSet;

use super::request::ReviewRequest;
use crate::error::Result;
use crate::memory::{Elapsed, Model};
use crate::model::{CardId, CardState, DeckId, Due};
use crate::session::{Agenda, Queued, Waiting};
use crate::store::{Reader, RetakeRow};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::present::Present;

/// The cards of a retake in these decks, oldest miss or flag first. What is in a learning step that the day asks for waits for its
/// time, as always; limits are left aside, for the cards were asked for by name. What was practised today is done for today, so
/// that a retake that was interrupted goes on.
pub(super) fn agenda(
    reader: Reader<'_>,
    decks: &Decks,
    chosen: &[&DeckEntry],
    request: &ReviewRequest,
    present: Present,
    learn_ahead_ms: i64,
) -> Result<Agenda> {
    let inside: HashSet<DeckId> = chosen.iter().map(|entry| entry.deck.id).collect();
    let (mut rest, mut waiting) = (Vec::new(), Vec::new());
    let rows = if request.cram && !request.flagged && request.wrong_since.is_none() {
        all(reader, decks, request, present)?
    } else {
        reader.retakable(&named(reader, request, present)?, present.today, &request.filter())?
    };
    for row in rows {
        if !inside.contains(&row.deck) {
            continue;
        }
        let queued = Queued { card: row.card, state: row.state };
        let own = decks.entry(row.deck)?.settings.learn_ahead;
        match row.due {
            Some(Due::At(due_ms)) if !request.cram && !request.is_early(row.state, row.due, present, own) => {
                waiting.push(Waiting { queued, due_ms });
            }
            _ => rest.push(queued),
        }
    }
    Ok(Agenda::new(rest, waiting, learn_ahead_ms))
}

/// The cards that the choice names, in the order to be asked.
fn named(reader: Reader<'_>, request: &ReviewRequest, present: Present) -> Result<Vec<CardId>> {
    let flagged = if request.flagged {
        let practised: HashSet<CardId> = reader.practised(present.today)?.into_iter().collect();
        reader.flagged()?.into_iter().filter(|card| !practised.contains(card)).collect()
    } else {
        Vec::new()
    };
    let Some(since) = request.wrong_since else {
        return Ok(flagged);
    };
    let mut missed = reader.missed(since.resolve(present.now, present.today)?, present.today)?;
    if request.flagged {
        let flagged: HashSet<CardId> = flagged.into_iter().collect();
        missed.retain(|card| flagged.contains(card));
    }
    Ok(missed)
}

/// All cards that were not practised today: the most forgotten first, then those in learning steps and new ones in the order of the
/// banks.
fn all(reader: Reader<'_>, decks: &Decks, request: &ReviewRequest, present: Present) -> Result<Vec<RetakeRow>> {
    let practised: HashSet<CardId> = reader.practised(present.today)?.into_iter().collect();
    let mut cards: Vec<(f64, RetakeRow)> = Vec::new();
    reader.each_retakable(present.today, &request.filter(), |row, memory, last_day| {
        let recall = match memory.filter(|_| row.state == CardState::Review) {
            Some(state) => {
                let elapsed = Elapsed::whole_days(last_day.map_or(0, |last| present.today.since(last)));
                decks.entry(row.deck)?.replayer.model.retrievability(state, elapsed)
            }
            None => f64::INFINITY,
        };
        if !practised.contains(&row.card) {
            cards.push((recall, row));
        }
        Ok(())
    })?;
    cards.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(cards.into_iter().map(|(_, row)| row).collect())
}
