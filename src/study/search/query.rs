//! What people type to search: words, `"phrases"`, `prefix*`, `-not`, `this OR that`, and filters such as `deck:Networks`.

use super::filter::{self, FILTERS};
use crate::error::{Error, Result};
use crate::model::search_text::{Sought, has_words, spaced};
use crate::store::{Reader, SearchCondition, SearchTerm};
use crate::study::decks::Decks;
use crate::study::present::Present;

/// More terms than this are no search that a person types.
const MOST_TERMS: usize = 64;

/// A part of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    /// Whether it is excluded.
    not: bool,
    /// The name of the filter.
    filter: Option<&'static str>,
    text: String,
    /// Whether it was in quotation marks.
    quoted: bool,
    /// Whether it ends with `*`.
    prefix: bool,
}

impl Part {
    fn is_or(&self) -> bool {
        self.is_word() && !self.quoted && !self.prefix && self.text == "OR"
    }

    /// A word or a phrase that is to be found.
    fn is_word(&self) -> bool {
        !self.not && self.filter.is_none()
    }

    /// The words as FTS5 reads them: one string, which it splits as it split the texts.
    fn words(&self) -> String {
        let text = spaced(&self.text).replace('\0', " ").replace('"', "\"\"");
        format!("\"{text}\"{}", if self.prefix { " *" } else { "" })
    }

    fn sought(&self) -> Sought {
        Sought { text: self.text.clone(), prefix: self.prefix }
    }

    /// The part is the last one of what is being typed, so more letters may follow.
    fn go_on(&mut self) {
        let names = matches!(self.filter, None | Some("deck" | "topic" | "tag")) && !self.text.trim().is_empty();
        self.prefix |= !self.quoted && names && !self.is_or() && (self.filter.is_some() || has_words(&self.text));
    }

    /// Whether it is the first letter of a word: nearly all questions have a word that begins with it.
    fn is_first_letter(&self) -> bool {
        let mut chars = self.text.chars();
        let first = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
        // Letters of scripts without blanks are words.
        self.filter.is_none() && !self.quoted && first && spaced(&self.text).trim() == spaced(&self.text)
    }

    /// The part as it is typed.
    fn typed(&self) -> String {
        let not = if self.not { "-" } else { "" };
        let filter = self.filter.map(|filter| format!("{filter}:")).unwrap_or_default();
        let star = if self.prefix { "*" } else { "" };
        if self.quoted {
            format!("{not}{filter}\"{}\"{star}", self.text)
        } else {
            format!("{not}{filter}{}{star}", self.text)
        }
    }
}

fn is_quote(char: char) -> bool {
    matches!(char, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Splits what was typed. Nothing is refused here: a quotation mark that is not closed ends with the text.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let mut part = Part { not: false, filter: None, text: String::new(), quoted: false, prefix: false };
        if let Some(after) =
            rest.strip_prefix('-').filter(|after| after.starts_with(|char: char| !char.is_whitespace()))
        {
            (part.not, rest) = (true, after);
        }
        for name in FILTERS {
            let after =
                rest.get(..name.len()).filter(|begin| begin.eq_ignore_ascii_case(name)).map(|_| &rest[name.len()..]);
            if let Some(after) = after.and_then(|after| after.strip_prefix(':')) {
                (part.filter, rest) = (Some(name), after);
                break;
            }
        }
        if let Some(after) = rest.strip_prefix(is_quote) {
            part.quoted = true;
            let (inside, outside) = after.split_once(is_quote).unwrap_or((after, ""));
            part.text = inside.to_owned();
            rest = outside;
            if let Some(after) = rest.strip_prefix('*') {
                (part.prefix, rest) = (true, after);
            }
        } else {
            let end = rest.find(|char: char| char.is_whitespace() || is_quote(char)).unwrap_or(rest.len());
            let word = &rest[..end];
            part.text = word.trim_end_matches('*').to_owned();
            part.prefix = part.text.len() < word.len();
            rest = &rest[end..];
        }
        parts.push(part);
        rest = rest.trim_start();
    }
    parts
}

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
        let query = Self::understand(&parts(text), reader, decks, present)?;
        match query.terms.len() {
            0 => Err(refused("there is nothing to look for")
                .hint("write words, as in `retain search red planet`; `retain card list` lists all cards")),
            _ => Ok(query),
        }
    }

    /// Understands what is being typed: the last word may go on, and without a word everything is found. The second value is why the last
    /// part is left out so far, if it says nothing yet.
    pub(super) fn parse_unfinished(
        text: &str,
        reader: Reader<'_>,
        decks: &Decks,
        present: Present,
    ) -> Result<(Self, Option<Error>)> {
        let mut parts = parts(text);
        let is_open = !text.ends_with(char::is_whitespace);
        if is_open && let Some(last) = parts.last_mut() {
            last.go_on();
        }
        let begins = is_open && parts.last().is_some_and(|last| last.is_or() || last.is_first_letter());
        if begins {
            parts.pop();
        }
        match Self::understand(&parts, reader, decks, present) {
            Ok(query) => Ok((query, None)),
            Err(error) => {
                // The filter that is being typed names nothing yet, and the others hold.
                if !is_open || parts.pop().is_none_or(|last| last.filter.is_none()) {
                    return Err(error);
                }
                Self::understand(&parts, reader, decks, present).map(|query| (query, Some(error)))
            }
        }
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
                let condition = filter::condition(name, &part.text, part.prefix, reader, decks, present)?;
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
    let words: Vec<String> =
        text.split_whitespace().filter(|word| has_words(word)).take(MOST_TERMS).map(word_of_stem).collect();
    let condition = SearchCondition::Words(format!("stem : ({})", words.join(" AND ")));
    (!words.is_empty()).then(|| vec![SearchTerm { condition, not: false }])
}

fn word_of_stem(word: &str) -> String {
    let text = word.trim_end_matches('*');
    Part { not: false, filter: None, text: text.into(), quoted: false, prefix: text.len() < word.len() }.words()
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
    fn what_is_typed_is_split_and_never_refused() {
        let split = |text: &str| parts(text).iter().map(Part::typed).collect::<Vec<_>>();
        assert_eq!(split("red  planet"), ["red", "planet"]);
        assert_eq!(split("\"red planet\" mon*"), ["\"red planet\"", "mon*"]);
        assert_eq!(split("“red planet” -deck:\"My Deck\""), ["\"red planet\"", "-deck:\"My Deck\""]);
        assert_eq!(split("never \"closed at all"), ["never", "\"closed at all\""]);
        assert_eq!(split("DECK:a tag: -is:new due:<7"), ["deck:a", "tag:", "-is:new", "due:<7"]);
        assert_eq!(split("a:b 12:30 - -- ---x"), ["a:b", "12:30", "-", "--", "---x"]);
        assert_eq!(split("\"two words\"* *"), ["\"two words\"*", "*"]);
        assert!(split(" \t\n").is_empty());
    }

    #[test]
    fn quotation_marks_cannot_end_a_string_of_the_index() {
        let part = &parts("＂; drop table card; --")[0];
        assert_eq!(part.words(), "\"\"\";\"");
    }

    #[test]
    fn a_wider_search_keeps_filters_and_what_is_excluded() {
        assert_eq!(with_prefixes("plan \"red pl\" -x deck:a OR"), Some("plan* \"red pl\"* -x deck:a OR".into()));
        assert_eq!(with_prefixes("plan* deck:a"), None);
    }
}
