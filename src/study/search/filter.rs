//! Filters of a search: `deck:`, `topic:`, `tag:`, `is:` and `due:`.

use std::collections::BTreeMap;

use super::part::{Part, filter_word};
use super::query::refused;
use crate::error::Result;
use crate::model::search_text::folded_name;
use crate::model::{DeckId, Shelf, StudyDay};
use crate::store::{Reader, SearchCondition};
use crate::study::decks::Decks;
use crate::study::did_you_mean::closest;
use crate::study::present::Present;

/// The names of the filters.
pub(super) const FILTERS: [&str; 5] = ["deck", "topic", "tag", "is", "due"];

/// What cards can be: the values of `is:`.
pub const STATES: [&str; 11] =
    ["leech", "new", "due", "learning", "review", "suspended", "buried", "flagged", "draft", "archived", "deleted"];

/// The longest look ahead, in days.
const FARTHEST: u32 = 36_500;

/// What cards have to be like that a filter takes.
pub(super) fn condition(
    filter: &str,
    part: &Part,
    reader: Reader<'_>,
    decks: &Decks,
    present: Present,
) -> Result<SearchCondition> {
    let value = part.text.trim();
    if value.is_empty() && !part.prefix {
        return Err(refused(format!("`{filter}:` says nothing")).hint(example(filter)));
    }
    match filter {
        "deck" => decks_named(part, decks),
        "topic" => {
            let all: Vec<(i64, String)> = reader.topic_names()?.into_iter().collect();
            let found = named("topic", part, all.iter().map(|(_, name)| name.as_str()))?;
            Ok(SearchCondition::Topics(
                all.iter().filter(|(_, name)| found.contains(&name.as_str())).map(|(topic, _)| *topic).collect(),
            ))
        }
        "tag" => {
            let all = reader.tag_names()?;
            let found = named("tag", part, all.iter().map(String::as_str))?;
            Ok(SearchCondition::Tags(found.into_iter().map(str::to_owned).collect()))
        }
        "is" => state(value, decks, present),
        _ => due(value, present),
    }
}

/// Whether a filter has the whole name of a deck, a topic or a tag.
pub(super) fn is_name(part: &Part, reader: Reader<'_>, decks: &Decks) -> Result<bool> {
    let folded = folded_name(part.text.trim());
    let is_it = |name: &str| folded_name(name) == folded;
    Ok(match part.filter {
        Some("deck") => decks.listed().any(|entry| is_it(&entry.deck.name)),
        Some("topic") => reader.topic_names()?.into_iter().any(|(_, name)| is_it(&name)),
        Some("tag") => reader.tag_names()?.iter().any(|name| is_it(name)),
        _ => false,
    })
}

/// A word that looks like a filter and is none, with the filter that may be meant.
pub(super) fn meant(word: &str) -> Option<(String, Option<String>)> {
    const MEANT: [(&[&str], &str); 4] = [
        (&["state", "status", "flag", "kind"], "is"),
        (&["label", "labels", "tags"], "tag"),
        (&["subject", "chapter", "topics"], "topic"),
        (&["in", "on", "when", "date", "before"], "due"),
    ];
    let (name, value) = word.split_once(':')?;
    let is_name = (2..=12).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_name || value.is_empty() || value.starts_with('/') {
        return None;
    }
    let low = name.to_lowercase();
    let by_meaning = MEANT.iter().find(|(words, _)| words.contains(&low.as_str())).map(|(_, filter)| *filter);
    let filter = by_meaning.or_else(|| closest(&low, FILTERS));
    Some((format!("{name}:"), filter.map(|filter| format!("{filter}:{value}"))))
}

fn example(filter: &str) -> String {
    match filter {
        "deck" => "write `deck:Networks` or `'deck:\"My Deck\"'`; `retain deck list` shows all decks".into(),
        "topic" => "write `topic:Routing`, or `'topic:\"Two Words\"'`".into(),
        "tag" => "write `tag:chapter-2`".into(),
        "is" => format!("write `is:` and one of {}", STATES.join(", ")),
        _ => "write `'due:<7'` (within 7 days), `due:0` (today), `'due:>30'`, `due:overdue`; without the quotes, a shell takes `<` and `>` \
              for files"
            .into(),
    }
}

fn decks_named(part: &Part, decks: &Decks) -> Result<SearchCondition> {
    let all = decks.listed();
    let found = match named("deck", part, all.clone().map(|entry| entry.deck.name.as_str())) {
        Ok(found) if part.only_begins() => found,
        Err(error) if part.prefix => return Err(error),
        _ => {
            let within = decks.within(part.text.trim())?;
            return Ok(SearchCondition::Decks(within.iter().map(|entry| entry.deck.id).collect()));
        }
    };
    let found = all.filter(|entry| found.contains(&entry.deck.name.as_str())).map(|entry| entry.deck.id);
    Ok(SearchCondition::Decks(found.collect()))
}

