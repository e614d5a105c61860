//! A learner who answers as people do: with luck, with confusions, fast and slow, in several places, and with gaps.

use std::collections::VecDeque;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use retain::model::{
    CardState, Confidence, DayStart, Due, LogId, Moment, Move, MoveKind, Rating, Review, ReviewKind, StudyDay, Undo,
};
use retain::store::Writer;

use super::Subject;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const DEVICE: &str = "this device";

/// How a learner lives.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// The first day, and the last, which is today.
    pub first: StudyDay,
    pub last: StudyDay,
    /// New cards on a day, and the longest interval.
    pub new: usize,
    pub longest: u32,
    /// Whether the clock once ran ahead, and was put right.
    pub clock_errs: bool,
}

/// A learner, and the entries of the log that they leave.
pub struct Learner<'w, 'c> {
    chance: ChaCha8Rng,
    writer: &'w mut Writer<'c>,
    pub subjects: Vec<Subject>,
    pub moves: Vec<Move>,
    pub answers: usize,
    clock_ms: i64,
}

impl<'w, 'c> Learner<'w, 'c> {
    pub fn new(writer: &'w mut Writer<'c>, seed: u64) -> Self {
        let subjects = Subject::all(writer.reader());
        let chance = ChaCha8Rng::seed_from_u64(seed);
        Self { chance, writer, subjects, moves: Vec::new(), answers: 0, clock_ms: 0 }
    }

    /// Lives from day to day.
    pub fn live(&mut self, life: &Life) {
        let days = life.last.0 - life.first.0;
        for ahead in 0..=days {
            let day = StudyDay(life.first.0 + ahead);
            let left = days - ahead;
            // A week off now and then, days off, and none of either lately.
            let rests = left > 40 && (ahead / 7 % 13 == 5 || self.below(12) == 0);
            if rests {
                continue;
            }
            let offset_minutes = place(ahead, day);
            self.change_schedules(day, offset_minutes);
            if life.clock_errs && left == 9 {
                self.run_ahead(day, offset_minutes);
            }
            self.study(life, day, offset_minutes, left);
            if ahead % 60 == 30 {
                self.sit_exam(offset_minutes);
            }
        }
    }

