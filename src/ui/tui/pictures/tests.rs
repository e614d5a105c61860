use std::time::{Duration, Instant};

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;
use tempfile::TempDir;

use super::*;

/// A folder of pictures, and what shows them.
pub(in crate::ui::tui) struct Gallery {
    folder: TempDir,
    pub(in crate::ui::tui) pictures: Pictures,
}

impl Gallery {
    /// An empty one, with cells of 8 by 16 pixels.
    pub(in crate::ui::tui) fn new(way: PictureMode) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let pictures = Pictures::new(folder.path().to_owned(), way, true);
        Self { folder, pictures }
    }

    /// A picture of so many columns and lines: see [`Gallery::paint`].
    pub(in crate::ui::tui) fn hang(&self, name: &str, columns: u32, lines: u32) {
        let (column, line) = self.pictures.means.get().expect("pictures are shown").cell;
        self.paint(name, columns * u32::from(column), lines * u32::from(line));
    }

    /// A picture of so many pixels: red over blue, with a green stripe at its left end.
    pub(in crate::ui::tui) fn paint(&self, name: &str, width: u32, height: u32) {
        let picture = RgbImage::from_fn(width, height, |x, y| match (x < width / 4, y < height / 2) {
            (true, _) => Rgb([0, 128, 0]),
            (false, true) => Rgb([255, 0, 0]),
            (false, false) => Rgb([0, 0, 255]),
        });
        picture.save(self.folder.path().join(name)).expect("a picture is written");
    }

    pub(in crate::ui::tui) fn file(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.path().join(name), bytes).expect("a file is written");
    }

    /// Waits until everything that was asked for came.
    pub(in crate::ui::tui) fn settle(&self) {
        let begin = Instant::now();
        while self.pictures.is_waiting() {
            assert!(begin.elapsed() < Duration::from_secs(60), "pictures come");
            self.pictures.came();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// The cells that a picture takes, once it is there.
    fn size(&self, name: &str, columns: u16, rows: u16) -> Option<(u16, u16)> {
        let room = PictureRoom { columns, rows };
        self.pictures.size(name, room);
        self.settle();
        self.pictures.size(name, room).map(|size| (size.width, size.height))
    }
}

const EVERY: PictureRoom = PictureRoom { columns: 40, rows: 12 };

/// Frames with a picture at (2, 1), of which `skip` lines are passed, and words right of it and below it.
fn frame(terminal: &mut Terminal<TestBackend>, gallery: &Gallery, skip: u16) -> (bool, Buffer) {
    let mut drawn = false;
    terminal
        .draw(|frame| {
            let size = gallery.pictures.size("a.png", EVERY).expect("a size");
            let area = Rect { x: 2, y: 1, width: size.width, height: size.height - skip };
            drawn = gallery.pictures.draw(frame.buffer_mut(), area, ("a.png", EVERY), skip);
            frame.buffer_mut().set_string(2 + size.width, 1, "right", ratatui::style::Style::new());
            frame.buffer_mut().set_string(0, 1 + size.height, "below", ratatui::style::Style::new());
        })
        .expect("a frame");
    (drawn, terminal.backend().buffer().clone())
}

fn row(buffer: &Buffer, y: u16) -> String {
    (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect()
}

#[test]
fn every_way_leaves_the_words_around_a_picture() {
    for (name, way) in PictureMode::ALL {
        let gallery = Gallery::new(way);
        gallery.hang("a.png", 8, 4);
        assert_eq!(gallery.size("a.png", 40, 12), Some((8, 4)), "{name}");
        let mut terminal = Terminal::new(TestBackend::new(30, 8)).expect("a terminal");
        let (drawn, first) = frame(&mut terminal, &gallery, 0);
        assert!(drawn, "{name}");
        assert!(row(&first, 1).trim_end().ends_with("right"), "{name}: {:?}", row(&first, 1));
        assert!(row(&first, 5).starts_with("below"), "{name}: {:?}", row(&first, 5));
        let begin = first[(2, 1)].symbol();
        let sign = match way {
            PictureMode::Kitty => "\u{1b}_Gq=2,i=",
            PictureMode::Iterm2 => "\u{1b}]1337;File=inline=1;",
            PictureMode::Sixel => "\u{1b}P",
            PictureMode::Blocks => " ",
        };
        assert!(begin.contains(sign), "{name}: {:?}", begin.chars().take(80).collect::<String>());
        // What kitty was sent once, it keeps.
        let (_, second) = frame(&mut terminal, &gallery, 0);
        assert_eq!(second[(2, 1)].symbol().contains(sign), way != PictureMode::Kitty, "{name}");
    }
}

#[test]
fn half_blocks_and_kitty_are_drawn_in_part_and_others_are_not() {
    for (name, way) in PictureMode::ALL {
        let gallery = Gallery::new(way);
        gallery.hang("a.png", 8, 4);
        gallery.size("a.png", 40, 12);
        let mut terminal = Terminal::new(TestBackend::new(30, 8)).expect("a terminal");
        let (drawn, buffer) = frame(&mut terminal, &gallery, 2);
        assert_eq!(drawn, matches!(way, PictureMode::Kitty | PictureMode::Blocks), "{name}");
        if way == PictureMode::Blocks {
            assert_eq!(buffer[(8, 1)].bg, Color::Rgb(0, 0, 255), "the lower half of it is seen");
        }
        if way == PictureMode::Kitty {
            // It is sent with the first of its cells that is seen, which is that of its third line.
            let symbol = buffer[(2, 1)].symbol();
            assert!(symbol.contains("\u{1b}_G") && symbol.contains("\u{10EEEE}\u{30E}"), "{symbol:?}");
        }
    }
}

#[test]
fn what_cannot_be_shown_is_not() {
    let gallery = Gallery::new(PictureMode::Blocks);
    gallery.hang("good.png", 8, 4);
    let good = std::fs::read(gallery.folder.path().join("good.png")).expect("a picture");
    gallery.file("half.png", &good[..good.len() / 2]);
    gallery.file("empty.png", b"");
    gallery.file("words.png", b"this is no picture at all");
    gallery.file("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>");
    // A header that promises 60,000 by 60,000 pixels.
    let mut huge = good.clone();
    for at in [16, 20] {
        huge[at..at + 4].copy_from_slice(&60_000_u32.to_be_bytes());
    }
    let mut crc = crc32(&huge[12..29]).to_be_bytes().to_vec();
    huge.splice(29..33, crc.drain(..));
    gallery.file("huge.png", &huge);
    std::fs::create_dir(gallery.folder.path().join("folder.png")).expect("a folder");
    for name in ["missing.png", "half.png", "empty.png", "words.png", "drawing.svg", "huge.png", "folder.png"] {
        assert_eq!(gallery.size(name, 40, 12), None, "{name}");
    }
    assert_eq!(gallery.size("../good.png", 40, 12), None, "only what is in the folder");
    assert_eq!(gallery.size("good.png", 40, 12), Some((8, 4)), "the thread lives");
    assert_eq!(gallery.size("good.png", 1, 12), None);
}

/// The checksum of a chunk of a PNG, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[test]
fn what_is_forgotten_is_read_anew_and_none_show_none() {
    let gallery = Gallery::new(PictureMode::Sixel);
    gallery.hang("a.png", 8, 4);
    assert!(gallery.pictures.size("a.png", EVERY).is_none() && gallery.pictures.is_waiting());
    gallery.pictures.forget();
    assert!(!gallery.pictures.is_waiting());
    gallery.pictures.measure((400, 400), (40, 20));
    assert_eq!(gallery.size("a.png", 40, 12), Some((7, 4)), "cells of 10 by 20 pixels");
    gallery.pictures.measure((0, 0), (40, 20));
    gallery.pictures.forget();
    assert_eq!(gallery.size("a.png", 40, 12), Some((8, 4)), "the terminal does not say");
    assert!(Pictures::none().size("a.png", EVERY).is_none());
}

#[test]
fn what_is_transparent_stands_on_white() {
    let gallery = Gallery::new(PictureMode::Blocks);
    let clear = RgbaImage::from_pixel(16, 16, Rgba([0, 0, 0, 0]));
    clear.save(gallery.folder.path().join("a.png")).expect("a picture is written");
    gallery.size("a.png", 40, 12);
    let mut terminal = Terminal::new(TestBackend::new(30, 8)).expect("a terminal");
    assert_eq!(frame(&mut terminal, &gallery, 0).1[(4, 2)].bg, Color::Rgb(255, 255, 255));
}

#[test]
fn few_colours_are_of_the_palette() {
    let mut gallery = Gallery::new(PictureMode::Blocks);
    gallery.pictures = Pictures::new(gallery.folder.path().to_owned(), PictureMode::Blocks, false);
    gallery.hang("a.png", 8, 4);
    gallery.size("a.png", 40, 12);
    let mut terminal = Terminal::new(TestBackend::new(30, 8)).expect("a terminal");
    assert_eq!(frame(&mut terminal, &gallery, 0).1[(8, 1)].bg, Color::Indexed(196));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Pictures that were damaged anywhere are shown or not, and the next one is.
    #[test]
    fn damaged_files_end_nothing(
        kind in prop::sample::select(vec!["png", "jpg", "gif", "webp", "bmp"]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), whole: bool,
    ) {
        let gallery = Gallery::new(PictureMode::Blocks);
        let good = format!("good.{kind}");
        gallery.hang(&good, 3, 2);
        let mut bytes = std::fs::read(gallery.folder.path().join(&good)).expect("a picture");
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let end = if whole { bytes.len() } else { cut.index(bytes.len()) };
        gallery.file("bad", &bytes[..end]);
        gallery.size("bad", 40, 12);
        prop_assert_eq!(gallery.size(&good, 40, 12), Some((3, 2)));
    }
}
