//! Single cards: listed, shown, flagged, edited.

mod edit;
mod editor;
mod list;
mod names;
