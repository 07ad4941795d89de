//! The rules for this repository's source, which CONTRIBUTING.md lists.

mod docs;
mod imports;
mod pure;
mod security;
mod versions;
mod vocabulary;
mod words;
