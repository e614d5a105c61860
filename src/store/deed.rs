//! Deeds: what a person did, in the order of the log, and what was taken back of it.

use rusqlite::{Row, params};

use super::log::IMPORTED;
use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::{Error, Result};
use crate::model::{CardId, Deed, DeedKind, FIRST_MS, LATEST_MS, LogId, Moment, UndoneEntry};

/// A deed that begins.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDeed {
    /// What it is.
    pub kind: DeedKind,
    /// When.
    pub at: Moment,
    /// The card that it is about; `None` if it is not about one card.
    pub card: Option<CardId>,
    /// The number of the command that imports; `None` if it is no import.
    pub batch: Option<i64>,
    /// The deed or the answer that it takes back or brings back; `None` for all others.
    pub reverses: Option<LogId>,
    /// Whether rows outside the log change, and are kept as they were.
    pub rows: bool,
}

impl NewDeed {
    /// A deed that is about many things.
    pub fn new(kind: DeedKind, at: Moment) -> Self {
        // An import keeps what it changes by itself: it may bring a hundred thousand questions.
        let rows = !kind.is_of_the_log() && kind != DeedKind::Import;
        Self { kind, at, card: None, batch: None, reverses: None, rows }
    }

    /// A deed that is about one card.
    pub fn on_card(kind: DeedKind, at: Moment, card: CardId) -> Self {
        Self { card: Some(card), ..Self::new(kind, at) }
    }
}

/// A deed that is going on.
#[derive(Debug)]
pub(super) struct OpenDeed {
    id: LogId,
    deed: NewDeed,
    title: String,
}

/// An entry of the log that counts, and that a deed made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveEntry {
    /// What is to be taken back, so that it counts no longer: itself; if it let something count again, that.
    pub reversal: UndoneEntry,
    /// The card that it is about.
    pub card: CardId,
}

impl FromRow for LiveEntry {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let target: LogId = row.get("target")?;
        let reversal = match row.get::<_, String>("kind")?.as_str() {
            "review" => UndoneEntry::Review(target),
            "move" => UndoneEntry::Move(target),
            _ => UndoneEntry::Undo(target),
        };
        Ok(Self { reversal, card: row.get("card")? })
    }
}

impl FromRow for Deed {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            at: Moment { utc_ms: row.get("at_ms")?, offset_minutes: row.get("offset_minutes")? },
            kind: row.get("kind")?,
            title: row.get("title")?,
            card: row.get("card")?,
            batch: row.get("batch")?,
            undone: row.get("undone")?,
        })
    }
}

/// All that was done here, answers too, without undos and redos. An import counts as undone once it was taken back, in whatever way.
const DEEDS: &str = "
    select id, at_ms, offset_minutes, kind, title, card, batch,
    iif(batch is not null, not exists (select 1 from import where import.batch = deed.batch and taken_back_ms is null),
        exists (select 1 from deed as back where back.reverses = deed.id
                and not exists (select 1 from deed as redo where redo.reverses = back.id))) as undone
    from deed where kind not in ('undo', 'redo')";
const ANSWERS: &str = "
    select review.id as id, at_ms, offset_minutes, 'answer' as kind, '' as title, card, null as batch,
    exists (select 1 from live_undo where live_undo.review = review.id) as undone
    from review join device on device.id = review.device where substr(device.name, 1, length(?1)) <> ?1";

