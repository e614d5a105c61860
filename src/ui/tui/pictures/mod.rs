//! Pictures of questions: read and fitted in a thread, and kept while their question is shown.

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
pub(super) use fit::{HIGHEST, PictureRoom};
pub use way::{PictureMode, has_true_colour};
use worker::{PictureNews, PictureRequest, Worker};

/// The default pixels of a cell, width and height.
const CELL: (u16, u16) = (8, 16);
/// The pixels of a picture for a cell of half blocks. These are coarse, so a picture scaled to the real pixels of the cell would be
/// reduced to a few blots.
const BLOCK: (u16, u16) = (2, 4);

/// The means of showing pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Means {
    way: PictureMode,
    /// The pixels of a picture in a cell, width and height.
    cell: (u16, u16),
    true_colour: bool,
}

impl Means {
    /// The means on a screen with cells of this many pixels.
    fn with(self, cell: (u16, u16)) -> Self {
        Self { cell: if self.way == PictureMode::Blocks { BLOCK } else { cell }, ..self }
    }
}

/// The state of a requested picture.
#[derive(Debug)]
enum Picture {
    Asked,
    Sized(Size),
    Ready(Size, Encoded),
    Broken,
}

/// The pictures of the screen.
///
/// A picture is read when it is first to be drawn. Until it is ready, and if its file is bad, its description is shown.
pub struct Pictures {
    folder: PathBuf,
    means: Cell<Option<Means>>,
    /// Started for the first picture, because most questions have none.
    worker: OnceCell<Option<Worker>>,
    pictures: RefCell<HashMap<PictureRequest, Picture>>,
}

impl Pictures {
    /// Pictures whose files are in this folder. Half blocks use all colours if `true_colour`, else a palette of 256.
    pub fn new(folder: PathBuf, way: PictureMode, true_colour: bool) -> Self {
        let means = Means { way, cell: CELL, true_colour }.with(CELL);
        Self { means: Cell::new(Some(means)), ..Self::none_in(folder) }
    }

    /// No pictures, only their descriptions.
    pub fn none() -> Self {
        Self::none_in(PathBuf::new())
    }

    fn none_in(folder: PathBuf) -> Self {
        Self { folder, means: Cell::new(None), worker: OnceCell::new(), pictures: RefCell::default() }
    }

    /// Computes the pixels of a cell from the pixels and the cells (width and height) of the window; 8 by 16 if they are unknown.
    pub(super) fn measure(&self, pixels: (u16, u16), cells: (u16, u16)) {
        let each = |pixels: u16, cells: u16, default: u16| match pixels.checked_div(cells) {
            None | Some(0) => default,
            Some(each) => each,
        };
        let cell = (each(pixels.0, cells.0, CELL.0), each(pixels.1, cells.1, CELL.1));
        self.means.set(self.means.get().map(|means| means.with(cell)));
    }

    /// Drops all pictures: others are shown next, or the terminal has lost them.
    pub(super) fn forget(&self) {
        self.pictures.borrow_mut().clear();
        if let Some(Some(worker)) = self.worker.get() {
            worker.forget();
        }
    }

    /// The size in cells of the picture in this file; `None` if it is not known yet, or the picture cannot be shown.
    pub(super) fn size(&self, file: &str, room: PictureRoom) -> Option<Size> {
        let means = self.means.get()?;
        // The database may be from anybody, so a name must not leave the folder.
        if Path::new(file).file_name()? != file {
            return None;
        }
        let wanted = PictureRequest { file: file.to_owned(), room };
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

    /// Draws the lines of a picture from `skip` on into `area`. Returns `false` if it is not ready, or cannot be drawn in part.
    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, (file, room): (&str, PictureRoom), skip: u16) -> bool {
        let pictures = self.pictures.borrow();
        match pictures.get(&PictureRequest { file: file.to_owned(), room }) {
            Some(Picture::Ready(_, picture)) if picture.shows(area.height) => {
                picture.draw(buffer, area, skip);
                true
            }
            _ => false,
        }
    }

    /// Takes in news of the thread. Returns whether there is something new to draw.
    pub(super) fn came(&self) -> bool {
        let Some(Some(worker)) = self.worker.get() else { return false };
        let mut pictures = self.pictures.borrow_mut();
        let mut came = false;
        for (wanted, known) in worker.known() {
            let Some(picture) = pictures.get_mut(&wanted) else { continue };
            came = true;
            *picture = match (known, &*picture) {
                (PictureNews::Size(size), _) => Picture::Sized(size),
                (PictureNews::Whole(Some(encoded)), Picture::Sized(size)) => Picture::Ready(*size, encoded),
                (PictureNews::Whole(_), _) => Picture::Broken,
            };
        }
        came
    }

    /// Whether a picture is not ready yet.
    pub(super) fn is_waiting(&self) -> bool {
        self.pictures.borrow().values().any(|picture| matches!(picture, Picture::Asked | Picture::Sized(_)))
    }
}

#[cfg(test)]
pub(super) mod tests;
