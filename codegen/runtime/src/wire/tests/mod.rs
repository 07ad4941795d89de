//! Tests of decoding and encoding, with models like those in emitted code.

mod compare;
mod custom;
mod discriminator;
mod errors;
mod exact;
mod helpers;
mod lenient;
mod nested_unions;
mod nulls;
mod numbers;
mod open_enum;
mod properties;
mod round_trip;
mod tuples;
mod union_decoder;
mod untyped;
mod value_enum;
