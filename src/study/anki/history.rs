//! The answers of a package enter the log of the cards that they are about, once.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::standing::{AnkiStanding, bring_standing};
use super::work::{AnkiDays, CardKeys, PackageWork};
use crate::anki::collection::{AnkiCard, LogLine};
use crate::anki::history::{SortedLog, card_history};
use crate::error::Result;
use crate::model::{
    CardMemory, CardState, Confidence, DAY_MS, Due, FIRST_MS, Guess, LONGEST_ANSWER_MS, LogEntry, LogId, Move,
    MoveKind, Rating, Review, ReviewKind, StudyDay,
};
use crate::store::{ImportMove, ImportedCardRow, Writer};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::ledger::refold;
use crate::study::progress::{Steps, Watch};

/// No interval is longer, in days.
const LONGEST_DAYS: u32 = 36_500;
/// Anki has room for one answer in each millisecond, so an answer of ours that comes back may be this much later. Nobody answers a card twice
/// in that time.
const SHIFTED_MS: i64 = 50;
/// Why a card was forgotten, as the log keeps it.
const RESET: &str = "it was reset in Anki";

/// What is going on for a card.
struct CardInLog<'a> {
    row: &'a ImportedCardRow,
    entry: &'a DeckEntry,
    /// What follows from its log, if nothing was logged of it before.
    memory: CardMemory,
    fresh: bool,
    repeats: HashMap<(i64, u8), u32>,
}

impl PackageWork<'_, '_> {
    /// Enters the log of every card of the package that a deck has, and brings each card to where it is in Anki.
    pub(super) fn histories(
        &mut self,
        cards: &[AnkiCard],
        keys: &CardKeys,
        log: &[LogLine],
        days: AnkiDays,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let decks = Decks::load(self.writer.reader())?;
        let mut rows = self.writer.reader().cards_of_bank(self.source)?;
        // In the order of the log of the package, so that it is read once.
        let place = |row: &ImportedCardRow| keys.get(&(row.guid.clone(), row.ordinal)).copied();
        let mut placed: Vec<(usize, ImportedCardRow)> =
            rows.drain(..).filter_map(|row| Some((place(&row)?, row))).collect();
        placed.sort_by_key(|(place, _)| cards[*place].id);
        let now = self.present.now;
        let import = self.writer.begin_import(self.number, None, self.source, "", now.utc_ms)?;
        let device = Writer::import_device(self.source, import);
        let taken_back = self.writer.reader().undone()?;
        let (answers_before, moves_before) =
            (self.report.answers, self.report.moved + self.report.resets + self.report.flagged);
        let mut steps = Steps::new(watch, "reading the answers", log.len() as u64);
        let (mut from, mut stray) = (0, 0);
        for (place, row) in &placed {
            let anki = &cards[*place];
            let skipped = log[from..].iter().take_while(|line| line.card < anki.id).count();
            stray += skipped as u64;
            from += skipped;
            let count = log[from..].iter().take_while(|line| line.card == anki.id).count();
            let own = &log[from..from + count];
            from += count;
            for _ in own {
                steps.step()?;
            }
            let entry = decks.entry(row.deck)?;
            let mut card = CardInLog {
                row,
                entry,
                memory: CardMemory::NEW,
                fresh: row.memory.through.is_none(),
                repeats: HashMap::new(),
            };
            self.card(&mut card, anki, card_history(own), (import, &device), days, &taken_back, &decks)?;
        }
        stray += (log.len() - from) as u64;
        self.report.leave_out("answers to cards that are not in the package, or that could not be kept", stray);
        let moves = self.report.moved + self.report.resets + self.report.flagged;
        if self.report.answers == answers_before && moves == moves_before {
            self.writer.forget_import(import)?;
        } else {
            self.changed = true;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "each is a thing of its own")]
    fn card(
        &mut self,
        card: &mut CardInLog<'_>,
        anki: &AnkiCard,
        mut history: SortedLog,
        (import, device): (i64, &str),
        days: AnkiDays,
        taken_back: &HashSet<LogId>,
        decks: &Decks,
    ) -> Result<()> {
        self.report.leave_out("moves and rescheduling by hand: only what follows from them is kept", history.moves);
        self.report.leave_out("answers in filtered decks that did not count in Anki either", history.cramming);
        let all = history.answers.len();
        let latest = self.present.now.utc_ms.saturating_add(DAY_MS);
        history.answers.retain(|line| (FIRST_MS..=latest).contains(&line.id));
        history.resets.retain(|at| (FIRST_MS..=latest).contains(at));
        self.report.leave_out("answers before 1990 or in the future", (all - history.answers.len()) as u64);
        let is_open = |resets: &[i64], last: &LogLine| resets.last().is_none_or(|at| *at < last.id);
        if let Some(last) = history.answers.last().filter(|last| anki.kind == 0 && is_open(&history.resets, last)) {
            // Old programs made a card new without an entry.
            history.resets.push(last.id + 1);
        }
        if history.truncated {
            self.report.leave_out(
                "cards whose log begins in the middle: their memory begins with the first answer there is",
                1,
            );
        } else if history.answers.is_empty() && anki.memory.is_some() && anki.kind != 0 {
            self.report.leave_out("cards with a memory and no answers: they come in as new", 1);
        } else if history.answers.is_empty() && anki.kind == 2 {
            self.report.leave_out("cards with an interval and no answers: they come in as new", 1);
        }
        let mut changed = false;
        let mut resets = history.resets.iter().copied().peekable();
        let last = history.answers.len().saturating_sub(1);
        for (place, line) in history.answers.iter().enumerate() {
            while let Some(at) = resets.next_if(|at| *at < line.id) {
                changed |= self.reset(card, at, (import, device), days)?;
            }
            let known = !card.fresh && self.writer.reader().has_answer_near(card.row.card, line.id, SHIFTED_MS)?;
            let review = review(card, line, device, days, (place == last).then_some(anki), taken_back);
            if known && !self.is_taken_back(card, line, taken_back) || !self.writer.append_imported(&review)? {
                self.report.known_answers += 1;
                continue;
            }
            self.report.answers += 1;
            changed = true;
            card.entry.replayer.answer(&mut card.memory, &review);
        }
        for at in resets {
            changed |= self.reset(card, at, (import, device), days)?;
        }
        let mut memory = match () {
            () if card.fresh => card.memory,
            () if changed => refold(self.writer, decks, card.row.card)?,
            () => card.row.memory,
        };
        let before = memory;
        let standing = AnkiStanding { card: card.row, anki, entry: card.entry, days, fresh: card.fresh };
        let last_ms = history.answers.last().map_or(i64::MIN, |line| line.id);
        for kind in standing.moves(&memory, self.present, changed, last_ms) {
            bring_standing(self, &standing, &mut memory, kind, (import, decks))?;
        }
        if (card.fresh && changed) || memory != before {
            self.writer.put_memory(card.row.card, &memory, card.entry.parameters)?;
        }
        if let Some(note) = standing.flag()
            && self.writer.reader().flag_of(card.row.card)?.is_none()
        {
            self.writer.flag(card.row.card, note, self.present.now.utc_ms)?;
            self.report.flagged += 1;
        }
        Ok(())
    }

