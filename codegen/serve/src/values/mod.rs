//! Generates values of schemas.

mod array;
mod formats;
pub(crate) mod generator;
mod merged;
mod number;
mod object;
mod pattern;
pub(crate) mod sample;
mod string;
