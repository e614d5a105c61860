//! What a shift moves: due dates before and after as bars, and as JSON Lines.

use serde_json::json;

use super::table::{
    self, TextColumn,
    TextColumn::{Left, Right},
};
use super::{chart, json_line, words};
use crate::error::Result;
use crate::model::StudyDay;
use crate::study::{MoveFigures, Moved};

/// The most rows of the picture.
const ROWS: u32 = 16;
/// Days in a row of the picture; the smallest that fits is used.
const STEPS: [u32; 7] = [1, 2, 7, 14, 30, 91, 365];
/// Columns of the longest bar.
const BAR: usize = 24;
const COLUMNS: [TextColumn; 5] = [Left(10), Right(6), Left(BAR), Right(6), Left(0)];

fn earlier(figures: &MoveFigures) -> usize {
    figures.moves.iter().filter(|moved| moved.to < moved.from).count()
}

/// The shift for people, readable at 80 columns without colour.
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

/// The days that change, in rows of as many days as needed to fit.
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
    let mut text = table::row(&COLUMNS[..4], 1, [head, "before", "", "after"]) + "\n";
    for (day, before, after) in rows {
        let name = if day == figures.today && step == 1 { "today".into() } else { day.to_string() };
        let cells = [name, before.to_string(), bar(before, most), after.to_string(), bar(after, most)];
        text += &format!("{}\n", table::row(&COLUMNS, 1, cells).trim_end());
    }
    text
}

fn bar(count: u64, most: u64) -> String {
    chart::bar((count * BAR as u64 * 8).div_ceil(most) as usize)
}

/// The shift for programs: a line for each move and for each day, and a summary. `applied`: whether the cards are really moved.
pub fn json(figures: &MoveFigures, applied: bool) -> Result<String> {
    let moves = figures.moves.iter().map(|moved| {
        json!({
            "type": "move", "card": moved.uid.to_string(), "from": moved.from.to_string(), "to": moved.to.to_string(),
            "recall_before": moved.recall.0, "recall_after": moved.recall.1,
        })
    });
    let days = figures
        .days
        .iter()
        .map(|(day, (before, after))| json!({"type": "day", "day": day.to_string(), "before": before, "after": after}));
    let (earlier, moved) = (earlier(figures), figures.moves.len());
    let summary = json!({
        "type": "summary", "command": figures.command, "cards": figures.cards, "earlier": earlier, "later": moved - earlier,
        "unchanged": figures.cards - moved, "recall_before": figures.recall.map(|recall| recall.0),
        "recall_after": figures.recall.map(|recall| recall.1), "applied": applied,
    });
    moves.chain(days).chain([summary]).map(|line| json_line(&line)).collect()
}

/// How many cards are moved back, for programs.
pub fn undone(command: &str, cards: usize, applied: bool) -> Result<String> {
    json_line(&json!({"type": "undone", "command": command, "cards": cards, "applied": applied}))
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
