//! The terminal: modes, pictures, and the words of messages.

mod given_back;
mod help;
mod modes;
mod pictures;
mod words;