impl Reader<'_> {
    /// The last things that were done here, the newest first, at most `count`; those that were taken back too.
    pub fn last_deeds(&self, count: u32) -> Result<Vec<Deed>> {
        // Each part is read from its end, and no more of it than needed.
        let sql = format!(
            "select * from (select * from ({DEEDS}) order by id desc limit ?2)
             union all select * from (select * from ({ANSWERS}) order by id desc limit ?2)
             order by id desc limit ?2"
        );
        self.all(&sql, params![IMPORTED, count])
    }

    /// The last thing that was done here and not taken back. What was done before something was erased stays.
    pub fn last_deed(&self) -> Result<Option<Deed>> {
        let since = "not undone and id > coalesce((select max(id) from deed where kind = 'purge'), x'')";
        let deed: Option<Deed> =
            self.one(&format!("select * from ({DEEDS}) where {since} order by id desc limit 1"), [])?;
        let answer: Option<Deed> =
            self.one(&format!("select * from ({ANSWERS}) where {since} order by id desc limit 1"), [IMPORTED])?;
        Ok(deed.into_iter().chain(answer).max_by_key(|deed| deed.id))
    }

    /// The last undo that can be taken back in turn, with what it had taken back: nothing else was done since.
    pub fn last_undo(&self) -> Result<Option<(LogId, LogId)>> {
        self.one(
            "select id, reverses from deed where kind = 'undo'
             and not exists (select 1 from deed as redo where redo.reverses = deed.id)
             and not exists (select 1 from deed as later where later.id > deed.id and later.kind not in ('undo', 'redo'))
             and not exists (select 1 from review join device on device.id = review.device
                             where review.id > deed.id and substr(device.name, 1, length(?1)) <> ?1)
             order by id desc limit 1",
            [IMPORTED],
        )
    }

    /// The deed or the answer with this identity.
    pub fn deed(&self, id: LogId) -> Result<Option<Deed>> {
        let sql = format!(
            "select * from (select * from ({DEEDS}) where id = ?2 union all select * from ({ANSWERS}) where id = ?2)"
        );
        self.one(&sql, params![IMPORTED, id])
    }

    /// The entries of the log that a deed made and that count, in order.
    pub fn live_entries_of(&self, deed: LogId) -> Result<Vec<LiveEntry>> {
        self.all(
            "select live_move.id as id, live_move.id as target, live_move.card as card, 'move' as kind
             from deed join live_move on live_move.id between deed.id and deed.last where deed.id = ?1
             union all
             select live_undo.id, live_undo.id, coalesce(review.card, move.card), 'undo'
             from deed join live_undo on live_undo.id between deed.id and deed.last
             left join review on review.id = live_undo.review left join move on move.id = live_undo.move
             where deed.id = ?1
             union all
             select redo.id, live_review.id, live_review.card, 'review'
             from deed join undo as redo on redo.id between deed.id and deed.last join undo as taken on taken.id = redo.undo
             join live_review on live_review.id = taken.review where deed.id = ?1
             union all
             select redo.id, live_move.id, live_move.card, 'move'
             from deed join undo as redo on redo.id between deed.id and deed.last join undo as taken on taken.id = redo.undo
             join live_move on live_move.id = taken.move where deed.id = ?1
             order by 1",
            [deed],
        )
    }

    /// How many changes without an answer count that no deed made, after this entry of the log, or ever; those for this reason aside, which an
    /// answer makes.
    pub fn moves_without_deed(&self, after: Option<LogId>, reason: &str) -> Result<u64> {
        self.value(
            "select count(*) from live_move where id > coalesce(?1, x'') and why <> ?2
             and coalesce((select last from deed where deed.id <= live_move.id order by id desc limit 1), x'') < live_move.id",
            params![after, reason],
        )
        .map(i64::unsigned_abs)
    }

    /// How many deeds are of a kind that there is not.
    pub fn unknown_deeds(&self) -> Result<u64> {
        let mut unknown = 0;
        self.each("select kind, count(*) from deed group by kind", [], |row| {
            let (kind, deeds): (String, i64) = (row.get(0)?, row.get(1)?);
            unknown += if kind.parse::<DeedKind>().is_ok() { 0 } else { deeds.unsigned_abs() };
            Ok(())
        })?;
        Ok(unknown)
    }

    /// How many cards a deed moved, hid or showed again. Suspended ones are not moved when they are hidden.
    pub fn cards_of_deed(&self, deed: LogId) -> Result<u64> {
        self.value(
            "select count(*) from (
             select move.card from deed join move on move.id between deed.id and deed.last where deed.id = ?1
             union
             select card.id from deed_row join card on card.question = coalesce(after, before) ->> 'question'
             where deed_row.deed = ?1 and of_table = 'deleted')",
            [deed],
        )
        .map(i64::unsigned_abs)
    }

    /// How many cards came with the imports of a command.
    pub fn cards_of_batch(&self, batch: i64) -> Result<u64> {
        self.value(
            "select count(*) from import join card on card.question between questions_from and questions_to where batch = ?",
            [batch],
        )
        .map(i64::unsigned_abs)
    }

    /// How many cards a deed made or removed.
    pub fn cards_made_or_removed(&self, deed: LogId) -> Result<u64> {
        self.value(
            "select count(*) from deed_row where deed = ? and of_table = 'card' and (before is null or after is null)",
            [deed],
        )
        .map(i64::unsigned_abs)
    }
}

/// Fails if the clock says a time at which nothing was ever logged: an entry that is dated so could never be right.
pub fn confirm_clock(now: Moment) -> Result<()> {
    if (FIRST_MS..LATEST_MS).contains(&now.utc_ms) {
        return Ok(());
    }
    Err(Error::person(format!("the clock of this computer says {}, so nothing is saved", now.rfc3339()))
        .named("clock-wrong")
        .hint("set the clock, then try again; what is there can be read"))
}

impl Writer<'_> {
    /// Begins a deed: what is changed from now on, until the commit, is taken back together.
    pub fn begin_deed(&mut self, deed: NewDeed) -> Result<()> {
        confirm_clock(deed.at)?;
        if deed.rows {
            self.open_journal()?;
        }
        let id = self.ids.next(deed.at.utc_ms);
        self.deed = Some(OpenDeed { id, deed, title: String::new() });
        Ok(())
    }

    /// Says in words what the deed is.
    pub fn entitle(&mut self, title: impl Into<String>) {
        if let Some(open) = &mut self.deed {
            open.title = title.into();
        }
    }

    /// What is going on is no deed after all.
    pub fn forget_deed(&mut self) {
        self.deed = None;
        self.before = self.ids.last();
    }

    /// Keeps the deed that is going on, so that another may begin; one that changed nothing is none. Whether it is one.
    pub fn end_deed(&mut self) -> Result<bool> {
        let Some(OpenDeed { id, deed, title }) = self.deed.take() else { return Ok(false) };
        let last = self.ids.last().unwrap_or(id);
        let changed = deed.rows && self.has_changed()?;
        let is_one =
            changed || last > id || deed.batch.is_some() || deed.reverses.is_some() || deed.kind == DeedKind::Purge;
        if is_one {
            self.run(
                "insert into deed (id, last, at_ms, offset_minutes, kind, title, card, batch, reverses)
                 values (?,?,?,?,?,?,?,?,?)",
                params![
                    id,
                    last,
                    deed.at.utc_ms,
                    deed.at.offset_minutes,
                    deed.kind.name(),
                    title,
                    deed.card,
                    deed.batch,
                    deed.reverses
                ],
            )?;
        }
        if deed.rows {
            self.close_journal(id, is_one)?;
        }
        Ok(is_one)
    }
}
