//! Compiles the Rust code in `README.md`. The package contains tests only.

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
struct Readme;
