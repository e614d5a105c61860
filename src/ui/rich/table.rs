//! Tables in columns.

use super::block::{Align, RichCell, RichTable, StyledRun};
use super::face::TextFace;
use super::wrap::{TextRow, extent, wrap};

/// The rule between two columns.
const RULE: &str = " │ ";
/// The least width of a column, unless its cells are narrower.
const NARROWEST: usize = 4;

/// The table in columns within `width`, row by row; `None` if its words do not fit.
pub(super) fn columns(table: &RichTable, width: usize, reorder: bool) -> Option<Vec<Vec<StyledRun>>> {
    let count = table.columns();
    let room = width.checked_sub(3 * count.checked_sub(1)?)?;
    let widths = widths(table, count, room)?;
    let mut lines = Vec::new();
    if !table.head.is_empty() {
        row(table, &table.head, &widths, TextFace::STRONG, reorder, &mut lines);
        let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        lines.push(vec![StyledRun { text: rule.join("─┼─"), face: TextFace::DIM }]);
    }
    // After a row of several lines, a blank line separates the next one.
    let mut tall = false;
    for cells in &table.rows {
        let before = lines.len();
        row(table, cells, &widths, TextFace::PLAIN, reorder, &mut lines);
        let is_tall = lines.len() - before > 1;
        if (tall || is_tall) && before > 2 {
            let blank: Vec<String> = widths.iter().map(|width| " ".repeat(*width)).collect();
            lines.insert(before, vec![StyledRun { text: blank.join(RULE).trim_end().to_owned(), face: TextFace::DIM }]);
        }
        tall = is_tall;
    }
    Some(lines)
}

/// The width of each column: the width of its cells if there is room, otherwise its longest word and a share of the rest.
fn widths(table: &RichTable, count: usize, room: usize) -> Option<Vec<usize>> {
    let mut wish = vec![0; count];
    let mut least = vec![0; count];
    for cells in table.rows.iter().chain([&table.head]) {
        for ((cell, wish), least) in cells.iter().zip(&mut wish).zip(&mut least) {
            let (longest, word) = extent(cell);
            *wish = longest.max(*wish);
            *least = word.max(*least);
        }
    }
    for (least, wish) in least.iter_mut().zip(&wish) {
        *least = (*least).max(NARROWEST).min(*wish).max(1);
    }
    if wish.iter().sum::<usize>() <= room {
        return Some(wish.into_iter().map(|wish| wish.max(1)).collect());
    }
    // Wide characters need two columns.
    if least.iter().sum::<usize>() > room || least.iter().any(|least| *least < 2) && room < 2 * count {
        return None;
    }
    let (spare, missing) =
        (room - least.iter().sum::<usize>(), wish.iter().zip(&least).map(|(w, l)| w - l).sum::<usize>());
    let share = |(wish, least): (usize, usize)| least + ((wish - least) * spare).checked_div(missing).unwrap_or(0);
    Some(wish.into_iter().zip(least).map(share).collect())
}

fn row(
    table: &RichTable,
    cells: &[RichCell],
    widths: &[usize],
    face: TextFace,
    reorder: bool,
    lines: &mut Vec<Vec<StyledRun>>,
) {
    let laid: Vec<Vec<TextRow>> = (0..widths.len())
        .map(|column| cells.get(column).map(|cell| wrap(cell, widths[column].max(2), reorder)).unwrap_or_default())
        .collect();
    let height = laid.iter().map(Vec::len).max().unwrap_or(0).max(1);
    for at in 0..height {
        let mut line: Vec<StyledRun> = Vec::new();
        for (column, (rows, width)) in laid.iter().zip(widths).enumerate() {
            if column > 0 {
                line.push(StyledRun { text: RULE.to_owned(), face: TextFace::DIM });
            }
            let set = rows.get(at);
            let spare = width.saturating_sub(set.map_or(0, |row| row.width));
            let align = match table.aligns.get(column).copied().unwrap_or_default() {
                Align::Left if set.is_some_and(|row| row.right) => Align::Right,
                align => align,
            };
            let before = match align {
                Align::Left => 0,
                Align::Center => spare / 2,
                Align::Right => spare,
            };
            let blank = |columns: usize| StyledRun { text: " ".repeat(columns), face: TextFace::PLAIN };
            line.push(blank(before));
            let runs = set.map(|row| row.runs.iter().map(|run| StyledRun { face: run.face.with(face), ..run.clone() }));
            line.extend(runs.into_iter().flatten());
            line.push(blank(spare - before));
        }
        lines.push(line);
    }
}
