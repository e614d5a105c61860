//! The list of a search, of which only some pages are known at a time.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::study::FoundCard;

/// Cards of a page.
pub(in crate::ui::tui) const PAGE: usize = 100;
/// Pages that are kept.
const KEPT: usize = 24;

/// What names a card of the list; a draft is named by its question.
pub(in crate::ui::tui) fn id_of(card: &FoundCard) -> Uuid {
    card.card.unwrap_or(card.question)
}

/// The cards of a search, by their place in its list.
#[derive(Clone, Debug, Default)]
pub(in crate::ui::tui) struct BrowseRows {
    pages: BTreeMap<usize, Vec<FoundCard>>,
    total: Option<usize>,
}

impl BrowseRows {
    /// The card at a place; `None` if it is not known, or if there is none.
    pub(in crate::ui::tui) fn get(&self, at: usize) -> Option<&FoundCard> {
        self.pages.get(&(at / PAGE))?.get(at % PAGE)
    }

    /// How many cards there are, if that is known.
    pub(in crate::ui::tui) fn total(&self) -> Option<usize> {
        self.total
    }

    /// Keeps how many cards there are.
    pub(in crate::ui::tui) fn count(&mut self, total: usize) {
        self.total = Some(total);
    }

    /// How many pages from the first on are known, if none is missing between them.
    pub(in crate::ui::tui) fn next_page(&self) -> usize {
        self.pages.last_key_value().map_or(0, |(last, _)| last + 1)
    }

    /// Whether a place is behind the cards that are known, so that only a count says whether there is one.
    pub(in crate::ui::tui) fn is_beyond(&self, at: usize) -> bool {
        self.total.is_none() && self.get(at).is_none()
    }

    /// The pages that are missing for these places.
    pub(in crate::ui::tui) fn missing(&self, from: usize, count: usize) -> Vec<usize> {
        let end = (from + count.max(1)).min(self.total.unwrap_or(usize::MAX));
        let last = end.saturating_sub(1).max(from) / PAGE;
        (from / PAGE..=last).filter(|page| !self.pages.contains_key(page)).collect()
    }

    /// Keeps a page. One that is not full is the last, and says how many cards there are.
    pub(in crate::ui::tui) fn keep(&mut self, page: usize, cards: Vec<FoundCard>) {
        if cards.len() < PAGE && (page == 0 || !cards.is_empty()) {
            self.total = Some(page * PAGE + cards.len());
        }
        self.pages.insert(page, cards);
        while self.pages.len() > KEPT {
            let (first, last) = (self.pages.first_key_value(), self.pages.last_key_value());
            let distance = |entry: Option<(&usize, _)>| entry.map_or(0, |(at, _)| at.abs_diff(page));
            let is_first = distance(first.map(|(at, _)| (at, ()))) >= distance(last.map(|(at, _)| (at, ())));
            if is_first {
                self.pages.pop_first()
            } else {
                self.pages.pop_last()
            };
        }
    }

    /// The place of a card among those that are known.
    pub(in crate::ui::tui) fn place_of(&self, id: Uuid) -> Option<usize> {
        let at = |(page, cards): (&usize, &Vec<FoundCard>)| {
            cards.iter().position(|card| id_of(card) == id).map(|at| page * PAGE + at)
        };
        self.pages.iter().find_map(at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::card;
    use super::*;

    fn page(count: usize) -> Vec<FoundCard> {
        (0..count).map(|number| card(number as u128, "What?")).collect()
    }

    #[test]
    fn pages_come_when_they_are_looked_at() {
        let mut rows = BrowseRows::default();
        assert_eq!(rows.missing(0, 20), [0]);
        rows.keep(0, page(PAGE));
        assert!(rows.total().is_none() && rows.is_beyond(PAGE) && !rows.is_beyond(PAGE - 1));
        assert_eq!(rows.missing(90, 20), [1]);
        rows.keep(1, page(30));
        assert_eq!(rows.total(), Some(PAGE + 30), "a page that is not full is the last");
        assert!(rows.missing(90, 200).is_empty());
        assert!(rows.get(PAGE + 29).is_some() && rows.get(PAGE + 30).is_none());
    }

    #[test]
    fn few_pages_are_kept_those_that_are_near() {
        let mut rows = BrowseRows::default();
        for at in 0..200 {
            rows.keep(at, page(PAGE));
        }
        assert!(rows.get(0).is_none() && rows.get(199 * PAGE).is_some());
        rows.keep(0, page(PAGE));
        assert!(rows.get(0).is_some(), "the one that is looked at is there");
    }

    #[test]
    fn nothing_found_is_known_at_once() {
        let mut rows = BrowseRows::default();
        rows.keep(0, Vec::new());
        assert_eq!(rows.total(), Some(0));
        // Somebody else took cards away: an empty page says nothing of the pages before it.
        let mut rows = BrowseRows::default();
        rows.keep(3, Vec::new());
        assert_eq!(rows.total(), None);
    }
}
