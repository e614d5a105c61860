//! Single cards, decks with their settings, and due dates that move together.

use std::collections::HashSet;
use std::path::Path;

use uuid::Uuid;

use super::Trainer;
use crate::bank::{Bank, Refusal};
use crate::error::{Error, Result};
use crate::model::{CardId, CardMemory, MoveKind, QuestionId, Shelf, shell_argument};
use crate::stats::CardSnapshot;
use crate::store::BackupReason;
use crate::study::card::{self, Added, CardDetails, CardFilter, Edited, NamedCard, NamedCards};
use crate::study::deck_change::{self, Merged, Shelved};
use crate::study::deck_list::{self, DeckSettings, DeckSummary};
use crate::study::due_moves::{self, MovePlan, MoveRequest};
use crate::study::last_list::LastList;
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
        details.ok_or_else(|| Error::inconsistent(format!("the card {uid} is gone")))
    }

    /// Changes a card's schedule without an answer.
    pub fn move_card(&mut self, uid: Uuid, kind: MoveKind, why: &str) -> Result<CardMemory> {
        let (decks, now) = (self.decks()?, self.now());
        let card = card::find_live_card(self.reader(), uid)?;
        self.ledger(&decks).relocate(card, kind, why, now)
    }

    /// Flags a card with a note, or takes its flag off; whether that changed anything.
    pub fn flag_card(&mut self, uid: Uuid, note: Option<&str>) -> Result<bool> {
        let now = self.now();
        let card = card::find_live_card(self.reader(), uid)?;
        card::flag_card(&mut self.store, card, note, now)
    }

    /// Finds the cards that people name: by the first letters of an identity, a number of the last list, or words of the question. All of them,
    /// or none. The index of words is brought up to date if words are needed.
    pub fn cards_named(&mut self, names: &[String]) -> Result<NamedCards> {
        self.card_names(names)?.cards(names)
    }

    /// The same among the cards that were deleted.
    pub fn deleted_cards_named(&mut self, names: &[String]) -> Result<NamedCards> {
        self.card_names(names)?.among_deleted().cards(names)
    }

    fn card_names(&mut self, names: &[String]) -> Result<card::CardNames<'_>> {
        // Identities and numbers need no index.
        if names.iter().any(|name| name.contains(|char: char| !char.is_ascii_hexdigit() && !matches!(char, '-' | '#')))
        {
            search::catch_up(&mut self.store, &mut unwatched)?;
        }
        Ok(card::CardNames::new(self.reader(), self.now()))
    }

    /// Keeps the list that was shown last, so that its numbers name cards. Drafts are named by their questions.
    pub fn keep_list(&self, cards: impl IntoIterator<Item = Uuid>) {
        LastList::keep_cards(&self.reader().path(), cards.into_iter(), self.now());
    }

    /// The whole name of the deck that people mean; see [`Decks::whole_name`](crate::study::Decks::whole_name).
    pub fn whole_deck_name(&self, name: &str) -> Result<String> {
        self.decks()?.whole_name(name)
    }

    /// Keeps the list of decks that was shown last, so that its numbers name decks.
    pub fn keep_deck_list(&self, list: &[DeckSummary]) {
        LastList::keep_decks(&self.reader().path(), list.iter().map(|deck| deck.id));
    }

    /// Changes the schedule of cards without an answer: all of them as one deed, or none; those that it changed.
    pub fn move_cards(&mut self, uids: &[Uuid], kind: MoveKind, why: &str) -> Result<Vec<Uuid>> {
        self.announce_cards(uids.len());
        let (decks, now, cards) = (self.decks()?, self.now(), self.card_numbers(uids)?);
        let changed = card::move_cards(&mut self.store, &decks, &cards, kind, why, now)?;
        let changed = cards.iter().zip(uids).filter(|(card, _)| changed.contains(card));
        Ok(changed.map(|(_, uid)| *uid).collect())
    }

    /// Flags cards with a note, or takes their flags off, as one deed; those that it changed.
    pub fn flag_cards(&mut self, uids: &[Uuid], note: Option<&str>) -> Result<Vec<Uuid>> {
        self.announce_cards(uids.len());
        let (now, cards) = (self.now(), self.card_numbers(uids)?);
        let changed = card::flag_cards(&mut self.store, &cards, note, now)?;
        let changed = cards.iter().zip(uids).filter(|(card, _)| changed.contains(card));
        Ok(changed.map(|(_, uid)| *uid).collect())
    }

    fn card_numbers(&self, uids: &[Uuid]) -> Result<Vec<CardId>> {
        uids.iter().map(|uid| card::find_live_card(self.reader(), *uid)).collect()
    }

    /// The text of a question to be edited. `uid` is that of a card or of a question.
    pub fn question_text(&self, uid: Uuid) -> Result<String> {
        card::text_of_question(self.reader(), card::find_live_question(self.reader(), uid)?)
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
        let question = card::find_live_question(self.reader(), uid)?;
        card::apply_edit(&mut self.store, &decks, question, before, text, now)
    }

    /// All cards that a search finds, and with `drafts` the questions that have no card.
    pub fn cards_sought(&mut self, text: &str, drafts: bool) -> Result<Vec<NamedCard>> {
        let found = self.search(text, usize::MAX, &mut unwatched)?.cards.into_iter();
        let found = found.filter(|found| drafts || found.card.is_some());
        Ok(found.map(|found| NamedCard { uid: found.card.unwrap_or(found.question), stem: found.stem }).collect())
    }

    /// The cards that a filter takes and that a search finds.
    pub fn cards_among(&mut self, filter: &CardFilter, text: &str) -> Result<Vec<CardSnapshot>> {
        let text = if filter.deleted { format!("{text} is:deleted") } else { text.to_owned() };
        let sought: HashSet<Uuid> = self.cards_sought(&text, false)?.into_iter().map(|found| found.uid).collect();
        let mut cards = self.cards(filter)?;
        cards.retain(|card| sought.contains(&card.uid));
        Ok(cards)
    }

    /// Adds questions by hand to a deck, which is made if there is none. `source` is a file beside their pictures.
    pub fn add_questions(&mut self, deck: &str, bank: &mut Bank, source: &Path) -> Result<Added> {
        let present = self.present()?;
        card::add_questions(&mut self.store, deck, bank, source, present)
    }

    /// The text from which an editor starts that adds a question.
    pub fn question_template() -> String {
        card::template()
    }

    /// Deletes the questions of cards and drafts, as one deed; how many were not deleted yet. Their answers stay in the log.
    pub fn delete_cards(&mut self, uids: &[Uuid]) -> Result<usize> {
        self.announce_cards(uids.len());
        let (decks, now, (cards, questions)) = (self.decks()?, self.now(), self.questions_of(uids)?);
        card::delete_cards(&mut self.store, &decks, (&cards, &questions), now)
    }

    /// Restores the questions of cards and drafts that were deleted, as one deed; how many were.
    pub fn restore_cards(&mut self, uids: &[Uuid]) -> Result<usize> {
        self.announce_cards(uids.len());
        let (decks, now, (cards, questions)) = (self.decks()?, self.now(), self.questions_of(uids)?);
        card::restore_cards(&mut self.store, &decks, (&cards, &questions), now)
    }

    /// Moves the questions of cards and drafts to a deck, as one deed; the name of the deck, and how many were elsewhere.
    pub fn transfer_cards(&mut self, uids: &[Uuid], deck: &str) -> Result<(String, usize)> {
        self.announce_cards(uids.len());
        let (decks, now, (cards, questions)) = (self.decks()?, self.now(), self.live_questions_of(uids)?);
        let is_new = self.is_new_deck(deck)?;
        let deck = &decks.exactly(deck).map_err(|error| if is_new { error.hint(to_create(deck)) } else { error })?.deck;
        let count = card::transfer_cards(&mut self.store, &decks, (&cards, &questions), deck, now)?;
        Ok((deck.name.clone(), count))
    }

    /// Moves the questions of cards and drafts to a deck that is made for them, as one deed; its name, and how many went there.
    pub fn transfer_to_new(&mut self, uids: &[Uuid], name: &str) -> Result<(String, usize)> {
        let (now, (cards, questions)) = (self.now(), self.live_questions_of(uids)?);
        deck_change::transfer_to_new(&mut self.store, (&cards, &questions), name, now)
    }

    /// Whether the deck of this name is archived.
    pub fn is_archived(&self, deck: &str) -> Result<bool> {
        Ok(self.decks()?.exactly(deck)?.shelf == Some(Shelf::Archived))
    }

    /// Whether nobody has a deck that is meant by this name, and one could be made.
    pub fn is_new_deck(&self, name: &str) -> Result<bool> {
        let decks = self.decks()?;
        let is_meant = decks.exactly(name).map_or_else(|error| error.code() != "no-such-deck", |_| true);
        // `#3` is a number of a list.
        Ok(!is_meant
            && !name.starts_with('#')
            && crate::study::deck_name::proper_name(name).is_ok()
            && decks.deleted().all(|old| !old.deck.is_within(name)))
    }

    /// Adds tags to the questions of cards and drafts and takes others off, as one deed; how many it changed.
    pub fn retag_cards(&mut self, uids: &[Uuid], add: &[String], remove: &[String]) -> Result<usize> {
        self.announce_cards(uids.len());
        let (now, (cards, questions)) = (self.now(), self.live_questions_of(uids)?);
        card::retag_cards(&mut self.store, (&cards, &questions), add, remove, now)
    }

    /// The cards of these identities, and the questions of all of them, each once.
    fn questions_of(&self, uids: &[Uuid]) -> Result<(Vec<CardId>, Vec<QuestionId>)> {
        let (mut cards, mut questions) = (Vec::new(), Vec::new());
        for uid in uids {
            cards.extend(self.reader().card_by_uid(*uid)?);
            questions.push(card::find_question(self.reader(), *uid)?);
        }
        questions.sort_unstable();
        questions.dedup();
        Ok((cards, questions))
    }

    fn live_questions_of(&self, uids: &[Uuid]) -> Result<(Vec<CardId>, Vec<QuestionId>)> {
        for uid in uids {
            card::find_live_question(self.reader(), *uid)?;
        }
        self.questions_of(uids)
    }

    /// The leeches of a deck and the decks in it, or of all.
    pub fn leeches(&self, deck: Option<&str>) -> Result<Vec<LeechReport>> {
        leeches::leeches(self.reader(), deck)
    }
}

