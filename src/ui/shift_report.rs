//! What a plan moves: due dates before and after as blocks, and as JSON Lines.

use serde::Serialize;

use super::words;
use crate::error::{Error, Result};
use crate::model::StudyDay;
use crate::study::{MoveFigures, Moved};

/// Rows of the picture at the most.
const ROWS: u32 = 16;
/// Days in a row of the picture, from which the smallest that fits is taken.
const STEPS: [u32; 7] = [1, 2, 7, 14, 30, 91, 365];
/// Blocks of the longest bar.
const BAR: u64 = 24;

fn earlier(figures: &MoveFigures) -> usize {
    figures.moves.iter().filter(|moved| moved.to < moved.from).count()
}

/// The plan for people, readable at 80 columns without colour.
pub fn text(figures: &MoveFigures) -> String {
    let (moves, earlier) = (figures.moves.len(), earlier(figures));
    let mut text = format!(
        "{} in review: {earlier} earlier, {} later, {} unchanged\n",
        words::count(figures.cards as u64, "card"),
        moves - earlier,
        figures.cards - moves
    );
    if moves == 0 {
        return text;
    }
    if let Some((before, after)) = figures.recall {
        text += &format!(
            "recall of the moved cards when asked: {:.1} % before, {:.1} % after\n",
            before * 100.0,
            after * 100.0
        );
    }
    text + "\n" + &picture(figures)
}

/// The days on which anything is moved, in rows of so many days that they fit.
fn picture(figures: &MoveFigures) -> String {
    let touched = |moved: &Moved| [moved.from.max(figures.today), moved.to.max(figures.today)];
    let days = || figures.moves.iter().flat_map(touched);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return String::new() };
    let span = last.since(first) + 1;
    let step = STEPS.into_iter().find(|step| span.div_ceil(*step) <= ROWS).unwrap_or(span.div_ceil(ROWS));
    let rows: Vec<(StudyDay, u64, u64)> = (0..span.div_ceil(step))
        .map(|row| {
            let (from, until) = (first.plus(row * step), first.plus((row + 1) * step));
            let within = figures.days.iter().filter(|(day, _)| (from..until).contains(day));
            let sums = within.fold((0, 0), |(a, b), (_, (before, after))| (a + before, b + after));
            (from, sums.0, sums.1)
        })
        .collect();
    let most = rows.iter().flat_map(|(_, before, after)| [*before, *after]).max().unwrap_or(0).max(1);
    let head = if step == 1 { "due" } else { "due from" };
    let mut text = format!("{head:<10} {:>6} {:<24} {:>6}\n", "before", "", "after");
    for (day, before, after) in rows {
        let name = if day == figures.today && step == 1 { "today".into() } else { day.to_string() };
        let line = format!("{name:<10} {before:>6} {:<24} {after:>6} {}", bar(before, most), bar(after, most));
        text += &format!("{}\n", line.trim_end());
    }
    text
}

fn bar(count: u64, most: u64) -> String {
    // The last block in eighths.
    let eighths = (count * BAR * 8).div_ceil(most);
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][(eighths % 8) as usize];
    "█".repeat((eighths / 8) as usize) + part
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Move {
        card: String,
        from: String,
        to: String,
        recall_before: f64,
        recall_after: f64,
    },
    Day {
        day: String,
        before: u64,
        after: u64,
    },
    Undone {
        command: &'a str,
        cards: usize,
        applied: bool,
    },
    Summary {
        command: &'a str,
        cards: usize,
        earlier: usize,
        later: usize,
        unchanged: usize,
        recall_before: Option<f64>,
        recall_after: Option<f64>,
        applied: bool,
    },
}

/// The plan for programs: a line for each move and for each day, and a summary. `applied` says whether the cards are moved now.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn json(figures: &MoveFigures, applied: bool) -> Result<String> {
    let moves = figures.moves.iter().map(|moved| Line::Move {
        card: moved.uid.to_string(),
        from: moved.from.to_string(),
        to: moved.to.to_string(),
        recall_before: moved.recall.0,
        recall_after: moved.recall.1,
    });
    let days = figures.days.iter().map(|(day, (before, after))| Line::Day {
        day: day.to_string(),
        before: *before,
        after: *after,
    });
    let earlier = earlier(figures);
    let summary = Line::Summary {
        command: figures.command,
        cards: figures.cards,
        earlier,
        later: figures.moves.len() - earlier,
        unchanged: figures.cards - figures.moves.len(),
        recall_before: figures.recall.map(|recall| recall.0),
        recall_after: figures.recall.map(|recall| recall.1),
        applied,
    };
    let mut text = String::new();
    for line in moves.chain(days).chain([summary]) {
        text += &written(&line)?;
    }
    Ok(text)
}

/// That so many cards are moved back, for programs.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn undone(command: &str, cards: usize, applied: bool) -> Result<String> {
    written(&Line::Undone { command, cards, applied })
}

fn written(line: &Line<'_>) -> Result<String> {
    let line = serde_json::to_string(line).map_err(|error| Error::fault(format!("cannot write JSON: {error}")))?;
    Ok(line + "\n")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn figures(moves: &[(u32, u32)]) -> MoveFigures {
        let today = StudyDay(20_775);
        let mut days = std::collections::BTreeMap::<StudyDay, (u64, u64)>::new();
        for (from, to) in moves {
            days.entry(today.plus(*from)).or_default().0 += 1;
            days.entry(today.plus(*to)).or_default().1 += 1;
        }
        let moved = |(from, to): &(u32, u32)| Moved {
            uid: Uuid::nil(),
            from: today.plus(*from),
            to: today.plus(*to),
            recall: (0.9, 0.85),
        };
        MoveFigures {
            command: "reschedule",
            today,
            cards: moves.len() + 1,
            recall: Some((0.9, 0.85)),
            days: days.into_iter().collect(),
            moves: moves.iter().map(moved).collect(),
        }
    }

    #[test]
    fn a_plan_is_a_picture_of_at_most_eighty_columns() {
        let text = text(&figures(&[(0, 1), (0, 2), (0, 2), (3, 2)]));
        assert!(text.starts_with("5 cards in review: 1 earlier, 3 later, 1 unchanged\n"), "{text}");
        assert!(text.contains("today           3 ████████████████████████      0\n"), "{text}");
        assert!(
            text.contains("2026-11-20      0                               3 ████████████████████████\n"),
            "{text}"
        );
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }

    #[test]
    fn a_picture_of_years_has_few_rows() {
        let text = text(&figures(&[(0, 3_000), (900, 10), (4, 9)]));
        assert!(text.lines().count() <= 4 + ROWS as usize, "{text}");
    }

    #[test]
    fn the_lines_of_json_add_up() {
        let text = json(&figures(&[(0, 1), (5, 2)]), false).expect("JSON");
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let count = |kind: &str| lines.iter().filter(|line| line["type"] == kind).count();
        assert_eq!((count("move"), count("day"), count("summary")), (2, 4, 1));
        assert_eq!(lines.last().expect("a line")["unchanged"], 1);
    }
}
