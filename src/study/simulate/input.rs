//! The present state of decks as a simulation begins from it.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::chance::Chance;
use crate::error::Result;
use crate::memory::{Belief, BeliefFold, Elapsed, Fsrs6, Replayer};
use crate::model::{CardId, DeckId, MoveKind, QuestionId, Settings, StudyDay, TimedAnswer};
use crate::schedule::{
    Attempt, DeckLimit, Habits, Likelihoods, LivedMemory, SimulatedCard, SimulatedDeck, Simulation, Stretched,
    known_at_first,
};
use crate::store::{CountedLog, LogColumns, Reader};
use crate::study::day::{RECENT, done, limits};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::log_walk::{CardIndex, LogWalk, WalkEntry};
use crate::study::present::Present;

/// Cards from which it is learnt how long memories last.
const TELLING: usize = 400;

/// What is known of a card besides its memory.
#[derive(Clone, Debug)]
pub(super) struct CardAbout {
    pub(super) card: CardId,
    pub(super) question: QuestionId,
    pub(super) topic: Option<String>,
}

/// The decks and cards of which the future is asked, and the person's habits.
#[derive(Debug)]
pub(super) struct SimulationInput<'a> {
    decks: &'a Decks,
    limits: Vec<DeckLimit>,
    /// The seconds that today's answers took, deck by deck.
    spent: Vec<f64>,
    /// The learner's memory, deck by deck.
    learners: Vec<Replayer<LivedMemory<Fsrs6>>>,
    cards: Vec<SimulatedCard>,
    /// What the learner's memory of each card may be.
    truths: Vec<Belief>,
    /// Of each card, in the order of the simulation's.
    pub(super) about: Vec<CardAbout>,
    pub(super) habits: Habits,
    pub(super) present: Present,
}

impl<'a> SimulationInput<'a> {
    /// The cards of these decks, without suspended ones and those that their questions no longer ask for. What due dates depend on is
    /// left out unless `returns` asks for it.
    pub(super) fn load(
        reader: Reader<'_>,
        decks: &'a Decks,
        entries: &[&DeckEntry],
        returns: bool,
        present: Present,
    ) -> Result<Self> {
        let today = present.today;
        let places: HashMap<DeckId, usize> =
            decks.all().iter().enumerate().map(|(place, entry)| (entry.deck.id, place)).collect();
        let chosen: HashSet<DeckId> = entries.iter().map(|entry| entry.deck.id).collect();
        let answers = reader.timed_answers(RECENT, None)?;
        let own: Vec<TimedAnswer> = answers.iter().filter(|answer| chosen.contains(&answer.deck)).copied().collect();
        let habits = Habits::learned(&own, &Habits::learned(&answers, &Habits::default()));
        let (log, mut decks_of_cards) = reader.counted_log(LogColumns::Figures, || reader.cards_with_decks())?;
        decks_of_cards.retain(|(_, deck)| chosen.contains(deck));
        let decks_of_cards: Vec<(CardId, usize)> =
            decks_of_cards.into_iter().filter_map(|(card, deck)| Some((card, *places.get(&deck)?))).collect();
        let index = CardIndex::new(&decks_of_cards.iter().map(|(card, _)| *card).collect::<Vec<_>>());
        let learner = |stretch| -> Vec<Replayer<LivedMemory<Fsrs6>>> {
            decks.all().iter().map(|entry| learner(entry, &habits, &own, stretch)).collect()
        };
        let mut learners = learner(1.0);
        if returns {
            // What is believed of a memory depends on how long it lasts: the second look is nearer.
            for _ in 0..2 {
                learners = learner(stretch(&log, &decks_of_cards, &learners, &habits, today)?);
            }
        }
        let walk = LogWalk::new(&log, decks_of_cards.len(), |card| index.find(card));
        let folds = walk.fold(<(BeliefFold, BeliefFold)>::default, |group, (program, learner), entry| {
            let (_, place) = decks_of_cards[group];
            match entry {
                WalkEntry::Answer(review) => {
                    if returns {
                        program.answer(&decks.all()[place].replayer, review);
                    }
                    learner.answer(&learners[place], &habits.reweigh(review.clone()));
                }
                WalkEntry::Move(change) => {
                    program.moved(change);
                    learner.moved(change);
                }
            }
            Ok(())
        })?;
        let answered = |(group, _): &(usize, _)| walk.answers_in(*group) > 0;
        let folds = folds.into_iter().enumerate().filter(answered);
        let mut beliefs: HashMap<CardId, (Belief, Belief)> = folds
            .map(|(group, (program, learner))| {
                (decks_of_cards[group].0, (program.into_belief(), learner.into_belief()))
            })
            .collect();
        let mut topics: HashMap<Option<String>, i64> = HashMap::new();
        let (mut cards, mut truths, mut about) = (Vec::new(), Vec::new(), Vec::new());
        reader.each_card(|row| {
            let Some(place) = places.get(&row.deck).filter(|_| chosen.contains(&row.deck)) else {
                return Ok(());
            };
            if row.memory.suspended || !row.asked {
                return Ok(());
            }
            let next = i64::try_from(topics.len()).unwrap_or(i64::MAX);
            let topic = *topics.entry(row.topic.clone()).or_insert(next);
            let alone = || Belief::certain(row.memory.memory);
            let (belief, truth) = beliefs.remove(&row.card).unwrap_or_else(|| (alone(), alone()));
            cards.push(SimulatedCard {
                uid: row.uid,
                deck: *place,
                question: row.question,
                topic,
                guess: row.guess,
                memory: row.memory,
                belief,
                truth: row.memory.memory,
            });
            truths.push(truth);
            about.push(CardAbout { card: row.card, question: row.question, topic: row.topic });
            Ok(())
        })?;
        let limits = limits(reader, decks, None, present)?;
        let done = done(reader, present)?;
        let spent = |entry: &DeckEntry| {
            let rows = done.totals.iter().filter(|row| row.deck == entry.deck.id);
            rows.map(|row| row.took_ms as f64 / 1_000.0).sum()
        };
        let spent = decks.all().iter().map(spent).collect();
        Ok(Self { decks, learners, limits, spent, cards, truths, about, habits, present })
    }

