//! The decisions after a page: go on, ask again, or nothing more for now. No I/O and no clock here.
//!
//! There is a file for each way of paging; they share a [`Turn`], which is all that they may know.

mod chat;
mod cursor;
mod judge;
mod list;
mod routing;
mod time;
mod turn;

#[cfg(test)]
mod tests;

pub(super) use judge::judge;
pub(super) use turn::{Stop, Turn, Verdict};
