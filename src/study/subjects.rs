//! Topics and tags as people name them.

use crate::error::{Error, Result};
use crate::model::DeckId;
use crate::store::{Reader, Subjects};
use crate::study::did_you_mean::closest;

/// The topics and tags that are meant by these names, as the decks write them; letter case does not count. Those that no question
/// has are refused: a slip would otherwise look like a day that is done, or like a small bank. `deck` is the name that was given for
/// the decks.
pub(super) fn meant(
    reader: Reader<'_>,
    decks: &[DeckId],
    topics: &[String],
    tags: &[String],
    deck: Option<&str>,
) -> Result<Subjects> {
    let known = |wanted: &[String], tags: bool| -> Result<Vec<String>> {
        let mut known = Vec::new();
        if !wanted.is_empty() {
            for deck in decks {
                known.extend(reader.subjects(*deck, tags)?);
            }
        }
        Ok(known)
    };
    Ok(Subjects {
        topics: those(topics, &known(topics, false)?, "topic", deck)?,
        tags: those(tags, &known(tags, true)?, "tag", deck)?,
    })
}

fn those(wanted: &[String], known: &[String], what: &str, deck: Option<&str>) -> Result<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for name in wanted {
        let before = found.len();
        found.extend(known.iter().filter(|other| other.to_lowercase() == name.to_lowercase()).cloned());
        if found.len() == before {
            return Err(unknown(name, known, what, deck));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn unknown(name: &str, known: &[String], what: &str, deck: Option<&str>) -> Error {
    let place = deck.map(|deck| format!(" in `{deck}`")).unwrap_or_default();
    let error = Error::person(format!("no question{place} has the {what} `{name}`"));
    match closest(name, known.iter().map(String::as_str)) {
        Some(other) => error.hint(format!("did you mean `{other}`?")),
        None if known.is_empty() => error.hint(format!("no question{place} has a {what}")),
        None if what == "topic" => error.hint("`retain export topics` lists all topics"),
        None => error.hint(format!("leave out `--{what}` for all questions")),
    }
}
