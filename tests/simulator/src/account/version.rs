//! Versions of records.

/// A version of a record: its key and its change, both as in the record.
pub type Version = (String, String);
