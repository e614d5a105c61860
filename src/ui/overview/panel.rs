//! A panel of the dashboard: a heading, then lines.

use super::line::{PaintedLine, Tone};
use crate::model::StudyDay;
use crate::stats::overview::Overview;
use crate::ui::chart::ColumnChart;
use crate::ui::paint::Paint;
use crate::ui::rich;

/// A panel, built line by line.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    lines: Vec<PaintedLine>,
    /// In columns.
    pub(super) width: usize,
}

impl Panel {
    /// With a heading, for a screen of `width` columns.
    pub(super) fn new(heading: &str, width: usize) -> Self {
        let lines = rich::rows(heading, width).into_iter().map(|row| PaintedLine::toned(row, Tone::Strong)).collect();
        Self { lines, width }
    }

    /// Without a heading.
    pub(super) fn bare(width: usize) -> Self {
        Self { lines: Vec::new(), width }
    }

    /// Adds sentences, wrapped.
    pub(super) fn say(self, sentences: &str) -> Self {
        self.says(sentences, Tone::Plain)
    }

    /// Adds sentences in a tone, wrapped. Adds nothing if there are no words.
    pub(super) fn says(self, sentences: &str, look: Tone) -> Self {
        self.hang("", sentences, look)
    }

    /// Adds a text after a label; further rows are indented below the first. A blank label without words adds nothing.
    pub(super) fn hang(self, label: &str, text: &str, look: Tone) -> Self {
        let rows = rich::rows(text, self.width.saturating_sub(rich::columns(label)));
        self.hang_rows(label, rows, look)
    }

    /// The same in at most `most` rows; a longer text is cut.
    pub(super) fn hang_most(self, label: &str, text: &str, look: Tone, most: usize) -> Self {
        let room = self.width.saturating_sub(rich::columns(label));
        let mut rows = rich::rows(text, room);
        if rows.len() > most {
            rows.truncate(most);
            if let Some(last) = rows.last_mut() {
                *last = rich::cut(&format!("{last} …"), room.max(1));
                if !last.ends_with('…') {
                    last.push('…');
                }
            }
        }
        self.hang_rows(label, rows, look)
    }

    fn hang_rows(mut self, label: &str, rows: Vec<String>, look: Tone) -> Self {
        if label.trim().is_empty() && rows.iter().all(String::is_empty) {
            return self;
        }
        let indent = " ".repeat(rich::columns(label));
        for (number, row) in rows.into_iter().enumerate() {
            let lead = if number == 0 { label } else { &indent };
            self.lines.push(PaintedLine::plain(lead).and(row, look));
        }
        self
    }

    /// Adds pieces after a label, separated by `between`. A piece is wrapped only if it is wider than a row.
    pub(super) fn list(self, label: &str, pieces: &[String], between: &str, look: Tone) -> Self {
        let room = self.width.saturating_sub(rich::columns(label));
        let mut rows: Vec<String> = Vec::new();
        for (number, piece) in pieces.iter().enumerate() {
            let piece = rich::line(piece) + if number + 1 < pieces.len() { between } else { "" };
            match rows.last_mut() {
                Some(last) if rich::columns(last) + rich::columns(piece.trim_end()) <= room => last.push_str(&piece),
                _ if rich::columns(piece.trim_end()) <= room => rows.push(piece),
                _ => {
                    rows.extend(rich::rows(&piece, room));
                    if let Some(last) = rows.last_mut() {
                        last.push(' ');
                    }
                }
            }
        }
        self.hang_rows(label, rows, look)
    }

    /// Adds a line.
    pub(super) fn line(mut self, line: PaintedLine) -> Self {
        self.lines.push(line);
        self
    }

    /// Adds lines.
    pub(super) fn draw(mut self, lines: impl IntoIterator<Item = PaintedLine>) -> Self {
        self.lines.extend(lines);
        self
    }

    /// Adds a chart.
    pub(super) fn chart(self, chart: &ColumnChart) -> Self {
        self.draw(chart_lines(chart))
    }

    /// The panel as text, with line ends.
    pub(super) fn text(&self, paint: Paint) -> String {
        self.lines.iter().map(|line| line.painted(paint, self.width) + "\n").collect()
    }
}

/// The lines of a chart.
pub(super) fn chart_lines(chart: &ColumnChart) -> impl Iterator<Item = PaintedLine> + use<> {
    let (rows, ticks) = chart.lines();
    rows.into_iter().map(PaintedLine::plain).chain(ticks.map(|ticks| PaintedLine::toned(ticks, Tone::Dim)))
}

/// A day without its year: `23 Nov`.
pub(super) fn brief_day(day: StudyDay) -> String {
    day.date().format("%-d %b").to_string()
}

/// Minutes in a fitting unit: `7.6 minutes`, `43 minutes`, `3.6 hours`.
pub(super) fn minutes(minutes: f64) -> String {
    match minutes {
        minutes if !minutes.is_finite() || minutes < 0.05 => "less than a minute".into(),
        minutes if minutes < 9.95 => format!("{minutes:.1} minutes"),
        minutes if minutes < 119.5 => format!("{minutes:.0} minutes"),
        minutes => format!("{:.1} hours", minutes / 60.0),
    }
}

/// A share with tenths of a per cent, for comparisons: `87.9 %`.
pub(super) fn tenths(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// An interval of shares in per cent, if there is one: `85–90 %`.
pub(super) fn interval(low: Option<f64>, high: Option<f64>) -> Option<String> {
    let (low, high) = (low?, high?);
    Some(format!("{:.0}–{:.0} %", low * 100.0, high * 100.0))
}

/// A command for the shown deck, as it is typed.
pub(super) fn command(name: &str, overview: &Overview) -> String {
    match overview.about.deck.as_deref().map(rich::line) {
        None => format!("`{name}`"),
        Some(deck) => format!("`{name} {}`", shlex::try_quote(&deck).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_a_heading_and_wrapped_lines() {
        let part = Panel::new("questions", 12).say("One sentence of words.").hang(" 1. ", "What is it?", Tone::Dim);
        assert_eq!(part.text(Paint::new(false)), "questions\nOne sentence\nof words.\n 1. What is\n    it?\n");
    }

    #[test]
    fn a_long_text_ends_where_its_rows_end() {
        let part = Panel::new("x", 12).hang_most("- ", "one two three four five six seven", Tone::Plain, 2);
        assert_eq!(part.text(Paint::new(false)), "x\n- one two\n  three fou…\n");
        let exact = Panel::new("x", 12).hang_most("- ", "aaaaaaaaaa bbbbbbbbbb cc", Tone::Plain, 2);
        assert_eq!(exact.text(Paint::new(false)), "x\n- aaaaaaaaaa\n  bbbbbbbbb…\n");
    }

    #[test]
    fn pieces_of_a_list_stay_whole() {
        let pieces = ["43 answers", "8 new", "31 reviews", "a piece that is too long"].map(String::from);
        let part = Panel::bare(21).list("x ", &pieces, ", ", Tone::Plain);
        assert_eq!(
            part.text(Paint::new(false)),
            "x 43 answers, 8 new,\n  31 reviews,\n  a piece that is too\n  long\n"
        );
    }

    #[test]
    fn minutes_in_words() {
        assert_eq!(
            [0.0, 0.44, 7.64, 43.2, 214.3, f64::NAN].map(minutes),
            ["less than a minute", "0.4 minutes", "7.6 minutes", "43 minutes", "3.6 hours", "less than a minute"]
        );
    }
}
