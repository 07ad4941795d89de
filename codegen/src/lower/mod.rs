//! Lowers the typed document to the intermediate representation. All decisions about names and types are made here.

mod access;
mod attributes;
mod context;
mod custom_types;
mod document;
mod extensions;
mod limits;
mod lowering;
mod naming;
mod operations;
mod optional_responses;
pub(crate) mod run;
mod schemas;
mod scheme_facts;
mod selector;
mod types;
mod usual_types;
