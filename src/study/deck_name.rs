//! What a deck may be called: the one place that everything asks which makes or renames a deck.

use crate::error::{Error, Result};
use crate::model::limits::{DECK_CHARS, DECK_LEVELS, DeckNameFault, deck_name};

/// Characters of a name that are shown when it is refused.
const SHOWN: usize = 60;

/// A name without white space around its parts, as a person gave it.
pub(super) fn proper_name(name: &str) -> Result<String> {
    deck_name(name).map_err(|fault| {
        Error::person(format!("a deck cannot be called `{}`", shown(name))).named("bad-name").hint(advice(fault))
    })
}

/// A name without white space around its parts, as a person chose it for a deck that is made or renamed: `#3` names the third deck of the last list.
pub(super) fn chosen_name(name: &str) -> Result<String> {
    let name = proper_name(name)?;
    if numbered(&name).is_some() {
        return Err(Error::person(format!("a deck cannot be called `{name}`"))
            .named("bad-name")
            .hint("`#` and a number name a deck by its place in `retain deck list`; choose another name"));
    }
    Ok(name)
}

/// Whether people mean a place in the last list of decks by this: `#3`.
pub fn is_number_of_deck(name: &str) -> bool {
    numbered(name).is_some()
}

/// The place in the last list of decks that `#3` names.
pub(super) fn numbered(name: &str) -> Option<usize> {
    name.strip_prefix('#')?.parse().ok()
}

/// A name without white space around its parts, as a bank gives it, or its file.
pub(super) fn named_by_bank(name: &str) -> Result<String> {
    proper_name(name).map_err(|error| error.hint("`--deck NAME` names the deck"))
}

fn advice(fault: DeckNameFault) -> String {
    match fault {
        DeckNameFault::Empty => "no part between `::` may be empty".into(),
        DeckNameFault::Control => "a name is one line of signs that can be seen".into(),
        DeckNameFault::Long => format!("{} characters are the most", DECK_CHARS.figure()),
        DeckNameFault::Deep => {
            format!("{} levels are the most; `::` parts a deck from the deck around it", DECK_LEVELS.figure())
        }
    }
}

/// A name as it can be shown: without what steers a terminal, and not all of it if it is long.
fn shown(name: &str) -> String {
    let mut shown: String = name.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if name.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_shown_short_and_harmless() {
        let told = |name: &str| proper_name(name).expect_err("no name").to_string();
        assert_eq!(told("a\u{1b}]52;c;x\u{7}").lines().next(), Some("a deck cannot be called `a\\u{1b}]52;c;x\\u{7}`"));
        let deep = told(&"a::".repeat(100_000));
        assert!(deep.contains("a::a::") && deep.contains("500 characters") && deep.len() < 200, "{deep}");
        assert!(told(&["a"; 21].join("::")).contains("20 levels"));
        assert!(chosen_name("#3").is_err() && chosen_name("#three").is_ok() && named_by_bank("#3").is_ok());
        assert!(named_by_bank("a::").expect_err("no name").hints().iter().any(|hint| hint.contains("--deck")));
    }
}
