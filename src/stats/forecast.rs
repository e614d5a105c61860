//! The work of the coming days, as cards are scheduled now. Definitions: `docs/statistics.md`.

use super::Cell;
use super::overview::{ForecastDay, ForecastFigures};
use crate::model::{CardMemory, CardState, DayStart, Due, Moment, ReviewKind, StudyDay};

/// The columns of `forecast`.
pub const FORECAST: &[&str] = &["date", "deck", "due", "new", "expected_minutes", "learning"];

/// The least timed answers of a kind from which a pace is computed.
const ENOUGH: usize = 10;
/// The default pace.
const USUAL: Pace = Pace { due: 10.0, new: 40.0 };

/// How long a card takes, including further answers on the same day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Seconds of a card that is due.
    pub due: f64,
    /// Seconds of a new card.
    pub new: f64,
}

impl Pace {
    /// The pace of these answers, given by their situation and milliseconds (0 if not measured); with too few, 10 and 40 seconds.
    pub fn measured(answers: &[(ReviewKind, u32)]) -> Self {
        use ReviewKind::{Ahead, Learning, New, Relearning, Review};
        Self {
            due: seconds(answers, &[Review, Ahead], &[Review, Ahead, Relearning]).unwrap_or(USUAL.due),
            new: seconds(answers, &[New], &[New, Learning]).unwrap_or(USUAL.new),
        }
    }

    /// The minutes for these cards. A card in a learning step takes as long as a due one.
    pub fn minutes(&self, due: usize, learning: usize, new: usize) -> f64 {
        ((due + learning) as f64 * self.due + new as f64 * self.new) / 60.0
    }
}

/// The time of the answers of the kinds `all` for each of the kinds `begun`, in seconds.
fn seconds(answers: &[(ReviewKind, u32)], begun: &[ReviewKind], all: &[ReviewKind]) -> Option<f64> {
    let timed = || answers.iter().filter(|(_, took_ms)| *took_ms > 0);
    let count = timed().filter(|(kind, _)| begun.contains(kind)).count();
    let sum: u64 = timed().filter(|(kind, _)| all.contains(kind)).map(|(_, took_ms)| u64::from(*took_ms)).sum();
    (count >= ENOUGH).then(|| sum as f64 / 1_000.0 / count as f64)
}

/// The next due day of a card; `None` if it is new or suspended. Learning steps are due on the day of the step, and a buried card not
/// before it is unburied.
pub fn due_day(memory: &CardMemory, now: Moment, start: DayStart) -> Option<StudyDay> {
    if memory.suspended || memory.state == CardState::New {
        return None;
    }
    let day = match memory.due? {
        Due::Day(day) => day,
        Due::At(utc_ms) => Moment { utc_ms, ..now }.study_day(start),
    };
    Some(memory.buried_until.map_or(day, |until| until.max(day)))
}

/// The due cards of a deck, day by day from today.
#[derive(Clone, Debug, PartialEq)]
pub struct DeckForecast {
    /// Cards due for review before today.
    pub backlog: usize,
    /// Cards due for review by day; overdue ones count today.
    pub due: Vec<usize>,
    /// Cards in learning steps by the day on which the step ends; finished steps count today. No limit applies to them.
    pub learning: Vec<usize>,
    /// New cards that the limits admit, by day.
    pub new: Vec<usize>,
    /// Cards due for review after these days.
    pub later: usize,
}

impl DeckForecast {
    /// An empty forecast for this many days.
    pub fn new(days: usize) -> Self {
        Self { backlog: 0, due: vec![0; days], learning: vec![0; days], new: vec![0; days], later: 0 }
    }

    /// Counts a card that comes back on a day, for a learning step or for review.
    pub fn add(&mut self, due: StudyDay, today: StudyDay, in_steps: bool) {
        let ahead = due.since(today) as usize;
        let days = if in_steps { &mut self.learning } else { &mut self.due };
        match days.get_mut(ahead) {
            Some(count) => *count += 1,
            None => self.later += usize::from(!in_steps),
        }
        self.backlog += usize::from(!in_steps && due < today);
    }