    /// Whether every answer of this moment was taken back with an earlier import, so that it comes again.
    fn is_taken_back(&self, card: &CardInLog<'_>, line: &LogLine, taken_back: &HashSet<LogId>) -> bool {
        let Some(rating) = Rating::from_number(line.ease) else { return false };
        taken_back.contains(&Writer::imported_id(card.row.uid, line.id, rating, 0))
    }

    fn reset(
        &mut self,
        card: &mut CardInLog<'_>,
        at_ms: i64,
        (import, device): (i64, &str),
        days: AnkiDays,
    ) -> Result<bool> {
        let at = days.moment(at_ms);
        let mut change = Move {
            id: LogId(Uuid::nil()),
            card: card.row.card,
            at,
            day: at.study_day(days.rollover),
            kind: MoveKind::Forget,
            why: RESET.into(),
        };
        let Some(id) = self.writer.append_imported_move(&change, card.row.uid, device)? else { return Ok(false) };
        change.id = id;
        self.writer.keep_move(import, ImportMove { id: change.id, card: change.card })?;
        self.report.resets += 1;
        card.entry.replayer.apply(&mut card.memory, &LogEntry::Move(change));
        Ok(true)
    }
}

/// An answer as the log keeps it. `anki` is the card, if nothing was answered since.
fn review(
    card: &mut CardInLog<'_>,
    line: &LogLine,
    device: &str,
    days: AnkiDays,
    anki: Option<&AnkiCard>,
    taken_back: &HashSet<LogId>,
) -> Review {
    let rating = Rating::from_number(line.ease).unwrap_or(Rating::Good);
    let repeat = card.repeats.entry((line.id, line.ease)).or_default();
    let mut id = Writer::imported_id(card.row.uid, line.id, rating, *repeat);
    *repeat += 1;
    while taken_back.contains(&id) {
        id = Writer::imported_id(card.row.uid, line.id, rating, *repeat);
        *repeat += 1;
    }
    let at = days.moment(line.id);
    let day = at.study_day(days.rollover);
    let kind = match (line.kind, card.memory.state) {
        (0, CardState::New) => ReviewKind::New,
        (0, _) => ReviewKind::Learning,
        (2, _) => ReviewKind::Relearning,
        (3, CardState::New) => ReviewKind::New,
        (3, CardState::Review) => ReviewKind::Ahead,
        _ => ReviewKind::Review,
    };
    Review {
        id,
        card: card.row.card,
        at,
        day,
        rating,
        kind,
        // Nobody says what was shown: the rating is taken at its word, as Anki does.
        confidence: Confidence::Stated,
        right: rating != Rating::Again,
        order_seed: card.memory.repetitions,
        guess: Guess::NONE,
        took_ms: line.took_ms.min(LONGEST_ANSWER_MS),
        device: device.into(),
        due: promised(line, at.utc_ms, day, anki, days),
        ..Review::EMPTY
    }
}

/// When the card was promised back: by the interval of the answer; of the last answer in a step by the card itself.
fn promised(line: &LogLine, at_ms: i64, day: StudyDay, anki: Option<&AnkiCard>, days: AnkiDays) -> Due {
    if let Some(anki) = anki.filter(|anki| matches!(anki.kind, 1 | 3)) {
        return Due::At(days.step_due(anki, at_ms));
    }
    let is_reviewed = anki.is_some_and(|anki| anki.kind == 2);
    match line.interval {
        days @ 1.. => Due::Day(day.plus(days.unsigned_abs().min(LONGEST_DAYS))),
        // The card is in review, whatever the entry says.
        0.. if is_reviewed || matches!(line.kind, 1 | 3) => Due::Day(day),
        seconds if is_reviewed => Due::Day(day.plus((seconds.unsigned_abs() / 86_400).min(LONGEST_DAYS))),
        seconds => Due::At(at_ms.saturating_add(i64::from(seconds.unsigned_abs()) * 1_000)),
    }
}
