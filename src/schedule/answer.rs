//! When a card comes back after an answer.

mod steps;

use uuid::Uuid;

use super::fuzz::aim;
use super::{DayRange, Load, bounds, within_bounds};
use crate::chance::Chance;
use crate::memory::{Answered, Belief, Evidence, Model, Replayer};
use crate::model::{CardMemory, CardState, Confidence, Due, Guess, Moment, Rating, Settings, StudyDay};

const DAY_MS: i64 = 86_400_000;

/// Decides when cards come back.
#[derive(Clone, Copy, Debug)]
pub struct Scheduler<'a, M> {
    /// The memory model, with what it needs besides the log.
    pub replayer: &'a Replayer<M>,
    /// The settings of the card's deck.
    pub settings: &'a Settings,
    /// The person's `RETAIN_SEED`, 0 without one.
    pub seed: u64,
}

/// The result of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// When the card comes back.
    pub due: Due,
    /// Days until then; a fraction in learning steps.
    pub interval_days: f64,
    /// What the model computed for the answer.
    pub answered: Answered,
}

impl Outcome {
    /// The same, with another due date, as seen from this moment and day.
    #[must_use]
    pub fn with_due(self, due: Due, at: Moment, day: StudyDay) -> Self {
        let interval_days = match due {
            Due::Day(due) => f64::from(due.since(day)),
            Due::At(ms) => (ms - at.utc_ms).max(0) as f64 / DAY_MS as f64,
        };
        Self { due, interval_days, ..self }
    }
}

/// A card that is about to be answered, with everything that its next due date depends on.
#[derive(Clone, Copy, Debug)]
pub struct CardAtAnswer<'a> {
    /// Its memory and state.
    pub card: &'a CardMemory,
    /// The states that its memory may be in; `None` for the state in `card` alone.
    pub belief: Option<&'a Belief>,
    /// The identity of the card, which seeds the fuzz.
    pub uid: Uuid,
    /// The moment of the answer.
    pub at: Moment,
    /// The study day of the answer.
    pub day: StudyDay,
    /// The work of the days ahead.
    pub load: &'a Load,
}

