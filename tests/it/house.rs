//! The rules for this repository's source; CONTRIBUTING.md lists them.

mod docs;
mod imports;
mod pure;
mod versions;
mod vocabulary;
mod words;
