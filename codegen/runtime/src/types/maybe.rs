//! A field of a request that may be left out, set to null, or set to a value.

/// A field of a request that may be left out, set to null, or set to a value.
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
    /// The field is left out: the server keeps what it has.
    #[default]
    Absent,
    /// The field is sent as null: the server clears it.
    Null,
    /// The field is sent with this value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the field is left out.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is sent as null.
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

/// `None` becomes null; a field that is to be left out is [`Maybe::Absent`].
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
