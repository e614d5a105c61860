//! What is due, and when a card comes back: learning steps, intervals, fuzz, daily limits and the order of the day.

mod answer;
mod exam;
mod fuzz;
mod habits;
mod limits;
mod queue;
mod simulate;

pub use answer::{Outcome, Scheduler};
pub use exam::{Candidate, Prospect, Room, choose, days_to_exam, gain};
pub use fuzz::{bounds, within_bounds};
pub use habits::{Habits, Says};
pub use limits::{Allowance, DeckLimit};
pub use queue::{DayPlan, DueCard, NewCard, StepCard, plan_day};
pub use simulate::{DayFigures, SimulatedCard, SimulatedDeck, Simulation};
