//! What is done to the cards that people look through, and how it is taken back.

use tui_input::Input;
use uuid::Uuid;

use super::{BrowsePage, BrowsePlace, Browsing, excuse, id_of};
use crate::error::Result;
use crate::model::{CardState, MoveKind};
use crate::study::{CardFilterState, CardPreview, Trainer};
use crate::ui::tui::keys::{BrowseCommand, KeyMap};
use crate::ui::words::{self, count};
use crate::ui::{card, deeds, rich};

/// Why cards are moved, as the log keeps it.
const WHY: &str = "by hand";
/// Columns of a question in a message.
const QUOTED: usize = 40;

/// What came of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BrowseDeed {
    words: String,
    done: bool,
}

impl BrowseDeed {
    /// Something was done.
    pub(super) fn done(words: impl Into<String>) -> Self {
        Self { words: words.into(), done: true }
    }

    /// Nothing was done; why.
    pub(super) fn nothing(words: impl Into<String>) -> Self {
        Self { words: words.into(), done: false }
    }
}

/// The cards that a command is about.
struct BrowseTargets {
    cards: Vec<(Uuid, CardPreview)>,
    /// How many of those that were chosen have no card.
    drafts: usize,
}

impl BrowseTargets {
    /// As they are now: others may have changed them since they were shown.
    fn find(trainer: &Trainer, place: &BrowsePlace) -> Result<Self> {
        let mut chosen = Self { cards: Vec::new(), drafts: 0 };
        for id in place.targets() {
            match trainer.preview(id)? {
                Some(preview) if preview.memory.is_some() => chosen.cards.push((id, preview)),
                Some(_) => chosen.drafts += 1,
                None => {}
            }
        }
        Ok(chosen)
    }

    fn ids(&self) -> Vec<Uuid> {
        self.cards.iter().map(|(id, _)| *id).collect()
    }

    fn all(&self, is: impl Fn(&CardPreview) -> bool) -> bool {
        self.cards.iter().all(|(_, preview)| is(preview))
    }

    /// Why there is no card.
    fn none(&self) -> BrowseDeed {
        BrowseDeed::nothing(match self.drafts {
            0 => "the card is gone",
            _ => "a draft has no card: e edits it, and a right answer makes it one",
        })
    }

    /// What was done, with how many cards if there are several.
    fn words(&self, what: &str) -> String {
        match self.cards.len() {
            1 => what.to_owned(),
            cards => format!("{}: {what}", count(cards as u64, "card")),
        }
    }

    /// The card in a question that is asked before something is done.
    fn named(&self) -> String {
        match &self.cards[..] {
            [(_, only)] => format!("“{}”", rich::cut(&only.question.stem, QUOTED)),
            cards => count(cards.len() as u64, "card"),
        }
    }
}

impl Browsing {
    /// Does what a command says, or opens what it needs first.
    pub(super) fn obey(
        &mut self,
        trainer: &mut Trainer,
        place: &mut BrowsePlace,
        command: BrowseCommand,
    ) -> Result<()> {
        // Nobody types a note for a database that cannot take it.
        if let Err(refused) = writable(trainer, command) {
            return self.after(trainer, place, Err(refused));
        }
        let deed = match command {
            BrowseCommand::Suspend | BrowseCommand::Bury => self.relocate(trainer, place, command),
            BrowseCommand::Flag => flag(trainer, place),
            BrowseCommand::Reset => reset(trainer, place),
            BrowseCommand::Move => Ok(begin_line(place, command)),
            BrowseCommand::Delete => delete(trainer, place),
            BrowseCommand::About => about(trainer, place),
            BrowseCommand::Undo => self.undo(trainer, place, false),
            BrowseCommand::Redo => redo(trainer, place.keys),
            // The screen does these itself.
            BrowseCommand::Edit | BrowseCommand::Help | BrowseCommand::Quit => return Ok(()),
        };
        self.after(trainer, place, deed)
    }

    /// Does what a line was typed for.
    pub(super) fn typed(
        &mut self,
        trainer: &mut Trainer,
        place: &mut BrowsePlace,
        command: BrowseCommand,
        text: &str,
    ) -> Result<()> {
        let deed = match command {
            BrowseCommand::Flag => BrowseTargets::find(trainer, place).and_then(|chosen| {
                trainer.flag_cards(&chosen.ids(), Some(text))?;
                Ok(BrowseDeed::done(chosen.words("flagged")))
            }),
            BrowseCommand::Move if text.is_empty() => return Ok(()),
            BrowseCommand::Move if trainer.is_new_deck(text)? => {
                let question = format!("There is no deck “{}”. Make it?", rich::line(text));
                place.open(BrowsePage::Ask(command, question));
                return Ok(());
            }
            BrowseCommand::Move => transfer(trainer, place, text),
            _ => return Ok(()),
        };
        let refused = deed.is_err();
        self.after(trainer, place, deed)?;
        // What was typed can be corrected.
        if refused && command == BrowseCommand::Move {
            place.open(BrowsePage::Line(command));
        }
        Ok(())
    }

