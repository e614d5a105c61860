//! Mock exams that were begun: their questions with their answers and marks, and how they ended.

use rusqlite::{Row, params};
use uuid::Uuid;

use super::log_id::before;
use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, CardState, ExamEnding, LogId, Markup, Moment};

/// An exam that begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewExam<'a> {
    /// When.
    pub at: Moment,
    /// The deck that was asked for; `None` for all.
    pub deck: Option<&'a str>,
    /// The topics and tags that were asked for, in words; `None` without any.
    pub narrowed: Option<&'a str>,
    /// The time for it, in milliseconds; `None` without a limit.
    pub limit_ms: Option<i64>,
    /// The percentage that passes.
    pub pass_mark: u32,
    /// Its cards, in their order.
    pub cards: &'a [CardId],
}

/// An exam, with what its answers that count come to.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamRow {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub began: Moment,
    /// The deck that was asked for; `None` for all.
    pub deck: Option<String>,
    /// The topics and tags that were asked for, in words; `None` without any.
    pub narrowed: Option<String>,
    /// The time for it, in milliseconds; `None` without a limit.
    pub limit_ms: Option<i64>,
    /// The percentage that passes.
    pub pass_mark: u32,
    /// The time used, in milliseconds.
    pub used_ms: i64,
    /// The position of the question that was shown last.
    pub place: u32,
    /// When it ended, UTC milliseconds, and how; `None` if it can be gone on with.
    pub ended: Option<(i64, ExamEnding)>,
    /// Its questions.
    pub questions: u64,
    /// Those with an answer that counts.
    pub answered: u64,
    /// Those with a right answer that counts.
    pub right: u64,
    /// Those whose answer was taken back.
    pub taken_back: u64,
}

/// A question of an exam.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamQuestionRow {
    /// Its place in the order, which never changes.
    pub position: u32,
    /// Its card.
    pub card: CardId,
    /// The UUID of its card.
    pub uid: Uuid,
    /// What it asks.
    pub stem: String,
    /// The markup of that.
    pub markup: Markup,
    /// Its topic.
    pub topic: Option<String>,
    /// The state of its card.
    pub state: CardState,
    /// Whether the person wants to come back to it.
    pub marked: bool,
    /// The answer that counts.
    pub review: Option<LogId>,
    /// Whether that is right.
    pub right: Option<bool>,
    /// Milliseconds that it took.
    pub took_ms: Option<u32>,
}

/// The answer to a question of an exam that counts, as it was given.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamAnswerRow {
    /// Its identity.
    pub review: LogId,
    /// Its card.
    pub card: CardId,
    /// Whether it was right.
    pub right: bool,
    /// The numbers of the picked choices, as in the log.
    pub picked: Vec<u8>,
    /// The typed text.
    pub typed: Option<String>,
    /// The seed of the order of its choices.
    pub order_seed: u32,
}

/// An answer of an exam in whose place another was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplacedAnswer {
    /// Its id in the log.
    pub review: LogId,
    /// The entry of the log by which it does not count; `None` if it counts.
    pub undo: Option<LogId>,
    /// Whether it was right.
    pub right: bool,
    /// Milliseconds that it took.
    pub took_ms: u32,
}

impl FromRow for ReplacedAnswer {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { review: row.get(0)?, undo: row.get(1)?, right: row.get(2)?, took_ms: row.get(3)? })
    }
}

impl FromRow for ExamRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let count = |column: &str| -> Result<u64> { Ok(row.get::<_, i64>(column)?.unsigned_abs()) };
        let ended: Option<i64> = row.get("ended_ms")?;
        Ok(Self {
            id: row.get("id")?,
            began: Moment { utc_ms: row.get("began_ms")?, offset_minutes: row.get("offset_minutes")? },
            deck: row.get("deck")?,
            narrowed: row.get("narrowed")?,
            limit_ms: row.get("limit_ms")?,
            pass_mark: row.get("pass_mark")?,
            used_ms: row.get("used_ms")?,
            place: row.get("place")?,
            ended: ended.zip(row.get("ending")?),
            questions: count("questions")?,
            answered: count("answered")?,
            right: count("right")?,
            taken_back: count("taken_back")?,
        })
    }
}

