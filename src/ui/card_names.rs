//! Cards as messages name them: by their questions.

use uuid::Uuid;

use super::rich;
use super::words::{self, count};
use crate::model::{DeedKind, Moment, MoveKind};
use crate::study::{NamedCard, SearchFindings};

/// Columns of a question in a message.
const QUOTED: usize = 60;

/// The question in quotation marks, without markup that steers terminals, and cut.
fn quoted(card: &NamedCard) -> String {
    format!("“{}”", rich::cut(&card.stem, QUOTED))
}

/// The cards: the question of one; of several how many, and the first.
pub fn named(cards: &[NamedCard]) -> String {
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

/// What is about to be done to cards, before their names: `suspend`.
pub fn intent(kind: DeedKind) -> &'static str {
    match kind {
        DeedKind::Suspend => "suspend",
        DeedKind::Unsuspend => "put back into the schedule",
        DeedKind::Bury => "put off until tomorrow",
        DeedKind::Unbury => "put back into today",
        DeedKind::Reset => "make new again",
        _ => "change",
    }
}

/// What was done to the schedule of cards: those in `changed` were not like that before.
pub fn moved(kind: MoveKind, cards: &[NamedCard], changed: &[Uuid]) -> String {
    let had: Vec<NamedCard> = cards.iter().filter(|card| changed.contains(&card.uid)).cloned().collect();
    if had.is_empty() {
        let already = match kind {
            MoveKind::Suspend => "suspended already",
            MoveKind::Unsuspend => "not suspended",
            MoveKind::Bury(_) => "put off until tomorrow already",
            MoveKind::Unbury => "not buried",
            MoveKind::Forget => "new already",
            MoveKind::Due(_) => "like that already",
        };
        return match cards {
            [only] => format!("nothing changed: {} is {already}", quoted(only)),
            _ => format!("nothing changed: these cards are {already}"),
        };
    }
    let cards = named(&had);
    match kind {
        MoveKind::Suspend => format!("suspended {cards}"),
        MoveKind::Unsuspend => format!("put back into the schedule: {cards}"),
        MoveKind::Bury(_) => format!("put off until tomorrow: {cards}"),
        MoveKind::Unbury => format!("put back into today: {cards}"),
        MoveKind::Due(day) => format!("due on {day}: {cards}"),
        MoveKind::Forget => format!("new again: {cards}"),
    }
}

/// Questions went to another deck: `count` of them were elsewhere.
pub fn transferred(cards: &[NamedCard], deck: &str, count: usize) -> String {
    match (count, cards) {
        (0, [only]) => format!("nothing changed: {} is in {deck} already", quoted(only)),
        (0, _) => format!("nothing changed: these questions are in {deck} already"),
        (1, [only]) => format!("moved {} to {deck}", quoted(only)),
        _ => format!("moved {} to {deck}", words::count(count as u64, "question")),
    }
}

/// The tags of questions changed: those of `count` questions.
pub fn retagged(cards: &[NamedCard], count: usize) -> String {
    match (count, cards) {
        (0, _) => "nothing changed: the tags are like that already".into(),
        (1, [only]) => format!("changed the tags of {}", quoted(only)),
        _ => format!("changed the tags of {}", words::count(count as u64, "question")),
    }
}

/// Questions were deleted: `count` of them were not deleted before.
pub fn deleted(cards: &[NamedCard], count: usize) -> String {
    let what = match (count, cards) {
        (0, _) => return "nothing changed: this was deleted before".into(),
        (1, [only]) => quoted(only),
        _ => words::count(count as u64, "question"),
    };
    format!("deleted {what}; the answers stay in the log\nhint: `retain undo` brings it back")
}

/// Questions are back: `count` of them had been deleted.
pub fn restored(cards: &[NamedCard], count: usize) -> String {
    match (count, cards) {
        (0, [only]) if only.stem.is_empty() => "nothing changed: `retain purge` erased this question".into(),
        (0, [only]) => format!("nothing changed: {} was not deleted", quoted(only)),
        (0, _) => "nothing changed: these questions were not deleted".into(),
        (1, [only]) => format!("restored {}", quoted(only)),
        _ => format!("restored {}", words::count(count as u64, "question")),
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

/// Nothing was found by a word that looks like a filter.
fn no_filter(filter: Option<&(String, Option<String>)>) -> String {
    let Some((name, meant)) = filter else { return "no cards match".into() };
    let hint = match meant {
        Some(meant) => format!("`{name}` is no filter, so it is searched for as words: did you mean `{meant}`?"),
        None => format!(
            "`{name}` is no filter, so it is searched for as words; filters are `deck:`, `topic:`, `tag:`, `is:` and `due:`"
        ),
    };
    format!("no cards match\nhint: {hint}")
}

/// How much a search found.
pub fn findings(found: &SearchFindings) -> String {
    let shown = found.cards.len();
    match found.total {
        _ if shown == 0 && found.filter.is_some() => no_filter(found.filter.as_ref()),
        _ if shown == 0 => match &found.instead {
            Some((wider, cards)) => format!("no cards match\nhint: `{wider}` finds {}", count(*cards as u64, "card")),
            None => "no cards match".into(),
        },
        Some(total) if total == shown => count(total as u64, "card"),
        Some(total) => format!("{shown} of {}; `--limit {total}` shows all", count(total as u64, "card")),
        None => format!("{shown} of more than 1000 cards; more words find fewer"),
    }
}
