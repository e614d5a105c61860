//! Answers that were given elsewhere, appended by the hundred thousand.
//!
//! The log is a tree in the order of its ids, and an index names every entry again by its card. Answers that come card by card would be
//! written all over the tree, and those in the order of the log all over the index. So they are sorted by their ids, and appended at the end of
//! the tree; if most of the log is new, the index is made when all are there, in the same transaction. The seal over them is computed
//! meanwhile, because it needs nothing but them.

use std::fmt::Write as _;
use std::thread;

use rusqlite::Statement;
use uuid::Uuid;

use super::bulk_index::IndexesOff;
use super::log::{IMPORTED, due_columns};
use super::log_seal::{SealBegun, begin_seal};
use super::query::Query;
use super::{Writer, log_id};
use crate::error::{Error, Result};
use crate::model::{CardId, Confidence, Due, LogId, Moment, Rating, Review, ReviewKind, StudyDay};

/// An answer that was given elsewhere. Nobody says what was shown: the rating is taken at its word, as other trainers do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImportedAnswer {
    /// Its identity.
    pub id: LogId,
    /// The card that was answered.
    pub card: CardId,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// The study day.
    pub day: StudyDay,
    /// The grade.
    pub rating: Rating,
    /// The situation.
    pub kind: ReviewKind,
    /// How often the card was answered before.
    pub order_seed: u32,
    /// Milliseconds taken.
    pub took_ms: u32,
    /// The due date that was promised.
    pub due: Due,
}

impl ImportedAnswer {
    /// The answer as an entry of the log, without its device; `offset_minutes` east of Greenwich.
    pub fn review(&self, offset_minutes: i32) -> Review {
        Review {
            id: self.id,
            card: self.card,
            at: Moment { utc_ms: self.at_ms, offset_minutes },
            day: self.day,
            rating: self.rating,
            kind: self.kind,
            confidence: Confidence::Stated,
            right: self.rating != Rating::Again,
            order_seed: self.order_seed,
            took_ms: self.took_ms,
            due: self.due,
            ..Review::EMPTY
        }
    }
}

/// The index of the log that is made again when much is appended.
const INDEX: &str = "review_card";
/// Fewer answers than this are not worth it.
const MANY: usize = 20_000;
/// The same if many answers are written all over the index.
const ALL_OVER_KIB: i64 = 49_152;
/// How many answers are written by one statement: most of its time would be its beginning and its end.
const TOGETHER: usize = 16;
/// How many of them are written from one step of the progress to the next.
const STEP: usize = 64 * TOGETHER;
/// The columns in which answers differ.
const OWN: usize = 11;

/// Answers that could not be appended, because the log has entries of these identities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswersThere {
    /// How many.
    pub count: usize,
    /// Cards among which theirs are: what follows from their logs is to be computed from the log.
    pub cards: Vec<CardId>,
}

