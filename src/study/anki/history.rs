//! The answers of a package enter the log of the cards that they are about, once.
//!
//! First the log of the package is read card by card, and what is new of it is noted. Then all of that is appended, in the order of our log.
//! Last, each card is brought to where it is in Anki.

use std::collections::HashSet;

use uuid::Uuid;

use super::card_log::{CardRead, LogReading, LoggedAnswers};
use super::standing::{AnkiStanding, bring_standing};
use super::work::{AnkiDays, CardKeys, PackageWork};
use crate::anki::collection::{AnkiCard, LogLine};
use crate::anki::history::SortedLog;
use crate::error::Result;
use crate::model::{CardId, CardMemory, LogId, Move, MoveKind};
use crate::store::{ImportMove, ImportedAnswer, ImportedCardRow, Writer};
use crate::study::decks::Decks;
use crate::study::in_order::each_in_order;
use crate::study::ledger::refold;
use crate::study::progress::{Steps, Watch};

/// Why a card was forgotten, as the log keeps it.
const RESET: &str = "it was reset in Anki";
/// Parts in which the log is read, each of which is given back when it was read.
const PARTS: usize = 16;

/// From this number of logged cards on, their answers are read together.
const MANY: usize = 2_000;

/// What all cards of an import have in common.
struct LogImport<'a> {
    number: i64,
    device: &'a str,
    reading: LogReading<'a>,
    /// The answers that are new.
    answers: Vec<ImportedAnswer>,
}

/// What came of the log of a card.
struct CardResult {
    /// What follows from its log; `None` if that is more than what the package has.
    memory: Option<CardMemory>,
    /// Whether nothing was logged of it before.
    fresh: bool,
    /// Whether something is new in its log.
    changed: bool,
    /// When it was answered last in Anki.
    last_ms: i64,
}

/// A card here and there, with its log.
type CardLines<'a> = (&'a ImportedCardRow, &'a AnkiCard, &'a [LogLine]);

impl PackageWork<'_, '_> {
    /// Enters the log of every card of the package that a deck has, and brings each card to where it is in Anki.
    pub(super) fn histories(
        &mut self,
        cards: &[AnkiCard],
        keys: CardKeys,
        log: Vec<LogLine>,
        days: AnkiDays,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let decks = Decks::load(self.writer.reader())?;
        let rows = self.writer.cards_of_bank(self.source)?;
        // What packages know a question by is not needed any more, and gives room.
        let place = |mut row: ImportedCardRow| {
            let place = *keys.get(&(std::mem::take(&mut row.guid), row.ordinal))?;
            Some((place, row))
        };
        let mut placed: Vec<(usize, ImportedCardRow)> = rows.into_iter().filter_map(place).collect();
        drop(keys);
        // In the order of the log of the package, so that it is read once.
        placed.sort_by_key(|(place, _)| cards[*place].id);
        let number = self.writer.begin_import(self.number, None, self.source, "", self.present.now.utc_ms)?;
        let device = Writer::import_device(self.source, number);
        let taken_back = self.writer.reader().undone()?;
        let known = placed.iter().map(|(_, row)| row).filter(|row| row.memory.through.is_some());
        let known: HashSet<CardId> = known.map(|row| row.card).collect();
        let logged = if known.len() < MANY { None } else { Some(self.writer.reader().answers_to_many(&known)?) };
        let reading = LogReading { days, decks: &decks, taken_back, logged, now_ms: self.present.now.utc_ms };
        let mut import = LogImport { number, device: &device, reading, answers: Vec::new() };
        let (answers_before, moves_before) =
            (self.report.answers, self.report.moved + self.report.resets + self.report.flagged);
        let mut results = self.read_log(cards, &placed, log, &mut import, watch)?;
        self.append(&placed, &mut results, &mut import, watch)?;
        let mut memories = Vec::with_capacity(placed.len());
        for ((place, row), result) in placed.iter().zip(&results) {
            memories.extend(self.bring(row, &cards[*place], result, &import)?);
        }
        drop(results);
        // In the order of their rows.
        memories.sort_unstable_by_key(|(card, ..)| *card);
        self.writer.put_memories(&memories)?;
        let moves = self.report.moved + self.report.resets + self.report.flagged;
        if self.report.answers == answers_before && moves == moves_before {
            self.writer.forget_import(number)?;
        } else {
            self.changed = true;
        }
        Ok(())
    }

