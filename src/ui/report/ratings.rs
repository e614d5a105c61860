//! How answers were rated.

use super::frame::{Axis, Picture, Side};
use super::markup::{Figure, Table};
use super::numbers::{count, number, share};
use super::{bars, ink};
use crate::stats::overview::Mix;

/// The figure of the ratings.
pub(super) fn figure(mix: &Mix) -> String {
    let mut figure = Figure { id: "ratings", heading: "Ratings", says: String::new(), wide: false };
    let all = mix.again + mix.hard + mix.good + mix.easy;
    if all == 0 {
        figure.says = "There are no answers in this period.".into();
        return figure.without();
    }
    figure.says = format!("{}, practice aside.", count(all, "answer"));
    let mut colours = Vec::new();
    if mix.guessed > 0 {
        figure.says += &format!(" {} right, and called guesses, so they were rated again.", were(mix.guessed));
        colours = vec![("first", "as it came"), ("second", "right, but a guess")];
    }
    figure.with(&picture(mix, all), &colours, &table(mix, all))
}

fn were(count: usize) -> String {
    if count == 1 { "1 was".into() } else { format!("{} were", number(count)) }
}

fn rows(mix: &Mix) -> [(&'static str, usize, usize); 4] {
    let guessed = mix.guessed.min(mix.again);
    [("again", mix.again - guessed, guessed), ("hard", mix.hard, 0), ("good", mix.good, 0), ("easy", mix.easy, 0)]
}

fn picture(mix: &Mix, all: usize) -> Picture {
    let rows = rows(mix);
    // Names stand from the bottom up.
    let names = rows.iter().rev().map(|(name, ..)| (*name).to_owned()).collect();
    let most = rows.iter().map(|(_, plain, guessed)| plain + guessed).max().unwrap_or(0);
    let mut picture = Picture::framed(Axis::counts(most), Axis::names(names), (56.0, 96.0), 170.0);
    for (at, (_, plain, guessed)) in (1..=4).rev().zip(rows) {
        let sum = plain + guessed;
        bars::lying(&mut picture, f64::from(at), &[(plain as f64, ink::FIRST), (guessed as f64, ink::SECOND)]);
        let words = format!("{} ({})", number(sum), share(Some(sum as f64 / all as f64)));
        picture.words((sum as f64, f64::from(at)), (6.0, 4.0), Side::Right, &words);
    }
    picture
}

fn table(mix: &Mix, all: usize) -> Table {
    let mut table = Table::new("Ratings").words("rating").numbers("answers").numbers("share");
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
