//! The cards of today in decks whose exam is ahead.

use std::collections::{BTreeMap, HashSet};

use crate::error::Result;
use crate::model::{CardState, Guess, StudyDay, TimedAnswer};
use crate::schedule::{Allowance, ExamCandidate, ExamProspect, ExamTime, Habits, choose, days_to_exam};
use crate::store::{QueueFilter, Reader, Today};
use crate::study::decks::{DeckEntry, Decks};

/// Answers, the last ones, that show how a person answers.
pub(in crate::study) const RECENT: u32 = 2_000;

/// Decks with one day of exam and one time per day share that time.
type ExamKey = (Option<StudyDay>, Option<u32>);

fn exam_of(entry: &DeckEntry) -> ExamKey {
    (entry.settings.exam, entry.settings.minutes_per_day)
}

#[derive(Debug)]
struct ExamGroup {
    candidates: Vec<ExamCandidate>,
    room: ExamTime,
}

/// Collects what could be asked before the exams, and chooses from it.
#[derive(Debug)]
pub(super) struct ExamQueue<'a> {
    reader: Reader<'a>,
    decks: &'a Decks,
    today: StudyDay,
    done: &'a Today,
    habits: Option<(Habits, Vec<TimedAnswer>)>,
    groups: BTreeMap<ExamKey, ExamGroup>,
    new_left: Option<u32>,
}

impl<'a> ExamQueue<'a> {
    /// `done` is what was done today; `new` is the number of new cards that was asked for: without one, only their gain decides.
    pub(super) fn new(
        reader: Reader<'a>,
        decks: &'a Decks,
        done: &'a Today,
        today: StudyDay,
        new: Option<u32>,
    ) -> Self {
        Self { reader, decks, today, done, habits: None, groups: BTreeMap::new(), new_left: new }
    }

    /// Takes the cards of a deck into account; false if it has no exam ahead.
    pub(super) fn add(&mut self, entry: &DeckEntry, filter: &QueueFilter) -> Result<bool> {
        let Some(days_left) = days_to_exam(&entry.settings, self.today) else {
            return Ok(false);
        };
        let habits = self.habits(entry)?;
        let steps = self.reader.step_cards(entry.deck.id, self.today, filter)?.len();
        let (settings, replayer, deck) = (&entry.settings, &entry.replayer, entry.deck.id);
        let weigh = |prospect: ExamProspect| prospect.weigh(replayer, settings, &habits, days_left);
        let guesses = self.reader.guesses(deck)?;
        let guess = |card| guesses.get(&card).copied().unwrap_or(Guess::NONE);
        let today = self.today;
        let mut candidates: Vec<ExamCandidate> = Vec::new();
        self.reader.each_due_card(deck, today, StudyDay(i32::MAX), None, filter, |row| {
            if row.last_day < today {
                let elapsed_days = today.since(row.last_day);
                let (card, memory) = (row.card, Some(row.memory));
                candidates.push(weigh(ExamProspect { card, deck, memory, elapsed_days, guess: guess(card) }));
            }
        })?;
        // New cards gain alike, but for luck: no more of them are weighed than there can be room for.
        let unseen = habits.seconds(CardState::New, crate::model::Rating::Easy);
        let seconds = self.seconds_today(exam_of(entry));
        let room = &mut self
            .groups
            .entry(exam_of(entry))
            .or_insert_with(|| ExamGroup { candidates: Vec::new(), room: ExamTime::left_after(settings, seconds) });
        room.room.set_aside(steps as f64 * habits.expected_seconds(CardState::Learning, 1.0));
        let most = room.room.answers(unseen).unwrap_or(settings.reviews_per_day).min(self.new_left.unwrap_or(u32::MAX));
        let alike = guesses.values().all(|guess| Some(guess) == guesses.values().next());
        let mut new = self.reader.new_cards(deck, today, alike.then_some(most), filter)?;
        new.sort_by(|one, other| guess(one.card).probability().total_cmp(&guess(other.card).probability()));
        new.truncate(most as usize);
        candidates.extend(new.into_iter().map(|row| {
            let (card, guess) = (row.card, guess(row.card));
            weigh(ExamProspect { card, deck, memory: None, elapsed_days: 0, guess })
        }));
        room.candidates.append(&mut candidates);
        Ok(true)
    }

    /// The cards that have room, the greatest gain per second first, exam by exam.
    pub(super) fn choose(self, allowance: &mut Allowance) -> Vec<ExamCandidate> {
        let mut new_left = self.new_left;
        let mut chosen = Vec::new();
        for (_, group) in self.groups {
            chosen.extend(choose(group.candidates, group.room, allowance).into_iter().filter(|card| {
                let Some(left) = new_left.as_mut().filter(|_| card.state == CardState::New) else {
                    return true;
                };
                let takes = *left > 0;
                *left = left.saturating_sub(1);
                takes
            }));
        }
        chosen
    }

    /// The seconds that went into decks of this exam today.
    fn seconds_today(&self, exam: ExamKey) -> f64 {
        let decks: HashSet<_> =
            self.decks.all().iter().filter(|entry| exam_of(entry) == exam).map(|entry| entry.deck.id).collect();
        self.done.totals.iter().filter(|row| decks.contains(&row.deck)).map(|row| row.took_ms as f64 / 1_000.0).sum()
    }

    fn habits(&mut self, entry: &DeckEntry) -> Result<Habits> {
        let (all, answers) = match self.habits.take() {
            Some(known) => known,
            None => {
                // Today's answers are left out, so that the order of a day does not change while it is gone through.
                let answers = self.reader.timed_answers(RECENT, Some(self.today))?;
                (Habits::learned(&answers, &Habits::default()), answers)
            }
        };
        let own: Vec<TimedAnswer> = answers.iter().filter(|answer| answer.deck == entry.deck.id).copied().collect();
        let habits = Habits::learned(&own, &all);
        self.habits = Some((all, answers));
        Ok(habits)
    }
}
