//! Sitting a mock exam: beginning, going on with it, and what is kept of each step.

use super::draw::{ExamDraw, ExamRequest};
use crate::error::{Error, Result};
use crate::model::{CardId, DAY_MS, DeckId, ExamEnding, Moment};
use crate::session::{Answer, EarlierAnswer, ExamStart, PaperAnswer, PaperQuestion, Recorded};
use crate::store::{ExamRow, NewExam, Reader, Store};
use crate::study::decks::Decks;
use crate::study::ledger::{Ledger, append_answer, take_back_answer};

/// The rules of a mock exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExamRules {
    /// The time for it, in milliseconds; `None` without a limit.
    pub allowed_ms: Option<i64>,
    /// The percentage of right answers that passes.
    pub pass_mark: u32,
}

/// A mock exam that is about to begin or to be gone on with.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamSitting {
    /// Its number.
    pub id: i64,
    /// Its questions, and how far it is.
    pub start: ExamStart,
    /// The decks from which it was drawn.
    pub decks: Vec<DeckId>,
    /// The deck that was asked for; `None` for all, and if it is called otherwise by now.
    pub deck: Option<String>,
}

/// An exam in which nothing was answered for so long is forgotten when another one begins. Until then another process may still show it.
const STALE_MS: i64 = DAY_MS;

/// Begins an exam with the questions that were drawn. One that can be continued is left at the first answer of this one.
pub(in crate::study) fn begin_exam(
    store: &mut Store,
    request: ExamRequest<'_>,
    draw: &ExamDraw,
    rules: ExamRules,
    now: Moment,
) -> Result<ExamSitting> {
    let mut writer = store.writer()?;
    writer.forget_unanswered_exams(None, now.utc_ms - STALE_MS)?;
    let cards: Vec<CardId> = draw.cards.iter().map(|queued| queued.card).collect();
    let narrowed = narrowed(request);
    let new = NewExam {
        at: now,
        deck: draw.deck.as_deref(),
        narrowed: narrowed.as_deref(),
        limit_ms: rules.allowed_ms,
        pass_mark: rules.pass_mark,
        cards: &cards,
    };
    let id = writer.begin_exam(&new)?;
    writer.commit()?;
    let row = store.reader().exam(id)?.ok_or_else(gone)?;
    sitting(store.reader(), row, draw.decks.clone())
}

