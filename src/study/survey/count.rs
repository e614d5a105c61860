//! The log, counted question by question on all cores: what belongs to one question stays together in memory.

use std::collections::HashMap;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

use super::Basis;
use super::cards::{SurveyCard, SurveyCards};
use crate::error::{Error, Result};
use crate::memory::{AlikeTable, Answered, BeliefFold};
use crate::model::{CardId, CardMemory, Guess, LogEntry, Move, MoveKind, Rating, Review, ReviewKind, StudyDay};
use crate::stats::overview::Period;
use crate::stats::{Foretold, Survey, Surveyed, in_period, promised_days};
use crate::store::{CountedAnswer, CountedLog};
use crate::study::decks::DeckEntry;
use crate::study::log_walk::expected;

/// Fewer answers than this are counted before a thread has begun.
const WORTH_THREADS: usize = 20_000;

/// A prediction, with its place in the log and the place of its deck.
pub(super) struct OrderedPrediction {
    order: u32,
    pub(super) deck: u32,
    pub(super) foretold: Foretold,
}

/// Which days are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct SurveyDays {
    pub(super) today: StudyDay,
    pub(super) period: Period,
    pub(super) long_period: Period,
}

/// Counts the log. The predictions of the long period are in the order of the log.
pub(super) fn count(
    basis: &Basis<'_>,
    cards: &SurveyCards,
    log: &CountedLog,
    days: SurveyDays,
) -> Result<(Survey, Vec<OrderedPrediction>)> {
    let answers = AnswersByQuestion::sort(cards, log);
    let moves = moves_by_card(log);
    let counter = Counter { entries: basis.decks.all(), cards, log, answers: &answers, moves: &moves, days };
    let cores =
        if answers.all.len() < WORTH_THREADS { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let parts = answers.shares(cores);
    let (survey, told) = thread::scope(|scope| -> Result<_> {
        let counter = &counter;
        let threads: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || counter.count(part))).collect();
        let mut all: Option<(Survey, Vec<OrderedPrediction>)> = None;
        for thread in threads {
            let stopped = |_| Error::fault("a count of the log stopped").hint("please report this");
            let (survey, mut told) = thread.join().map_err(stopped)??;
            match &mut all {
                None => all = Some((survey, told)),
                Some((whole, all_told)) => {
                    whole.merge(survey);
                    all_told.append(&mut told);
                }
            }
        }
        Ok(all.unwrap_or_else(|| (counter.survey(0), Vec::new())))
    })?;
    Ok((survey, in_order(told, log)))
}

/// Puts predictions into the order of the log: each has its place, which is faster found than by sorting.
fn in_order(told: Vec<OrderedPrediction>, log: &CountedLog) -> Vec<OrderedPrediction> {
    let answers = log.pieces.iter().map(|piece| piece.answers.len()).sum();
    let mut places = Vec::new();
    places.resize_with(answers, || None);
    for told in told {
        let place = told.order as usize;
        places[place] = Some(told);
    }
    places.into_iter().flatten().collect()
}

/// The changes without an answer by card, each with how many answers came before it.
fn moves_by_card(log: &CountedLog) -> HashMap<CardId, Vec<(u32, &Move)>> {
    let mut found: HashMap<CardId, Vec<(u32, &Move)>> = HashMap::new();
    for change in &log.moves {
        let place = u32::try_from(log.place_of(change.id)).unwrap_or(u32::MAX);
        found.entry(change.card).or_default().push((place, change));
    }
    found
}

/// The answers by question, those to one question in the order of the log.
struct AnswersByQuestion {
    /// Each with its place in the log.
    all: Vec<(u32, CountedAnswer)>,
    /// Where the answers to each question begin; one more for the end.
    begins: Vec<u32>,
}

