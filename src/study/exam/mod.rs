//! Mock exams: what they ask, sitting one, and earlier ones.

mod draw;
mod past;
mod sitting;

pub use draw::{ExamDraw, ExamRequest};
pub use past::PastExam;
pub use sitting::{ExamRules, ExamSitting};

pub(super) use draw::draw;
pub(super) use past::{past_exams, unfinished_exam};
pub(super) use sitting::{
    begin_exam, close_exam, earlier_answer, enter_answer, keep_mark, keep_place, resume_exam, strike,
};
