//! Decks as a whole: made, moved, merged, archived, deleted, restored; and what is erased for good.

mod purge;
mod put_away;
mod whole;
