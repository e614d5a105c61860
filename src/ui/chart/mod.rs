//! Charts of characters: upright columns, bars, sparklines, marks on a scale, and a curve. They know neither colours nor figures.

mod blocks;
mod columns;
pub mod curve;
mod scale;

pub(super) use blocks::{FULL, LIGHT, SHADES, bar, gauge, share_bar, sparkline};
pub(super) use columns::{Bar, ColumnChart, MARGIN, brief_count, room, round_top, slot};
pub(super) use scale::{Scale, ScaleMarks, shared_out};
