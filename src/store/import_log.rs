//! What imports changed, so that the last of them can be taken back.

use rusqlite::{OptionalExtension, params};

use super::{CardsAfter, Reader, Writer, fault};
use crate::error::Result;
use crate::model::{CardId, DeckId, Kind, LogId, QuestionId, StudyDay};

/// An import that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRow {
    /// Its number.
    pub id: i64,
    /// Whether it was a history of answers.
    pub history: bool,
    /// The file.
    pub path: String,
    /// The deck.
    pub deck: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// How many questions it changed.
    pub changed: u64,
}

/// A move that an import made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImportMove {
    /// The move.
    pub id: LogId,
    /// Its card.
    pub card: CardId,
    /// The day on which the card had been due; none where it was not due on a day.
    pub due: Option<StudyDay>,
}

/// The ends of the tables whose new rows an import owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportMark {
    decks: i64,
    questions: i64,
}

impl Reader<'_> {
    /// The imports of the last command that was not taken back yet, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_imports(&self) -> Result<Vec<ImportRow>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select id, kind, path, deck, at_ms,
                 (select count(*) from question_before where question_before.import = import.id) from import
                 where taken_back_ms is null
                 and batch = (select max(batch) from import where taken_back_ms is null) order by id desc",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| {
                Ok(ImportRow {
                    id: row.get(0)?,
                    history: row.get::<_, i64>(1)? == 1,
                    path: row.get(2)?,
                    deck: row.get(3)?,
                    at_ms: row.get(4)?,
                    changed: row.get::<_, i64>(5)?.unsigned_abs(),
                })
            })
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The questions that an import brought, each with whether the log names one of its cards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn questions_of_import(&self, import: i64) -> Result<Vec<(QuestionId, bool)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select question.id, exists (select 1 from card where card.question = question.id and (
                 exists (select 1 from review where review.card = card.id)
                 or exists (select 1 from move where move.card = card.id)))
                 from import join question on question.id between questions_from and questions_to where import.id = ?
                 order by question.id",
            )
            .map_err(fault::of)?;
        let rows =
            statement.query_map([import], |row| Ok((QuestionId(row.get(0)?), row.get(1)?))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The cards of questions that were drafts before an import, each with whether the log names it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards_of_drafts_before(&self, import: i64) -> Result<Vec<(CardId, bool)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select card.id, exists (select 1 from review where review.card = card.id)
                 or exists (select 1 from move where move.card = card.id)
                 from question_before join card on card.question = question_before.question
                 where import = ? and key_origin = 2 order by card.id",
            )
            .map_err(fault::of)?;
        let rows = statement.query_map([import], |row| Ok((CardId(row.get(0)?), row.get(1)?))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The moves that an import made and that nothing followed on the same card.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_moves_of_import(&self, import: i64) -> Result<Vec<ImportMove>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select move, card, due_day from import_move where import = ?1
                 and not exists (select 1 from review where review.card = import_move.card and review.id > move)
                 and not exists (select 1 from move as later where later.card = import_move.card and later.id > move)
                 order by move",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([import], |row| {
                Ok(ImportMove {
                    id: LogId(uuid::Uuid::from_bytes(row.get(0)?)),
                    card: CardId(row.get(1)?),
                    due: row.get::<_, Option<i32>>(2)?.map(StudyDay),
                })
            })
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The ends of the tables before an import.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn import_mark(&self) -> Result<ImportMark> {
        self.connection
            .query_row(
                "select (select coalesce(max(id), 0) from deck), (select coalesce(max(id), 0) from question)",
                [],
                |row| Ok(ImportMark { decks: row.get(0)?, questions: row.get(1)? }),
            )
            .map_err(fault::of)
    }

    /// The batch of the next command that imports.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_batch(&self) -> Result<i64> {
        self.connection
            .query_row("select coalesce(max(batch), 0) + 1 from import", [], |row| row.get(0))
            .map_err(fault::of)
    }
}

