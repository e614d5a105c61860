//! Times, and how they stand to what is to be held.

use std::time::Duration;

/// What a frame may take.
pub const FRAME: Duration = Duration::from_millis(5);
/// What may pass from a key to its frame.
pub const KEY: Duration = Duration::from_millis(16);

/// What the home screen may take, with its database opened.
pub const HOME: Duration = Duration::from_millis(10);

/// So many times are taken for each hundredth that is told.
pub const ROUND: usize = 100;

/// Prints the median of these times, the 99th percentile of all of them, and the very slowest, as shares of `limit`. Whether the first
/// two hold. Nothing is left out: other programs on the machine count.
pub fn hold(what: &str, mut times: Vec<Duration>, limit: Duration) -> bool {
    times.sort();
    let [median, slowest] = [50, 99].map(|percent| times[(times.len() * percent / 100).min(times.len() - 1)]);
    let worst = times[times.len() - 1];
    let share = |time: Duration| time.as_secs_f64() / limit.as_secs_f64();
    println!(
        "{what:<44} {:>8.2} ms {:>6.2}   99 in 100 {:>8.2} ms {:>6.2}   slowest {:>8.2} ms   (of {} ms)",
        median.as_secs_f64() * 1e3,
        share(median),
        slowest.as_secs_f64() * 1e3,
        share(slowest),
        worst.as_secs_f64() * 1e3,
        limit.as_millis()
    );
    median.max(slowest) <= limit
}
