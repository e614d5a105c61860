//! The index of words over all that questions say: what it does not know yet, and how it catches up.

use std::collections::{BTreeSet, HashMap};

use rusqlite::config::DbConfig;
use rusqlite::params;

use super::fault::nonsense;
use super::log_id::LogIdMint;
use super::query::{Query, text};
use super::{Reader, Store, Writer, choices, open};
use crate::error::Result;
use crate::model::cloze::Cloze;
use crate::model::search_text::spaced;
use crate::model::{Kind, Markup, QuestionId};

/// Questions that the index does not know as they are.
pub(super) const UNKNOWN: &str = "select question from search_stale
    union all select id from question where id > (select indexed from search_mark)";

impl Reader<'_> {
    /// How many questions the index of words does not know as they are now.
    pub fn unindexed(&self) -> Result<u64> {
        self.value(&format!("select count(*) from ({UNKNOWN})"), []).map(i64::unsigned_abs)
    }

    /// How many questions are missing in the index of words, or are in it and gone; those that it has yet to learn do not count.
    pub fn misplaced_in_index(&self) -> Result<u64> {
        self.value(
            &format!(
                "select (select count(*) from question where id not in (select id from search_docsize) and id not in ({UNKNOWN}))
                 + (select count(*) from search_docsize where id not in (select id from question) and id not in ({UNKNOWN}))"
            ),
            [],
        )
        .map(i64::unsigned_abs)
    }
}

impl Store {
    /// Begins to bring the index of words up to date. Where the database cannot be written, an index for this process alone takes its place.
    pub fn index_writer(&mut self) -> Result<Writer<'_>> {
        if open::refuse_read_only(&self.connection, &self.path).is_ok() {
            return self.writer();
        }
        self.own_index_writer()
    }

    /// Begins to fill an index of words for this process alone, in memory.
    pub fn own_index_writer(&mut self) -> Result<Writer<'_>> {
        let sql: String = self.connection.value("select sql from main.sqlite_schema where name = 'search'", [])?;
        let (_, columns) = sql.split_once("using").ok_or_else(|| nonsense("the index of words"))?;
        // Tables of the process come before those of the file.
        self.connection.execute_batch(&format!(
            "create virtual table if not exists temp.search using {columns};
             create table if not exists temp.search_mark (one integer primary key, indexed integer not null);
             insert or ignore into temp.search_mark values (1, 0);
             create table if not exists temp.search_stale (question integer primary key);"
        ))?;
        let transaction = self.connection.transaction()?;
        let ids = LogIdMint::after_last(&transaction, self.entropy)?;
        let reason = &mut self.reason;
        let begun_after = ids.last();
        Ok(Writer {
            transaction,
            watch: None,
            hold: None,
            ids,
            begun_after,
            imports: BTreeSet::new(),
            new_devices: BTreeSet::new(),
            seal_begun: None,
            taken_in: None,
            sealed_well: None,
            topics: HashMap::new(),
            delayed: None,
            last_device: None,
            deed: None,
            hook: None,
            reason,
            before: begun_after,
        })
    }
}

impl Writer<'_> {
    /// Empties the index of words: all is to be learnt again. One that is damaged is made again.
    pub fn drop_index(&mut self) -> Result<()> {
        let emptied = self.transaction.execute_batch(
            "insert into search (search) values ('delete-all'); insert into search (search) values ('integrity-check')",
        );
        if emptied.is_err() {
            let sql: String = self.value("select sql from main.sqlite_schema where name = 'search'", [])?;
            let again = format!("drop table search; {sql}");
            if self.transaction.execute_batch(&again).is_err() {
                // SQLite does not even drop an index that says it is of a version of its own.
                let anyway = format!(
                    "delete from search_config; insert into search_config (k, v) values ('version', 4); {again}"
                );
                self.transaction.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
                let made = self.transaction.execute_batch(&anyway);
                self.transaction.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
                made?;
            }
        }
        self.run("delete from search_stale", [])?;
        self.run("update search_mark set indexed = 0", [])
    }

    /// Brings the index of words up to date; `step` is called for each question.
    pub fn fill_index(&mut self, mut step: impl FnMut() -> Result<()>) -> Result<()> {
        self.run("delete from search where rowid in (select question from search_stale)", [])?;
        let mut texts = IndexedTexts::default();
        let sql = format!(
            "select question.id, kind, markup, stem, choices, explanation, topic.name,
             (select group_concat(tag, ' ') from question_tag where question_tag.question = question.id)
             from ({UNKNOWN}) as unknown join question on question.id = unknown.question
             left join topic on topic.id = question.topic"
        );
        self.each(&sql, [], |row| {
            step()?;
            let id: QuestionId = row.get(0)?;
            let optional = |column| -> Result<Option<String>> { Ok(row.get(column)?) };
            texts.fill(row.get(1)?, row.get(2)?, text(row, 3)?, text(row, 4)?, optional(5)?.as_deref())?;
            let topic = optional(6)?.unwrap_or_default();
            let tags = optional(7)?.unwrap_or_default();
            self.run(
                "insert into search (rowid, stem, options, explanation, topic, tags) values (?, ?, ?, ?, ?, ?)",
                params![
                    id,
                    spaced(&texts.stem),
                    spaced(&texts.options),
                    spaced(&texts.explanation),
                    spaced(&topic),
                    spaced(&tags)
                ],
            )
        })?;
        self.run("delete from search_stale", [])?;
        self.run("update search_mark set indexed = (select coalesce(max(id), 0) from question)", [])
    }
}

/// The texts of a question as the index gets them: used again for each question.
#[derive(Debug, Default)]
pub(super) struct IndexedTexts {
    pub(super) stem: String,
    options: String,
    explanation: String,
}

impl IndexedTexts {
    pub(super) fn fill(
        &mut self,
        kind: Kind,
        markup: Markup,
        stem: &str,
        options: &str,
        explanation: Option<&str>,
    ) -> Result<()> {
        let Self { stem: own_stem, options: own_options, explanation: own_explanation } = self;
        for text in [&mut *own_stem, own_options, own_explanation] {
            text.clear();
        }
        match kind {
            // The signs of deletions would part the words of a phrase.
            Kind::Cloze => add(own_stem, &Cloze::parse(stem).whole(), markup),
            _ => add(own_stem, stem, markup),
        }
        add(own_explanation, explanation.unwrap_or_default(), markup);
        choices::each_text(options, |text, pair, feedback| {
            add(own_options, text, markup);
            add(own_options, pair.unwrap_or_default(), markup);
            add(own_explanation, feedback.unwrap_or_default(), markup);
        })
    }
}

/// Adds a text, without the tags of HTML.
fn add(all: &mut String, text: &str, markup: Markup) {
    if !all.is_empty() {
        all.push('\n');
    }
    if markup != Markup::Html || !text.contains(['<', '&']) {
        all.push_str(text);
        return;
    }
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        all.push_str(&html_escape::decode_html_entities(before));
        let Some((name, after)) = tag.split_once('>') else {
            rest = tag;
            break;
        };
        // `<b>` is inside a word, `<br>` and `<p>` are between words.
        let name = name.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !["b", "i", "u", "em", "strong", "sub", "sup", "span", "mark", "small"].contains(&name) {
            all.push(' ');
        }
        rest = after;
    }
    all.push_str(&html_escape::decode_html_entities(rest));
}
