//! Pictures of questions: found, fitted, read in a thread of their own, and kept while their question is shown.

mod encode;
mod fit;
mod palette;
mod read;
mod way;
mod worker;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use encode::Encoded;
pub(super) use fit::{HIGHEST, Room};
pub use way::{Way, has_true_colour};
use worker::{Known, Wanted, Worker};

/// The pixels of a cell, width and height, where the terminal does not say.
const CELL: (u16, u16) = (8, 16);
/// The pixels of a picture that half blocks show in a cell at the most. They are coarse: a picture of which every cell showed as
/// many pixels as the screen has there would be a few blots.
const BLOCK: (u16, u16) = (2, 4);

/// What there is to show pictures with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Means {
    way: Way,
    /// The pixels of a picture that go into a cell, width and height.
    cell: (u16, u16),
    true_colour: bool,
}

impl Means {
    /// On a screen whose cells have so many pixels.
    fn with(self, cell: (u16, u16)) -> Self {
        Self { cell: if self.way == Way::Blocks { BLOCK } else { cell }, ..self }
    }
}

/// What is known of a picture that was asked for.
#[derive(Debug)]
enum Picture {
    Asked,
    Sized(Size),
    Ready(Size, Encoded),
    Broken,
}

/// The pictures of the screen.
///
/// A picture is read when it is first to be drawn, and until it is there, the words stand in its place. Whatever is in its file,
/// the words are the worst that can come of it.
pub struct Pictures {
    folder: PathBuf,
    means: Cell<Option<Means>>,
    /// Started for the first picture: most questions have none.
    worker: OnceCell<Option<Worker>>,
    pictures: RefCell<HashMap<Wanted, Picture>>,
}

impl Pictures {
    /// Pictures whose files are in this folder. With `true_colour`, half blocks have all colours, else those of a palette of 256.
    pub fn new(folder: PathBuf, way: Way, true_colour: bool) -> Self {
        let means = Means { way, cell: CELL, true_colour }.with(CELL);
        Self { means: Cell::new(Some(means)), ..Self::none_in(folder) }
    }

    /// None: the words stand.
    pub fn none() -> Self {
        Self::none_in(PathBuf::new())
    }

    fn none_in(folder: PathBuf) -> Self {
        Self { folder, means: Cell::new(None), worker: OnceCell::new(), pictures: RefCell::default() }
    }

    /// Takes the pixels of a cell (width and height) from those of the window and its columns and lines; where the terminal does
    /// not say, 8 by 16 hold.
    pub(super) fn measure(&self, pixels: (u16, u16), cells: (u16, u16)) {
        let each = |pixels: u16, cells: u16, default: u16| match pixels.checked_div(cells) {
            None | Some(0) => default,
            Some(each) => each,
        };
        let cell = (each(pixels.0, cells.0, CELL.0), each(pixels.1, cells.1, CELL.1));
        self.means.set(self.means.get().map(|means| means.with(cell)));
    }

    /// Lets go of all pictures: others are shown next, or the terminal lost what it was sent.
    pub(super) fn forget(&self) {
        self.pictures.borrow_mut().clear();
        if let Some(Some(worker)) = self.worker.get() {
            worker.forget();
        }
    }

    /// The cells that the picture in this file takes; none as long as that is not known, and where it cannot be shown.
    pub(super) fn size(&self, file: &str, room: Room) -> Option<Size> {
        let means = self.means.get()?;
        // Names come from the database, which may be anybody's.
        if Path::new(file).file_name()? != file {
            return None;
        }
        let wanted = Wanted { file: file.to_owned(), room };
        match self.pictures.borrow().get(&wanted) {
            Some(Picture::Sized(size) | Picture::Ready(size, _)) => return Some(*size),
            Some(Picture::Asked | Picture::Broken) => return None,
            None => {}
        }
        let worker = self.worker.get_or_init(Worker::start).as_ref()?;
        worker.ask(wanted.clone(), self.folder.join(file), means);
        self.pictures.borrow_mut().insert(wanted, Picture::Asked);
        None
    }

    /// Draws the lines of a picture from `skip` on into `area`. Whether it did: it is not there yet, or cannot be drawn in part.
    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, (file, room): (&str, Room), skip: u16) -> bool {
        let pictures = self.pictures.borrow();
        match pictures.get(&Wanted { file: file.to_owned(), room }) {
            Some(Picture::Ready(_, picture)) if picture.shows(area.height) => {
                picture.draw(buffer, area, skip);
                true
            }
            _ => false,
        }
    }

    /// Whether something came that is to be drawn.
    pub(super) fn came(&self) -> bool {
        let Some(Some(worker)) = self.worker.get() else { return false };
        let mut pictures = self.pictures.borrow_mut();
        let mut came = false;
        for (wanted, known) in worker.known() {
            let Some(picture) = pictures.get_mut(&wanted) else { continue };
            came = true;
            *picture = match (known, &*picture) {
                (Known::Size(size), _) => Picture::Sized(size),
                (Known::Whole(Some(encoded)), Picture::Sized(size)) => Picture::Ready(*size, encoded),
                (Known::Whole(_), _) => Picture::Broken,
            };
        }
        came
    }

    /// Whether a picture is on its way.
    pub(super) fn is_waiting(&self) -> bool {
        self.pictures.borrow().values().any(|picture| matches!(picture, Picture::Asked | Picture::Sized(_)))
    }
}

#[cfg(test)]
pub(super) mod tests;
