//! The terminal front end: keys in, frames out, over the pure session machine.

mod aside;
mod browse;
mod draw;
mod guard;
mod input;
mod keys;
mod misses;
pub mod pictures;
mod place;
mod still;
mod terminal;

pub use still::draw_still;
pub use terminal::Tui;
