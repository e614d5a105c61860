//! Tags of questions, changed by hand.

use crate::error::{Error, Result};
use crate::model::limits::{TAG_CHARS, steers};
use crate::model::{CardId, DeedKind, Moment, QuestionId};
use crate::store::Store;
use crate::study::card::{new_deed, title};

/// Adds tags to the questions of these cards and these drafts, and takes others off, as one deed; how many it changed.
pub(in crate::study) fn retag_cards(
    store: &mut Store,
    (cards, questions): (&[CardId], &[QuestionId]),
    add: &[String],
    remove: &[String],
    now: Moment,
) -> Result<usize> {
    let add = proper(add)?;
    if let Some(both) = add.iter().find(|tag| remove.iter().any(|other| other.trim() == *tag)) {
        return Err(Error::person(format!("the tag `{both}` cannot be added and taken off at once"))
            .named("bad-tag")
            .hint("name it once"));
    }
    let mut writer = store.deed(new_deed(DeedKind::Tag, cards, now))?;
    let mut changed = 0;
    for question in questions {
        if writer.retag(*question, &add, remove)? {
            writer.note_edit(*question, now.utc_ms)?;
            changed += 1;
        }
    }
    let title = title(writer.reader(), cards)?;
    writer.entitle(title);
    writer.commit()?;
    Ok(changed)
}

/// Tags that a bank can say too: banks part them by commas.
fn proper(tags: &[String]) -> Result<Vec<String>> {
    let tag = |tag: &String| {
        let trimmed = tag.trim();
        if trimmed.is_empty() || trimmed.contains(',') || trimmed.chars().any(steers) {
            let what = if trimmed.is_empty() { "empty".into() } else { format!("`{}`", tag.escape_debug()) };
            return Err(Error::person(format!("a tag cannot be {what}"))
                .named("bad-tag")
                .hint("a tag is a word or a few, without commas"));
        }
        if trimmed.chars().nth(TAG_CHARS.most as usize).is_some() {
            return Err(Error::person("a tag is too long")
                .named("bad-tag")
                .hint(format!("{} characters are the most", TAG_CHARS.figure())));
        }
        Ok(trimmed.to_owned())
    };
    tags.iter().map(tag).collect()
}
