//! Every reader on any bytes. The first byte chooses the format (or none, so that the content is judged); the rest is the file.
//!
//! What is found is a panic, an overflow, a hang (`-timeout`) or too much memory (`-rss_limit_mb`).
#![no_main]

use libfuzzer_sys::fuzz_target;
use retain::bank::{ReadOptions, formats, read};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, file)) = bytes.split_first() else { return };
    let all = formats().map(Some).chain([None, None]).collect::<Vec<_>>();
    let format = all[usize::from(*choice) % all.len()].map(str::to_owned);
    let columns = (*choice > 200).then(|| "question,a,b,answer".to_owned());
    let _ = read(file, &ReadOptions { format, columns, ..ReadOptions::default() });
});
