//! What a person will know on a day: the learners that they may be, as their answers say.

use std::collections::HashMap;

use uuid::Uuid;

use crate::chance::Chance;
use crate::error::{Error, Result};
use crate::memory::{Draws, Elapsed, Histories, History, HistoryRules, Learner, NoFit, People, link, posterior};
use crate::model::{CardId, DeckId, StudyDay};
use crate::store::Reader;
use crate::study::decks::Decks;
use crate::study::fit::history_rules;

/// Learners that are asked.
const LEARNERS: usize = 64;
/// Cards whose answers are learnt from; of more, an even sample.
const CARDS: usize = 600;
/// All topics together weigh as much as this number of first attempts of one topic.
const POOLED: f64 = 20.0;
/// With fewer answers, nothing is said.
const FEWEST_ANSWERS: usize = 10;

/// A card whose answers are known.
struct SeenCard {
    history: History,
    last_day: StudyDay,
}

/// What the answers say about the future.
pub(in crate::study) struct Foresight {
    mode: Learner,
    learners: Vec<Learner>,
    seen: HashMap<CardId, SeenCard>,
    /// One of this number of answered cards is in the sample.
    step: usize,
}

/// First attempts of a topic: how many, and how many of them showed knowledge.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::study) struct FirstAttempts {
    pub(in crate::study) all: f64,
    pub(in crate::study) known: f64,
}

impl Foresight {
    /// Of the answers in these decks; of all answers if they have none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(in crate::study) fn load(reader: Reader<'_>, decks: &Decks) -> Result<Self> {
        let readings: HashMap<DeckId, HistoryRules> =
            decks.all().iter().map(|entry| (entry.deck.id, history_rules(entry))).collect();
        let answered = reader.answered_cards()?;
        let step = answered.len().div_ceil(CARDS).max(1);
        let mut histories = Histories::default();
        let mut entries = Vec::new();
        for (card, deck) in answered.iter().step_by(step) {
            if let Some(reading) = readings.get(deck) {
                entries.extend(reader.log_of(*card)?.into_iter().map(|entry| (reading, entry)));
            }
        }
        entries.sort_by_key(|(_, entry)| entry.id());
        entries.iter().for_each(|(reading, entry)| histories.add(reading, entry));
        let (mut seen, mut learnt) = (HashMap::new(), Vec::new());
        for (card, history, last_day) in histories.by_card() {
            learnt.push(history.clone());
            seen.insert(card, SeenCard { history, last_day });
        }
        let prior = decks.all().iter().map(|entry| entry.settings.prior_knowledge).sum::<f64>()
            / decks.all().len().max(1) as f64;
        let people = People::all().knowing(prior);
        let found = match posterior(&people, &learnt, u32::MAX, None, &mut |_: usize, _: usize| true) {
            Ok(found) => found,
            Err(NoFit::Failed | NoFit::TooFew | NoFit::Stopped) => {
                return Err(
                    Error::fault("what the answers say of days to come is no number").hint("please report this")
                );
            }
        };
        let draws = Draws::sample(&found, LEARNERS, &mut Chance::derived("foresight", Uuid::nil(), 0, 0));
        Ok(Self { mode: found.learner(), learners: draws.learners().to_vec(), seen, step })
    }

    /// Whether there are answers enough to these cards to say anything of them.
    pub(in crate::study) fn tells(&self, cards: impl Iterator<Item = CardId>) -> bool {
        let answers =
            cards.filter_map(|card| self.seen.get(&card)).map(|seen| seen.history.trials.len()).sum::<usize>();
        answers * self.step >= FEWEST_ANSWERS
    }

    /// Whether the answers to this card were looked at.
    pub(in crate::study) fn holds(&self, card: CardId) -> bool {
        self.seen.contains_key(&card)
    }

    /// How likely a question was known before its first attempt, as its answers show; `None` if the card is not in the sample.
    pub(in crate::study) fn first_attempt(&self, card: CardId) -> Option<f64> {
        let seen = self.seen.get(&card)?;
        self.mode.knew_at_first(&seen.history)
    }

    /// The probability of a right answer to a card on a day of each learner. If its answers are not in the sample, or there are none, that
    /// of a question of the topic that was never seen.
    pub(in crate::study) fn scores(
        &self,
        card: CardId,
        day: StudyDay,
        guess: f64,
        attempts: FirstAttempts,
    ) -> Vec<f64> {
        let seen = self.seen.get(&card);
        let score = |learner: &Learner| {
            let known = match seen {
                Some(seen) => learner.recall(&seen.history, elapsed(seen, day)),
                None => pooled(learner.answering.prior_knowledge, attempts),
            };
            link(known, learner.answering.luck_of(guess))
        };
        self.learners.iter().map(score).collect()
    }

    /// The variance of the true probability of a right answer to a card on a day, around what one learner is expected to do; 0 if its
    /// answers were not looked at, or there are none.
    pub(in crate::study) fn doubt(&self, card: CardId, day: StudyDay, guess: f64) -> f64 {
        let worth = (1.0 - self.luck(guess)).powi(2);
        self.seen.get(&card).map_or(0.0, |seen| worth * self.mode.doubt(&seen.history, elapsed(seen, day)))
    }

    /// How likely a question that was never seen is known, of a topic with these first attempts.
    pub(in crate::study) fn prior(&self, attempts: FirstAttempts) -> f64 {
        pooled(self.mode.answering.prior_knowledge, attempts)
    }

    /// The chance of luck of the most probable learner.
    pub(in crate::study) fn luck(&self, guess: f64) -> f64 {
        self.mode.answering.luck_of(guess)
    }

    /// Of how many cards that were answered one is among the seen.
    pub(in crate::study) fn step(&self) -> usize {
        self.step
    }
}

/// On the day of an answer recall is 1 by convention, and no figure rests on that: a clock that went back, or a journey, does not make a
/// score of it.
fn elapsed(seen: &SeenCard, day: StudyDay) -> Elapsed {
    Elapsed::whole_days(day.since(seen.last_day).max(1))
}

/// What first attempts of a topic say, drawn to what those of all topics say.
fn pooled(prior: f64, attempts: FirstAttempts) -> f64 {
    (POOLED * prior + attempts.known) / (POOLED + attempts.all)
}
