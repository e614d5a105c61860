//! The review session: a pure state machine.
//!
//! `step(event) -> effects`: actions of the person and replies of the caller go in, requests to the caller come out. The machine knows
//! neither terminal nor database nor clock, so that a session can be tested as a script and replayed.

mod agenda;
mod arrange;
mod compare;
mod event;
mod form;
mod grade;
mod machine;
mod number;
mod order;
mod pile;
mod present;
mod rewrite;
mod showing;
mod summary;
#[cfg(test)]
pub(crate) mod tests;

pub use agenda::{Agenda, Queued, Waiting};
pub use arrange::{Arranged, Arrangement, BankOrderReason, arrange};
pub use compare::{ComparedSpan, Difference, Typed, compare};
pub use event::{Answer, Effect, Event, Leech, Loaded, Notice, Recorded, Undone};
pub use form::{Form, GivenAnswer, Half, KnownAnswer, ShownChoice};
pub use machine::{Limits, Phase, Session};
pub use number::{accepted_number, number, readings, within};
pub use order::order_of;
pub use showing::{Feedback, Forecast, Hits, Left, Ratings, Showing, StatedRating};
pub use summary::{ExamResult, Outlook, Summary, TopicScore};
