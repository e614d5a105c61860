//! New due dates after a change of parameters, retention or limits.

use std::collections::HashMap;

use super::{DueMove, Movable};
use crate::chance::Chance;
use crate::memory::{Belief, Model};
use crate::model::{CardId, QuestionId, StudyDay};
use crate::schedule::fuzz::aim;
use crate::schedule::{DayRange, Load, share};

/// Rounds over the cards: a card that moves may take the day of a sibling, which then moves too.
const ROUNDS: usize = 8;

/// Computes when each card is due by its memory, its last day and the current settings.
///
/// A due date that the new interval allows is kept: without a change nothing moves, and a second run moves nothing. No card is moved into
/// the past: it is due today instead. `load` counts the cards as they are due before, and afterwards as they are due then.
pub fn reschedule<M: Model>(cards: &[Movable<'_, M>], load: &mut Load, today: StudyDay) -> Vec<DueMove> {
    reschedule_believing(cards, &HashMap::new(), load, today)
}

/// The same with `beliefs` for the cards whose memory is uncertain.
pub fn reschedule_believing<M: Model>(
    cards: &[Movable<'_, M>],
    beliefs: &HashMap<CardId, Belief>,
    load: &mut Load,
    today: StudyDay,
) -> Vec<DueMove> {
    let mut order: Vec<(f64, Movable<'_, M>)> = cards
        .iter()
        .map(|card| {
            let (model, retention) = (&card.scheduler.replayer.model, card.scheduler.settings.desired_retention);
            let interval = match beliefs.get(&card.card) {
                Some(belief) => belief.interval_days(model, retention),
                None => model.interval_days(card.memory, retention),
            };
            (interval, *card)
        })
        .collect();
    order.sort_by(|(a, one), (b, other)| {
        let due = |interval: f64, card: &Movable<'_, M>| f64::from(card.last_day.0) + interval;
        due(*a, one).total_cmp(&due(*b, other)).then(one.card.cmp(&other.card))
    });
    let mut families: HashMap<QuestionId, Vec<(CardId, StudyDay)>> = HashMap::new();
    for card in cards {
        families.entry(card.question).or_default().push((card.card, card.due));
    }
    for _ in 0..ROUNDS {
        let mut moved = false;
        for (interval, card) in &mut order {
            let Some(family) = families.get_mut(&card.question) else { continue };
            let siblings = if card.scheduler.settings.bury_siblings {
                family.iter().filter(|(other, _)| *other != card.card).map(|(_, due)| *due).collect()
            } else {
                Vec::new()
            };
            load.keep_free(siblings);
            load.remove(card.due);
            let day = day(card, *interval, load, today);
            if day == card.due || day.max(card.due) <= today {
                load.add(card.due);
                continue;
            }
            load.add(day);
            family.iter_mut().filter(|(other, _)| *other == card.card).for_each(|(_, due)| *due = day);
            card.due = day;
            moved = true;
        }
        if !moved {
            break;
        }
    }
    load.keep_free(Vec::new());
    let promised: HashMap<CardId, StudyDay> = cards.iter().map(|card| (card.card, card.due)).collect();
    let shift = |(_, card): &(f64, Movable<'_, M>)| {
        let from = *promised.get(&card.card)?;
        (from != card.due).then_some(DueMove { card: card.card, from, to: card.due })
    };
    order.iter().filter_map(shift).collect()
}

fn day<M: Model>(card: &Movable<'_, M>, interval: f64, load: &Load, today: StudyDay) -> StudyDay {
    let settings = card.scheduler.settings;
    let maximum = card.latest(today).since(card.last_day).max(1);
    let (low, high) = card.scheduler.range(interval, 1, maximum);
    let elapsed = today.since(card.last_day);
    if high <= elapsed {
        return today;
    }
    let low = low.max(elapsed);
    let Some(place) = card.scheduler.place(card.uid, card.repetitions.saturating_sub(1)) else {
        return card.last_day.plus(low);
    };
    // A day is worse if it has a card of the same question, or if its weekday takes less work than others. A card accepts the weekdays
    // whose share is over a number of its own. So each weekday gets its share of the cards, and a card stays on its day.
    let number = f64::from(Chance::derived("weekday", card.uid, card.repetitions, card.scheduler.seed).unit());
    let flaws = |days: u32| {
        let day = card.last_day.plus(days);
        (load.has_sibling(day), share(settings, day) <= number)
    };
    let Some(least) = (low..=high).map(flaws).min() else { return card.due };
    // The due date may be a day off the range, because hard, good and easy are kept apart.
    let promised = card.due.since(card.last_day);
    let around = (low.saturating_sub(1).max(elapsed)..=(high + 1).min(maximum)).contains(&promised);
    if around && card.due >= today && flaws(promised) <= least {
        return card.due;
    }
    let allowed = |day: StudyDay| flaws(day.since(card.last_day)) == least;
    // If the card would be due already, the days left are equally good.
    let aim = (interval >= f64::from(low)).then(|| aim(interval, low, high, maximum));
    card.last_day.plus(load.choose_where(DayRange { low, high, aim }, card.last_day, settings, place, allowed))
}
