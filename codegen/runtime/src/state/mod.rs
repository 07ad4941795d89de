//! The state of the decoder, which it passes from value to value. Nothing here depends on models.
//!
//! `decode_context` contains all of it: the position, how well the value matches its type (`match_score`), the order in
//! which the fields of models arrive (`order`), what went wrong (`problem`), what the type can't hold (`kept`), how a
//! variant was chosen (`tag`), and what trials found out (`outcome`). `field_set` is a set of fields.

pub(crate) mod decode_context;
pub(crate) mod field_set;
pub(crate) mod kept;
pub(crate) mod match_score;
pub(crate) mod order;
pub(crate) mod outcome;
pub(crate) mod problem;
pub(crate) mod tag;
