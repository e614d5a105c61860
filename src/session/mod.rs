//! The review session: a pure state machine.
//!
//! Actions of the person and replies of the caller go in, a [`Step`] comes out: what to say, and what the caller does next. The machine knows
//! neither terminal nor database nor clock, so that a session can be tested as a script and replayed.

mod action;
mod agenda;
mod any;
mod arrange;
mod compare;
mod exam;
mod form;
mod grade;
mod machine;
mod notice;
mod number;
mod order;
mod pile;
mod present;
mod request;
mod rewrite;
mod showing;
mod step;
mod summary;
#[cfg(test)]
pub(crate) mod tests;

pub use action::Action;
pub use agenda::{Agenda, Queued, Waiting};
pub use any::{Phase, Session};
pub use arrange::{Arranged, Arrangement, BankOrderReason, arrange};
pub use compare::{ComparedSpan, Difference, Typed, compare};
pub use exam::{ExamAction, ExamSession, ExamStart, Paper, PaperAnswer, PaperQuestion, PaperRequest, Turn};
pub use form::{Form, GivenAnswer, Half, KnownAnswer, ShownChoice};
pub use machine::{Limits, ReviewSession};
pub use notice::Notice;
pub use number::{accepted_number, number, readings, within};
pub use order::order_of;
pub use request::{Answer, EarlierAnswer, Leech, Loaded, Recorded, Reply, Request, Undone};
pub use showing::{Feedback, Forecast, Hits, Left, Ratings, Showing, StatedRating};
pub use step::{Next, Step};
pub use summary::{ExamOutcome, ExamResult, LeftExam, Outlook, Summary, TopicScore};