impl FromRow for ExamQuestionRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            position: row.get("position")?,
            card: row.get("card")?,
            uid: row.get("uid")?,
            stem: row.get("stem")?,
            markup: row.get("markup")?,
            topic: row.get("topic")?,
            state: row.get("state")?,
            marked: row.get("marked")?,
            review: row.get("review")?,
            right: row.get("right")?,
            took_ms: row.get("took_ms")?,
        })
    }
}

impl FromRow for ExamAnswerRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            review: row.get("id")?,
            card: row.get("card")?,
            right: row.get("right")?,
            picked: row.get("picked")?,
            typed: row.get("typed")?,
            order_seed: row.get("order_seed")?,
        })
    }
}

/// That no question of an exam was ever answered.
const UNANSWERED: &str =
    "not exists (select 1 from exam_question as begun where begun.exam = exam.id and begun.review is not null)";

/// Exams with their figures; `{which}` chooses some.
fn select_exams(which: &str) -> String {
    format!(
        "select exam.*, count(exam_question.exam) as questions, count(answer.id) as answered,
         coalesce(sum(answer.right), 0) as right,
         count(case when answer.id is null and (ended_ms is null or exists (
             select 1 from undo where undo.review = exam_question.review and undo.at_ms >= ended_ms
         )) then exam_question.review end) as taken_back
         from exam left join exam_question on exam_question.exam = exam.id
         left join live_review as answer on answer.id = exam_question.review
         {which} group by exam.id order by exam.id desc"
    )
}

impl Reader<'_> {
    /// All exams, the newest first, without those that were only begun: nothing was answered, and they have not ended.
    pub fn exams(&self) -> Result<Vec<ExamRow>> {
        self.all(&select_exams(&format!("where ended_ms is not null or not {UNANSWERED}")), [])
    }

    /// The last exam that can be continued: one of its questions was answered.
    pub fn unfinished_exam(&self) -> Result<Option<ExamRow>> {
        self.one(&select_exams(&format!("where ended_ms is null and not {UNANSWERED}")), [])
    }

    /// The exam of this number.
    pub fn exam(&self, exam: i64) -> Result<Option<ExamRow>> {
        self.one(&select_exams("where exam.id = ?"), [exam])
    }

    /// The questions of an exam in their order, without those whose card is gone or was deleted.
    pub fn exam_questions(&self, exam: i64) -> Result<Vec<ExamQuestionRow>> {
        self.all(
            "select position, card.id as card, card.uid as uid, stem, markup, topic.name as topic, memory.state as state, marked,
             answer.id as review, answer.right as right, answer.took_ms as took_ms
             from exam_question join card on card.id = exam_question.card and card.uid = exam_question.uid
             join question on question.id = card.question join memory on memory.card = card.id
             left join topic on topic.id = question.topic
             left join live_review as answer on answer.id = exam_question.review
             where exam = ? and card.place is not null order by position",
            [exam],
        )
    }

    /// The answer to a question of an exam, if one counts.
    pub fn exam_answer(&self, exam: i64, position: u32) -> Result<Option<ExamAnswerRow>> {
        self.one(
            "select answer.id, answer.card, answer.right, answer.picked, answer.typed, answer.order_seed
             from exam_question join live_review as answer on answer.id = exam_question.review
             where exam = ? and position = ?",
            params![exam, position],
        )
    }
}

impl Reader<'_> {
    /// The answer to the same question of an exam that was taken back right before this one was entered in its place. What is between them in the log is
    /// that a suspension of the card as a leech was taken back, too.
    pub fn replaced_by(&self, review: LogId) -> Result<Option<ReplacedAnswer>> {
        self.one(
            "select first.id,
                 (select undo.id from undo where undo.review = first.id
                  and not exists (select 1 from undo as redo where redo.undo = undo.id)),
                 first.right, first.took_ms
             from undo as taken join review as first on first.id = taken.review
             join review as second on second.id = ?1 and second.card = first.card
             where taken.id in (?2, ?3) and exists (select 1 from exam_question where review in (first.id, second.id))
             and not exists (select 1 from deed where taken.id between deed.id and deed.last)",
            params![review, before(review), before(before(review))],
        )
    }
}

