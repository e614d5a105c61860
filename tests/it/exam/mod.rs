//! The exam: its date, and mock exams.

mod date;
mod history;
mod lines;
mod mock;
mod sitting;
mod together;
