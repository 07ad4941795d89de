//! The rules that the project's own source keeps; CONTRIBUTING.md names them.

mod imports;
mod pure;
mod versions;
mod words;
