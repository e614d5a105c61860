//! The figures of a person who studies, and of one who has just begun.

use crate::model::{Markup, StudyDay};
use crate::stats::overview::{
    About, Activity, CalibrationBin, CalibrationFigures, CardFigures, ConfusionFigures, DayActivity, ExpectedScore,
    ForecastDay, ForecastFigures, Histogram, HistogramBin, HourFigures, ItemFigures, MethodFigures, OptionName,
    Overview, Period, QuestionFigures, QuestionName, RatingMix, Recall, RecallVerdict, RetentionFigures, Share,
    SurenessFigures, SuspectKey, TopicFigures, Totals,
};

/// 2026-11-23, a Monday.
const TODAY: StudyDay = StudyDay(20_780);

fn about() -> About {
    About {
        deck: None,
        topics: Vec::new(),
        tags: Vec::new(),
        today: TODAY,
        period: Period { from: Some(StudyDay(TODAY.0 - 29)), to: TODAY },
        long_period: Period { from: None, to: TODAY },
        asked: false,
    }
}

fn days(count: i32, answers: impl Fn(i32) -> usize) -> Vec<DayActivity> {
    (0..count)
        .map(|place| {
            let answers = answers(place);
            DayActivity {
                date: StudyDay(TODAY.0 - count + 1 + place),
                answers,
                new: answers / 5,
                reviews: answers * 3 / 5,
                accuracy: (answers > 0).then_some(0.75 + f64::from(place % 5) / 25.0),
                minutes: answers as f64 * 0.18,
            }
        })
        .collect()
}

/// Days from `first` on with so many answers each, and nothing else.
pub(in crate::ui) fn answered(first: StudyDay, answers: &[usize]) -> Vec<DayActivity> {
    let day = |(ahead, answers): (u32, &usize)| DayActivity {
        date: first.plus(ahead),
        answers: *answers,
        new: 0,
        reviews: 0,
        accuracy: None,
        minutes: 0.0,
    };
    (0..).zip(answers).map(day).collect()
}

fn histogram(edges: &[f64], cards: &[usize], median: f64, mean: f64) -> Histogram {
    let bins = cards
        .iter()
        .enumerate()
        .map(|(place, cards)| HistogramBin { low: edges[place], high: edges.get(place + 1).copied(), cards: *cards })
        .collect();
    Histogram { bins, median: Some(median), mean: Some(mean) }
}

fn option(letter: &str, text: &str) -> OptionName {
    OptionName { letter: letter.into(), text: text.into() }
}

