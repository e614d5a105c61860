//! The review in a terminal: a screen that is a pure function of the session and of where the cursor is, and a thin shell
//! around it that owns the terminal.

mod draw;
mod keys;
mod terminal;
mod text;
pub mod theme;

pub use terminal::Tui;
