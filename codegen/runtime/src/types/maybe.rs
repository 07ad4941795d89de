//! Fields of a request that can be absent, null or a value.

use std::ops::Deref;

/// A field of a request that can be absent, null or a value.
///
/// ```
/// use clientwright_runtime::Maybe;
///
/// let untouched: Maybe<i64> = Maybe::Absent;
/// let cleared: Maybe<i64> = Maybe::Null;
/// let set: Maybe<i64> = 5.into();
/// assert_eq!(set.value(), Some(&5));
/// assert_ne!(untouched, cleared);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Maybe<T> {
    /// The field is absent: the server doesn't change its value.
    #[default]
    Absent,
    /// The field is null: the server clears its value.
    Null,
    /// The field has this value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Returns the value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the target of the value, if there is one: a `&str` for a `String`.
    ///
    /// ```
    /// use clientwright_runtime::Maybe;
    ///
    /// let title: Maybe<String> = "Shop".into();
    /// assert_eq!(title.as_deref(), Some("Shop"));
    /// ```
    #[must_use]
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.value().map(Deref::deref)
    }

    /// Converts into the value, if there is one.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns whether the field is absent.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the field is null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` becomes [`Maybe::Null`]. For an absent field, use [`Maybe::Absent`].
impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Maybe<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}
