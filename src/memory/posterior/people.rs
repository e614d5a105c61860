//! What is known about people before they answer: the spread of published parameters.

use std::sync::LazyLock;

use super::Learner;
use super::cholesky::{Cholesky, Matrix, ZERO};
use super::scale::{ScalePoint, place};
use super::step::PARAMETERS;
use crate::memory::belief::{Answering, DIMENSIONS, FALSE_ALARM, LUCK, OWNS_UP, PRIOR, SLIP};

static PEOPLE: &str = include_str!("people.txt");

/// By how much the covariances are shrunk towards 0, because few people determine many numbers (after Ledoit and Wolf 2004).
const SHRUNK: f64 = 0.1;

/// The standard deviations of how people answer, on the scale of a fit. None are published: they are wide if few answers determine the
/// number, and narrow if many hardly do.
const SPREAD: [(usize, f64); 5] = [(PRIOR, 0.75), (LUCK, 0.2), (OWNS_UP, 2.0), (FALSE_ALARM, 1.5), (SLIP, 0.8)];

/// The published parameters of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The number of the person in the benchmark.
    pub person: u32,
    /// w0 to w20.
    pub parameters: [f64; PARAMETERS],
}

/// The people whose parameters were published.
pub fn published() -> &'static [Published] {
    static ALL: LazyLock<Vec<Published>> = LazyLock::new(|| PEOPLE.lines().filter_map(person).collect());
    &ALL
}

fn person(line: &str) -> Option<Published> {
    let mut words = line.split(' ');
    let person = words.next()?.parse().ok()?;
    let mut parameters = [0.0; PARAMETERS];
    for parameter in &mut parameters {
        *parameter = words.next()?.parse().ok()?;
    }
    Some(Published { person, parameters })
}

/// The prior of a person about whom nothing is known: a normal distribution on the scale of a fit.
#[derive(Clone, Debug)]
pub struct People {
    pub(super) mean: ScalePoint,
    pub(super) precision: Box<Matrix>,
}

impl People {
    /// All people whose parameters were published.
    pub fn all() -> &'static Self {
        static ALL: LazyLock<People> = LazyLock::new(|| People::from_published(published().iter()));
        &ALL
    }

    /// These people, with the usual way of answering.
    pub fn from_published<'a>(people: impl Iterator<Item = &'a Published>) -> Self {
        let places: Vec<ScalePoint> = people
            .map(|person| place(&Learner { parameters: person.parameters, answering: Answering::USUAL }))
            .collect();
        let count = places.len().max(1) as f64;
        let usual = place(&Learner { parameters: [1.0; PARAMETERS], answering: Answering::USUAL });
        let mut mean = usual;
        for (at, mean) in mean.iter_mut().enumerate().take(PARAMETERS) {
            *mean = places.iter().map(|place| place[at]).sum::<f64>() / count;
        }
        let mut covariance = Box::new(ZERO);
        for row in 0..PARAMETERS {
            for column in 0..PARAMETERS {
                let products = places.iter().map(|place| (place[row] - mean[row]) * (place[column] - mean[column]));
                let kept = if row == column { 1.0 } else { 1.0 - SHRUNK };
                covariance[row][column] = kept * products.sum::<f64>() / (count - 1.0).max(1.0);
            }
            covariance[row][row] = covariance[row][row].max(1e-3);
        }
        for (at, deviation) in SPREAD {
            covariance[at][at] = deviation * deviation;
        }
        let precision = Cholesky::decompose(&covariance).map_or_else(
            || {
                // If people are too few or all alike: each parameter by itself.
                let mut diagonal = Box::new(ZERO);
                for at in 0..DIMENSIONS {
                    diagonal[at][at] = 1.0 / covariance[at][at];
                }
                diagonal
            },
            |cholesky| cholesky.inverse(),
        );
        Self { mean, precision }
    }

    /// The same people, in a deck whose questions are known with this probability before they are first asked.
    #[must_use]
    pub fn knowing(&self, prior_knowledge: f64) -> Self {
        let mut people = self.clone();
        people.mean[PRIOR] = super::scale::logit(prior_knowledge.clamp(0.01, 0.99));
        people
    }
}
