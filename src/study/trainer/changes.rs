//! Single cards, decks with their settings, and due dates that move together.

use uuid::Uuid;

use super::Trainer;
use crate::bank::Refusal;
use crate::error::{Error, Result};
use crate::model::{CardId, CardMemory, MoveKind};
use crate::stats::CardSnapshot;
use crate::study::card::{self, CardDetails, CardFilter, Edited, NamedCards};
use crate::study::deck_list::{self, DeckSettings, DeckSummary};
use crate::study::due_moves::{self, MovePlan, MoveRequest};
use crate::study::leeches::{self, LeechReport};
use crate::study::progress::{Watch, unwatched};
use crate::study::search::{self, SearchFindings};
use crate::study::settings::{self, PresetChange, PresetSummary};

/// Single cards.
impl Trainer {
    /// The cards that a filter takes.
    pub fn cards(&self, filter: &CardFilter) -> Result<Vec<CardSnapshot>> {
        card::card_list(self.reader(), filter, self.present()?)
    }

    /// The cards and drafts that a search finds, at most `limit`; see `docs/search.md`. The index is brought up to date first.
    pub fn search(&mut self, text: &str, limit: usize, watch: &mut Watch<'_>) -> Result<SearchFindings> {
        search::catch_up(&mut self.store, watch)?;
        search::search(self.reader(), text, limit, self.present()?)
    }

    /// All that is known of a card.
    pub fn card(&self, uid: Uuid) -> Result<CardDetails> {
        let id = card::find_card(self.reader(), uid)?;
        let details = card::card_details(self.reader(), &self.decks()?, id, self.present()?)?;
        details.ok_or_else(|| Error::fault(format!("the card {uid} is gone")).hint("run `retain check`"))
    }

    /// Changes a card's schedule without an answer.
    pub fn move_card(&mut self, uid: Uuid, kind: MoveKind, why: &str) -> Result<CardMemory> {
        let (decks, now) = (self.decks()?, self.now());
        let card = card::find_card(self.reader(), uid)?;
        self.ledger(&decks).relocate(card, kind, why, now)
    }

    /// Flags a card with a note, or takes its flag off; whether that changed anything.
    pub fn flag_card(&mut self, uid: Uuid, note: Option<&str>) -> Result<bool> {
        let now = self.now();
        let card = card::find_card(self.reader(), uid)?;
        card::flag_card(&mut self.store, card, note, now)
    }

    /// Finds the cards that people name: by the first letters of an identity, a number of the last list, or words of the question. All of them,
    /// or none. The index of words is brought up to date if words are needed.
    pub fn cards_named(&mut self, names: &[String]) -> Result<NamedCards> {
        // Identities and numbers need no index.
        if names.iter().any(|name| name.contains(|char: char| !char.is_ascii_hexdigit() && !matches!(char, '-' | '#')))
        {
            search::catch_up(&mut self.store, &mut unwatched)?;
        }
        card::CardNames::new(self.reader(), self.path(), self.now()).cards(names)
    }

    /// Keeps the list that was shown last, so that its numbers name cards. Drafts are named by their questions.
    pub fn keep_list(&self, cards: impl IntoIterator<Item = Uuid>) {
        card::LastList::keep(self.path(), cards.into_iter(), self.now());
    }

    /// Changes the schedule of cards without an answer: all of them as one deed, or none.
    pub fn move_cards(&mut self, uids: &[Uuid], kind: MoveKind, why: &str) -> Result<()> {
        let (decks, now, cards) = (self.decks()?, self.now(), self.card_numbers(uids)?);
        card::move_cards(&mut self.store, &decks, &cards, kind, why, now)
    }

    /// Flags cards with a note, or takes their flags off, as one deed; those that it changed.
    pub fn flag_cards(&mut self, uids: &[Uuid], note: Option<&str>) -> Result<Vec<Uuid>> {
        let (now, cards) = (self.now(), self.card_numbers(uids)?);
        let changed = card::flag_cards(&mut self.store, &cards, note, now)?;
        let changed = cards.iter().zip(uids).filter(|(card, _)| changed.contains(card));
        Ok(changed.map(|(_, uid)| *uid).collect())
    }

