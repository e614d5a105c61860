//! Which answers and cards figures are about, and those cards as they are now.

use std::collections::{HashMap, HashSet};

use super::decks::{DeckEntry, Decks};
use crate::error::Result;
use crate::memory::{Elapsed, Model};
use crate::model::{CardId, CardMemory, DeckId, Flag, Question, Shelf, StudyDay};
use crate::schedule::days_to_exam;
use crate::stats::CardSnapshot;
use crate::store::{CardRow, Reader, Subjects};

/// Which answers and cards to take.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) decks: Option<Vec<DeckId>>,
    pub(super) from: Option<StudyDay>,
    pub(super) to: Option<StudyDay>,
    /// Only questions with one of these topics and tags.
    pub(super) about: Subjects,
    /// The cards of questions with one of the tags, if some are named.
    pub(super) tagged: Option<HashSet<CardId>>,
    /// Whether the letters of what was picked and shown are wanted, which cost a look at every choice.
    pub(super) letters: bool,
    /// Whether cards are wanted that were deleted, instead of those that are there.
    pub(super) deleted: bool,
    /// Whether all of an answer is wanted: the order shown, what was typed.
    pub(super) whole: bool,
}

impl Scope {
    pub(super) fn new(decks: &Decks, deck: Option<&str>) -> Result<Self> {
        let decks = match deck {
            None => None,
            Some(_) => Some(decks.named(deck)?.iter().map(|entry| entry.deck.id).collect()),
        };
        Ok(Self { decks, ..Self::default() })
    }

    /// Takes only what is about these topics and tags.
    pub(super) fn about(mut self, reader: Reader<'_>, about: Subjects) -> Result<Self> {
        if !about.tags.is_empty() {
            let mut tagged = HashSet::new();
            for tag in &about.tags {
                tagged.extend(reader.cards_with_tag(tag)?);
            }
            self.tagged = Some(tagged);
        }
        self.about = about;
        Ok(self)
    }

    /// The same scope over all days.
    pub(super) fn ever(&self) -> Self {
        Self { from: None, to: None, ..self.clone() }
    }

    fn has_card(&self, row: &CardRow) -> bool {
        self.has(row.card, row.deck, row.topic.as_deref())
    }

    /// Whether a card of a deck and a topic is in it.
    pub(super) fn has(&self, card: CardId, deck: DeckId, topic: Option<&str>) -> bool {
        self.has_deck(deck) && self.has_topic(topic) && self.tagged.as_ref().is_none_or(|tagged| tagged.contains(&card))
    }

    /// Whether a question of one of its decks, draft or not, is about its topics and tags.
    pub(super) fn has_question(&self, question: &Question) -> bool {
        let tags = &self.about.tags;
        self.has_topic(question.topic.as_deref())
            && (tags.is_empty() || question.tags.iter().any(|tag| tags.contains(tag)))
    }

    fn has_topic(&self, topic: Option<&str>) -> bool {
        let topics = &self.about.topics;
        topics.is_empty() || topic.is_some_and(|topic| topics.iter().any(|wanted| wanted == topic))
    }

    pub(super) fn has_deck(&self, deck: DeckId) -> bool {
        self.decks.as_ref().is_none_or(|decks| decks.contains(&deck))
    }

    pub(super) fn has_day(&self, day: StudyDay) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The cards in scope as they are now.
pub(super) fn card_snapshots(
    reader: Reader<'_>,
    decks: &Decks,
    scope: &Scope,
    today: StudyDay,
) -> Result<Vec<CardSnapshot>> {
    let mut flags: HashMap<CardId, Flag> = reader.flagged_cards(scope.decks.as_deref())?.into_iter().collect();
    let mut cards = Vec::new();
    reader.each_card(|row| {
        if scope.has_card(&row) && row.deleted == scope.deleted {
            let flag = flags.remove(&row.card).map(|flag| flag.note);
            cards.push(CardSnapshot { flag, ..snapshot(decks, row, today)? });
        }
        Ok(())
    })?;
    Ok(cards)
}

fn snapshot(decks: &Decks, row: CardRow, today: StudyDay) -> Result<CardSnapshot> {
    let entry = decks.entry(row.deck)?;
    let recall = |day| recall_on(&entry.replayer.model, &row.memory, day);
    Ok(CardSnapshot {
        card: row.card,
        uid: row.uid,
        question: row.question_uid,
        deck: entry.deck.name.clone(),
        topic: row.topic,
        stem: row.stem,
        guess: row.guess,
        retrievability: recall(today),
        expected: None,
        score_day: score_day(entry, today),
        asked: row.asked,
        memory: row.memory,
        flag: None,
        shelf: if row.deleted { Some(Shelf::Deleted) } else { entry.shelf },
    })
}

/// The day for which a deck's score is expected: that of its exam, if one is ahead, else tomorrow.
pub(super) fn score_day(entry: &DeckEntry, today: StudyDay) -> StudyDay {
    exam_of(entry, today).unwrap_or(today.plus(1))
}

/// The day of a deck's exam, if it is ahead.
pub(super) fn exam_of(entry: &DeckEntry, today: StudyDay) -> Option<StudyDay> {
    days_to_exam(&entry.settings, today).map(|days| today.plus(days))
}

/// The recall of a card on a day; `None` if it is new.
pub(super) fn recall_on(model: &impl Model, memory: &CardMemory, day: StudyDay) -> Option<f64> {
    memory.memory.map(|state| model.retrievability(state, Elapsed::whole_days(memory.elapsed_days(day))))
}
