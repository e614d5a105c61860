//! Answers and cards as statistics take them.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::Context;
use super::decks::{DeckEntry, Decks};
use super::foresight::{FirstAttempts, Foresight};
use super::survey::exam_of;
use crate::error::Result;
use crate::memory::{BeliefFold, link};
use crate::model::{CardId, CardMemory, DeckId, Flag, LogEntry, Move, Question, Review, Settings, StudyDay, letter};
use crate::stats::{CardSnapshot, Expectation, Fact};
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
        expected: None,
        score_day: score_day(entry, today),
        asked: row.asked,
        memory: row.memory,
        flag: None,
    })
}

/// The day for which a deck's score is expected: that of its exam, where one is ahead, else tomorrow.
pub(super) fn score_day(entry: &DeckEntry, today: StudyDay) -> StudyDay {
    exam_of(entry, today).unwrap_or(today.plus(1))
}

/// Says of each card what is expected of it on the day of its deck's score; nothing where its deck has too few answers to say it.
///
/// # Errors
/// When the database fails.
pub(super) fn expect(reader: Reader<'_>, decks: &Decks, cards: &mut [CardSnapshot]) -> Result<()> {
    let foresight = Foresight::read(reader, decks)?;
    let mut attempts: HashMap<(String, Option<String>), FirstAttempts> = HashMap::new();
    for card in cards.iter() {
        if let Some(known) = foresight.first_attempt(card.card) {
            let of_topic = attempts.entry((card.deck.clone(), card.topic.clone())).or_default();
            of_topic.all += 1.0;
            of_topic.known += known;
        }
    }
    let models: HashMap<&str, &DeckEntry> = decks.all().iter().map(|entry| (entry.deck.name.as_str(), entry)).collect();
    let mut of_decks: HashMap<String, Vec<CardId>> = HashMap::new();
    cards.iter().for_each(|card| of_decks.entry(card.deck.clone()).or_default().push(card.card));
    let told: HashSet<String> = of_decks
        .into_iter()
        .filter(|(_, cards)| foresight.tells(cards.iter().copied()))
        .map(|(deck, _)| deck)
        .collect();
    for card in cards.iter_mut().filter(|card| told.contains(&card.deck)) {
        let (seen, guess) = (card.memory.memory.is_some(), card.guess.probability());
        let of_topic = attempts.get(&(card.deck.clone(), card.topic.clone())).copied().unwrap_or_default();
        let kept = || {
            let entry = models.get(card.deck.as_str())?;
            let day = card.memory.last_day.map_or(card.score_day, |last| card.score_day.max(last.plus(1)));
            super::survey::recall(&entry.replayer.model, &card.memory, day)
        };
        let score = if seen && !foresight.holds(card.card) {
            link(kept().unwrap_or_else(|| foresight.prior(of_topic)), foresight.luck(guess))
        } else {
            let scores = foresight.scores(card.card, card.score_day, guess, of_topic);
            scores.iter().sum::<f64>() / scores.len().max(1) as f64
        };
        card.expected = Some(Expectation { score, seen });
    }
    Ok(())
}

/// The card of answers, as small as it can be: there may be hundreds of thousands.
struct Owner {
    uid: Uuid,
    question: Uuid,
    /// The places of its deck, and of the name of its topic.
    deck: u32,
    topic: Option<u32>,
    /// Where the choices stand in the bank, by number; none where that is their number.
    places: Option<Box<[u8]>>,
    /// Whether its question has so many choices that letters need something between them.
    apart: bool,
    memory: CardMemory,
    belief: BeliefFold,
}

/// More options than letters: two of `AA` are no four.
const LETTERS: usize = 26;

/// The owners of answers by the number of their card, and the names of topics.
struct Owners {
    owners: Vec<Option<Owner>>,
    topics: Vec<String>,
}

