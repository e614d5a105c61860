//! A clock that is behind the log.

use crate::error::Result;
use crate::model::Moment;
use crate::store::Reader;

/// Time zones and corrections move a clock by less than this.
const SLACK_MS: i64 = DAY_MS;
const DAY_MS: i64 = 86_400_000;

/// A clock that is more than a day before the last answer of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockBehind {
    /// What the clock says.
    pub now: Moment,
    /// When the last answer was given.
    pub last: Moment,
    /// Whole days between them.
    pub days: u64,
}

/// Whether the clock is more than a day behind the last answer that counts. Answers after a yes are the last ones then, so this asks once.
pub(super) fn clock_behind(reader: Reader<'_>, now: Moment) -> Result<Option<ClockBehind>> {
    let last = reader.last_answer_at()?.filter(|last| last.utc_ms.saturating_sub(now.utc_ms) > SLACK_MS);
    Ok(last.map(|last| ClockBehind { now, last, days: last.utc_ms.abs_diff(now.utc_ms) / DAY_MS.unsigned_abs() }))
}