/// The names that are this one, or begin so.
fn named<'a>(what: &str, part: &Part, names: impl Iterator<Item = &'a str> + Clone) -> Result<Vec<&'a str>> {
    let wanted = part.text.trim();
    let folded = folded_name(wanted);
    let is_it = |name: &&str| {
        let own = folded_name(name);
        if part.only_begins() { own.starts_with(&folded) } else { own == folded }
    };
    let found: Vec<&str> = names.clone().filter(is_it).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let error = refused(format!("no {what} is called `{wanted}{}`", if part.prefix { "*" } else { "" }));
    Err(match closest(wanted, names) {
        Some(other) => error.hint(format!("did you mean `{}`?", filter_word(what, other))),
        None => error.hint(format!("`{what}:x*` finds all that begin with x")),
    })
}

fn state(value: &str, decks: &Decks, present: Present) -> Result<SearchCondition> {
    Ok(match value.to_lowercase().as_str() {
        "leech" => {
            let mut groups: BTreeMap<u32, Vec<DeckId>> = BTreeMap::new();
            for entry in decks.all() {
                if let Some(threshold) = entry.settings.leech_threshold {
                    groups.entry(threshold).or_default().push(entry.deck.id);
                }
            }
            SearchCondition::Leeches(groups.into_iter().collect())
        }
        "new" => SearchCondition::New,
        "due" => SearchCondition::Due(present.today, present.now.utc_ms),
        "learning" => SearchCondition::Learning,
        "review" => SearchCondition::Review,
        "suspended" => SearchCondition::Suspended,
        "buried" => SearchCondition::Buried(present.today),
        "flagged" => SearchCondition::Flagged,
        "draft" => SearchCondition::Draft,
        "deleted" => SearchCondition::Deleted,
        "archived" => {
            let archived = decks.all().iter().filter(|entry| entry.shelf == Some(Shelf::Archived));
            SearchCondition::Decks(archived.map(|entry| entry.deck.id).collect())
        }
        _ => {
            let error = refused(format!("no card is `{value}`"));
            return Err(match closest(value, STATES) {
                Some(other) => error.hint(format!("did you mean `is:{other}`?")),
                None => error.hint(example("is")),
            });
        }
    })
}

/// When cards come back, in days from today.
fn due(value: &str, present: Present) -> Result<SearchCondition> {
    let begin = |days: u32| -> (StudyDay, i64) {
        let day = present.today.plus(days);
        (day, present.now.start_of(day, present.day_start))
    };
    let days = |text: &str| {
        let text = text.trim().trim_end_matches(['d', 'D']);
        text.parse::<u32>().ok().filter(|days| *days <= FARTHEST)
    };
    let range = match value.to_lowercase().as_str() {
        "today" => Some((None, Some(1))),
        "tomorrow" => Some((Some(1), Some(2))),
        "overdue" => Some((None, Some(0))),
        value => {
            if let Some(value) = value.strip_prefix("<=") {
                days(value).map(|days| (None, Some(days + 1)))
            } else if let Some(value) = value.strip_prefix('<') {
                days(value).map(|days| (None, Some(days)))
            } else if let Some(value) = value.strip_prefix(">=") {
                days(value).map(|days| (Some(days), None))
            } else if let Some(value) = value.strip_prefix('>') {
                days(value).map(|days| (Some(days + 1), None))
            } else {
                days(value).map(|days| (Some(days).filter(|days| *days > 0), Some(days + 1)))
            }
        }
    };
    let Some((from, to)) = range else {
        return Err(refused(format!("`due:{value}` is not a number of days")).hint(example("due")));
    };
    Ok(SearchCondition::Between(from.map(begin), to.map(begin)))
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_word_that_looks_like_a_filter_is_one_that_was_meant() {
        let meant = |word: &str| meant(word).map(|(_, meant)| meant.unwrap_or_default());
        for (word, filter) in [
            ("tags:x", "tag:x"),
            ("state:new", "is:new"),
            ("dek:Sea", "deck:Sea"),
            ("Topics:A", "topic:A"),
            ("zebra:x", ""),
        ] {
            assert_eq!(meant(word).as_deref(), Some(filter), "{word}");
        }
        for word in ["word", "a:b", "10:30", "http://x", "tag:", ":x", "über:x"] {
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
