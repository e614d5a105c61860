//! What is due, and when a card comes back: learning steps, intervals, fuzz, daily limits and the order of the day.

mod answer;
mod exam;
mod fuzz;
mod habits;
mod layout;
mod leech;
mod limits;
mod lived_memory;
mod load;
mod mock;
mod need;
mod order;
mod queue;
pub mod shift;
mod siblings;
mod simulate;
mod stretch;
mod tilt;

pub use answer::{Outcome, Scheduler, Standing};
pub use exam::{Candidate, Prospect, Room, choose, days_to_exam, gain};
pub use fuzz::{bounds, within_bounds};
pub use habits::{Habits, Says};
pub use layout::Begun;
pub use leech::{called_leech, is_leech};
pub use limits::{Allowance, DeckLimit};
pub use lived_memory::{LivedMemory, known_at_first};
pub use load::{Days, LOAD_DAYS, Load, share};
pub use mock::{Askable, draw_exam};
pub use order::DayOrder;
pub use queue::{Day, DayPlan, DueCard, NewCard, Places, StepCard, plan_day};
pub use simulate::{DayFigures, SimulatedCard, SimulatedDeck, Simulation};
pub use stretch::{Attempt, Likelihoods, Stretched};
