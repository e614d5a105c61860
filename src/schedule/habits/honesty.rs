//! How often a person calls a right answer a guess: lucky ones, and ones that were none.

use super::{Habits, KINDS, STEPS, WEIGHT};
use crate::model::{Confidence, ReviewKind, TimedAnswer};

/// Rounds of expectation and maximization; the shares stand still long before.
const ROUNDS: usize = 50;

/// Right answers among which luck is about as common.
struct Alike {
    right: f64,
    /// Those called a guess.
    called: f64,
    /// Those that luck explains.
    lucky: f64,
}

impl Alike {
    fn of<'a>(answers: impl Iterator<Item = &'a TimedAnswer>) -> Self {
        let mut alike = Self { right: 0.0, called: 0.0, lucky: 0.0 };
        for answer in answers {
            let guess = answer.guess.probability();
            if answer.right {
                alike.right += 1.0;
                alike.called += f64::from(u8::from(answer.confidence == Confidence::Guessed));
            } else if guess < 1.0 {
                // Of those who do not know, a share of g is right: for each wrong answer g / (1 − g) lucky ones are to be expected.
                alike.lucky += guess / (1.0 - guess);
            }
        }
        Self { lucky: alike.lucky.min(alike.right), ..alike }
    }
}

/// How many of these right answers luck explains.
pub(super) fn lucky<'a>(answers: impl Iterator<Item = &'a TimedAnswer>) -> f64 {
    Alike::of(answers).lucky
}

/// The share of lucky answers that are called a guess, and of those from knowledge that are.
///
/// Which of the called ones were lucky nobody knows. But luck is common among first answers and rare in steps, so that the two shares
/// follow from how often each kind of answer is called one (expectation and maximization, with Beta priors).
pub(super) fn learned(answers: &[TimedAnswer], otherwise: &Habits) -> (f64, f64) {
    let of = |kinds: &'static [ReviewKind]| Alike::of(answers.iter().filter(|answer| kinds.contains(&answer.kind)));
    // Nobody is asked in a mock exam.
    let kinds = [of(KINDS[0]), of(KINDS[2]), of(STEPS)];
    let sum = |part: fn(&Alike) -> f64| kinds.iter().map(part).sum::<f64>();
    let (lucky, known) = (sum(|alike| alike.lucky), sum(|alike| alike.right - alike.lucky));
    let (mut owns_up, mut false_alarm) = (0.5, 0.05);
    for _ in 0..ROUNDS {
        let by_luck = |alike: &Alike| {
            let [luck, knowledge] = [alike.lucky * owns_up, (alike.right - alike.lucky) * false_alarm];
            if luck + knowledge > 0.0 { alike.called * luck / (luck + knowledge) } else { 0.0 }
        };
        let owned = kinds.iter().map(by_luck).sum::<f64>();
        let alarms = sum(|alike| alike.called) - owned;
        owns_up = (owned + WEIGHT * otherwise.owns_up) / (lucky + WEIGHT);
        false_alarm = (alarms + WEIGHT * otherwise.false_alarm) / (known + WEIGHT);
        // More than all is no share: what is left over was called so from knowledge.
        (owns_up, false_alarm) = (owns_up.min(1.0), false_alarm.min(1.0));
    }
    (owns_up, false_alarm)
}
