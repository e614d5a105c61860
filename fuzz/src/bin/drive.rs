//! Drives a target with changed seeds for some seconds, without libFuzzer: `drive TARGET SECONDS [FIRST]`. Every input follows from a number,
//! which is printed when a target panics or takes longer than five seconds; `drive TARGET 0 NUMBER` does that one again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use retain_fuzz::{Mutator, target};

/// Longer inputs find nothing that shorter ones do not, in bytes.
const MOST: usize = 8192;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [name, seconds, rest @ ..] = &args[..] else { panic!("drive TARGET SECONDS [FIRST]") };
    let run = target(name).unwrap_or_else(|| panic!("no target is called `{name}`"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("seeds").map(|entry| entry.expect("a seed").path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).expect("a seed")).collect();
    let first: u64 = rest.first().map_or(0, |first| first.parse().expect("a number"));
    let (begin, lasting) = (Instant::now(), Duration::from_secs(seconds.parse().expect("seconds")));
    let (mut number, mut findings) = (first, 0);
    loop {
        let input = Mutator::new(number).input(&seeds, MOST);
        let start = Instant::now();
        let panicked = catch_unwind(AssertUnwindSafe(|| run(&input))).is_err();
        let took = start.elapsed();
        if panicked || took > Duration::from_secs(5) {
            findings += 1;
            println!("finding: {name} {number}: {} in {took:?}", if panicked { "panic" } else { "slow" });
        }
        number += 1;
        if begin.elapsed() >= lasting {
            break;
        }
    }
    println!("{name}: {} executions in {:?}, {findings} findings", number - first, begin.elapsed());
}