    pub(super) fn cards(&self) -> &[SimulatedCard] {
        &self.cards
    }

    /// Cards that were never answered.
    pub(super) fn unseen(&self) -> usize {
        self.cards.iter().filter(|card| card.truth.is_none()).count()
    }

    /// How many of the cards seen are known on a day without another answer: the sum of their recall.
    pub(super) fn known_on(&self, day: StudyDay) -> f64 {
        let known = self.cards.iter().zip(&self.truths).map(|(card, truth)| {
            let elapsed = Elapsed::whole_days(card.memory.elapsed_days(day));
            truth.recall(&self.learners[card.deck].model, elapsed, 0.0)
        });
        // A sum of nothing would be -0.
        known.fold(0.0, |sum, recall| sum + recall)
    }

    /// The days after, under settings that `adjust` changes. Runs of different numbers draw differently, also what memories are.
    pub(super) fn simulation(
        &self,
        adjust: impl Fn(&mut Settings),
        run: u32,
    ) -> Simulation<'_, Fsrs6, LivedMemory<Fsrs6>> {
        let entries = self.decks.all().iter().zip(&self.learners);
        let decks = entries.zip(self.limits.iter().zip(&self.spent)).map(|((entry, truth), (limit, spent))| {
            let mut settings = entry.settings.clone();
            adjust(&mut settings);
            SimulatedDeck {
                deck: entry.deck.clone(),
                settings,
                replayer: &entry.replayer,
                truth,
                new_done: limit.new_done,
                reviews_done: limit.reviews_done,
                seconds_done: *spent,
            }
        });
        let mut cards = self.cards.clone();
        let mut chance = Chance::derived("memories", Uuid::NAMESPACE_OID, run, self.present.seed);
        for (card, truth) in cards.iter_mut().zip(&self.truths) {
            card.truth = truth.draw(chance.unit().into());
        }
        Simulation::new(
            decks.collect(),
            cards,
            &self.habits,
            (self.present.now, self.present.today),
            (self.present.seed, run),
        )
    }

    /// How many runs make chance small: enough for this number of cards in all, at most 20.
    pub(super) fn runs(&self, cards: usize) -> u32 {
        u32::try_from(cards / self.cards.len().max(1)).unwrap_or(20).clamp(1, 20)
    }
}

/// The memory of the person who learns a deck, as far as these answers tell.
fn learner(entry: &DeckEntry, habits: &Habits, answers: &[TimedAnswer], stretch: f64) -> Replayer<LivedMemory<Fsrs6>> {
    let of_deck = answers.iter().filter(|answer| answer.deck == entry.deck.id);
    let learner = LivedMemory::new(entry.replayer.model.clone(), 1.0 - habits.step_failure);
    Replayer {
        model: LivedMemory { stretch, ..learner },
        prior_knowledge: known_at_first(of_deck, entry.settings.prior_knowledge),
        // There is luck, also if `luck-aware` is off.
        luck_aware: true,
        answering: entry.replayer.answering,
    }
}

/// How much longer memories last than the model has it, by some hundred of these cards.
fn stretch(
    log: &CountedLog,
    cards: &[(CardId, usize)],
    learners: &[Replayer<LivedMemory<Fsrs6>>],
    habits: &Habits,
    today: StudyDay,
) -> Result<f64> {
    let apart = i64::try_from(cards.len().div_ceil(TELLING)).unwrap_or(i64::MAX).max(1);
    let some: Vec<(CardId, usize)> = cards.iter().filter(|(card, _)| card.0 % apart == 0).copied().collect();
    let index = CardIndex::new(&some.iter().map(|(card, _)| *card).collect::<Vec<_>>());
    let stretched: Vec<Stretched<Fsrs6>> = learners.iter().map(|learner| Stretched::around(&learner.model)).collect();
    let new = || (BeliefFold::default(), Likelihoods::default(), None);
    let walk = LogWalk::new(log, some.len(), |card| index.find(card));
    let folds = walk.fold(new, |group, (fold, found, last), entry| {
        let (_, place) = some[group];
        match entry {
            WalkEntry::Answer(review) if review.practice => {}
            WalkEntry::Answer(review) => {
                let days = last.map_or(0, |last| review.day.since(last));
                if days > 0 {
                    let attempt = Attempt {
                        elapsed: Elapsed::whole_days(days),
                        right: review.right,
                        guess: review.guess.probability(),
                        days_ago: today.since(review.day),
                    };
                    stretched[place].observe(found, &fold.belief(), &attempt);
                }
                *last = Some(review.day);
                fold.answer(&learners[place], &habits.reweigh(review.clone()));
            }
            WalkEntry::Move(change) => {
                if change.kind == MoveKind::Forget {
                    *last = None;
                }
                fold.moved(change);
            }
        }
        Ok(())
    })?;
    // A sum of numbers depends on their order, which is that of the cards.
    let mut all = Likelihoods::default();
    folds.iter().for_each(|(_, found, _)| all.merge(found));
    Ok(all.stretch())
}
