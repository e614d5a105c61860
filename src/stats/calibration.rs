//! Predicted recall against what happened. Definitions: `docs/statistics.md`.

mod contest;

use super::overview::{CalibrationBin, CalibrationFigures, Share};
use super::{Cell, wilson};

/// The columns of `calibration`.
pub const CALIBRATION: &[&str] =
    &["deck", "bin_low", "bin_high", "answers", "predicted", "actual", "low_95", "high_95", "recall", "actual_recall"];

/// So many bins of equal width, from 0 to 1.
const BINS: usize = 20;

/// An answer whose recall was predicted: a day or more after the one before, and no mock exam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foretold {
    /// The recall that was predicted by the parameters in use when it was given, 0–1.
    pub recall: f64,
    /// The recall that the published parameters predict, 0–1.
    pub default_recall: f64,
    /// The chance of luck; 0 where luck is not reckoned with.
    pub guess: f64,
    /// Whether it was right.
    pub right: bool,
    /// Which answers it is like: [`crate::memory::AlikeTable`].
    pub alike: u16,
}

impl Foretold {
    fn probability(&self) -> f64 {
        crate::memory::link(self.recall, self.guess)
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

/// Answers in bins of their predictions.
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
        sums.recall += answer.recall;
        sums.guess += answer.guess;
    }

    /// The rows of a deck, the lowest predictions first. Bins without answers have none.
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

/// All figures of these answers, which are in the order of the log, but since when the parameters are in use.
pub fn calibration_figures(answers: &[Foretold]) -> CalibrationFigures {
    let mut bins = CalibrationBins::default();
    answers.iter().for_each(|answer| bins.add(answer));
    let total = |of: fn(&Sums) -> usize| bins.bins.iter().map(of).sum::<usize>();
    let right = Share::of(total(|sums| sums.right), total(|sums| sums.answers));
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

    fn answer(recall: f64, guess: f64, right: bool) -> Foretold {
        Foretold { recall, default_recall: recall, guess, right, alike: 7 }
    }

    #[test]
    fn a_bin_by_hand() {
        // 0.2 + 0.8 · 0.9 = 0.92 and 0.2 + 0.8 · 0.91 = 0.928; 0.96 is another bin.
        let mut bins = CalibrationBins::default();
        for answer in [answer(0.9, 0.2, true), answer(0.91, 0.2, false), answer(0.95, 0.2, true)] {
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
            answers in prop::collection::vec((0.0..=1.0_f64, 0.0..=1.0_f64, any::<bool>()), 1..200)
        ) {
            let told: Vec<Foretold> =
                answers.iter().map(|(recall, guess, right)| answer(*recall, *guess, *right)).collect();
            let figures = calibration_figures(&told);
            prop_assert_eq!(figures.answers, answers.len());
            for bin in figures.bins {
                prop_assert!(bin.bin_low <= bin.predicted + 1e-12 && bin.predicted <= bin.bin_high + 1e-12);
                prop_assert!(bin.low_95 <= bin.actual && bin.actual <= bin.high_95);
            }
        }
    }
}
