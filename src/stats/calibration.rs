//! Predicted against actual recall. Definitions: `docs/statistics.md`.

mod contest;

use super::overview::{CalibrationBin, CalibrationFigures, Share};
use super::{Cell, wilson};
use crate::memory::link;
use crate::model::Guess;

/// The columns of `calibration`.
pub const CALIBRATION: &[&str] =
    &["deck", "bin_low", "bin_high", "answers", "predicted", "actual", "low_95", "high_95", "recall", "actual_recall"];

/// The number of bins of equal width from 0 to 1.
const BINS: usize = 20;

/// An answer with predicted recall: a day or more after the one before, and outside mock exams.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foretold {
    /// The recall predicted by the parameters then in use, 0–1. In single precision, like FSRS, because there may be a million answers.
    pub recall: f32,
    /// The recall predicted by the published parameters, 0–1.
    pub default_recall: f32,
    /// The chance of luck; none if `luck-aware` is off.
    pub guess: Guess,
    /// Whether the answer was right.
    pub right: bool,
    /// The group of similar answers: [`crate::memory::AlikeTable`].
    pub alike: u16,
}

impl Foretold {
    /// The predicted probability of a right answer, by the parameters in use.
    fn probability(&self) -> f64 {
        link(self.recall.into(), self.guess.probability())
    }

    /// The same, by the published parameters.
    fn default_probability(&self) -> f64 {
        link(self.default_recall.into(), self.guess.probability())
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    answers: usize,
    right: usize,
    predicted: f64,
    recall: f64,
    guess: f64,
}

/// Answers by their predictions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalibrationBins {
    bins: [Sums; BINS],
}

impl CalibrationBins {
    /// Counts an answer.
    pub fn add(&mut self, answer: &Foretold) {
        let probability = answer.probability();
        let place = (probability * BINS as f64) as usize;
        let sums = &mut self.bins[place.min(BINS - 1)];
        sums.answers += 1;
        sums.right += usize::from(answer.right);
        sums.predicted += probability;
        sums.recall += f64::from(answer.recall);
        sums.guess += answer.guess.probability();
    }

    /// The rows of a deck, the lowest predictions first. Empty bins have no row.
    pub fn rows(&self, deck: &str) -> Vec<Vec<Cell>> {
        let row = |(place, sums): (usize, &Sums)| {
            let bin = sums.figures(place);
            let guess = sums.mean(sums.guess);
            let recall = (guess < 1.0).then(|| (bin.actual - guess) / (1.0 - guess));
            vec![
                Cell::Text(deck.into()),
                Cell::share(Some(bin.bin_low)),
                Cell::share(Some(bin.bin_high)),
                Cell::count(bin.answers),
                Cell::share(Some(bin.predicted)),
                Cell::share(Some(bin.actual)),
                Cell::share(Some(bin.low_95)),
                Cell::share(Some(bin.high_95)),
                Cell::share(Some(sums.mean(sums.recall))),
                Cell::share(recall),
            ]
        };
        self.filled().map(row).collect()
    }

    fn filled(&self) -> impl Iterator<Item = (usize, &Sums)> {
        self.bins.iter().enumerate().filter(|(_, sums)| sums.answers > 0)
    }
}

impl Sums {
    fn mean(&self, sum: f64) -> f64 {
        sum / self.answers as f64
    }

    fn figures(&self, place: usize) -> CalibrationBin {
        let (low_95, high_95) = wilson(self.right, self.answers).unwrap_or((0.0, 1.0));
        CalibrationBin {
            bin_low: place as f64 / BINS as f64,
            bin_high: (place + 1) as f64 / BINS as f64,
            answers: self.answers,
            predicted: self.mean(self.predicted),
            actual: self.right as f64 / self.answers as f64,
            low_95,
            high_95,
        }
    }
}

/// The figures of these answers, which are in the order of the log. `parameters_since` is left empty.
pub fn calibration_figures(answers: &[Foretold]) -> CalibrationFigures {
    let mut bins = CalibrationBins::default();
    answers.iter().for_each(|answer| bins.add(answer));
    let total = |count: fn(&Sums) -> usize| bins.bins.iter().map(count).sum::<usize>();
    let right = Share::from_counts(total(|sums| sums.right), total(|sums| sums.answers));
    let predicted: f64 = bins.bins.iter().map(|sums| sums.predicted).sum();
    CalibrationFigures {
        answers: right.whole,
        predicted: (right.whole > 0).then(|| predicted / right.whole as f64),
        actual: right.share,
        bins: bins.filled().map(|(place, sums)| sums.figures(place)).collect(),
        methods: contest::figures(answers),
        parameters_since: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn answer(recall: f32, ways: u32, right: bool) -> Foretold {
        Foretold { recall, default_recall: recall, guess: Guess::from_ways(ways), right, alike: 7 }
    }

    #[test]
    fn a_bin_by_hand() {
        // 0.2 + 0.8 · 0.9 = 0.92 and 0.2 + 0.8 · 0.91 = 0.928; 0.96 is another bin.
        let mut bins = CalibrationBins::default();
        for answer in [answer(0.9, 5, true), answer(0.91, 5, false), answer(0.95, 5, true)] {
            bins.add(&answer);
        }
        let rows = bins.rows("A");
        let number = |row: usize, column: usize| match &rows[row][column] {
            Cell::Number(text) => text.clone(),
            cell => panic!("{cell:?}"),
        };
        assert_eq!(rows.len(), 2);
        assert_eq!([number(0, 1), number(0, 2), number(0, 4), number(0, 5)], ["0.9000", "0.9500", "0.9240", "0.5000"]);
        // (0.5 − 0.2) / 0.8.
        assert_eq!([number(0, 8), number(0, 9)], ["0.9050", "0.3750"]);
        assert_eq!(number(1, 4), "0.9600");
    }

    #[test]
    fn without_answers_nothing_is_said() {
        let figures = calibration_figures(&[]);
        assert_eq!((figures.answers, figures.predicted, figures.actual), (0, None, None));
        assert!(figures.bins.is_empty() && figures.methods.is_empty());
    }

    proptest! {
        #[test]
        fn every_answer_is_in_a_bin_that_holds_its_prediction(
            answers in prop::collection::vec((0.0..=1.0_f32, 0..9_u32, any::<bool>()), 1..200)
        ) {
            let told: Vec<Foretold> =
                answers.iter().map(|(recall, ways, right)| answer(*recall, *ways, *right)).collect();
            let figures = calibration_figures(&told);
            prop_assert_eq!(figures.answers, answers.len());
            for bin in figures.bins {
                prop_assert!(bin.bin_low <= bin.predicted + 1e-12 && bin.predicted <= bin.bin_high + 1e-12);
                prop_assert!(bin.low_95 <= bin.actual && bin.actual <= bin.high_95);
            }
        }
    }
}
