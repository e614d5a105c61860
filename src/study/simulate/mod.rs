//! Days in the future, simulated from the present.

mod days;
mod input;
mod outlook;
mod plan;

pub use days::{CostByDay, Course, DaysAhead, RetentionCost, SimulatedDay, SimulationRequest, best_retention};
pub use plan::{ExamPlan, ExamWay, TopicPlan};

pub(super) use days::{compare_retentions, cost_by_day, simulate};
pub(super) use plan::exam_plans;