impl Writer<'_> {
    /// The identity of an answer that comes from elsewhere, the same at every import.
    pub fn imported_id(card: Uuid, at_ms: i64, rating: Rating, repeat: u32) -> LogId {
        log_id::derived(card, at_ms, rating.number(), repeat)
    }

    /// The name of the device of an import, by which its answers are found again.
    pub fn import_device(source: &str, import: i64) -> String {
        format!("{IMPORTED}{source} ({import})")
    }

    /// Appends answers that come from elsewhere, unless they are there already. `step` is called with how many more are done.
    pub fn append_imported(
        &mut self,
        mut answers: Vec<ImportedAnswer>,
        offset_minutes: i32,
        device: &str,
        step: impl FnMut(usize) -> Result<()>,
    ) -> Result<AnswersThere> {
        if answers.is_empty() {
            return Ok(AnswersThere::default());
        }
        self.confirm_cards(&answers)?;
        answers.sort_unstable_by_key(|answer| answer.id);
        let device = self.device(device)?;
        let index = if self.is_most_of_the_log(answers.len())? {
            self.take_indexes_off(&[INDEX])?
        } else {
            IndexesOff::default()
        };
        if index.is_none() && answers.len() >= MANY {
            self.keep_in_memory(ALL_OVER_KIB)?;
        }
        let (there, seal) = thread::scope(|scope| -> Result<(AnswersThere, Option<SealBegun>)> {
            let seal = scope.spawn(|| begin_seal(&answers, offset_minutes, device));
            // What is written is of types that hold nothing else than the columns want. To look again is a fifth of the time; tests look.
            self.check_rows(cfg!(debug_assertions))?;
            let there = self.insert_imported(&answers, offset_minutes, device, step);
            self.check_rows(true)?;
            Ok((there?, seal.join().ok()))
        })?;
        let count = answers.len();
        drop(answers);
        self.make_indexes(index)?;
        if there.count < count {
            // It is that of the import, unless something else is of it.
            let is_whole = there.count == 0 && self.new_devices.remove(&device);
            self.seal_begun = self.seal_begun.take().or(seal).filter(|seal| is_whole && seal.device == device);
            self.imports.insert(device);
        }
        Ok(there)
    }

    /// Says whether SQLite looks whether rows fit the constraints of their columns.
    fn check_rows(&self, look: bool) -> Result<()> {
        Ok(self.transaction.pragma_update(None, "ignore_check_constraints", !look)?)
    }

    /// Fails if there is no such card: an import does not let SQLite look, see [`super::Store::import_writer`].
    fn confirm_cards(&self, answers: &[ImportedAnswer]) -> Result<()> {
        let cards: Vec<CardId> = self.all("select id from card order by id", [])?;
        if answers.iter().all(|answer| cards.binary_search(&answer.card).is_ok()) {
            return Ok(());
        }
        Err(Error::fault("an answer names no card").hint("please report this"))
    }

    /// Writes answers in the order of their ids.
    fn insert_imported(
        &self,
        answers: &[ImportedAnswer],
        offset_minutes: i32,
        device: i64,
        mut step: impl FnMut(usize) -> Result<()>,
    ) -> Result<AnswersThere> {
        let prepare = |count| self.connection().prepare(&insertion(count, offset_minutes, device));
        let (mut together, mut alone) = (prepare(TOGETHER)?, prepare(1)?);
        let mut there = AnswersThere::default();
        for some in answers.chunks(STEP) {
            step(some.len())?;
            let (groups, rest) = some.as_chunks::<TOGETHER>();
            let groups = groups.iter().map(|group| &group[..]).chain(rest.chunks(1));
            for group in groups {
                let statement = if group.len() == TOGETHER { &mut together } else { &mut alone };
                for (place, answer) in group.iter().enumerate() {
                    bind(statement, place * OWN, answer)?;
                }
                let new = statement.raw_execute()?;
                if new < group.len() {
                    there.count += group.len() - new;
                    there.cards.extend(group.iter().map(|answer| answer.card));
                }
            }
        }
        Ok(there)
    }

    /// Whether so many answers come that making the index over the cards from all of them is quicker.
    fn is_most_of_the_log(&self, coming: usize) -> Result<bool> {
        Ok(coming >= MANY && self.reader().review_count()? <= coming as u64)
    }
}

/// The statement that writes so many answers.
fn insertion(count: usize, offset_minutes: i32, device: i64) -> String {
    let mut sql = String::from(
        "insert or ignore into review (id, card, at_ms, day, rating, kind, right, order_seed, took_ms, due_day, due_ms,
         offset_minutes, device, confidence, picked, shown, guess_ways, practice, overruled) values ",
    );
    let stated = Confidence::Stated.number();
    for place in 0..count {
        let comma = if place == 0 { "" } else { "," };
        let _ = write!(sql, "{comma}(?,?,?,?,?,?,?,?,?,?,?, {offset_minutes}, {device}, {stated}, x'', x'', 0, 0, 0)");
    }
    sql
}

