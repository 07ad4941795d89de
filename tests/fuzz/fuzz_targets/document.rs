//! Bytes as choices: a document of the supported grammar, valid or spoilt, keeps the laws.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::choices(bytes));
