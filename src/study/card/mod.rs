//! Single cards: found, listed, flagged, edited, with all that is known of them.

mod details;
mod edit;
mod list;

pub use details::CardDetails;
pub use edit::Edited;
pub use list::{CardFilter, CardFilterState};

pub(super) use details::card_details;
pub(super) use edit::{apply_edit, text_of_question};
pub(super) use list::card_list;

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::model::{CardId, DeedKind, Moment, QuestionId};
use crate::store::{NewDeed, Reader, Store};

/// The card of this identity.
/// The title of a flag that was removed.
pub const UNFLAGGED: &str = "unflagged";

pub(super) fn find_card(reader: Reader<'_>, uid: Uuid) -> Result<CardId> {
    let found = reader.card_by_uid(uid)?;
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
    card.map(|card| card.question.id).ok_or_else(|| Error::fault("a card has no question").hint("run `retain check`"))
}

/// Flags a card with a note, or takes its flag off; whether that changed anything.
pub(super) fn flag_card(store: &mut Store, card: CardId, note: Option<&str>, now: Moment) -> Result<bool> {
    let mut writer = store.deed(NewDeed::on_card(DeedKind::Flag, now, card))?;
    let changed = match note {
        Some(note) => {
            writer.flag(card, note, now.utc_ms)?;
            true
        }
        None => writer.unflag(card)?,
    };
    if note.is_none() {
        writer.entitle(UNFLAGGED);
    }
    writer.commit()?;
    Ok(changed)
}