/// The topics and tags that were asked for, in words.
fn narrowed(request: ExamRequest<'_>) -> Option<String> {
    let tags = request.tags.iter().map(|tag| format!("#{tag}"));
    let words: Vec<String> = request.topics.iter().cloned().chain(tags).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Continues the exam that was left; `None` if there is none. Questions that are gone meanwhile are struck out.
pub(in crate::study) fn resume_exam(store: &mut Store) -> Result<Option<ExamSitting>> {
    let Some(row) = super::unfinished_exam(store.reader())? else { return Ok(None) };
    let mut writer = store.writer()?;
    writer.strike_exam_questions(row.id, false)?;
    writer.commit()?;
    let reader = store.reader();
    let row = reader.exam(row.id)?.ok_or_else(gone)?;
    let decks = Decks::load(reader)?;
    // A deck that has another name by now leaves only the outlook at the end to all decks.
    let deck = row.deck.clone().filter(|deck| decks.whole_name(deck).is_ok_and(|whole| whole == *deck));
    let named = decks.named(deck.as_deref())?.into_iter().map(|entry| entry.deck.id).collect();
    let sitting = sitting(reader, ExamRow { deck, ..row }, named)?;
    if sitting.start.questions.is_empty() {
        return Err(Error::person("all questions of this exam were deleted")
            .named("exam-without-questions")
            .hint("`retain undo` brings back what was deleted last; `retain exam --new` begins another exam"));
    }
    Ok(Some(sitting))
}

fn gone() -> Error {
    Error::person("the exam is gone: another session ended it").hint("`retain exam --history` shows all exams")
}

fn sitting(reader: Reader<'_>, row: ExamRow, decks: Vec<DeckId>) -> Result<ExamSitting> {
    let questions = reader.exam_questions(row.id)?.into_iter();
    let question = |row: crate::store::ExamQuestionRow| PaperQuestion {
        position: row.position,
        card: row.card,
        uid: row.uid,
        stem: row.stem,
        markup: row.markup,
        topic: row.topic,
        state: row.state,
        marked: row.marked,
        answer: row.review.map(|review| PaperAnswer {
            review,
            right: row.right.unwrap_or(false),
            took_ms: row.took_ms.unwrap_or(0),
        }),
    };
    let start = ExamStart {
        questions: questions.map(question).collect(),
        position: row.place,
        pass_mark: row.pass_mark,
        allowed_ms: row.limit_ms,
        used_ms: row.used_ms,
    };
    Ok(ExamSitting { id: row.id, start, decks, deck: row.deck })
}

/// Keeps which question is shown.
pub(in crate::study) fn keep_place(store: &mut Store, exam: i64, position: u32, used_ms: i64) -> Result<()> {
    let mut writer = store.writer()?;
    writer.put_exam_place(exam, position)?;
    writer.put_exam_time(exam, used_ms)?;
    writer.commit()
}

/// Strikes out the questions that are gone.
pub(in crate::study) fn strike(store: &mut Store, exam: i64) -> Result<()> {
    let mut writer = store.writer()?;
    writer.strike_exam_questions(exam, false)?;
    writer.commit()
}

/// Keeps whether the person wants to come back to a question.
pub(in crate::study) fn keep_mark(
    store: &mut Store,
    exam: i64,
    position: u32,
    marked: bool,
    used_ms: i64,
) -> Result<()> {
    let mut writer = store.writer()?;
    writer.mark_exam_question(exam, position, marked)?;
    writer.put_exam_time(exam, used_ms)?;
    writer.commit()
}

/// The answer to a question that counts, as it was given to this card.
pub(in crate::study) fn earlier_answer(
    reader: Reader<'_>,
    exam: i64,
    position: u32,
    card: CardId,
) -> Result<Option<EarlierAnswer>> {
    let row = reader.exam_answer(exam, position)?.filter(|row| row.card == card);
    Ok(row.map(|row| EarlierAnswer {
        right: row.right,
        picked: row.picked,
        typed: row.typed,
        order_seed: row.order_seed,
    }))
}

/// Writes an answer in place of the one before, which is taken back: both in one transaction, with the time used.
pub(in crate::study) fn enter_answer(
    ledger: &mut Ledger<'_>,
    exam: i64,
    position: u32,
    answer: &Answer,
    used_ms: i64,
    now: Moment,
) -> Result<Recorded> {
    let (decks, seed) = (ledger.decks, ledger.seed);
    let mut writer = ledger.store.writer()?;
    if let Some(before) = writer.reader().exam_answer(exam, position)? {
        take_back_answer(&mut writer, decks, before.review, before.card, now)?;
    }
    let recorded = append_answer(&mut writer, decks, seed, answer, None, now)?;
    writer.put_exam_answer(exam, position, recorded.review)?;
    writer.prefer_exam(exam, now.utc_ms)?;
    writer.put_exam_time(exam, used_ms)?;
    writer.commit()?;
    Ok(recorded)
}

/// Ends an exam, or keeps it to be gone on with. One without any answer leaves nothing behind if it is only left, and neither does one
/// without any question.
pub(in crate::study) fn close_exam(
    store: &mut Store,
    exam: i64,
    ending: Option<ExamEnding>,
    used_ms: i64,
    now: Moment,
) -> Result<()> {
    let mut writer = store.writer()?;
    writer.put_exam_time(exam, used_ms)?;
    let empty = writer.reader().exam_questions(exam)?.is_empty();
    let forgotten = (ending.is_none() || empty) && writer.forget_unanswered_exams(Some(exam), now.utc_ms)?;
    if let Some(ending) = ending.filter(|_| !forgotten) {
        // What was deleted until now is no longer part of it.
        writer.strike_exam_questions(exam, true)?;
        writer.end_exam(exam, ending, now.utc_ms)?;
    }
    writer.commit()
}
