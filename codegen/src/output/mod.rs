//! The result of a run, which callers write to disk, review or package.

pub(crate) mod run;