    fn card_numbers(&self, uids: &[Uuid]) -> Result<Vec<CardId>> {
        uids.iter().map(|uid| card::find_card(self.reader(), *uid)).collect()
    }

    /// The text of a question to be edited. `uid` is that of a card or of a question.
    pub fn question_text(&self, uid: Uuid) -> Result<String> {
        card::text_of_question(self.reader(), card::find_question(self.reader(), uid)?)
    }

    /// Changes a question to what `text` says. `before` is the text that was handed out: if the question says something else by now, nothing
    /// is overwritten. A text that cannot be used changes nothing.
    pub fn edit_question(
        &mut self,
        uid: Uuid,
        before: Option<&str>,
        text: &str,
    ) -> Result<std::result::Result<Edited, Refusal>> {
        let (decks, now) = (self.decks()?, self.now());
        let question = card::find_question(self.reader(), uid)?;
        card::apply_edit(&mut self.store, &decks, question, before, text, now)
    }

    /// The leeches of a deck and the decks in it, or of all.
    pub fn leeches(&self, deck: Option<&str>) -> Result<Vec<LeechReport>> {
        leeches::leeches(self.reader(), deck)
    }
}

/// Decks and their settings.
impl Trainer {
    /// All decks with how many cards they hold.
    pub fn deck_list(&self) -> Result<Vec<DeckSummary>> {
        deck_list::deck_list(self.reader(), self.present()?)
    }

    /// The settings of a deck, and where each comes from.
    pub fn deck_settings(&self, deck: &str) -> Result<DeckSettings> {
        deck_list::deck_settings(self.reader(), deck, self.present()?)
    }

    /// Changes settings of a deck and the decks in it, or of the default, as `key=value` pairs; all of them or none. Returns what happened, a
    /// line each.
    pub fn change_settings(&mut self, deck: Option<&str>, pairs: &[String]) -> Result<String> {
        let present = self.present()?;
        settings::change_settings(&mut self.store, deck, pairs, present)
    }

    /// Gives a deck and the decks in it another name. Returns old and new names.
    pub fn rename_deck(&mut self, old: &str, new: &str) -> Result<Vec<(String, String)>> {
        let now = self.now();
        settings::rename_deck(&mut self.store, old, new, now)
    }

    /// All presets.
    pub fn presets(&self) -> Result<Vec<PresetSummary>> {
        settings::all_presets(self.reader())
    }

    /// The preset of this name.
    pub fn preset(&self, name: &str) -> Result<PresetSummary> {
        settings::preset_named(self.reader(), name)
    }

    /// Changes presets, with all that follows. Returns what happened, a line each.
    pub fn change_presets(&mut self, change: PresetChange<'_>) -> Result<String> {
        let present = self.present()?;
        settings::change_presets(&mut self.store, change, present)
    }
}

/// Due dates that move together.
impl Trainer {
    /// Plans moves in a deck and the decks in it, or in all.
    pub fn plan_moves(&self, request: &MoveRequest, deck: Option<&str>) -> Result<MovePlan> {
        due_moves::plan_moves(self.reader(), request, deck, self.present()?)
    }

    /// Moves the cards of a plan; returns how many. A card that was answered or moved since stays as it is.
    pub fn carry_out(&mut self, plan: &MovePlan, watch: &mut Watch<'_>) -> Result<usize> {
        let present = self.present()?;
        due_moves::carry_out(&mut self.store, plan, present, watch)
    }

    /// Moves back what a command moved last; returns how many cards. With `dry_run`, how many would be moved.
    pub fn take_back_moves(&mut self, command: &'static str, dry_run: bool) -> Result<usize> {
        let present = self.present()?;
        due_moves::take_back(&mut self.store, command, dry_run, present)
    }
}
