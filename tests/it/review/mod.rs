//! Sessions: what is asked, in which order, what is accepted, and what is left after an end.

mod arrange;
mod choosing;
mod day_settings;
mod days;
mod effects;
mod kinds;
mod lines;
mod more;
mod resume;
mod say;
