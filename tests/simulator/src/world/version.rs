//! What tells one state of a record from another.

/// A version of a record: its key and its change, both as spelled in the record.
pub type Version = (String, String);
