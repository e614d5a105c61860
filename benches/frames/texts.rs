//! Texts read and laid out, ordinary and nasty ones.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ratatui::style::Style;
use retain::model::Markup;
use retain::ui::rich::Text;
use retain::ui::theme::{Theme, ThemeName};

use crate::measure::FRAME;

/// More than this many times linear time is a fault.
const MOST: f64 = 10.0;

/// A stem of `length` characters at least: paragraphs with emphasis and formulas, code, a list, a table.
pub fn stem(length: usize) -> String {
    let mut text = String::new();
    while text.len() < length {
        text.push_str(
            "A **service** reads `events` from a queue and writes rows; under load, *some* rows are written twice. \
             The loss is $\\frac{1}{n} \\sum_{i=1}^{n} (y_i - \\hat{y}_i)^2$ per batch. Which change makes it [idempotent](https://example.org)?\n\n\
             ```rust\nfn write(rows: &[Row]) -> Result<usize> {\n    let mut seen = HashSet::new(); // by id\n    \
             rows.iter().filter(|row| seen.insert(row.id)).map(|row| store(row, \"rows\")).sum()\n}\n```\n\n\
             - the queue delivers *at least* once\n- the table has no key\n\n\
             | column | type | meaning |\n|---|:-:|--:|\n| `id` | integer | given by the producer, never reused |\n| `at` | text | when |\n\n",
        );
    }
    text
}

const MARKUPS: [(&str, Markup); 3] = [("plain", Markup::Plain), ("markdown", Markup::Markdown), ("html", Markup::Html)];

/// Parts that are repeated: signs that nest, that are never closed, or that are looked for in vain.
const NASTY: [&str; 40] = [
    "> ",
    "- ",
    "* a\n",
    "[",
    "![",
    "![a](",
    "`",
    "``a",
    "``` ",
    "```rust\n",
    "$",
    "$$",
    "$a ",
    r"\(",
    r"\\(",
    r"\(a $ ",
    "<",
    "<b>",
    "<b> </b>",
    "<td>",
    "<ul><li>",
    "<table>",
    "<table><tr><td>",
    "<td><ul>",
    "<td></ul>",
    "<a href=x>",
    "</b>",
    "<!--",
    "&",
    "**a",
    "_a_ ",
    "|",
    "\u{301}",
    "\u{202e}",
    "א ",
    "क्",
    "<sup>",
    "~~",
    "\\\"'",
    "( ",
];

fn best(mut work: impl FnMut()) -> Duration {
    let mut least = Duration::MAX;
    let begin = Instant::now();
    for round in 0.. {
        let start = Instant::now();
        work();
        least = least.min(start.elapsed());
        if round >= 3 && begin.elapsed() > Duration::from_millis(60) {
            break;
        }
    }
    least
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// Whether a stem of 5,000 characters at 80 columns is read and laid out within a frame.
pub fn stems_fit() -> bool {
    let theme = Theme::named(ThemeName::Dark);
    let text = stem(5_000);
    println!("{:34} {:>12} {:>12} {:>12}", "a stem at 80 columns", "first, µs", "read, µs", "laid, µs");
    let mut fits = true;
    for (name, markup) in MARKUPS {
        let start = Instant::now();
        black_box(Text::parse(&text, markup).lines(80, &theme, Style::new()));
        let first = start.elapsed();
        let read = best(|| drop(black_box(Text::parse(black_box(&text), markup))));
        let parsed = Text::parse(&text, markup);
        let laid = best(|| drop(black_box(parsed.lines(80, &theme, Style::new()))));
        println!(
            "{:34} {:>12.0} {:>12.0} {:>12.0}",
            format!("{name}, {} characters", text.len()),
            micros(first),
            micros(read),
            micros(laid)
        );
        fits &= first < FRAME && read + laid < FRAME;
    }
    fits
}

/// Whether texts that are made to be nasty take about linear time.
pub fn nasty_ones_are_linear() -> bool {
    let theme = Theme::named(ThemeName::Dark);
    println!("\n{:34} {:>12} {:>12} {:>8}", "nasty texts, over linear time", "20 kB, µs", "200 kB, µs", "ratio");
    let mut worst: f64 = 0.0;
    for part in NASTY {
        for (name, markup) in MARKUPS {
            let time = |size: usize| {
                let text = part.repeat(size / part.len());
                best(|| drop(black_box(Text::parse(&text, markup).lines(80, &theme, Style::new()))))
            };
            let (short, long) = (time(20_000), time(200_000));
            let ratio = long.as_secs_f64() / short.as_secs_f64().max(1e-5) / 10.0;
            if ratio > 2.0 || long > Duration::from_millis(500) {
                println!(
                    "{:34} {:>12.0} {:>12.0} {ratio:>8.2}",
                    format!("{name}, {}", part.escape_debug()),
                    micros(short),
                    micros(long)
                );
            }
            worst = worst.max(ratio);
        }
    }
    println!("worst ratio: {worst:.2}");
    worst <= MOST
}
