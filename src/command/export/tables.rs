//! The tables, each in its place.

use std::collections::HashSet;
use std::io::Write;

use clap::ValueEnum;

use super::items;
use crate::command::Context;
use crate::command::decks::Decks;
use crate::command::facts::{self, Scope};
use crate::command::survey::{self, AHEAD, Ground};
use crate::error::Result;
use crate::model::StudyDay;
use crate::stats::items::{CHOICES, QUESTIONS, choice_rows, question_row};
use crate::stats::{
    CALIBRATION, CARDS, CardSnapshot, Cell, DAILY, DECKS, Daily, DeckFigures, FORECAST, REVIEWS, REVLOG, TOPICS,
    Topics, card_row, deck_rows, review_row, revlog_row,
};
use crate::store::{Reader, Subjects};
use crate::ui::csv::{Format, TableWriter};

/// The longest look ahead, in days: what is due later is on no calendar.
const FARTHEST: u32 = 3_650;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Table {
    /// A row per study day and deck
    Stats,
    /// A row per card
    Cards,
    /// A row per question
    Questions,
    /// A row per option of a question
    Choices,
    /// A row per answer
    Reviews,
    /// A row per answer that counts, in the open FSRS schema
    Revlog,
    /// A row per deck and topic
    Topics,
    /// A row per coming study day and deck
    Forecast,
    /// A row per deck and bin of predicted recall
    Calibration,
    /// A row per deck
    Decks,
}

/// Writes a table of what is in scope.
///
/// # Errors
/// When the database or the output fails.
pub(super) fn write(
    context: &Context,
    mut ground: Ground<'_>,
    table: Table,
    format: Format,
    out: impl Write,
) -> Result<()> {
    ground.scope.letters = matches!(table, Table::Reviews);
    ground.scope.whole = matches!(table, Table::Reviews | Table::Choices | Table::Questions);
    let (reader, decks, scope) = (ground.reader, &ground.decks, &ground.scope);
    let (now, today) = (ground.now, ground.today);
    match table {
        Table::Stats => {
            let mut daily = Daily::default();
            facts::each(reader, decks, scope, |fact| {
                daily.add(fact);
                Ok(())
            })?;
            rows(DAILY, format, out, daily.rows())
        }
        Table::Cards => {
            let mut cards = facts::cards(context, reader, decks, scope)?;
            cards.sort_by_key(|card| card.uid);
            rows(CARDS, format, out, cards.iter().map(|card| card_row(card, now)))
        }
        Table::Questions => {
            let records = items::records(reader, decks, scope)?;
            rows(QUESTIONS, format, out, records.iter().map(question_row))
        }
        Table::Choices => {
            let records = items::records(reader, decks, scope)?;
            rows(CHOICES, format, out, records.iter().flat_map(choice_rows))
        }
        Table::Topics => {
            let mut topics = Topics::default();
            let mut cards = facts::cards(context, reader, decks, scope)?;
            facts::expect(reader, decks, &mut cards)?;
            cards.iter().for_each(|card| topics.add_card(card, today));
            facts::each(reader, decks, scope, |fact| {
                topics.add(fact);
                Ok(())
            })?;
            rows(TOPICS, format, out, topics.rows())
        }
        Table::Forecast => forecast(&ground, format, out),
        Table::Calibration => {
            let bins = survey::calibration(&ground)?;
            let of_decks = decks.all().iter().zip(&bins);
            rows(CALIBRATION, format, out, of_decks.flat_map(|(entry, bins)| bins.rows(&entry.deck.name)))
        }
        Table::Decks => {
            let mut cards = facts::cards(context, reader, decks, scope)?;
            facts::expect(reader, decks, &mut cards)?;
            let figures = figures(reader, decks, scope, &cards, today)?;
            rows(DECKS, format, out, deck_rows(&figures, &cards, today).into_iter())
        }
        Table::Reviews => {
            let mut table = TableWriter::new(REVIEWS, format, out)?;
            facts::each(reader, decks, scope, |fact| table.row(review_row(fact)))?;
            table.finish()
        }
        Table::Revlog => {
            let mut table = TableWriter::new(REVLOG, format, out)?;
            facts::each(reader, decks, scope, |fact| revlog_row(fact).map_or(Ok(()), |row| table.row(row)))?;
            table.finish()
        }
    }
}

/// The days that are asked for, thirty where nobody asks for more, today first. Decks without cards in scope have no rows.
fn forecast(ground: &Ground<'_>, format: Format, out: impl Write) -> Result<()> {
    let scope = &ground.scope;
    let last = scope.to.map_or(0, |to| to.since(ground.today)).min(FARTHEST) as usize + 1;
    let (forecasts, used) = survey::forecast(ground, last.max(AHEAD))?;
    let pace = ground.pace()?;
    let mut table = TableWriter::new(FORECAST, format, out)?;
    let mut found = Vec::new();
    for ((entry, forecast), _) in ground.decks.all().iter().zip(&forecasts).zip(used).filter(|(_, used)| *used) {
        found.extend(forecast.rows(&entry.deck.name, ground.today, pace).filter(|(day, _)| scope.has_day(*day)));
    }
    // By day, then by deck: the decks are in their order already.
    found.sort_by_key(|(day, _)| *day);
    found.into_iter().try_for_each(|(_, row)| table.row(row))?;
    table.finish()
}

fn rows(
    columns: &'static [&'static str],
    format: Format,
    out: impl Write,
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<()> {
    let mut table = TableWriter::new(columns, format, out)?;
    for row in rows {
        table.row(row)?;
    }
    table.finish()
}

fn figures(
    reader: Reader<'_>,
    decks: &Decks,
    scope: &Scope,
    cards: &[CardSnapshot],
    today: StudyDay,
) -> Result<Vec<DeckFigures>> {
    // Of some topics or tags, what has cards is counted; of whole decks drafts too.
    let all = scope.about == Subjects::default();
    let asked = |deck: &str| {
        let of_deck = cards.iter().filter(|card| card.deck == deck);
        of_deck.map(|card| card.question).collect::<HashSet<_>>().len()
    };
    decks
        .all()
        .iter()
        .filter(|entry| scope.decks.as_ref().is_none_or(|decks| decks.contains(&entry.deck.id)))
        .map(|entry| {
            Ok(DeckFigures {
                name: entry.deck.name.clone(),
                questions: if all { reader.question_count(entry.deck.id)? } else { asked(&entry.deck.name) },
                desired_retention: entry.settings.desired_retention,
                exam: entry.settings.exam,
                score_day: facts::score_day(entry, today),
            })
        })
        .collect()
}
