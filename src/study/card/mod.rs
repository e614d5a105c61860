//! Single cards: found, listed, flagged, edited, with all that is known of them.

mod add;
mod delete;
mod details;
mod edit;
mod list;
mod naming;
mod tags;
mod transfer;

pub use add::Added;
pub use details::CardDetails;
pub use edit::Edited;
pub use list::{CardFilter, CardFilterState};
pub use naming::{NamedCard, NamedCards, SHORT_ID, short_id};

pub(super) use add::{add_questions, template};
pub(super) use delete::{delete_cards, delete_questions, restore_cards, restore_questions};
pub(super) use details::card_details;
pub(super) use edit::{apply_edit, text_of_question};
pub(super) use list::card_list;
pub(super) use naming::CardNames;
pub(super) use tags::retag_cards;
pub(super) use transfer::{TO_DECK, transfer_cards, transfer_question, transfer_title};

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::model::{CardId, CardMemory, CardState, DeedKind, Moment, MoveKind, QuestionId};
use crate::store::{NewDeed, Reader, Store};
use crate::study::decks::Decks;
use crate::study::ledger::relocate;

/// The title of a flag that was removed.
pub const UNFLAGGED: &str = "unflagged";

/// The card of this identity.
pub(super) fn find_card(reader: Reader<'_>, uid: Uuid) -> Result<CardId> {
    let found = reader.card_by_uid(uid)?;
    if found.is_none() && reader.question_by_uid(uid)?.is_some() {
        let id = short_id(uid);
        return Err(Error::person(format!(
            "`{id}` is a draft: its question has no right answer yet, so there is no card"
        ))
        .named("draft")
        .hint(format!("`retain card edit {id}` lets you mark the right answer; then it is asked like any other")));
    }
    found.ok_or_else(|| {
        Error::person(format!("no card is called `{uid}`"))
            .named("no-such-card")
            .hint("`retain card list` lists all cards")
    })
}

/// The question of this identity, or of the card of this identity: a draft has no card yet.
pub(super) fn find_question(reader: Reader<'_>, uid: Uuid) -> Result<QuestionId> {
    if let Some(question) = reader.question_by_uid(uid)? {
        return Ok(question);
    }
    let card = reader.card(find_card(reader, uid)?)?;
    card.map(|card| card.question.id).ok_or_else(|| Error::inconsistent("a card has no question"))
}

/// The card of this identity, which was not deleted.
pub(super) fn find_live_card(reader: Reader<'_>, uid: Uuid) -> Result<CardId> {
    let card = find_card(reader, uid)?;
    let question = reader.question_of(card)?;
    question.map_or(Ok(()), |question| refuse_deleted(reader, question, uid))?;
    Ok(card)
}

/// The question of this identity, or of the card of this identity, which was not deleted.
pub(super) fn find_live_question(reader: Reader<'_>, uid: Uuid) -> Result<QuestionId> {
    let question = find_question(reader, uid)?;
    refuse_deleted(reader, question, uid)?;
    Ok(question)
}

fn refuse_deleted(reader: Reader<'_>, question: QuestionId, uid: Uuid) -> Result<()> {
    match reader.deletion_of(question)? {
        None => Ok(()),
        Some(_) => Err(Error::person("this question was deleted")
            .named("deleted")
            .hint(format!("`retain card restore {}` brings it back", short_id(uid)))),
    }
}

/// Flags a card with a note, or takes its flag off; whether that changed anything.
pub(super) fn flag_card(store: &mut Store, card: CardId, note: Option<&str>, now: Moment) -> Result<bool> {
    Ok(!flag_cards(store, &[card], note, now)?.is_empty())
}

/// Flags cards with a note, or takes their flags off, as one deed; those that it changed.
pub(super) fn flag_cards(store: &mut Store, cards: &[CardId], note: Option<&str>, now: Moment) -> Result<Vec<CardId>> {
    let mut writer = store.deed(new_deed(DeedKind::Flag, cards, now))?;
    let mut changed = Vec::new();
    for card in cards {
        let has_changed = match note {
            Some(note) => writer.flag(*card, note, now.utc_ms).map(|()| true)?,
            None => writer.unflag(*card)?,
        };
        changed.extend(has_changed.then_some(*card));
    }
    let title = title(writer.reader(), cards)?;
    match note {
        Some(_) => writer.entitle(title),
        // The words for it are others, and its kind is the same.
        None => writer.entitle(format!("{UNFLAGGED}{title}")),
    }
    writer.commit()?;
    Ok(changed)
}

/// Changes the schedule of cards without an answer, as one deed; those that it changed.
pub(super) fn move_cards(
    store: &mut Store,
    decks: &Decks,
    cards: &[CardId],
    kind: MoveKind,
    why: &str,
    now: Moment,
) -> Result<Vec<CardId>> {
    let mut changed = Vec::new();
    for card in cards {
        let memory = store.reader().memory(*card)?.map(|row| row.memory);
        if memory.is_none_or(|memory| changes(kind, &memory)) {
            changed.push(*card);
        }
    }
    let mut writer = store.deed(new_deed(kind.into(), &changed, now))?;
    for card in &changed {
        relocate(&mut writer, decks, *card, kind, why, now)?;
    }
    let title = title(writer.reader(), &changed)?;
    writer.entitle(title);
    writer.commit()?;
    Ok(changed)
}

/// Whether a move changes anything for a card.
fn changes(kind: MoveKind, memory: &CardMemory) -> bool {
    match kind {
        MoveKind::Suspend => !memory.suspended,
        MoveKind::Unsuspend => memory.suspended,
        MoveKind::Bury(until) => memory.buried_until != Some(until),
        MoveKind::Unbury => memory.buried_until.is_some(),
        MoveKind::Forget => memory.state != CardState::New,
        MoveKind::Due(_) => true,
    }
}

pub(super) fn new_deed(kind: DeedKind, cards: &[CardId], now: Moment) -> NewDeed {
    match cards {
        [card] => NewDeed::on_card(kind, now, *card),
        _ => NewDeed::new(kind, now),
    }
}

/// The title of a deed on several cards; a deed on one card names it.
pub(super) fn title(reader: Reader<'_>, cards: &[CardId]) -> Result<String> {
    let [first, _, ..] = cards else { return Ok(String::new()) };
    let stem = reader.card(*first)?.map(|card| card.stem()).unwrap_or_default();
    Ok(format!("“{}” and {} more", stem.lines().next().unwrap_or_default(), cards.len() - 1))
}
