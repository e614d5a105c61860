//! Putting right what needs no guess.

use super::{CheckPlaces, KEPT_DIFFERS, Remedy, check};
use crate::error::{Error, Result};
use crate::model::{DeedKind, Moment, count};
use crate::store::{NewDeed, Reader, Store};
use crate::study::progress::Watch;
use crate::study::rebuild::remake_memory;
use crate::study::{search, walked};

/// What was put right, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// A line for each thing that was done.
    pub done: Vec<String>,
}

/// Puts right what needs no guess, in a database that can be opened. Nothing is rebuilt from a log that may have lost answers.
pub(in crate::study) fn mend(
    store: &mut Store,
    places: &CheckPlaces<'_>,
    now: Moment,
    watch: &mut Watch<'_>,
) -> Result<Mended> {
    let mut done = Vec::new();
    if !store.reader().integrity_problems()?.damage.is_empty() {
        store.remake_indexes()?;
        let left = store.reader().integrity_problems()?.damage;
        if let Some(problem) = left.first() {
            return Err(Error::person(format!("the file is damaged: {problem}"))
                .named("database-damaged")
                .hint(Remedy::Backup.hint()));
        }
        done.push("the indexes were made again".into());
    }
    if !store.reader().integrity_problems()?.search.is_empty() || store.reader().index_is_damaged()? {
        search::remake_index(store, watch)?;
        done.push("the search index was made again".into());
    }
    let unusable = store.reader().unusable_settings()?;
    if !unusable.is_empty() {
        let mut writer = store.writer()?;
        writer.remove_unusable(&unusable)?;
        writer.commit()?;
        done.extend(
            unusable.iter().map(|setting| format!("the setting `{}` of {} was removed", setting.key, setting.whose)),
        );
    }
    if store.reader().unreadable_changes()? > 0 {
        let rows = NewDeed { rows: false, ..NewDeed::new(DeedKind::Purge, now) };
        let mut writer = store.deed(rows)?;
        writer.entitle("what undo needs, which could not be read");
        writer.forget_changes()?;
        writer.commit()?;
        done.push(
            "what `retain undo` needs was removed: nothing before now can be taken back; all else is as it was".into(),
        );
    }
    let names = store.reader().media_files(true)?;
    let unusable_names: Vec<&String> = names.iter().filter(|name| !Reader::is_media_name(name)).collect();
    if !unusable_names.is_empty() {
        let mut writer = store.writer()?;
        unusable_names.iter().try_for_each(|name| writer.forget_media(name))?;
        writer.commit()?;
    }
    for name in unusable_names {
        done.push(format!(
            "the name `{name}` of a picture or sound was removed: no file of the media folder can have it"
        ));
    }
    let mut writer = store.writer()?;
    let made = writer.make_missing_cards()?;
    if made > 0 {
        writer.commit()?;
        done.push(format!("{} got the card that was missing", count(made, "question")));
    } else {
        drop(writer);
    }
    // Cards that were just made have no schedule yet.
    let health = check(store.reader(), places, now)?;
    if let [finding] = health.problems.as_slice()
        && finding.what == KEPT_DIFFERS
    {
        walked::forget(store.reader());
        done.push("what was kept for figures was removed: the next ones count the whole answer log".into());
    } else if health.needs(Remedy::Mend) && !health.needs(Remedy::Undecided) {
        let cards = remake_memory(store, watch)?;
        let answers = store.reader().review_count()?;
        done.push(format!(
            "the schedule of {} was made again; the log has {}, as before",
            count(cards as u64, "card"),
            count(answers, "answer")
        ));
        // Questions that cannot be read cannot be indexed either.
        if !health.needs(Remedy::Backup) && !done.iter().any(|what| what.starts_with("the search index")) {
            search::remake_index(store, watch)?;
            done.push("the search index was made again".into());
        }
    }
    Ok(Mended { done })
}
