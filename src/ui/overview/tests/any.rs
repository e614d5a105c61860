//! Whatever the figures and the texts are: no line is too wide, nothing steers the terminal, nothing unknown has a figure.

use proptest::prelude::*;

use super::*;
use crate::stats::overview::{CalibrationBin, MethodFigures, Recall};
use crate::ui::rich::columns;

/// Texts that are hard on a screen.
const TEXTS: &[&str] = &[
    "",
    "plain",
    "a\u{1b}[31m\u{1b}]0;title\u{7}\r\n\n\tb",
    "\u{202e}txet\u{2066} שלום עולם",
    "操作系统中的虚拟内存管理与页面置换算法",
    "👨‍👩‍👧‍👦👨‍👩‍👧‍👦 e\u{301}\u{301}\u{301}",
    "<script>alert(1)</script> **bold** | `code` | $x^2$",
    "https://example.org/a/path/that/has/no/blanks/and/goes/on/and/on/and/on/and/on/and/on/and/on/and/on/and/on",
];

fn count() -> impl Strategy<Value = usize> {
    prop_oneof![Just(0_usize), Just(1_usize), 2_usize..100, 100_usize..100_000_000]
}

fn share() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0_f64), Just(1.0_f64), 0.0_f64..=1.0]
}

/// Some figures of everything that is drawn.
#[derive(Clone, Debug)]
struct Numbers {
    counts: Vec<usize>,
    shares: Vec<f64>,
    texts: Vec<&'static str>,
    days: usize,
}

fn numbers() -> impl Strategy<Value = Numbers> {
    (
        prop::collection::vec(count(), 1..40),
        prop::collection::vec(share(), 1..20),
        prop::collection::vec(prop::sample::select(TEXTS), 1..8),
        prop_oneof![Just(0_usize), Just(1_usize), 2_usize..400, 400_usize..8_000],
    )
        .prop_map(|(counts, shares, texts, days)| Numbers { counts, shares, texts, days })
}

/// The figures of a year of study with these numbers and texts instead of its own.
fn overview(numbers: &Numbers) -> Overview {
    let mut overview = studied();
    let mut counts = numbers.counts.iter().copied().cycle();
    let mut shares = numbers.shares.iter().copied().cycle();
    let mut texts = numbers.texts.iter().map(|text| (*text).to_owned()).cycle();
    let mut count = || counts.next().unwrap_or(0);
    let mut share = || shares.next().unwrap_or(0.0);
    let mut text = || texts.next().unwrap_or_default();
    let of = |whole: usize, part: usize| Share::from_counts(part.min(whole), whole);

    overview.about.deck = Some(text());
    overview.about.topics = vec![text()];
    let activity = &mut overview.activity;
    for totals in [&mut activity.today, &mut activity.period] {
        (totals.answers, totals.new, totals.guessed) = (count(), count(), count());
        (totals.accuracy, totals.minutes) = (Some(share()), share() * count() as f64);
    }
    for day in &mut activity.year {
        day.answers = count();
    }
    let first = overview.about.today.0 - i32::try_from(numbers.days).unwrap_or(0) + 1;
    let pattern = activity.year.first().copied();
    activity.days = (first..=overview.about.today.0)
        .filter_map(|day| pattern.map(|pattern| DayActivity { date: StudyDay(day), answers: count(), ..pattern }))
        .collect();
    for hour in &mut activity.hours {
        hour.right = of(count(), count());
    }
    activity.retention.raw = of(count(), count());
    (activity.retention.target, activity.retention.predicted) = (share(), Some(share()));
    let retention = &mut activity.retention;
    for recall in [&mut retention.recall, &mut retention.young, &mut retention.mature] {
        let answers = count();
        *recall = Recall::from_counts(count().min(answers), answers, share() * answers as f64);
    }
    activity.ratings.again = count();
    (activity.ratings.hard, activity.ratings.good, activity.ratings.easy) = (count(), count(), count());

    let cards = &mut overview.cards;
    (cards.cards, cards.leeches, cards.forecast.backlog, cards.forecast.later) =
        (count() + 1, count(), count(), count());
    for day in &mut cards.forecast.days {
        (day.due, day.new, day.minutes) = (count(), count(), share() * count() as f64);
    }
    for histogram in [&mut cards.intervals, &mut cards.stability, &mut cards.difficulty, &mut cards.retrievability] {
        histogram.median = Some(share() * count() as f64);
        histogram.bins.iter_mut().for_each(|bin| bin.cards = count());
    }
    if let Some(score) = &mut cards.score {
        (score.questions, score.mean, score.low_90, score.high_90) = (count(), share(), share(), share());
    }

    let items = &mut overview.items;
    items.rapid = of(count(), count());
    items.all_confusions = count();
    (items.sureness.sure, items.sureness.unsure) = (of(count(), count()), of(count(), count()));
    items.sureness.all_first_again = count();
    for question in &mut items.sureness.first_again {
        question.stem = text();
    }
    for topic in &mut items.topics {
        (topic.deck, topic.topic, topic.questions, topic.seen) = (text(), Some(text()), count(), count());
        (topic.due, topic.expected_score, topic.accuracy) = (count(), Some(share()), Some(share()));
    }
    for question in &mut items.hardest {
        (question.stem, question.topic, question.note) = (text(), Some(text()), Some(text()));
        (question.right, question.lapses) = (of(count(), count()), count());
    }
    for confusion in &mut items.confusions {
        (confusion.stem, confusion.wrong.text, confusion.times) = (text(), text(), count());
    }
    for suspect in &mut items.suspect_keys {
        (suspect.stem, suspect.keyed.text, suspect.other.letter) = (text(), text(), text());
        (suspect.keyed_times, suspect.other_times) = (count(), count());
    }

    let calibration = &mut overview.calibration;
    (calibration.answers, calibration.predicted, calibration.actual) = (count(), Some(share()), Some(share()));
    calibration.bins.iter_mut().for_each(|bin| {
        *bin = CalibrationBin {
            answers: count(),
            predicted: share(),
            actual: share(),
            low_95: share(),
            high_95: share(),
            ..*bin
        };
    });
    calibration.methods.push(MethodFigures { method: "unknown", log_loss: None, rmse_bins: None, auc: None });
    overview
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_line_is_wider_than_the_screen(numbers in numbers(), width in 0_usize..200) {
        let overview = overview(&numbers);
        let said = plain(&overview, width);
        for line in said.lines() {
            prop_assert!(columns(line) <= width.clamp(NARROWEST, WIDEST), "{line:?}");
            prop_assert!(!line.contains(|char: char| char.is_control() || ('\u{202a}'..='\u{202e}').contains(&char)), "{line:?}");
        }
        prop_assert!(!said.contains("NaN") && !said.contains("inf "), "{}", said);
        // Parts stand apart by one empty line, and none is only a heading.
        prop_assert!(!said.contains("\n\n\n"), "{}", said);
    }
}
