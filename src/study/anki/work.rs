//! What an import of a package works with.

use std::collections::HashMap;

use super::report::AnkiImported;
use crate::anki::collection::Collection;
use crate::model::{DayStart, Moment, StudyDay};
use crate::store::Writer;
use crate::study::import::ImportOptions;
use crate::study::present::Present;

/// The year 2200, in seconds.
const LATEST_S: i64 = 7_258_118_400;

/// What a package says of days.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnkiDays {
    /// Minutes east of Greenwich.
    pub(super) offset_minutes: i32,
    pub(super) rollover: DayStart,
    /// The day of due dates that has the number 0.
    pub(super) first: StudyDay,
}

impl AnkiDays {
    pub(super) fn of_collection(collection: &Collection, present: Present) -> Self {
        let offset_minutes = collection.offset_minutes.unwrap_or(present.now.offset_minutes);
        let created = Moment { utc_ms: collection.created_s.clamp(0, LATEST_S) * 1_000, offset_minutes };
        let midnight = DayStart::new(0).unwrap_or_default();
        Self {
            offset_minutes,
            rollover: DayStart::new(collection.rollover).unwrap_or_default(),
            first: created.study_day(midnight),
        }
    }

    pub(super) fn moment(self, utc_ms: i64) -> Moment {
        Moment { utc_ms, offset_minutes: self.offset_minutes }
    }
}

/// An import that is going on.
pub(super) struct PackageWork<'a, 'w> {
    pub(super) writer: &'a mut Writer<'w>,
    pub(super) source: &'a str,
    pub(super) options: &'a ImportOptions<'a>,
    pub(super) number: i64,
    pub(super) present: Present,
    pub(super) report: &'a mut AnkiImported,
    pub(super) changed: bool,
}

/// Every card of a package, as its question knows it: by the id of the question, and which card of it.
pub(super) type CardKeys = HashMap<(String, u32), usize>;
