//! What is due, and when a card comes back: learning steps, intervals, fuzz, daily limits and the order of the day.

mod answer;
mod fuzz;
mod leech;
mod limits;
mod load;
mod order;
mod queue;
pub mod shift;
mod siblings;

pub use answer::{Outcome, Scheduler};
pub use fuzz::{bounds, within_bounds};
pub use leech::{called_leech, is_leech};
pub use limits::{Allowance, DeckLimit};
pub use load::{LOAD_DAYS, Load, share};
pub use order::DayOrder;
pub use queue::{Day, DayPlan, DueCard, NewCard, StepCard, plan_day};
