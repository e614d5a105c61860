//! What was measured, beside what is to be held, the bare limit, and the last figures that were kept.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// A row that takes this much more of its bare limit than last time is shown as slower.
const SLOWER: f64 = 1.2;

/// The figures of a run.
pub struct Record {
    /// Ratios to the bare limit by row, as they were kept.
    last: HashMap<String, f64>,
    kept: String,
    slower: Vec<String>,
    file: PathBuf,
}

impl Record {
    /// Reads the figures that were kept for this shape and size.
    pub fn new(name: &str) -> Self {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/floor/kept").join(format!("{name}.csv"));
        let text = fs::read_to_string(&file).unwrap_or_default();
        let row = |line: &str| {
            let (row, rest) = line.split_once(',')?;
            Some((row.to_owned(), rest.rsplit(',').next()?.parse().ok()?))
        };
        Self {
            last: text.lines().skip(1).filter_map(row).collect(),
            kept: "row,figure,of bare\n".into(),
            slower: Vec::new(),
            file,
        }
    }

    /// A heading.
    pub fn section(&self, title: &str) {
        println!("\n{title:<46} {:>10}   {:>9}   {:>9}   {:>9}", "measured", "of limit", "of bare", "last");
    }

    /// A time. `hold_ms` is what is to be held; `bare` is the limit that the machine sets.
    pub fn time(&mut self, row: &str, took: Duration, hold_ms: Option<f64>, bare: Duration) {
        let ms = took.as_secs_f64() * 1_000.0;
        let of_bare = took.as_secs_f64() / bare.as_secs_f64().max(1e-9);
        let figure = if ms < 10.0 { format!("{ms:.2} ms") } else { format!("{ms:.0} ms") };
        self.row(row, &figure, hold_ms.map(|hold| ms / hold), of_bare);
    }

    /// A count that does not depend on how busy the machine is: megabytes, syncs.
    pub fn count(&mut self, row: &str, figure: Option<f64>, unit: &str, hold: Option<f64>) {
        match figure {
            Some(figure) => self.row(row, &format!("{figure:.1} {unit}"), hold.map(|hold| figure / hold), figure),
            None => println!("{row:<46} {:>10}", "not seen"),
        }
    }

    fn row(&mut self, row: &str, figure: &str, of_limit: Option<f64>, of_bare: f64) {
        let last = self.last.get(row).copied();
        let _ = writeln!(self.kept, "{row},{figure},{of_bare:.3}");
        let (limit, before) = (
            of_limit.map_or(String::new(), |ratio| format!("{ratio:.2}")),
            last.map_or(String::new(), |last| format!("{last:.2}")),
        );
        let mark = if last.is_some_and(|last| of_bare > last * SLOWER) { "  slower" } else { "" };
        if !mark.is_empty() {
            self.slower.push(row.to_owned());
        }
        println!("{row:<46} {figure:>10}   {limit:>9}   {of_bare:>9.2}   {before:>9}{mark}");
    }

    /// Says what became slower; with `keep`, writes the figures for the next run.
    pub fn end(self, keep: bool) {
        if keep {
            fs::create_dir_all(self.file.parent().unwrap()).unwrap();
            fs::write(&self.file, &self.kept).unwrap();
            println!("\nkept in {}", self.file.display());
        } else if self.last.is_empty() {
            println!("\nno figures are kept for this shape and size; `--keep` keeps these");
        }
        if !self.slower.is_empty() {
            println!("\n{} rows take over a fifth more than last time: {}", self.slower.len(), self.slower.join("; "));
        }
    }
}

/// The median of some measurements.
pub fn several(times: usize, measure: impl FnMut() -> Duration) -> Duration {
    let mut all: Vec<Duration> = std::iter::repeat_with(measure).take(times).collect();
    all.sort();
    all[all.len() / 2]
}
