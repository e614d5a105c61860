//! Days off: what is due on them goes to the days around.

use super::reviewing::Reviewing;
use crate::error::{Error, Result};
use crate::model::{StudyDay, count};
use crate::schedule::LOAD_DAYS;
use crate::schedule::due_moves::{DueMove, vacation};

/// The moves, and how many cards stay.
pub(super) fn plan(cards: &Reviewing<'_>, from: StudyDay, to: StudyDay) -> Result<(Vec<DueMove>, Option<String>)> {
    let today = cards.present.today;
    if from > to {
        return Err(Error::person(format!("the vacation ends on {to}, before it begins on {from}"))
            .hint("name the first day first"));
    }
    if to < today {
        return Err(Error::person(format!("{to} is in the past"))
            .hint("`retain catchup` deals with what has become due meanwhile"));
    }
    if to > today.plus(LOAD_DAYS) {
        return Err(Error::person(format!("{to} is more than {LOAD_DAYS} days ahead"))
            .hint("name it nearer to its time, when it is known what falls due"));
    }
    let chosen = cards.chosen();
    let shifts = vacation(&chosen, from, to, &mut cards.load(), today);
    let away = chosen.iter().filter(|card| (from..=to).contains(&card.due.max(today))).count();
    let note = (away > shifts.len()).then(|| {
        let stay = count((away - shifts.len()) as u64, "card");
        format!("{stay} stay: an exam or the longest interval leaves them no other day")
    });
    Ok((shifts, note))
}
