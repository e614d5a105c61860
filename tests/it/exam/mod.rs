//! The exam: its date, and mock exams.

mod date;
mod mock;
