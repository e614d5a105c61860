//! What people type to search: words, `"phrases"`, `prefix*`, `-not`, `this OR that`, and filters such as `deck:Networks`.

use super::filter;
use super::part::{Part, parts};
use crate::error::{Error, Result};
use crate::model::search_text::{Sought, has_words};
use crate::store::{Reader, SearchCondition, SearchTerm};
use crate::study::decks::Decks;
use crate::study::present::Present;

/// More terms than this are no search that a person types.
const MOST_TERMS: usize = 64;

/// A search that was understood.
#[derive(Clone, Debug)]
pub(in crate::study) struct SearchQuery {
    /// What cards have to be like.
    pub(in crate::study) terms: Vec<SearchTerm>,
    /// The words to be found.
    pub(in crate::study) sought: Vec<Sought>,
}

impl SearchQuery {
    /// Understands what was typed.
    ///
    /// # Errors
    /// When there is nothing to look for, or a filter names nothing.
    pub(super) fn parse(text: &str, reader: Reader<'_>, decks: &Decks, present: Present) -> Result<Self> {
        let query = Self::understand_text(text, &parts(text), reader, decks, present)?;
        match query.terms.len() {
            0 => Err(refused("there is nothing to look for")
                .hint("write words, as in `retain search red planet`; `retain card list` lists all cards")),
            _ => Ok(query),
        }
    }

    /// Understands what is being typed: the last word may go on, and without a word everything is found.
    ///
    /// # Errors
    /// When a filter names nothing.
    pub(super) fn parse_unfinished(text: &str, reader: Reader<'_>, decks: &Decks, present: Present) -> Result<Self> {
        let mut parts = parts(text);
        if !text.ends_with(char::is_whitespace)
            && let Some(last) = parts.last_mut()
        {
            last.go_on();
            if last.is_or() || last.is_first_letter() {
                parts.pop();
            }
        }
        Self::understand_text(text, &parts, reader, decks, present)
    }

    /// Understands the parts of a text. It may be a filter with a name of several words, whose quotation marks a shell has taken away.
    fn understand_text(
        text: &str,
        parts: &[Part],
        reader: Reader<'_>,
        decks: &Decks,
        present: Present,
    ) -> Result<Self> {
        let whole = match Part::of_several_words(text) {
            None => return Self::understand(parts, reader, decks, present),
            Some(part) => part,
        };
        // A name that is there as a whole is meant, also if its first word is a name, too.
        if filter::is_name(&whole, reader, decks)? {
            return Self::understand(&[whole], reader, decks, present);
        }
        Self::understand(parts, reader, decks, present)
            .or_else(|error| Self::understand(&[whole], reader, decks, present).map_err(|_| error))
    }

    fn understand(parts: &[Part], reader: Reader<'_>, decks: &Decks, present: Present) -> Result<Self> {
        let mut query = Self { terms: Vec::new(), sought: Vec::new() };
        let mut alternatives: Vec<String> = Vec::new();
        let mut joins = false;
        for (place, part) in parts.iter().enumerate() {
            let between = place > 0 && place + 1 < parts.len();
            if part.is_or() && between && !joins {
                let (before, after) = (&parts[place - 1], &parts[place + 1]);
                if !before.is_word() || !after.is_word() {
                    return Err(refused("`OR` joins words and phrases, not filters")
                        .hint("write `mars OR venus`, and filters apart: `mars OR venus deck:Planets`"));
                }
                joins = true;
                continue;
            }
            // The other word of an `OR` at the end was not written yet.
            if part.is_or() && place > 0 && !between {
                continue;
            }
            if let Some(name) = part.filter {
                let condition = filter::condition(name, part, reader, decks, present)?;
                query.terms.push(SearchTerm { condition, not: part.not });
                continue;
            }
            // Signs alone are in no index.
            if !has_words(&part.text) {
                joins = false;
                continue;
            }
            if part.not {
                query.terms.push(SearchTerm { condition: SearchCondition::Words(part.words()), not: true });
                continue;
            }
            query.sought.push(part.sought());
            if !joins {
                query.flush(&mut alternatives);
            }
            alternatives.push(part.words());
            joins = false;
        }
        query.flush(&mut alternatives);
        match query.terms.len() {
            0..=MOST_TERMS => Ok(query),
            count => Err(refused(format!("{count} words are too many for a search")).hint("take the rarest of them")),
        }
    }

    fn flush(&mut self, alternatives: &mut Vec<String>) {
        if !alternatives.is_empty() {
            let condition = SearchCondition::Words(std::mem::take(alternatives).join(" OR "));
            self.terms.push(SearchTerm { condition, not: false });
        }
    }
}

/// The words of a stem, in any order; `None` if there are none.
pub(in crate::study) fn stem_query(text: &str) -> Option<Vec<SearchTerm>> {
    let words: Vec<String> = text
        .split_whitespace()
        .filter(|word| has_words(word))
        .take(MOST_TERMS)
        .map(|word| Part::word(word).words())
        .collect();
    let condition = SearchCondition::Words(format!("stem : ({})", words.join(" AND ")));
    (!words.is_empty()).then(|| vec![SearchTerm { condition, not: false }])
}

/// The search with a `*` after each word; `None` if it has no word without one.
pub(super) fn with_prefixes(text: &str) -> Option<String> {
    let mut parts = parts(text);
    let mut changed = false;
    for part in &mut parts {
        if part.is_word() && !part.prefix && !part.is_or() && has_words(&part.text) {
            (part.prefix, changed) = (true, true);
        }
    }
    changed.then(|| parts.iter().map(Part::typed).collect::<Vec<_>>().join(" "))
}

/// The failure of a search that cannot be understood.
pub(super) fn refused(message: impl Into<String>) -> Error {
    Error::person(message).named("bad-search")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_search_keeps_filters_and_what_is_excluded() {
        assert_eq!(with_prefixes("plan \"red pl\" -x deck:a OR"), Some("plan* \"red pl\"* -x deck:a OR".into()));
        assert_eq!(with_prefixes("plan* deck:a"), None);
    }
}
