//! People whose memory is known, and what they answer.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use retain::memory::{Elapsed, Evidence, Fsrs6, History, Model, Published, Trial};
use retain::model::{Confidence, DeckId, Guess, MemoryState, Rating};

pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub(crate) fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }
}

/// What people say after a right answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Nothing.
    Silent,
    /// A rating where it was known, "guessed" where it was not.
    Honest,
    /// The same, but one known answer in twenty is called a guess, and a third of the lucky ones are rated.
    Careless,
}

impl Style {
    /// What people say of questions with so many options. Without options, nobody guesses.
    pub(crate) fn of(ways: u32) -> &'static [Self] {
        if ways == 0 { &[Self::Silent] } else { &[Self::Silent, Self::Honest, Self::Careless] }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Style::Silent => "silent",
            Style::Honest => "honest",
            Style::Careless => "careless",
        }
    }
}

/// A person: a memory, what was known before, and a way of answering questions with so many options (0: free recall).
pub(crate) struct Person {
    pub(crate) truth: Fsrs6,
    pub(crate) prior: f64,
    pub(crate) style: Style,
    pub(crate) ways: u32,
}

impl Person {
    /// Somebody with the memory of a person of the benchmark, who knew between a tenth and six tenths before.
    pub(crate) fn of(published: &Published, style: Style, ways: u32, chance: &mut Chance) -> Self {
        let parameters: Vec<f32> = published.parameters.iter().map(|parameter| *parameter as f32).collect();
        let truth = Fsrs6::new(&parameters).unwrap_or_default();
        Self { truth, prior: 0.1 + 0.5 * chance.unit(), style, ways }
    }
}

/// A card at the end of a life: its history, and the true state and day of its last answer.
pub(crate) struct Card {
    pub(crate) history: History,
    pub(crate) truth: Option<(MemoryState, i32)>,
}

/// So many cards, a few new ones a day, until so many answers were given; due as the published parameters say. Gives the cards and the
/// last day.
pub(crate) fn live(person: &Person, cards: usize, new: usize, answers: usize, chance: &mut Chance) -> (Vec<Card>, i32) {
    let planner = Fsrs6::default();
    let empty = || History { deck: DeckId(1), prior_knowledge: 0.3, luck_aware: true, trials: Vec::new() };
    let mut all: Vec<Card> = (0..cards).map(|_| Card { history: empty(), truth: None }).collect();
    let mut planned: Vec<Option<(MemoryState, i32)>> = vec![None; cards];
    let (mut day, mut begun, mut given) = (0, 0, 0_u32);
    while (given as usize) < answers && day < 3_000 {
        day += 1;
        // A day off now and then.
        if chance.unit() < 0.1 {
            continue;
        }
        let mut today: Vec<usize> =
            (0..begun).filter(|&card| planned[card].is_some_and(|(_, due)| due <= day)).collect();
        today.extend(begun..(begun + new).min(cards));
        begun = (begun + new).min(cards);
        for card in today {
            let mut again = true;
            let mut elapsed = all[card].truth.map_or(0, |(_, last)| u32::try_from(day - last).unwrap_or(0));
            while again && (given as usize) < answers && all[card].history.trials.len() < 250 {
                let (evidence, known) = answer(person, all[card].truth.map(|(state, _)| state), elapsed, chance);
                let since = Elapsed::whole_days(elapsed);
                let trial = Trial { evidence, elapsed_days: elapsed, order: given, predicted: elapsed > 0 };
                all[card].history.trials.push(trial);
                let before = all[card].truth.map(|(state, _)| state);
                all[card].truth = Some((person.truth.next_state(before, since, known), day));
                let expected = planned[card].map_or(0.3, |(state, _)| planner.retrievability(state, since));
                let p = evidence.known_probability(expected, true);
                let after = planner.next_states(planned[card].map(|(state, _)| state), since);
                let after = after.weighed(evidence.rating, p);
                let wait = planner.interval_days(after, 0.9).round().clamp(1.0, 1_000.0) as i32;
                planned[card] = Some((after, day + wait));
                given += 1;
                again = evidence.rating == Rating::Again;
                elapsed = 0;
            }
        }
    }
    (all, day)
}

/// An answer, and the rating by which the memory really moves.
fn answer(person: &Person, state: Option<MemoryState>, elapsed: u32, chance: &mut Chance) -> (Evidence, Rating) {
    let guess = Guess::from_ways(person.ways);
    let recall = state.map_or(person.prior, |state| person.truth.retrievability(state, Elapsed::whole_days(elapsed)));
    let knows = chance.unit() < recall;
    let right = knows || chance.unit() < guess.probability();
    let (mood, slip) = (chance.unit(), chance.unit());
    let known = match person.style {
        Style::Silent if person.ways > 0 => Rating::Good,
        _ if mood < 0.1 => Rating::Hard,
        _ if mood > 0.9 => Rating::Easy,
        _ => Rating::Good,
    };
    let (rating, confidence) = match (right, person.style) {
        (false, _) => (Rating::Again, Confidence::Model),
        (true, Style::Silent) => (known, Confidence::Model),
        (true, Style::Honest) if knows => (known, Confidence::Stated),
        (true, Style::Careless) if (knows && slip > 0.05) || (!knows && slip < 1.0 / 3.0) => {
            (known, Confidence::Stated)
        }
        (true, _) => (Rating::Again, Confidence::Guessed),
    };
    (Evidence { right, rating, confidence, guess }, if knows { known } else { Rating::Again })
}

/// The histories with an answer to predict, up to so many such answers in the order of time.
pub(crate) fn until(cards: &[Card], predicted: usize) -> Vec<History> {
    let histories = cards.iter().map(|card| &card.history);
    let mut orders: Vec<u32> = histories.clone().flat_map(History::predicted).map(|trial| trial.order).collect();
    orders.sort_unstable();
    let last = orders.get(predicted).copied().unwrap_or(u32::MAX);
    let cut = |history: &History| {
        let trials = history.trials.iter().take_while(|trial| trial.order < last).copied().collect();
        History { trials, ..history.clone() }
    };
    histories.map(cut).filter(|history| !history.trials.is_empty()).collect()
}
