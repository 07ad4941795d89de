//! Checks the invariants of the generator with a document that is generated from bytes, valid or hostile.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::choices(bytes));
