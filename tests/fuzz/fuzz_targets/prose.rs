//! Checks that Markdown in a description becomes no markup, as rustdoc reads it.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::prose(bytes));
