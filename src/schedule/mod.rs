//! What is due, and when a card comes back: learning steps, intervals, fuzz, daily limits and the order of the day.

mod answer;
pub mod due_moves;
mod exam;
mod fuzz;
mod layout;
mod leech;
mod limits;
mod lived_memory;
mod load;
mod mock;
mod order;
mod priority_heap;
mod queue;
mod siblings;
mod simulate;
mod stretch;
mod tilt;
mod timing;

pub use answer::{CardAtAnswer, Outcome, Scheduler};
pub use exam::{ExamCandidate, ExamProspect, ExamTime, choose, days_of_gain, days_to_exam, gain};
pub use fuzz::{bounds, within_bounds};
pub use layout::Begun;
pub use leech::{called_leech, is_leech};
pub use limits::{Allowance, DeckLimit};
pub use lived_memory::{LivedMemory, known_at_first};
pub use load::{DayRange, LOAD_DAYS, Load, share};
pub use mock::{Askable, draw_exam};
pub use order::DayOrder;
pub use queue::{Day, DueCard, NewCard, PlannedCards, PlannedDay, StepCard, plan_day};
pub use simulate::{DayWorkload, SimulatedCard, SimulatedDeck, Simulation};
pub use stretch::{Attempt, Likelihoods, Stretched};
pub use timing::{Habits, RatingShares};
