//! Single cards: listed, shown, flagged, edited.

mod edit;
mod list;