impl Writer<'_> {
    /// Notes an import of a bank, or of a history of answers where `source` is none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin_import(&mut self, batch: i64, source: Option<i64>, path: &str, deck: &str, at_ms: i64) -> Result<i64> {
        self.transaction
            .query_row(
                "insert into import (batch, kind, path, deck, source, at_ms) values (?, ?, ?, ?, ?, ?) returning id",
                params![batch, source.is_none(), path, deck, source, at_ms],
                |row| row.get(0),
            )
            .map_err(fault::of)
    }

    /// Notes what is new since the mark as brought by the import.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end_import(&mut self, import: i64, mark: ImportMark) -> Result<()> {
        let now = self.reader().import_mark()?;
        self.transaction
            .execute(
                "update import set decks_from = ?2, decks_to = ?3, questions_from = ?4, questions_to = ?5 where id = ?1",
                params![import, mark.decks + 1, now.decks, mark.questions + 1, now.questions],
            )
            .map_err(fault::of)?;
        Ok(())
    }

    /// Forgets an import that changed nothing.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn forget_import(&mut self, import: i64) -> Result<()> {
        self.run("delete from import where id = ?", [import])
    }

    /// Keeps a question as it is, before the import changes it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_question(&mut self, import: i64, question: QuestionId) -> Result<()> {
        self.run(
            "insert or ignore into question_before (import, question, kind, stem, explanation, topic, key_origin, key_rule,
             markup, choices, content, tags, media)
             select ?1, id, kind, stem, explanation, topic, key_origin, key_rule, markup, choices, content,
             (select json_group_array(tag) from question_tag where question_tag.question = question.id),
             (select json_group_object(name, file) from question_media where question_media.question = question.id)
             from question where id = ?2",
            params![import, question.0],
        )
    }

    /// Keeps where the bank holds a question, before the import says it anew.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_placement(&mut self, import: i64, source: i64, question: QuestionId) -> Result<()> {
        self.run(
            "insert or ignore into placement_before (import, question, position, line, external_id, fingerprint,
             stem_fingerprint, options_fingerprint, content)
             select ?1, question.id, position, line, external_id, fingerprint, stem_fingerprint, options_fingerprint,
             placement.content
             from question left join placement on placement.question = question.id and placement.source = ?2
             where question.id = ?3",
            params![import, source, question.0],
        )
    }

    /// Notes a move that the import made.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_move(&mut self, import: i64, change: ImportMove) -> Result<()> {
        self.run(
            "insert into import_move (import, move, card, due_day) values (?, ?, ?, ?)",
            params![import, change.id.0.as_bytes(), change.card.0, change.due.map(|day| day.0)],
        )
    }

    /// Puts every question and place that the import changed back to what it was. What it brought is still there. Cards of
    /// deletions that the import brought are gone again, or told where the log names them.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn restore_before(&mut self, import: i64) -> Result<CardsAfter> {
        let changed: Vec<(i64, u8, String)> = {
            let mut statement = self
                .transaction
                .prepare_cached(
                    "select id, kind, stem from question where id in (select question from question_before where import = ?)",
                )
                .map_err(fault::of)?;
            let rows =
                statement.query_map([import], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(fault::of)?;
            rows.collect::<rusqlite::Result<_>>().map_err(fault::of)?
        };
        for sql in [
            "update question set (kind, stem, explanation, topic, key_origin, key_rule, markup, choices, content) =
             (select kind, stem, explanation, topic, key_origin, key_rule, markup, choices, content from question_before
              where question_before.import = ?1 and question_before.question = question.id)
             where id in (select question from question_before where import = ?1)",
            "update memory set topic = question.topic from card join question on question.id = card.question
             where memory.card = card.id and question.id in (select question from question_before where import = ?1)",
            "delete from question_tag where question in (select question from question_before where import = ?1)",
            "insert into question_tag (question, tag)
             select question, value from question_before, json_each(question_before.tags) where import = ?1",
            "delete from question_media where question in (select question from question_before where import = ?1)",
            "insert into question_media (question, name, file)
             select question, key, value from question_before, json_each(question_before.media) where import = ?1",
            "delete from placement where source = (select source from import where id = ?1)
             and question in (select question from placement_before where import = ?1)",
            "insert into placement (question, source, position, line, external_id, fingerprint, stem_fingerprint,
             options_fingerprint, content)
             select question, source, position, line, external_id, fingerprint, stem_fingerprint, options_fingerprint, content
             from placement_before join import on import.id = placement_before.import
             where import = ?1 and position is not null",
            "delete from placement where source = (select source from import where id = ?1)
             and question between (select questions_from from import where id = ?1)
             and (select questions_to from import where id = ?1)",
        ] {
            self.run(sql, [import])?;
        }
        let mut cards = CardsAfter::default();
        for (question, kind, stem) in changed {
            let kind = Kind::from_number(kind).ok_or_else(|| fault::nonsense("a kind of question"))?;
            let after = self.match_cards(QuestionId(question), (kind, &stem), 0)?;
            cards.gone.extend(after.gone);
            cards.back.extend(after.back);
        }
        Ok(cards)
    }

    /// Removes a question that the log does not name, with its cards.
    ///
    /// # Errors
    /// When it cannot be written, or the log names it.
    pub fn remove_question(&mut self, question: QuestionId) -> Result<()> {
        for sql in [
            "delete from memory where card in (select id from card where question = ?)",
            "delete from flag where card in (select id from card where question = ?)",
            "delete from edit where question = ?",
            "delete from card where question = ?",
            "delete from question_tag where question = ?",
            "delete from question_media where question = ?",
            "delete from placement where question = ?",
            "delete from question where id = ?",
        ] {
            self.run(sql, [question.0])?;
        }
        Ok(())
    }

    /// Removes a card that the log does not name.
    ///
    /// # Errors
    /// When it cannot be written, or the log names it.
    pub fn remove_card(&mut self, card: CardId) -> Result<()> {
        self.run("delete from memory where card = ?", [card.0])?;
        self.run("delete from flag where card = ?", [card.0])?;
        self.run("delete from card where id = ?", [card.0])
    }

    /// Ends the taking back of an import: decks and banks that it brought and that hold nothing go too.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end_taking_back(&mut self, import: i64, now_ms: i64) -> Result<()> {
        let source: Option<i64> = self
            .transaction
            .query_row("select source from import where id = ?", [import], |row| row.get(0))
            .optional()
            .map_err(fault::of)?
            .flatten();
        self.run(
            "delete from source where id = ?1 and not exists (select 1 from placement where source = ?1)",
            [source],
        )?;
        let emptied: Vec<DeckId> = {
            let mut statement = self
                .transaction
                .prepare_cached(
                    "select deck.id from import join deck on deck.id between decks_from and decks_to where import.id = ?
                     and preset is null and not exists (select 1 from deck_setting where deck_setting.deck = deck.id)
                     and not exists (select 1 from question where question.deck = deck.id)
                     and not exists (select 1 from source where source.deck = deck.id)",
                )
                .map_err(fault::of)?;
            let rows = statement.query_map([import], |row| row.get(0).map(DeckId)).map_err(fault::of)?;
            rows.collect::<rusqlite::Result<_>>().map_err(fault::of)?
        };
        for deck in emptied {
            self.run("delete from deck where id = ?", [deck.0])?;
        }
        self.run("update import set taken_back_ms = ?2 where id = ?1", params![import, now_ms])
    }
}
