//! The log, counted question by question: what belongs to one question stays together in memory.

use std::ops::Range;

use super::Basis;
use super::cards::{SurveyCard, SurveyCards};
use crate::error::Result;
use crate::memory::AlikeTable;
use crate::model::{Guess, Move, MoveKind, Rating, Review, ReviewKind, StudyDay};
use crate::stats::overview::Period;
use crate::stats::{Foretold, Survey, Surveyed, in_period, promised_days};
use crate::store::CountedLog;
use crate::study::decks::DeckEntry;
use crate::study::log_walk::{CardReplay, LogWalk, ModelWord, WalkEntry, expected};

/// A prediction, with its place in the log and the place of its deck.
pub(super) struct OrderedPrediction {
    order: u32,
    pub(super) deck: u32,
    pub(super) foretold: Foretold,
}

/// Which days are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct SurveyDays {
    pub(super) today: StudyDay,
    pub(super) period: Period,
    pub(super) long_period: Period,
}

/// Counts the log. The predictions of the long period are in the order of the log.
pub(super) fn count(
    basis: &Basis<'_>,
    cards: &SurveyCards,
    log: &CountedLog,
    days: SurveyDays,
) -> Result<(Survey, Vec<OrderedPrediction>)> {
    let walk = LogWalk::new(log, cards.questions.len(), |card| cards.question_of(card));
    let counter = Counter { entries: basis.decks.all(), cards, walk: &walk, days };
    let mut parts = walk.on_all_cores(|questions| counter.count(questions))?.into_iter();
    let (mut survey, mut predictions) = parts.next().unwrap_or_else(|| (counter.survey(0), Vec::new()));
    for (part, mut others) in parts {
        survey.merge(part);
        predictions.append(&mut others);
    }
    Ok((survey, in_order(predictions, log.answers.len())))
}

/// Puts predictions into the order of the log: each has its place, which is found faster than by sorting.
fn in_order(predictions: Vec<OrderedPrediction>, answers: usize) -> Vec<OrderedPrediction> {
    let mut places = Vec::new();
    places.resize_with(answers, || None);
    for prediction in predictions {
        let place = prediction.order as usize;
        places[place] = Some(prediction);
    }
    places.into_iter().flatten().collect()
}

struct Counter<'a> {
    entries: &'a [DeckEntry],
    cards: &'a SurveyCards,
    walk: &'a LogWalk<'a>,
    days: SurveyDays,
}

/// A card of the question whose answers are counted.
#[derive(Clone)]
struct CountedCard {
    /// By each model of its deck.
    replays: Vec<CardReplay>,
    /// Answers a day or more after the one before, and those of them that were rated again.
    long: u32,
    failures: u32,
    /// The interval that its last answer promised, in days.
    promised: Option<f64>,
}

impl Counter<'_> {
    fn survey(&self, questions: usize) -> Survey {
        Survey::new(self.days.today, self.days.period, self.days.long_period, self.cards.topics.len(), questions)
    }

    fn count(&self, questions: Range<usize>) -> Result<(Survey, Vec<OrderedPrediction>)> {
        let mut survey = self.survey(questions.len());
        // About as many as there are answers: growing step by step would copy them again and again.
        let share = questions.clone().map(|question| self.walk.answers_in(question)).sum();
        let mut predictions = Vec::with_capacity(share);
        let mut alike = AlikeTable::default();
        let mut counted: Vec<CountedCard> = Vec::new();
        let mut review = Review::EMPTY;
        for (place, question) in questions.enumerate() {
            if self.walk.answers_in(question) == 0 {
                continue;
            }
            let owners = self.cards.owners_of(question);
            self.begin(&mut counted, owners);
            self.walk.each(question, &mut review, |order, entry| {
                let card = match entry {
                    WalkEntry::Answer(review) => review.card,
                    WalkEntry::Move(change) => change.card,
                };
                let Some(at) = owners.iter().position(|owner| owner.card == card) else { return Ok(()) };
                let (owner, card) = (&owners[at], &mut counted[at]);
                match entry {
                    WalkEntry::Move(change) => self.moved(owner, card, change),
                    WalkEntry::Answer(review) => {
                        let foretold = self.answer(&mut survey, (place, question), owner, card, review, &mut alike);
                        if let Some(foretold) = foretold.filter(|_| in_period(&self.days.long_period, review.day)) {
                            predictions.push(OrderedPrediction { order, deck: owner.deck, foretold });
                        }
                    }
                }
                Ok(())
            })?;
        }
        Ok((survey, predictions))
    }

    /// Every card of a question as it was before the log.
    fn begin(&self, counted: &mut Vec<CountedCard>, owners: &[SurveyCard]) {
        let none = CountedCard { replays: Vec::new(), long: 0, failures: 0, promised: None };
        counted.resize(owners.len().max(counted.len()), none);
        for (owner, card) in owners.iter().zip(counted.iter_mut()) {
            let models = self.cards.histories[owner.deck as usize].replayers.len();
            card.replays.clear();
            card.replays.resize(models, CardReplay::new());
            (card.long, card.failures, card.promised) = (0, 0, None);
        }
    }

    fn moved(&self, owner: &SurveyCard, card: &mut CountedCard, change: &Move) {
        let replayers = &self.cards.histories[owner.deck as usize].replayers;
        replayers.iter().zip(&mut card.replays).for_each(|(replayer, replay)| replay.moved(replayer, change));
        if change.kind == MoveKind::Forget {
            (card.long, card.failures, card.promised) = (0, 0, None);
        }
    }

    /// Counts an answer; returns its prediction, if it had one.
    fn answer(
        &self,
        survey: &mut Survey,
        (place, question): (usize, usize),
        owner: &SurveyCard,
        card: &mut CountedCard,
        review: &Review,
        alike: &mut AlikeTable,
    ) -> Option<Foretold> {
        let history = &self.cards.histories[owner.deck as usize];
        let settings = &self.entries[owner.deck as usize].settings;
        let then = history.at(review.at.utc_ms);
        let (mut predicted, mut published, mut word) = (None, None, ModelWord::default());
        for (number, (replayer, replay)) in history.replayers.iter().zip(&mut card.replays).enumerate() {
            let own = replay.answer(replayer, review);
            if number == then {
                predicted = own.recall;
            }
            if number == history.published {
                published = own.recall;
            }
            if number == history.present {
                word = own;
            }
        }
        survey.add(&Surveyed {
            review,
            answered: word.answered.as_ref(),
            recall: word.recall,
            expected: word.answered.map_or(0.0, |_| expected(word.recall, review, settings)),
            lapse: word.lapse,
            promised: card.promised,
            target: settings.desired_retention,
            topic: owner.topic as usize,
            question: place,
            key: &self.cards.keys[question],
        });
        if !review.practice {
            card.promised = Some(promised_days(review));
        }
        let days = word.answered?.elapsed_days.filter(|days| *days > 0)?;
        card.long += 1;
        let failures = card.failures;
        card.failures += u32::from(review.rating == Rating::Again);
        // The schedule asks nobody in a mock exam.
        if review.kind == ReviewKind::Exam {
            return None;
        }
        Some(Foretold {
            recall: predicted? as f32,
            default_recall: published? as f32,
            guess: if settings.luck_aware { review.guess } else { Guess::NONE },
            right: review.right,
            alike: alike.place(days, card.long, failures),
        })
    }
}
