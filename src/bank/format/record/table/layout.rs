//! What the columns of a table hold, by the row that names them.

use super::cells::Row;
use crate::bank::format::record::KeyBase;
use crate::bank::format::record::header::Column;

/// The names of the columns stand within the first rows.
pub(super) const HEAD: usize = 20;

/// The row that names the columns.
pub(super) fn header(rows: &[Row]) -> Option<(usize, Vec<Column>)> {
    rows.iter().take(HEAD).enumerate().find_map(|(at, (_, row))| {
        let layout: Vec<Column> = row.iter().map(|name| Column::of(name)).collect();
        usable(&layout).then_some((at, layout))
    })
}

pub(super) fn usable(layout: &[Column]) -> bool {
    let options = layout.iter().filter(|column| matches!(column, Column::Option(..))).count();
    let wrong =
        layout.contains(&Column::Answer) && (layout.contains(&Column::Wrong) || layout.contains(&Column::Options));
    layout.iter().filter(|column| **column == Column::Question).count() == 1 && (options >= 2 || wrong)
}

/// What the numbers in the names of the option columns begin with.
pub(super) fn hinted(layout: &[Column]) -> Option<KeyBase> {
    let numbers = layout.iter().filter_map(|column| match column {
        Column::Option(number, Some(_)) => Some(*number),
        _ => None,
    });
    match numbers.min() {
        Some(0) => Some(KeyBase::Zero),
        Some(1) => Some(KeyBase::One),
        _ => None,
    }
}
