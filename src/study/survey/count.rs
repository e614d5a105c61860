//! The log, counted answer by answer.

use super::cards::SurveyCards;
use super::request::Basis;
use crate::model::{Guess, MATURE_DAYS, Review, StudyDay};
use crate::stats::overview::Period;
use crate::stats::{Foretold, Survey, Surveyed, in_period};
use crate::study::decks::DeckEntry;
use crate::study::log_walk::expected;
use crate::study::walked::{WalkedAnswer, WalkedWord};

/// A prediction, with the place of its deck.
pub(super) struct DeckPrediction {
    pub(super) deck: usize,
    pub(super) foretold: Foretold,
}

/// Which days are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct SurveyDays {
    pub(super) today: StudyDay,
    pub(super) period: Period,
    pub(super) long_period: Period,
}

/// Counts answers in the order of the log.
pub(super) struct SurveyCount<'a> {
    entries: &'a [DeckEntry],
    cards: &'a SurveyCards,
    days: SurveyDays,
    pub(super) survey: Survey,
    /// The predictions of the long period, in the order of the log.
    pub(super) told: Vec<DeckPrediction>,
    /// The places of the questions of the answers that are counted now.
    places: Vec<Option<usize>>,
}

impl<'a> SurveyCount<'a> {
    pub(super) fn new(basis: &'a Basis<'_>, cards: &'a SurveyCards, days: SurveyDays) -> Self {
        let survey = Survey::new(days.today, days.period, days.long_period, cards.topics.len(), cards.questions.len());
        Self { entries: basis.decks.all(), cards, days, survey, told: Vec::new(), places: Vec::new() }
    }

    /// Counts some answers, if their cards are in scope.
    pub(super) fn add(&mut self, answers: &[WalkedAnswer]) {
        let place = |answer: &WalkedAnswer| self.cards.question_of(answer.review.card);
        self.places.clear();
        self.places.extend(answers.iter().map(place));
        // Their questions are all over the memory of the machine. Looking at all of them first lets it fetch many at once; otherwise it waits for each,
        // which takes longer than all the rest.
        let mut seen = 0;
        for place in self.places.iter().flatten() {
            seen ^= self.survey.items[*place].answers ^ self.cards.keys[*place].reading_ms;
            seen ^= u32::from(self.cards.questions[*place].1 == 0);
        }
        std::hint::black_box(seen);
        for (at, answer) in answers.iter().enumerate() {
            if let Some(question) = self.places[at] {
                self.count(question, &answer.review, &answer.word);
            }
        }
    }

    fn count(&mut self, question: usize, review: &Review, word: &WalkedWord) {
        let (_, deck, topic) = self.cards.questions[question];
        let settings = &self.entries[deck].settings;
        self.survey.add(&Surveyed {
            review,
            recall: word.recall,
            expected: expected(word.recall, review, settings),
            lapse: word.lapse,
            promised: word.mature.then(|| f64::from(MATURE_DAYS)),
            target: settings.desired_retention,
            topic,
            question,
            key: &self.cards.keys[question],
        });
        if let Some(told) = word.told.filter(|_| in_period(&self.days.long_period, review.day)) {
            let foretold = Foretold {
                recall: told.in_use,
                default_recall: told.published,
                guess: if settings.luck_aware { review.guess } else { Guess::NONE },
                right: review.right,
                alike: told.alike,
            };
            self.told.push(DeckPrediction { deck, foretold });
        }
    }
}
