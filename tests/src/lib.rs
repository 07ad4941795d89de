//! The Rust code of the project's pages, compiled: this package has no code of its own besides its tests.

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
struct Readme;
