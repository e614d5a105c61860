//! A card's life over time zones, summer time and moves of its due date: the log alone gives the state that grew answer by answer.

use proptest::prelude::*;
use retain::memory::{Answering, Evidence, Fsrs6, Replayer};
use retain::model::{
    CardId, CardMemory, CardState, Confidence, DayStart, Due, Guess, LogEntry, LogId, Moment, Move, MoveKind, Rating,
    Review, Settings, StudyDay,
};
use retain::schedule::due_moves::{Movable, postpone, reschedule, vacation};
use retain::schedule::{LOAD_DAYS, Load, Scheduler};
use uuid::Uuid;

const HOUR_MS: i64 = 3_600_000;
/// 2026-01-01T00:00:00Z.
const START_MS: i64 = 1_767_225_600_000;

/// Clocks: minutes ahead of UTC in winter and in summer, and when summer time begins and ends, in hours of the year 2026.
const ZONES: [(i32, i32, i64, i64); 6] = [
    (0, 0, 0, 0),
    // Berlin: 29 March and 25 October, 01:00 UTC.
    (60, 120, 87 * 24 + 1, 297 * 24 + 1),
    // New York: 8 March, 07:00 UTC, and 1 November, 06:00 UTC.
    (-300, -240, 66 * 24 + 7, 304 * 24 + 6),
    // Kathmandu.
    (345, 345, 0, 0),
    // Lord Howe, where half an hour is given, and summer is in January: from 4 April, 15:00 UTC, to 3 October, 15:30 UTC.
    (660, 630, 93 * 24 + 15, 275 * 24 + 15),
    // Kiritimati.
    (840, 840, 0, 0),
];

fn at(zone: usize, utc_ms: i64) -> Moment {
    let (winter, summer, from, to) = ZONES[zone % ZONES.len()];
    let hour = (utc_ms - START_MS).div_euclid(HOUR_MS);
    Moment { utc_ms, offset_minutes: if (from..to).contains(&hour) { summer } else { winter } }
}

#[derive(Clone, Debug)]
enum Step {
    /// Wait so many hours, go to a zone, and answer.
    Answer { hours: i64, zone: usize, rating: u8, model: bool, ways: u32 },
    /// Wait so many hours, and answer outside the schedule.
    Practise { hours: i64, rating: u8 },
    /// Wait so many hours, and move the due date by a plan.
    Plan { hours: i64, kind: u8 },
    /// Wait until the day on which the card is due, as the wall clock of the place has it, and answer good.
    WhenDue,
}

fn step() -> impl Strategy<Value = Step> {
    let answer = (0_i64..24 * 40, 0_usize..6, 1_u8..=4, any::<bool>(), 0_u32..6)
        .prop_map(|(hours, zone, rating, model, ways)| Step::Answer { hours, zone, rating, model, ways });
    let practise = (0_i64..24 * 40, 1_u8..=4).prop_map(|(hours, rating)| Step::Practise { hours, rating });
    prop_oneof![5 => answer, 2 => practise, 2 => (0_i64..200, 0_u8..3).prop_map(|(hours, kind)| Step::Plan { hours, kind }), 3 => Just(Step::WhenDue)]
}

struct CardLife<'a> {
    replayer: &'a Replayer<Fsrs6>,
    settings: &'a Settings,
    uid: Uuid,
    seed: u64,
    load: Load,
    now_ms: i64,
    zone: usize,
    card: CardMemory,
    log: Vec<LogEntry>,
}

