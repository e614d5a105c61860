//! The report: all figures of an [`Overview`] as one HTML file, with drawings.
//!
//! The file is self-contained: it loads nothing, runs nothing, and can be sent, printed and kept.

mod bars;
mod calibration;
mod cards;
mod daily;
mod figure;
mod forecast;
mod frame;
mod hours;
mod ink;
mod markup;
mod numbers;
mod points;
mod questions;
mod ratings;
mod retention;
mod spans;
mod spread;
mod summary;
mod topics;
mod year;

use std::fmt::Write;

use crate::stats::overview::{About, Overview, Period};
use markup::{clean, escape};
use numbers::date;

const STYLE: &str = include_str!("style.css");

/// Nothing may be loaded or sent, not even by mistake.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A question that the report answers, with its figures.
struct ReportPart {
    id: &'static str,
    question: &'static str,
    body: String,
}

/// What a report says of itself near its beginning: by this a file is known as one that may be replaced.
pub const MARK: &str = "<meta name=\"generator\" content=\"retain stats\"/>";
/// The mark is within this many bytes.
pub const HEAD_BYTES: u64 = 4_096;

/// The report as an HTML document that is also well-formed XML. Texts of banks are plain text in it.
pub fn html(overview: &Overview) -> String {
    let about = &overview.about;
    let title = about.deck.as_deref().map_or_else(|| "All decks".into(), |deck| clean(deck, 120));
    let title = escape(&title);
    let parts = parts(overview);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n{MARK}\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <title>{title}, {}: retain</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">To the figures</a>\n\
         <header>\n<p class=\"kind\">Report of {}</p>\n<h1 dir=\"auto\">{title}</h1>\n",
        about.today,
        date(about.today),
    );
    for line in scope(about) {
        let _ = writeln!(page, "<p>{}</p>", escape(&line));
    }
    page += &summary::tiles(overview);
    page += "<nav aria-label=\"Questions\"><ul>";
    for part in &parts {
        let _ = write!(page, "<li><a href=\"#{}\">{}</a></li>", part.id, escape(part.question));
    }
    page += "</ul></nav>\n</header>\n<main id=\"main\">\n";
    for ReportPart { id, question, body } in &parts {
        let _ = write!(
            page,
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n<div class=\"cards\">\n{body}</div>\n</section>\n",
            escape(question)
        );
    }
    page + "</main>\n<footer>\n<p>Made by retain. The figures are explained in its documentation, in the chapter on \
            statistics; shares come with their 95 % interval (Wilson), and an unknown value is a dash.</p>\n</footer>\n\
            </body>\n</html>\n"
}

fn parts(overview: &Overview) -> [ReportPart; 5] {
    let (activity, cards, items, calibration) =
        (&overview.activity, &overview.cards, &overview.items, &overview.calibration);
    let part = |id, question, body: Vec<String>| ReportPart { id, question, body: body.concat() };
    [
        part(
            "track",
            "Am I on track?",
            vec![year::figure(&activity.year), retention::figure(&activity.retention), daily::figure(activity)],
        ),
        part("unknown", "What do I not know?", vec![topics::figure(&items.topics), questions::hardest(items)]),
        part(
            "trips",
            "What keeps tripping me?",
            vec![
                questions::confusions(items),
                questions::keys(items),
                ratings::figure(&activity.ratings),
                hours::figure(&activity.hours),
            ],
        ),
        part(
            "work",
            "How much work is coming?",
            vec![
                cards::figure(cards, &items.first_attempts),
                forecast::figure(&cards.forecast),
                spread::figure(&cards.intervals, spread::INTERVALS),
                spread::figure(&cards.stability, spread::STABILITY),
                spread::figure(&cards.difficulty, spread::DIFFICULTY),
                spread::figure(&cards.retrievability, spread::RETRIEVABILITY),
            ],
        ),
        part(
            "trust",
            "Can I trust the numbers?",
            vec![
                calibration::figure(calibration),
                calibration::methods(calibration),
                calibration::rapid(items),
                questions::sureness(items),
            ],
        ),
    ]
}

/// The scope of the figures, in lines.
fn scope(about: &About) -> Vec<String> {
    let mut lines = Vec::new();
    for (what, names) in [("topics", &about.topics), ("tags", &about.tags)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| clean(name, 60)).collect();
            lines.push(format!("Only the {what}: {}", names.join(", ")));
        }
    }
    lines.push(if about.period == about.long_period {
        format!("All answers {}; cards as they are on {}.", days(&about.period), date(about.today))
    } else {
        format!(
            "Answers, retention, ratings and hours {}; topics, questions and calibration {}; cards as they are on {}.",
            days(&about.period),
            days(&about.long_period),
            date(about.today)
        )
    });
    lines
}

/// `from 25 Oct 2026 to 23 Nov 2026`, `up to 23 Nov 2026`.
fn days(period: &Period) -> String {
    match period.from {
        Some(from) => format!("from {} to {}", date(from), date(period.to)),
        None => format!("up to {}", date(period.to)),
    }
}

#[cfg(test)]
mod tests;