impl AnswersByQuestion {
    fn sort(cards: &SurveyCards, log: &CountedLog) -> Self {
        // A counting sort: it keeps the order, and takes two looks at each answer.
        let mut begins = vec![0_u32; cards.questions.len() + 1];
        let logged = || (0_u32..).zip(log.pieces.iter().flat_map(|piece| &piece.answers));
        let in_scope =
            || logged().filter_map(|(order, answer)| Some((cards.question_of(answer.card())?, order, answer)));
        for (question, ..) in in_scope() {
            begins[question + 1] += 1;
        }
        for place in 1..begins.len() {
            begins[place] += begins[place - 1];
        }
        let Some((_, _, first)) = in_scope().next() else { return Self { all: Vec::new(), begins } };
        let mut all = vec![(0, *first); begins.last().copied().unwrap_or(0) as usize];
        let mut next = begins.clone();
        for (question, order, answer) in in_scope() {
            all[next[question] as usize] = (order, *answer);
            next[question] += 1;
        }
        Self { all, begins }
    }

    /// The questions in so many ranges with about as many answers each.
    fn shares(&self, count: usize) -> Vec<Range<usize>> {
        let questions = self.begins.len() - 1;
        let cut = |share: usize| match share {
            0 => 0,
            share if share == count => questions,
            share => {
                self.begins.partition_point(|begin| (*begin as usize) * count < self.all.len() * share).min(questions)
            }
        };
        (0..count).map(|share| cut(share)..cut(share + 1)).collect()
    }

    fn to(&self, question: usize) -> &[(u32, CountedAnswer)] {
        &self.all[self.begins[question] as usize..self.begins[question + 1] as usize]
    }
}

struct Counter<'a> {
    entries: &'a [DeckEntry],
    cards: &'a SurveyCards,
    log: &'a CountedLog,
    answers: &'a AnswersByQuestion,
    moves: &'a HashMap<CardId, Vec<(u32, &'a Move)>>,
    days: SurveyDays,
}

/// A card of the question whose answers are counted.
#[derive(Clone)]
struct ReplayedCard {
    /// By each model of its deck.
    memories: Vec<CardMemory>,
    /// What is believed by each of them.
    beliefs: Vec<BeliefFold>,
    /// Answers a day or more after the one before, and those of them that were rated again.
    long: u32,
    failures: u32,
    /// The interval that its last answer promised, in days.
    promised: Option<f64>,
}

