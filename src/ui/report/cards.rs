//! The cards as they stand.

use super::frame::{Axis, Picture, Side};
use super::markup::{Figure, Table};
use super::numbers::{count, number, share, sure};
use super::{bars, ink};
use crate::stats::overview::{CardFigures, Share};

/// The figure of what the cards are; `first` is how first attempts at their questions went.
pub(super) fn figure(cards: &CardFigures, first: &Share) -> String {
    let mut figure = Figure { id: "cards", heading: "The cards", says: String::new(), wide: false };
    if cards.cards == 0 {
        figure.says = "There are no cards yet.".into();
        return figure.without();
    }
    figure.says = match cards.leeches {
        0 => format!("{}.", count(cards.cards, "card")),
        1 => format!("{}, one of them a leech: forgotten again and again.", count(cards.cards, "card")),
        leeches => {
            format!("{}, {} of them leeches: forgotten again and again.", count(cards.cards, "card"), number(leeches))
        }
    };
    if first.whole > 0 {
        figure.says +=
            &format!(" At the first attempt, {} of {} were right.", sure(first), count(first.whole, "question"));
    }
    figure.with(&picture(cards), &[], &table(cards))
}

fn rows(cards: &CardFigures) -> [(&'static str, usize); 4] {
    [
        ("in review", cards.review),
        ("in learning steps", cards.learning),
        ("not seen yet", cards.new),
        ("suspended", cards.suspended),
    ]
}

fn picture(cards: &CardFigures) -> Picture {
    let rows = rows(cards);
    // Names stand from the bottom up.
    let names = rows.iter().rev().map(|(name, _)| (*name).to_owned()).collect();
    let most = rows.iter().map(|(_, cards)| *cards).max().unwrap_or(0);
    let mut picture = Picture::framed(Axis::counts(most), Axis::names(names), (112.0, 92.0), 200.0);
    for (at, (_, some)) in (1..=4).rev().zip(rows) {
        bars::lying(&mut picture, f64::from(at), &[(some as f64, ink::FIRST)]);
        let words = format!("{} ({})", number(some), share(Some(some as f64 / cards.cards as f64)));
        picture.words((some as f64, f64::from(at)), (6.0, 4.0), Side::Right, &words);
    }
    picture
}

fn table(cards: &CardFigures) -> Table {
    let mut table = Table::new("The cards").short("cards").numbers("how many");
    for (name, some) in rows(cards) {
        table.row([name.to_owned(), number(some)]);
    }
    table.row(["leeches (among the others)".to_owned(), number(cards.leeches)]);
    table
}
