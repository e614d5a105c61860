//! Due dates anew, after a change of parameters, retention or limits.

use std::collections::HashMap;

use super::{Movable, Shift};
use crate::memory::Model;
use crate::model::{QuestionId, StudyDay};
use crate::schedule::{Load, share};

/// Where each card would be due by its memory, its last day and the settings of today.
///
/// A day that the new interval allows stays as it was promised, so that what has not changed moves nothing. No card is moved
/// into the past: what would be overdue is due today. `load` counts the cards as they are due now, and after it as they are then.
pub fn reschedule<M: Model>(cards: &[Movable<'_, M>], load: &mut Load, today: StudyDay) -> Vec<Shift> {
    let mut order: Vec<(f64, &Movable<'_, M>)> = cards
        .iter()
        .map(|card| {
            (card.scheduler.replayer.model.interval_days(card.memory, card.scheduler.settings.desired_retention), card)
        })
        .collect();
    order.sort_by(|(a, one), (b, other)| {
        let due = |interval: f64, card: &Movable<'_, M>| f64::from(card.last_day.0) + interval;
        due(*a, one).total_cmp(&due(*b, other)).then(one.card.cmp(&other.card))
    });
    let mut families: HashMap<QuestionId, Vec<(crate::model::CardId, StudyDay)>> = HashMap::new();
    for card in cards {
        families.entry(card.question).or_default().push((card.card, card.due));
    }
    let mut shifts = Vec::new();
    for (interval, card) in order {
        let Some(family) = families.get_mut(&card.question) else { continue };
        let siblings = if card.scheduler.settings.bury_siblings {
            family.iter().filter(|(other, _)| *other != card.card).map(|(_, due)| *due).collect()
        } else {
            Vec::new()
        };
        load.keep_free(siblings);
        let day = day(card, interval, load, today);
        if day == card.due || day.max(card.due) <= today {
            continue;
        }
        load.remove(card.due);
        load.add(day);
        family.iter_mut().filter(|(other, _)| *other == card.card).for_each(|(_, due)| *due = day);
        shifts.push(card.to(day));
    }
    load.keep_free(Vec::new());
    shifts
}

fn day<M: Model>(card: &Movable<'_, M>, interval: f64, load: &mut Load, today: StudyDay) -> StudyDay {
    let settings = card.scheduler.settings;
    let maximum = card.latest(today).since(card.last_day).max(1);
    let (low, high) = card.scheduler.range(interval, 1, maximum);
    let elapsed = today.since(card.last_day);
    if high <= elapsed {
        return today;
    }
    let low = low.max(elapsed);
    // Good and easy come a day after hard and good, where the model alone would have them on one day.
    let slack = if settings.fuzz && interval < 2.5 { (high + 1).min(maximum) } else { high };
    let fits = (low..=slack).contains(&card.due.since(card.last_day)) && card.due >= today;
    if fits && share(settings, card.due) >= 1.0 && !load.has_sibling(card.due) {
        return card.due;
    }
    match card.scheduler.place(card.uid, card.repetitions.saturating_sub(1)) {
        Some(place) if low < high => {
            load.remove(card.due);
            let days = load.choose(low, high, card.last_day, settings, place);
            load.add(card.due);
            card.last_day.plus(days)
        }
        _ => card.last_day.plus(low),
    }
}
