//! Every answer in the order of the log, with all its columns and what the model says of it.

use std::collections::HashMap;

use uuid::Uuid;

use super::{CardReplay, ModelWord};
use crate::error::Result;
use crate::memory::link;
use crate::model::{CardId, DeckId, Move, Review, Settings, letter};
use crate::stats::Fact;
use crate::store::{LoggedReview, Reader};
use crate::study::decks::Decks;
use crate::study::scope::Scope;

/// The card of answers, kept small because there may be hundreds of thousands.
struct AnswerOwner {
    uid: Uuid,
    question: Uuid,
    /// The places of its deck, and of the name of its topic.
    deck: u32,
    topic: Option<u32>,
    /// The places of the choices in the bank, by number; `None` if they are the numbers.
    places: Option<Box<[u8]>>,
    /// Whether letters need a separator, because there are more choices than letters.
    apart: bool,
    replay: CardReplay,
}

/// With more options than this, letters are ambiguous: `AA` may be one or two.
const LETTERS: usize = 26;

/// The owners of answers by the number of their card, and the names of topics.
struct AnswerOwners {
    owners: Vec<Option<AnswerOwner>>,
    topics: Vec<String>,
}

impl AnswerOwners {
    fn load(reader: Reader<'_>, decks: &Decks, scope: &Scope) -> Result<Self> {
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
            found.owners[number] = Some(AnswerOwner {
                uid: row.uid,
                question: row.question_uid,
                deck,
                topic,
                apart: row.choices > LETTERS,
                places: row.places,
                replay: CardReplay::new(),
            });
            Ok(())
        })?;
        Ok(found)
    }

    fn owner_of(&mut self, card: CardId) -> Option<(&mut AnswerOwner, &[String])> {
        let owner = self.owners.get_mut(usize::try_from(card.0).ok()?)?.as_mut()?;
        Some((owner, &self.topics))
    }
}

/// Every answer in scope, in the order of the log, with what the model made of it.
pub(in crate::study) fn each_answer(
    reader: Reader<'_>,
    decks: &Decks,
    scope: &Scope,
    mut sink: impl FnMut(&Fact<'_>) -> Result<()>,
) -> Result<()> {
    let owners = std::cell::RefCell::new(AnswerOwners::load(reader, decks, scope)?);
    let entries = decks.all();
    let on_move = |change: &Move| {
        if let Some((owner, _)) = owners.borrow_mut().owner_of(change.card) {
            owner.replay.moved(&entries[owner.deck as usize].replayer, change);
        }
        Ok(())
    };
    let (mut picked, mut shown) = (String::new(), String::new());
    let on_review = |LoggedReview { review, undone }: LoggedReview| {
        let mut owners = owners.borrow_mut();
        let Some((owner, topics)) = owners.owner_of(review.card) else {
            return Ok(());
        };
        let entry = &entries[owner.deck as usize];
        let word = if undone { ModelWord::default() } else { owner.replay.answer(&entry.replayer, &review) };
        let ModelWord { answered, recall, lapse } = word;
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
            lapse,
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

/// The probability of a right answer before it was given: g + (1 − g)·R, with the prior knowledge for R before the first. When
/// `luck-aware` is off, R itself is that probability.
pub(in crate::study) fn expected(recall: Option<f64>, review: &Review, settings: &Settings) -> f64 {
    let guess = review.guess.probability();
    match recall {
        Some(recall) if settings.luck_aware => link(recall, guess),
        Some(recall) => recall,
        None => link(settings.prior_knowledge, guess),
    }
}

impl AnswerOwner {
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
