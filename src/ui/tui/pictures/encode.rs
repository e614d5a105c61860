//! A picture as cells of the screen. The cells are encoded for a protocol once; drawing copies them.

use std::cell::RefCell;

use image::{DynamicImage, RgbaImage};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;
use ratatui::widgets::Widget;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;

use super::Means;
use super::palette;
use super::read::padded;
use super::way::PictureMode;

/// The character of a cell in kitty's protocol.
const PLACEHOLDER: char = '\u{10EEEE}';

/// A picture that can be drawn.
#[derive(Debug)]
pub(super) struct Encoded {
    cells: Buffer,
    /// Whether lines can be drawn without the others.
    parts: bool,
    /// The text to be sent once, before the first cell.
    first: RefCell<Option<String>>,
}

impl Encoded {
    /// Encodes a picture for this many cells. `None` if that fails.
    pub(super) fn new(picture: RgbaImage, size: Size, means: Means, number: u32) -> Option<Self> {
        let whole = |picture: RgbaImage| {
            let pixels = |cells: u16, cell: u16| u32::from(cells) * u32::from(cell.max(1));
            let picture = padded(picture, pixels(size.width, means.cell.0), pixels(size.height, means.cell.1));
            DynamicImage::from(picture)
        };
        let protocol = match means.way {
            PictureMode::Kitty => Protocol::Kitty(Kitty::new(whole(picture), size, number, false, true).ok()?),
            PictureMode::Iterm2 => Protocol::ITerm2(Iterm2::new(whole(picture), size, false).ok()?),
            PictureMode::Sixel => Protocol::Sixel(Sixel::new(whole(picture), size, false).ok()?),
            PictureMode::Blocks => Protocol::Halfblocks(Halfblocks::new(picture.into(), size).ok()?),
        };
        let mut cells = Buffer::empty(Rect::from((ratatui::layout::Position::ORIGIN, size)));
        Image::new(&protocol).render(cells.area, &mut cells);
        if means.way == PictureMode::Blocks && !means.true_colour {
            for cell in &mut cells.content {
                (cell.fg, cell.bg) = (indexed(cell.fg), indexed(cell.bg));
            }
        }
        let mut first = None;
        if means.way == PictureMode::Kitty {
            let cell = cells.cell_mut((0, 0))?;
            let at = cell.symbol().find(PLACEHOLDER)?;
            first = Some(cell.symbol()[..at].to_owned());
            let rest = cell.symbol()[at..].to_owned();
            cell.set_symbol(&rest);
        }
        let parts = matches!(means.way, PictureMode::Kitty | PictureMode::Blocks);
        Some(Self { cells, parts, first: RefCell::new(first) })
    }

    /// Whether this many lines can be drawn.
    pub(super) fn shows(&self, lines: u16) -> bool {
        self.parts || lines >= self.cells.area.height
    }

    /// Draws the lines from `skip` on into `area`, as many as fit.
    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, skip: u16) {
        let (width, height) = (self.cells.area.width.min(area.width), area.height);
        for (row, y) in (skip..self.cells.area.height).zip(0..height) {
            for x in 0..width {
                let Some(cell) = buffer.cell_mut((area.x + x, area.y + y)) else { continue };
                *cell = self.cells[(x, row)].clone();
                if let Some(first) = self.first.borrow_mut().take() {
                    let symbol = first + cell.symbol();
                    cell.set_symbol(&symbol);
                }
            }
        }
    }
}

fn indexed(color: Color) -> Color {
    match color {
        Color::Rgb(red, green, blue) => Color::Indexed(palette::nearest([red, green, blue])),
        other => other,
    }
}
