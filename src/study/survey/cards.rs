//! The cards that a survey is about, by places instead of names, so that a million answers find them fast.

use std::collections::HashMap;
use std::num::NonZeroU32;

use super::subject::{LaterSubjects, SurveySubject, each};
use super::{AHEAD, Basis};
use crate::error::Result;
use crate::model::{CardId, CardMemory, CardState, DeckId, Moment, QuestionId, StudyDay};
use crate::schedule::is_leech;
use crate::stats::items::ItemKey;
use crate::stats::{CardStanding, DeckForecast, Standings, due_day};
use crate::study::decks::DeckEntry;
use crate::study::parameter_history::ParameterHistory;
use crate::study::scope::{exam_of, recall_on};
use crate::study::walked::CardDecks;

/// A card of which a score is expected.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScoredCard {
    pub(super) card: CardId,
    /// The places of its deck, its topic and its question.
    pub(super) deck: usize,
    pub(super) topic: usize,
    pub(super) question: usize,
    pub(super) memory: CardMemory,
    /// What pure chance gets right.
    pub(super) guess: f64,
}

/// The cards in scope.
pub(super) struct SurveyCards {
    /// The decks of all cards, in scope or not.
    pub(super) decks: CardDecks,
    /// The place of the question of each card, from 1, by the card's number.
    places: Vec<Option<NonZeroU32>>,
    /// The place of the deck, and the name, of each topic.
    pub(super) topics: Vec<(usize, Option<String>)>,
    /// The questions, with the places of their decks and topics.
    pub(super) questions: Vec<(QuestionId, usize, usize)>,
    /// What each question has to pick from.
    pub(super) keys: Vec<ItemKey>,
    /// Whether a card of the question is a leech.
    pub(super) leeches: Vec<bool>,
    /// Whether a card of the question was answered surely and wrongly on the last day on which it was asked.
    pub(super) surely_wrong: Vec<bool>,
    pub(super) standings: Standings,
    /// The cards that questions ask for, question by question.
    pub(super) prospects: Vec<ScoredCard>,
    /// By the place of a deck.
    pub(super) forecasts: Vec<DeckForecast>,
    /// New cards, by the place of a deck and by the days from today after which they may be asked: later if they are buried.
    pub(super) waiting: Vec<Vec<usize>>,
    /// Whether a deck has cards in scope, by its place.
    pub(super) used: Vec<bool>,
}

impl SurveyCards {
    /// All that a survey needs.
    pub(super) fn load(basis: &Basis<'_>, later: Option<LaterSubjects>) -> Result<Self> {
        Self::looking_ahead(basis, AHEAD, later)
    }

    /// The cards with their states, and what is due on this number of days.
    pub(super) fn looking_ahead(basis: &Basis<'_>, days: usize, later: Option<LaterSubjects>) -> Result<Self> {
        let names = basis.reader.topic_names()?;
        let entries = basis.decks.all();
        let decks: HashMap<DeckId, usize> =
            entries.iter().enumerate().map(|(place, entry)| (entry.deck.id, place)).collect();
        let mut cards = Self {
            decks: CardDecks::default(),
            places: Vec::new(),
            topics: Vec::new(),
            questions: Vec::new(),
            keys: Vec::new(),
            leeches: Vec::new(),
            surely_wrong: Vec::new(),
            standings: Standings::default(),
            prospects: Vec::new(),
            forecasts: vec![DeckForecast::new(days); entries.len()],
            waiting: vec![vec![0; days]; entries.len()],
            used: vec![false; entries.len()],
        };
        let mut topics: HashMap<(usize, Option<i64>), usize> = HashMap::new();
        let surely_wrong = basis.reader.surely_wrong()?;
        each(basis.reader, later, |row| {
            let topic = row.topic.and_then(|topic| names.get(&topic));
            let Some(&deck) = decks.get(&row.deck) else { return Ok(()) };
            cards.decks.add(row.card, deck);
            if !basis.scope.has(row.card, row.deck, topic.map(String::as_str)) {
                return Ok(());
            }
            let topic = *topics.entry((deck, row.topic)).or_insert_with(|| {
                cards.topics.push((deck, topic.cloned()));
                cards.topics.len() - 1
            });
            let card = row.card;
            cards.add(basis, row, deck, topic);
            if let Some(question) = cards.surely_wrong.last_mut() {
                *question |= surely_wrong.contains(&card);
            }
            Ok(())
        })?;
        Ok(cards)
    }

