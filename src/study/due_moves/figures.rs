//! What a plan moves, in figures.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::reviewing::Reviewing;
use crate::model::{CardId, StudyDay};
use crate::schedule::due_moves::DueMove;

/// A card that is moved.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    /// The card's identity.
    pub uid: Uuid,
    /// The day on which it was due.
    pub from: StudyDay,
    /// The day on which it is due then.
    pub to: StudyDay,
    /// The probability of recall when it is asked: before and after.
    pub recall: (f64, f64),
}

/// What a plan moves.
#[derive(Clone, Debug)]
pub struct MoveFigures {
    /// The command.
    pub command: &'static str,
    /// The study day of the plan.
    pub today: StudyDay,
    /// The cards in review that were looked at.
    pub cards: usize,
    /// The mean recall of the moved cards when they are asked: before and after; `None` if none is moved.
    pub recall: Option<(f64, f64)>,
    /// How many cards are due on each day, before and after, by day; what is overdue is due today.
    pub days: Vec<(StudyDay, (u64, u64))>,
    /// The cards that are moved.
    pub moves: Vec<Moved>,
}

pub(super) fn figures(command: &'static str, cards: &Reviewing<'_>, shifts: &[DueMove]) -> MoveFigures {
    let today = cards.present.today;
    let moved: HashMap<CardId, &DueMove> = shifts.iter().map(|shift| (shift.card, shift)).collect();
    let mut days: BTreeMap<StudyDay, (u64, u64)> = BTreeMap::new();
    let (mut moves, mut before, mut after) = (Vec::new(), 0.0, 0.0);
    let (chosen, buried) = (cards.chosen(), cards.buried());
    for card in &chosen {
        let first = buried.get(&card.card).copied().unwrap_or(today);
        let from = card.due.max(first);
        let to = moved.get(&card.card).map_or(from, |shift| shift.to.max(first));
        days.entry(from).or_default().0 += 1;
        days.entry(to).or_default().1 += 1;
        if let Some(shift) = moved.get(&card.card) {
            let recall = (card.recall(from), card.recall(to));
            before += recall.0;
            after += recall.1;
            moves.push(Moved { uid: card.uid, from: shift.from, to: shift.to, recall });
        }
    }
    let mean = |sum: f64| if moves.is_empty() { None } else { Some(sum / moves.len() as f64) };
    let recall = mean(before).zip(mean(after));
    MoveFigures { command, today, cards: chosen.len(), recall, days: days.into_iter().collect(), moves }
}
