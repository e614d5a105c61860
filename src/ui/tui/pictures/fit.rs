//! The size of a picture on the screen.

use ratatui::layout::Size;

/// The most lines of a picture.
pub(in crate::ui::tui) const HIGHEST: u16 = 12;

/// The most columns and lines of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::ui::tui) struct PictureRoom {
    pub(in crate::ui::tui) columns: u16,
    pub(in crate::ui::tui) rows: u16,
}

/// After a picture of one column, some protocols leave the cursor in the wrong cell.
const NARROWEST: u16 = 2;

/// The largest size that fits a picture of these pixels: in cells and, for cells of `cell` pixels, in pixels. A picture is never
/// enlarged and keeps its proportions. `None` if there is no room at all.
pub(super) fn fit(pixels: (u32, u32), cell: (u16, u16), room: PictureRoom) -> Option<(Size, (u32, u32))> {
    let (width, height) = (f64::from(pixels.0.max(1)), f64::from(pixels.1.max(1)));
    let (column, row) = (u32::from(cell.0.max(1)), u32::from(cell.1.max(1)));
    if room.columns < NARROWEST || room.rows == 0 {
        return None;
    }
    let most = (u32::from(room.columns) * column, u32::from(room.rows) * row);
    let scale = (f64::from(most.0) / width).min(f64::from(most.1) / height).min(1.0);
    // The clamp keeps the rounded size within the room.
    let scaled = |length: f64, most: u32| ((length * scale).round() as u32).clamp(1, most);
    let fitted = (scaled(width, most.0), scaled(height, most.1));
    let cells = |length: u32, cell: u32| u16::try_from(length.div_ceil(cell)).unwrap_or(u16::MAX);
    let size = Size::new(cells(fitted.0, column).max(NARROWEST), cells(fitted.1, row));
    Some((size, fitted))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CELL: (u16, u16) = (8, 16);

    #[test]
    fn a_picture_keeps_its_proportions_and_is_not_enlarged() {
        let room = |columns, rows| PictureRoom { columns, rows };
        let size = |pixels, room| fit(pixels, CELL, room).map(|(size, pixels)| (size.width, size.height, pixels));
        assert_eq!(size((80, 64), room(80, 12)), Some((10, 4, (80, 64))));
        assert_eq!(size((1600, 800), room(80, 12)), Some((48, 12, (384, 192))));
        assert_eq!(size((3200, 160), room(40, 12)), Some((40, 1, (320, 16))));
        assert_eq!(size((1, 1), room(40, 12)), Some((2, 1, (1, 1))));
        assert_eq!(size((1, 100_000), room(40, 12)), Some((2, 12, (1, 192))));
        assert_eq!(size((100, 100), room(1, 12)), None);
        assert_eq!(size((100, 100), room(40, 0)), None);
    }

    proptest! {
        #[test]
        fn what_is_fitted_has_its_room(
            pixels in (0_u32..=u32::MAX, 0_u32..=u32::MAX), cell in (0_u16..=64, 0_u16..=64), columns in 0_u16..=300, rows in 0_u16..=HIGHEST,
        ) {
            if let Some((size, (width, height))) = fit(pixels, cell, PictureRoom { columns, rows }) {
                prop_assert!(size.width <= columns && size.height <= rows);
                prop_assert!((1..=u32::from(size.width) * u32::from(cell.0.max(1))).contains(&width));
                prop_assert!((1..=u32::from(size.height) * u32::from(cell.1.max(1))).contains(&height));
                prop_assert!(width <= pixels.0.max(1) && height <= pixels.1.max(1));
            }
        }
    }
}
