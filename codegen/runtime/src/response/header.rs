//! Declared headers of responses.

use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::json::syntax::is_valid;
use crate::model::node::{Decode, Slot, slot_of};

/// A header that the description declares for responses, with the type of its value.
///
/// ```
/// # use clientwright_runtime::ResponseHeader;
/// const TOTAL: ResponseHeader<i64> = ResponseHeader::new("x-total");
/// assert_eq!(TOTAL.parse(["25"]), Ok(Some(25)));
/// ```
pub struct ResponseHeader<T> {
    name: &'static str,
    format: HeaderFormat,
    value: PhantomData<fn() -> T>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeaderFormat {
    /// Items, and the keys and values of objects, are separated by commas.
    Simple,
    /// The keys and values of objects are separated by an equals sign.
    Exploded,
    Json,
}

impl<T> ResponseHeader<T> {
    /// Creates a header in the style `simple`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, format: HeaderFormat::Simple, value: PhantomData }
    }

    /// Sets `explode`: the key and the value of an object are separated by an equals sign.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.format = HeaderFormat::Exploded;
        self
    }

    /// Declares that the value is JSON.
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.format = HeaderFormat::Json;
        self
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: Decode> ResponseHeader<T> {
    /// Reads the value of the header from all its lines in a response; `None` if there is none.
    ///
    /// # Errors
    ///
    /// Returns an error if the value doesn't match the type.
    pub fn parse<'v>(&self, lines: impl IntoIterator<Item = &'v str>) -> Result<Option<T>, DecodeError> {
        let lines: Vec<_> = lines.into_iter().map(str::trim).collect();
        let Some(first) = lines.first() else { return Ok(None) };
        let mut blank = T::blank();
        let result = match slot_of(&mut blank) {
            _ if self.format == HeaderFormat::Json => decode(lines.join(", ").as_bytes()),
            Slot::Array(_) => either(&array(&lines, string), &array(&lines, scalar)),
            Slot::Object(_) | Slot::Map(_) | Slot::Free(_) => {
                either(&self.object(&lines, scalar), &self.object(&lines, string))
            }
            Slot::Bool(_) | Slot::I64(_) | Slot::U64(_) | Slot::F64(_) | Slot::Number(_) => {
                either(&scalar(first), &string(first))
            }
            _ => either(&string(first), &scalar(first)),
        };
        result.map(Some).map_err(|error| error.inside(&format!("/headers/{}", self.name)))
    }

    fn object(&self, lines: &[&str], write: fn(&str) -> String) -> String {
        let mut parts = lines.iter().flat_map(|line| line.split(',')).map(str::trim);
        let mut properties = Vec::new();
        while let Some(part) = parts.next() {
            let pair = if self.format == HeaderFormat::Exploded {
                part.split_once('=')
            } else {
                parts.next().map(|value| (part, value))
            };
            let (key, value) = pair.unwrap_or((part, ""));
            properties.push(format!("{}:{}", string(key), write(value)));
        }
        format!("{{{}}}", properties.join(","))
    }
}

/// Decodes the first text that matches the type. The error is that of the first one.
fn either<T: Decode>(first: &str, second: &str) -> Result<T, DecodeError> {
    decode(first.as_bytes()).or_else(|error| decode(second.as_bytes()).map_err(|_| error))
}

fn array(lines: &[&str], write: fn(&str) -> String) -> String {
    let items = lines.iter().flat_map(|line| line.split(',')).map(str::trim).filter(|item| !item.is_empty());
    format!("[{}]", items.map(write).collect::<Vec<_>>().join(","))
}

/// Returns a text as a JSON string.
fn string(text: &str) -> String {
    Value::from(text).to_string()
}

/// Returns a text as it is if it is a number, `true`, `false` or `null`, else as a JSON string.
fn scalar(text: &str) -> String {
    let may_be_scalar = matches!(text.as_bytes().first(), Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n'));
    if may_be_scalar && is_valid(text.as_bytes()) { text.to_owned() } else { string(text) }
}

impl<T> Clone for ResponseHeader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ResponseHeader<T> {}

impl<T> fmt::Debug for ResponseHeader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ResponseHeader").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::ResponseHeader;
    use crate::{Timestamp, Value};

    #[test]
    fn values_have_their_type() {
        assert_eq!(ResponseHeader::<i64>::new("a").parse(["5"]), Ok(Some(5)));
        assert_eq!(ResponseHeader::<i64>::new("a").parse([]), Ok(None));
        assert_eq!(ResponseHeader::<bool>::new("a").parse([" true "]), Ok(Some(true)));
        assert_eq!(ResponseHeader::<String>::new("a").parse(["5"]), Ok(Some("5".to_owned())));
        assert_eq!(ResponseHeader::<String>::new("a").parse(["a, b", "c"]), Ok(Some("a, b".to_owned())));
        assert_eq!(ResponseHeader::<Value>::new("a").parse(["5"]), Ok(Some("5".into())));
        let time = ResponseHeader::<Timestamp>::new("a").parse(["2026-01-02T03:04:05Z"]).unwrap().unwrap();
        assert_eq!(time.to_string(), "2026-01-02T03:04:05Z");
    }

    #[test]
    fn arrays_and_objects_are_read_in_their_style() {
        let strings = ResponseHeader::<Vec<String>>::new("a").parse(["1, b", "c"]);
        assert_eq!(strings, Ok(Some(vec!["1".to_owned(), "b".to_owned(), "c".to_owned()])));
        assert_eq!(ResponseHeader::<Vec<i64>>::new("a").parse(["1,2"]), Ok(Some(vec![1, 2])));
        let map = BTreeMap::from([("r".to_owned(), 100_i64), ("g".to_owned(), 200)]);
        assert_eq!(ResponseHeader::new("a").parse(["r,100,g,200"]), Ok(Some(map.clone())));
        assert_eq!(ResponseHeader::new("a").exploded().parse(["r=100,g=200"]), Ok(Some(map.clone())));
        assert_eq!(ResponseHeader::new("a").json().parse(["{\"r\":100,\"g\":200}"]), Ok(Some(map)));
    }

    #[test]
    fn another_value_is_an_error_with_the_name() {
        let error = ResponseHeader::<i64>::new("x-total").parse(["many"]).unwrap_err();
        assert!(error.to_string().contains("/headers/x-total"), "{error}");
    }
}
