//! Brings every reference to one form, `#/components/<kind>/<key>`.
//!
//! A reference may lead to any node of the description or of another file. What it leads to becomes a
//! component, so that it is one type however often it is used; the node itself becomes a reference to it.
//! Path items have no home among the emitted types, so they are written out where they are used.

pub(crate) mod bundler;
mod files;
mod homes;
mod key;
mod pass;
mod paths;
mod walk;
