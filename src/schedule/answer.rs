//! When a card comes back after an answer.

use uuid::Uuid;

use super::{Load, bounds, within_bounds};
use crate::chance::Chance;
use crate::memory::{Answered, Elapsed, Evidence, Model, Replayer};
use crate::model::{CardMemory, CardState, Confidence, Due, MemoryState, Moment, Rating, Settings, StudyDay};

const DAY_MS: f64 = 86_400_000.0;

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
            Due::At(ms) => (ms - at.utc_ms).max(0) as f64 / DAY_MS,
        };
        Self { due, interval_days, ..self }
    }
}

impl<M: Model> Scheduler<'_, M> {
    /// What such an answer to this card leads to where nothing is known of the load. Nothing is changed.
    pub fn outcome(&self, card: &CardMemory, uid: Uuid, evidence: &Evidence, at: Moment, day: StudyDay) -> Outcome {
        self.outcome_under(card, uid, evidence, at, day, &Load::default())
    }

    /// What such an answer to this card leads to under this load. Nothing is changed; the same card, number of answers and load
    /// give the same day.
    pub fn outcome_under(
        &self,
        card: &CardMemory,
        uid: Uuid,
        evidence: &Evidence,
        at: Moment,
        day: StudyDay,
        load: &Load,
    ) -> Outcome {
        let answered = self.replayer.judge(card, evidence, at.utc_ms, day);
        match self.step_wait(card, evidence.rating, day) {
            Some(wait) => {
                Outcome { due: Due::At(at.utc_ms.saturating_add(wait)), interval_days: wait as f64 / DAY_MS, answered }
            }
            None => {
                let last = match (card.state, card.due, card.last_day) {
                    (CardState::Review, Some(Due::Day(due)), Some(last)) => due.since(last),
                    _ => 0,
                };
                let place = self.place(uid, card.repetitions);
                let span = Span { from: day, maximum: self.longest(day), last, place, load };
                let days = self.interval(card, evidence, at, &answered, span);
                Outcome { due: Due::Day(day.plus(days)), interval_days: f64::from(days), answered }
            }
        }
    }

    /// The wait of the step that this rating leads to, in milliseconds; none where the card leaves the steps.
    fn step_wait(&self, card: &CardMemory, rating: Rating, day: StudyDay) -> Option<i64> {
        // Before an exam there are no steps: an answer in a step is one that another card does not get, and gains little that is
        // left on the day.
        if self.settings.exam.is_some_and(|exam| exam > day) {
            return None;
        }
        let steps = match card.state {
            CardState::New | CardState::Learning => &self.settings.learning_steps,
            CardState::Review | CardState::Relearning => &self.settings.relearning_steps,
        };
        let step = usize::from(card.step);
        match (rating, card.state) {
            (Rating::Again, _) => steps.first().copied(),
            (_, CardState::Review) | (Rating::Easy, _) => None,
            (Rating::Hard, _) if step == 0 => match steps[..] {
                [] => None,
                // Longer than again and shorter than good.
                [only] => Some(only + (only / 2).min(DAY_MS as i64)),
                [first, second, ..] => Some(i64::midpoint(first, second.max(first))),
            },
            (Rating::Hard, _) => steps.get(step).or(steps.last()).copied(),
            (Rating::Good, _) => steps.get(step + 1).copied(),
        }
    }

    fn interval(&self, card: &CardMemory, evidence: &Evidence, at: Moment, answered: &Answered, span: Span<'_>) -> u32 {
        let raw = |state: MemoryState| self.replayer.model.interval_days(state, self.settings.desired_retention);
        let elapsed = Elapsed {
            days: card.elapsed_days(span.from),
            ms: card.last_at.map_or(0, |last| (at.utc_ms - last).max(0)),
        };
        let next = self.replayer.model.next_states(card.memory, elapsed);
        let after = |rating, minimum| self.pick(&span, raw(next.after(rating)), minimum);
        let hard = after(Rating::Hard, 1);
        if evidence.rating == Rating::Again {
            return self.pick(&Span { last: 0, ..span }, raw(answered.after), 1).min(hard);
        }
        // A hard answer that leads into a step comes back before a good one in any case.
        let apart = self.step_wait(card, Rating::Hard, span.from).is_none();
        let good = after(Rating::Good, if apart { hard + 1 } else { hard });
        match (evidence.rating, evidence.confidence) {
            (Rating::Hard, _) => hard,
            (Rating::Easy, _) => after(Rating::Easy, good + 1),
            // Luck only ever shortens the interval of a good answer.
            (_, Confidence::Model) if answered.known_probability.is_some_and(|known| known < 1.0) => {
                self.pick(&Span { last: 0, maximum: good, ..span }, raw(answered.after), 1)
            }
            _ => good,
        }
    }

    /// The number of days, near `interval` and at least `minimum`, after which a card comes back.
    fn pick(&self, span: &Span<'_>, interval: f64, minimum: u32) -> u32 {
        let (low, high) = self.range(interval, minimum.max(self.floor(span, interval)), span.maximum);
        match span.place {
            Some(place) if low < high => span.load.choose(low, high, span.from, self.settings, place),
            _ => low,
        }
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
