//! Questions as notes of Anki, and back. A note says twice what it asks: in the fields that its cards show, and in a field `retain`, which
//! no card shows, word for word. If nobody edited what is shown, the words count. If somebody did, the edit counts, and the words say
//! what the shown fields cannot: the kind, the tolerance, the markup.

mod edited;
mod fields;
mod lists;
mod original;

pub(super) use edited::{EditedNote, taken_in};
pub(super) use fields::{NoteShape, fields, note_types, plain_kind, plain_sides, shown_places, sides, tags};
pub(super) use original::{KeptNote, KeptQuestion, NoteTags};
