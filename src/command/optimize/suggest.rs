//! When a fit is worth the while: once there are enough answers, and whenever they have doubled since the last one.

use crate::error::Result;
use crate::store::Reader;

/// Before the first fit: below, the answers hardly tell a person from another.
const ENOUGH: u64 = 100;

/// Whether there are answers enough for a first fit, or twice as many as at the last one.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn is_time(reader: Reader<'_>) -> Result<bool> {
    let answers = reader.review_count()?;
    let last = reader.fits()?.into_iter().find(|fit| fit.deck.is_none());
    Ok(last.map_or(answers >= ENOUGH, |fit| answers >= 2 * fit.log_answers.max(1)))
}

/// A hint to fit the parameters, where it is time.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::command) fn suggestion(reader: Reader<'_>) -> Result<Option<String>> {
    if !is_time(reader)? {
        return Ok(None);
    }
    let answers = reader.review_count()?;
    let first = !reader.fits()?.iter().any(|fit| fit.deck.is_none());
    Ok(Some(if first {
        format!("hint: with {answers} answers, `retain optimize` can fit the model of memory to you")
    } else {
        "hint: answers have doubled since the last fit: `retain optimize` may predict you better now".into()
    }))
}
