//! The cards by state.

use super::figure::Figure;
use super::frame::{Axis, Drawing};
use super::markup::ReportTable;
use super::numbers::{count, number, sure};
use super::{bars, ink};
use crate::stats::overview::{CardFigures, Share};

/// The figure of the cards by state; `first` are the first attempts at their questions.
pub(super) fn figure(cards: &CardFigures, first: &Share) -> String {
    let figure = Figure::new("cards", "The cards");
    if cards.cards == 0 {
        return figure.without("There are no cards yet.");
    }
    let mut says = match cards.leeches {
        0 => format!("{}.", count(cards.cards, "card")),
        1 => format!("{}, one of them a leech: forgotten again and again.", count(cards.cards, "card")),
        leeches => {
            format!("{}, {} of them leeches: forgotten again and again.", count(cards.cards, "card"), number(leeches))
        }
    };
    if first.whole > 0 {
        says += &format!(" At the first attempt, {} of {} were right.", sure(first), count(first.whole, "question"));
    }
    figure.with(&says, &picture(cards), &[], &table(cards))
}

fn rows(cards: &CardFigures) -> [(&'static str, usize); 4] {
    [
        ("in review", cards.review),
        ("in learning steps", cards.learning),
        ("not seen yet", cards.new),
        ("suspended", cards.suspended),
    ]
}

fn picture(cards: &CardFigures) -> Drawing {
    let rows = rows(cards);
    let names = rows.iter().rev().map(|(name, _)| (*name).to_owned()).collect();
    let most = rows.iter().map(|(_, cards)| *cards).max().unwrap_or(0);
    let mut picture = Drawing::framed(Axis::counts(most), Axis::names(names), (112.0, 92.0), 200.0);
    for (at, (_, some)) in (1..=4).rev().zip(rows) {
        bars::counted(&mut picture, f64::from(at), &[(some, ink::FIRST)], cards.cards);
    }
    picture
}

fn table(cards: &CardFigures) -> ReportTable {
    let mut table = ReportTable::new("The cards").short("cards").numbers("how many");
    for (name, some) in rows(cards) {
        table.row([name.to_owned(), number(some)]);
    }
    table.row(["leeches (among the others)".to_owned(), number(cards.leeches)]);
    table
}