/// What makes a deck of this name.
fn to_create(name: &str) -> String {
    format!("`retain deck create {}` makes it", shell_argument(name))
}

/// Decks and their settings.
impl Trainer {
    /// The decks in use with how many cards they hold, and with `archived` the archived ones after them.
    pub fn deck_list(&self, archived: bool) -> Result<Vec<DeckSummary>> {
        deck_list::deck_list(self.reader(), archived, self.present()?)
    }

    /// The names of the decks that were deleted.
    pub fn deleted_decks(&self) -> Result<Vec<String>> {
        Ok(self.decks()?.deleted().map(|entry| entry.deck.name.clone()).collect())
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
        deck_change::rename_deck(&mut self.store, old, new, now)
    }

    /// Puts a deck with the decks in it into another one, or outside all without one. Returns old and new names.
    pub fn move_deck(&mut self, deck: &str, into: Option<&str>) -> Result<Vec<(String, String)>> {
        let now = self.now();
        deck_change::move_deck(&mut self.store, deck, into, now)
    }

    /// Makes an empty deck; its name.
    pub fn create_deck(&mut self, name: &str) -> Result<String> {
        let now = self.now();
        deck_change::create_deck(&mut self.store, name, now)
    }

    /// Moves the questions of a deck to another one; the first is removed.
    pub fn merge_decks(&mut self, from: &str, into: &str) -> Result<Merged> {
        self.announce(BackupReason::Merge);
        let now = self.now();
        deck_change::merge_decks(&mut self.store, from, into, now)
    }

