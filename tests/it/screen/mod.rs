//! The terminal: modes, pictures, and the words of messages.

mod exam;
mod given_back;
mod help;
mod modes;
mod pictures;
mod words;
