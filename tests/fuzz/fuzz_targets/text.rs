//! Checks the invariants of the generator with the text of a description and, after a separator line, overlays.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::text(bytes));
