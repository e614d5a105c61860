//! One simulated answer: the true memory decides, and the scheduler sees what it would see of a person.

use super::{Simulation, due_by_day};
use crate::memory::{Elapsed, Evidence, Model};
use crate::model::{CardState, Confidence, Due, LeechAction, Moment, Rating, Review, StudyDay};
use crate::schedule::{CardAtAnswer, Load, Scheduler, called_leech};

/// A simulated answer.
pub(super) struct SimulatedAnswer {
    /// The state of the card before it.
    pub(super) state: CardState,
    /// The true recall before it.
    pub(super) recall: f64,
    /// The recall that the scheduler expected.
    pub(super) believed: f64,
    /// Whether expected recall was above the desired retention a day after the last answer.
    pub(super) in_reach: bool,
    /// Seconds of answering.
    pub(super) seconds: f64,
}

impl<M: Model + Sync, T: Model> Simulation<'_, M, T> {
    pub(super) fn answer(&mut self, place: usize, now: Moment) -> SimulatedAnswer {
        let returns = !self.to_the_exams || self.days_to_exam(self.cards[place].deck).is_none();
        let load = if returns { self.load_for(place) } else { Load::default() };
        let card = &mut self.cards[place];
        let deck = &self.decks[card.deck];
        let state = card.memory.state;
        let elapsed = Elapsed::whole_days(card.memory.elapsed_days(self.today));
        let recall = match card.truth {
            None => deck.truth.prior_knowledge,
            Some(truth) => deck.truth.model.retrievability(truth, elapsed),
        };
        // Always the same number of draws, so that two simulations with one seed stay comparable.
        let [knows, guesses, says, owns] = std::array::from_fn(|_| f64::from(self.chance.unit()));
        let known = knows < recall;
        let lucky = !known && guesses < card.guess.probability();
        let (rating, confidence) = self.habits.draw_rating(state, known, lucky, [says, owns]);
        let evidence = Evidence { right: known || lucky, rating, confidence, guess: card.guess };
        // A known answer that is called a guess is still known.
        let felt = match (known, confidence) {
            (true, Confidence::Guessed) => Rating::Good,
            (true, _) => rating,
            (false, _) => Rating::Again,
        };
        card.truth = Some(deck.truth.model.next_state(card.truth, elapsed, felt));
        let (mut believed, mut in_reach) = (recall, true);
        let due = if returns {
            let of_belief = |days| {
                card.belief.recall(&deck.replayer.model, Elapsed::whole_days(days), deck.settings.prior_knowledge)
            };
            (believed, in_reach) = (of_belief(elapsed.days), of_belief(1) >= deck.settings.desired_retention);
            let scheduler = Scheduler { replayer: deck.replayer, settings: &deck.settings, seed: self.seed };
            let belief = Some(&card.belief);
            let asked =
                CardAtAnswer { card: &card.memory, belief, uid: card.uid, at: now, day: self.today, load: &load };
            let due = scheduler.outcome_of(&asked, &evidence).due;
            card.belief = card.belief.after(deck.replayer, &evidence, elapsed);
            due
        } else {
            // No interval goes past the exam.
            Due::Day(deck.settings.exam.unwrap_or(self.today.plus(1)))
        };
        let seconds = self.habits.seconds(state, rating);
        let lapses = card.memory.lapses;
        deck.replayer.answer(&mut card.memory, &review_of(state, &evidence, now, self.today, due));
        let leech = deck.settings.leech_threshold.is_some_and(|threshold| called_leech(card.memory.lapses, threshold));
        if leech && card.memory.lapses > lapses && deck.settings.leech_action == LeechAction::Suspend {
            card.memory.suspended = true;
        }
        if !returns {
            return SimulatedAnswer { state, recall, believed, in_reach, seconds };
        }
        self.load = load;
        if let Some(day) = due_by_day(&self.cards[place]) {
            self.load.add(day);
        }
        SimulatedAnswer { state, recall, believed, in_reach, seconds }
    }

    /// The load of the days ahead without this card, as in a session.
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

/// An entry of the log with the fields that memory depends on.
fn review_of(state: CardState, evidence: &Evidence, at: Moment, day: StudyDay, due: Due) -> Review {
    Review {
        at,
        day,
        rating: evidence.rating,
        kind: state.into(),
        confidence: evidence.confidence,
        right: evidence.right,
        guess: evidence.guess,
        due,
        ..Review::EMPTY
    }
}
