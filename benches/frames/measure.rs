//! Times, and how they stand to what is to be held.

use std::time::Duration;

/// What a frame may take.
pub const FRAME: Duration = Duration::from_millis(5);
/// What may pass from a key to its frame.
pub const KEY: Duration = Duration::from_millis(16);

/// Times are looked at by the hundred.
pub const ROUND: usize = 100;

/// Prints the median of these times and the slowest in a hundred as shares of `limit`. Whether both hold.
///
/// The slowest is that of the quietest hundred: on a machine that does something else, the slowest of all is how long that took.
pub fn hold(what: &str, times: Vec<Duration>, limit: Duration) -> bool {
    let slowest = times.chunks_exact(ROUND).filter_map(|round| round.iter().max()).min().copied().unwrap();
    let median = median(times);
    let share = |time: Duration| time.as_secs_f64() / limit.as_secs_f64();
    println!(
        "{what:<44} {:>8.2} ms {:>6.2}   slowest in a hundred {:>8.2} ms {:>6.2}   (of {} ms)",
        median.as_secs_f64() * 1e3,
        share(median),
        slowest.as_secs_f64() * 1e3,
        share(slowest),
        limit.as_millis()
    );
    median.max(slowest) <= limit
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
