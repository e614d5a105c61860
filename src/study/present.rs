//! The moment at which something is asked or done.

use crate::error::Result;
use crate::model::{DayStart, Moment, StudyDay};
use crate::store::Reader;

/// What every answer of a trainer depends on besides its database: the moment, its study day, and the seed of chance.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    /// The moment, with the offset of the place.
    pub now: Moment,
    /// The study day of the moment.
    pub today: StudyDay,
    /// When study days begin.
    pub day_start: DayStart,
    /// Mixed into all that is derived by chance; 0 if nobody set one.
    pub seed: u64,
}

impl Present {
    /// The present at this moment.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn at(now: Moment, seed: u64, reader: Reader<'_>) -> Result<Self> {
        Ok(Self::of_day_start(now, reader.default_settings()?.day_start, seed))
    }

    /// The present where study days begin at this hour.
    pub(super) fn of_day_start(now: Moment, day_start: DayStart, seed: u64) -> Self {
        Self { now, today: now.study_day(day_start), day_start, seed }
    }
}
