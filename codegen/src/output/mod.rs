//! The output of the generator, which callers write to disk, review or package.

pub(crate) mod generator_output;
