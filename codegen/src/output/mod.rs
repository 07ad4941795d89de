//! Holds what a run gives: for those who write it, review it or make a package of it.

pub(crate) mod run;
