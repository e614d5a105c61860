//! One simulated answer: the learner's memory decides, the scheduler learns of it what it would learn of a person.

use uuid::Uuid;

use super::Simulation;
use crate::memory::{Elapsed, Evidence, Model};
use crate::model::{CardId, CardState, Confidence, LogId, Moment, Rating, Review};
use crate::schedule::{Load, Scheduler, Standing};

/// What an answer was.
pub(super) struct Given {
    /// Where the card stood before it.
    pub(super) state: CardState,
    /// The true recall before it.
    pub(super) recall: f64,
    /// What the scheduler believed it to be.
    pub(super) believed: f64,
    /// Whether a day after the last answer was early enough for the desired retention.
    pub(super) in_reach: bool,
    /// The time it took.
    pub(super) seconds: f64,
}

impl<M: Model> Simulation<'_, M> {
    pub(super) fn answer(&mut self, place: usize, now: Moment) -> Given {
        let card = &mut self.cards[place];
        let deck = &self.decks[card.deck];
        let state = card.memory.state;
        let elapsed = Elapsed::whole_days(card.memory.elapsed_days(self.today));
        let recall = match (card.truth, state) {
            (None, _) => deck.settings.prior_knowledge,
            (Some(_), CardState::Learning | CardState::Relearning) if elapsed.days == 0 => {
                1.0 - self.habits.step_failure
            }
            (Some(truth), _) => deck.truth.retrievability(truth, elapsed),
        };
        let belief = &mut self.beliefs[place];
        let of_belief = |days| belief.recall(&deck.replayer.model, Elapsed::whole_days(days), recall);
        let (believed, in_reach) = (of_belief(elapsed.days), of_belief(1) >= deck.settings.desired_retention);
        // Always as many draws, so that two simulations of one seed stay comparable.
        let [knows, guesses, says, owns] = std::array::from_fn(|_| f64::from(self.chance.unit()));
        let known = knows < recall;
        let lucky = !known && guesses < card.guess.probability();
        let habit = if state == CardState::New { &self.habits.first } else { &self.habits.later };
        let (rating, confidence) = match (known, lucky) {
            (true, _) => habit.at(says),
            (_, true) if owns >= self.habits.owns_up => (Rating::Good, Confidence::Model),
            (_, true) => (Rating::Again, Confidence::Guessed),
            _ => (Rating::Again, Confidence::Model),
        };
        let evidence = Evidence { right: known || lucky, rating, confidence, guess: card.guess };
        let next = deck.truth.next_states(card.truth, elapsed);
        card.truth = Some(next.after(if known { rating } else { Rating::Again }));
        let scheduler = Scheduler { replayer: deck.replayer, settings: &deck.settings, seed: self.seed };
        let load = Load::default();
        let standing =
            Standing { card: &card.memory, belief: Some(belief), uid: card.uid, at: now, day: self.today, load: &load };
        let outcome = scheduler.outcome_of(&standing, &evidence);
        *belief = belief.after(deck.replayer, &evidence, elapsed);
        let seconds = self.habits.seconds(state, rating);
        deck.replayer.answer(
            &mut card.memory,
            &Review {
                id: LogId(Uuid::nil()),
                card: CardId(0),
                at: now,
                day: self.today,
                rating,
                kind: state.into(),
                confidence,
                right: evidence.right,
                overruled: false,
                sure: None,
                typed: None,
                picked: Vec::new(),
                shown: Vec::new(),
                order_seed: 0,
                guess: card.guess,
                took_ms: 0,
                device: String::new(),
                due: outcome.due,
                practice: false,
            },
        );
        Given { state, recall, believed, in_reach, seconds }
    }
}
