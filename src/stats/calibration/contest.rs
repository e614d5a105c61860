//! The quality of the predictions, compared with methods that a model must beat.

use std::thread;

use super::Foretold;
use crate::memory::ALIKE;
use crate::memory::metrics::{MovingAverage, auc_of, surprise};
use crate::stats::overview::MethodFigures;

/// The prediction of the running share of right answers before the first answer.
const FIRST_CONSTANT: f64 = 0.9;
/// Fewer answers are judged before a thread would start.
const WORTH_THREADS: usize = 20_000;

/// The quality of each method for the same answers, which are in the order of the log. Empty without answers.
pub(super) fn figures(answers: &[Foretold]) -> Vec<MethodFigures> {
    if answers.is_empty() {
        return Vec::new();
    }
    let published = answers.iter().all(|answer| answer.recall == answer.default_recall);
    let model = || {
        let in_use = judged("in use", answers, Foretold::probability);
        let defaults = match published {
            true => MethodFigures { method: "defaults", ..in_use },
            false => judged("defaults", answers, Foretold::default_probability),
        };
        [in_use, defaults]
    };
    let simple = || {
        let mut average = MovingAverage::default();
        let (mut right, mut count) = (0_usize, 0_usize);
        let moving = judged("moving average", answers, |answer| average.predict_then_update(answer.right));
        let constant = judged("constant", answers, |answer| {
            let share = if count == 0 { FIRST_CONSTANT } else { right as f64 / count as f64 };
            right += usize::from(answer.right);
            count += 1;
            share
        });
        [moving, constant]
    };
    let (model, simple) = if answers.len() < WORTH_THREADS {
        (model(), simple())
    } else {
        thread::scope(|scope| {
            let other = scope.spawn(simple);
            let model = model();
            (model, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    };
    model.into_iter().chain(simple).collect()
}

/// The quality of a method, which predicts the probability of a right answer, answer by answer.
fn judged(method: &'static str, answers: &[Foretold], mut predict: impl FnMut(&Foretold) -> f64) -> MethodFigures {
    let mut sum = 0.0;
    // For each group of similar answers: their number, and the sum of predictions minus right answers.
    let mut alike = vec![(0.0, 0.0); ALIKE];
    let mut predicted = Vec::with_capacity(answers.len());
    for answer in answers {
        let probability = predict(answer);
        sum += surprise(probability, answer.right);
        predicted.push((probability, answer.right));
        if let Some((count, off)) = alike.get_mut(usize::from(answer.alike)) {
            *count += 1.0;
            *off += probability - f64::from(u8::from(answer.right));
        }
    }
    let count = answers.len() as f64;
    let squares: f64 = alike.iter().filter(|(count, _)| *count > 0.0).map(|(count, off)| off * off / count).sum();
    MethodFigures {
        method,
        log_loss: Some(sum / count),
        rmse_bins: Some((squares / count).sqrt()),
        auc: auc_of(&predicted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Prediction;
    use crate::memory::metrics::{auc, log_loss, rmse_bins};
    use crate::model::Guess;

    fn answers(count: u32) -> Vec<Foretold> {
        (0..count)
            .map(|place| Foretold {
                recall: (place * 37 % 101) as f32 / 101.0,
                default_recall: (place * 53 % 97) as f32 / 97.0,
                guess: Guess::from_ways(place % 3 * 4),
                right: place % 7 != 0,
                alike: (place % 15) as u16,
            })
            .collect()
    }

    #[test]
    fn the_figures_are_those_of_the_metrics() {
        let answers = answers(500);
        let figures = figures(&answers);
        let ways = [(0, Foretold::probability as fn(&Foretold) -> f64), (1, Foretold::default_probability)];
        for (place, tell) in ways {
            let predictions: Vec<Prediction> = answers
                .iter()
                .map(|answer| Prediction {
                    probability: tell(answer),
                    right: answer.right,
                    luck: 0.0,
                    order: 0,
                    bin: (answer.alike.into(), 0, 0),
                })
                .collect();
            let close = |found: Option<f64>, wanted: Option<f64>| {
                (found.expect("a figure") - wanted.expect("a figure")).abs() < 1e-12
            };
            assert!(close(figures[place].log_loss, log_loss(&predictions)));
            assert!(close(figures[place].rmse_bins, rmse_bins(&predictions)));
            assert!(close(figures[place].auc, auc(&predictions)));
        }
    }

    #[test]
    fn the_constant_is_the_share_so_far() {
        let told = [true, false, true].map(|right| Foretold {
            recall: 0.9,
            default_recall: 0.9,
            guess: Guess::NONE,
            right,
            alike: 0,
        });
        let figures = figures(&told);
        // 0.9, then 1 of 1 (kept from infinity), then 1 of 2.
        let surprises = [-(0.9_f64.ln()), -(1e-6_f64.ln()), -(0.5_f64.ln())];
        let log_loss = figures[3].log_loss.expect("a figure");
        assert!((log_loss - surprises.iter().sum::<f64>() / 3.0).abs() < 1e-9, "{log_loss}");
        assert_eq!(figures[0].auc, figures[1].auc);
    }

    #[test]
    fn threads_change_nothing() {
        let many = answers(WORTH_THREADS as u32 + 1);
        let figures = figures(&many);
        let alone = judged("in use", &many, Foretold::probability);
        assert_eq!(figures[0], alone);
        assert_eq!(figures.len(), 4);
    }
}
