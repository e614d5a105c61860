//! How sure the scores of a plan are: what the learners that the person may be would know on a day without another answer.

use std::collections::{BTreeMap, HashMap};

use super::input::{CardAbout, SimulationInput};
use crate::memory::link;
use crate::model::{QuestionId, StudyDay};
use crate::stats::{Score, ScoreDraws};
use crate::study::score::{FirstAttempts, Foresight};

/// Whether a card is known, and was seen: means over the runs.
pub(super) type KnownCard = (f64, bool);

/// The cards of a plan, and what the answers say of the days to come.
pub(super) struct PlanOutlook<'a> {
    input: &'a SimulationInput<'a>,
    foresight: &'a Foresight,
    attempts: HashMap<Option<String>, FirstAttempts>,
}

/// What each learner would do with each card on a day, in the order of the cards; none of a card that was not looked at.
pub(super) struct Outcomes {
    day: StudyDay,
    by_card: Vec<Option<Vec<f64>>>,
}

impl<'a> PlanOutlook<'a> {
    pub(super) fn new(input: &'a SimulationInput<'a>, foresight: &'a Foresight) -> Self {
        let mut attempts: HashMap<Option<String>, FirstAttempts> = HashMap::new();
        for about in &input.about {
            if let Some(known) = foresight.first_attempt(about.card) {
                let of_topic = attempts.entry(about.topic.clone()).or_default();
                of_topic.all += 1.0;
                of_topic.known += known;
            }
        }
        Self { input, foresight, attempts }
    }

    fn attempts(&self, place: usize) -> FirstAttempts {
        self.attempts.get(&self.input.about[place].topic).copied().unwrap_or_default()
    }

    /// How likely a card that was never seen is known.
    pub(super) fn prior(&self, place: usize) -> f64 {
        self.foresight.prior(self.attempts(place))
    }

    /// What each learner would do on a day.
    pub(super) fn outcomes(&self, day: StudyDay) -> Outcomes {
        let of_card = |(place, about): (usize, &CardAbout)| {
            let card = &self.input.cards()[place];
            let looked_at = match card.memory.memory {
                Some(_) => self.foresight.holds(about.card),
                None => place.is_multiple_of(self.foresight.step()),
            };
            let attempts = self.attempts(place);
            looked_at.then(|| self.foresight.scores(about.card, day, card.guess.probability(), attempts))
        };
        Outcomes { day, by_card: self.input.about.iter().enumerate().map(of_card).collect() }
    }

    /// The expected score on the questions of a topic, or on all, if the cards are known like this: corrected by how the learners differ
    /// on a day from what was `expected` of it, and as sure as they agree then.
    pub(super) fn score(
        &self,
        known: &[KnownCard],
        outcomes: &Outcomes,
        expected: &[KnownCard],
        topic: Option<&Option<String>>,
    ) -> Score {
        let mut questions: BTreeMap<QuestionId, Vec<usize>> = BTreeMap::new();
        for (place, about) in self.input.about.iter().enumerate() {
            if topic.is_none_or(|topic| *topic == about.topic) {
                questions.entry(about.question).or_default().push(place);
            }
        }
        let luck = |place: usize| self.foresight.luck(self.input.cards()[place].guess.probability());
        let mean = |cards: &[usize], of: &dyn Fn(usize) -> f64| {
            cards.iter().map(|place| of(*place)).sum::<f64>() / cards.len().max(1) as f64
        };
        let (mut draws, mut sum) = (ScoreDraws::default(), 0.0);
        for cards in questions.values() {
            sum += mean(cards, &|place| link(known[place].0, luck(place)));
            let each: Option<Vec<&Vec<f64>>> = cards.iter().map(|place| outcomes.by_card[*place].as_ref()).collect();
            let Some(each) = each else { continue };
            let learners = each.first().map_or(0, |scores| scores.len());
            let of_learner = |at: usize| each.iter().map(|scores| scores[at]).sum::<f64>() / each.len() as f64;
            let beside = mean(cards, &|place| link(expected[place].0, luck(place)));
            let doubt = |place: &usize| {
                let guess = self.input.cards()[*place].guess.probability();
                self.foresight.doubt(self.input.about[*place].card, outcomes.day, guess)
            };
            let doubt = cards.iter().map(doubt).sum::<f64>() / (cards.len() as f64).powi(2);
            draws.add((0..learners).map(of_learner), beside, doubt);
        }
        let mean = sum / questions.len().max(1) as f64;
        // Of nothing that was looked at, nothing is known.
        draws.score(mean, questions.len()).unwrap_or(Score { mean, low: 0.0, high: 1.0 })
    }
}