    /// The rows of a deck, day by day.
    pub fn rows<'a>(
        &'a self,
        deck: &'a str,
        today: StudyDay,
        pace: Pace,
    ) -> impl Iterator<Item = (StudyDay, Vec<Cell>)> + 'a {
        let days = self.due.iter().zip(&self.learning).zip(&self.new);
        (0_u32..).zip(days).map(move |(ahead, ((due, learning), new))| {
            let date = today.plus(ahead);
            let row = vec![
                Cell::Text(date.to_string()),
                Cell::Text(deck.into()),
                Cell::count(*due),
                Cell::count(*new),
                Cell::share(Some(pace.minutes(*due, *learning, *new))),
                Cell::count(*learning),
            ];
            (date, row)
        })
    }
}

/// The work of these decks together, over this many days.
pub fn forecast_figures(decks: &[DeckForecast], today: StudyDay, days: usize, pace: Pace) -> ForecastFigures {
    let on = |counts: fn(&DeckForecast) -> &Vec<usize>, day: usize| -> usize {
        decks.iter().map(|deck| counts(deck).get(day).copied().unwrap_or(0)).sum()
    };
    let day = |ahead: u32| {
        let place = ahead as usize;
        let (due, learning) = (on(|deck| &deck.due, place), on(|deck| &deck.learning, place));
        let new = on(|deck| &deck.new, place);
        ForecastDay { date: today.plus(ahead), due, new, minutes: pace.minutes(due, learning, new), learning }
    };
    ForecastFigures {
        backlog: decks.iter().map(|deck| deck.backlog).sum(),
        days: (0..).take(days).map(day).collect(),
        later: decks.iter().map(|deck| deck.later).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_by_hand() {
        let mut answers = vec![(ReviewKind::Review, 6_000); 9];
        assert_eq!(Pace::measured(&answers), USUAL);
        answers.push((ReviewKind::Ahead, 6_000));
        answers.push((ReviewKind::Relearning, 20_000));
        answers.push((ReviewKind::Review, 0));
        // 80 seconds for ten cards.
        assert_eq!(Pace::measured(&answers), Pace { due: 8.0, ..USUAL });
        assert_eq!(Pace { due: 8.0, new: 40.0 }.minutes(11, 4, 3), 4.0);
    }

    #[test]
    fn a_card_is_due_on_the_day_of_its_step_and_not_while_it_is_buried() {
        // 02:00 of the third day still belongs to the second.
        let (now, start) = (Moment { utc_ms: 86_400_000, offset_minutes: 0 }, DayStart::default());
        let step = CardMemory {
            state: CardState::Learning,
            due: Some(Due::At(2 * 86_400_000 + 7_200_000)),
            ..CardMemory::NEW
        };
        assert_eq!(due_day(&step, now, start), Some(StudyDay(1)));
        let review = CardMemory { state: CardState::Review, due: Some(Due::Day(StudyDay(3))), ..CardMemory::NEW };
        assert_eq!(due_day(&review, now, start), Some(StudyDay(3)));
        assert_eq!(due_day(&CardMemory { buried_until: Some(StudyDay(5)), ..review }, now, start), Some(StudyDay(5)));
        assert_eq!(due_day(&CardMemory { suspended: true, ..review }, now, start), None);
        assert_eq!(due_day(&CardMemory::NEW, now, start), None);
    }

    #[test]
    fn what_is_overdue_counts_today_and_no_card_is_lost() {
        let today = StudyDay(100);
        let mut deck = DeckForecast::new(3);
        for day in [90, 99, 100, 102, 103, 500] {
            deck.add(StudyDay(day), today, day == 100);
        }
        assert_eq!((deck.backlog, deck.due.as_slice(), deck.later), (2, [2, 0, 1].as_slice(), 2));
        assert_eq!(deck.learning, [1, 0, 0]);
        deck.new[1] = 4;
        let figures = forecast_figures(&[deck.clone(), deck], today, 3, USUAL);
        assert_eq!((figures.backlog, figures.later), (4, 4));
        assert_eq!(figures.days.iter().map(|day| (day.due, day.new)).collect::<Vec<_>>(), [(4, 0), (0, 8), (2, 0)]);
    }
}
