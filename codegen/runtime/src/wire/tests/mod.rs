//! Tests of reading and writing as a whole, through what emitted code is made of.

mod choice;
mod compare;
mod helpers;
mod nulls;
mod numbers;
mod open_enum;
mod properties;
mod refusals;
mod round_trip;
