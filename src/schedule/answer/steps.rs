//! Learning steps: waits before a card goes by days.

use super::{ByDays, DAY_MS, Scheduler};
use crate::model::{CardMemory, CardState, Moment, Rating, StudyDay};

impl<M> Scheduler<'_, M> {
    /// How long a card waits that this rating leads into a step, in milliseconds; none where it goes by days.
    ///
    /// Steps may take days. A card never comes back later than after a better answer, nor after the longest interval: where a
    /// step would, it ends when the better answer's wait does.
    pub(super) fn wait(
        &self,
        card: &CardMemory,
        rating: Rating,
        at: Moment,
        day: StudyDay,
        by_days: &ByDays,
    ) -> Option<i64> {
        let mut longest = i64::from(self.longest(day)) * DAY_MS;
        for better in Rating::ALL.into_iter().rev() {
            let step = self.step(card, better, day);
            let wait = match step {
                Some(step) => step,
                None => {
                    let due = day.plus(by_days.after(better));
                    at.start_of(due, self.settings.day_start).saturating_sub(at.utc_ms).max(0)
                }
            };
            longest = longest.min(wait);
            if better == rating {
                return step.map(|_| longest);
            }
        }
        None
    }

    /// The wait of the step that this rating leads to, in milliseconds; none where the card leaves the steps.
    fn step(&self, card: &CardMemory, rating: Rating, day: StudyDay) -> Option<i64> {
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
                [only] => Some(only + (only / 2).min(DAY_MS)),
                [first, second, ..] => Some(i64::midpoint(first, second.max(first))),
            },
            (Rating::Hard, _) => steps.get(step).or(steps.last()).copied(),
            (Rating::Good, _) => steps.get(step + 1).copied(),
        }
    }
}