impl Owners {
    fn read(reader: Reader<'_>, decks: &Decks, scope: &Scope) -> Result<Self> {
        let mut names = reader.topic_names()?;
        let places: HashMap<DeckId, u32> =
            (0..).zip(decks.all()).map(|(place, entry)| (entry.deck.id, place)).collect();
        let mut known: HashMap<i64, u32> = HashMap::new();
        let mut found = Self { owners: Vec::new(), topics: Vec::new() };
        reader.each_owner(scope.letters, |row| {
            let topic = row.topic.and_then(|topic| match known.get(&topic) {
                Some(place) => Some(*place),
                None => {
                    let place = u32::try_from(found.topics.len()).ok()?;
                    found.topics.push(names.remove(&topic)?);
                    known.insert(topic, place);
                    Some(place)
                }
            });
            let Some(&deck) = places.get(&row.deck) else { return Ok(()) };
            let named = topic.and_then(|place| found.topics.get(place as usize)).map(String::as_str);
            if !scope.has(row.card, row.deck, named) {
                return Ok(());
            }
            let number = usize::try_from(row.card.0).unwrap_or(0);
            found.owners.resize_with(found.owners.len().max(number + 1), || None);
            found.owners[number] = Some(Owner {
                uid: row.uid,
                question: row.question_uid,
                deck,
                topic,
                apart: row.choices > LETTERS,
                places: row.places,
                memory: CardMemory::NEW,
                belief: BeliefFold::default(),
            });
            Ok(())
        })?;
        Ok(found)
    }

    fn of(&mut self, card: CardId) -> Option<(&mut Owner, &[String])> {
        let owner = self.owners.get_mut(usize::try_from(card.0).ok()?)?.as_mut()?;
        Some((owner, &self.topics))
    }
}

/// Every answer in scope, in the order of the log, with what the model made of it.
pub(super) fn each(
    reader: Reader<'_>,
    decks: &Decks,
    scope: &Scope,
    mut sink: impl FnMut(&Fact<'_>) -> Result<()>,
) -> Result<()> {
    let owners = std::cell::RefCell::new(Owners::read(reader, decks, scope)?);
    let entries = decks.all();
    let on_move = |change: &Move| {
        if let Some((owner, _)) = owners.borrow_mut().of(change.card) {
            let replayer = &entries[owner.deck as usize].replayer;
            replayer.apply(&mut owner.memory, &LogEntry::Move(change.clone()));
            owner.belief.moved(change);
        }
        Ok(())
    };
    let (mut picked, mut shown) = (String::new(), String::new());
    let on_review = |LoggedReview { review, undone }: LoggedReview| {
        let mut owners = owners.borrow_mut();
        let Some((owner, topics)) = owners.of(review.card) else {
            return Ok(());
        };
        let entry = &entries[owner.deck as usize];
        let lapses = owner.memory.lapses;
        let answered = if undone { None } else { entry.replayer.answer(&mut owner.memory, &review) };
        let recall = if undone { None } else { owner.belief.answer(&entry.replayer, &review) };
        if !scope.has_day(review.day) {
            return Ok(());
        }
        if scope.letters {
            owner.letters(&review.picked, &mut picked);
            owner.letters(&review.shown, &mut shown);
        }
        sink(&Fact {
            review: &review,
            undone,
            answered,
            recall,
            expected: answered.map(|_| expected(recall, &review, &entry.settings)),
            lapse: owner.memory.lapses > lapses,
            deck: &entry.deck.name,
            topic: owner.topic.and_then(|place| topics.get(place as usize)).map(String::as_str),
            card: owner.uid,
            question: owner.question,
            picked: &picked,
            shown: &shown,
        })
    };
    if scope.whole { reader.each_review(on_move, on_review) } else { reader.each_counted(on_move, on_review) }
}

/// The probability of a right answer before it was given: g + (1 − g)·R, with the prior knowledge for R before the first. Where luck is
/// not reckoned with, R means right answers.
pub(super) fn expected(recall: Option<f64>, review: &Review, settings: &Settings) -> f64 {
    let guess = review.guess.probability();
    match recall {
        Some(recall) if settings.luck_aware => link(recall, guess),
        Some(recall) => recall,
        None => link(settings.prior_knowledge, guess),
    }
}

impl Owner {
    /// The bank's own letters of choices; with separators where letters may be several.
    fn letters(&self, numbers: &[u8], into: &mut String) {
        into.clear();
        for (at, number) in numbers.iter().enumerate() {
            let place = self.places.as_ref().and_then(|places| places.get(usize::from(*number))).unwrap_or(number);
            if at > 0 && self.apart {
                into.push(' ');
            }
            *into += &letter(usize::from(*place));
        }
    }
}
