//! The JSON of a value as text.

use std::borrow::Cow;

/// The JSON of a value: a string without quotes and escapes, or the text of any other value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonText<'t> {
    /// A string.
    String(Cow<'t, str>),
    /// The JSON text of a number, a boolean, an array or an object.
    Other(Cow<'t, str>),
}

impl JsonText<'_> {
    /// Returns the string; `None` for any other value.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Other(_) => None,
        }
    }

    /// Returns the text of a number; `None` for any other value.
    #[must_use]
    pub fn as_number(&self) -> Option<&str> {
        match self {
            Self::Other(text) if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                Some(text)
            }
            _ => None,
        }
    }

    /// Returns the value as JSON.
    #[must_use]
    pub fn to_json(&self) -> Cow<'_, str> {
        match self {
            Self::String(text) => Cow::Owned(serde_json::Value::from(text.as_ref()).to_string()),
            Self::Other(text) => Cow::Borrowed(text),
        }
    }

    /// Copies the text.
    pub(crate) fn into_owned(self) -> JsonText<'static> {
        match self {
            Self::String(text) => JsonText::String(text.into_owned().into()),
            Self::Other(text) => JsonText::Other(text.into_owned().into()),
        }
    }
}
