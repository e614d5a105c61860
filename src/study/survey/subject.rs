//! The cards as they are read, in two halves if two threads read them.

use std::ops::RangeInclusive;
use std::sync::mpsc::Receiver;

use crate::error::{Error, Result};
use crate::model::{CardId, CardMemory, DeckId, Guess, QuestionId};
use crate::stats::items::{ItemKey, reading_ms};
use crate::store::{Reader, SubjectRow};

/// A card as a survey needs it.
pub(super) struct SurveySubject {
    pub(super) card: CardId,
    pub(super) question: QuestionId,
    pub(super) deck: DeckId,
    /// By number.
    pub(super) topic: Option<i64>,
    pub(super) asked: bool,
    pub(super) deleted: bool,
    pub(super) memory: CardMemory,
    /// What its question has to pick from.
    pub(super) key: ItemKey,
    /// What pure chance gets right.
    pub(super) guess: Guess,
}

impl SurveySubject {
    fn new(row: &SubjectRow<'_>) -> Self {
        Self {
            card: row.card,
            question: row.question,
            deck: row.deck,
            topic: row.topic,
            asked: row.asked,
            deleted: row.deleted,
            memory: row.memory,
            key: key(row),
            guess: Guess::for_kind(row.kind, row.choices.len()),
        }
    }
}

fn key(row: &SubjectRow<'_>) -> ItemKey {
    let reading = reading_ms(row.stem);
    if !row.kind.has_choices() {
        return ItemKey::free(reading);
    }
    ItemKey::new(reading, row.choices.iter().map(|choice| (choice.number, choice.correct)))
}

/// The second half of the cards, which another thread reads.
pub(super) struct LaterSubjects {
    /// The last question of the first half.
    pub(super) middle: QuestionId,
    pub(super) rest: Receiver<Result<Vec<SurveySubject>>>,
}

impl LaterSubjects {
    /// The second half of the cards.
    pub(super) fn load(reader: Reader<'_>, middle: QuestionId) -> Result<Vec<SurveySubject>> {
        let mut subjects = Vec::new();
        each_between(reader, QuestionId(middle.0.saturating_add(1))..=LAST, |subject| {
            subjects.push(subject);
            Ok(())
        })?;
        Ok(subjects)
    }
}

const FIRST: QuestionId = QuestionId(i64::MIN);
const LAST: QuestionId = QuestionId(i64::MAX);

/// Gives every card, question by question.
pub(super) fn each(
    reader: Reader<'_>,
    later: Option<LaterSubjects>,
    mut sink: impl FnMut(SurveySubject) -> Result<()>,
) -> Result<()> {
    let Some(LaterSubjects { middle, rest }) = later else { return each_between(reader, FIRST..=LAST, sink) };
    each_between(reader, FIRST..=middle, &mut sink)?;
    let stopped = |_| Error::fault("a reader of cards stopped").hint("please report this");
    rest.recv().map_err(stopped)??.into_iter().try_for_each(sink)
}

fn each_between(
    reader: Reader<'_>,
    questions: RangeInclusive<QuestionId>,
    mut sink: impl FnMut(SurveySubject) -> Result<()>,
) -> Result<()> {
    reader.each_subject(questions, |row| sink(SurveySubject::new(&row)))
}
