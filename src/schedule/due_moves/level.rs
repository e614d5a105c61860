//! Filling days to one level, as water fills a vessel.

/// How many of `cards` each day takes, so that all days end up at one level. `days` has the cards that each day has already, and its
/// share (0–1) of an ordinary day's work. Together the days take all cards, unless there are no days.
pub fn level(days: &[(u32, f64)], cards: usize) -> Vec<usize> {
    // If no weekday takes any work, all count the same.
    let closed = days.iter().all(|(_, share)| *share <= 0.0);
    let share = |share: f64| if closed { 1.0 } else { share };
    let room = |level: f64| {
        days.iter()
            .map(move |(due, part)| (level * share(*part) - f64::from(*due)).max(0.0).floor() as usize)
            .collect::<Vec<_>>()
    };
    let Some(widest) = days.iter().map(|(_, part)| share(*part)).max_by(f64::total_cmp) else {
        return Vec::new();
    };
    let fullest = days.iter().map(|(due, _)| *due).max().unwrap_or(0);
    let (mut low, mut high) = (0.0, (f64::from(fullest) + cards as f64 + 1.0) / widest);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if room(middle).iter().sum::<usize>() >= cards {
            high = middle;
        } else {
            low = middle;
        }
    }
    // At the level itself several days may gain a card at once; the last of them wait.
    let (below, mut rooms) = (room(low), room(high));
    let mut surplus = rooms.iter().sum::<usize>().saturating_sub(cards);
    for (room, below) in rooms.iter_mut().zip(below).rev() {
        let less = (*room - below.min(*room)).min(surplus);
        *room -= less;
        surplus -= less;
    }
    rooms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn full_days_take_nothing_and_easy_days_less() {
        assert_eq!(level(&[(10, 1.0), (0, 1.0), (4, 1.0)], 8), [0, 6, 2]);
        assert_eq!(level(&[(0, 1.0), (0, 0.5), (0, 0.0)], 30), [20, 10, 0]);
        assert_eq!(level(&[(0, 0.0), (0, 0.0)], 4), [2, 2]);
        assert_eq!(level(&[], 4), [0_usize; 0]);
    }

    proptest! {
        #[test]
        fn all_cards_find_room_at_one_level(days in prop::collection::vec((0_u32..500, 0.0..=1.0_f64), 1..40), cards in 0_usize..3_000) {
            let rooms = level(&days, cards);
            prop_assert_eq!(rooms.iter().sum::<usize>(), cards);
        }
    }
}
