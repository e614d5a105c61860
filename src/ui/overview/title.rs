//! The title: what the figures are about.

use super::line::{PaintedLine, Tone};
use super::panel::Panel;
use crate::model::StudyDay;
use crate::stats::overview::{About, Period};
use crate::ui::rich;

/// The deck, the filters, today, and the days.
pub(super) fn panel(about: &About, width: usize) -> Panel {
    let deck = about.deck.as_deref().unwrap_or("all decks");
    let today = about.today.to_string();
    // After a long name of a deck, today has a line of its own.
    let deck = rich::line(deck);
    let mut part = if rich::columns(&deck) + 2 + today.len() <= width {
        let name = PaintedLine::toned(deck, Tone::Strong);
        let at = width - today.len();
        Panel::bare(width).line(name.with_right(PaintedLine::toned(today, Tone::Dim), at))
    } else {
        Panel::new(&deck, width).says(&today, Tone::Dim)
    };
    for (name, values) in [("topics", &about.topics), ("tags", &about.tags)] {
        if !values.is_empty() {
            part = part.say(&format!("only {name}: {}", values.join(", ")));
        }
    }
    let (lately, long) = (period(&about.period, about.today), period(&about.long_period, about.today));
    if lately == long {
        return part.says(&format!("What was done: {lately}. Cards as they are today."), Tone::Dim);
    }
    part.says(
        &format!(
            "Answers, retention, hours and ratings: {lately}. Topics, questions and calibration: {long}. Cards as they are today."
        ),
        Tone::Dim,
    )
}

/// A period in words: `the last 30 days`, `2026-01-01 to 2026-02-01`, `everything up to today`.
pub(super) fn period(period: &Period, today: StudyDay) -> String {
    match period.from {
        None if period.to == today => "everything up to today".into(),
        None => format!("everything up to {}", period.to),
        Some(from) if from == today && period.to == today => "today".into(),
        Some(from) if from == period.to => from.to_string(),
        Some(from) if period.to == today && from < today => {
            format!("the last {} days", u64::from(today.since(from)) + 1)
        }
        Some(from) => format!("{from} to {}", period.to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_words() {
        let today = StudyDay(20_780);
        let said = |from: Option<i32>, to| period(&Period { from: from.map(StudyDay), to: StudyDay(to) }, today);
        assert_eq!(said(Some(20_751), 20_780), "the last 30 days");
        assert_eq!(said(Some(20_780), 20_780), "today");
        assert_eq!(said(Some(20_770), 20_770), "2026-11-13");
        assert_eq!(said(Some(20_760), 20_770), "2026-11-03 to 2026-11-13");
        assert_eq!(said(None, 20_780), "everything up to today");
        assert_eq!(said(None, 20_770), "everything up to 2026-11-13");
    }
}
