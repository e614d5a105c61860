//! The door for time: the only place that asks the system what time it is.

use chrono::{DateTime, Local};

use crate::error::{Error, Result};
use crate::model::Moment;

/// The variable that fixes clock and zone, for tests and replays: RFC 3339 with offset.
pub const NOW_VARIABLE: &str = "RETAIN_NOW";

/// Tells the time: the system's, or a fixed moment.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    fixed: Option<Moment>,
}

impl Clock {
    /// The clock that the environment asks for.
    ///
    /// # Errors
    /// When `RETAIN_NOW` is set and is no RFC 3339 time.
    pub fn from_environment() -> Result<Self> {
        let fixed = match std::env::var(NOW_VARIABLE) {
            Err(_) => None,
            Ok(text) if text.is_empty() => None,
            Ok(text) => Some(DateTime::parse_from_rfc3339(&text).map_err(|_| {
                Error::person(format!("`{NOW_VARIABLE}` is not a time: `{text}`"))
                    .hint("write it as RFC 3339 with offset, such as `2026-11-23T08:00:00+01:00`")
            })?),
        };
        Ok(Self { fixed: fixed.map(Moment::from) })
    }

    /// A clock that does not move.
    pub fn fixed(now: Moment) -> Self {
        Self { fixed: Some(now) }
    }

    /// Now, here.
    pub fn now(&self) -> Moment {
        self.fixed.unwrap_or_else(system_now)
    }
}

#[expect(clippy::disallowed_methods, reason = "the door for time")]
fn system_now() -> Moment {
    Local::now().fixed_offset().into()
}