    /// Does what was asked about.
    pub(super) fn confirmed(
        &mut self,
        trainer: &mut Trainer,
        place: &mut BrowsePlace,
        command: BrowseCommand,
    ) -> Result<()> {
        let deed = match command {
            BrowseCommand::Reset => BrowseTargets::find(trainer, place).and_then(|chosen| {
                trainer.move_cards(&chosen.ids(), MoveKind::Forget, WHY)?;
                Ok(BrowseDeed::done(chosen.words("new again")))
            }),
            BrowseCommand::Undo => self.undo(trainer, place, true),
            BrowseCommand::Move => {
                let name = place.line.value().trim().to_owned();
                trainer.transfer_to_new(&place.targets(), &name).map(|(deck, count)| moved(&deck, count))
            }
            BrowseCommand::Delete => {
                let count = trainer.delete_cards(&place.targets());
                count.map(|count| match count {
                    0 => BrowseDeed::nothing("deleted before: `retain card restore` brings it back"),
                    1 => BrowseDeed::done("deleted; the answers stay in the log"),
                    count => BrowseDeed::done(format!("deleted {}; the answers stay in the log", questions(count))),
                })
            }
            _ => return Ok(()),
        };
        self.after(trainer, place, deed)
    }

    /// Says what came of a command, and shows the cards as they are now.
    pub(super) fn after(&mut self, trainer: &Trainer, place: &mut BrowsePlace, deed: Result<BrowseDeed>) -> Result<()> {
        match deed {
            Ok(BrowseDeed { words, done: false }) => place.notice = words,
            Ok(BrowseDeed { words, done: true }) => {
                place.notice = words;
                place.marked.clear();
                // What was taken back or brought back says how it goes on.
                if !place.notice.contains(" · ") {
                    place.notice += &way_back(place.keys);
                    self.own.extend(trainer.next_undo()?.map(|past| past.deed.id));
                }
            }
            Err(error) => place.notice = excuse(error)?,
        }
        self.reload(trainer, place)
    }

    fn relocate(&self, trainer: &mut Trainer, place: &BrowsePlace, command: BrowseCommand) -> Result<BrowseDeed> {
        let chosen = BrowseTargets::find(trainer, place)?;
        if chosen.cards.is_empty() {
            return Ok(chosen.none());
        }
        let present = trainer.present()?;
        let is_buried = |preview: &CardPreview| {
            preview.memory.as_ref().is_some_and(|memory| CardFilterState::Buried.is_state_of(memory, present.today))
        };
        let is_suspended = |preview: &CardPreview| preview.memory.as_ref().is_some_and(|memory| memory.suspended);
        let (kind, what) = match command {
            BrowseCommand::Suspend if chosen.all(is_suspended) => (MoveKind::Unsuspend, "back in the schedule"),
            BrowseCommand::Suspend => (MoveKind::Suspend, "suspended"),
            _ if chosen.all(is_buried) => (MoveKind::Unbury, "back in today"),
            _ => (MoveKind::Bury(present.today.plus(1)), "buried until tomorrow"),
        };
        trainer.move_cards(&chosen.ids(), kind, WHY)?;
        Ok(BrowseDeed::done(chosen.words(what)))
    }

    /// Takes back what was done last. What was done elsewhere to several cards is asked about first.
    fn undo(&mut self, trainer: &mut Trainer, place: &mut BrowsePlace, sure: bool) -> Result<BrowseDeed> {
        let Some(next) = trainer.next_undo()? else { return Ok(BrowseDeed::nothing(deeds::NOTHING_TO_UNDO)) };
        if next.is_wide() && !sure && !self.own.contains(&next.deed.id) {
            let question = format!("Take back: {}?", deeds::brief(&next));
            place.open(BrowsePage::Ask(BrowseCommand::Undo, question));
            return Ok(BrowseDeed::nothing(""));
        }
        Ok(match trainer.undo()? {
            Some(undone) => BrowseDeed::done(format!("took back: {} · U brings it back", deeds::brief(&undone.past))),
            None => BrowseDeed::nothing(deeds::NOTHING_TO_UNDO),
        })
    }
}

/// Fails if a command would change a database that can only be read.
pub(super) fn writable(trainer: &Trainer, command: BrowseCommand) -> Result<()> {
    if command.changes() { trainer.refuse_read_only() } else { Ok(()) }
}

/// The end of a notice of something that changed: the key that takes it back.
fn way_back(keys: KeyMap) -> String {
    format!(" · {}", BrowseCommand::Undo.brief("takes it back", keys))
}

