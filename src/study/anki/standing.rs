//! Where a card is in Anki besides its answers: suspended, buried, due on another day, flagged.

use super::work::{AnkiDays, PackageWork};
use crate::anki::collection::AnkiCard;
use crate::error::Result;
use crate::model::{CardMemory, CardState, DAY_MS, Due, LogEntry, LogId, MoveKind, StudyDay};
use crate::store::{ImportMove, ImportedCardRow};
use crate::study::decks::DeckEntry;
use crate::study::ledger::note_move_in;
use crate::study::present::Present;

/// Why a card is moved, as the log keeps it.
const WHY: &str = "as in Anki";
/// From here on a due date is a moment, and not a day.
const MOMENTS: i64 = 1_000_000_000;
/// No step waits longer, in milliseconds.
const MOST_STEP_MS: i64 = 36_500 * DAY_MS;
/// The flags of Anki, from 1.
const FLAGS: [&str; 7] = ["red", "orange", "green", "blue", "pink", "turquoise", "purple"];

impl AnkiDays {
    /// The day of a due date, which counts from the day on which the collection was made.
    pub(super) fn due_day(self, due: i64) -> StudyDay {
        let far = due.clamp(-36_500, 36_500) as i32;
        StudyDay(self.first.0.saturating_add(far))
    }

    /// When a card in a step comes back, UTC milliseconds; after this answer.
    pub(super) fn step_due(self, anki: &AnkiCard, at_ms: i64) -> i64 {
        if anki.due >= MOMENTS {
            return anki.due.saturating_mul(1_000).clamp(at_ms, at_ms.saturating_add(MOST_STEP_MS));
        }
        let start = self.moment(at_ms).start_of(self.due_day(anki.due), self.rollover);
        start.clamp(at_ms, at_ms.saturating_add(MOST_STEP_MS))
    }
}

/// A card here and there.
pub(super) struct AnkiStanding<'a> {
    pub(super) card: &'a ImportedCardRow,
    pub(super) anki: &'a AnkiCard,
    pub(super) entry: &'a DeckEntry,
    pub(super) days: AnkiDays,
    /// Whether nothing was known of it before this import.
    pub(super) fresh: bool,
}

impl AnkiStanding<'_> {
    /// The moves that bring the card here to where it is there; its last answer there was at `answer_ms`. What was done here later stays.
    pub(super) fn moves(&self, memory: &CardMemory, present: Present, answered: bool, answer_ms: i64) -> Vec<MoveKind> {
        let changed_ms = self.anki.changed_s.saturating_mul(1_000);
        let last_ms = self.card.memory.through.map_or(i64::MIN, LogId::utc_ms);
        let is_later_here = memory.last_at.is_some_and(|at| at > answer_ms);
        if !self.fresh && (!answered || is_later_here) && changed_ms <= last_ms {
            return Vec::new();
        }
        let mut moves = Vec::new();
        if self.anki.kind == 2 && memory.state == CardState::Review && memory.memory.is_some() {
            let due = self.days.due_day(self.anki.due);
            if memory.due != Some(Due::Day(due)) {
                moves.push(MoveKind::Due(due));
            }
        }
        match (self.anki.queue == -1, memory.suspended) {
            (true, false) => moves.push(MoveKind::Suspend),
            (false, true) if !self.fresh => moves.push(MoveKind::Unsuspend),
            _ => {}
        }
        // In Anki, a buried card comes back on the next day.
        let today = self.days.moment(present.now.utc_ms).study_day(self.days.rollover);
        let buried_on = self.days.moment(changed_ms).study_day(self.days.rollover);
        let until = present.today.plus(1);
        if matches!(self.anki.queue, -2 | -3) && today == buried_on && memory.buried_until != Some(until) {
            moves.push(MoveKind::Bury(until));
        }
        moves
    }

    /// The note of its flag; `None` if it has none.
    pub(super) fn flag(&self) -> Option<&'static str> {
        FLAGS.get(usize::from(self.anki.flag).checked_sub(1)?).copied()
    }
}

/// Writes a move, for the import to take back, and takes it into account.
pub(super) fn bring_standing(
    work: &mut PackageWork<'_, '_>,
    standing: &AnkiStanding<'_>,
    memory: &mut CardMemory,
    kind: MoveKind,
    import: i64,
) -> Result<()> {
    let change = note_move_in(work.writer, standing.entry, standing.card.card, kind, WHY, work.present.now)?;
    work.writer.keep_move(import, ImportMove { id: change.id, card: change.card })?;
    work.report.moved += 1;
    standing.entry.replayer.apply(memory, &LogEntry::Move(change));
    Ok(())
}
