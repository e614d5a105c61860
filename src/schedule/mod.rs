//! What is due, and when a card comes back: learning steps, intervals, fuzz, daily limits and the order of the day.

mod answer;
mod fuzz;
mod leech;
mod limits;
mod queue;

pub use answer::{Outcome, Scheduler};
pub use fuzz::{bounds, within_bounds};
pub use leech::{called_leech, is_leech};
pub use limits::{Allowance, DeckLimit};
pub use queue::{DayPlan, DueCard, NewCard, StepCard, plan_day};
