//! Values of types that this crate doesn't know.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use super::conversion::{Conversion, FromText};
use super::json_text::JsonText;

/// A value of a type that the configuration of a generated crate gives a schema, such as `uuid::Uuid`.
///
/// It dereferences to the value. It is written as it was read, also if the type would write the value in another way: an
/// identifier in capitals stays one. A value that was not read is written by its [`Conversion`].
///
/// Comparisons and hashes use the value, whatever its text.
///
/// ```
/// use std::net::Ipv6Addr;
///
/// use clientwright_runtime::{Custom, decode, encode};
///
/// let address: Custom<Ipv6Addr> = decode(br#""2001:DB8:0::1""#)?;
/// assert_eq!(*address, "2001:db8::1".parse::<Ipv6Addr>()?);
/// assert_eq!(encode(&address)?, br#""2001:DB8:0::1""#);
/// assert_eq!(encode(&Custom::<Ipv6Addr>::from(*address))?, br#""2001:db8::1""#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Custom<T, C = FromText> {
    held: Held<T>,
    conversion: PhantomData<fn() -> C>,
}

/// A value, with its text if the type would write another one.
#[derive(Clone)]
enum Held<T> {
    /// Nothing was read yet. The decoder leaves no such value behind: it doesn't accept null for it.
    Blank,
    Value(T),
    Text(T, Box<JsonText<'static>>),
}

impl<T, C> Custom<T, C> {
    /// Creates a value.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self { held: Held::Value(value), conversion: PhantomData }
    }

    pub(crate) const fn blank() -> Self {
        Self { held: Held::Blank, conversion: PhantomData }
    }

    /// Returns the value; `None` if nothing was read yet.
    pub(crate) fn value(&self) -> Option<&T> {
        match &self.held {
            Held::Blank => None,
            Held::Value(value) | Held::Text(value, _) => Some(value),
        }
    }

    /// Returns the value without its text.
    #[must_use]
    pub fn into_inner(self) -> T {
        match self.held {
            Held::Value(value) | Held::Text(value, _) => value,
            Held::Blank => unreachable!("{BLANK}"),
        }
    }
}

/// The message of a bug in this crate.
const BLANK: &str = "the decoder leaves no blank value behind";

impl<T, C: Conversion<T>> Custom<T, C> {
    /// Returns the JSON of the value, as it is sent; `None` if it can't be written as JSON.
    #[must_use]
    pub fn json(&self) -> Option<JsonText<'_>> {
        match &self.held {
            Held::Blank => None,
            Held::Value(value) => C::write(value),
            Held::Text(_, text) => Some(JsonText::clone(text)),
        }
    }

    /// Reads the JSON of a value. Returns `false` if it is not of the type.
    pub(crate) fn read(&mut self, json: JsonText<'_>) -> bool {
        let Some(value) = C::read(&json) else { return false };
        let is_exact = C::write(&value).is_some_and(|written| written == json);
        self.held =
            if is_exact { Held::Value(value) } else { Held::Text(value, Box::new(json.into_owned())) };
        true
    }
}

impl<T, C> Deref for Custom<T, C> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.held {
            Held::Value(value) | Held::Text(value, _) => value,
            Held::Blank => unreachable!("{BLANK}"),
        }
    }
}

impl<T, C> AsRef<T> for Custom<T, C> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T, C> From<T> for Custom<T, C> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: FromStr, C> FromStr for Custom<T, C> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        text.parse().map(Self::new)
    }
}

impl<T: Default, C> Default for Custom<T, C> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Clone, C> Clone for Custom<T, C> {
    fn clone(&self) -> Self {
        Self { held: self.held.clone(), conversion: PhantomData }
    }
}

impl<T: PartialEq, C> PartialEq for Custom<T, C> {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl<T: PartialEq, C> PartialEq<T> for Custom<T, C> {
    fn eq(&self, other: &T) -> bool {
        self.value() == Some(other)
    }
}

impl<T: Eq, C> Eq for Custom<T, C> {}

impl<T: Hash, C> Hash for Custom<T, C> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value().hash(state);
    }
}

impl<T: PartialOrd, C> PartialOrd for Custom<T, C> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value().partial_cmp(&other.value())
    }
}

impl<T: Ord, C> Ord for Custom<T, C> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value().cmp(&other.value())
    }
}

impl<T: fmt::Display, C> fmt::Display for Custom<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().map_or(Ok(()), |value| value.fmt(f))
    }
}

impl<T: fmt::Debug, C> fmt::Debug for Custom<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().map_or(Ok(()), |value| value.fmt(f))
    }
}
