//! The tables that are exported, each as columns and rows.

mod items;

use std::collections::HashSet;

use super::decks::Decks;
use super::log_walk::each_answer;
use super::scope::{Scope, card_snapshots, score_day};
use super::score::expect;
use super::survey::{self, AHEAD, Basis};
use crate::error::Result;
use crate::model::StudyDay;
use crate::stats::items::{CHOICES, QUESTIONS, choice_rows, question_row};
use crate::stats::{
    CALIBRATION, CARDS, CardSnapshot, Cell, DAILY, DECKS, Daily, DeckFigures, FORECAST, REVIEWS, REVLOG, TOPICS,
    Topics, card_row, deck_rows, review_row, revlog_row,
};
use crate::store::{Reader, Subjects};

/// The longest look ahead, in days: what is due later is on no calendar.
const FARTHEST: u32 = 3_650;

/// Each table: its variant and name, what a row of it is, and its columns.
macro_rules! tables {
    ($($table:ident, $name:literal, $row:literal, $columns:expr;)*) => {
        /// A table that can be exported.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Table {
            $(#[doc = $row] $table,)*
        }

        impl Table {
            /// All tables, each with its name, what a row of it is, and its columns.
            pub const ALL: &[(Self, &'static str, &'static str, &'static [&'static str])] =
                &[$((Self::$table, $name, $row, $columns)),*];

            /// The names of its columns.
            pub fn columns(self) -> &'static [&'static str] {
                match self {
                    $(Self::$table => $columns,)*
                }
            }
        }
    };
}

tables! {
    Stats, "stats", "A row per study day and deck", DAILY;
    Cards, "cards", "A row per card", CARDS;
    Questions, "questions", "A row per question", QUESTIONS;
    Choices, "choices", "A row per option of a question", CHOICES;
    Reviews, "reviews", "A row per answer", REVIEWS;
    Revlog, "revlog", "A row per answer that counts, in the open FSRS schema", REVLOG;
    Topics, "topics", "A row per deck and topic", TOPICS;
    Forecast, "forecast", "A row per coming study day and deck", FORECAST;
    Calibration, "calibration", "A row per deck and bin of predicted recall", CALIBRATION;
    Decks, "decks", "A row per deck", DECKS;
}

impl Table {
    /// What people call it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(table, ..)| *table == self).map_or("", |(_, name, ..)| *name)
    }

    /// The table of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, ..)| *own == name).map(|(table, ..)| *table)
    }
}

/// Takes the rows of a table, one after the other.
pub type RowSink<'a> = dyn FnMut(Vec<Cell>) -> Result<()> + 'a;

/// Gives the rows of a table of what is in scope.
pub(super) fn export(basis: &mut Basis<'_>, table: Table, rows: &mut RowSink<'_>) -> Result<()> {
    basis.scope.letters = matches!(table, Table::Reviews);
    basis.scope.whole = matches!(table, Table::Reviews | Table::Choices | Table::Questions);
    let (reader, decks, scope) = (basis.reader, &basis.decks, &basis.scope);
    let (now, today) = (basis.present.now, basis.present.today);
    match table {
        Table::Stats => {
            let mut daily = Daily::default();
            each_answer(reader, decks, scope, |fact| {
                daily.add(fact);
                Ok(())
            })?;
            daily.rows().try_for_each(rows)
        }
        Table::Cards => {
            let mut cards = card_snapshots(reader, decks, scope, today)?;
            cards.sort_by_key(|card| card.uid);
            cards.iter().map(|card| card_row(card, now)).try_for_each(rows)
        }
        Table::Questions => items::records(reader, decks, scope)?.iter().map(question_row).try_for_each(rows),
        Table::Choices => items::records(reader, decks, scope)?.iter().flat_map(choice_rows).try_for_each(rows),
        Table::Topics => {
            let mut topics = Topics::default();
            let mut cards = card_snapshots(reader, decks, scope, today)?;
            expect(reader, decks, &mut cards)?;
            cards.iter().for_each(|card| topics.add_card(card, today));
            each_answer(reader, decks, scope, |fact| {
                topics.add(fact);
                Ok(())
            })?;
            topics.rows().try_for_each(rows)
        }
        Table::Forecast => forecast(basis, rows),
        Table::Calibration => {
            let bins = survey::calibration(basis)?;
            let of_decks = decks.all().iter().zip(&bins);
            of_decks.flat_map(|(entry, bins)| bins.rows(&entry.deck.name)).try_for_each(rows)
        }
        Table::Decks => {
            let mut cards = card_snapshots(reader, decks, scope, today)?;
            expect(reader, decks, &mut cards)?;
            let figures = deck_figures(reader, decks, scope, &cards, today)?;
            deck_rows(&figures, &cards, today).into_iter().try_for_each(rows)
        }
        Table::Reviews => each_answer(reader, decks, scope, |fact| rows(review_row(fact))),
        Table::Revlog => each_answer(reader, decks, scope, |fact| revlog_row(fact).map_or(Ok(()), &mut *rows)),
    }
}

/// The days that are asked for, thirty if nobody asks for more, today first. Decks without cards in scope have no rows.
fn forecast(basis: &Basis<'_>, rows: &mut RowSink<'_>) -> Result<()> {
    let (scope, today) = (&basis.scope, basis.present.today);
    let last = scope.to.map_or(0, |to| to.since(today)).min(FARTHEST) as usize + 1;
    let (forecasts, used) = survey::forecast(basis, last.max(AHEAD))?;
    let pace = basis.pace()?;
    let mut found = Vec::new();
    for ((entry, forecast), _) in basis.decks.all().iter().zip(&forecasts).zip(used).filter(|(_, used)| *used) {
        found.extend(forecast.rows(&entry.deck.name, today, pace).filter(|(day, _)| scope.has_day(*day)));
    }
    // By day, then by deck: the decks are in their order already.
    found.sort_by_key(|(day, _)| *day);
    found.into_iter().try_for_each(|(_, row)| rows(row))
}

fn deck_figures(
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
        .filter(|entry| scope.has_deck(entry.deck.id) && !entry.is_deleted())
        .map(|entry| {
            Ok(DeckFigures {
                name: entry.deck.name.clone(),
                questions: if all { reader.question_count(entry.deck.id)? } else { asked(&entry.deck.name) },
                desired_retention: entry.settings.desired_retention,
                exam: entry.settings.exam,
                score_day: score_day(entry, today),
            })
        })
        .collect()
}