    /// Leaves a deck and the decks in it out of the days and the lists, until somebody names them.
    pub fn archive_deck(&mut self, deck: &str) -> Result<Shelved> {
        let now = self.now();
        deck_change::archive_deck(&mut self.store, deck, now)
    }

    /// Puts an archived deck and the decks in it back into use.
    pub fn unarchive_deck(&mut self, deck: &str) -> Result<Shelved> {
        let now = self.now();
        deck_change::unarchive_deck(&mut self.store, deck, now)
    }

    /// Deletes a deck and the decks in it, with their questions. Their answers stay in the log.
    pub fn delete_deck(&mut self, deck: &str) -> Result<Shelved> {
        self.announce(BackupReason::Deletion);
        let now = self.now();
        deck_change::delete_deck(&mut self.store, deck, now)
    }

    /// Brings a deleted deck back, and the deleted decks in it, with the questions that were deleted with them.
    pub fn restore_deck(&mut self, deck: &str) -> Result<Shelved> {
        let now = self.now();
        deck_change::restore_deck(&mut self.store, deck, now)
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
        self.announce(BackupReason::Moves);
        let present = self.present()?;
        due_moves::carry_out(&mut self.store, plan, present, watch)
    }

    /// Moves back what a command moved last; returns how many cards. With `dry_run`, how many would be moved.
    pub fn take_back_moves(&mut self, command: &'static str, dry_run: bool) -> Result<usize> {
        if !dry_run {
            self.announce(BackupReason::Moves);
        }
        let present = self.present()?;
        due_moves::take_back(&mut self.store, command, dry_run, present)
    }
}
