//! Names of functions, modules and types.
//!
//! Ids and schema keys often follow a pattern that a framework makes: the path, a controller, a namespace. Each rule here
//! recognizes one pattern and removes it where the result is unique. Names given by hand take precedence.

mod drafts;
mod generic;
pub(super) mod given;
pub(super) mod names;
mod paths;
mod prefix;
mod route;
mod schemas;
mod separators;
mod shared_prefix;
mod suffix;
mod verbatim;
mod words;
