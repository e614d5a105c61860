//! Figures and sessions for the tests of this room.

pub(super) mod overview;
pub(super) mod session;
