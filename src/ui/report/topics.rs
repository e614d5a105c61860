//! Topics, the weakest first.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::figure::Figure;
use super::frame::{Axis, Drawing, WordSide};
use super::markup::{ReportTable, clean};
use super::numbers::{NONE, count, number, share, sure};
use super::{bars, ink};
use crate::stats::overview::TopicFigures;

/// The most topics that are drawn; the table has all.
const MOST: usize = 20;
/// Columns of the name left of a bar.
const NAME: usize = 22;

/// The figure of the topics, which come with the weakest first.
pub(super) fn figure(topics: &[TopicFigures]) -> String {
    let figure = Figure::new("topics", "Topics").wide();
    let shown: Vec<&TopicFigures> = topics.iter().filter(|topic| topic.expected_score.is_some()).take(MOST).collect();
    if shown.is_empty() {
        return figure.without("There is too little to tell yet.");
    }
    let which = if shown.len() < topics.len() {
        format!("The {} weakest of {}", number(shown.len()), count(topics.len(), "topic"))
    } else {
        "The weakest first".into()
    };
    let says = format!(
        "{which}: the score that is expected if all questions of the topic were asked on that day, those not seen yet among them. \
         Of a faint bar, no question was answered yet."
    );
    let colours = [("first", "answered in part or whole"), ("faint", "not answered yet")];
    figure.with(&says, &picture(&shown), &colours, &table(topics))
}

fn picture(topics: &[&TopicFigures]) -> Drawing {
    let names: Vec<String> = topics.iter().rev().map(|topic| fit(&name(topic))).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let height = 40.0 + 20.0 * topics.len() as f64;
    let scores = Axis::numbers(0.0, 1.0, 0.2, crate::ui::words::share);
    let mut picture = Drawing::framed(scores, Axis::names(names), (20.0 + widest as f64 * 6.8, 46.0), height);
    for (at, topic) in (1..=topics.len()).rev().zip(topics) {
        let score = topic.expected_score.unwrap_or(0.0);
        let colour = if topic.seen > 0 { ink::FIRST } else { ink::FAINT };
        bars::lying(&mut picture, at as f64, &[(score, colour)]);
        picture.words((score, at as f64), (6.0, 4.0), WordSide::Right, &share(topic.expected_score));
    }
    picture
}

/// The name of a topic, or a description if it has none.
fn name(topic: &TopicFigures) -> String {
    let deck = || format!("{}, without a topic", clean(&topic.deck, 60));
    topic.topic.as_deref().map_or_else(deck, |name| clean(name, 120))
}

/// A name cut to the room left of its bar.
fn fit(name: &str) -> String {
    if name.width() <= NAME {
        return name.into();
    }
    let mut columns = 0;
    let mut text: String = name
        .chars()
        .take_while(|char| {
            columns += char.width().unwrap_or(0);
            columns < NAME
        })
        .collect();
    text.truncate(text.trim_end().len());
    text + "…"
}

fn table(topics: &[TopicFigures]) -> ReportTable {
    let mut table = ReportTable::new("Topics, the weakest first")
        .words("topic")
        .words("deck")
        .numbers("expected score")
        .numbers("seen")
        .numbers("answers")
        .numbers("right")
        .numbers("first try right (95 %)")
        .numbers("retention")
        .numbers("recall now")
        .numbers("due");
    for topic in topics {
        let name = topic.topic.as_deref().map_or_else(|| NONE.into(), |name| clean(name, 120));
        table.row([
            name,
            clean(&topic.deck, 60),
            share(topic.expected_score),
            format!("{} of {}", number(topic.seen), number(topic.questions)),
            number(topic.answers),
            share(topic.accuracy),
            sure(&topic.first_attempts),
            share(topic.retention),
            share(topic.mean_retrievability),
            number(topic.due),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_beside_their_bars() {
        for (name, fitted) in [
            ("Routing", "Routing"),
            ("Border Gateway Protocol, path selection", "Border Gateway Protoc…"),
            ("子网掩码和默认网关以及更多的内容", "子网掩码和默认网关以…"),
        ] {
            assert_eq!(fit(name), fitted);
            assert!(fit(name).width() <= NAME);
        }
    }
}
