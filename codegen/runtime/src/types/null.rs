//! The value null.

use std::fmt;

/// Null: the only value of a schema such as `type: 'null'` or `const: null`.
///
/// ```
/// use clientwright_runtime::{Null, decode, encode};
///
/// let nulls: Vec<Null> = decode(b"[null]")?;
/// assert_eq!(encode(&nulls)?, b"[null]");
/// assert!(decode::<Vec<Null>>(b"[0]").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Null;

impl fmt::Display for Null {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("null")
    }
}
