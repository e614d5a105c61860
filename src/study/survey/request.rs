//! What figures are asked for, and what they are read from.

use crate::error::Result;
use crate::model::{DeckId, StudyDay};
use crate::schedule::{Allowance, days_to_exam};
use crate::stats::{DeckForecast, Pace};
use crate::store::Reader;
use crate::study::day::{RECENT, ReviewRequest, WorkByDeck, count_day, limits};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::present::Present;
use crate::study::scope::Scope;
use crate::study::subjects::meant;

/// What figures are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct StatsRequest<'a> {
    /// Only this deck and the decks in it.
    pub deck: Option<&'a str>,
    /// Only these topics, if some are named; letter case does not count.
    pub topics: &'a [String],
    /// Only questions with one of these tags, if some are named.
    pub tags: &'a [String],
    /// Only answers from this study day on.
    pub from: Option<StudyDay>,
    /// Only answers up to this study day.
    pub to: Option<StudyDay>,
}

/// What figures are read from.
pub(in crate::study) struct Basis<'a> {
    pub(in crate::study) reader: Reader<'a>,
    pub(in crate::study) decks: Decks,
    pub(in crate::study) scope: Scope,
    pub(in crate::study) present: Present,
}

impl<'a> Basis<'a> {
    /// The basis of this request. Decks, topics and tags that do not exist are refused.
    pub(in crate::study) fn new(reader: Reader<'a>, asked: &StatsRequest<'_>, present: Present) -> Result<Self> {
        let decks = Decks::load(reader)?;
        let ids: Vec<DeckId> = decks.named(asked.deck)?.iter().map(|entry| entry.deck.id).collect();
        let about = meant(reader, &ids, asked.topics, asked.tags, asked.deck)?;
        let scope = Scope { from: asked.from, to: asked.to, ..Scope::new(&decks, asked.deck)? }.about(reader, about)?;
        Ok(Self { reader, decks, scope, present })
    }

    /// How long a card takes.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::study) fn pace(&self) -> Result<Pace> {
        Ok(Pace::measured(&self.reader.recent_times(RECENT)?))
    }

    /// Lets the limits of each day choose among the new cards: `waiting` are those of each deck, by the days
    /// from today after which they may be asked; `forecasts` is what is due.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::study) fn let_in(&self, waiting: &[Vec<usize>], forecasts: &mut [DeckForecast]) -> Result<()> {
        let mut limits = limits(self.reader, &self.decks, None, self.present)?;
        let mut left = vec![0; waiting.len()];
        let days = forecasts.iter().map(|forecast| forecast.due.len()).max().unwrap_or(0);
        // Before an exam the gain decides, and not what is due: today is what the day really asks for.
        let exams = self.exams_today()?;
        for (place, entry) in self.decks.all().iter().enumerate() {
            if let Some(work) = exams.get(&entry.deck.id)
                && let Some(due) = forecasts[place].due.first_mut()
            {
                *due = usize::try_from(work.due + work.for_exam).unwrap_or(usize::MAX);
            }
        }
        for day in 0..days {
            let mut allowance = Allowance::new(&limits);
            for (entry, forecast) in self.decks.all().iter().zip(forecasts.iter_mut()) {
                // Reviews have their places before new cards; cards in steps need none.
                (0..forecast.due[day]).take_while(|_| allowance.take_review(entry.deck.id)).for_each(drop);
            }
            for (place, entry) in self.decks.all().iter().enumerate() {
                left[place] += waiting[place].get(day).copied().unwrap_or(0);
                let date = self.present.today.plus(u32::try_from(day).unwrap_or(u32::MAX));
                let before_exam = days_to_exam(&entry.settings, date).is_some();
                let admits = |allowance: &mut Allowance| match (before_exam, entry.settings.minutes_per_day) {
                    // New cards have no limit of their own then; the time has one that this does not know.
                    (true, None) => allowance.take_review(entry.deck.id),
                    _ => allowance.take_new(entry.deck.id),
                };
                let taken = match exams.get(&entry.deck.id).filter(|_| day == 0) {
                    Some(work) => left[place].min(usize::try_from(work.new).unwrap_or(usize::MAX)),
                    None => (0..left[place]).take_while(|_| admits(&mut allowance)).count(),
                };
                forecasts[place].new[day] = taken;
                left[place] -= taken;
            }
            // What was done today is done for today only.
            for limit in &mut limits {
                (limit.new_done, limit.reviews_done) = (0, 0);
            }
        }
        Ok(())
    }

    /// What today asks of the decks whose exam is ahead. Figures of some topics or tags only do without: the queue chooses among all.
    fn exams_today(&self) -> Result<WorkByDeck> {
        let mut work = WorkByDeck::new();
        let about = &self.scope.about;
        let ahead = |entry: &&DeckEntry| {
            self.scope.has_deck(entry.deck.id) && days_to_exam(&entry.settings, self.present.today).is_some()
        };
        if !about.topics.is_empty() || !about.tags.is_empty() || !self.decks.in_use().any(|entry| ahead(&entry)) {
            return Ok(work);
        }
        let all = count_day(self.reader, &self.decks, &ReviewRequest::default(), self.present)?.work;
        for entry in self.decks.in_use().filter(ahead) {
            work.insert(entry.deck.id, all.get(&entry.deck.id).copied().unwrap_or_default());
        }
        Ok(work)
    }
}