impl<M: Model> Scheduler<'_, M> {
    /// The result of such an answer if nothing is known about the load. Nothing is changed.
    pub fn outcome(&self, card: &CardMemory, uid: Uuid, evidence: &Evidence, at: Moment, day: StudyDay) -> Outcome {
        self.outcome_under(card, uid, evidence, at, day, &Load::default())
    }

    /// The result of such an answer under this load, for a card without a belief.
    pub fn outcome_under(
        &self,
        card: &CardMemory,
        uid: Uuid,
        evidence: &Evidence,
        at: Moment,
        day: StudyDay,
        load: &Load,
    ) -> Outcome {
        self.outcome_of(&CardAtAnswer { card, belief: None, uid, at, day, load }, evidence)
    }

    /// The result of such an answer. Nothing is changed. The same card, number of answers, belief and load give the same day.
    pub fn outcome_of(&self, asked: &CardAtAnswer<'_>, evidence: &Evidence) -> Outcome {
        let CardAtAnswer { card, at, day, load, .. } = *asked;
        let answered = self.replayer.judge(card, evidence, at.utc_ms, day);
        let last = match (card.state, card.due, card.last_day) {
            (CardState::Review, Some(Due::Day(due)), Some(last)) => due.since(last),
            _ => 0,
        };
        let place = self.place(asked.uid, card.repetitions);
        let limits = DayLimits { from: day, maximum: self.longest(day), last, place, load };
        let by_days = |rating| self.days(asked, limits, rating);
        if let Some(wait) = self.wait(card, evidence.rating, at, day, by_days) {
            let due = Due::At(at.utc_ms.saturating_add(wait));
            return Outcome { due, interval_days: wait as f64 / DAY_MS as f64, answered };
        }
        let days = match (evidence.rating, evidence.confidence, answered.known_probability) {
            // Luck can only shorten the interval of a good answer, and not below that of a forgotten card.
            (Rating::Good, Confidence::Model, Some(known)) if known < 1.0 => {
                let least = match self.wait(card, Rating::Again, at, day, by_days) {
                    Some(step) => (step as f64 / DAY_MS as f64).ceil() as u32,
                    None => by_days(Rating::Again),
                };
                self.pick(&limits, self.days_after(asked, evidence), least.max(1), by_days(Rating::Good))
            }
            (rating, ..) => by_days(rating),
        };
        Outcome { due: Due::Day(day.plus(days)), interval_days: f64::from(days), answered }
    }

    /// The days after which a card without a step comes back: never later for a lower rating.
    ///
    /// A good answer gets the model's interval. If that is over a day, a hard one comes back at least a day earlier, and an easy one a
    /// day later. If the model gives one day for both, both get one day.
    fn days(&self, asked: &CardAtAnswer<'_>, limits: DayLimits<'_>, rating: Rating) -> u32 {
        let stated =
            Evidence { right: rating != Rating::Again, rating, confidence: Confidence::Stated, guess: Guess::NONE };
        let raw = self.days_after(asked, &stated);
        match rating {
            Rating::Again => {
                self.pick(&DayLimits { last: 0, ..limits }, raw, 1, self.days(asked, limits, Rating::Hard))
            }
            Rating::Hard => {
                let good = self.days(asked, limits, Rating::Good);
                self.pick(&limits, raw, 1, if good == limits.maximum { good } else { good.saturating_sub(1).max(1) })
            }
            Rating::Good => self.pick(&limits, raw, 1, limits.maximum),
            Rating::Easy => {
                let good = self.days(asked, limits, Rating::Good);
                self.pick(&limits, raw, if raw.round() > 1.0 { good + 1 } else { good }, limits.maximum)
            }
        }
    }

    /// Days after such an answer until the expected recall has fallen to the desired retention.
    fn days_after(&self, asked: &CardAtAnswer<'_>, evidence: &Evidence) -> f64 {
        let elapsed = self.replayer.elapsed(asked.card, asked.at.utc_ms, asked.day);
        let alone = Belief::certain(asked.card.memory);
        let after = asked.belief.unwrap_or(&alone).after(self.replayer, evidence, elapsed);
        after.interval_days(&self.replayer.model, self.settings.desired_retention)
    }

    /// The number of days, near `interval` and from `least` to `most`, after which a card comes back.
    ///
    /// It is drawn from the whole range of the interval, so that its mean is the interval. Only if the drawn day is outside the bounds,
    /// another is drawn within them.
    fn pick(&self, limits: &DayLimits<'_>, interval: f64, least: u32, most: u32) -> u32 {
        let most = most.min(limits.maximum);
        let least = least.min(most);
        let (low, high) = self.range(interval, self.floor(limits, interval), limits.maximum);
        let aim = Some(aim(interval, low, high, limits.maximum));
        let drawn = |low, high| match limits.place {
            Some(place) if low < high => {
                limits.load.choose(DayRange { low, high, aim }, limits.from, self.settings, place)
            }
            _ => low,
        };
        let days = drawn(low, high);
        if (least..=most).contains(&days) { days } else { drawn(low.clamp(least, most), high.clamp(least, most)) }
    }

    /// The lowest number of days that fuzz may choose. If the model lengthens or nearly keeps an interval, fuzz does not shorten it
    /// (Anki's `minimum_review_fuzz_interval`). It may if the model itself shortens it, after a change of parameters or retention.
    fn floor(&self, limits: &DayLimits<'_>, interval: f64) -> u32 {
        let rounded = interval.round() as u32;
        let (_, highest) = self.range(interval, 1, limits.maximum);
        match limits.last {
            last if rounded > last => last + 1,
            last if last <= highest => last.max(1),
            _ => 1,
        }
    }
}

/// The limits for the choice of a day.
#[derive(Clone, Copy, Debug)]
struct DayLimits<'a> {
    from: StudyDay,
    maximum: u32,
    /// The last interval in days, 0 if there was none.
    last: u32,
    place: Option<f32>,
    load: &'a Load,
}

impl<M> Scheduler<'_, M> {
    /// The longest interval that an answer on this day may lead to: no interval goes past a future exam.
    pub fn longest(&self, day: StudyDay) -> u32 {
        match self.settings.exam {
            Some(exam) if exam > day => self.settings.maximum_interval.min(exam.since(day)),
            _ => self.settings.maximum_interval,
        }
    }

    /// The shortest and the longest number of days that an interval may become; the same without fuzz.
    pub fn range(&self, interval: f64, minimum: u32, maximum: u32) -> (u32, u32) {
        if self.settings.fuzz {
            return bounds(interval, minimum, maximum);
        }
        let days = within_bounds(interval, minimum, maximum, None);
        (days, days)
    }

    /// The place of a card in its range after this many answers, 0 up to but not 1; `None` without fuzz.
    pub fn place(&self, uid: Uuid, repetitions: u32) -> Option<f32> {
        self.settings.fuzz.then(|| Chance::derived("fuzz", uid, repetitions, self.seed).unit())
    }
}

#[cfg(test)]
mod tests;
