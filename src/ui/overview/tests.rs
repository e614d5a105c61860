//! The whole text, as a person reads it.

mod any;

use super::*;
use crate::model::StudyDay;
use crate::stats::overview::{DayActivity, Histogram, HistogramBin, Share};
use crate::ui::tests::overview::{nothing, studied};

fn plain(overview: &Overview, width: usize) -> String {
    text(overview, Paint::new(false), width)
}

/// Of nobody's answers: 40 cards that wait.
fn waiting() -> Overview {
    let mut overview = nothing();
    overview.cards.cards = 40;
    overview.cards.new = 40;
    for day in overview.cards.forecast.days.iter_mut().take(2) {
        (day.new, day.minutes) = (20, 13.4);
    }
    overview
}

/// One answer, which was right and is from today.
fn begun() -> Overview {
    let mut overview = waiting();
    let activity = &mut overview.activity;
    (activity.today.answers, activity.today.new, activity.today.right) = (1, 1, 1);
    (activity.today.accuracy, activity.today.minutes) = (Some(1.0), 0.3);
    (activity.period, activity.streak) = (activity.today, 1);
    for days in [&mut activity.year, &mut activity.days] {
        if let Some(day) = days.last_mut() {
            (day.answers, day.new, day.accuracy, day.minutes) = (1, 1, Some(1.0), 0.3);
        }
    }
    activity.hours[9].right = Share::from_counts(1, 1);
    activity.ratings.good = 1;
    (overview.cards.new, overview.cards.learning) = (39, 1);
    overview.items.first_attempts = Share::from_counts(1, 1);
    let bin = |low, high| HistogramBin { low, high: Some(high), cards: 1 };
    let only = |value, bin| Histogram { bins: vec![bin], median: Some(value), mean: Some(value) };
    overview.cards.stability = only(2.3, bin(1.0, 3.0));
    overview.cards.difficulty = only(2.1, bin(2.0, 3.0));
    overview.cards.retrievability = only(1.0, bin(0.95, 1.0));
    overview
}

#[test]
fn a_year_of_study() {
    insta::assert_snapshot!("studied_80", plain(&studied(), 80));
    insta::assert_snapshot!("studied_120", plain(&studied(), 120));
    insta::assert_snapshot!("studied_40", plain(&studied(), 40));
}

#[test]
fn the_very_beginning() {
    insta::assert_snapshot!("nothing", plain(&nothing(), 80));
    insta::assert_snapshot!("waiting", plain(&waiting(), 80));
    insta::assert_snapshot!("begun", plain(&begun(), 80));
}

#[test]
fn filters_that_leave_nothing_are_named() {
    let mut overview = nothing();
    overview.about.topics = vec!["Routing".into(), "a\u{1b}[2J\u{202e}b\n".into()];
    let said = plain(&overview, 80);
    assert!(said.contains("only topics: Routing, ab\n"), "{said}");
    assert!(said.ends_with("There are no questions with these topics and tags here.\n"), "{said}");
}

#[test]
fn a_command_names_the_deck_as_it_is_typed() {
    let mut overview = studied();
    overview.about.deck = Some("Law of '49".into());
    assert!(plain(&overview, 120).contains(r#"`retain evaluate "Law of '49"`"#));
}

#[test]
fn twenty_years_share_columns() {
    let mut overview = studied();
    let first = overview.about.today.0 - 7_304;
    let day = |ahead| DayActivity {
        date: StudyDay(first + ahead),
        answers: 3,
        new: 0,
        reviews: 3,
        accuracy: None,
        minutes: 1.0,
    };
    overview.activity.days = (0..7_305).map(day).collect();
    overview.about.period.from = None;
    let said = plain(&overview, 80);
    assert!(said.contains("answers, 105 days a column: everything up to today\n"), "{said}");
    assert!(said.contains("Answers on 7305 of 7305 days, 3 on each of them."), "{said}");
}

#[test]
fn days_without_answers_or_reviews_say_so() {
    let mut overview = studied();
    let empty = nothing();
    let activity = &mut overview.activity;
    (activity.period, activity.days, activity.hours) =
        (empty.activity.period, empty.activity.days, empty.activity.hours);
    (activity.retention, activity.ratings) = (empty.activity.retention, empty.activity.ratings);
    overview.cards.forecast = empty.cards.forecast;
    let said = plain(&overview, 80);
    assert!(said.contains("No answers in these days, so there are no hours and no ratings to show.\n"), "{said}");
    assert!(said.contains("No card was due for review in these days; the target is 90 %.\n"), "{said}");
    assert!(said.contains("Nothing is due in these days.\n"), "{said}");
    assert!(!said.contains("by the hour") && !said.contains("\nratings\n"), "{said}");
}

#[test]
fn many_topics_are_cut_and_the_rest_is_named() {
    let mut overview = studied();
    let topic = overview.items.topics[1].clone();
    overview.items.topics = (0..20).map(|_| topic.clone()).collect();
    let said = plain(&overview, 80);
    assert_eq!(said.matches("Routing  ").count(), 12, "{said}");
    assert!(said.contains("and 8 more: `retain export topics`\n"), "{said}");
}

#[test]
fn colour_adds_nothing_but_colour() {
    let coloured = text(&studied(), Paint::new(true), 80);
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    assert_eq!(stripped + rest, plain(&studied(), 80));
}
