//! When a fit is worth the while: once there are enough answers, and whenever they have doubled since the last one.

use crate::error::Result;
use crate::store::Reader;

/// Before the first fit: below, it would hardly ever be adopted.
const ENOUGH: u64 = 400;

/// A hint to fit the parameters, where it is time.
pub(in crate::command) fn suggestion(reader: Reader<'_>) -> Result<Option<String>> {
    let answers = reader.review_count()?;
    let last = reader.fits()?.into_iter().find(|fit| fit.deck.is_none());
    Ok(match last {
        None if answers >= ENOUGH => {
            Some(format!("hint: with {answers} answers, `retain optimize` can fit the model of memory to you"))
        }
        Some(fit) if answers >= 2 * fit.log_answers.max(1) => {
            Some("hint: answers have doubled since the last fit: `retain optimize` may predict you better now".into())
        }
        _ => None,
    })
}
