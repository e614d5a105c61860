//! A desired retention so high that a day is too long: no card comes back sooner, so recall before a review is lower than desired.

use crate::memory::{Elapsed, Model};
use crate::model::{MemoryState, Rating, count};
use crate::store::ReviewingRow;
use crate::study::decks::DeckEntry;

/// Half a point of recall that is missing over all cards is worth a line.
const WORTH_A_LINE: f64 = 0.005;

/// What a deck's cards in review really hold under its desired retention, in a line; `None` if that is nearly what is desired.
///
/// A card whose interval would be under a day is asked after a day, at the recall r(S, 1). While no card is in review, a new card that
/// is answered right is looked at instead.
pub(in crate::study) fn short_of_retention(reviewing: &[ReviewingRow], entry: &DeckEntry) -> Option<String> {
    let (model, desired) = (&entry.replayer.model, entry.settings.desired_retention);
    let after_a_day = |state: MemoryState| model.retrievability(state, Elapsed::whole_days(1));
    let states: Vec<MemoryState> =
        reviewing.iter().filter(|row| row.deck == entry.deck.id).map(|row| row.memory).collect();
    let first = model.next_states(None, Elapsed::whole_days(0)).after(Rating::Good);
    let known = if states.is_empty() { std::slice::from_ref(&first) } else { &states[..] };
    let under: Vec<f64> = known.iter().map(|state| after_a_day(*state)).filter(|recall| *recall < desired).collect();
    let missing: f64 = under.iter().map(|recall| desired - recall).sum();
    if missing < WORTH_A_LINE * known.len() as f64 {
        return None;
    }
    let held = under.iter().sum::<f64>() / under.len() as f64;
    let whose = if states.is_empty() {
        "a new card that is answered right".into()
    } else {
        format!("{} of {} in review", under.len(), count(states.len() as u64, "card"))
    };
    Some(format!(
        "to keep {}, {whose} would have to come back within a day; none comes back sooner than after one, so recall before these reviews \
         is about {}",
        percent(desired),
        percent(held)
    ))
}

/// Percent with one decimal if that says more.
fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
}
