//! How a person answers: the time it takes, and what is said of right answers. Learnt from the log; round numbers until it
//! says enough.

use crate::model::{CardState, Confidence, Rating, ReviewKind, TimedAnswer};

/// So many answers of a kind say more than the defaults.
const ENOUGH: usize = 10;

/// How a person answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    /// Seconds by the card's state (as [`CardState`] numbers it) and the rating, again to easy.
    pub seconds: [[f64; 4]; 4],
    /// What is said of a right answer to a new card.
    pub first: Says,
    /// What is said of a right answer in review.
    pub later: Says,
    /// The share of lucky answers that the person calls a guess.
    pub owns_up: f64,
    /// The share of answers in a learning step that are wrong.
    pub step_failure: f64,
}

/// What is said of right answers, in shares that add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Says {
    /// Just going on.
    pub nothing: f64,
    /// "Hard".
    pub hard: f64,
    /// "Good".
    pub good: f64,
    /// "Easy".
    pub easy: f64,
}

impl Says {
    const NOTHING: Says = Says { nothing: 1.0, hard: 0.0, good: 0.0, easy: 0.0 };

    /// What is said at this place of 0–1.
    pub fn at(&self, place: f64) -> (Rating, Confidence) {
        if place < self.nothing {
            (Rating::Good, Confidence::Model)
        } else if place < self.nothing + self.hard {
            (Rating::Hard, Confidence::Stated)
        } else if place < 1.0 - self.easy {
            (Rating::Good, Confidence::Stated)
        } else {
            (Rating::Easy, Confidence::Stated)
        }
    }

    fn learned<'a>(answers: impl Iterator<Item = &'a TimedAnswer>, otherwise: Says) -> Says {
        let mut counts = [0_usize; 4];
        for answer in answers.filter(|answer| answer.right) {
            match (answer.confidence, answer.rating) {
                (Confidence::Model, _) => counts[0] += 1,
                (Confidence::Stated, Rating::Hard) => counts[1] += 1,
                (Confidence::Stated, Rating::Good) => counts[2] += 1,
                (Confidence::Stated, Rating::Easy) => counts[3] += 1,
                _ => {}
            }
        }
        let all: usize = counts.iter().sum();
        if all < ENOUGH {
            return otherwise;
        }
        let [nothing, hard, good, easy] = counts.map(|count| count as f64 / all as f64);
        Says { nothing, hard, good, easy }
    }
}

impl Default for Habits {
    /// Round numbers near those that the open FSRS simulators start from: a new question is read, a known one is skimmed.
    fn default() -> Self {
        let steps = [12.0, 10.0, 8.0, 6.0];
        Self {
            seconds: [[20.0, 18.0, 15.0, 10.0], steps, [18.0, 14.0, 10.0, 7.0], steps],
            first: Says::NOTHING,
            later: Says::NOTHING,
            owns_up: 0.0,
            step_failure: 0.05,
        }
    }
}

impl Habits {
    /// What these answers say, and `otherwise` of what they say too little: medians of the times by state and rating (or by
    /// state alone), means of the rest.
    pub fn learned(answers: &[TimedAnswer], otherwise: &Habits) -> Self {
        let of = |kinds: &'static [ReviewKind]| answers.iter().filter(move |answer| kinds.contains(&answer.kind));
        let mut seconds = otherwise.seconds;
        for (state, kinds) in (0..).zip(KINDS) {
            let all = median(of(kinds).map(seconds_of));
            for (place, rating) in (0..).zip(Rating::ALL) {
                let some = median(of(kinds).filter(|answer| answer.rating == rating).map(seconds_of));
                seconds[state][place] = some.or(all).unwrap_or(otherwise.seconds[state][place]);
            }
        }
        let steps: Vec<&TimedAnswer> = of(&[ReviewKind::Learning, ReviewKind::Relearning]).collect();
        let wrong = steps.iter().filter(|answer| answer.rating == Rating::Again).count();
        // Of those who do not know, a share of g is right: for each wrong answer g / (1 − g) lucky ones are to be expected.
        let lucky: f64 = answers
            .iter()
            // Nobody is asked in a mock exam.
            .filter(|answer| !answer.right && answer.kind != ReviewKind::Exam)
            .map(|answer| answer.guess.probability())
            .filter(|guess| *guess < 1.0)
            .map(|guess| guess / (1.0 - guess))
            .sum();
        let guessed = answers.iter().filter(|answer| answer.confidence == Confidence::Guessed).count();
        Self {
            seconds,
            first: Says::learned(of(KINDS[0]), otherwise.first),
            later: Says::learned(of(KINDS[2]), otherwise.later),
            owns_up: if lucky < ENOUGH as f64 { otherwise.owns_up } else { (guessed as f64 / lucky).min(1.0) },
            step_failure: if steps.len() < ENOUGH { otherwise.step_failure } else { wrong as f64 / steps.len() as f64 },
        }
    }

