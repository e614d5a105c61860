//! When a card comes back after an answer.

mod steps;

use uuid::Uuid;

use super::fuzz::aim;
use super::{Days, Load, bounds, within_bounds};
use crate::chance::Chance;
use crate::memory::{Answered, Belief, Evidence, Model, Replayer};
use crate::model::{CardMemory, CardState, Confidence, Due, Guess, Moment, Rating, Settings, StudyDay};

const DAY_MS: i64 = 86_400_000;

/// Decides when cards come back.
#[derive(Clone, Copy, Debug)]
pub struct Scheduler<'a, M> {
    /// What the model makes of an answer.
    pub replayer: &'a Replayer<M>,
    /// The settings of the card's deck.
    pub settings: &'a Settings,
    /// The person's `RETAIN_SEED`, 0 without one.
    pub seed: u64,
}

/// What an answer leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// When the card comes back.
    pub due: Due,
    /// Days until then; a fraction in learning steps.
    pub interval_days: f64,
    /// What the model made of the answer.
    pub answered: Answered,
}

impl Outcome {
    /// The same answer where the card comes back at another time, as seen from this moment and day.
    #[must_use]
    pub fn with_due(self, due: Due, at: Moment, day: StudyDay) -> Self {
        let interval_days = match due {
            Due::Day(due) => f64::from(due.since(day)),
            Due::At(ms) => (ms - at.utc_ms).max(0) as f64 / DAY_MS as f64,
        };
        Self { due, interval_days, ..self }
    }
}

/// A card that is about to be answered, and all that the day depends on that it comes back on.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// What is remembered of it.
    pub card: &'a CardMemory,
    /// What its memory may be; none for the state of the memory alone.
    pub belief: Option<&'a Belief>,
    /// Its identity, from which chance is derived.
    pub uid: Uuid,
    /// When it is answered.
    pub at: Moment,
    /// The study day of that.
    pub day: StudyDay,
    /// The work of the days ahead.
    pub load: &'a Load,
}

