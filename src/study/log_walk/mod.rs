//! The walk over the log: card by card or question by question on all cores, each in the order of the log.
//!
//! Rebuild, check, beliefs, fits, simulations and the overview are visitors of [`LogWalk`]. Tables need every column of an answer, in the
//! order of the log, and so they stream it instead ([`each_answer`]); what the model says of an answer comes from the same [`CardReplay`].

mod answers;
mod index;
mod replay;

pub(super) use answers::{each_answer, expected};
pub(super) use index::CardIndex;
pub(super) use replay::{CardReplay, ModelWord};

use std::num::NonZero;
use std::ops::Range;
use std::thread;

use crate::error::{Error, Result};
use crate::model::{CardId, Move, Review};
use crate::store::CountedLog;

/// With fewer answers than this, starting threads takes longer than visiting them.
const WORTH_THREADS: usize = 5_000;

/// An entry of the log.
#[derive(Clone, Copy, Debug)]
pub(super) enum WalkEntry<'a> {
    Answer(&'a Review),
    Move(&'a Move),
}

/// The entries that count, by group: a group is a card, or a question with its cards.
pub(super) struct LogWalk<'l> {
    log: &'l CountedLog,
    /// The places of answers in the log, group by group.
    places: Vec<u32>,
    /// Where the places of each group begin; one more for the end.
    begins: Vec<u32>,
    /// Changes without an answer, group by group: the group, how many answers of the log come before it, and the change.
    moves: Vec<(usize, u32, &'l Move)>,
}

impl<'l> LogWalk<'l> {
    /// Groups the log. `group_of` gives the group of a card, below `groups`; cards without one are left out.
    pub(super) fn new(log: &'l CountedLog, groups: usize, group_of: impl Fn(CardId) -> Option<usize>) -> Self {
        // A counting sort: it keeps the order, and looks twice at each answer.
        let mut begins = vec![0_u32; groups + 1];
        let in_scope = || (0_u32..).zip(&log.answers).filter_map(|(at, answer)| Some((group_of(answer.card())?, at)));
        in_scope().for_each(|(group, _)| begins[group + 1] += 1);
        for group in 1..begins.len() {
            begins[group] += begins[group - 1];
        }
        let mut places = vec![0; begins[groups] as usize];
        let mut next = begins.clone();
        for (group, at) in in_scope() {
            places[next[group] as usize] = at;
            next[group] += 1;
        }
        let moved = |(before, change): &'l (u32, Move)| Some((group_of(change.card)?, *before, change));
        let mut moves: Vec<_> = log.moves.iter().filter_map(moved).collect();
        // The sort is stable, so the moves of a group keep the order of the log.
        moves.sort_by_key(|(group, ..)| *group);
        Self { log, places, begins, moves }
    }

    /// Visits the groups in ranges with about as many answers each, a range on each core. Returns the results in the order of the groups.
    pub(super) fn on_all_cores<T: Send>(&self, visit: impl Fn(Range<usize>) -> Result<T> + Sync) -> Result<Vec<T>> {
        let few = self.places.len() < WORTH_THREADS;
        let cores = if few { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
        if cores == 1 {
            return Ok(vec![visit(0..self.begins.len() - 1)?]);
        }
        thread::scope(|scope| {
            let visit = &visit;
            let threads: Vec<_> =
                self.shares(cores).into_iter().map(|groups| scope.spawn(move || visit(groups))).collect();
            let stopped = |_| Error::fault("a walk over the log stopped").hint("please report this");
            threads.into_iter().map(|thread| thread.join().map_err(stopped)?).collect()
        })
    }

    /// Gives each group a value of its own, and lets `step` change it entry by entry. Returns the values in the order of the groups.
    pub(super) fn fold<T: Send>(
        &self,
        new: impl Fn() -> T + Sync,
        step: impl Fn(usize, &mut T, WalkEntry<'_>) -> Result<()> + Sync,
    ) -> Result<Vec<T>> {
        let ranges = self.on_all_cores(|groups| {
            let mut review = Review::EMPTY;
            let fold = |group| {
                let mut value = new();
                self.each(group, &mut review, |_, entry| step(group, &mut value, entry))?;
                Ok(value)
            };
            groups.map(fold).collect::<Result<Vec<T>>>()
        })?;
        Ok(ranges.into_iter().flatten().collect())
    }

    /// How many answers a group has.
    pub(super) fn answers_in(&self, group: usize) -> usize {
        (self.begins[group + 1] - self.begins[group]) as usize
    }

    /// Gives the entries of a group in the order of the log; an answer with its place in the log, a change with how many answers come
    /// before it. `review` is overwritten: reusing one is much faster than making a million.
    pub(super) fn each(
        &self,
        group: usize,
        review: &mut Review,
        mut sink: impl FnMut(u32, WalkEntry<'_>) -> Result<()>,
    ) -> Result<()> {
        let first = self.moves.partition_point(|(other, ..)| *other < group);
        let mut moves = self.moves[first..].iter().take_while(|(other, ..)| *other == group).peekable();
        for at in &self.places[self.begins[group] as usize..self.begins[group + 1] as usize] {
            while let Some((_, before, change)) = moves.next_if(|(_, before, _)| before <= at) {
                sink(*before, WalkEntry::Move(change))?;
            }
            self.log.unpack(*at as usize, review)?;
            sink(*at, WalkEntry::Answer(review))?;
        }
        moves.try_for_each(|(_, before, change)| sink(*before, WalkEntry::Move(change)))
    }

    fn shares(&self, count: usize) -> Vec<Range<usize>> {
        let groups = self.begins.len() - 1;
        let cut = |share: usize| match share {
            0 => 0,
            share if share == count => groups,
            share => {
                self.begins.partition_point(|begin| (*begin as usize) * count < self.places.len() * share).min(groups)
            }
        };
        (0..count).map(|share| cut(share)..cut(share + 1)).collect()
    }
}
