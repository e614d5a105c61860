//! What each row costs over the size, as a picture: three sizes, each ten times the one before.

use std::fs;
use std::path::Path;

use kuva::prelude::*;

use crate::generator::{BankShape, LogShape};
use crate::ground::Ground;
use crate::record::several;

/// The rows of the picture, and the most that ten times the size may multiply each by: batch jobs grow as the size does, and what people wait for stays.
const ROWS: [(&str, f64); 8] = [
    ("import of the table", 10.0),
    ("import of the history", 10.0),
    ("rebuild", 10.0),
    ("check", 10.0),
    ("stats", 10.0),
    ("package out", 10.0),
    ("start to the first question", 1.9),
    ("an answer, durable", 1.9),
];
const COLOURS: [&str; 8] = ["#4477aa", "#66ccee", "#228833", "#ccbb44", "#ee6677", "#aa3377", "#555555", "#000000"];
const PICTURE: &str = "docs/pictures/growth.svg";

/// The times of the rows at one size, in milliseconds.
fn at(shape: BankShape, log: LogShape, cards: usize, answers: usize) -> [f64; ROWS.len()] {
    let ground = Ground::new(shape, log, cards, answers);
    let ms = |args: &[&str]| ground.run(args).took.as_secs_f64() * 1_000.0;
    let table = ms(&["import", "table.csv", "--db", "table.db", "--yes", "-q"]);
    ground.run(&["import", "bank.txt", "--yes", "-q"]);
    let history = ms(&["import", "history.csv", "--yes", "-q"]);
    let batch =
        [&["rebuild", "-q"][..], &["check", "-q"], &["stats", "-q"], &["anki", "export", "all.apkg", "-q"]].map(ms);
    let start = several(9, || ground.first_question()).as_secs_f64() * 1_000.0;
    let (mut all, _) = ground.answers((cards / 20).clamp(10, 200));
    all.sort();
    let answer = all[all.len() / 2].as_secs_f64() * 1_000.0;
    let [rebuild, check, stats, package] = batch;
    [table, history, rebuild, check, stats, package, start, answer]
}

/// Measures three sizes up to this one, prints them, and draws them.
pub fn draw(shape: BankShape, log: LogShape, cards: usize, answers: usize) {
    let sizes = [100, 10, 1].map(|part| (cards / part, answers / part));
    let times = sizes.map(|(cards, answers)| at(shape, log, cards, answers));
    println!("{:<32} {:>12} {:>12} {:>12}   times per ten times the size", "cards", sizes[0].0, sizes[1].0, sizes[2].0);
    for (row, (name, most)) in ROWS.iter().enumerate() {
        let [first, second, third] = times.map(|times| times[row]);
        let (one, two) = (second / first, third / second);
        let mark = if one.max(two) > *most { "  grows faster" } else { "" };
        println!("{name:<32} {first:>9.2} ms {second:>9.2} ms {third:>9.2} ms   {one:.1}, {two:.1}{mark}");
    }
    let lines: Vec<Plot> = ROWS
        .iter()
        .enumerate()
        .map(|(row, (name, _))| {
            let points = sizes.iter().zip(&times).map(|((cards, _), times)| (*cards as f64, times[row]));
            LinePlot::new().with_data(points).with_color(COLOURS[row]).with_stroke_width(2.0).with_legend(*name).into()
        })
        .collect();
    let layout = Layout::auto_from_plots(&lines)
        .with_log_scale()
        .with_title("cost over size")
        .with_x_label("cards, with ten answers each")
        .with_y_label("milliseconds");
    let picture = render_to_svg(lines, layout);
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(PICTURE), picture).unwrap();
    println!("\ndrawn in {PICTURE}");
}
