//! Earlier exams, and the one that can be continued.

use crate::error::Result;
use crate::model::{ExamEnding, Moment, passes};
use crate::store::{ExamRow, Reader};

/// A mock exam that was begun.
///
/// Its figures follow from the log: an answer that was taken back since no longer counts.
#[derive(Clone, Debug, PartialEq)]
pub struct PastExam {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub began: Moment,
    /// The deck that was asked for, as it was called then; `None` for all.
    pub deck: Option<String>,
    /// The topics and tags that were asked for, in words; `None` without any.
    pub narrowed: Option<String>,
    /// The time for it, in milliseconds; `None` without a limit.
    pub allowed_ms: Option<i64>,
    /// The time used, in milliseconds.
    pub used_ms: i64,
    /// The percentage that passes.
    pub pass_mark: u32,
    /// How it ended; `None` if it can be gone on with.
    pub ending: Option<ExamEnding>,
    /// Its questions.
    pub questions: usize,
    /// Those with an answer that counts.
    pub answered: usize,
    /// Those with a right answer that counts.
    pub right: usize,
    /// Those whose answer was taken back.
    pub taken_back: usize,
}

impl PastExam {
    /// Whether it is passed; `None` if it did not come to its end.
    pub fn is_passed(&self) -> Option<bool> {
        let over = matches!(self.ending, Some(ExamEnding::HandedIn | ExamEnding::TimeUp));
        over.then(|| passes(self.right, self.questions, self.pass_mark))
    }

    /// Milliseconds that are left; `None` without a limit.
    pub fn ms_left(&self) -> Option<i64> {
        self.allowed_ms.map(|allowed| (allowed - self.used_ms).max(0))
    }
}

impl From<ExamRow> for PastExam {
    fn from(row: ExamRow) -> Self {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Self {
            id: row.id,
            began: row.began,
            deck: row.deck,
            narrowed: row.narrowed,
            allowed_ms: row.limit_ms,
            used_ms: row.limit_ms.map_or(row.used_ms, |limit| row.used_ms.min(limit)),
            pass_mark: row.pass_mark,
            ending: row.ended.map(|(_, ending)| ending),
            questions: count(row.questions),
            answered: count(row.answered),
            right: count(row.right),
            taken_back: count(row.taken_back),
        }
    }
}

/// All exams, the newest first.
pub(in crate::study) fn past_exams(reader: Reader<'_>) -> Result<Vec<PastExam>> {
    Ok(reader.exams()?.into_iter().map(PastExam::from).collect())
}

/// The exam that can be gone on with. One in which nothing was answered is none: the same questions are drawn for the next.
pub(in crate::study) fn unfinished_exam(reader: Reader<'_>) -> Result<Option<PastExam>> {
    let found = reader.unfinished_exam()?.map(PastExam::from);
    Ok(found.filter(|exam| exam.answered + exam.taken_back > 0))
}
