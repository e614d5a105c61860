//! What the columns of a table without names hold, by their cells.

use super::cells::Row;
use crate::bank::format::record::header::Column;

/// A table without names, told by its key, the last column: a letter in every row; or, where most rows ask, a number or the text
/// of an option. A number or a topic may stand before the question.
pub(super) fn bare(rows: &[Row]) -> Option<Vec<Column>> {
    let width = rows.first()?.1.len();
    if width < 4 || rows.len() < 2 || rows.iter().any(|(_, row)| row.len() != width) {
        return None;
    }
    let most =
        |holds: &dyn Fn(&[String]) -> bool| rows.iter().filter(|(_, row)| holds(row)).count() * 10 >= rows.len() * 6;
    let all = |holds: &dyn Fn(&[String]) -> bool| rows.iter().all(|(_, row)| holds(row));
    let asks = |cell: &str| cell.ends_with(['?', '？', ':', '：', '…', '_']);
    let counted = width > 4 && all(&|row| row[0].parse::<u32>().is_ok());
    let titled = width > 5 && most(&|row| asks(&row[1])) && !most(&|row| asks(&row[0]));
    let before = usize::from(counted || titled);
    let options = width - before - 2;
    let last = |row: &[String]| row[width - 1].clone();
    let letter = all(&|row| match last(row).as_bytes() {
        [letter @ b'A'..=b'J'] => usize::from(letter - b'A') < options,
        _ => false,
    });
    let number = || all(&|row| last(row).parse::<usize>().is_ok_and(|number| number <= options));
    let text = || all(&|row| row[before + 1..width - 1].contains(&row[width - 1]));
    if !(letter || (most(&|row| asks(&row[before])) && (number() || text()))) {
        return None;
    }
    let first = (before > 0).then_some(if counted { Column::Other } else { Column::Topic });
    let options = (0..options).map(|place| Column::Option(place, None));
    Some(first.into_iter().chain([Column::Question]).chain(options).chain([Column::Answer]).collect())
}
