//! What a check looks at: the file itself, references, texts, numbers, and questions that nobody can be asked.

use std::collections::{BTreeMap, HashSet};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use uuid::Uuid;

use super::log_id::{self, LogIdMint, TABLES};
use super::query::{Query, text};
use super::range::{self, AbsurdRows};
use super::schema_guard::LONGEST;
use super::search_health::DAMAGED_INDEX;
use super::{Reader, Store, Writer, card_change, choices};
use crate::error::Result;
use crate::model::{Choice, Kind, LogId, card_uid};

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

/// What SQLite finds wrong with a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntegrityProblems {
    /// What is wrong with what people wrote, and cannot be made again.
    pub damage: Vec<String>,
    /// What is wrong with the index of words, which is made of the questions.
    pub search: Vec<String>,
}

/// What SQLite finds wrong with the file of a connection. The index of words is a cache, so its damage is told apart.
pub(super) fn integrity_problems(connection: &Connection) -> Result<IntegrityProblems> {
    let is_of_search = |problem: &str| problem.contains("fts5:") || problem.contains("FTS5 table");
    let problems: Vec<String> = match connection.all("pragma integrity_check", []) {
        // An index of words that is damaged badly ends the whole check.
        Err(error) if error.code() == DAMAGED_INDEX || is_of_search(error.message()) => {
            let mut problems = vec![format!("fts5: {}", error.message())];
            let tables: Vec<String> = connection.all(
                "select name from sqlite_schema where type = 'table' and name not like 'search%' order by 1",
                [],
            )?;
            for table in tables {
                let quoted = table.replace('\'', "''");
                let found: Vec<String> = connection.all(&format!("pragma integrity_check('{quoted}')"), [])?;
                problems.extend(found);
            }
            problems
        }
        found => found?,
    };
    let (search, damage) =
        problems.into_iter().filter(|problem| problem != "ok").partition(|problem| is_of_search(problem));
    Ok(IntegrityProblems { damage, search })
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The first thing that is wrong with the file of a connection; `None` if it is sound, or only its index of words is not.
pub(super) fn first_damage(connection: &Connection) -> Result<Option<String>> {
    Ok(integrity_problems(connection)?.damage.into_iter().next())
}

/// Cards whose identity is of another question, in words; `None` if there are none.
pub(super) fn misplaced_words(cards: usize) -> Option<String> {
    let cards = match cards {
        0 => return None,
        1 => "1 card does".into(),
        many => format!("{many} cards do"),
    };
    Some(format!("{cards} not have the identity that follows from the question: it is of another one"))
}

impl Reader<'_> {
    /// What SQLite finds wrong with the file; empty if nothing is.
    pub fn integrity_problems(&self) -> Result<IntegrityProblems> {
        integrity_problems(self.connection)
    }

    /// Rows that name rows which are not there, in words: a line for all of a kind.
    pub fn foreign_key_problems(&self) -> Result<Vec<String>> {
        let mut rows: BTreeMap<(String, String), u64> = BTreeMap::new();
        self.each("pragma foreign_key_check", [], |row| {
            *rows.entry((row.get(0)?, row.get(2)?)).or_default() += 1;
            Ok(())
        })?;
        let problem = |((table, parent), rows): ((String, String), u64)| match rows {
            1 => format!("a row of `{table}` names a row of `{parent}` that is not there"),
            rows => format!("{rows} rows of `{table}` name rows of `{parent}` that are not there"),
        };
        Ok(rows.into_iter().map(problem).collect())
    }

    /// Texts that are longer than SQLite reads here, in words.
    pub fn endless_texts(&self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        for (table, column) in self.columns_of_kind("('TEXT', 'BLOB')")? {
            // Only the headers of rows are read for this.
            let is_endless = format!("octet_length({}) > {LONGEST}", quoted(&column));
            let sql = format!("select count(*) from {} where {is_endless}", quoted(&table));
            let rows: i64 = self.value(&sql, [])?;
            if rows == 0 {
                continue;
            }
            let of_what = match (table.as_str(), rows) {
                ("question", 1) => {
                    let uid: Uuid = self.value(&format!("select uid from question where {is_endless}"), [])?;
                    format!("of the question {}", &uid.simple().to_string()[..8])
                }
                (_, 1) => format!("of a row of `{table}`"),
                (_, rows) => format!("of {rows} rows of `{table}`"),
            };
            problems.push(format!("`{column}` {of_what} is longer than {} MiB, so nothing reads it", LONGEST >> 20));
        }
        Ok(problems)
    }

    /// Columns of all tables but the index of words, with their tables.
    fn columns_of_kind(&self, kinds: &str) -> Result<Vec<(String, String)>> {
        self.all(
            &format!(
                "select part.name, field.name from sqlite_schema as part join pragma_table_info(part.name) as field
                 where part.type = 'table' and field.type in {kinds} and part.name not like 'search%'
                 and part.name not like 'sqlite%' order by 1, field.cid"
            ),
            [],
        )
    }

    /// Texts that are not UTF-8, in words.
    pub fn broken_texts(&self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        for (table, column) in self.columns_of_kind("('TEXT')")? {
            let mut broken = 0_u32;
            let sql =
                format!("select {0} from {1} where octet_length({0}) <= {LONGEST}", quoted(&column), quoted(&table));
            self.each(&sql, [], |row| {
                let is_broken = matches!(row.get_ref(0)?, ValueRef::Text(bytes) if std::str::from_utf8(bytes).is_err());
                broken += u32::from(is_broken);
                Ok(())
            })?;
            if broken > 0 {
                let rows = if broken == 1 { "row" } else { "rows" };
                problems.push(format!("`{column}` of {broken} {rows} of `{table}` is no text (not UTF-8)"));
            }
        }
        Ok(problems)
    }

    /// Numbers that nothing can have.
    pub fn absurd_rows(&self) -> Result<Vec<AbsurdRows>> {
        range::absurd_rows(self)
    }

    /// Fails if the log has an entry after which no other one can be.
    pub fn confirm_identities(&self) -> Result<()> {
        LogIdMint::after_last(self.connection, 0).map(drop)
    }

    /// Identities that two entries of the log, or two questions or cards of a deck share, in words.
    pub fn shared_identities(&self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        let twice: u32 = self.value(
            "select (select count(*) from move where id in (select id from review))
             + (select count(*) from undo where id in (select id from review) or id in (select id from move))",
            [],
        )?;
        if twice > 0 {
            let entries =
                if twice == 1 { "1 entry of the log has".into() } else { format!("{twice} entries of the log have") };
            problems.push(format!("{entries} the identity of another one"));
        }
        for table in TABLES {
            let rows: u32 = self.value(&format!("select count(*) from {table} where id >= ?"), [log_id::end()])?;
            if rows > 0 {
                let have = if rows == 1 { "1 row".into() } else { format!("{rows} rows") };
                problems.push(format!("{have} of `{table}`: the identity is of no time"));
            }
        }
        // A deck that was made again after it was renamed may have those of the other deck.
        for (thing, each) in [
            ("question", "select deck, uid from question"),
            ("card", "select deck, card.uid as uid from card join question on question.id = card.question"),
        ] {
            let sql = format!(
                "select ifnull(sum(rows - identities), 0) from
                 (select count(*) as rows, count(distinct uid) as identities from ({each}) group by deck)"
            );
            let twice: i64 = self.value(&sql, [])?;
            if twice > 0 {
                let things = if twice == 1 { format!("1 {thing} has") } else { format!("{twice} {thing}s have") };
                problems.push(format!("{things} the identity of another one"));
            }
        }
        problems.extend(misplaced_words(self.misplaced_cards()?.len()));
        Ok(problems)
    }

    /// The identities of cards that do not follow from the question that they name.
    pub(super) fn misplaced_cards(&self) -> Result<HashSet<Uuid>> {
        let mut misplaced = HashSet::new();
        let sql = "select card.uid, question.uid, ordinal from card join question on question.id = card.question";
        self.each(sql, [], |row| {
            let (card, question, ordinal): (Uuid, Uuid, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            // A number that no card has is told as such.
            if u32::try_from(ordinal).is_ok_and(|ordinal| card != card_uid(question, ordinal)) {
                misplaced.insert(card);
            }
            Ok(())
        })?;
        Ok(misplaced)
    }

    /// How many schedules repeat another question or topic than that of their card.
    pub fn misplaced_schedules(&self) -> Result<u64> {
        self.value(
            "select count(*) from memory join card on card.id = memory.card join question on question.id = card.question
             where memory.question <> card.question or memory.topic is not question.topic",
            [],
        )
        .map(i64::unsigned_abs)
    }

    /// How many cards there are; those of erased questions are only names in the log.
    pub fn cards_not_erased(&self) -> Result<u64> {
        self.value("select count(*) from card where question not in (select question from deleted where erased)", [])
            .map(i64::unsigned_abs)
    }

    /// How many questions in use say something with characters that control a terminal.
    pub fn texts_that_control(&self) -> Result<u64> {
        let mut questions = 0;
        self.each(
            "select stem, explanation from question where id not in (select question from deleted)",
            [],
            |row| {
                let controls =
                    |text: &str| text.chars().any(|char| char.is_control() && !matches!(char, '\n' | '\t' | '\r'));
                let explanation: Option<String> = row.get(1)?;
                questions += u64::from(controls(text(row, 0)?) || explanation.is_some_and(|text| controls(&text)));
                Ok(())
            },
        )?;
        Ok(questions)
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

    /// How many cards have a schedule that knows an entry of the log which is not there.
    pub fn cards_that_miss_an_entry(&self) -> Result<u64> {
        self.value(
            "select count(*) from memory where through is not null
             and not exists (select 1 from review where review.id = memory.through)
             and not exists (select 1 from move where move.id = memory.through)",
            [],
        )
        .map(i64::unsigned_abs)
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
    /// Fails if SQLite did not look whether what rows name is there, and something is not. Tests run it, people do not wait for it.
    #[cfg(debug_assertions)]
    pub(super) fn confirm_links(&self) -> Result<()> {
        let problems = match self.value("select foreign_keys from pragma_foreign_keys", [])? {
            0_i64 => self.reader().foreign_key_problems()?,
            _ => Vec::new(),
        };
        problems
            .first()
            .map_or(Ok(()), |problem| Err(crate::error::Error::fault(problem.clone()).hint("please report this")))
    }

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
