//! Renders the intermediate representation as files of Rust.

mod api;
pub(crate) mod argument;
mod by_status;
mod constraints;
mod descriptor;
pub(crate) mod doc;
mod endpoint;
pub(crate) mod features;
pub(crate) mod files;
pub(crate) mod format;
mod inline;
pub(crate) mod literal;
pub(crate) mod markup;
mod model;
mod open_enum;
pub(crate) mod prose;
pub(crate) mod symbol;
pub(crate) mod types;
mod union;
mod variants;
mod webhook_docs;
mod webhooks;
