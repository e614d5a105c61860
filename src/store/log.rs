//! The log: appending, and reading in the order of events.

use std::collections::{HashMap, HashSet};

use rusqlite::params;
use uuid::Uuid;

use super::log_row::{Detail, decode_review, select_reviews};
use super::query::Query;
use super::{Reader, Writer, log_id};
use crate::error::Result;
use crate::model::{CardId, Due, LogEntry, LogId, Move, MoveKind, Review, StudyDay, Undo, UndoneEntry};

/// Devices whose name begins with this are imports: their answers were given elsewhere, and `undo` leaves them alone.
pub(super) const IMPORTED: &str = "import: ";

impl Writer<'_> {
    /// An identity for the next entry of the log.
    pub fn next_id(&mut self, now_ms: i64) -> LogId {
        self.ids.next(now_ms)
    }

    /// Appends an answer.
    pub fn append_review(&mut self, review: &Review) -> Result<()> {
        let device = self.device(&review.device)?;
        let (due_day, due_ms) = due_columns(Some(review.due));
        self.run(
            "insert into review (id, card, at_ms, day, offset_minutes, rating, kind, confidence, right, picked, shown, order_seed,
             guess_ways, took_ms, device, due_day, due_ms, practice, typed, overruled, sure) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            params![
                review.id,
                review.card,
                review.at.utc_ms,
                review.day,
                review.at.offset_minutes,
                review.rating,
                review.kind,
                review.confidence,
                review.right,
                review.picked,
                review.shown,
                review.order_seed,
                review.guess,
                review.took_ms,
                device,
                due_day,
                due_ms,
                review.practice,
                review.typed,
                review.overruled,
                review.sure,
            ],
        )
    }

    /// Appends a change that comes from elsewhere to the card of this identity, under an id of its own, unless it is there already. One that was
    /// taken back comes again. Returns its id if it was new.
    pub fn append_imported_move(&mut self, change: &Move, card: Uuid, device: &str) -> Result<Option<LogId>> {
        let mut change = change.clone();
        for repeat in 0.. {
            change.id = log_id::derived(card, change.at.utc_ms, 0, repeat);
            if self.one::<i64>("select 1 from move where id = ?", [change.id])?.is_none() {
                break;
            }
            if self.one::<i64>("select 1 from live_move where id = ?", [change.id])?.is_some() {
                return Ok(None);
            }
        }
        self.append_move(&change, device)?;
        let device = self.device(device)?;
        self.imports.insert(device);
        Ok(Some(change.id))
    }

    /// Appends that an entry was taken back.
    pub fn append_undo(&mut self, undo: &Undo, day: StudyDay, device: &str) -> Result<()> {
        let device = self.device(device)?;
        let column = match undo.entry {
            UndoneEntry::Review(_) => "review",
            UndoneEntry::Move(_) => "move",
            UndoneEntry::Undo(_) => "undo",
        };
        self.run(
            &format!("insert into undo (id, {column}, at_ms, day, offset_minutes, device) values (?,?,?,?,?,?)"),
            params![undo.id, undo.entry.id(), undo.at.utc_ms, day, undo.at.offset_minutes, device],
        )
    }

    /// Appends a change without an answer.
    pub fn append_move(&mut self, change: &Move, device: &str) -> Result<()> {
        let device = self.device(device)?;
        let (kind, until) = move_columns(change.kind);
        let Move { id, card, at, day, why, .. } = change;
        self.run(
            "insert into move (id, card, at_ms, day, offset_minutes, kind, until_day, why, device) values (?,?,?,?,?,?,?,?,?)",
            params![id, card, at.utc_ms, day, at.offset_minutes, kind, until, why, device],
        )
    }

    pub(super) fn device(&mut self, name: &str) -> Result<i64> {
        // A log that is imported has one device for all its entries.
        if let Some((last, id)) = &self.last_device
            && last == name
        {
            return Ok(*id);
        }
        let id = match self.one("select id from device where name = ?", [name])? {
            Some(id) => id,
            None => {
                self.run("insert into device (name) values (?)", [name])?;
                let id = self.transaction.last_insert_rowid();
                self.new_devices.insert(id);
                id
            }
        };
        self.last_device = Some((name.to_owned(), id));
        Ok(id)
    }

    /// Keeps so much of the database in memory from now on, in KiB. A large transaction would otherwise write its pages out and read them again, over
    /// and over.
    pub(super) fn keep_in_memory(&self, kib: i64) -> Result<()> {
        Ok(self.transaction.pragma_update(None, "cache_size", -kib)?)
    }
}

