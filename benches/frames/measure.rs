//! Times, and how they stand to what is to be held.

use std::time::Duration;

/// What a frame may take.
pub const FRAME: Duration = Duration::from_millis(5);
/// What may pass from a key to its frame.
pub const KEY: Duration = Duration::from_millis(16);

/// Prints the median of these times and the slowest in a hundred as shares of `limit`. Whether both hold.
pub fn hold(what: &str, mut times: Vec<Duration>, limit: Duration) -> bool {
    times.sort();
    let (median, slowest) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    let share = |time: Duration| time.as_secs_f64() / limit.as_secs_f64();
    println!(
        "{what:<50} {:>9.2} ms {:>5.2}   slowest in a hundred {:>9.2} ms {:>5.2}   (of {} ms)",
        median.as_secs_f64() * 1e3,
        share(median),
        slowest.as_secs_f64() * 1e3,
        share(slowest),
        limit.as_millis()
    );
    slowest <= limit
}
