//! Checks that each part of a description is emitted, stated in the docs, or reported.
//!
//! The check compares the document with the output, independently of the stages in between: `operations` with the functions
//! and their responses, `access` with servers and credentials, and `constraints` with the docs.

mod access;
mod constraints;
mod declared;
pub(crate) mod evidence;
mod operations;
pub(crate) mod unaccounted;
mod webhooks;
