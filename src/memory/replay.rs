//! Folding the log of a card into its memory.
//!
//! The same fold makes the state after one more answer and the state after all of them, so the two have the same bits.

use super::{Answering, Elapsed, Evidence, Model, weighed_state};
use crate::model::{
    CardMemory, CardState, Due, LogEntry, MemoryState, Move, MoveKind, Rating, Review, ReviewKind, StudyDay,
};

/// What the fold needs besides the log.
#[derive(Clone, Copy, Debug)]
pub struct Replayer<M> {
    /// The model of memory.
    pub model: M,
    /// The probability that a question was known before it was first asked.
    pub prior_knowledge: f64,
    /// Whether a right answer counts only to the degree that luck does not explain it.
    pub luck_aware: bool,
    /// How the person answers: predictions and due dates depend on it, and the state of the memory does not.
    pub answering: Answering,
}

/// What the model computed for one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answered {
    /// Whole study days since the answer before; `None` for a first answer.
    pub elapsed_days: Option<u32>,
    /// The memory before it; `None` for a first answer.
    pub before: Option<MemoryState>,
    /// The retrievability before it; `None` for a first answer.
    pub retrievability: Option<f64>,
    /// p of the luck-aware update; `None` after a wrong answer.
    pub known_probability: Option<f64>,
    /// The memory after it.
    pub after: MemoryState,
}

impl<M: Model> Replayer<M> {
    /// A fingerprint (FNV-1a) of everything that the memory depends on besides the log.
    pub fn fingerprint(&self) -> i64 {
        let parameters = self.model.parameters().iter().flat_map(|parameter| parameter.to_bits().to_le_bytes());
        let bytes = parameters.chain(self.prior_knowledge.to_bits().to_le_bytes()).chain([u8::from(self.luck_aware)]);
        bytes
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
            .cast_signed()
    }

    /// The memory after a whole log, in the order of its ids.
    pub fn fold<'a>(&self, log: impl IntoIterator<Item = &'a LogEntry>) -> CardMemory {
        let mut card = CardMemory::NEW;
        for entry in log {
            self.apply(&mut card, entry);
        }
        card
    }

    /// Takes one more entry into account.
    pub fn apply(&self, card: &mut CardMemory, entry: &LogEntry) {
        match entry {
            LogEntry::Review(review) => {
                self.answer(card, review);
            }
            LogEntry::Move(change) => moved(card, change),
        }
    }

    /// Takes a change without an answer into account.
    pub fn moved(&self, card: &mut CardMemory, change: &Move) {
        moved(card, change);
    }

    /// The time from the last answer of a card to this moment; 0 if it was never answered, or the clock went back.
    pub fn elapsed(&self, card: &CardMemory, at_ms: i64, day: StudyDay) -> Elapsed {
        Elapsed { days: card.elapsed_days(day), ms: card.last_at.map_or(0, |last| at_ms.saturating_sub(last).max(0)) }
    }

    /// What the model would compute for such an answer.
    pub fn judge(&self, card: &CardMemory, evidence: &Evidence, at_ms: i64, day: StudyDay) -> Answered {
        let elapsed = self.elapsed(card, at_ms, day);
        let retrievability = card.memory.map(|state| self.model.retrievability(state, elapsed));
        let known = evidence.known_probability(retrievability.unwrap_or(self.prior_knowledge), self.luck_aware);
        Answered {
            elapsed_days: card.memory.map(|_| elapsed.days),
            before: card.memory,
            retrievability,
            known_probability: known,
            after: weighed_state(&self.model, card.memory, elapsed, evidence.rating, known),
        }
    }

    /// Takes one more answer into account; `None` if it is practice, which changes nothing.
    pub fn answer(&self, card: &mut CardMemory, review: &Review) -> Option<Answered> {
        if review.practice {
            return None;
        }
        let evidence = Evidence::from_review(review);
        let answered = self.judge(card, &evidence, review.at.utc_ms, review.day);
        if review.rating == Rating::Again && state_before(card, review.kind) == CardState::Review {
            card.lapses += 1;
        }
        (card.state, card.step) = state_after(card, review);
        card.memory = Some(answered.after);
        card.due = Some(review.due);
        card.last_at = Some(review.at.utc_ms);
        card.last_day = Some(review.day);
        card.repetitions += 1;
        card.buried_until = None;
        card.through = Some(review.id);
        Some(answered)
    }
}

