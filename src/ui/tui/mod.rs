//! The terminal front end: keys in, frames out, over the pure session machine.

mod aloud;
mod aside;
mod browse;
mod draw;
mod guard;
mod home;
mod input;
mod keys;
mod look_back;
mod notices;
pub mod pictures;
mod place;
mod session_view;
mod still;
mod terminal;
mod waiting;

pub use home::{HomeChoice, HomePlace, ReviewExtent};
pub use input::{ended_by_signal, goes_on};
pub use keys::KeyMap;
pub(in crate::ui) use keys::{ReviewCommand, small};
pub use still::{draw_browse_still, draw_home_still, draw_still};
pub use terminal::Tui;
