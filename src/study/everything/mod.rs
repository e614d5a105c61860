//! Everything as a folder of text, and an equal database from it: the way to another computer, and out.

mod export;
mod import;
mod manifest;

pub use export::{EverythingExported, PeoplesTable};
pub use import::{AcceptFlaws, EverythingImported};
pub use manifest::is_everything;

pub(super) use export::export_everything;
pub(super) use import::{import_everything, verify_everything};
pub(super) use manifest::is_part_of_everything;
