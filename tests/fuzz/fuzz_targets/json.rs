//! Decodes bytes as JSON into many types, and checks that decoded values round-trip.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json(bytes));
