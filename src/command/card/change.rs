//! What `retain card` does to cards and their questions.

use uuid::Uuid;

use super::chosen::{Choosable, Chosen};
use crate::command::Context;
use crate::error::Result;
use crate::model::{DeedKind, MoveKind};
use crate::study::NamedCard;
use crate::ui::{card_names, decks};

fn uids(cards: &[NamedCard]) -> Vec<Uuid> {
    cards.iter().map(|card| card.uid).collect()
}

/// Changes the schedule of cards.
pub(super) fn relocate(context: &Context, chosen: &Chosen, kind: MoveKind) -> Result<()> {
    let mut trainer = context.trainer()?;
    let what = card_names::intent(DeedKind::from(kind));
    let Some(cards) = chosen.find(context, &mut trainer, what, Choosable::Cards)? else { return Ok(()) };
    let changed = trainer.move_cards(&uids(&cards), kind, "by hand")?;
    context.talk(&card_names::moved(kind, &cards, &changed))
}

/// Flags cards, or takes their flags off.
pub(super) fn flag(context: &Context, chosen: &Chosen, note: Option<&str>) -> Result<()> {
    let mut trainer = context.trainer()?;
    let what = if note.is_some() { "flag" } else { "take the flag off" };
    let Some(cards) = chosen.find(context, &mut trainer, what, Choosable::Cards)? else { return Ok(()) };
    let changed = trainer.flag_cards(&uids(&cards), note)?;
    context.talk(&match note {
        Some(_) => card_names::flagged(&cards),
        None => card_names::unflagged(&cards, &changed),
    })
}

/// Moves questions to another deck.
pub(super) fn transfer(context: &Context, chosen: &Chosen, to: &str) -> Result<()> {
    let mut trainer = context.trainer()?;
    let Some(cards) = chosen.find(context, &mut trainer, "move", Choosable::Questions)? else { return Ok(()) };
    let (deck, count) = trainer.transfer_cards(&uids(&cards), to)?;
    context.talk(&card_names::transferred(&cards, &deck, count))?;
    if count > 0 && trainer.is_archived(&deck)? {
        context.talk(&decks::in_archive(&deck))?;
    }
    Ok(())
}

/// Changes the tags of questions.
pub(super) fn retag(context: &Context, chosen: &Chosen, add: &[String], remove: &[String]) -> Result<()> {
    let mut trainer = context.trainer()?;
    let Some(cards) = chosen.find(context, &mut trainer, "change the tags of", Choosable::Questions)? else {
        return Ok(());
    };
    let count = trainer.retag_cards(&uids(&cards), add, remove)?;
    context.talk(&card_names::retagged(&cards, count))
}

/// Deletes questions.
pub(super) fn delete(context: &Context, chosen: &Chosen) -> Result<()> {
    let mut trainer = context.trainer()?;
    let Some(cards) = chosen.find(context, &mut trainer, "delete", Choosable::Questions)? else { return Ok(()) };
    let count = trainer.delete_cards(&uids(&cards))?;
    context.talk(&card_names::deleted(&cards, count))
}

/// Brings deleted questions back.
pub(super) fn restore(context: &Context, chosen: &Chosen) -> Result<()> {
    let mut trainer = context.trainer()?;
    let Some(cards) = chosen.find(context, &mut trainer, "restore", Choosable::Deleted)? else { return Ok(()) };
    let count = trainer.restore_cards(&uids(&cards))?;
    context.talk(&card_names::restored(&cards, count))
}
