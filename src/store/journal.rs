//! What a deed changes outside the log, row by row, so that it can be taken back exactly.
//!
//! Temporary triggers write each row down as it was and as it became, as SQLite's own notes on undo suggest
//! (<https://www.sqlite.org/undoredo.html>). Rows are kept as JSON and not as statements, so that a database from elsewhere cannot make this
//! program run its words.

use std::collections::BTreeSet;

use rusqlite::{Row, params};

use super::fault::nonsense;
use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, DeckId, LogId, QuestionId};

/// The tables that hold what a person changes. The log is only ever appended to, and memory follows from it.
const TABLES: [&str; 22] = [
    "preset",
    "setting",
    "deck",
    "deck_setting",
    "topic",
    "source",
    "question",
    "question_tag",
    "question_media",
    "placement",
    "card",
    "flag",
    "edit",
    "fit",
    "shift",
    "reading",
    "import",
    "question_before",
    "placement_before",
    "import_move",
    "deleted",
    "shelf",
];

/// A column of a table.
struct Column {
    name: String,
    kind: String,
    is_key: bool,
}

impl FromRow for Column {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { name: row.get("name")?, kind: row.get("type")?, is_key: row.get::<_, i64>("pk")? > 0 })
    }
}

impl Column {
    /// The column of `row` (a table, `old` or `new`) as JSON has it: blobs as hex, numbers with all their digits.
    fn encoded(&self, row: &str) -> String {
        let cell = format!("{row}.\"{}\"", self.name);
        match self.kind.as_str() {
            "BLOB" => format!("iif({cell} is null, null, hex({cell}))"),
            "REAL" => format!("iif({cell} is null, null, printf('%!.17g', {cell}))"),
            // SQLite would put in a text that a function of JSON just made as JSON, and not as a text.
            "TEXT" => format!("{cell} || ''"),
            _ => cell,
        }
    }

    /// The column as the JSON object in parameter `place` has it.
    fn decoded(&self, place: &str) -> String {
        let cell = format!("json_extract({place}, '$.{}')", self.name);
        match self.kind.as_str() {
            "BLOB" => format!("unhex({cell})"),
            "REAL" => format!("cast({cell} as real)"),
            _ => cell,
        }
    }
}

/// A table with its columns.
struct JournaledTable {
    name: &'static str,
    columns: Vec<Column>,
}

impl JournaledTable {
    fn find(query: &impl Query, name: &'static str) -> Result<Self> {
        let mut columns: Vec<Column> = query.all("select name, type, pk from pragma_table_info(?)", [name])?;
        // Names become part of statements, and a database from elsewhere may have columns of any.
        let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        columns.retain(|column| plain(&column.name));
        if columns.is_empty() {
            return Err(nonsense("a table with other columns than this program makes"));
        }
        Ok(Self { name, columns })
    }

    /// A row as a JSON object.
    fn object(&self, row: &str) -> String {
        let cells: Vec<String> =
            self.columns.iter().map(|column| format!("'{}', {}", column.name, column.encoded(row))).collect();
        format!("json_object({})", cells.join(", "))
    }

    /// The row that the JSON object in `?1` describes, if it still says the same.
    fn found(&self) -> String {
        let keys = self.columns.iter().filter(|column| column.is_key);
        let keys: Vec<String> = keys.map(|column| format!("\"{}\" is {}", column.name, column.decoded("?1"))).collect();
        let passing = self.columns.iter().filter(|column| self.is_passing(column));
        let passing: String = passing.map(|column| format!(", '$.{}'", column.name)).collect();
        let (now, then) = if passing.is_empty() {
            (self.object(self.name), "?1".to_owned())
        } else {
            (format!("json_remove({}{passing})", self.object(self.name)), format!("json_remove(?1{passing})"))
        };
        format!("{} and {now} = {then}", keys.join(" and "))
    }

    /// Whether a column only says what an import did last, which taking the import back leaves as it is.
    fn is_passing(&self, column: &Column) -> bool {
        self.name == "source" && matches!(column.name.as_str(), "imported_ms" | "named")
    }
}

/// A change of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RowChange {
    deed: LogId,
    table: String,
    before: Option<String>,
    after: Option<String>,
}

impl FromRow for RowChange {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            deed: row.get("deed")?,
            table: row.get("of_table")?,
            before: row.get("before")?,
            after: row.get("after")?,
        })
    }
}

