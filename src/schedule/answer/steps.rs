//! Learning steps: waits before a card is scheduled by days.

use super::{DAY_MS, Scheduler};
use crate::model::{CardMemory, CardState, Moment, Rating, StudyDay};

impl<M> Scheduler<'_, M> {
    /// The wait of the step that this rating leads to, in milliseconds; `None` if the card is scheduled by days. `by_days` gives the days
    /// after which it comes back for a rating without a step.
    ///
    /// Steps may take days. A card never comes back later than after a better answer, nor after the longest interval: the step is
    /// shortened.
    pub(super) fn wait(
        &self,
        card: &CardMemory,
        rating: Rating,
        at: Moment,
        day: StudyDay,
        by_days: impl Fn(Rating) -> u32,
    ) -> Option<i64> {
        let own = self.step(card, rating, day)?;
        let until = |due: StudyDay| at.start_of(due, self.settings.day_start).saturating_sub(at.utc_ms).max(0);
        let mut wait = own.min(i64::from(self.longest(day)) * DAY_MS);
        for better in Rating::ALL.into_iter().filter(|better| better.number() > rating.number()) {
            let longest = match self.step(card, better, day) {
                Some(step) => step,
                // A card that is scheduled by days does not come back today.
                None if wait <= until(day.plus(1)) => continue,
                None => until(day.plus(by_days(better))),
            };
            wait = wait.min(longest);
        }
        Some(wait)
    }

    /// The wait of the step that this rating leads to, in milliseconds; `None` if the card leaves the steps.
    fn step(&self, card: &CardMemory, rating: Rating, day: StudyDay) -> Option<i64> {
        // Before an exam there are no steps: their answers cost time for other cards, and little of their gain is left on the day.
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
