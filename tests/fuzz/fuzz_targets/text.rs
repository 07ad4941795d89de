//! Bytes as text: a description and, behind a line that parts them, overlays.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::text(bytes));
