//! What is due, and when a card comes back: learning steps, intervals, fuzz, daily limits and the order of the day.

mod answer;
mod fuzz;
mod limits;
mod load;
mod queue;
pub mod shift;

pub use answer::{Outcome, Scheduler};
pub use fuzz::{bounds, within_bounds};
pub use limits::{Allowance, DeckLimit};
pub use load::{LOAD_DAYS, Load, share};
pub use queue::{DayPlan, DueCard, NewCard, StepCard, plan_day};