    /// The seconds of one answer to a card in this state.
    pub fn seconds(&self, state: CardState, rating: Rating) -> f64 {
        self.seconds[usize::from(state.number())][usize::from(rating.number()) - 1]
    }

    /// The seconds that asking a card takes where it is answered right with this probability, without steps after it.
    pub fn expected_seconds(&self, state: CardState, right: f64) -> f64 {
        right * self.seconds(state, Rating::Good) + (1.0 - right) * self.seconds(state, Rating::Again)
    }
}

/// The kinds of answers that count for each state, in the order of [`CardState`].
const KINDS: [&[ReviewKind]; 4] =
    [&[ReviewKind::New], &[ReviewKind::Learning], &[ReviewKind::Review, ReviewKind::Ahead], &[ReviewKind::Relearning]];

fn seconds_of(answer: &TimedAnswer) -> f64 {
    f64::from(answer.took_ms) / 1_000.0
}

/// The middle of at least [`ENOUGH`] times.
fn median(times: impl Iterator<Item = f64>) -> Option<f64> {
    let mut times: Vec<f64> = times.filter(|time| *time > 0.0).collect();
    if times.len() < ENOUGH {
        return None;
    }
    let middle = times.len() / 2;
    Some(*times.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DeckId, Guess};

    fn answer(kind: ReviewKind, rating: Rating, confidence: Confidence, took_ms: u32) -> TimedAnswer {
        let right = rating != Rating::Again;
        TimedAnswer { deck: DeckId(1), kind, rating, confidence, right, guess: Guess::one_of(2), took_ms }
    }

    #[test]
    fn medians_are_taken_where_there_are_enough_answers() {
        let mut answers: Vec<TimedAnswer> =
            (1..=11).map(|n| answer(ReviewKind::Review, Rating::Good, Confidence::Model, n * 1_000)).collect();
        answers.push(answer(ReviewKind::Review, Rating::Again, Confidence::Model, 90_000));
        let habits = Habits::learned(&answers, &Habits::default());
        assert_eq!(habits.seconds(CardState::Review, Rating::Good), 6.0);
        // One wrong answer says nothing of wrong answers, so the state's median counts.
        assert_eq!(habits.seconds(CardState::Review, Rating::Again), 7.0);
        assert_eq!(habits.seconds(CardState::New, Rating::Good), 15.0);
    }

    #[test]
    fn the_mix_and_the_honesty_are_learnt() {
        let mut answers = Vec::new();
        for _ in 0..10 {
            answers.push(answer(ReviewKind::Review, Rating::Easy, Confidence::Stated, 1));
            answers.push(answer(ReviewKind::Review, Rating::Good, Confidence::Model, 1));
            answers.push(answer(ReviewKind::Review, Rating::Again, Confidence::Model, 1));
        }
        // Ten wrong of two options: ten lucky ones are to be expected, and five were called a guess.
        for _ in 0..5 {
            let guessed = answer(ReviewKind::Review, Rating::Again, Confidence::Guessed, 1);
            answers.push(TimedAnswer { right: true, ..guessed });
        }
        // Nobody says anything in a mock exam.
        let exam = answer(ReviewKind::Exam, Rating::Again, Confidence::Model, 1);
        answers.extend(std::iter::repeat_n(exam, 10));
        let habits = Habits::learned(&answers, &Habits::default());
        assert_eq!(habits.later, Says { nothing: 0.5, hard: 0.0, good: 0.0, easy: 0.5 });
        assert_eq!(habits.owns_up, 0.5);
        assert_eq!(habits.later.at(0.2), (Rating::Good, Confidence::Model));
        assert_eq!(habits.later.at(0.9), (Rating::Easy, Confidence::Stated));
    }

    #[test]
    fn steps_are_part_of_the_price() {
        let habits = Habits::default();
        assert_eq!(habits.expected_seconds(CardState::New, 1.0), 15.0);
        assert_eq!(habits.expected_seconds(CardState::New, 0.0), 20.0);
        assert_eq!(habits.expected_seconds(CardState::Review, 0.5), 0.5 * 10.0 + 0.5 * 18.0);
    }
}
