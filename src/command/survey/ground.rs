//! What a survey reads from, and what is asked of it.

use crate::command::Context;
use crate::command::decks::Decks;
use crate::command::facts::Scope;
use crate::command::review::{RECENT, limits};
use crate::command::subjects::meant;
use crate::error::Result;
use crate::model::{DayStart, DeckId, Moment, StudyDay};
use crate::schedule::Allowance;
use crate::stats::{DeckForecast, Pace};
use crate::store::Reader;

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::command) struct Asked<'a> {
    pub(in crate::command) deck: Option<&'a str>,
    pub(in crate::command) topics: &'a [String],
    pub(in crate::command) tags: &'a [String],
    pub(in crate::command) from: Option<StudyDay>,
    pub(in crate::command) to: Option<StudyDay>,
}

/// What a survey reads from.
pub(in crate::command) struct Ground<'a> {
    pub(in crate::command) reader: Reader<'a>,
    pub(in crate::command) decks: Decks,
    pub(in crate::command) scope: Scope,
    pub(in crate::command) now: Moment,
    pub(in crate::command) today: StudyDay,
    pub(in crate::command) start: DayStart,
}

impl<'a> Ground<'a> {
    /// Of these decks, topics and tags.
    ///
    /// # Errors
    /// When there are no such, or the database fails.
    pub(in crate::command) fn new(context: &Context, reader: Reader<'a>, asked: &Asked<'_>) -> Result<Self> {
        let decks = Decks::read(reader)?;
        let ids: Vec<DeckId> = decks.named(asked.deck)?.iter().map(|entry| entry.deck.id).collect();
        let about = meant(reader, &ids, asked.topics, asked.tags, asked.deck)?;
        let scope = Scope { from: asked.from, to: asked.to, ..Scope::new(&decks, asked.deck)? }.about(reader, about)?;
        let (now, today) = context.today(reader)?;
        let start = reader.default_settings()?.day_start;
        Ok(Self { reader, decks, scope, now, today, start })
    }

    /// How long a card takes.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::command) fn pace(&self) -> Result<Pace> {
        Ok(Pace::of(&self.reader.timed_answers(RECENT, None)?))
    }

    /// Lets the limits of each day choose among the new cards: `waiting` are those of each deck, by the days
    /// from today after which they may be asked; `forecasts` is what is due.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::command) fn let_in(&self, waiting: &[Vec<usize>], forecasts: &mut [DeckForecast]) -> Result<()> {
        let mut limits = limits(self.reader, &self.decks, None, self.now, self.today)?;
        let mut left = vec![0; waiting.len()];
        let days = forecasts.iter().map(|forecast| forecast.due.len()).max().unwrap_or(0);
        for day in 0..days {
            let mut allowance = Allowance::new(&limits);
            for (entry, forecast) in self.decks.all().iter().zip(forecasts.iter_mut()) {
                // Reviews have their places before new cards; cards in steps need none.
                (0..forecast.due[day]).take_while(|_| allowance.take_review(entry.deck.id)).for_each(drop);
            }
            for (place, entry) in self.decks.all().iter().enumerate() {
                left[place] += waiting[place].get(day).copied().unwrap_or(0);
                let taken = (0..left[place]).take_while(|_| allowance.take_new(entry.deck.id)).count();
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
}
