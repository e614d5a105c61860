//! Rows of the database of a package that goes out.

use rusqlite::{Connection, Statement, params};
use sha1_smol::Sha1;

use super::part::{OutAnswer, OutCard, OutNote};
use crate::anki::template::plain;

/// Rows come in the order of these.
const INDEXES: &str = "
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);";
/// Made when the rows are there, which is faster. While one thread reads the rows, another one sorts.
const SORTED_INDEXES: &str = "
pragma threads = 2;
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);";
/// The ease of SM-2, which FSRS does not ask for.
const EASE: u32 = 2_500;
/// Entries of the log that one statement writes.
const TOGETHER: usize = 16;
/// How many values an entry of the log has.
const OWN: usize = 8;

/// What writes rows.
pub(super) struct RowWriter {
    connection: Connection,
    /// Entries of the log that are written together, each with the moment that it has in the package.
    waiting: Vec<(i64, OutAnswer)>,
    /// The latest moment of an entry of the log, and the latest that one has in the package.
    latest_ms: [i64; 2],
    /// Entries that were moved on, because Anki has room for one in each millisecond.
    shifted: u64,
}

impl RowWriter {
    pub(super) fn new(connection: Connection) -> rusqlite::Result<Self> {
        connection.set_prepared_statement_cache_capacity(16);
        connection.execute_batch(INDEXES)?;
        let waiting = Vec::with_capacity(TOGETHER);
        Ok(Self { connection, waiting, latest_ms: [i64::MIN; 2], shifted: 0 })
    }

    pub(super) fn note(&self, note: &OutNote) -> rusqlite::Result<()> {
        let tags = if note.tags.is_empty() { String::new() } else { format!(" {} ", note.tags.join(" ")) };
        let first = plain(note.fields.first().map_or("", String::as_str));
        let digest = Sha1::from(first.as_bytes()).digest().bytes();
        let check = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        let mut statement =
            self.connection.prepare_cached("insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')")?;
        let fields = note.fields.join("\u{1f}");
        statement.execute(params![note.id, note.guid, note.kind, note.changed_s, tags, fields, first, check])?;
        Ok(())
    }

    pub(super) fn card(&self, card: &OutCard) -> rusqlite::Result<()> {
        let mut statement = self
            .connection
            .prepare_cached("insert into cards values (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)")?;
        let ease = if card.kind == 0 { 0 } else { EASE };
        let left = card.steps_left * 1_001;
        statement.execute(params![
            card.id,
            card.note,
            card.deck,
            card.ordinal,
            card.changed_s,
            card.kind,
            card.queue,
            card.due,
            card.interval,
            ease,
            card.repetitions,
            card.lapses,
            left,
            card.flag,
            card.data
        ])?;
        Ok(())
    }

    pub(super) fn answer(&mut self, answer: OutAnswer) -> rusqlite::Result<()> {
        let id = self.free_moment(answer.at_ms)?;
        self.latest_ms = [self.latest_ms[0].max(answer.at_ms), self.latest_ms[1].max(id)];
        self.shifted += u64::from(id != answer.at_ms);
        self.waiting.push((id, answer));
        if self.waiting.len() == TOGETHER { self.write_together() } else { Ok(()) }
    }

    /// The first moment from `at_ms` on that no entry of the log has.
    fn free_moment(&mut self, at_ms: i64) -> rusqlite::Result<i64> {
        let [latest, taken] = self.latest_ms;
        if at_ms >= latest {
            // Whoever was moved on to the latest moment passed over none that is free.
            return Ok(at_ms.max(taken.saturating_add(1)));
        }
        // A clock went back.
        self.write_alone()?;
        let mut is_taken = self.connection.prepare_cached("select 1 from revlog where id = ?")?;
        let mut id = at_ms;
        while is_taken.exists([id])? {
            id += 1;
        }
        Ok(id)
    }

    /// Writes as many entries of the log as one statement takes.
    fn write_together(&mut self) -> rusqlite::Result<()> {
        let row = "(?, ?, -1, ?, ?, ?, ?, ?, ?)";
        let mut statement =
            self.connection.prepare_cached(&format!("insert into revlog values {}", [row; TOGETHER].join(",")))?;
        for (place, waiting) in self.waiting.drain(..).enumerate() {
            bind(&mut statement, place * OWN, waiting)?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    /// Writes the entries of the log that wait, one by one.
    fn write_alone(&mut self) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare_cached("insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)")?;
        for waiting in self.waiting.drain(..) {
            bind(&mut statement, 0, waiting)?;
            statement.raw_execute()?;
        }
        Ok(())
    }

    /// Ends the database; how many entries of the log were moved on.
    pub(super) fn finish(mut self) -> rusqlite::Result<u64> {
        self.write_alone()?;
        self.connection.execute_batch(SORTED_INDEXES)?;
        self.connection.execute_batch("commit")?;
        self.connection.close().map_err(|(_, error)| error)?;
        Ok(self.shifted)
    }
}

/// Binds an entry of the log to the parameters behind the first so many.
fn bind(statement: &mut Statement<'_>, before: usize, (id, answer): (i64, OutAnswer)) -> rusqlite::Result<()> {
    statement.raw_bind_parameter(before + 1, id)?;
    statement.raw_bind_parameter(before + 2, answer.card)?;
    statement.raw_bind_parameter(before + 3, answer.ease)?;
    statement.raw_bind_parameter(before + 4, answer.interval)?;
    statement.raw_bind_parameter(before + 5, answer.interval_before)?;
    statement.raw_bind_parameter(before + 6, answer.factor)?;
    statement.raw_bind_parameter(before + 7, answer.took_ms)?;
    statement.raw_bind_parameter(before + OWN, answer.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_has_a_moment_of_its_own_whatever_the_clock_does() {
        let connection = Connection::open_in_memory().expect("a database");
        connection
            .execute_batch(
                "begin; create table revlog (id integer primary key, cid, usn, ease, ivl, lastIvl, factor, time, type);
                 create table notes (id integer primary key, usn, csum);
                 create table cards (id integer primary key, usn, nid, did, queue, due);",
            )
            .expect("tables");
        let mut writer = RowWriter::new(connection).expect("indexes");
        let moments = [5, 5, 5, 6, 20, 4, 5, 9, 20, 21, 3].into_iter().chain(30..60);
        for (card, at_ms) in (1..).zip(moments) {
            writer.answer(OutAnswer { at_ms, card, ..OutAnswer::default() }).expect("an entry");
        }
        writer.write_alone().expect("entries");
        let mut statement = writer.connection.prepare("select id from revlog order by cid").expect("a statement");
        let found: Vec<i64> =
            statement.query_map([], |row| row.get(0)).expect("rows").collect::<rusqlite::Result<_>>().expect("rows");
        assert_eq!(found[..11], [5, 6, 7, 8, 20, 4, 9, 10, 21, 22, 3]);
        assert_eq!(found[11..], (30..60).collect::<Vec<i64>>());
        drop(statement);
        assert_eq!(writer.finish().expect("a database"), 7);
    }
}
