//! Counting a whole log of up to a million answers for the overview: by day, hour, topic and question.

use super::day_counts::DayCounts;
use super::items::{ItemAnswers, ItemKey};
use super::overview::{DayActivity, HourFigures, Period, RatingMix, Share, Totals};
use super::{RecallByAge, Tally};
use crate::model::{Review, StudyDay};

const YEAR: i32 = 365;
/// The most days of a period that begins before the first answer; a longer one begins with that answer.
const MOST: u32 = 36_500;

/// An answer that was not taken back, with all that a survey counts.
#[derive(Clone, Copy, Debug)]
pub struct Surveyed<'a> {
    /// The answer as logged.
    pub review: &'a Review,
    /// The believed recall just before it, 0–1; `None` for a first answer.
    pub recall: Option<f64>,
    /// The probability of a right answer before it, 0–1; of practice nothing is expected.
    pub expected: f64,
    /// Whether a card in review was forgotten.
    pub lapse: bool,
    /// The interval promised by the previous answer, in days, or another one of the same class (below 21 or not).
    pub promised: Option<f64>,
    /// The desired retention of its deck, 0–1.
    pub target: f64,
    /// The index of its topic.
    pub topic: usize,
    /// The index of its question in the survey.
    pub question: usize,
    /// The key of its question.
    pub key: &'a ItemKey,
}

/// The counts of a topic in a survey.
#[derive(Clone, Copy, Debug, Default)]
pub struct TopicCount {
    /// The counts of its answers.
    pub tally: Tally,
    /// First attempts at its questions.
    pub first: usize,
    /// Right first attempts.
    pub first_right: usize,
}

/// Counts answers. The answers to one question must come in the order of the log, including those of other days than the requested
/// ones, because the very first may be among them.
#[derive(Clone, Debug)]
pub struct Survey {
    today: StudyDay,
    period: Period,
    long_period: Period,
    /// The answers of today.
    pub of_today: Tally,
    /// The answers of the period.
    pub of_period: Tally,
    /// Recall in the period.
    pub recall: RecallByAge,
    days: DayCounts,
    hours: [(usize, usize); 24],
    /// The topics by index, in the long period.
    pub topics: Vec<TopicCount>,
    /// The questions by index, in the long period.
    pub items: Vec<ItemAnswers>,
    begun: Vec<bool>,
    /// Answers to cards due for review, ever.
    pub reviews: u64,
    /// Right answers and all answers with a stated sureness, in the long period: first the unsure ones, then the sure ones.
    pub sureness: [(usize, usize); 2],
}

impl Survey {
    /// An empty survey of this many topics and questions.
    pub fn new(today: StudyDay, period: Period, long_period: Period, topics: usize, questions: usize) -> Self {
        Self {
            today,
            period,
            long_period,
            of_today: Tally::default(),
            of_period: Tally::default(),
            recall: RecallByAge::default(),
            days: DayCounts::default(),
            hours: [(0, 0); 24],
            topics: vec![TopicCount::default(); topics],
            items: vec![ItemAnswers::default(); questions],
            begun: vec![false; questions],
            reviews: 0,
            sureness: [(0, 0); 2],
        }
    }

    /// Counts an answer.
    pub fn add(&mut self, answer: &Surveyed<'_>) {
        let review = answer.review;
        let day = review.day;
        if day == self.today {
            self.of_today.count(review, answer.recall);
        }
        let lately = in_period(&self.period, day);
        if lately {
            self.of_period.count(review, answer.recall);
            self.recall.add(review, answer.target, answer.promised);
        }
        if lately || (self.year_begins() <= day && day <= self.today) {
            self.days.add(review);
        }
        let at_length = in_period(&self.long_period, day);
        if at_length {
            self.topics[answer.topic].tally.count(review, answer.recall);
        }
        if review.practice {
            return;
        }
        self.reviews += u64::from(review.kind == crate::model::ReviewKind::Review);
        if lately {
            let hour = &mut self.hours[usize::from(review.at.hour())];
            hour.0 += usize::from(review.right);
            hour.1 += 1;
        }
        let first = !std::mem::replace(&mut self.begun[answer.question], true);
        if at_length {
            let item = &mut self.items[answer.question];
            if first {
                item.first_right = Some(review.right);
                self.topics[answer.topic].first += 1;
                self.topics[answer.topic].first_right += usize::from(review.right);
            }
            item.add(answer.key, review, answer.expected, answer.lapse);
            if let Some(sure) = review.sure {
                let count = &mut self.sureness[usize::from(sure)];
                *count = (count.0 + usize::from(review.right), count.1 + 1);
            }
        }
    }

    /// Adds the counts of another survey of the same days and topics. Its questions are appended.
    pub fn merge(&mut self, mut other: Self) {
        self.of_today += &other.of_today;
        self.of_period += &other.of_period;
        self.recall += &other.recall;
        self.days.merge(&other.days);
        for (own, hour) in self.hours.iter_mut().zip(other.hours) {
            *own = (own.0 + hour.0, own.1 + hour.1);
        }
        for (own, topic) in self.topics.iter_mut().zip(other.topics) {
            own.tally += &topic.tally;
            own.first += topic.first;
            own.first_right += topic.first_right;
        }
        self.items.append(&mut other.items);
        self.begun.append(&mut other.begun);
        self.reviews += other.reviews;
        for (own, count) in self.sureness.iter_mut().zip(other.sureness) {
            *own = (own.0 + count.0, own.1 + count.1);
        }
    }

    fn year_begins(&self) -> StudyDay {
        StudyDay(self.today.0.saturating_sub(YEAR - 1))
    }

    /// The last 365 days, and the days of the period. A period without a beginning starts with its first answer, or is empty.
    pub fn days(&self) -> (Vec<DayActivity>, Vec<DayActivity>) {
        let year = self.days.figures(self.year_begins(), self.today);
        let begin = match self.period.from {
            Some(from) if self.period.to.since(from) <= MOST => Some(from),
            from => self.days.first_from(from.unwrap_or(StudyDay(i32::MIN))),
        };
        (year, begin.map(|from| self.days.figures(from, self.period.to)).unwrap_or_default())
    }

    /// The hours of the period.
    pub fn hours(&self) -> Vec<HourFigures> {
        (0..24)
            .zip(self.hours)
            .map(|(hour, (right, all))| HourFigures { hour, right: Share::from_counts(right, all) })
            .collect()
    }
}

/// Whether a period contains a day.
pub fn in_period(period: &Period, day: StudyDay) -> bool {
    period.from.is_none_or(|from| from <= day) && day <= period.to
}

impl From<&Tally> for Totals {
    fn from(tally: &Tally) -> Self {
        Self {
            answers: tally.answers,
            new: tally.new,
            reviews: tally.reviews(),
            right: tally.right,
            guessed: tally.guessed,
            accuracy: tally.accuracy(),
            minutes: tally.minutes(),
        }
    }
}

impl From<&Tally> for RatingMix {
    fn from(tally: &Tally) -> Self {
        let [again, hard, good, easy] = tally.ratings;
        Self { again, hard, good, easy, guessed: tally.guessed }
    }
}