impl Writer<'_> {
    /// Puts one answer in the place of another in the exam that they belong to.
    pub fn replace_exam_answer(&mut self, from: LogId, to: LogId) -> Result<()> {
        self.run("update exam_question set review = ?2 where review = ?1", [from, to])
    }

    /// Begins an exam; its number.
    pub fn begin_exam(&mut self, exam: &NewExam<'_>) -> Result<i64> {
        let NewExam { at, deck, narrowed, limit_ms, pass_mark, cards } = *exam;
        let id = self.value(
            "insert into exam (began_ms, offset_minutes, deck, narrowed, limit_ms, pass_mark)
             values (?, ?, ?, ?, ?, ?) returning id",
            params![at.utc_ms, at.offset_minutes, deck, narrowed, limit_ms, pass_mark],
        )?;
        for (position, card) in (0_u32..).zip(cards) {
            self.run(
                "insert into exam_question (exam, position, card, uid) select ?1, ?2, id, uid from card where id = ?3",
                params![id, position, card],
            )?;
        }
        Ok(id)
    }

    /// Keeps the answer to a question.
    pub fn put_exam_answer(&mut self, exam: i64, position: u32, review: LogId) -> Result<()> {
        self.run(
            "update exam_question set review = ?3 where exam = ?1 and position = ?2",
            params![exam, position, review],
        )
    }

    /// Keeps whether the person wants to come back to a question.
    pub fn mark_exam_question(&mut self, exam: i64, position: u32, marked: bool) -> Result<()> {
        self.run(
            "update exam_question set marked = ?3 where exam = ?1 and position = ?2",
            params![exam, position, marked],
        )
    }

    /// Strikes out the questions whose card is gone. While the exam can be continued, one that was answered or only deleted stays,
    /// because it may come back; once it `is_over`, that goes too.
    pub fn strike_exam_questions(&mut self, exam: i64, is_over: bool) -> Result<()> {
        self.run(
            "delete from exam_question where exam = ?1 and (?2 or review is null)
             and not exists (select 1 from card where card.id = exam_question.card
             and card.uid = exam_question.uid and (not ?2 or place is not null))",
            params![exam, is_over],
        )
    }

    /// Puts this exam in the place of all others in which something was answered: they are left for good. If another process put it
    /// aside, it can be continued again.
    pub fn prefer_exam(&mut self, exam: i64, at_ms: i64) -> Result<()> {
        let left = ExamEnding::Left.name();
        self.run("update exam set ended_ms = null, ending = null where id = ?1 and ending = ?2", params![exam, left])?;
        self.run(
            &format!(
                "update exam set ended_ms = ?2, ending = ?3 where id <> ?1 and ended_ms is null and not {UNANSWERED}"
            ),
            params![exam, at_ms, left],
        )
    }

    /// Forgets exams of which no question was ever answered: this one, or without one those that began before a moment and have not
    /// ended. Whether one was forgotten.
    pub fn forget_unanswered_exams(&mut self, exam: Option<i64>, before_ms: i64) -> Result<bool> {
        let which = format!("{UNANSWERED} and (id = ?1 or ?1 is null and ended_ms is null and began_ms < ?2)");
        let forgotten: Vec<i64> = self.all(&format!("select id from exam where {which}"), params![exam, before_ms])?;
        for exam in &forgotten {
            self.run("delete from exam_question where exam = ?", [exam])?;
            self.run("delete from exam where id = ?", [exam])?;
        }
        Ok(!forgotten.is_empty())
    }

    /// Keeps the time used; it never becomes less.
    pub fn put_exam_time(&mut self, exam: i64, used_ms: i64) -> Result<()> {
        self.run("update exam set used_ms = max(used_ms, ?2) where id = ?1", params![exam, used_ms])
    }

    /// Keeps which question is shown.
    pub fn put_exam_place(&mut self, exam: i64, position: u32) -> Result<()> {
        self.run("update exam set place = ?2 where id = ?1", params![exam, position])
    }

    /// Ends an exam, unless it has ended. One that another process put aside is not over for whoever sits it.
    pub fn end_exam(&mut self, exam: i64, ending: ExamEnding, at_ms: i64) -> Result<()> {
        self.run(
            "update exam set ended_ms = ?2, ending = ?3 where id = ?1 and (ended_ms is null or ending = ?4)",
            params![exam, at_ms, ending.name(), ExamEnding::Left.name()],
        )
    }
}
