//! What reading carries along from value to value. Nothing here knows a model, or who reads.
//!
//! `context` holds all of it: where reading is, how what was read fits (`fit`), in which order the fields of models
//! come (`order`), and what went wrong (`problem`).

pub(crate) mod context;
pub(crate) mod fit;
pub(crate) mod order;
pub(crate) mod problem;
