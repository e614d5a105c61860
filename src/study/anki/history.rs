//! The answers of a package enter the log of the cards that they are about, once.
//!
//! First the log of the package is read card by card, and what is new of it is noted. Then all of that is appended, in the order of our log.
//! Last, each card is brought to where it is in Anki.

use std::collections::{BTreeSet, HashSet};

use uuid::Uuid;

use super::standing::{AnkiStanding, bring_standing};
use super::work::{AnkiDays, CardKeys, PackageWork};
use crate::anki::collection::{AnkiCard, LogLine};
use crate::anki::history::{SortedLog, card_history};
use crate::error::Result;
use crate::model::{
    CardId, CardMemory, CardState, DAY_MS, Due, FIRST_MS, LONGEST_ANSWER_MS, LogEntry, LogId, Move, MoveKind, Rating,
    ReviewKind, StudyDay,
};
use crate::store::{ImportMove, ImportedAnswer, ImportedCardRow, Reader, Writer};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::ledger::refold;
use crate::study::progress::{Steps, Watch};

/// No interval is longer, in days.
const LONGEST_DAYS: u32 = 36_500;
/// Anki has room for one answer in each millisecond, so an answer of ours that comes back may be this much later. Nobody answers a card twice
/// in that time.
const SHIFTED_MS: i64 = 50;
/// How many memories are kept before they are written.
const TOGETHER: usize = 1_024;
/// Why a card was forgotten, as the log keeps it.
const RESET: &str = "it was reset in Anki";

/// What all cards of an import have in common.
struct LogImport<'a> {
    number: i64,
    device: &'a str,
    days: AnkiDays,
    decks: &'a Decks,
    /// Answers that were taken back.
    taken_back: HashSet<LogId>,
    /// The answers that are new.
    answers: Vec<ImportedAnswer>,
}

/// The answers to a card that are in the log.
struct LoggedAnswers {
    ids: HashSet<LogId>,
    /// When they were given.
    moments: BTreeSet<i64>,
}

