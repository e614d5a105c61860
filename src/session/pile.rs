//! A queue whose copies share their beginning. One copy is kept for every answer, so that answers can be taken back.
//!
//! A backlog has tens of thousands of cards. A copy costs only what was added to it, not what is left.

use std::sync::Arc;

/// Items in an order.
#[derive(Clone, Debug)]
pub(super) struct Pile<T> {
    /// Items put back at the front; the last comes first.
    front: Vec<T>,
    shared: Arc<[T]>,
    /// The number of shared items that were taken.
    taken: usize,
    /// Items added at the end.
    behind: Vec<T>,
}

impl<T: Copy> Pile<T> {
    pub(super) fn new(things: Vec<T>) -> Self {
        Self { front: Vec::new(), shared: things.into(), taken: 0, behind: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.front.len() + self.shared.len() - self.taken + self.behind.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All items in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.front.iter().rev().chain(&self.shared[self.taken..]).chain(&self.behind)
    }

    pub(super) fn take_first(&mut self) -> Option<T> {
        if let Some(first) = self.front.pop() {
            return Some(first);
        }
        if let Some(first) = self.shared.get(self.taken) {
            self.taken += 1;
            return Some(*first);
        }
        (!self.behind.is_empty()).then(|| self.behind.remove(0))
    }

    pub(super) fn put_first(&mut self, thing: T) {
        self.front.push(thing);
    }

    pub(super) fn put_last(&mut self, thing: T) {
        self.behind.push(thing);
    }

    /// Keeps only the items for which `holds` is true.
    pub(super) fn retain(&mut self, holds: impl Fn(&T) -> bool) {
        if !self.iter().all(&holds) {
            *self = Self::new(self.iter().copied().filter(holds).collect());
        }
    }
}

impl<T: Copy + PartialEq> PartialEq for Pile<T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Copy + Eq> Eq for Pile<T> {}

impl<T: Copy> Default for Pile<T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_pile_is_a_queue_and_its_copies_stay(
            things in prop::collection::vec(0_u8..9, 0..9),
            steps in prop::collection::vec((0_u8..4, 0_u8..9), 0..30),
        ) {
            let mut pile = Pile::new(things.clone());
            let mut queue = VecDeque::from(things);
            let mut kept = Vec::new();
            for (what, thing) in steps {
                kept.push((pile.clone(), queue.clone()));
                match what {
                    0 => prop_assert_eq!(pile.take_first(), queue.pop_front()),
                    1 => {
                        pile.put_first(thing);
                        queue.push_front(thing);
                    }
                    2 => {
                        pile.put_last(thing);
                        queue.push_back(thing);
                    }
                    _ => {
                        pile.retain(|other| *other != thing);
                        queue.retain(|other| *other != thing);
                    }
                }
                prop_assert_eq!(pile.len(), queue.len());
            }
            kept.push((pile, queue));
            for (pile, queue) in kept {
                prop_assert_eq!(pile.is_empty(), queue.is_empty());
                prop_assert!(pile.iter().eq(&queue));
                prop_assert!(pile == Pile::new(queue.clone().into()));
                let longer = queue.into_iter().chain([0]).collect();
                prop_assert!(pile != Pile::new(longer));
            }
        }
    }
}