/// The cards and questions that rows speak of: their memory is to be brought up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TouchedRows {
    /// Cards that came, went or changed.
    pub cards: BTreeSet<CardId>,
    /// Questions that came, went or changed.
    pub questions: BTreeSet<QuestionId>,
    /// Questions that the deed had brought and that stay, because the log names their cards. The caller hides them.
    pub kept: BTreeSet<QuestionId>,
    /// Decks that the deed had brought and that stay, because they hold such questions. The caller hides them too.
    pub kept_decks: BTreeSet<DeckId>,
}

/// How an attempt to put rows back ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowsPutBack {
    /// All of them are as they were.
    Whole(TouchedRows),
    /// A row of this table was changed by something else since; nothing may be committed.
    Changed(String),
}

impl Writer<'_> {
    /// Writes down from now on which rows change.
    pub(super) fn open_journal(&self) -> Result<()> {
        let mut sql = String::from(
            "create temp table journal (number integer primary key, of_table text not null, before text, after text);",
        );
        for name in TABLES {
            let table = JournaledTable::find(self, name)?;
            let (old, new) = (table.object("old"), table.object("new"));
            for (event, before, after) in
                [("insert", "null", &*new), ("update", &*old, &*new), ("delete", &*old, "null")]
            {
                sql += &format!(
                    "create temp trigger journal_{name}_{event} after {event} on main.{name} begin
                     insert into journal (of_table, before, after) values ('{name}', {before}, {after}); end;"
                );
            }
        }
        Ok(self.transaction.execute_batch(&sql)?)
    }

    /// Whether anything is another than when the journal was opened: of a row that changed back and forth, what it was at first and what
    /// it is at last are the same.
    pub(super) fn has_changed(&self) -> Result<bool> {
        let only_in = |these: &str, not_these: &str| {
            format!(
                "exists (select of_table, {these} from journal where {these} is not null
                 except select of_table, {not_these} from journal where {not_these} is not null)"
            )
        };
        self.value(&format!("select {} or {}", only_in("before", "after"), only_in("after", "before")), [])
    }

    /// Ends the journal. The rows that changed are kept for this deed, if it is one.
    pub(super) fn close_journal(&self, deed: LogId, keep: bool) -> Result<()> {
        if keep {
            self.run(
                "insert into deed_row (deed, number, of_table, before, after)
                 select ?, number, of_table, before, after from journal where before is not after",
                [deed],
            )?;
        }
        let mut sql = String::new();
        for name in TABLES {
            for event in ["insert", "update", "delete"] {
                sql += &format!("drop trigger temp.journal_{name}_{event};");
            }
        }
        Ok(self.transaction.execute_batch(&(sql + "drop table temp.journal;"))?)
    }

    /// Nothing that was done before is taken back any more.
    pub fn forget_changes(&self) -> Result<()> {
        self.run("delete from deed_row", params![])
    }

    /// Puts back the rows that a deed changed, the last one first. A row that says something else by now is left alone, and so
    /// is everything.
    pub fn put_rows_back(&mut self, deed: LogId) -> Result<RowsPutBack> {
        // What was deleted first may name what was deleted last.
        self.transaction.pragma_update(None, "defer_foreign_keys", "on")?;
        let mut touched = TouchedRows::default();
        let rows: Vec<RowChange> =
            self.all("select deed, of_table, before, after from deed_row where deed = ? order by number desc", [deed])?;
        let mut tables: Vec<JournaledTable> = Vec::new();
        for row in rows {
            let known = TABLES.into_iter().find(|name| *name == row.table);
            let name = known.ok_or_else(|| nonsense("a change of a table that no deed changes"))?;
            let place = match tables.iter().position(|table| table.name == name) {
                Some(place) => place,
                None => {
                    tables.push(JournaledTable::find(self, name)?);
                    tables.len() - 1
                }
            };
            if self.must_stay(&row, &mut touched)? {
                continue;
            }
            if !self.put_row_back(&tables[place], &row)? {
                return Ok(RowsPutBack::Changed(row.table));
            }
            self.note_touched(&row, &mut touched)?;
        }
        self.match_memory(&touched)?;
        Ok(RowsPutBack::Whole(touched))
    }

    /// Whether the row still was as the deed had left it, and is now as it was before.
    fn put_row_back(&self, table: &JournaledTable, row: &RowChange) -> Result<bool> {
        let name = table.name;
        let changed = match (&row.before, &row.after) {
            (None, Some(after)) => self.run_counted(&format!("delete from {name} where {}", table.found()), [after])?,
            (Some(before), Some(after)) => {
                let cells: Vec<String> = table
                    .columns
                    .iter()
                    .filter(|column| !table.is_passing(column))
                    .map(|column| format!("\"{}\" = {}", column.name, column.decoded("?2")))
                    .collect();
                let sql = format!("update {name} set {} where {}", cells.join(", "), table.found());
                self.run_counted(&sql, [after, before])?
            }
            (Some(before), None) => {
                let names: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
                let cells: Vec<String> = table.columns.iter().map(|column| column.decoded("?1")).collect();
                let sql = format!("insert or ignore into {name} ({}) select {}", names.join(", "), cells.join(", "));
                self.run_counted(&sql, [before])?
            }
            (None, None) => 1,
        };
        Ok(changed == 1)
    }

    /// Whether a row that a deed brought cannot go, because the log names what it belongs to.
    fn must_stay(&self, row: &RowChange, touched: &mut TouchedRows) -> Result<bool> {
        let (None, Some(after)) = (&row.before, &row.after) else { return Ok(false) };
        let key = match row.table.as_str() {
            "question" => "$.id",
            "card" | "question_tag" | "question_media" | "placement" => "$.question",
            "deck" => {
                let deck: DeckId = self.value("select json_extract(?, '$.id')", [after])?;
                let holds: bool = self.value("select exists (select 1 from question where deck = ?)", [deck])?;
                if holds {
                    touched.kept_decks.insert(deck);
                }
                return Ok(holds);
            }
            _ => return Ok(false),
        };
        let question: QuestionId = self.value(&format!("select json_extract(?, '{key}')"), [after])?;
        let came: bool = touched.kept.contains(&question)
            || self.value(
                "select exists (select 1 from card where question = ?1 and (
                     exists (select 1 from review where review.card = card.id)
                     or exists (select 1 from move where move.card = card.id)))",
                [question],
            )?;
        // A card that came to a question that was there before, and a tag, go by themselves.
        let brought: bool = came
            && self.value(
                "select exists (select 1 from deed_row where deed = ?1 and of_table = 'question' and before is null
                 and json_extract(after, '$.id') = ?2)",
                params![row.deed, question],
            )?;
        if brought {
            touched.kept.insert(question);
        }
        Ok(brought)
    }

    fn note_touched(&self, row: &RowChange, touched: &mut TouchedRows) -> Result<()> {
        for object in row.before.iter().chain(&row.after) {
            match row.table.as_str() {
                "question" => {
                    touched.questions.insert(self.value("select json_extract(?, '$.id')", [object])?);
                }
                "card" => {
                    let (card, question): (CardId, QuestionId) =
                        self.value("select json_extract(?1, '$.id'), json_extract(?1, '$.question')", [object])?;
                    touched.cards.insert(card);
                    touched.questions.insert(question);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Memory repeats where a card belongs, and has no row for a card that is gone.
    fn match_memory(&self, touched: &TouchedRows) -> Result<()> {
        for card in &touched.cards {
            self.run(
                "delete from memory where card = ?1 and not exists (select 1 from card where card.id = ?1)",
                params![card],
            )?;
        }
        for question in &touched.questions {
            self.run(
                "update memory set deck = question.deck, topic = question.topic from question
                 where question.id = ?1 and memory.card in (select id from card where card.question = ?1)",
                params![question],
            )?;
        }
        Ok(())
    }
}

/// That a deed which did something is left without anything that it did.
const STRIPPED: &str = "last = id and batch is null and reverses is null and kind <> 'purge'
    and not exists (select 1 from deed_row where deed_row.deed = deed.id)";

impl Reader<'_> {
    /// How many of the rows that it takes to take deeds back are not as they are written.
    pub fn unreadable_changes(&self) -> Result<u64> {
        let known = TABLES.map(|table| format!("'{table}'")).join(", ");
        // Only what is JSON has a type.
        let is_object = |cell: &str| format!("iif(json_valid({cell}), json_type({cell}) = 'object', {cell} is null)");
        self.value(
            &format!(
                "select (select count(*) from deed_row where of_table not in ({known}) or not {} or not {})
                 + (select count(*) from deed where {STRIPPED} and id > coalesce((select max(id) from deed where kind = 'purge'), x''))",
                is_object("before"),
                is_object("after")
            ),
            [],
        )
        .map(i64::unsigned_abs)
    }

    /// Whether a deed has neither rows nor entries of the log that it changed: something else than this program removed them.
    pub fn is_stripped(&self, deed: LogId) -> Result<bool> {
        self.value(&format!("select exists (select 1 from deed where id = ? and {STRIPPED})"), [deed])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DeedKind, Moment};
    use crate::store::{NewDeed, Store};

    const NOW: Moment = Moment { utc_ms: 1_795_000_000_000, offset_minutes: 60 };

    fn store(folder: &tempfile::TempDir) -> Store {
        Store::open(&folder.path().join("a.db"), 0, Some(1)).expect("a store")
    }

    /// All rows of a table, with the types of their cells.
    fn rows(store: &Store, table: &str) -> Vec<String> {
        let mut statement = store.connection.prepare(&format!("select * from {table}")).expect("a table");
        let columns = statement.column_count();
        let cell = |row: &Row<'_>, column| format!("{:?}", row.get_ref(column).expect("a cell"));
        let row = |row: &Row<'_>| Ok((0..columns).map(|column| cell(row, column)).collect::<Vec<_>>().join(", "));
        statement.query_map([], row).expect("rows").collect::<rusqlite::Result<_>>().expect("rows")
    }

    #[test]
    fn every_table_is_of_the_journal_or_of_the_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(&folder);
        let tables: Vec<String> = store
            .reader()
            .all("select name from sqlite_schema where type = 'table' order by name", [])
            .expect("tables");
        let log = ["deed", "deed_row", "device", "log_seal", "move", "review", "run_seal", "undo"];
        let exams = ["exam", "exam_question"];
        let caches = ["load", "memory", "search", "search_mark", "search_stale"];
        // FTS5 keeps its index in tables of its own.
        let index = ["search_config", "search_data", "search_docsize", "search_idx"];
        let mut known: Vec<&str> = TABLES.into_iter().chain(log).chain(exams).chain(caches).chain(index).collect();
        known.sort_unstable();
        assert_eq!(tables, known);
        for name in TABLES {
            let table = JournaledTable::find(&store.reader(), name).expect("a table");
            assert!(table.columns.iter().any(|column| column.is_key), "{name}: rows are found by a key");
        }
    }

    #[test]
    fn rows_are_put_back_to_the_bit() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        store
            .connection
            .execute_batch(
                "insert into deck (id, name) values (1, 'A \"b\"');
                 insert into question (id, uid, deck, kind, stem, key_origin, choices, content) values
                 (1, randomblob(16), 1, 0, 'Ünïcode ''q'' \\ \u{1F600}', 0, '[{\"text\":\"a\"}]', -9223372036854775807),
                 (2, zeroblob(16), 1, 0, '', 2, '[]', 9223372036854775807);
                 insert into fit values (1, 5, null, 1, 2, 3, 0.1 + 0.2, 1e-308, 5e-324, -0.0, 1.7976931348623157e308, null, null, null, null, null);",
            )
            .expect("rows");
        let tables = ["deck", "question", "fit"];
        let before = tables.map(|table| rows(&store, table));
        let mut writer = store.deed(NewDeed::new(DeedKind::Settings, NOW)).expect("a deed");
        for sql in [
            "update question set stem = 'new', content = null where id = 1",
            "update question set stem = 'newer' where id = 1",
            "delete from question where id = 2",
            "delete from fit",
            "insert into deck (name) values ('B')",
        ] {
            writer.run(sql, []).expect("a change");
        }
        writer.entitle("all sorts");
        writer.commit().expect("a commit");
        assert_ne!(tables.map(|table| rows(&store, table)), before);
        let deed = store.reader().last_deed().expect("deeds").expect("a deed");
        assert_eq!((deed.title.as_str(), deed.undone), ("all sorts", false));
        let mut writer = store.writer().expect("a writer");
        let RowsPutBack::Whole(touched) = writer.put_rows_back(deed.id).expect("rows") else { panic!("a conflict") };
        writer.commit().expect("a commit");
        assert_eq!(tables.map(|table| rows(&store, table)), before);
        assert_eq!(touched.questions, BTreeSet::from([QuestionId(1), QuestionId(2)]));
    }

    #[test]
    fn a_row_that_changed_since_is_left_alone_and_a_deed_without_a_change_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        let writer = store.deed(NewDeed::new(DeedKind::Rename, NOW)).expect("a deed");
        writer.run("update preset set name = 'default' where id = 1", []).expect("no change");
        writer.commit().expect("a commit");
        assert_eq!(store.reader().last_deed().expect("deeds"), None);
        let writer = store.deed(NewDeed::new(DeedKind::Rename, NOW)).expect("a deed");
        writer.run("update preset set name = 'usual' where id = 1", []).expect("a change");
        writer.commit().expect("a commit");
        let deed = store.reader().last_deed().expect("deeds").expect("a deed");
        store.connection.execute_batch("update preset set name = 'mine' where id = 1").expect("a change");
        let mut writer = store.writer().expect("a writer");
        assert_eq!(writer.put_rows_back(deed.id).expect("rows"), RowsPutBack::Changed("preset".into()));
        drop(writer);
        assert_eq!(store.reader().presets().expect("presets")[0].name, "mine");
    }
}
