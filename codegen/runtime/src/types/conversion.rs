//! Conversions between JSON and types that this crate doesn't know.

use std::any::type_name;
use std::fmt::Display;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::json_text::JsonText;
use super::number::Number;

/// The kinds of JSON values that a conversion reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// Strings only.
    Strings,
    /// Numbers only.
    Numbers,
    /// Values of several kinds, but not null.
    Any,
}

/// A conversion between JSON and a type: [`FromText`], [`FromNumber`], [`WithSerde`], or one of your own.
///
/// A generated crate uses it if the configuration gives a schema another type than the generated one. `with` names the
/// type that implements this trait:
///
/// ```
/// use clientwright_runtime::{Conversion, Custom, JsonText, decode, encode};
///
/// /// An amount of money, a number of cents in JSON.
/// struct Money {
///     euros: i64,
///     cents: i64,
/// }
///
/// struct Cents;
///
/// impl Conversion<Money> for Cents {
///     fn read(json: &JsonText<'_>) -> Option<Money> {
///         let cents: i64 = json.as_number()?.parse().ok()?;
///         Some(Money { euros: cents / 100, cents: cents % 100 })
///     }
///
///     fn write(money: &Money) -> Option<JsonText<'_>> {
///         Some(JsonText::Other((money.euros * 100 + money.cents).to_string().into()))
///     }
/// }
///
/// let money: Custom<Money, Cents> = decode(b"1250")?;
/// assert_eq!((money.euros, money.cents), (12, 50));
/// assert_eq!(encode(&money)?, b"1250");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Conversion<T> {
    /// The kinds of JSON values that it reads.
    const ACCEPTS: Accepts = Accepts::Any;

    /// Returns the value of a JSON text; `None` if it is not a text of the type. It is never null.
    fn read(json: &JsonText<'_>) -> Option<T>;

    /// Returns the JSON text of a value; `None` if the value can't be written as JSON.
    fn write(value: &T) -> Option<JsonText<'_>>;

    /// Returns the name of the expected value, for messages.
    #[must_use]
    fn expected() -> &'static str {
        type_name::<T>()
    }
}

/// Converts strings by [`FromStr`] and [`Display`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FromText {}

impl<T: FromStr + Display> Conversion<T> for FromText {
    const ACCEPTS: Accepts = Accepts::Strings;

    fn read(json: &JsonText<'_>) -> Option<T> {
        json.as_str()?.parse().ok()
    }

    fn write(value: &T) -> Option<JsonText<'_>> {
        Some(JsonText::String(value.to_string().into()))
    }
}

/// Converts numbers with all of their digits, by [`FromStr`] and [`Display`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FromNumber {}

impl<T: FromStr + Display> Conversion<T> for FromNumber {
    const ACCEPTS: Accepts = Accepts::Numbers;

    fn read(json: &JsonText<'_>) -> Option<T> {
        json.as_number()?.parse().ok()
    }

    fn write(value: &T) -> Option<JsonText<'_>> {
        let text = value.to_string();
        text.parse::<Number>().is_ok().then(|| JsonText::Other(text.into()))
    }
}

/// Converts any value by `Serialize` and `Deserialize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WithSerde {}

impl<T: Serialize + DeserializeOwned> Conversion<T> for WithSerde {
    fn read(json: &JsonText<'_>) -> Option<T> {
        serde_json::from_str(&json.to_json()).ok()
    }

    fn write(value: &T) -> Option<JsonText<'_>> {
        let text = serde_json::to_string(value).ok()?;
        if text.starts_with('"') {
            return Some(JsonText::String(serde_json::from_str::<String>(&text).ok()?.into()));
        }
        Some(JsonText::Other(text.into()))
    }
}

/// Converts strings in base64 into bytes.
///
/// It reads both alphabets, with and without padding. It writes the standard alphabet with padding.
#[cfg(feature = "base64")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base64 {}

#[cfg(feature = "base64")]
impl<T: AsRef<[u8]> + From<Vec<u8>>> Conversion<T> for Base64 {
    const ACCEPTS: Accepts = Accepts::Strings;

    fn read(json: &JsonText<'_>) -> Option<T> {
        use base64::Engine;
        use base64::alphabet::{STANDARD, URL_SAFE};
        use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

        let config = GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true);
        let text = json.as_str()?;
        let decoded =
            [STANDARD, URL_SAFE].iter().find_map(|one| GeneralPurpose::new(one, config).decode(text).ok());
        decoded.map(T::from)
    }

    fn write(value: &T) -> Option<JsonText<'_>> {
        use base64::Engine;

        Some(JsonText::String(base64::engine::general_purpose::STANDARD.encode(value).into()))
    }

    fn expected() -> &'static str {
        "bytes in base64"
    }
}