fn redo(trainer: &mut Trainer, keys: KeyMap) -> Result<BrowseDeed> {
    Ok(match trainer.redo()? {
        Some(redone) => BrowseDeed::done(format!("brought back: {}{}", deeds::brief(&redone.past), way_back(keys))),
        None => BrowseDeed::nothing("there is nothing to bring back"),
    })
}

/// Removes the flags if all have one; else asks for a note.
fn flag(trainer: &mut Trainer, place: &mut BrowsePlace) -> Result<BrowseDeed> {
    let chosen = BrowseTargets::find(trainer, place)?;
    if chosen.cards.is_empty() {
        return Ok(chosen.none());
    }
    if chosen.all(|preview| preview.flag.is_some()) {
        trainer.flag_cards(&chosen.ids(), None)?;
        return Ok(BrowseDeed::done(chosen.words("flag removed")));
    }
    Ok(begin_line(place, BrowseCommand::Flag))
}

/// Opens the line that a command needs.
fn begin_line(place: &mut BrowsePlace, command: BrowseCommand) -> BrowseDeed {
    place.line.reset();
    place.open(BrowsePage::Line(command));
    BrowseDeed::nothing("")
}

fn questions(count: usize) -> String {
    words::count(count as u64, "question")
}

/// Moves questions with their cards to another deck; drafts too.
fn transfer(trainer: &mut Trainer, place: &BrowsePlace, deck: &str) -> Result<BrowseDeed> {
    let (deck, count) = trainer.transfer_cards(&place.targets(), deck)?;
    let name = if trainer.is_archived(&deck)? { format!("{deck}, which is archived") } else { deck };
    Ok(moved(&name, count))
}

/// How many questions went to a deck.
fn moved(deck: &str, count: usize) -> BrowseDeed {
    match count {
        0 => BrowseDeed::nothing(format!("in {deck} already")),
        1 => BrowseDeed::done(format!("moved to {deck}")),
        count => BrowseDeed::done(format!("moved {} to {deck}", questions(count))),
    }
}

/// Asks before questions are deleted.
fn delete(trainer: &Trainer, place: &mut BrowsePlace) -> Result<BrowseDeed> {
    let named = match place.targets()[..] {
        [only] => match trainer.preview(only)? {
            Some(preview) => format!("“{}”", rich::cut(&preview.question.stem, QUOTED)),
            None => return Ok(BrowseDeed::nothing("the card is gone")),
        },
        ref several => words::count(several.len() as u64, "card"),
    };
    place.open(BrowsePage::Ask(BrowseCommand::Delete, format!("Delete {named}? The answers stay in the log.")));
    Ok(BrowseDeed::nothing(""))
}

/// Completes the name of a deck that is typed, as far as it is certain.
pub(super) fn complete_deck(trainer: &Trainer, place: &mut BrowsePlace) -> Result<()> {
    let typed = place.line.value().to_lowercase();
    let decks = trainer.decks()?;
    let names: Vec<&str> = decks
        .in_use()
        .map(|entry| entry.deck.name.as_str())
        .filter(|name| name.to_lowercase().starts_with(&typed))
        .collect();
    let Some((first, others)) = names.split_first() else {
        place.notice = "no deck begins so".into();
        return Ok(());
    };
    let shared = others.iter().fold((*first).to_owned(), |shared, other| {
        shared.chars().zip(other.chars()).take_while(|(one, other)| one == other).map(|(char, _)| char).collect()
    });
    if shared.chars().count() >= typed.chars().count() {
        place.line = Input::new(shared);
    }
    place.notice = if others.is_empty() { String::new() } else { names.join("  ") };
    Ok(())
}

fn reset(trainer: &Trainer, place: &mut BrowsePlace) -> Result<BrowseDeed> {
    let chosen = BrowseTargets::find(trainer, place)?;
    if chosen.cards.is_empty() {
        return Ok(chosen.none());
    }
    if chosen.all(|preview| preview.memory.as_ref().is_some_and(|memory| memory.state == CardState::New)) {
        return Ok(BrowseDeed::nothing(chosen.words("new already")));
    }
    let question = format!("Make {} new again?", chosen.named());
    place.open(BrowsePage::Ask(BrowseCommand::Reset, question));
    Ok(BrowseDeed::nothing(""))
}

/// Opens what is known of the card under the cursor.
fn about(trainer: &Trainer, place: &mut BrowsePlace) -> Result<BrowseDeed> {
    let Some(found) = place.current() else { return Ok(BrowseDeed::nothing("there is no card here")) };
    let Some(uid) = found.card else {
        return Ok(BrowseDeed::nothing("a draft has no card, so nothing is known of it"));
    };
    debug_assert_eq!(uid, id_of(found));
    let page = card::about(&trainer.card(uid)?, trainer.now())?;
    place.open(BrowsePage::About(Box::new(page)));
    Ok(BrowseDeed::nothing(""))
}