    /// Reads the log card by card. What can be read without the database is read on all cores.
    fn read_log(
        &mut self,
        cards: &[AnkiCard],
        placed: &[(usize, ImportedCardRow)],
        log: Vec<LogLine>,
        import: &mut LogImport<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<Vec<CardResult>> {
        let mut steps = Steps::new(watch, "reading the answers", log.len() as u64);
        let mut results = Vec::with_capacity(placed.len());
        let mut answers = Vec::with_capacity(log.len());
        let (mut log, mut stray) = (log, 0);
        for part in placed.chunks(placed.len().div_ceil(PARTS).max(1)) {
            let mut from = 0;
            let reading = &import.reading;
            each_in_order(
                |give| {
                    part.iter().try_for_each(|(place, row)| {
                        let anki = &cards[*place];
                        let rest = &log[from..];
                        let skipped = rest.iter().take_while(|line| line.card < anki.id).count();
                        stray += skipped;
                        let count = rest[skipped..].iter().take_while(|line| line.card == anki.id).count();
                        from += skipped + count;
                        steps.advance(count)?;
                        give((row, anki, &rest[skipped..skipped + count]))
                    })
                },
                |_| false,
                |(row, anki, lines): CardLines<'_>| (row, anki, reading.part(row, anki, lines)),
                |(row, anki, part)| {
                    part.left_out.into_iter().for_each(|(what, count)| self.report.leave_out(what, count));
                    let read = match part.read {
                        Some(read) => read?,
                        None => self.read_card(row, anki, &part.history, import)?,
                    };
                    self.report.answers += read.answers.len() as u64;
                    self.report.known_answers += read.known;
                    answers.extend_from_slice(&read.answers);
                    results.push(CardResult {
                        memory: read.fresh.then_some(read.memory),
                        fresh: read.fresh,
                        changed: read.changed,
                        last_ms: part.history.answers.last().map_or(i64::MIN, |line| line.id),
                    });
                    Ok(())
                },
            )?;
            // What was read is given back, because as much memory holds what it becomes.
            log.drain(..from);
            log.shrink_to_fit();
        }
        stray += log.len();
        self.report.leave_out("answers to cards that are not in the package, or that could not be kept", stray as u64);
        import.answers = answers;
        Ok(results)
    }

    /// Reads the log of a card of which something is logged, or that was made new again.
    fn read_card(
        &mut self,
        row: &ImportedCardRow,
        anki: &AnkiCard,
        history: &SortedLog,
        import: &LogImport<'_>,
    ) -> Result<CardRead> {
        let fresh = row.memory.through.is_none();
        let logged = match import.reading.known_of(row) {
            None if !fresh => Some(LoggedAnswers::load(self.writer.reader(), row)?),
            known => known,
        };
        import.reading.card(row, anki, history, logged, |at_ms| self.reset(row, at_ms, import))
    }

    /// Notes that a card was made new again, unless that is in the log.
    fn reset(&mut self, row: &ImportedCardRow, at_ms: i64, import: &LogImport<'_>) -> Result<Option<Move>> {
        let days = import.reading.days;
        let at = days.moment(at_ms);
        let mut change = Move {
            id: LogId(Uuid::nil()),
            card: row.card,
            at,
            day: at.study_day(days.rollover),
            kind: MoveKind::Forget,
            why: RESET.into(),
        };
        let Some(id) = self.writer.append_imported_move(&change, row.uid, import.device)? else {
            return Ok(None);
        };
        change.id = id;
        self.writer.keep_move(import.number, ImportMove { id: change.id, card: change.card })?;
        self.report.resets += 1;
        Ok(Some(change))
    }

    /// Appends the answers that are new.
    fn append(
        &mut self,
        placed: &[(usize, ImportedCardRow)],
        results: &mut [CardResult],
        import: &mut LogImport<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let answers = std::mem::take(&mut import.answers);
        let mut steps = Steps::new(watch, "writing the answers", answers.len() as u64);
        let offset_minutes = import.reading.days.offset_minutes;
        let there =
            self.writer.append_imported(answers, offset_minutes, import.device, |count| steps.advance(count))?;
        // The identity of another entry: nobody has seen that, and what the log says counts.
        self.report.answers -= there.count as u64;
        self.report.known_answers += there.count as u64;
        let cards: HashSet<CardId> = there.cards.into_iter().collect();
        let again = placed.iter().zip(results).filter(|((_, row), _)| cards.contains(&row.card));
        again.for_each(|(_, result)| result.memory = None);
        Ok(())
    }

    /// Brings a card to where it is in Anki; what is to be remembered of it, with the parameters, if that is new.
    fn bring(
        &mut self,
        row: &ImportedCardRow,
        anki: &AnkiCard,
        result: &CardResult,
        import: &LogImport<'_>,
    ) -> Result<Option<(CardId, CardMemory, i64)>> {
        let decks = import.reading.decks;
        let entry = decks.entry(row.deck)?;
        let mut memory = match result.memory {
            Some(memory) => memory,
            None if result.changed => refold(self.writer, decks, row.card)?,
            None => row.memory,
        };
        let before = memory;
        let standing = AnkiStanding { card: row, anki, entry, days: import.reading.days, fresh: result.fresh };
        for kind in standing.moves(&memory, self.present, result.changed, result.last_ms) {
            bring_standing(self, &standing, &mut memory, kind, import.number)?;
        }
        if let Some(note) = standing.flag()
            && self.writer.reader().flag_of(row.card)?.is_none()
        {
            self.writer.flag(row.card, note, self.present.now.utc_ms)?;
            self.report.flagged += 1;
        }
        let is_new = (result.fresh && result.changed) || memory != before;
        Ok(is_new.then_some((row.card, memory, entry.parameters)))
    }
}
