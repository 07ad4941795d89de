//! Bytes as JSON: what is read as one type or another is written and comes back.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json(bytes));
