#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| retain_fuzz::run("database", bytes));
