//! Work on all cores whose results are wanted in order.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, TrySendError, channel, sync_channel};
use std::thread;

use crate::error::{Error, Result};

/// Things that are handed over together.
const TOGETHER: usize = 64;
/// Groups that may wait to be worked on.
const AHEAD: usize = 4;
/// Groups that may wait for what comes before them.
const LATE: usize = 32;
/// Threads at most: more would wait for the one that feeds them.
const MOST: usize = 4;

/// Things that are worked on, each group with its place.
type Group<T> = (usize, Vec<T>);
/// What was made of a group, unless that panicked.
type MadeGroup<R> = (usize, thread::Result<Vec<R>>);

/// Works on things on all cores. `feed` gives them to what it is called with, `work` makes something of each, and `sink` gets that in the same
/// order. `feed` and `sink` run where this is called, and so does a part of the work. What `is_large` is worked on here as soon as all before it is
/// passed on, so that it does not wait in memory with others.
///
/// # Errors
/// If `feed` or `sink` fails.
pub(super) fn each_in_order<T: Send, R: Send>(
    feed: impl FnOnce(&mut dyn FnMut(T) -> Result<()>) -> Result<()>,
    is_large: impl Fn(&T) -> bool,
    work: impl Fn(T) -> R + Sync,
    sink: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let (to_workers, for_workers) = sync_channel::<Group<T>>(AHEAD);
    let (from_worker, made) = channel();
    let (for_workers, work) = (Mutex::new(for_workers), &work);
    let others = thread::available_parallelism().map_or(1, NonZero::get).clamp(2, MOST) - 1;
    thread::scope(|scope| {
        // Nobody waits for more after a failure: the channel ends with this block.
        let to_workers = to_workers;
        for _ in 0..others {
            let (for_workers, from_worker) = (&for_workers, from_worker.clone());
            scope.spawn(move || work_on(for_workers, work, &from_worker));
        }
        drop(from_worker);
        let mut line = Line { made, waiting: BTreeMap::new(), next: 0, sink };
        let (mut group, mut place) = (Vec::with_capacity(TOGETHER), 0);
        // Waits until no more than `late` groups are on their way.
        let mut hand_over = |group: &mut Vec<T>, line: &mut Line<R, _>, late| {
            if !group.is_empty() {
                let group = std::mem::replace(group, Vec::with_capacity(TOGETHER));
                if let Err(TrySendError::Full((_, group)) | TrySendError::Disconnected((_, group))) =
                    to_workers.try_send((place, group))
                {
                    // The others have enough to do.
                    line.waiting.insert(place, Ok(group.into_iter().map(work).collect()));
                }
                place += 1;
            }
            line.move_up(place, late)
        };
        feed(&mut |thing| {
            if is_large(&thing) {
                hand_over(&mut group, &mut line, 0)?;
                return (line.sink)(work(thing));
            }
            group.push(thing);
            if group.len() < TOGETHER { Ok(()) } else { hand_over(&mut group, &mut line, LATE) }
        })?;
        hand_over(&mut group, &mut line, LATE)?;
        drop(to_workers);
        // A part of what is left is worked on here.
        while let Some((at, group)) = for_workers.try_lock().ok().and_then(|waiting| waiting.try_recv().ok()) {
            line.waiting.insert(at, Ok(group.into_iter().map(work).collect()));
        }
        line.move_up(place, 0)
    })
}

/// Works on groups until there are no more.
fn work_on<T, R>(groups: &Mutex<Receiver<Group<T>>>, work: impl Fn(T) -> R, to: &Sender<MadeGroup<R>>) {
    loop {
        let next = groups.lock().map(|groups| groups.recv());
        let Ok(Ok((place, group))) = next else { return };
        let made = catch_unwind(AssertUnwindSafe(|| group.into_iter().map(&work).collect()));
        if to.send((place, made)).is_err() {
            return;
        }
    }
}

/// Results on their way to where they are wanted.
struct Line<R, S> {
    made: Receiver<MadeGroup<R>>,
    /// What came before its turn.
    waiting: BTreeMap<usize, thread::Result<Vec<R>>>,
    next: usize,
    sink: S,
}

impl<R, S: FnMut(R) -> Result<()>> Line<R, S> {
    /// Passes on what is next in the order; waits for it if more than `late` groups of the `all` that were handed over are not passed on.
    fn move_up(&mut self, all: usize, late: usize) -> Result<()> {
        loop {
            self.waiting.extend(self.made.try_iter());
            while let Some(group) = self.waiting.remove(&self.next) {
                self.next += 1;
                let group = group.unwrap_or_else(|panic| resume_unwind(panic));
                group.into_iter().try_for_each(&mut self.sink)?;
            }
            if all - self.next <= late {
                return Ok(());
            }
            let stopped = |_| Error::fault("a part of the work stopped").hint("please report this");
            let (place, group) = self.made.recv().map_err(stopped)?;
            self.waiting.insert(place, group);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(count: u64) -> Vec<u64> {
        let mut found = Vec::new();
        let feed = |give: &mut dyn FnMut(u64) -> Result<()>| (0..count).try_for_each(give);
        let work = |number: u64| {
            // Some take longer.
            (0..(number % 7) * 500).fold(number * number, |sum, _| std::hint::black_box(sum))
        };
        let sink = |square| {
            found.push(square);
            Ok(())
        };
        each_in_order(feed, |number| number % 1_009 == 0, work, sink).expect("squares");
        found
    }

    #[test]
    fn what_is_made_comes_in_order() {
        for count in [0, 1, 63, 64, 65, 20_000] {
            assert_eq!(squares(count), (0..count).map(|number| number * number).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_failure_ends_the_work() {
        let failure = || Error::person("enough");
        let feed = |give: &mut dyn FnMut(u64) -> Result<()>| {
            (0..20_000).try_for_each(|number| if number == 9_999 { Err(failure()) } else { give(number) })
        };
        assert!(each_in_order(feed, |_| false, |number| number, |_| Ok(())).is_err());
        let feed = |give: &mut dyn FnMut(u64) -> Result<()>| (0..20_000).try_for_each(give);
        let sink = |number| if number == 5_000 { Err(failure()) } else { Ok(()) };
        assert!(each_in_order(feed, |_| false, |number| number, sink).is_err());
    }

    #[test]
    #[should_panic(expected = "not here")]
    fn a_panic_of_a_worker_goes_on() {
        let here = thread::current().id();
        let feed = |give: &mut dyn FnMut(u64) -> Result<()>| (0..20_000).try_for_each(give);
        let work = |number: u64| {
            assert!(thread::current().id() == here, "not here");
            number
        };
        let _ = each_in_order(feed, |_| false, work, |_| Ok(()));
    }
}