impl Reader<'_> {
    /// The last answer that counts and was given here, with its card, and whether it is practice.
    pub fn last_answer(&self) -> Result<Option<(LogId, CardId, bool)>> {
        // A log that was imported as a whole would be read from its end to its start. As a condition of the next statement, this would
        // be asked for every row.
        if !self.value("select exists (select 1 from device where substr(name, 1, length(?1)) <> ?1)", [IMPORTED])? {
            return Ok(None);
        }
        self.one(
            "select review.id, review.card, review.practice
             from live_review as review join device on device.id = review.device
             where substr(device.name, 1, length(?1)) <> ?1 order by review.id desc limit 1",
            [IMPORTED],
        )
    }

    /// The log of a card without what was taken back, in the order of events.
    pub fn log_of(&self, card: CardId) -> Result<Vec<LogEntry>> {
        let mut log = Vec::new();
        let reviews = select_reviews(Detail::Fold, "live_review as review where review.card = ? order by review.id");
        self.each(&reviews, [card], |row| {
            log.push(LogEntry::Review(decode_review(row, Detail::Fold, &HashMap::new())?));
            Ok(())
        })?;
        log.extend(self.moves("live_move where card = ?", [card])?.into_iter().map(LogEntry::Move));
        log.sort_by_key(LogEntry::id);
        Ok(log)
    }

    /// Whether an answer to this card was given at this moment, in UTC milliseconds.
    pub fn has_answer_at(&self, card: CardId, at_ms: i64) -> Result<bool> {
        self.value("select exists (select 1 from review where card = ? and at_ms = ?)", params![card, at_ms])
    }

    /// The answers to a card, those taken back too: the identity of each, and when it was given, UTC milliseconds.
    pub fn answers_to(&self, card: CardId) -> Result<Vec<(LogId, i64)>> {
        self.all("select id, at_ms from review where card = ?", [card])
    }

    /// The answers to these cards, those taken back too, card by card: the identity of each, and when it was given, UTC milliseconds.
    pub fn answers_to_many(&self, cards: &HashSet<CardId>) -> Result<Vec<(CardId, LogId, i64)>> {
        let mut answers = Vec::new();
        // The whole log in its order is read sooner than that of each card.
        self.each("select card, id, at_ms from review", [], |row| {
            let card = row.get(0)?;
            if cards.contains(&card) {
                answers.push((card, row.get(1)?, row.get(2)?));
            }
            Ok(())
        })?;
        answers.sort_unstable();
        Ok(answers)
    }

    /// Whether an answer to this card was given at this moment, with this order of its options.
    pub fn has_answer_like(&self, card: CardId, at_ms: i64, order_seed: i64) -> Result<bool> {
        let sql = "select exists (select 1 from review where card = ? and at_ms = ? and order_seed = ?)";
        self.value(sql, params![card, at_ms, order_seed])
    }

    /// The answers that count and came from this device, with their cards.
    pub fn answers_of_device(&self, device: &str) -> Result<Vec<(LogId, CardId)>> {
        self.all(
            "select review.id, review.card from live_review as review join device on device.id = review.device
             where device.name = ? order by review.id",
            [device],
        )
    }
}

pub(super) fn due_columns(due: Option<Due>) -> (Option<StudyDay>, Option<i64>) {
    match due {
        Some(Due::Day(day)) => (Some(day), None),
        Some(Due::At(ms)) => (None, Some(ms)),
        None => (None, None),
    }
}

