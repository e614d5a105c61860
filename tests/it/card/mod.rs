//! Single cards: listed, shown, flagged, edited.

mod add;
mod deletion;
mod edit;
mod editor;
mod list;
mod names;
