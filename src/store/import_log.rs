//! What imports changed, so that the last of them can be taken back.

use rusqlite::{Row, params};

use super::query::{FromRow, Query};
use super::{CardsAfter, Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, DeckId, Kind, LogId, QuestionId};

/// An import that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRow {
    /// Its number.
    pub id: i64,
    /// Whether it was a history of answers.
    pub history: bool,
    /// The path of the file.
    pub path: String,
    /// The name of the deck.
    pub deck: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// How many questions it changed.
    pub changed: u64,
}

/// A move that an import made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImportMove {
    /// Its place in the log.
    pub id: LogId,
    /// The card that it moved.
    pub card: CardId,
}

/// The last rows before an import of the tables whose new rows it owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportMark {
    decks: i64,
    questions: i64,
}

impl FromRow for ImportRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            history: row.get("kind")?,
            path: row.get("path")?,
            deck: row.get("deck")?,
            at_ms: row.get("at_ms")?,
            changed: row.get::<_, u32>("changed")?.into(),
        })
    }
}

impl FromRow for ImportMove {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { id: row.get("move")?, card: row.get("card")? })
    }
}

impl FromRow for ImportMark {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { decks: row.get("decks")?, questions: row.get("questions")? })
    }
}

impl Reader<'_> {
    /// The imports of the last command that was not taken back yet, the newest first.
    pub fn last_imports(&self) -> Result<Vec<ImportRow>> {
        let last = self.value::<Option<i64>>("select max(batch) from import where taken_back_ms is null", [])?;
        last.map_or_else(|| Ok(Vec::new()), |batch| self.imports_of_batch(batch))
    }

    /// The imports of a command that were not taken back yet, the newest first.
    pub fn imports_of_batch(&self, batch: i64) -> Result<Vec<ImportRow>> {
        self.all(
            "select id, kind, path, deck, at_ms,
             (select count(*) from question_before where question_before.import = import.id) as changed from import
             where taken_back_ms is null and batch = ? order by id desc",
            [batch],
        )
    }

    /// The files that a command imported, in order.
    pub fn files_of_batch(&self, batch: i64) -> Result<Vec<String>> {
        self.all("select path from import where batch = ? order by id", [batch])
    }

    /// The questions that an import brought, each with whether the log names one of its cards, and whether one has an answer that counts.
    pub fn questions_of_import(&self, import: i64) -> Result<Vec<(QuestionId, bool, bool)>> {
        self.all(
            "select question.id, exists (select 1 from card where card.question = question.id and (
             exists (select 1 from review where review.card = card.id)
             or exists (select 1 from move where move.card = card.id))),
             exists (select 1 from card join live_review on live_review.card = card.id where card.question = question.id)
             from import join question on question.id between questions_from and questions_to where import.id = ?
             order by question.id",
            [import],
        )
    }

    /// The cards of questions that were drafts before an import, each with whether the log names it.
    pub fn cards_of_drafts_before(&self, import: i64) -> Result<Vec<(CardId, bool)>> {
        self.all(
            "select card.id, exists (select 1 from review where review.card = card.id)
             or exists (select 1 from move where move.card = card.id)
             from question_before join card on card.question = question_before.question
             where import = ? and key_origin = 2 order by card.id",
            [import],
        )
    }

    /// The moves that an import made and that nothing followed on the same card.
    pub fn last_moves_of_import(&self, import: i64) -> Result<Vec<ImportMove>> {
        self.all(
            "select move, card from import_move where import = ?1
             and not exists (select 1 from live_review as review where review.card = import_move.card and review.id > move)
             and not exists (select 1 from live_move as later where later.card = import_move.card and later.id > move)
             order by move",
            [import],
        )
    }

    /// Whether an entry of the log that counts names a card of this question.
    pub fn is_in_live_log(&self, question: QuestionId) -> Result<bool> {
        self.value(
            "select exists (select 1 from card join live_review on live_review.card = card.id where card.question = ?1)
             or exists (select 1 from card join live_move on live_move.card = card.id where card.question = ?1)",
            [question],
        )
    }

    /// The deck that an import brought, if it brought one and imported into it.
    pub fn deck_of_import(&self, import: i64) -> Result<Option<DeckId>> {
        self.one(
            "select deck.id from import join deck on deck.id between decks_from and decks_to
             where import.id = ? and deck.name = import.deck",
            [import],
        )
    }

    /// All moves that an import made and that count, in order.
    pub fn moves_of_import(&self, import: i64) -> Result<Vec<ImportMove>> {
        self.all(
            "select move, import_move.card as card from import_move join live_move on live_move.id = move
             where import = ? order by move",
            [import],
        )
    }

    /// The last rows before an import.
    pub fn import_mark(&self) -> Result<ImportMark> {
        self.value(
            "select (select coalesce(max(id), 0) from deck) as decks,
             (select coalesce(max(id), 0) from question) as questions",
            [],
        )
    }

    /// The batch of the next command that imports.
    pub fn next_batch(&self) -> Result<i64> {
        self.value("select coalesce(max(batch), 0) + 1 from import", [])
    }
}

