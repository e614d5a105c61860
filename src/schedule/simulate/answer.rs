//! One simulated answer: the learner's memory decides, the scheduler learns of it what it would learn of a person.

use uuid::Uuid;

use super::{Simulation, due_by_day};
use crate::memory::{Elapsed, Evidence, Model};
use crate::model::{CardId, CardState, Confidence, LeechAction, LogId, Moment, Rating, Review};
use crate::schedule::{Load, Scheduler, Standing, called_leech};

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

impl<M: Model, T: Model> Simulation<'_, M, T> {
    pub(super) fn answer(&mut self, place: usize, now: Moment) -> Given {
        let load = self.load_for(place);
        let card = &mut self.cards[place];
        let deck = &self.decks[card.deck];
        let state = card.memory.state;
        let elapsed = Elapsed::whole_days(card.memory.elapsed_days(self.today));
        let recall = match card.truth {
            None => deck.truth.prior_knowledge,
            Some(truth) => deck.truth.model.retrievability(truth, elapsed),
        };
        let of_belief =
            |days| card.belief.recall(&deck.replayer.model, Elapsed::whole_days(days), deck.settings.prior_knowledge);
        let (believed, in_reach) = (of_belief(elapsed.days), of_belief(1) >= deck.settings.desired_retention);
        // Always as many draws, so that two simulations of one seed stay comparable.
        let [knows, guesses, says, owns] = std::array::from_fn(|_| f64::from(self.chance.unit()));
        let known = knows < recall;
        let lucky = !known && guesses < card.guess.probability();
        let habit = if state == CardState::New { &self.habits.first } else { &self.habits.later };
        let guessed = (Rating::Again, Confidence::Guessed);
        let (rating, confidence) = match (known, lucky) {
            (true, _) if owns < self.habits.false_alarm => guessed,
            (true, _) => habit.at(says),
            (_, true) if owns >= self.habits.owns_up => (Rating::Good, Confidence::Model),
            (_, true) => guessed,
            _ => (Rating::Again, Confidence::Model),
        };
        let evidence = Evidence { right: known || lucky, rating, confidence, guess: card.guess };
        // Who called knowledge a guess knows all the same.
        let felt = match (known, confidence) {
            (true, Confidence::Guessed) => Rating::Good,
            (true, _) => rating,
            (false, _) => Rating::Again,
        };
        card.truth = Some(deck.truth.model.next_state(card.truth, elapsed, felt));
        let scheduler = Scheduler { replayer: deck.replayer, settings: &deck.settings, seed: self.seed };
        let belief = Some(&card.belief);
        let standing = Standing { card: &card.memory, belief, uid: card.uid, at: now, day: self.today, load: &load };
        let outcome = scheduler.outcome_of(&standing, &evidence);
        card.belief = card.belief.after(deck.replayer, &evidence, elapsed);
        let seconds = self.habits.seconds(state, rating);
        let lapses = card.memory.lapses;
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
        let leech = deck.settings.leech_threshold.is_some_and(|threshold| called_leech(card.memory.lapses, threshold));
        if leech && card.memory.lapses > lapses && deck.settings.leech_action == LeechAction::Suspend {
            card.memory.suspended = true;
        }
        self.load = load;
        if let Some(day) = due_by_day(&self.cards[place]) {
            self.load.add(day);
        }
        Given { state, recall, believed, in_reach, seconds }
    }

    /// The work of the days ahead without this card, as a session weighs it.
    fn load_for(&mut self, place: usize) -> Load {
        let mut load = std::mem::take(&mut self.load);
        let card = &self.cards[place];
        if let Some(day) = due_by_day(card) {
            load.remove(day);
        }
        let siblings = self.siblings.get(&card.question).filter(|_| self.decks[card.deck].settings.bury_siblings);
        let others = siblings.into_iter().flatten().filter(|other| **other != place);
        load.keep_free(others.filter_map(|other| due_by_day(&self.cards[*other])).collect());
        load
    }
}