/// The number of a kind of move, and the day that it names. [`super::log_row`] decodes them.
fn move_columns(kind: MoveKind) -> (u8, Option<StudyDay>) {
    match kind {
        MoveKind::Suspend => (0, None),
        MoveKind::Unsuspend => (1, None),
        MoveKind::Bury(day) => (2, Some(day)),
        MoveKind::Unbury => (3, None),
        MoveKind::Due(day) => (4, Some(day)),
        MoveKind::Forget => (5, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Confidence, Guess, Moment, Rating, ReviewKind};
    use crate::store::Store;

    const CARD: CardId = CardId(1);
    const HERE: &str = "this device";

    fn store(folder: &tempfile::TempDir) -> Store {
        let store = Store::open(&folder.path().join("a.db"), 0, Some(1)).expect("a store");
        store
            .connection
            .execute_batch(
                "insert into deck (id, name) values (1, 'A');
                 insert into question (id, uid, deck, kind, stem, key_origin, choices) values (1, zeroblob(16), 1, 0, 'q', 0, '[]');
                 insert into card (id, uid, question, ordinal) values (1, zeroblob(16), 1, 0);",
            )
            .expect("a card");
        store
    }

    fn moment(utc_ms: i64) -> Moment {
        Moment { utc_ms, offset_minutes: 0 }
    }

    fn review(id: LogId, at_ms: i64, device: &str) -> Review {
        Review {
            id,
            card: CARD,
            at: moment(at_ms),
            day: StudyDay(0),
            rating: Rating::Good,
            kind: ReviewKind::New,
            confidence: Confidence::Model,
            right: true,
            overruled: false,
            sure: None,
            typed: None,
            picked: vec![0],
            shown: vec![0, 1],
            order_seed: 0,
            guess: Guess::NONE,
            took_ms: 1_000,
            device: device.into(),
            due: Due::Day(StudyDay(3)),
            practice: false,
        }
    }

    /// Appends an answer at this moment.
    fn append(store: &mut Store, at_ms: i64, device: &str) -> LogId {
        let mut writer = store.writer().expect("a writer");
        let id = writer.next_id(at_ms);
        writer.append_review(&review(id, at_ms, device)).expect("an answer");
        writer.commit().expect("a commit");
        id
    }

    fn take_back(store: &mut Store, review: LogId, at_ms: i64) -> LogId {
        let mut writer = store.writer().expect("a writer");
        let entry = UndoneEntry::Review(review);
        let undo = Undo { id: writer.next_id(at_ms), entry, at: moment(at_ms) };
        writer.append_undo(&undo, StudyDay(0), HERE).expect("an undo");
        writer.commit().expect("a commit");
        undo.id
    }

    fn append_move(store: &mut Store, kind: MoveKind, at_ms: i64) -> LogId {
        let mut writer = store.writer().expect("a writer");
        let (id, at) = (writer.next_id(at_ms), moment(at_ms));
        let change = Move { id, card: CARD, at, day: StudyDay(0), kind, why: "a reason".into() };
        writer.append_move(&change, HERE).expect("a move");
        writer.commit().expect("a commit");
        id
    }

    #[test]
    fn changes_that_no_deed_made_are_counted() {
        use crate::model::{DeedKind, FIRST_MS};
        use crate::store::NewDeed;
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        append_move(&mut store, MoveKind::Suspend, 500);
        let answer = append(&mut store, 1_000, HERE);
        let count = |store: &Store, reason: &str| {
            let last = store.reader().last_deed().expect("a deed").map(|deed| deed.id);
            store.reader().moves_without_deed(last, reason).expect("a count")
        };
        assert_eq!(count(&store, "another"), 0, "what came before the answer is not passed over");
        append_move(&mut store, MoveKind::Suspend, 2_000);
        append_move(&mut store, MoveKind::Unsuspend, 3_000);
        assert_eq!((count(&store, "another"), count(&store, "a reason")), (2, 0));
        assert_eq!(store.reader().moves_without_deed(None, "another").expect("a count"), 3);
        let mut writer = store.deed(NewDeed::on_card(DeedKind::Suspend, moment(FIRST_MS), CARD)).expect("a deed");
        let (id, at) = (writer.next_id(FIRST_MS), moment(FIRST_MS));
        let change = Move { id, card: CARD, at, day: StudyDay(0), kind: MoveKind::Suspend, why: "a reason".into() };
        writer.append_move(&change, HERE).expect("a move");
        writer.commit().expect("a commit");
        assert_eq!(count(&store, "another"), 0, "the deed is the last thing now");
        assert_eq!(store.reader().moves_without_deed(Some(answer), "another").expect("a count"), 2);
    }

    #[test]
    fn the_last_answer_was_given_here_and_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        let last = |store: &Store| store.reader().last_answer().expect("an answer").map(|(id, ..)| id);
        assert_eq!(last(&store), None);
        append(&mut store, 1_000, &Writer::import_device("anki", 1));
        assert_eq!(last(&store), None, "an imported answer was given elsewhere");
        let first = append(&mut store, 2_000, HERE);
        // The name of a device is told from that of an import by its first words.
        let second = append(&mut store, 3_000, "important: a laptop");
        append(&mut store, 4_000, &Writer::import_device("anki", 2));
        assert_eq!(last(&store), Some(second));
        take_back(&mut store, second, 5_000);
        assert_eq!(last(&store), Some(first));
    }

    #[test]
    fn an_identity_is_after_every_entry_of_the_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        // The clock goes back after each entry.
        let review = append(&mut store, 9_000, HERE);
        let moved = append_move(&mut store, MoveKind::Suspend, 12_000);
        let again = append(&mut store, 1_000, HERE);
        assert!(review < moved && moved < again, "{review:?} {moved:?} {again:?}");
        let undo = take_back(&mut store, again, 15_000);
        let last = append(&mut store, 1_000, HERE);
        assert!(again < undo && undo < last, "{again:?} {undo:?} {last:?}");
    }

    #[test]
    fn the_log_of_a_card_is_in_the_order_of_events() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        let kinds = [
            MoveKind::Suspend,
            MoveKind::Unsuspend,
            MoveKind::Bury(StudyDay(4)),
            MoveKind::Unbury,
            MoveKind::Due(StudyDay(5)),
            MoveKind::Forget,
        ];
        let mut written = Vec::new();
        for kind in kinds {
            written.push((append_move(&mut store, kind, 1_000), Some(kind)));
            written.push((append(&mut store, 1_000, HERE), None));
        }
        let undone = append(&mut store, 1_000, HERE);
        take_back(&mut store, undone, 1_000);
        let log = store.reader().log_of(CARD).expect("a log").into_iter().map(|entry| match entry {
            LogEntry::Move(change) => (change.id, Some(change.kind)),
            LogEntry::Review(review) => (review.id, None),
        });
        assert_eq!(log.collect::<Vec<_>>(), written);
    }
}
