//! Values that an open enum doesn't list.

use std::fmt;

/// A value of an enum that this version of the crate has no variant for.
///
/// It has no public constructor, so it never contains a value that has a variant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue<T = String>(T);

impl<T> UnknownValue<T> {
    #[doc(hidden)]
    pub fn new(value: impl Into<T>) -> Self {
        Self(value.into())
    }

    /// Returns the value.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.0
    }
}

impl UnknownValue {
    /// Returns the value as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Formats the variant with this value for `Debug`.
    ///
    /// # Errors
    ///
    /// Returns an error if the formatter fails.
    #[doc(hidden)]
    pub fn fmt_variant(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unknown").field(self).finish()
    }
}

impl<T: fmt::Debug> fmt::Debug for UnknownValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<T: fmt::Display> fmt::Display for UnknownValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
