//! What the models of a deck say of an answer, as figures count it; and a card on its walk through the log.

use crate::memory::AlikeTable;
use crate::model::{MATURE_DAYS, Move, MoveKind, Rating, Review, ReviewKind};
use crate::stats::promised_days;
use crate::study::log_walk::{CardReplay, ModelWord};
use crate::study::parameter_history::ParameterHistory;

/// What is known of an answer besides the answer: small, because there may be a million.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::study) struct WalkedWord {
    /// The recall that was believed just before; `None` for a first answer, and for practice.
    pub(in crate::study) recall: Option<f64>,
    /// Whether the answer forgot a card in review.
    pub(in crate::study) lapse: bool,
    /// Whether the answer before it promised an interval of [`MATURE_DAYS`] or more.
    pub(in crate::study) mature: bool,
    /// What was predicted of it, if it is one of those by which predictions are judged.
    pub(in crate::study) told: Option<ToldRecall>,
}

/// An answer with what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::study) struct WalkedAnswer {
    pub(in crate::study) review: Review,
    pub(in crate::study) word: WalkedWord,
}

/// This many answers are given at once: whoever counts them can look up all of them first, instead of waiting for each.
pub(super) const TOGETHER: usize = 128;

impl WalkedAnswer {
    /// One that says nothing.
    pub(super) const EMPTY: Self =
        Self { review: Review::EMPTY, word: WalkedWord { recall: None, lapse: false, mature: false, told: None } };
}

/// A prediction of recall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::study) struct ToldRecall {
    /// By the parameters that were in use then, 0–1.
    pub(in crate::study) in_use: f32,
    /// By the published parameters, 0–1.
    pub(in crate::study) published: f32,
    /// The group of similar answers: [`AlikeTable`].
    pub(in crate::study) alike: u16,
}

/// A card as figures walk through its log.
#[derive(Clone, Debug)]
pub(super) struct WalkingCard {
    /// By each model of its deck.
    replays: Vec<CardReplay>,
    /// Answers a day or more after the one before, and those of them that were rated again.
    long: u32,
    failures: u32,
    /// Whether its last answer promised a long interval.
    mature: bool,
}

impl WalkingCard {
    /// A card before its first entry.
    pub(super) fn new(history: &ParameterHistory) -> Self {
        Self { replays: vec![CardReplay::new(); history.replayers.len()], long: 0, failures: 0, mature: false }
    }

    /// Takes a change without an answer into account.
    pub(super) fn moved(&mut self, history: &ParameterHistory, change: &Move) {
        history.replayers.iter().zip(&mut self.replays).for_each(|(replayer, replay)| replay.moved(replayer, change));
        if change.kind == MoveKind::Forget {
            (self.long, self.failures, self.mature) = (0, 0, false);
        }
    }

    /// Takes an answer into account.
    pub(super) fn answer(&mut self, history: &ParameterHistory, review: &Review, alike: &mut AlikeTable) -> WalkedWord {
        let then = history.at(review.at.utc_ms);
        let (mut predicted, mut published, mut word) = (None, None, ModelWord::default());
        for (number, (replayer, replay)) in history.replayers.iter().zip(&mut self.replays).enumerate() {
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
        let mature = self.mature;
        if !review.practice {
            self.mature = promised_days(review) >= f64::from(MATURE_DAYS);
        }
        let told = self.count(&word, review).and_then(|(days, failures)| {
            Some(ToldRecall {
                in_use: predicted? as f32,
                published: published? as f32,
                alike: alike.place(days, self.long, failures),
            })
        });
        WalkedWord { recall: word.recall, lapse: word.lapse, mature, told }
    }

    /// Counts an answer a day or more after the one before: the days, and how often the card was forgotten before. `None` for others, and in a
    /// mock exam, where the schedule asks nobody.
    fn count(&mut self, word: &ModelWord, review: &Review) -> Option<(u32, u32)> {
        let days = word.answered?.elapsed_days.filter(|days| *days > 0)?;
        self.long += 1;
        let failures = self.failures;
        self.failures += u32::from(review.rating == Rating::Again);
        (review.kind != ReviewKind::Exam).then_some((days, failures))
    }
}