/// A card whose log is read.
struct CardInLog<'a> {
    row: &'a ImportedCardRow,
    entry: &'a DeckEntry,
    /// What follows from its log, if nothing was logged of it before.
    memory: CardMemory,
    /// What was logged of it before; `None` if nothing was.
    logged: Option<LoggedAnswers>,
    /// How often each button was pressed in this millisecond.
    repeats: (i64, [u32; 5]),
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
        let mut rows = self.writer.reader().cards_of_bank(self.source)?;
        // In the order of the log of the package, so that it is read once.
        let place = |row: &ImportedCardRow| keys.get(&(row.guid.clone(), row.ordinal)).copied();
        let mut placed: Vec<(usize, ImportedCardRow)> =
            rows.drain(..).filter_map(|row| Some((place(&row)?, row))).collect();
        drop(keys);
        placed.sort_by_key(|(place, _)| cards[*place].id);
        let number = self.writer.begin_import(self.number, None, self.source, "", self.present.now.utc_ms)?;
        let device = Writer::import_device(self.source, number);
        let taken_back = self.writer.reader().undone()?;
        let answers = Vec::with_capacity(log.len());
        let mut import = LogImport { number, device: &device, days, decks: &decks, taken_back, answers };
        let (answers_before, moves_before) =
            (self.report.answers, self.report.moved + self.report.resets + self.report.flagged);
        let mut results = self.read_log(cards, &placed, log, &mut import, watch)?;
        self.append(&placed, &mut results, &mut import, watch)?;
        let mut memories = Vec::with_capacity(TOGETHER);
        for ((place, row), result) in placed.iter().zip(&results) {
            memories.extend(self.bring(row, &cards[*place], result, &import)?);
            if memories.len() == TOGETHER {
                self.writer.put_memories(&memories)?;
                memories.clear();
            }
        }
        self.writer.put_memories(&memories)?;
        let moves = self.report.moved + self.report.resets + self.report.flagged;
        if self.report.answers == answers_before && moves == moves_before {
            self.writer.forget_import(number)?;
        } else {
            self.changed = true;
        }
        Ok(())
    }

    /// Reads the log card by card.
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
        let (mut log, mut from, mut stray) = (log, 0, 0);
        // What was read is given back, because as much memory holds what it becomes.
        let much = log.len() / 8;
        for (place, row) in placed {
            if from > much {
                log.drain(..from);
                log.shrink_to_fit();
                from = 0;
            }
            let anki = &cards[*place];
            let rest = &log[from..];
            let skipped = rest.iter().take_while(|line| line.card < anki.id).count();
            stray += skipped;
            let count = rest[skipped..].iter().take_while(|line| line.card == anki.id).count();
            let own = &rest[skipped..skipped + count];
            steps.advance(count)?;
            results.push(self.read_card(row, anki, card_history(own), import)?);
            from += skipped + count;
        }
        stray += log.len() - from;
        self.report.leave_out("answers to cards that are not in the package, or that could not be kept", stray as u64);
        Ok(results)
    }

    /// Reads the log of a card: notes its answers, and appends what made it new again.
    fn read_card(
        &mut self,
        row: &ImportedCardRow,
        anki: &AnkiCard,
        mut history: SortedLog,
        import: &mut LogImport<'_>,
    ) -> Result<CardResult> {
        self.count_left_out(&mut history, anki);
        let is_open = |resets: &[i64], last: &LogLine| resets.last().is_none_or(|at| *at < last.id);
        if let Some(last) = history.answers.last().filter(|last| anki.kind == 0 && is_open(&history.resets, last)) {
            // Old programs made a card new without an entry.
            history.resets.push(last.id + 1);
        }
        let fresh = row.memory.through.is_none();
        let logged = if fresh { None } else { Some(LoggedAnswers::load(self.writer.reader(), row)?) };
        let entry = import.decks.entry(row.deck)?;
        let mut card = CardInLog { row, entry, memory: CardMemory::NEW, logged, repeats: (0, [0; 5]) };
        let mut changed = false;
        let mut resets = history.resets.iter().copied().peekable();
        let last = history.answers.len().saturating_sub(1);
        for (place, line) in history.answers.iter().enumerate() {
            while let Some(at) = resets.next_if(|at| *at < line.id) {
                changed |= self.reset(&mut card, at, import)?;
            }
            match card.new_answer(line, (place == last).then_some(anki), import) {
                Some(answer) => {
                    import.answers.push(answer);
                    self.report.answers += 1;
                    changed = true;
                }
                None => self.report.known_answers += 1,
            }
        }
        for at in resets {
            changed |= self.reset(&mut card, at, import)?;
        }
        let last_ms = history.answers.last().map_or(i64::MIN, |line| line.id);
        Ok(CardResult { memory: fresh.then_some(card.memory), fresh, changed, last_ms })
    }

    /// Leaves out answers of no time, and says what of the log of a card is not carried.
    fn count_left_out(&mut self, history: &mut SortedLog, anki: &AnkiCard) {
        self.report.leave_out("moves and rescheduling by hand: only what follows from them is kept", history.moves);
        self.report.leave_out("answers in filtered decks that did not count in Anki either", history.cramming);
        let all = history.answers.len();
        let latest = self.present.now.utc_ms.saturating_add(DAY_MS);
        history.answers.retain(|line| (FIRST_MS..=latest).contains(&line.id));
        history.resets.retain(|at| (FIRST_MS..=latest).contains(at));
        self.report.leave_out("answers before 1990 or in the future", (all - history.answers.len()) as u64);
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
    }

    fn reset(&mut self, card: &mut CardInLog<'_>, at_ms: i64, import: &LogImport<'_>) -> Result<bool> {
        let at = import.days.moment(at_ms);
        let mut change = Move {
            id: LogId(Uuid::nil()),
            card: card.row.card,
            at,
            day: at.study_day(import.days.rollover),
            kind: MoveKind::Forget,
            why: RESET.into(),
        };
        let Some(id) = self.writer.append_imported_move(&change, card.row.uid, import.device)? else {
            return Ok(false);
        };
        change.id = id;
        self.writer.keep_move(import.number, ImportMove { id: change.id, card: change.card })?;
        self.report.resets += 1;
        card.entry.replayer.apply(&mut card.memory, &LogEntry::Move(change));
        Ok(true)
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
        let offset_minutes = import.days.offset_minutes;
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
        let (decks, entry) = (import.decks, import.decks.entry(row.deck)?);
        let mut memory = match result.memory {
            Some(memory) => memory,
            None if result.changed => refold(self.writer, decks, row.card)?,
            None => row.memory,
        };
        let before = memory;
        let standing = AnkiStanding { card: row, anki, entry, days: import.days, fresh: result.fresh };
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

impl LoggedAnswers {
    fn load(reader: Reader<'_>, row: &ImportedCardRow) -> Result<Self> {
        let (ids, moments) = reader.answers_to(row.card)?.into_iter().unzip();
        Ok(Self { ids, moments })
    }

    /// Whether an answer was given in this millisecond, or shortly before.
    fn has_near(&self, at_ms: i64) -> bool {
        self.moments.range(at_ms.saturating_sub(SHIFTED_MS)..=at_ms).next().is_some()
    }
}

impl CardInLog<'_> {
    /// An answer as the log keeps it, if it is not there yet; and what follows from it is remembered. `anki` is the card, if nothing was
    /// answered since.
    fn new_answer(
        &mut self,
        line: &LogLine,
        anki: Option<&AnkiCard>,
        import: &LogImport<'_>,
    ) -> Option<ImportedAnswer> {
        let rating = Rating::from_number(line.ease).unwrap_or(Rating::Good);
        let id = self.next_id(line.id, rating, import);
        if let Some(logged) = &self.logged {
            // Every answer of this moment may have been taken back with an earlier import: then it comes again.
            let is_taken_back = || import.taken_back.contains(&Writer::imported_id(self.row.uid, line.id, rating, 0));
            if logged.ids.contains(&id) || (logged.has_near(line.id) && !is_taken_back()) {
                return None;
            }
        }
        let day = import.days.moment(line.id).study_day(import.days.rollover);
        let answer = ImportedAnswer {
            id,
            card: self.row.card,
            at_ms: line.id,
            day,
            rating,
            kind: match (line.kind, self.memory.state) {
                (0, CardState::New) => ReviewKind::New,
                (0, _) => ReviewKind::Learning,
                (2, _) => ReviewKind::Relearning,
                (3, CardState::New) => ReviewKind::New,
                (3, CardState::Review) => ReviewKind::Ahead,
                _ => ReviewKind::Review,
            },
            order_seed: self.memory.repetitions,
            took_ms: line.took_ms.min(LONGEST_ANSWER_MS),
            due: promised(line, line.id, day, anki, import.days),
        };
        if let Some(logged) = &mut self.logged {
            logged.ids.insert(id);
            logged.moments.insert(line.id);
        }
        self.entry.replayer.answer(&mut self.memory, &answer.review(import.days.offset_minutes));
        Some(answer)
    }

    /// The identity of the next answer with this button in this millisecond. Answers come in the order of time.
    fn next_id(&mut self, at_ms: i64, rating: Rating, import: &LogImport<'_>) -> LogId {
        if self.repeats.0 != at_ms {
            self.repeats = (at_ms, [0; 5]);
        }
        let repeat = &mut self.repeats.1[usize::from(rating.number())];
        loop {
            let id = Writer::imported_id(self.row.uid, at_ms, rating, *repeat);
            *repeat += 1;
            if !import.taken_back.contains(&id) {
                return id;
            }
        }
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
