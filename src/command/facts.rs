//! Answers and cards as statistics take them.

use std::collections::{HashMap, HashSet};

use super::Context;
use super::decks::Decks;
use super::survey::exam_of;
use crate::error::Result;
use crate::memory::link;
use crate::model::{CardId, CardMemory, DeckId, Flag, LogEntry, Question, QuestionId, StudyDay, letter};
use crate::stats::{CardSnapshot, Fact};
use crate::store::{CardRow, LoggedReview, Reader, Subjects};

/// Which answers and cards to take.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) decks: Option<Vec<DeckId>>,
    pub(super) from: Option<StudyDay>,
    pub(super) to: Option<StudyDay>,
    /// Only questions with one of these topics and tags.
    pub(super) about: Subjects,
    /// The cards of questions with one of the tags, where some are named.
    pub(super) tagged: Option<HashSet<CardId>>,
    /// Whether the letters of what was picked and shown are wanted, which cost a look at every choice.
    pub(super) letters: bool,
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

/// The cards in scope as they stand now.
pub(super) fn cards(context: &Context, reader: Reader<'_>, decks: &Decks, scope: &Scope) -> Result<Vec<CardSnapshot>> {
    let (_, today) = context.today(reader)?;
    let mut flags: HashMap<CardId, Flag> = reader.flagged_cards(scope.decks.as_deref())?.into_iter().collect();
    let mut cards = Vec::new();
    reader.each_card(|row| {
        if scope.has_card(&row) {
            let flag = flags.remove(&row.card).map(|flag| flag.note);
            cards.push(CardSnapshot { flag, ..snapshot(decks, row, today)? });
        }
        Ok(())
    })?;
    Ok(cards)
}

fn snapshot(decks: &Decks, row: CardRow, today: StudyDay) -> Result<CardSnapshot> {
    let entry = decks.of(row.deck)?;
    let recall = |day| super::survey::recall(&entry.replayer.model, &row.memory, day);
    Ok(CardSnapshot {
        card: row.card,
        uid: row.uid,
        question: row.question_uid,
        deck: entry.deck.name.clone(),
        topic: row.topic,
        stem: row.stem,
        guess: row.guess,
        retrievability: recall(today),
        known: recall(exam_of(entry, today).unwrap_or(today)).unwrap_or(entry.settings.prior_knowledge),
        asked: row.asked,
        memory: row.memory,
        flag: None,
    })
}

struct Owner {
    row: CardRow,
    memory: CardMemory,
}

/// Every answer in scope, in the order of the log, with what the model made of it.
pub(super) fn each(
    reader: Reader<'_>,
    decks: &Decks,
    scope: &Scope,
    mut sink: impl FnMut(&Fact<'_>) -> Result<()>,
) -> Result<()> {
    let mut owners: HashMap<CardId, Owner> = HashMap::new();
    reader.each_card(|row| {
        if scope.has_card(&row) {
            owners.insert(row.card, Owner { row, memory: CardMemory::NEW });
        }
        Ok(())
    })?;
    let positions = if scope.letters { positions(reader)? } else { HashMap::new() };
    let owners = std::cell::RefCell::new(owners);
    reader.each_review(
        |change| {
            if let Some(owner) = owners.borrow_mut().get_mut(&change.card) {
                decks.of(owner.row.deck)?.replayer.apply(&mut owner.memory, &LogEntry::Move(change.clone()));
            }
            Ok(())
        },
        |LoggedReview { review, undone }| {
            let mut owners = owners.borrow_mut();
            let Some(owner) = owners.get_mut(&review.card) else {
                return Ok(());
            };
            let entry = decks.of(owner.row.deck)?;
            let lapses = owner.memory.lapses;
            let answered = if undone { None } else { entry.replayer.answer(&mut owner.memory, &review) };
            if !scope.has_day(review.day) {
                return Ok(());
            }
            let letters = |numbers: &[u8]| {
                if scope.letters { letters(positions.get(&owner.row.question), numbers) } else { String::new() }
            };
            sink(&Fact {
                review: &review,
                undone,
                answered,
                expected: answered.map(|answered| {
                    let recall = answered.retrievability.unwrap_or(entry.settings.prior_knowledge);
                    link(recall, review.guess.probability())
                }),
                lapse: owner.memory.lapses > lapses,
                deck: &entry.deck.name,
                topic: owner.row.topic.as_deref(),
                card: owner.row.uid,
                question: owner.row.question_uid,
                picked: &letters(&review.picked),
                shown: &letters(&review.shown),
            })
        },
    )
}

/// The place of each choice in its bank, by question and number.
fn positions(reader: Reader<'_>) -> Result<HashMap<QuestionId, HashMap<u8, u8>>> {
    let mut places: HashMap<QuestionId, HashMap<u8, u8>> = HashMap::new();
    for (question, number, position) in reader.choice_positions()? {
        places.entry(question).or_default().insert(number, position);
    }
    Ok(places)
}

/// The bank's own letters; with separators where letters may be several.
fn letters(positions: Option<&HashMap<u8, u8>>, numbers: &[u8]) -> String {
    let place = |number: &u8| positions.and_then(|positions| positions.get(number)).copied().unwrap_or(*number);
    let letters: Vec<String> = numbers.iter().map(|number| letter(usize::from(place(number)))).collect();
    let separator = if positions.is_some_and(|positions| positions.len() > 26) { " " } else { "" };
    letters.join(separator)
}
