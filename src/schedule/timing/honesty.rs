//! How often a person calls a right answer a guess, for lucky answers and for answers from knowledge.

use super::{Habits, KINDS, STEPS, WEIGHT};
use crate::model::{Confidence, ReviewKind, TimedAnswer};

/// Rounds of expectation and maximization; the shares converge long before.
const ROUNDS: usize = 50;

/// Counts of right answers among which luck is about equally common.
struct AnswerGroup {
    right: f64,
    /// How many are called a guess.
    called: f64,
    /// How many luck explains.
    lucky: f64,
}

impl AnswerGroup {
    fn count<'a>(answers: impl Iterator<Item = &'a TimedAnswer>) -> Self {
        let mut alike = Self { right: 0.0, called: 0.0, lucky: 0.0 };
        for answer in answers {
            let guess = answer.guess.probability();
            if answer.right {
                alike.right += 1.0;
                alike.called += f64::from(u8::from(answer.confidence == Confidence::Guessed));
            } else if guess < 1.0 {
                // Without knowledge a share g is right: for each wrong answer, g / (1 − g) lucky ones are expected.
                alike.lucky += guess / (1.0 - guess);
            }
        }
        Self { lucky: alike.lucky.min(alike.right), ..alike }
    }
}

/// How many of these right answers luck explains.
pub(super) fn lucky<'a>(answers: impl Iterator<Item = &'a TimedAnswer>) -> f64 {
    AnswerGroup::count(answers).lucky
}

/// The shares of lucky answers and of answers from knowledge that are called a guess.
///
/// Which reported guesses were lucky is unknown. But luck is common among first answers and rare in steps, so the two shares follow from
/// how often each kind of answer is called a guess (expectation and maximization, with Beta priors).
pub(super) fn learned(answers: &[TimedAnswer], otherwise: &Habits) -> (f64, f64) {
    let of =
        |kinds: &'static [ReviewKind]| AnswerGroup::count(answers.iter().filter(|answer| kinds.contains(&answer.kind)));
    // Mock exams do not ask for ratings.
    let kinds = [of(KINDS[0]), of(KINDS[2]), of(STEPS)];
    let sum = |part: fn(&AnswerGroup) -> f64| kinds.iter().map(part).sum::<f64>();
    let (lucky, known) = (sum(|alike| alike.lucky), sum(|alike| alike.right - alike.lucky));
    let (mut owns_up, mut false_alarm) = (0.5, 0.05);
    for _ in 0..ROUNDS {
        let by_luck = |alike: &AnswerGroup| {
            let [luck, knowledge] = [alike.lucky * owns_up, (alike.right - alike.lucky) * false_alarm];
            if luck + knowledge > 0.0 { alike.called * luck / (luck + knowledge) } else { 0.0 }
        };
        let owned = kinds.iter().map(by_luck).sum::<f64>();
        let alarms = sum(|alike| alike.called) - owned;
        owns_up = (owned + WEIGHT * otherwise.owns_up) / (lucky + WEIGHT);
        false_alarm = (alarms + WEIGHT * otherwise.false_alarm) / (known + WEIGHT);
        // A share is at most 1.
        (owns_up, false_alarm) = (owns_up.min(1.0), false_alarm.min(1.0));
    }
    (owns_up, false_alarm)
}