impl Counter<'_> {
    fn survey(&self, questions: usize) -> Survey {
        Survey::new(self.days.today, self.days.period, self.days.long_period, self.cards.topics.len(), questions)
    }

    fn count(&self, questions: Range<usize>) -> Result<(Survey, Vec<OrderedPrediction>)> {
        let mut survey = self.survey(questions.len());
        // About as many as there are answers: to grow with so many would be to copy them again and again.
        let share = questions.clone().map(|question| self.answers.to(question).len()).sum();
        let mut told = Vec::with_capacity(share);
        let mut alike = AlikeTable::default();
        let mut replayed: Vec<ReplayedCard> = Vec::new();
        let mut review = Review::EMPTY;
        for (place, question) in questions.enumerate() {
            let answers = self.answers.to(question);
            if answers.is_empty() {
                continue;
            }
            let owners = self.cards.owners_of(question);
            self.begin(&mut replayed, owners);
            let mut moves = self.moves_of(owners).into_iter().peekable();
            for (order, answer) in answers {
                while let Some((card, _, change)) = moves.next_if(|(_, before, _)| before <= order) {
                    self.apply(&owners[card], &mut replayed[card], change);
                }
                let many = answer.has_many_picks().then(|| self.log.many_picks(*order as usize)).flatten();
                answer.unpack(many, &mut review)?;
                let Some(card) = owners.iter().position(|owner| owner.card == review.card) else { continue };
                let counted = self.answer(
                    &mut survey,
                    (place, question),
                    &owners[card],
                    &mut replayed[card],
                    &review,
                    &mut alike,
                );
                if let Some(foretold) = counted.filter(|_| in_period(&self.days.long_period, review.day)) {
                    told.push(OrderedPrediction { order: *order, deck: owners[card].deck, foretold });
                }
            }
        }
        Ok((survey, told))
    }

    /// Every card of a question as it was before the log.
    fn begin(&self, replayed: &mut Vec<ReplayedCard>, owners: &[SurveyCard]) {
        let none = ReplayedCard { memories: Vec::new(), beliefs: Vec::new(), long: 0, failures: 0, promised: None };
        replayed.resize(owners.len().max(replayed.len()), none);
        for (owner, card) in owners.iter().zip(replayed.iter_mut()) {
            let models = self.cards.histories[owner.deck as usize].replayers.len();
            card.memories.clear();
            card.memories.resize(models, CardMemory::NEW);
            card.beliefs.clear();
            card.beliefs.resize(models, BeliefFold::default());
            (card.long, card.failures, card.promised) = (0, 0, None);
        }
    }

    /// The changes of the cards of a question without an answer, in the order of the log: the place of the card, how many answers came
    /// before, and the change.
    fn moves_of(&self, owners: &[SurveyCard]) -> Vec<(usize, u32, &Move)> {
        if self.moves.is_empty() {
            return Vec::new();
        }
        let of = |(place, owner): (usize, &SurveyCard)| {
            let own = self.moves.get(&owner.card).into_iter().flatten();
            own.map(move |(before, change)| (place, *before, *change)).collect::<Vec<_>>()
        };
        let mut found: Vec<(usize, u32, &Move)> = owners.iter().enumerate().flat_map(of).collect();
        found.sort_by_key(|(.., change)| change.id);
        found
    }

    fn apply(&self, owner: &SurveyCard, card: &mut ReplayedCard, change: &Move) {
        let entry = LogEntry::Move(change.clone());
        let replayers = &self.cards.histories[owner.deck as usize].replayers;
        for (replayer, memory) in replayers.iter().zip(&mut card.memories) {
            replayer.apply(memory, &entry);
        }
        card.beliefs.iter_mut().for_each(|belief| belief.moved(change));
        if change.kind == MoveKind::Forget {
            (card.long, card.failures, card.promised) = (0, 0, None);
        }
    }

    /// Counts an answer; its prediction, where it had one.
    fn answer(
        &self,
        survey: &mut Survey,
        (place, question): (usize, usize),
        owner: &SurveyCard,
        card: &mut ReplayedCard,
        review: &Review,
        alike: &mut AlikeTable,
    ) -> Option<Foretold> {
        let histories = &self.cards.histories[owner.deck as usize];
        let settings = &self.entries[owner.deck as usize].settings;
        let lapses = card.memories[histories.present].lapses;
        let then = histories.at(review.at.utc_ms);
        let (mut told, mut published, mut present, mut answered) = (None, None, None, None::<Answered>);
        let models = histories.replayers.iter().zip(&mut card.memories).zip(&mut card.beliefs);
        for (number, ((replayer, memory), belief)) in models.enumerate() {
            let found = replayer.answer(memory, review);
            let recall = belief.answer(replayer, review);
            if number == then {
                told = recall;
            }
            if number == histories.published {
                published = recall;
            }
            if number == histories.present {
                (answered, present) = (found, recall);
            }
        }
        survey.add(&Surveyed {
            review,
            answered: answered.as_ref(),
            recall: present,
            expected: answered.as_ref().map_or(0.0, |_| expected(present, review, settings)),
            lapse: card.memories[histories.present].lapses > lapses,
            promised: card.promised,
            target: settings.desired_retention,
            topic: owner.topic as usize,
            question: place,
            key: &self.cards.keys[question],
        });
        if !review.practice {
            card.promised = Some(promised_days(review));
        }
        let days = answered?.elapsed_days.filter(|days| *days > 0)?;
        card.long += 1;
        let failures = card.failures;
        card.failures += u32::from(review.rating == Rating::Again);
        // Nobody is asked in a mock exam by the schedule.
        if review.kind == ReviewKind::Exam {
            return None;
        }
        Some(Foretold {
            recall: told? as f32,
            default_recall: published? as f32,
            guess: if settings.luck_aware { review.guess } else { Guess::NONE },
            right: review.right,
            alike: alike.place(days, card.long, failures),
        })
    }
}