impl<M: Model> Scheduler<'_, M> {
    /// What such an answer to this card leads to where nothing is known of the load. Nothing is changed.
    pub fn outcome(&self, card: &CardMemory, uid: Uuid, evidence: &Evidence, at: Moment, day: StudyDay) -> Outcome {
        self.outcome_under(card, uid, evidence, at, day, &Load::default())
    }

    /// What such an answer to this card leads to under this load, where nothing is believed but the state of its memory.
    pub fn outcome_under(
        &self,
        card: &CardMemory,
        uid: Uuid,
        evidence: &Evidence,
        at: Moment,
        day: StudyDay,
        load: &Load,
    ) -> Outcome {
        self.outcome_of(&Standing { card, belief: None, uid, at, day, load }, evidence)
    }

    /// What such an answer leads to. Nothing is changed; the same card, number of answers, belief and load give the same day.
    pub fn outcome_of(&self, standing: &Standing<'_>, evidence: &Evidence) -> Outcome {
        let Standing { card, at, day, load, .. } = *standing;
        let answered = self.replayer.judge(card, evidence, at.utc_ms, day);
        let last = match (card.state, card.due, card.last_day) {
            (CardState::Review, Some(Due::Day(due)), Some(last)) => due.since(last),
            _ => 0,
        };
        let place = self.place(standing.uid, card.repetitions);
        let span = Span { from: day, maximum: self.longest(day), last, place, load };
        let by_days = |rating| self.days(standing, span, rating);
        if let Some(wait) = self.wait(card, evidence.rating, at, day, by_days) {
            let due = Due::At(at.utc_ms.saturating_add(wait));
            return Outcome { due, interval_days: wait as f64 / DAY_MS as f64, answered };
        }
        let days = match (evidence.rating, evidence.confidence, answered.known_probability) {
            // Luck only ever shortens the interval of a good answer, and not below that of a forgotten one.
            (Rating::Good, Confidence::Model, Some(known)) if known < 1.0 => {
                let least = match self.wait(card, Rating::Again, at, day, by_days) {
                    Some(step) => (step as f64 / DAY_MS as f64).ceil() as u32,
                    None => by_days(Rating::Again),
                };
                self.pick(&span, self.days_after(standing, evidence), least.max(1), by_days(Rating::Good))
            }
            (rating, ..) => by_days(rating),
        };
        Outcome { due: Due::Day(day.plus(days)), interval_days: f64::from(days), answered }
    }

    /// The days after which a card comes back that is in no step then: never later for a lower rating.
    ///
    /// A good answer has the model's interval. Where that is over a day, a hard one comes back a day earlier at least, and an easy
    /// one a day later; where the model has one day for both, both have one day.
    fn days(&self, standing: &Standing<'_>, span: Span<'_>, rating: Rating) -> u32 {
        let stated =
            Evidence { right: rating != Rating::Again, rating, confidence: Confidence::Stated, guess: Guess::NONE };
        let raw = self.days_after(standing, &stated);
        match rating {
            Rating::Again => self.pick(&Span { last: 0, ..span }, raw, 1, self.days(standing, span, Rating::Hard)),
            Rating::Hard => {
                let good = self.days(standing, span, Rating::Good);
                self.pick(&span, raw, 1, if good == span.maximum { good } else { good.saturating_sub(1).max(1) })
            }
            Rating::Good => self.pick(&span, raw, 1, span.maximum),
            Rating::Easy => {
                let good = self.days(standing, span, Rating::Good);
                self.pick(&span, raw, if raw.round() > 1.0 { good + 1 } else { good }, span.maximum)
            }
        }
    }

    /// Days until the recall to be expected has fallen to what is desired, after such an answer.
    fn days_after(&self, standing: &Standing<'_>, evidence: &Evidence) -> f64 {
        let elapsed = self.replayer.elapsed(standing.card, standing.at.utc_ms, standing.day);
        let alone = Belief::certain(standing.card.memory);
        let after = standing.belief.unwrap_or(&alone).after(self.replayer, evidence, elapsed);
        after.interval_days(&self.replayer.model, self.settings.desired_retention)
    }

    /// The number of days, near `interval` and from `least` to `most`, after which a card comes back.
    ///
    /// It is drawn once, from the whole range of the interval, so that its mean is the interval: only a card whose day is not
    /// within the bounds takes another, of those that the bounds leave.
    fn pick(&self, span: &Span<'_>, interval: f64, least: u32, most: u32) -> u32 {
        let most = most.min(span.maximum);
        let least = least.min(most);
        let (low, high) = self.range(interval, self.floor(span, interval), span.maximum);
        let aim = Some(aim(interval, low, high, span.maximum));
        let drawn = |low, high| match span.place {
            Some(place) if low < high => span.load.choose(Days { low, high, aim }, span.from, self.settings, place),
            _ => low,
        };
        let days = drawn(low, high);
        if (least..=most).contains(&days) { days } else { drawn(low.clamp(least, most), high.clamp(least, most)) }
    }

    /// Where the model lengthens an interval, fuzz does not shorten it again; nor where it all but keeps it (Anki's
    /// `minimum_review_fuzz_interval`). Only a model that shortens it, after a change of parameters or retention, may.
    fn floor(&self, span: &Span<'_>, interval: f64) -> u32 {
        let rounded = interval.round() as u32;
        let (_, highest) = self.range(interval, 1, span.maximum);
        match span.last {
            last if rounded > last => last + 1,
            last if last <= highest => last.max(1),
            _ => 1,
        }
    }
}

/// What bounds the choice of a day.
#[derive(Clone, Copy, Debug)]
struct Span<'a> {
    from: StudyDay,
    maximum: u32,
    /// The interval that was promised last, 0 where there was none.
    last: u32,
    place: Option<f32>,
    load: &'a Load,
}

impl<M> Scheduler<'_, M> {
    /// The longest interval that an answer on this day may lead to: no interval goes past an exam to come.
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

    /// Where in its range a card falls after so many answers, 0 up to but not 1; none without fuzz.
    pub fn place(&self, uid: Uuid, repetitions: u32) -> Option<f32> {
        self.settings.fuzz.then(|| Chance::derived("fuzz", uid, repetitions, self.seed).unit())
    }
}

#[cfg(test)]
mod tests;
