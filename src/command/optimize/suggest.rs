//! When a fit is worth the while: once there are enough answers, and whenever they have doubled since the last one.

use crate::error::Result;
use crate::store::{FitRow, Reader};

/// Before the first fit: below, the answers hardly tell a person from another.
const ENOUGH: u64 = 100;

/// Whether so many answers are enough for a first fit, or twice as many as at the last one. The last of the fits comes first.
pub(super) fn is_time(answers: u64, fits: &[FitRow]) -> bool {
    last_of_all(fits).map_or(answers >= ENOUGH, |fit| answers >= 2 * fit.log_answers.max(1))
}

/// The last fit for all decks.
fn last_of_all(fits: &[FitRow]) -> Option<&FitRow> {
    fits.iter().find(|fit| fit.deck.is_none())
}

/// A hint to fit the parameters, where it is time.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::command) fn suggestion(reader: Reader<'_>) -> Result<Option<String>> {
    let (answers, fits) = (reader.review_count()?, reader.fits()?);
    if !is_time(answers, &fits) {
        return Ok(None);
    }
    Ok(Some(if last_of_all(&fits).is_none() {
        format!("hint: with {answers} answers, `retain optimize` can fit the model of memory to you")
    } else {
        "hint: answers have doubled since the last fit: `retain optimize` may predict you better now".into()
    }))
}