/// The state of a card before an answer is a fact of the log, except for mock exams.
fn state_before(card: &CardMemory, kind: ReviewKind) -> CardState {
    match kind {
        ReviewKind::New => CardState::New,
        ReviewKind::Learning => CardState::Learning,
        ReviewKind::Review | ReviewKind::Ahead => CardState::Review,
        ReviewKind::Relearning => CardState::Relearning,
        ReviewKind::Exam => card.state,
    }
}

/// The state after an answer follows from its due date: a day means review, a moment means a step. Which step follows from the ratings
/// alone, so that a change of the steps' lengths does not change the past.
fn state_after(card: &CardMemory, review: &Review) -> (CardState, u8) {
    if let Due::Day(_) = review.due {
        return (CardState::Review, 0);
    }
    let before = state_before(card, review.kind);
    let after = match before {
        CardState::New | CardState::Learning => CardState::Learning,
        CardState::Review | CardState::Relearning => CardState::Relearning,
    };
    let step = if before == after { card.step } else { 0 };
    let step = match review.rating {
        Rating::Again => 0,
        Rating::Hard => step,
        // From review into a step: only a change of settings can lead there, and the first step is the safe one.
        Rating::Good | Rating::Easy if before == CardState::Review => 0,
        Rating::Good | Rating::Easy => step.saturating_add(1),
    };
    (after, step)
}

