//! The review session: a pure state machine.
//!
//! `step(event) -> effects`: the person's actions and the world's answers go in; what the world should do comes out. The
//! machine knows neither terminal nor database nor clock, so that a session can be tested as a script and replayed.

mod agenda;
mod arrange;
mod compare;
mod event;
#[cfg(test)]
pub(crate) mod example;
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

pub use agenda::{Agenda, Queued, Waiting};
pub use arrange::{Arranged, Arrangement, Kept, arrange};
pub use compare::{Difference, Span, Typed, compare};
pub use event::{Answer, Effect, Event, Leech, Loaded, Notice, Recorded, Undone};
pub use form::{Form, Given, Half, Known, ShownChoice};
pub use machine::{Limits, Phase, Session};
pub use number::{accepted_number, number, readings, within};
pub use order::order_of;
pub use showing::{Feedback, Forecast, Hits, Left, Ratings, Showing, Verdict};
pub use summary::{ExamResult, Outlook, Summary, TopicScore};
