//! The ratings of answers.

use super::figure::Figure;
use super::frame::{Axis, Drawing};
use super::markup::ReportTable;
use super::numbers::{count, number, share};
use super::{bars, ink};
use crate::stats::overview::RatingMix;

/// The figure of the ratings.
pub(super) fn figure(mix: &RatingMix) -> String {
    let figure = Figure::new("ratings", "Ratings");
    let all = mix.again + mix.hard + mix.good + mix.easy;
    if all == 0 {
        return figure.without("There are no answers in this period.");
    }
    let mut says = format!("{}, practice aside.", count(all, "answer"));
    let mut colours = Vec::new();
    if mix.guessed > 0 {
        says += &format!(" {} right, and called guesses, so they were rated again.", were(mix.guessed));
        colours = vec![("first", "as it came"), ("second", "right, but a guess")];
    }
    figure.with(&says, &picture(mix, all), &colours, &table(mix, all))
}

fn were(count: usize) -> String {
    if count == 1 { "1 was".into() } else { format!("{} were", number(count)) }
}

fn rows(mix: &RatingMix) -> [(&'static str, usize, usize); 4] {
    let guessed = mix.guessed.min(mix.again);
    [("again", mix.again - guessed, guessed), ("hard", mix.hard, 0), ("good", mix.good, 0), ("easy", mix.easy, 0)]
}

fn picture(mix: &RatingMix, all: usize) -> Drawing {
    let rows = rows(mix);
    let names = rows.iter().rev().map(|(name, ..)| (*name).to_owned()).collect();
    let most = rows.iter().map(|(_, plain, guessed)| plain + guessed).max().unwrap_or(0);
    let mut picture = Drawing::framed(Axis::counts(most), Axis::names(names), (56.0, 96.0), 170.0);
    for (at, (_, plain, guessed)) in (1..=4).rev().zip(rows) {
        bars::counted(&mut picture, f64::from(at), &[(plain, ink::FIRST), (guessed, ink::SECOND)], all);
    }
    picture
}

fn table(mix: &RatingMix, all: usize) -> ReportTable {
    let mut table = ReportTable::new("Ratings").words("rating").numbers("answers").numbers("share");
    for (name, plain, guessed) in rows(mix) {
        table.row([name.to_owned(), number(plain + guessed), share(Some((plain + guessed) as f64 / all as f64))]);
    }
    table.row([
        "again, though right: a guess".to_owned(),
        number(mix.guessed),
        share(Some(mix.guessed as f64 / all as f64)),
    ]);
    table
}
