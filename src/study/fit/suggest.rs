//! When a fit is worth the while: once there are enough answers, and whenever they have doubled since the last one.

use crate::error::Result;
use crate::store::{FitRow, Reader};

/// Before the first fit: below, the answers hardly tell one person from another.
const ENOUGH: u64 = 100;

/// Why it is time for a fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitSuggestion {
    /// There was none, and there are this many answers.
    First(u64),
    /// Answers have doubled since the last one.
    Doubled,
}

/// Whether there are enough answers for a first fit, or twice as many as at the last one. The last of the fits comes first.
pub(super) fn is_time(answers: u64, fits: &[FitRow]) -> Option<FitSuggestion> {
    match fits.iter().find(|fit| fit.deck.is_none()) {
        None => (answers >= ENOUGH).then_some(FitSuggestion::First(answers)),
        Some(fit) => (answers >= 2 * fit.log_answers.max(1)).then_some(FitSuggestion::Doubled),
    }
}

/// Whether to suggest a fit.
pub(in crate::study) fn suggestion(reader: Reader<'_>) -> Result<Option<FitSuggestion>> {
    Ok(is_time(reader.review_count()?, &reader.fits()?))
}