/// A year of study: 1,200 cards in two decks, some of everything.
pub(in crate::ui) fn studied() -> Overview {
    // Weekends are quiet, a fortnight in spring is empty.
    let of_day = |place: i32| match place {
        120..=133 => 0,
        place if place % 7 > 4 => usize::try_from(place % 3).unwrap_or(0) * 4,
        place => 30 + usize::try_from(place * 37 % 53).unwrap_or(0),
    };
    let topic = |deck: &str, name: Option<&str>, questions, seen, score: Option<f64>| TopicFigures {
        deck: deck.into(),
        topic: name.map(str::to_owned),
        questions,
        seen,
        due: seen / 9,
        answers: seen * 6,
        accuracy: score.map(|score| score - 0.02),
        first_attempts: Share::from_counts(seen / 2, seen),
        retention: score.map(|score| score + 0.01),
        mean_retrievability: score.map(|score| score + 0.02),
        expected_score: score.or(Some(0.44)),
    };
    let question = |stem: &str, right, all, lapses, note: Option<&str>| QuestionFigures {
        markup: Markup::Plain,
        question: "5f0c0000-0000-5000-8000-000000000000".into(),
        deck: "Networks".into(),
        topic: Some("Routing".into()),
        stem: stem.into(),
        right: Share::from_counts(right, all),
        expected: Some(0.84),
        lapses,
        note: note.map(str::to_owned),
    };
    let bins = |place: usize, answers: usize, predicted: f64, right: usize| {
        let share = Share::from_counts(right, answers);
        CalibrationBin {
            bin_low: place as f64 / 20.0,
            bin_high: (place + 1) as f64 / 20.0,
            answers,
            predicted,
            actual: share.share.unwrap_or(0.0),
            low_95: share.low_95.unwrap_or(0.0),
            high_95: share.high_95.unwrap_or(1.0),
        }
    };
    let method = |method, log_loss, rmse, auc| MethodFigures {
        method,
        log_loss: Some(log_loss),
        rmse_bins: Some(rmse),
        auc: Some(auc),
    };
    let lengths = [0.0, 1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0];
    let twentieths: Vec<f64> = (0..=20).map(|place| f64::from(place) / 20.0).collect();
    Overview {
        about: about(),
        activity: Activity {
            today: Totals {
                answers: 43,
                new: 8,
                reviews: 31,
                right: 37,
                guessed: 2,
                accuracy: Some(37.0 / 43.0),
                minutes: 7.6,
            },
            period: Totals {
                answers: 1_204,
                new: 201,
                reviews: 811,
                right: 1_031,
                guessed: 24,
                accuracy: Some(1_031.0 / 1_204.0),
                minutes: 214.3,
            },
            streak: 12,
            year: days(365, of_day),
            days: days(30, |place| of_day(place + 335)),
            retention: RetentionFigures {
                target: 0.9,
                raw: Share::from_counts(713, 811),
                recall: Recall::from_counts(719, 811, 811.0 / 4.0),
                verdict: RecallVerdict::Below,
                young: Recall::from_counts(421, 490, 490.0 / 4.0),
                mature: Recall::from_counts(298, 321, 321.0 / 4.0),
                predicted: Some(0.8911),
            },
            hours: (0_u8..24)
                .map(|hour| {
                    let answers = if (7..23).contains(&hour) { 20 + usize::from(hour) * 13 % 70 } else { 0 };
                    HourFigures { hour, right: Share::from_counts(answers * (90 - usize::from(hour)) / 90, answers) }
                })
                .collect(),
            ratings: RatingMix { again: 197, hard: 61, good: 871, easy: 75, guessed: 24 },
        },
        cards: CardFigures {
            cards: 1_200,
            new: 412,
            learning: 9,
            review: 771,
            suspended: 8,
            leeches: 3,
            forecast: ForecastFigures {
                backlog: 14,
                days: (0_u32..30)
                    .map(|ahead| {
                        let due = 45 - ahead as usize + (ahead as usize * 11) % 17;
                        let new = if ahead < 21 { 20 } else { 0 };
                        let minutes = due as f64 * 0.17 + new as f64 * 0.6;
                        ForecastDay { date: TODAY.plus(ahead), due, new, minutes, learning: 0 }
                    })
                    .collect(),
                later: 118,
            },
            intervals: histogram(&lengths, &[4, 61, 88, 102, 143, 160, 82, 61, 50, 17, 3], 28.0, 52.7),
            stability: histogram(&lengths, &[40, 41, 80, 90, 140, 170, 92, 60, 51, 18, 6], 31.2, 58.1),
            difficulty: histogram(
                &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0],
                &[180, 61, 92, 120, 130, 88, 61, 40, 16],
                4.1,
                4.3,
            ),
            retrievability: histogram(
                &twentieths,
                &[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 4, 6, 11, 20, 38, 81, 170, 453],
                0.956,
                0.931,
            ),
            score: Some(ExpectedScore {
                date: TODAY.plus(21),
                exam: true,
                questions: 1_200,
                mean: 0.7812,
                low_90: 0.7431,
                high_90: 0.8193,
            }),
        },
        items: ItemFigures {
            first_attempts: Share::from_counts(421, 788),
            rapid: Share::from_counts(9, 31),
            rapid_chance: Some(0.25),
            sureness: SurenessFigures {
                sure: Share::from_counts(402, 431),
                unsure: Share::from_counts(250, 373),
                first_again: vec![QuestionName {
                    markup: Markup::Plain,
                    question: "q-area".into(),
                    deck: "Networks".into(),
                    topic: Some("Routing".into()),
                    stem: "What does an area border router send into the backbone?".into(),
                }],
                all_first_again: 12,
            },
            topics: vec![
                topic(
                    "Networks",
                    Some("Border Gateway Protocol, path selection and route reflection"),
                    90,
                    12,
                    Some(0.5104),
                ),
                topic("Networks", Some("Routing"), 210, 160, Some(0.7215)),
                topic("Law", None, 300, 0, None),
                topic("Law", Some("Contracts"), 240, 236, Some(0.8544)),
                topic("Networks", Some("子网掩码"), 360, 360, Some(0.9133)),
            ],
            hardest: vec![
                question(
                    "Which attribute does BGP compare first when it chooses among several paths to the same prefix?",
                    1,
                    9,
                    4,
                    Some("leech; check the key: B beats A, 7 to 1"),
                ),
                question("What does an area border router send into the backbone?", 3, 8, 2, None),
            ],
            confusions: vec![
                ConfusionFigures {
                    markup: Markup::Plain,
                    question: "5f0c0000-0000-5000-8000-000000000000".into(),
                    deck: "Networks".into(),
                    stem:
                        "Which attribute does BGP compare first when it chooses among several paths to the same prefix?"
                            .into(),
                    right: vec![option("A", "Weight")],
                    wrong: option("B", "Local preference, which is compared within the autonomous system"),
                    times: 7,
                    answers: 9,
                },
                ConfusionFigures {
                    markup: Markup::Plain,
                    question: "5f0c0000-0000-5000-8000-000000000001".into(),
                    deck: "Networks".into(),
                    stem: "Which of these are link-state protocols?".into(),
                    right: vec![option("A", "OSPF"), option("C", "IS-IS")],
                    wrong: option("D", "RIP"),
                    times: 2,
                    answers: 6,
                },
            ],
            all_confusions: 14,
            suspect_keys: vec![SuspectKey {
                markup: Markup::Plain,
                question: "5f0c0000-0000-5000-8000-000000000000".into(),
                deck: "Networks".into(),
                stem: "Which attribute does BGP compare first when it chooses among several paths to the same prefix?"
                    .into(),
                keyed: option("A", "Weight"),
                keyed_times: 1,
                other: option("B", "Local preference, which is compared within the autonomous system"),
                other_times: 7,
            }],
        },
        calibration: CalibrationFigures {
            answers: 6_120,
            predicted: Some(0.9012),
            actual: Some(0.8847),
            bins: vec![
                bins(11, 12, 0.571, 6),
                bins(13, 40, 0.677, 25),
                bins(14, 91, 0.728, 60),
                bins(15, 240, 0.778, 176),
                bins(16, 601, 0.829, 480),
                bins(17, 1_380, 0.878, 1_199),
                bins(18, 2_456, 0.926, 2_250),
                bins(19, 1_300, 0.962, 1_219),
            ],
            methods: vec![
                method("in use", 0.3281, 0.0412, 0.6713),
                method("defaults", 0.3309, 0.0449, 0.6655),
                method("moving average", 0.3590, 0.0733, 0.5391),
                method("constant", 0.3552, 0.0719, 0.5012),
            ],
            parameters_since: Some(StudyDay(TODAY.0 - 41)),
        },
    }
}

