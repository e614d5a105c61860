//! Cards as messages name them: by their questions.

use uuid::Uuid;

use super::rich;
use super::words::count;
use crate::model::{Moment, MoveKind};
use crate::study::{NamedCard, SearchFindings};

/// Columns of a question in a message.
const QUOTED: usize = 60;

/// The question in quotation marks, without markup that steers terminals, and cut.
fn quoted(card: &NamedCard) -> String {
    format!("“{}”", rich::cut(&card.stem, QUOTED))
}

/// The cards: the question of one; of several how many, and the first.
fn named(cards: &[NamedCard]) -> String {
    match cards {
        [] => "no card".into(),
        [only] => quoted(only),
        [first, rest @ ..] => format!(
            "{} (“{}” and {} more)",
            count(cards.len() as u64, "card"),
            rich::cut(&first.stem, QUOTED),
            rest.len()
        ),
    }
}

/// What was done to the schedule of cards.
pub fn moved(kind: MoveKind, cards: &[NamedCard]) -> String {
    let cards = named(cards);
    match kind {
        MoveKind::Suspend => format!("suspended {cards}"),
        MoveKind::Unsuspend => format!("put back into the schedule: {cards}"),
        MoveKind::Bury(_) => format!("put off until tomorrow: {cards}"),
        MoveKind::Unbury => format!("put back into today: {cards}"),
        MoveKind::Due(day) => format!("due on {day}: {cards}"),
        MoveKind::Forget => format!("new again: {cards}"),
    }
}

/// Cards got a flag.
pub fn flagged(cards: &[NamedCard]) -> String {
    format!("flagged {}", named(cards))
}

/// Cards lost their flags: those in `changed` had one.
pub fn unflagged(cards: &[NamedCard], changed: &[Uuid]) -> String {
    let had: Vec<NamedCard> = cards.iter().filter(|card| changed.contains(&card.uid)).cloned().collect();
    match (&had[..], cards) {
        ([], [only]) => format!("{} is not flagged", quoted(only)),
        ([], _) => "none of these cards is flagged".into(),
        (had, _) => format!("removed the flag of {}", named(had)),
    }
}

/// A list whose numbers were used was shown long ago.
pub fn stale(at: Moment) -> String {
    let when = at.date_time().map_or_else(|| at.rfc3339(), |at| at.format("%Y-%m-%d %H:%M").to_string());
    format!("note: the numbers are those of the list of {when}")
}

/// How much a search found.
pub fn findings(found: &SearchFindings) -> String {
    let shown = found.cards.len();
    match found.total {
        _ if shown == 0 => match &found.instead {
            Some((wider, cards)) => format!("no cards match\nhint: `{wider}` finds {}", count(*cards as u64, "card")),
            None => "no cards match".into(),
        },
        Some(total) if total == shown => count(total as u64, "card"),
        Some(total) => format!("{shown} of {}; `--limit {total}` shows all", count(total as u64, "card")),
        None => format!("{shown} of more than 1000 cards; more words find fewer"),
    }
}