    /// A day's sessions, at any hours; today they are over before noon. Of the last days a part is left undone.
    fn study(&mut self, life: &Life, day: StudyDay, offset_minutes: i32, left: i32) {
        let mut queue: VecDeque<usize> = (0..self.subjects.len()).filter(|at| self.subjects[*at].is_due(day)).collect();
        let new: Vec<usize> = (0..self.subjects.len()).filter(|at| self.subjects[*at].is_new(day)).collect();
        for _ in 0..life.new.min(new.len().saturating_sub(100)) {
            queue.push_back(new[self.below(new.len())]);
        }
        let mut order: Vec<usize> = queue.drain(..).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, self.below(last + 1));
        }
        if left < 4 {
            order.truncate(order.len() * 2 / 3);
        }
        let hours = if left == 0 { [4, 7] } else { [4 + self.below(9) as i64, 13 + self.below(15) as i64] };
        let half = order.len() / 2;
        for (hour, part) in hours.into_iter().zip([order[..half].to_vec(), order[half..].to_vec()]) {
            let start = i64::from(day.0) * DAY_MS + hour * HOUR_MS - i64::from(offset_minutes) * MINUTE_MS;
            self.clock_ms = self.clock_ms.max(start);
            self.session(part.into(), life, offset_minutes);
        }
    }

    fn session(&mut self, mut queue: VecDeque<usize>, life: &Life, offset_minutes: i32) {
        while let Some(at) = queue.pop_front() {
            self.clock_ms += 3_000 + self.below(9_000) as i64;
            let now = Moment { utc_ms: self.clock_ms, offset_minutes };
            let before = self.subjects[at].clone();
            if before.state == CardState::New && self.below(250) == 0 {
                continue;
            }
            let review = self.answer(at, now, None, life.longest);
            let asked_again = matches!(self.subjects[at].due, Some(Due::At(_))) && self.below(3) > 0;
            if self.below(300) == 0 {
                self.take_back(review, now);
                self.subjects[at] = before;
                queue.push_back(at);
            } else if asked_again {
                queue.push_back(at);
            }
            if self.below(100) == 0 {
                self.practise(now);
            }
        }
    }

    /// Asks a card at a moment of its own.
    pub fn ask(&mut self, at: usize, now: Moment) -> LogId {
        self.answer(at, now, None, 20)
    }

    /// Answers a card, and schedules it.
    fn answer(&mut self, at: usize, now: Moment, exam: Option<ReviewKind>, longest: u32) -> LogId {
        let subject = self.subjects[at].clone();
        let day = now.study_day(DayStart::default());
        let kind = exam.unwrap_or(match (subject.state, subject.due) {
            (CardState::Review, Some(Due::Day(due))) if due > day => ReviewKind::Ahead,
            (state, _) => state.into(),
        });
        let mut review = self.review(&subject, now, kind);
        let kept = review.rating != Rating::Again;
        let steps = match subject.state {
            CardState::New => self.below(5) < 2 || !kept,
            _ => !kept && self.below(4) > 0,
        };
        let factor = 13 + self.below(16) as u32;
        let days = if kept { (subject.interval * factor / 10).clamp(1, longest) + self.below(2) as u32 } else { 1 };
        review.due = if steps { Due::At(now.utc_ms + 10 * MINUTE_MS) } else { Due::Day(day.plus(days)) };
        self.writer.append_review(&review).expect("an answer");
        self.answers += 1;
        let own = &mut self.subjects[at];
        own.state = match (steps, subject.state) {
            (false, _) => CardState::Review,
            (true, CardState::New | CardState::Learning) => CardState::Learning,
            (true, _) => CardState::Relearning,
        };
        (own.due, own.interval, own.buried_until) = (Some(review.due), days, None);
        review.id
    }

    /// What comes out: by knowledge or by luck, and what the person says of it.
    fn review(&mut self, subject: &Subject, now: Moment, kind: ReviewKind) -> Review {
        let hardness = subject.card.0 % 17;
        // Whose key is wrong is answered wrong by who knows.
        let known = match (hardness, kind) {
            (0, _) if subject.kind.has_choices() => 8,
            (_, ReviewKind::New) => 35,
            _ => 97 - hardness as usize,
        };
        let lucky = self.below(1_000) < (subject.guess.probability() * 1_000.0) as usize;
        let right = self.below(100) < known || (hardness > 0 && lucky);
        let (rating, confidence) = match (right, self.below(20)) {
            (false, _) => (Rating::Again, Confidence::Model),
            (true, 0) => (Rating::Again, Confidence::Guessed),
            (true, 1) => (Rating::Hard, Confidence::Stated),
            (true, 2) => (Rating::Good, Confidence::Stated),
            (true, 3) => (Rating::Easy, Confidence::Stated),
            (true, _) => (Rating::Good, Confidence::Model),
        };
        let took_ms = match self.below(40) {
            0 => 0,
            1 | 2 => 100 + self.below(900) as u32,
            _ => 2_000 + self.below(28_000) as u32,
        };
        Review {
            id: self.writer.next_id(now.utc_ms),
            card: subject.card,
            at: now,
            day: now.study_day(DayStart::default()),
            rating,
            kind,
            confidence,
            right,
            overruled: false,
            sure: (subject.card.0 % 3 > 0).then_some(took_ms % 2 == 0),
            typed: subject.right.is_empty().then(|| if right { "river".into() } else { "-".into() }),
            picked: self.picks(subject, right),
            shown: self.shown(subject),
            order_seed: 0,
            guess: subject.guess,
            took_ms,
            device: DEVICE.into(),
            due: Due::Day(now.study_day(DayStart::default())),
            practice: false,
        }
    }

    /// A wrong option is the same one mostly, where the card has a favourite.
    fn picks(&mut self, subject: &Subject, right: bool) -> Vec<u8> {
        if right || subject.wrong.is_empty() {
            return subject.right.clone();
        }
        let any = self.below(subject.wrong.len());
        let favourite = subject.card.0 % 3 > 0 && self.below(10) < 8;
        let wrong = subject.wrong[if favourite { 0 } else { any }];
        match (subject.right.len(), self.below(3)) {
            (0 | 1, _) | (_, 0) => vec![wrong],
            (_, 1) => vec![subject.right[0], wrong],
            _ => vec![subject.right[0]],
        }
    }

    fn shown(&mut self, subject: &Subject) -> Vec<u8> {
        let mut shown = [subject.right.as_slice(), subject.wrong.as_slice()].concat();
        for last in (1..shown.len()).rev() {
            shown.swap(last, self.below(last + 1));
        }
        shown
    }

    /// An answer beside the schedule, to any card that was answered before.
    fn practise(&mut self, now: Moment) {
        let at = self.below(self.subjects.len());
        let subject = self.subjects[at].clone();
        if subject.state != CardState::New {
            let mut review = self.review(&subject, now, subject.state.into());
            review.practice = true;
            review.due = subject.due.unwrap_or(review.due);
            self.writer.append_review(&review).expect("an answer");
            self.answers += 1;
        }
    }

    /// Takes an answer back. The schedule stays as it is.
    pub fn take_back(&mut self, review: LogId, now: Moment) {
        let undo = Undo { id: self.writer.next_id(now.utc_ms), review, at: now };
        self.writer.append_undo(&undo, now.study_day(DayStart::default()), DEVICE).expect("an undo");
    }

    /// Forty cards, new ones among them.
    fn sit_exam(&mut self, offset_minutes: i32) {
        for _ in 0..40 {
            let at = self.below(self.subjects.len());
            self.clock_ms += 20_000;
            let now = Moment { utc_ms: self.clock_ms, offset_minutes };
            if !self.subjects[at].suspended {
                self.answer(at, now, Some(ReviewKind::Exam), 20);
            }
        }
    }

    /// The clock is three weeks ahead for some answers.
    fn run_ahead(&mut self, day: StudyDay, offset_minutes: i32) {
        let due: Vec<usize> = (0..self.subjects.len()).filter(|at| self.subjects[*at].is_due(day)).take(6).collect();
        for at in due {
            let now = Moment { utc_ms: self.clock_ms + 21 * DAY_MS, offset_minutes };
            self.answer(at, now, None, 20);
        }
    }

    /// Cards are put away, taken back, moved and forgotten now and then.
    fn change_schedules(&mut self, day: StudyDay, offset_minutes: i32) {
        for (odds, kind) in [
            (25, MoveKind::Suspend),
            (40, MoveKind::Unsuspend),
            (3, MoveKind::Bury(day.plus(1 + self.below(3) as u32))),
            (15, MoveKind::Unbury),
            (4, MoveKind::Due(day.plus(self.below(9) as u32))),
            (8, MoveKind::Forget),
        ] {
            if self.below(odds) > 0 {
                continue;
            }
            let at = match kind {
                MoveKind::Unsuspend => self.subjects.iter().position(|subject| subject.suspended).unwrap_or(0),
                _ => self.below(self.subjects.len()),
            };
            self.relocate(at, kind, Moment { utc_ms: self.clock_ms, offset_minutes });
        }
    }

    /// Changes a card's schedule without an answer.
    pub fn relocate(&mut self, at: usize, kind: MoveKind, now: Moment) {
        let subject = &mut self.subjects[at];
        match kind {
            MoveKind::Suspend => subject.suspended = true,
            MoveKind::Unsuspend => subject.suspended = false,
            MoveKind::Bury(until) => subject.buried_until = Some(until),
            MoveKind::Unbury => subject.buried_until = None,
            MoveKind::Due(due) if subject.state != CardState::New => {
                (subject.state, subject.due) = (CardState::Review, Some(Due::Day(due)));
            }
            MoveKind::Due(_) => {}
            MoveKind::Forget => {
                (subject.state, subject.due, subject.interval, subject.buried_until) = (CardState::New, None, 0, None);
            }
        }
        let id = self.writer.next_id(now.utc_ms);
        let day = now.study_day(DayStart::default());
        let change = Move { id, card: subject.card, at: now, day, kind, why: "by hand".into() };
        self.writer.append_move(&change, DEVICE).expect("a move");
        self.moves.push(change);
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.chance.next_u64() % bound.max(1) as u64) as usize
    }
}

/// Minutes ahead of UTC: at home with summer time, a month in the east, three weeks in the west.
fn place(ahead: i32, day: StudyDay) -> i32 {
    use chrono::Datelike;
    match (ahead, day.date().month()) {
        (400..430, _) => 540,
        (500..521, _) => -480,
        (_, 4..=10) => 120,
        _ => 60,
    }
}