impl Writer<'_> {
    /// Records an import of a bank, or of a history of answers if `source` is `None`.
    pub fn begin_import(&mut self, batch: i64, source: Option<i64>, path: &str, deck: &str, at_ms: i64) -> Result<i64> {
        self.value(
            "insert into import (batch, kind, path, deck, source, at_ms) values (?, ?, ?, ?, ?, ?) returning id",
            params![batch, source.is_none(), path, deck, source, at_ms],
        )
    }

    /// Records that the import brought everything since the mark.
    pub fn end_import(&mut self, import: i64, mark: ImportMark) -> Result<()> {
        let now = self.reader().import_mark()?;
        self.run(
            "update import set decks_from = ?2, decks_to = ?3, questions_from = ?4, questions_to = ?5 where id = ?1",
            params![import, mark.decks + 1, now.decks, mark.questions + 1, now.questions],
        )
    }

    /// Forgets an import that changed nothing.
    pub fn forget_import(&mut self, import: i64) -> Result<()> {
        self.run("delete from import where id = ?", [import])
    }

    /// Keeps a question as it is, before the import changes it.
    pub fn keep_question(&mut self, import: i64, question: QuestionId) -> Result<()> {
        self.run(
            "insert or ignore into question_before (import, question, kind, stem, explanation, topic, key_origin, key_rule,
             markup, choices, content, tags, media)
             select ?1, id, kind, stem, explanation, topic, key_origin, key_rule, markup, choices, content,
             (select json_group_array(tag) from question_tag where question_tag.question = question.id),
             (select json_group_object(name, file) from question_media where question_media.question = question.id)
             from question where id = ?2",
            params![import, question],
        )
    }

    /// Keeps where the bank holds a question, before the import changes it.
    pub fn keep_placement(&mut self, import: i64, source: i64, question: QuestionId) -> Result<()> {
        self.run(
            "insert or ignore into placement_before (import, question, position, line, external_id, guid, fingerprint,
             stem_fingerprint, options_fingerprint, content)
             select ?1, question.id, position, line, external_id, guid, fingerprint, stem_fingerprint, options_fingerprint,
             placement.content
             from question left join placement on placement.question = question.id and placement.source = ?2
             where question.id = ?3",
            params![import, source, question],
        )
    }

    /// Records a move that the import made.
    pub fn keep_move(&mut self, import: i64, change: ImportMove) -> Result<()> {
        self.run(
            "insert into import_move (import, move, card) values (?, ?, ?)",
            params![import, change.id, change.card],
        )
    }

    /// Restores every question and place that the import changed. What it brought is still there. Cards of deletions that it
    /// brought are removed, or reported if the log names them.
    pub fn restore_before(&mut self, import: i64) -> Result<CardsAfter> {
        let changed: Vec<(QuestionId, Kind, String)> = self.all(
            "select id, kind, stem from question where id in (select question from question_before where import = ?)",
            [import],
        )?;
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
            "insert into placement (question, source, position, line, external_id, guid, fingerprint, stem_fingerprint,
             options_fingerprint, content)
             select question, source, position, line, external_id, guid, fingerprint, stem_fingerprint, options_fingerprint, content
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
            let after = self.match_cards(question, (kind, &stem), 0)?;
            cards.gone.extend(after.gone);
            cards.back.extend(after.back);
        }
        Ok(cards)
    }

    /// Removes the presets whose names begin so and that no deck shares but deleted ones. Whether there were any.
    pub fn remove_unused_presets(&mut self, prefix: &str) -> Result<bool> {
        let mut removed = 0;
        for sql in [
            "update deck set preset = null where id in (select deck from shelf where deleted = 1)
             and preset in (select id from preset where substr(name, 1, length(?1)) = ?1)",
            "delete from setting where preset in (select id from preset where substr(name, 1, length(?1)) = ?1
             and not exists (select 1 from deck where deck.preset = preset.id))",
            "delete from preset where substr(name, 1, length(?1)) = ?1
             and not exists (select 1 from deck where deck.preset = preset.id)",
        ] {
            removed = self.run_counted(sql, [prefix])?;
        }
        Ok(removed > 0)
    }

    /// Removes a question that the log does not name, with its cards.
    pub fn remove_question(&mut self, question: QuestionId) -> Result<()> {
        for sql in [
            "delete from memory where card in (select id from card where question = ?)",
            "delete from flag where card in (select id from card where question = ?)",
            "delete from edit where question = ?",
            "delete from deleted where question = ?",
            "delete from card where question = ?",
            "delete from question_tag where question = ?",
            "delete from question_media where question = ?",
            "delete from placement where question = ?",
            "delete from question where id = ?",
        ] {
            self.run(sql, [question])?;
        }
        Ok(())
    }

    /// Removes a card that the log does not name.
    pub fn remove_card(&mut self, card: CardId) -> Result<()> {
        if let Some(delayed) = &mut self.delayed {
            delayed.remove(&card);
        }
        self.run("delete from memory where card = ?", [card])?;
        self.run("delete from flag where card = ?", [card])?;
        self.run("delete from card where id = ?", [card])
    }

    /// Ends the taking back of an import: decks and banks that it brought and that hold nothing go too. Returns such decks that something
    /// still names: questions that are hidden, or a fit.
    pub fn end_taking_back(&mut self, import: i64, now_ms: i64) -> Result<Vec<DeckId>> {
        let source = self.one::<Option<i64>>("select source from import where id = ?", [import])?.flatten();
        self.run(
            "delete from source where id = ?1 and not exists (select 1 from placement where source = ?1)",
            [source],
        )?;
        let emptied: Vec<(DeckId, bool)> = self.all(
            "select deck.id, exists (select 1 from question where question.deck = deck.id)
             or exists (select 1 from deleted where deleted.deck = deck.id)
             or exists (select 1 from fit where fit.deck = deck.id)
             from import join deck on deck.id between decks_from and decks_to where import.id = ?
             and (preset is null or preset in (select id from preset where name like 'Anki: %'))
             and not exists (select 1 from deck_setting where deck_setting.deck = deck.id)
             and not exists (select 1 from question where question.deck = deck.id
                             and not exists (select 1 from deleted where deleted.question = question.id))
             and not exists (select 1 from source where source.deck = deck.id)",
            [import],
        )?;
        let mut hidden = Vec::new();
        for (deck, holds) in emptied {
            if holds {
                hidden.push(deck);
            } else {
                self.run("delete from shelf where deck = ?", [deck])?;
                self.run("delete from deck where id = ?", [deck])?;
            }
        }
        self.run("update import set taken_back_ms = ?2 where id = ?1", params![import, now_ms])?;
        Ok(hidden)
    }
}