/// Nothing yet: no deck, no card, no answer.
pub(in crate::ui) fn nothing() -> Overview {
    let (none, no_recall) = (Share::from_counts(0, 0), Recall::from_counts(0, 0, 0.0));
    Overview {
        about: about(),
        activity: Activity {
            today: Totals::default(),
            period: Totals::default(),
            streak: 0,
            year: days(365, |_| 0),
            days: days(30, |_| 0),
            retention: RetentionFigures {
                target: 0.9,
                raw: none,
                recall: no_recall,
                verdict: RecallVerdict::TooFew,
                young: no_recall,
                mature: no_recall,
                predicted: None,
            },
            hours: (0..24).map(|hour| HourFigures { hour, right: none }).collect(),
            ratings: RatingMix::default(),
        },
        cards: CardFigures {
            cards: 0,
            new: 0,
            learning: 0,
            review: 0,
            suspended: 0,
            leeches: 0,
            forecast: ForecastFigures {
                backlog: 0,
                days: (0..30)
                    .map(|ahead| ForecastDay { date: TODAY.plus(ahead), due: 0, new: 0, minutes: 0.0, learning: 0 })
                    .collect(),
                later: 0,
            },
            intervals: Histogram::default(),
            stability: Histogram::default(),
            difficulty: Histogram::default(),
            retrievability: Histogram::default(),
            score: None,
        },
        items: ItemFigures {
            first_attempts: none,
            rapid: none,
            rapid_chance: None,
            sureness: SurenessFigures { sure: none, unsure: none, first_again: Vec::new(), all_first_again: 0 },
            topics: Vec::new(),
            hardest: Vec::new(),
            confusions: Vec::new(),
            all_confusions: 0,
            suspect_keys: Vec::new(),
        },
        calibration: CalibrationFigures {
            answers: 0,
            predicted: None,
            actual: None,
            bins: Vec::new(),
            methods: Vec::new(),
            parameters_since: None,
        },
    }
}
