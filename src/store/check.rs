//! What a check looks at: the file itself, references, texts, numbers, and questions that nobody can be asked.

use rusqlite::types::ValueRef;

use super::query::{Query, text};
use super::{Reader, Store, Writer, card_change, choices};
use crate::error::Result;
use crate::model::{Choice, Kind, LogId};

/// A question as a check sees it.
#[derive(Clone, Debug)]
pub struct CheckedQuestion {
    /// Its stem.
    pub stem: String,
    /// Its kind.
    pub kind: Kind,
    /// Whether it has no key yet, so that nobody is asked.
    pub draft: bool,
    /// The choices in use; `None` if they cannot be read.
    pub choices: Option<Vec<Choice>>,
    /// How many cards it has.
    pub cards: u32,
}

/// What no answer, schedule or question can be: the table, when it is absurd, and what to say.
const ABSURD: [(&str, &str, &str); 8] = [
    ("review", "abs(day - at_ms / 86400000) > 3", "a day that is not that of its time"),
    ("review", "abs(offset_minutes) > 1440", "a time zone that does not exist"),
    ("review", "at_ms < 0 or at_ms > 253402300799000", "a time that no calendar has"),
    ("review", "took_ms > 86400000", "taken longer than a day"),
    ("review", "ifnull(due_day, 0) > 3000000 or ifnull(due_ms, 0) > 253402300799000", "a promise that no calendar has"),
    ("move", "at_ms < 0 or at_ms > 253402300799000", "a time that no calendar has"),
    ("memory", "stability is not null and not (stability > 0 and stability < 1e9)", "a stability that no card has"),
    (
        "memory",
        "difficulty is not null and not (difficulty >= 0.9 and difficulty <= 10.1)",
        "a difficulty that no card has",
    ),
];

impl Reader<'_> {
    /// What SQLite finds wrong with the file; empty if nothing is.
    pub fn integrity_problems(&self) -> Result<Vec<String>> {
        let mut problems: Vec<String> = self.all("pragma integrity_check", [])?;
        problems.retain(|problem| problem != "ok");
        Ok(problems)
    }

    /// Rows that name rows which are not there, in words.
    pub fn foreign_key_problems(&self) -> Result<Vec<String>> {
        let rows: Vec<(String, Option<i64>, String)> = self.all("pragma foreign_key_check", [])?;
        let problem = |(table, _, parent)| format!("a row of `{table}` names a row of `{parent}` that is not there");
        Ok(rows.into_iter().map(problem).collect())
    }

    /// Texts that are not UTF-8, in words.
    pub fn broken_texts(&self) -> Result<Vec<String>> {
        let columns: Vec<(String, String)> = self.all(
            "select part.name, field.name from sqlite_schema as part join pragma_table_info(part.name) as field
             where part.type = 'table' and field.type = 'TEXT' and part.name not like 'search%' and part.name not like 'sqlite%'
             order by 1, field.cid",
            [],
        )?;
        let mut problems = Vec::new();
        for (table, column) in columns {
            let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
            let mut broken = 0_u32;
            let sql = format!("select {} from {}", quoted(&column), quoted(&table));
            self.each(&sql, [], |row| {
                let is_broken = matches!(row.get_ref(0)?, ValueRef::Text(bytes) if std::str::from_utf8(bytes).is_err());
                broken += u32::from(is_broken);
                Ok(())
            })?;
            if broken > 0 {
                problems.push(format!("`{column}` of {broken} rows of `{table}` is no text (not UTF-8)"));
            }
        }
        Ok(problems)
    }

    /// Numbers that no answer and no card can have, and identities that two entries of the log share, in words.
    pub fn absurd_values(&self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        for (table, condition, what) in ABSURD {
            let count: u32 = self.value(&format!("select count(*) from {table} where {condition}"), [])?;
            if count > 0 {
                let (rows, verb) = if count == 1 { ("row", "has") } else { ("rows", "have") };
                let verb = if what.starts_with("taken") { if count == 1 { "was" } else { "were" } } else { verb };
                problems.push(format!("{count} {rows} of `{table}` {verb} {what}"));
            }
        }
        let twice: u32 = self.value(
            "select (select count(*) from move where id in (select id from review))
             + (select count(*) from undo where id in (select id from review) or id in (select id from move))",
            [],
        )?;
        if twice > 0 {
            problems.push(format!("{twice} entries of the log have the identity of another one"));
        }
        Ok(problems)
    }

    /// How many cards there are; those of erased questions are only names in the log.
    pub fn cards_not_erased(&self) -> Result<u64> {
        self.value("select count(*) from card where question not in (select question from deleted where erased)", [])
            .map(i64::unsigned_abs)
    }

    /// Calls `sink` with every question that was not deleted.
    pub fn each_checked_question(&self, mut sink: impl FnMut(CheckedQuestion) -> Result<()>) -> Result<()> {
        let sql =
            "select stem, kind, key_origin = 2, choices, (select count(*) from card where card.question = question.id)
             from question where id not in (select question from deleted) order by id";
        self.each(sql, [], |row| {
            sink(CheckedQuestion {
                stem: row.get(0)?,
                kind: row.get(1)?,
                draft: row.get(2)?,
                choices: choices::in_use(text(row, 3)?).ok(),
                cards: row.get(4)?,
            })
        })
    }

    /// Whether the log has an answer or a move of this identity.
    pub fn has_entry(&self, id: LogId) -> Result<bool> {
        self.value(
            "select exists (select 1 from review where id = ?1) or exists (select 1 from move where id = ?1)",
            [id],
        )
    }
}

impl Store {
    /// Makes all indexes again from their tables.
    pub fn remake_indexes(&mut self) -> Result<()> {
        self.refuse_read_only()?;
        Ok(self.connection.execute_batch("reindex")?)
    }
}

impl Writer<'_> {
    /// Makes the cards of questions that have none; how many there were.
    pub fn make_missing_cards(&mut self) -> Result<u32> {
        card_change::add_functions(&self.transaction)?;
        let cardless = "question.key_origin <> 2 and question.id not in (select question from deleted)
             and not exists (select 1 from card where card.question = question.id)";
        let count: u32 = self.value(&format!("select count(*) from question where {cardless}"), [])?;
        self.run(
            &format!(
                "insert into card (uid, question, ordinal, place)
                 select card_uid(question.uid, asked.value), question.id, asked.value, asked.value
                 from question, json_each(asked_places(question.kind, question.stem)) as asked where {cardless}"
            ),
            [],
        )?;
        Ok(count)
    }
}