    fn add(&mut self, basis: &Basis<'_>, mut row: SurveySubject, deck: usize, topic: usize) {
        if self.questions.last().is_none_or(|(question, ..)| *question != row.question) {
            self.questions.push((row.question, deck, topic));
            self.keys.push(std::mem::take(&mut row.key));
            self.leeches.push(false);
            self.surely_wrong.push(false);
        }
        let question = self.questions.len() - 1;
        let number = usize::try_from(row.card.0).unwrap_or(0);
        if self.places.len() <= number {
            self.places.resize(number + 1, None);
        }
        self.places[number] = NonZeroU32::new(small(self.questions.len()));
        self.used[deck] = true;
        self.stand(basis, &row, (deck, topic, question));
    }

    fn stand(&mut self, basis: &Basis<'_>, row: &SurveySubject, (deck, topic, question): (usize, usize, usize)) {
        if row.deleted {
            return;
        }
        let entry = &basis.decks.all()[deck];
        // An archived deck asks for nothing, unless it is the one that figures are wanted of.
        let is_left_out = entry.shelf.is_some() && basis.scope.decks.is_none();
        let (settings, model, today) = (&entry.settings, &entry.replayer.model, basis.present.today);
        let memory = &row.memory;
        let leech = settings.leech_threshold.is_some_and(|threshold| is_leech(memory.lapses, threshold));
        self.leeches[question] |= leech;
        match due_day(memory, basis.present.now, basis.present.day_start) {
            _ if is_left_out => {}
            Some(due) => self.forecasts[deck].add(due, today, memory.state != CardState::Review),
            None if memory.state == CardState::New && !memory.suspended => {
                let ahead = memory.buried_until.map_or(0, |until| until.since(today)) as usize;
                if let Some(waiting) = self.waiting[deck].get_mut(ahead) {
                    *waiting += 1;
                }
            }
            None => {}
        }
        let standing = CardStanding {
            topic,
            question,
            memory: *memory,
            recall: recall_on(model, memory, today),
            leech,
            asked: row.asked,
        };
        if row.asked {
            let guess = row.guess.probability();
            self.prospects.push(ScoredCard { card: row.card, deck, topic, question, memory: *memory, guess });
        }
        self.standings.add(&standing, today);
    }

    /// The place of the question of a card, if it is in scope.
    pub(super) fn question_of(&self, card: CardId) -> Option<usize> {
        let place = self.places.get(usize::try_from(card.0).ok()?)?.as_ref()?;
        Some(place.get() as usize - 1)
    }

    /// The decks that have cards in scope.
    pub(super) fn decks_with_cards<'a>(&'a self, basis: &'a Basis<'_>) -> impl Iterator<Item = &'a DeckEntry> {
        basis.decks.all().iter().zip(&self.used).filter(|(_, used)| **used).map(|(entry, _)| entry)
    }

    /// The day of the exam, if all decks have the same one ahead.
    pub(super) fn common_exam(&self, basis: &Basis<'_>) -> Option<StudyDay> {
        common(self.decks_with_cards(basis).map(|entry| exam_of(entry, basis.present.today)))
    }

    /// Since which study day the parameters are in use, if that is the same for all decks and not for ever.
    pub(super) fn parameters_since(&self, basis: &Basis<'_>, histories: &[ParameterHistory]) -> Option<StudyDay> {
        let used = histories.iter().zip(&self.used).filter(|(_, used)| **used);
        let utc_ms = common(used.map(|(history, _)| history.since()))?;
        Some(Moment { utc_ms, ..basis.present.now }.study_day(basis.present.day_start))
    }
}

/// What all have, if it is the same.
fn common<T: PartialEq>(all: impl Iterator<Item = Option<T>>) -> Option<T> {
    let mut all = all;
    let first = all.next()??;
    all.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