impl CardLife<'_> {
    fn now(&self) -> Moment {
        at(self.zone, self.now_ms)
    }

    fn today(&self) -> StudyDay {
        self.now().study_day(self.settings.day_start)
    }

    fn id(&self) -> LogId {
        LogId(Uuid::from_u128(self.log.len() as u128 + 1))
    }

    fn scheduler(&self) -> Scheduler<'_, Fsrs6> {
        Scheduler { replayer: self.replayer, settings: self.settings, seed: self.seed }
    }

    fn answer(&mut self, rating: Rating, model: bool, guess: Guess) -> Option<u32> {
        let (now, today) = (self.now(), self.today());
        let confidence = if model && matches!(rating, Rating::Good | Rating::Again) {
            Confidence::Model
        } else {
            Confidence::Stated
        };
        let evidence = Evidence { right: rating != Rating::Again, rating, confidence, guess };
        let outcome = self.scheduler().outcome_under(&self.card, self.uid, &evidence, now, today, &self.load);
        let again = self.scheduler().outcome_under(&self.card, self.uid, &evidence, now, today, &self.load);
        assert_eq!(outcome, again);
        let review = Review {
            id: self.id(),
            card: CardId(1),
            at: now,
            day: today,
            rating,
            kind: self.card.state.into(),
            confidence,
            right: evidence.right,
            guess,
            due: outcome.due,
            ..Review::EMPTY
        };
        self.replayer.answer(&mut self.card, &review);
        assert_eq!(self.card.memory, Some(outcome.answered.after), "what was judged is what is remembered");
        self.log.push(LogEntry::Review(review));
        outcome.answered.elapsed_days
    }

    fn practise(&mut self, rating: Rating) {
        let before = self.card;
        let review = Review {
            id: self.id(),
            card: CardId(1),
            at: self.now(),
            day: self.today(),
            rating,
            kind: self.card.state.into(),
            confidence: Confidence::Model,
            right: rating != Rating::Again,
            due: self.card.due.unwrap_or(Due::Day(self.today())),
            practice: true,
            ..Review::EMPTY
        };
        assert_eq!(self.replayer.answer(&mut self.card, &review), None);
        assert_eq!(self.card, before, "practice leaves the card as it was");
        self.log.push(LogEntry::Review(review));
    }

    fn plan(&mut self, kind: u8) {
        let today = self.today();
        let (CardState::Review, Some(memory), Some(last_day), Some(Due::Day(due))) =
            (self.card.state, self.card.memory, self.card.last_day, self.card.due)
        else {
            return;
        };
        let scheduler = self.scheduler();
        let card = Movable {
            card: CardId(1),
            uid: self.uid,
            question: retain::model::QuestionId(1),
            deck: retain::model::DeckId(1),
            memory,
            repetitions: self.card.repetitions,
            last_day,
            due,
            scheduler: &scheduler,
        };
        let mut load = self.load.clone();
        load.add(due);
        let shifts = match kind {
            0 => reschedule(&[card], &mut load, today),
            1 => postpone(&[card], 1.0, Some(4), &mut load, today),
            _ => vacation(&[card], due.max(today), due.max(today).plus(6), &mut load, today),
        };
        for shift in shifts {
            let change = Move {
                id: self.id(),
                card: CardId(1),
                at: self.now(),
                day: today,
                kind: MoveKind::Due(shift.to),
                why: "a plan".into(),
            };
            let entry = LogEntry::Move(change);
            self.replayer.apply(&mut self.card, &entry);
            self.log.push(entry);
        }
    }
}

fn bits(card: &CardMemory) -> Option<(u32, u32)> {
    card.memory.map(|state| (state.stability.to_bits(), state.difficulty.to_bits()))
}

proptest! {
    #[test]
    fn the_log_folds_to_the_state_that_grew_by_it(
        steps in prop::collection::vec(step(), 1..30), uid: u128, seed: u64, day_start in 0_u8..24,
        counts in prop::collection::vec(0_u32..100, 0..400), shares in prop::array::uniform7(0.0..=1.0_f64), fuzz: bool,
    ) {
        let replayer = Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware: true, answering: Answering::USUAL };
        let settings = Settings {
            fuzz, easy_days: shares, day_start: DayStart::new(day_start).unwrap_or_default(), ..Settings::default()
        };
        let first = at(1, START_MS).study_day(settings.day_start);
        let counts = (0..).zip(counts).map(|(ahead, count)| (first.plus(ahead), count));
        let mut life = CardLife {
            replayer: &replayer,
            settings: &settings,
            uid: Uuid::from_u128(uid),
            seed,
            load: Load::new(counts, Some(first.plus(3 * LOAD_DAYS)), Vec::new()),
            now_ms: START_MS,
            zone: 1,
            card: CardMemory::NEW,
            log: Vec::new(),
        };
        for step in steps {
            match step {
                Step::Answer { hours, zone, rating, model, ways } => {
                    life.now_ms += hours * HOUR_MS;
                    life.zone = zone;
                    life.answer(Rating::from_number(rating).unwrap_or(Rating::Good), model, Guess::from_ways(ways));
                }
                Step::Practise { hours, rating } => {
                    life.now_ms += hours * HOUR_MS;
                    life.practise(Rating::from_number(rating).unwrap_or(Rating::Good));
                }
                Step::Plan { hours, kind } => {
                    life.now_ms += hours * HOUR_MS;
                    life.plan(kind);
                }
                Step::WhenDue => {
                    let Some(Due::Day(due)) = life.card.due else { continue };
                    // Hour by hour, so that the hour that summer time takes or gives is walked through.
                    let mut hours = 0;
                    while life.today() < due && hours < 24 * 400 {
                        life.now_ms += HOUR_MS;
                        hours += 1;
                    }
                    let last = life.card.last_day.expect("an answer before");
                    let elapsed = life.answer(Rating::Good, false, Guess::NONE);
                    // No day is skipped, and the interval that was promised is the one that counts.
                    if (1..24 * 400).contains(&hours) {
                        prop_assert_eq!((life.card.last_day, elapsed), (Some(due), Some(due.since(last))));
                    }
                }
            }
            if let Some(Due::Day(due)) = life.card.due {
                prop_assert!(due >= life.card.last_day.expect("an answer"));
            }
        }
        let whole = replayer.fold(&life.log);
        prop_assert_eq!(whole, life.card);
        prop_assert_eq!(bits(&whole), bits(&life.card));
        for cut in 0..life.log.len() {
            let mut card = replayer.fold(&life.log[..cut]);
            life.log[cut..].iter().for_each(|entry| replayer.apply(&mut card, entry));
            prop_assert_eq!(card, whole);
        }
    }
}