fn moved(card: &mut CardMemory, change: &Move) {
    match change.kind {
        MoveKind::Suspend => card.suspended = true,
        MoveKind::Unsuspend => card.suspended = false,
        MoveKind::Bury(until) => card.buried_until = Some(until),
        MoveKind::Unbury => card.buried_until = None,
        // A card that was never answered is not due on a day: it waits among the new ones.
        MoveKind::Due(day) if card.memory.is_some() => {
            card.state = CardState::Review;
            card.step = 0;
            card.due = Some(Due::Day(day));
        }
        MoveKind::Due(_) => {}
        MoveKind::Forget => *card = CardMemory { suspended: card.suspended, ..CardMemory::NEW },
    }
    card.through = Some(change.id);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::memory::{Answering, Fsrs6};
    use crate::model::{CardId, Guess, LogId, Moment};

    const DAY_MS: i64 = 86_400_000;

    fn replayer() -> Replayer<Fsrs6> {
        Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware: true, answering: Answering::USUAL }
    }

    fn id(number: u128) -> LogId {
        LogId(Uuid::from_u128(number))
    }

    fn review(number: u128, day: i32, kind: ReviewKind, rating: Rating, due: Due) -> Review {
        let (picked, shown) = (vec![0], vec![0, 1, 2]);
        let guess = Guess::one_of(3);
        Review { id: id(number), kind, picked, shown, guess, took_ms: 4_000, due, ..Review::test(day, rating) }
    }

    fn change(number: u128, day: i32, kind: MoveKind) -> LogEntry {
        LogEntry::Move(Move {
            id: id(number),
            card: CardId(1),
            at: Moment { utc_ms: i64::from(day) * DAY_MS, offset_minutes: 0 },
            day: StudyDay(day),
            kind,
            why: String::new(),
        })
    }

    #[test]
    fn a_card_learns_lapses_and_relearns() {
        use crate::model::Rating::{Again, Good};
        let mut card = CardMemory::NEW;
        let mut states = Vec::new();
        for (number, (day, kind, rating, due)) in [
            (0, ReviewKind::New, Good, Due::At(600_000)),
            (0, ReviewKind::Learning, Again, Due::At(700_000)),
            (0, ReviewKind::Learning, Good, Due::At(800_000)),
            (0, ReviewKind::Learning, Good, Due::Day(StudyDay(2))),
            (2, ReviewKind::Review, Again, Due::At(2 * DAY_MS + 600_000)),
            (2, ReviewKind::Relearning, Good, Due::Day(StudyDay(3))),
        ]
        .into_iter()
        .enumerate()
        {
            replayer().answer(&mut card, &review(number as u128, day, kind, rating, due));
            states.push((card.state, card.step));
        }
        assert_eq!(
            states,
            [
                (CardState::Learning, 1),
                (CardState::Learning, 0),
                (CardState::Learning, 1),
                (CardState::Review, 0),
                (CardState::Relearning, 0),
                (CardState::Review, 0),
            ]
        );
        assert_eq!((card.lapses, card.repetitions, card.due), (1, 6, Some(Due::Day(StudyDay(3)))));
    }

    #[test]
    fn the_step_follows_from_the_rating() {
        use crate::model::CardState::{Learning, New, Relearning, Review};
        use crate::model::Rating::{Again, Easy, Good, Hard};
        for (before, kind, rating, after) in [
            ((New, 0), ReviewKind::New, Easy, (Learning, 1)),
            ((New, 3), ReviewKind::New, Hard, (Learning, 0)),
            ((Learning, 1), ReviewKind::Learning, Again, (Learning, 0)),
            ((Learning, 1), ReviewKind::Learning, Hard, (Learning, 1)),
            ((Learning, 1), ReviewKind::Learning, Good, (Learning, 2)),
            ((Review, 0), ReviewKind::Review, Again, (Relearning, 0)),
            ((Review, 0), ReviewKind::Ahead, Good, (Relearning, 0)),
            ((Relearning, 2), ReviewKind::Relearning, Hard, (Relearning, 2)),
        ] {
            let mut card = CardMemory { state: before.0, step: before.1, ..CardMemory::NEW };
            replayer().answer(&mut card, &review(1, 0, kind, rating, Due::At(600_000)));
            assert_eq!((card.state, card.step), after, "{before:?} {kind:?} {rating:?}");
        }
    }

    #[test]
    fn the_fingerprint_is_that_of_all_that_memory_depends_on() {
        // FNV-1a over the parameters (f32), the prior knowledge (f64) and luck (a byte), all little-endian, in another language.
        assert_eq!(replayer().fingerprint(), -8_093_927_566_172_078_796);
        let others = [
            Replayer { luck_aware: false, ..replayer() },
            Replayer { prior_knowledge: 0.4, ..replayer() },
            Replayer { model: Fsrs6::or_default(Some(&[0.5; 21])), ..replayer() },
        ];
        assert!(others.iter().all(|other| other.fingerprint() != replayer().fingerprint()));
    }

    #[test]
    fn an_exam_asks_a_card_where_it_stands() {
        use crate::model::Rating::{Again, Good};
        let exam = |number, day, rating, due| review(number, day, ReviewKind::Exam, rating, due);
        let mut card = CardMemory::NEW;
        // New: into the steps, like any first answer, and through them.
        replayer().answer(&mut card, &exam(1, 0, Good, Due::At(600_000)));
        assert_eq!((card.state, card.step, card.lapses), (CardState::Learning, 1, 0));
        replayer().answer(&mut card, &exam(2, 0, Again, Due::At(700_000)));
        assert_eq!((card.state, card.step, card.lapses), (CardState::Learning, 0, 0));
        replayer().answer(&mut card, &exam(3, 0, Good, Due::Day(StudyDay(3))));
        assert_eq!((card.state, card.repetitions), (CardState::Review, 3));
        // In review: forgetting is a lapse, due or not; in the steps after it, it is none.
        replayer().answer(&mut card, &exam(4, 1, Again, Due::At(DAY_MS + 600_000)));
        assert_eq!((card.state, card.lapses), (CardState::Relearning, 1));
        replayer().answer(&mut card, &exam(5, 1, Again, Due::At(DAY_MS + 700_000)));
        assert_eq!((card.state, card.lapses), (CardState::Relearning, 1));
        // The memory is that of any other answer.
        let log = |kinds: [ReviewKind; 2]| {
            [review(1, 0, kinds[0], Good, Due::Day(StudyDay(2))), review(2, 2, kinds[1], Good, Due::Day(StudyDay(9)))]
                .map(LogEntry::Review)
        };
        let other = replayer().fold(&log([ReviewKind::New, ReviewKind::Review]));
        assert_eq!(replayer().fold(&log([ReviewKind::Exam, ReviewKind::Exam])), other);
    }

    #[test]
    fn moves_change_the_schedule_and_not_the_memory() {
        let answer = LogEntry::Review(review(1, 0, ReviewKind::New, Rating::Easy, Due::Day(StudyDay(8))));
        let learnt = replayer().fold([&answer]);
        let moved = replayer().fold([
            &answer,
            &change(2, 1, MoveKind::Due(StudyDay(1))),
            &change(3, 1, MoveKind::Bury(StudyDay(2))),
            &change(4, 1, MoveKind::Suspend),
        ]);
        assert_eq!(moved.memory, learnt.memory);
        assert_eq!(
            (moved.due, moved.buried_until, moved.suspended),
            (Some(Due::Day(StudyDay(1))), Some(StudyDay(2)), true)
        );
        let forgotten = replayer().fold([&answer, &change(2, 1, MoveKind::Forget)]);
        assert_eq!(forgotten, CardMemory { through: Some(id(2)), ..CardMemory::NEW });
        let due = change(2, 1, MoveKind::Due(StudyDay(1)));
        assert_eq!(replayer().fold([&due]), forgotten, "a new card has no due date to move");
        let LogEntry::Move(change) = &due else { panic!("a move") };
        let mut alone = learnt;
        replayer().moved(&mut alone, change);
        assert_eq!(alone, replayer().fold([&answer, &due]));
    }

    #[test]
    fn a_clock_that_went_back_gives_finite_numbers() {
        let mut card = CardMemory::NEW;
        replayer().answer(&mut card, &review(1, 100, ReviewKind::New, Rating::Easy, Due::Day(StudyDay(108))));
        let answered = replayer()
            .answer(&mut card, &review(2, 10, ReviewKind::Review, Rating::Good, Due::Day(StudyDay(20))))
            .expect("an answer that counts");
        assert_eq!(answered.elapsed_days, Some(0));
        assert_eq!(answered.retrievability, Some(1.0));
        assert!(answered.after.stability.is_finite());
    }

    #[test]
    fn practice_leaves_a_card_as_it_was() {
        let practice = |number, kind, rating| {
            LogEntry::Review(Review { practice: true, ..review(number, 3, kind, rating, Due::Day(StudyDay(8))) })
        };
        let learnt = LogEntry::Review(review(1, 0, ReviewKind::New, Rating::Easy, Due::Day(StudyDay(8))));
        let kept = replayer().fold([&learnt]);
        assert_eq!(replayer().fold([&learnt, &practice(2, ReviewKind::Ahead, Rating::Again)]), kept);
        assert_eq!(replayer().fold([&practice(2, ReviewKind::New, Rating::Good)]), CardMemory::NEW);
    }

    prop_compose! {
        fn a_log()(entries in prop::collection::vec((0_i32..60, 1_u8..=4, 0_u8..6, any::<bool>(), 0_u32..6, 0_u8..10), 0..30)) -> Vec<LogEntry> {
            let mut day = 0;
            (1_u128..).zip(entries).map(|(number, (gap, rating, kind, by_day, ways, other))| {
                day += gap;
                let due = if by_day { Due::Day(StudyDay(day + 5)) } else { Due::At(i64::from(day) * DAY_MS + 600_000) };
                match other {
                    0 => change(number, day, MoveKind::Forget),
                    1 => change(number, day, MoveKind::Due(StudyDay(day))),
                    _ => {
                        let kind = ReviewKind::from_number(kind).unwrap_or(ReviewKind::New);
                        let rating = Rating::from_number(rating).unwrap_or(Rating::Good);
                        LogEntry::Review(Review {
                            guess: Guess::from_ways(ways), practice: other >= 8, ..review(number, day, kind, rating, due)
                        })
                    }
                }
            }).collect()
        }
    }

    proptest! {
        #[test]
        fn replay_equals_increment_to_the_bit(log in a_log(), cut in 0_usize..30) {
            let cut = cut.min(log.len());
            let mut card = replayer().fold(&log[..cut]);
            for entry in &log[cut..] {
                replayer().apply(&mut card, entry);
            }
            let whole = replayer().fold(&log);
            prop_assert_eq!(card, whole);
            let counts = |entry: &&LogEntry| !matches!(entry, LogEntry::Review(review) if review.practice);
            prop_assert_eq!(replayer().fold(log.iter().filter(counts)), whole);
            let bits = |card: &CardMemory| card.memory.map(|state| (state.stability.to_bits(), state.difficulty.to_bits()));
            prop_assert_eq!(bits(&card), bits(&whole));
        }
    }
}
