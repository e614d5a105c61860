//! What is counted and shown: the dashboard, tables, exports, and a second program that computes them again.

mod dashboard;
mod export;
mod items;
mod kept;
mod second_program;
mod sureness;
