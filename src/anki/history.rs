//! Which entries of a card's log are answers, and from which of them its memory begins: Anki's own rules.

use super::collection::LogLine;

/// The kinds of entries.
mod kind {
    pub(super) const LEARNING: u8 = 0;
    pub(super) const FILTERED: u8 = 3;
    pub(super) const MANUAL: u8 = 4;
}

/// What a card's log comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortedLog {
    /// The answers, in the order of events.
    pub answers: Vec<LogLine>,
    /// When what was known until then was forgotten, in milliseconds: before the next answer, or at the end.
    pub resets: Vec<i64>,
    /// Entries that are no answers: moves by hand, and rescheduling.
    pub moves: u64,
    /// Answers in a filtered deck that did not count.
    pub cramming: u64,
    /// Whether the log begins in the middle, so that Anki guesses the memory before it.
    pub truncated: bool,
}

impl LogLine {
    /// Whether somebody pressed a button.
    pub fn is_rated(&self) -> bool {
        (1..=4).contains(&self.ease)
    }

    /// Whether it is an answer in a filtered deck that does not reschedule.
    pub fn is_cramming(&self) -> bool {
        self.kind == kind::FILTERED && self.factor == 0
    }

    /// Whether it made the card new again.
    pub fn is_reset(&self) -> bool {
        self.kind == kind::MANUAL && self.factor == 0
    }

    /// Whether it is an answer that counts.
    pub fn counts(&self) -> bool {
        self.is_rated() && !self.is_cramming()
    }
}

/// Sorts the log of one card.
///
/// The memory begins at the last group of answers that learn the card, because old programs made a card new without an entry; or behind the
/// last entry that made it new.
pub fn card_history(log: &[LogLine]) -> SortedLog {
    let mut history = SortedLog::default();
    // Where the group of learning answers begins that is looked at, going backwards; and the entry behind which nothing counts any more.
    let mut learning: Option<usize> = None;
    let mut complete = false;
    let mut last_reset: Option<usize> = None;
    let mut rated_since = false;
    for (place, line) in log.iter().enumerate().rev() {
        if line.is_cramming() {
            continue;
        }
        if line.is_rated() && line.kind == kind::LEARNING {
            learning = Some(place);
            complete = true;
        } else if line.is_reset() {
            last_reset = Some(place);
            break;
        } else if learning.is_some() {
            break;
        }
        rated_since |= line.is_rated();
    }
    let begins = learning.or(last_reset.map(|place| place + 1)).unwrap_or(0);
    for (place, line) in log.iter().enumerate() {
        if line.is_reset() || (place == begins && learning.is_some()) {
            // Once for all that was answered until then.
            let answered =
                history.answers.last().is_some_and(|last| history.resets.last().is_none_or(|at| *at < last.id));
            if answered {
                history.resets.push(if line.is_reset() { line.id } else { line.id - 1 });
            }
        }
        match () {
            () if line.counts() => history.answers.push(*line),
            () if line.is_cramming() => history.cramming += 1,
            () => history.moves += 1,
        }
    }
    history.truncated = rated_since && !complete;
    history
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries of one card as ease, kind and factor, a day apart.
    fn log(lines: &[(u8, u8, i32)]) -> Vec<LogLine> {
        let line = |(day, (ease, kind, factor)): (usize, &(u8, u8, i32))| LogLine {
            id: 1_700_000_000_000 + day as i64 * 86_400_000,
            card: 1,
            ease: *ease,
            kind: *kind,
            factor: *factor,
            interval: 1,
            took_ms: 1_000,
        };
        lines.iter().enumerate().map(line).collect()
    }

    fn days(history: &SortedLog) -> (Vec<i64>, Vec<i64>) {
        let day = |at: i64| (at - 1_700_000_000_000).div_euclid(86_400_000);
        (history.answers.iter().map(|line| day(line.id)).collect(), history.resets.iter().map(|at| day(*at)).collect())
    }

    #[test]
    fn only_answers_that_count_are_answers() {
        let history =
            card_history(&log(&[(3, 0, 0), (0, 4, 2500), (0, 5, 500), (3, 3, 0), (3, 3, 2500), (4, 1, 2500)]));
        assert_eq!(days(&history), (vec![0, 4, 5], vec![]));
        assert_eq!((history.moves, history.cramming, history.truncated), (2, 1, false));
    }

    #[test]
    fn a_reset_forgets_what_is_before() {
        let history = card_history(&log(&[(3, 0, 0), (3, 1, 2500), (0, 4, 0), (3, 0, 0), (3, 1, 2500)]));
        assert_eq!(days(&history), (vec![0, 1, 3, 4], vec![2]));
        let last = card_history(&log(&[(3, 0, 0), (3, 1, 2500), (0, 4, 0)]));
        assert_eq!(days(&last), (vec![0, 1], vec![2]));
        let twice = card_history(&log(&[(3, 0, 0), (0, 4, 0), (0, 4, 0), (3, 0, 0), (0, 4, 0), (3, 0, 0)]));
        assert_eq!(days(&twice), (vec![0, 3, 5], vec![1, 4]));
        let never = card_history(&log(&[(0, 4, 0), (3, 0, 0)]));
        assert_eq!(days(&never), (vec![1], vec![]));
    }

    #[test]
    fn a_card_that_is_learnt_again_was_reset_without_an_entry() {
        let history = card_history(&log(&[(3, 0, 0), (3, 1, 2500), (1, 0, 0), (3, 0, 0), (3, 1, 2500)]));
        assert_eq!(days(&history), (vec![0, 1, 2, 3, 4], vec![1]));
        assert_eq!(history.resets, [1_700_000_000_000 + 2 * 86_400_000 - 1]);
    }

    #[test]
    fn a_log_that_begins_in_the_middle_is_truncated() {
        assert!(card_history(&log(&[(3, 1, 2500), (3, 1, 2500)])).truncated);
        assert!(!card_history(&log(&[])).truncated);
        assert!(card_history(&log(&[(3, 0, 0), (0, 4, 0), (3, 1, 2500)])).truncated);
    }
}
