//! Taking back whatever was done last, and bringing it back.

mod command;
mod deeds;
pub mod sequences;