/// Binds an answer to the parameters behind the first so many.
fn bind(statement: &mut Statement<'_>, before: usize, answer: &ImportedAnswer) -> Result<()> {
    let (due_day, due_ms) = due_columns(Some(answer.due));
    statement.raw_bind_parameter(before + 1, answer.id)?;
    statement.raw_bind_parameter(before + 2, answer.card)?;
    statement.raw_bind_parameter(before + 3, answer.at_ms)?;
    statement.raw_bind_parameter(before + 4, answer.day)?;
    statement.raw_bind_parameter(before + 5, answer.rating)?;
    statement.raw_bind_parameter(before + 6, answer.kind)?;
    statement.raw_bind_parameter(before + 7, answer.rating != Rating::Again)?;
    statement.raw_bind_parameter(before + 8, answer.order_seed)?;
    statement.raw_bind_parameter(before + 9, answer.took_ms)?;
    statement.raw_bind_parameter(before + 10, due_day)?;
    statement.raw_bind_parameter(before + OWN, due_ms)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::schema_guard::{differences, newest, schema};
    use crate::store::{IntegrityProblems, LoggedReview, Store};

    const CARD: CardId = CardId(1);

    fn store(folder: &tempfile::TempDir) -> Store {
        let store = Store::open(&folder.path().join("a.db"), 0, Some(1)).expect("a store");
        store
            .connection
            .execute_batch(
                "insert into deck (id, name) values (1, 'A');
                 insert into question (id, uid, deck, kind, stem, key_origin, choices) values (1, zeroblob(16), 1, 0, 'q', 0, '[]');
                 insert into card (id, uid, question, ordinal) values (1, zeroblob(16), 1, 0), (2, zeroblob(16), 1, 1);",
            )
            .expect("a card");
        store
    }

    fn answer(at_ms: i64, repeat: u32) -> ImportedAnswer {
        ImportedAnswer {
            id: Writer::imported_id(Uuid::nil(), at_ms, Rating::Hard, repeat),
            card: CARD,
            at_ms,
            day: StudyDay(5),
            rating: Rating::Hard,
            kind: ReviewKind::Learning,
            order_seed: 7,
            took_ms: 1_234,
            due: Due::At(at_ms + 60_000),
        }
    }

    /// How many of these answers were there.
    fn append(writer: &mut Writer<'_>, answers: &[ImportedAnswer], device: &str) -> usize {
        writer.append_imported(answers.to_vec(), 60, device, |_| Ok(())).expect("answers").count
    }

    #[test]
    fn an_import_adds_each_answer_once_and_finds_its_own_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        let device = Writer::import_device("anki", 1);
        let mut writer = store.writer().expect("a writer");
        let (one, other) = (answer(1_000, 0), answer(1_000, 1));
        assert_eq!(append(&mut writer, &[one], &device), 0);
        assert_eq!(append(&mut writer, &[one], &device), 1, "it is there already");
        assert_eq!(append(&mut writer, &[other], &Writer::import_device("anki", 2)), 0);
        assert_eq!(writer.reader().answers_of_device(&device).expect("answers"), [(one.id, CARD)]);
        let mut there = writer.reader().answers_to(CARD).expect("answers");
        there.sort_unstable();
        let mut both = [(one.id, 1_000), (other.id, 1_000)];
        both.sort_unstable();
        assert_eq!(there, both);
    }

    #[test]
    fn an_answer_is_read_as_it_was_appended() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        let mut writer = store.writer().expect("a writer");
        let (by_step, by_day) = (answer(5_000, 0), ImportedAnswer { due: Due::Day(StudyDay(9)), ..answer(1_000, 0) });
        let again = ImportedAnswer { rating: Rating::Again, card: CardId(2), ..answer(3_000, 0) };
        append(&mut writer, &[by_step, by_day, again], "import: a");
        writer.commit().expect("a commit");
        let mut read = Vec::new();
        let take_in = |LoggedReview { review, .. }| {
            read.push(review);
            Ok(())
        };
        store.reader().each_review(|_| Ok(()), take_in).expect("answers");
        let device = String::from("import: a");
        let expected = [by_day, again, by_step].map(|answer| Review { device: device.clone(), ..answer.review(60) });
        assert_eq!(read, expected);
        assert_eq!(store.reader().broken_seals().expect("seals"), []);
    }

    #[test]
    fn the_index_is_there_again_when_many_came() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        let mut writer = store.writer().expect("a writer");
        let mut answers: Vec<ImportedAnswer> = (0..MANY as i64).rev().map(|place| answer(place * 10, 0)).collect();
        assert_eq!(append(&mut writer, &answers, "import: a"), 0);
        // Some that are there, and one that is not.
        answers.truncate(3);
        answers.push(ImportedAnswer { card: CardId(2), ..answer(5, 0) });
        assert_eq!(append(&mut writer, &answers, "import: a"), 3);
        writer.commit().expect("a commit");
        assert_eq!(store.reader().broken_seals().expect("seals"), []);
        let found = |connection: &Connection| differences(&schema(connection).expect("a schema"), &newest());
        assert_eq!(found(&store.connection), []);
        assert_eq!(store.reader().integrity_problems().expect("a check"), IntegrityProblems::default());
        assert_eq!(store.reader().answers_to(CARD).expect("answers").len(), MANY);
        assert_eq!(store.reader().answers_to(CardId(2)).expect("answers").len(), 1);
    }

    #[test]
    fn an_answer_to_no_card_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        let mut writer = store.import_writer().expect("a writer");
        let stray = ImportedAnswer { card: CardId(3), ..answer(1_000, 0) };
        let error = writer.append_imported(vec![answer(900, 0), stray], 60, "import: a", |_| Ok(())).expect_err("none");
        assert!(error.message().contains("names no card"), "{}", error.message());
    }

    #[test]
    fn the_identity_of_an_imported_answer_follows_from_all_of_it() {
        let id = |at_ms, rating, repeat| Writer::imported_id(Uuid::NAMESPACE_OID, at_ms, rating, repeat);
        let same = id(1_795_000_000_123, Rating::Good, 0);
        assert_eq!(same, id(1_795_000_000_123, Rating::Good, 0));
        assert_eq!(same.0.get_version_num(), 7);
        assert_eq!(same.0.as_u128() >> 80, 1_795_000_000_123);
        let others = [
            id(1_795_000_000_124, Rating::Good, 0),
            id(1_795_000_000_123, Rating::Hard, 0),
            id(1_795_000_000_123, Rating::Good, 1),
            Writer::imported_id(Uuid::NAMESPACE_URL, 1_795_000_000_123, Rating::Good, 0),
        ];
        assert!(!others.contains(&same), "{others:?}");
    }
}
