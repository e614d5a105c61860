//! The same work for several things, on all cores.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `work` makes of each thing, in their order; one after the other unless it is worth threads.
pub(super) fn on_cores<T: Sync, R: Send>(things: &[T], is_worth_it: bool, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(things.len());
    if !is_worth_it || cores < 2 {
        return things.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let some = || {
        let places = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        let mine = places.map_while(|place| Some((place, work(things.get(place)?))));
        mine.collect::<Vec<(usize, R)>>()
    };
    let mut made = thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(some)).collect();
        let mut made = some();
        made.extend(others.into_iter().flat_map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))));
        made
    });
    made.sort_unstable_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_in_the_order_of_the_things() {
        for count in [0, 1, 2, 500] {
            let things: Vec<usize> = (0..count).collect();
            let squares: Vec<usize> = things.iter().map(|thing| thing * thing).collect();
            assert_eq!(on_cores(&things, true, |thing| thing * thing), squares);
            assert_eq!(on_cores(&things, false, |thing| thing * thing), squares);
        }
    }

    #[test]
    #[should_panic(expected = "not this one")]
    fn a_panic_goes_on() {
        on_cores(&[1, 2, 3, 4], true, |thing| assert!(*thing != 3, "not this one"));
    }
}
