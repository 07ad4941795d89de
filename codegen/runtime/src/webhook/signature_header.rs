//! What a scheme takes from a request: the signatures, and what is signed.

use super::incoming_request::IncomingRequest;
use super::signature_error::SignatureError;
use super::signature_scheme::{SignatureScheme, TimestampLocation};
use crate::types::timestamp::Timestamp;

/// The maximum number of signatures of a request that are compared.
const MAX_SIGNATURES: usize = 32;

/// The parts of a signed request.
pub(super) struct SignedParts<'r> {
    scheme: &'r SignatureScheme,
    elements: Vec<&'r str>,
    /// The name of its header, and the text.
    timestamp: Option<(&'static str, &'r [u8])>,
    id: &'r [u8],
    body: &'r [u8],
}

impl<'r> SignedParts<'r> {
    /// Reads the headers of the scheme.
    pub(super) fn read(
        scheme: &'r SignatureScheme,
        request: &IncomingRequest<'r>,
    ) -> Result<Self, SignatureError> {
        let missing = |name: &'static str| SignatureError::MissingHeader(name.into());
        let mut elements = Vec::new();
        for value in request.headers(scheme.header) {
            let value =
                str::from_utf8(value).map_err(|_| SignatureError::InvalidHeader(scheme.header.into()))?;
            match scheme.separator.filter(|separator| !separator.is_empty()) {
                Some(separator) => elements.extend(value.split(separator).map(str::trim)),
                None => elements.push(value.trim()),
            }
        }
        if request.header(scheme.header).is_none() {
            return Err(missing(scheme.header));
        }
        let timestamp = match scheme.timestamp {
            None => None,
            Some(TimestampLocation::Header(name)) => Some((name, request.header(name).ok_or(missing(name))?)),
            Some(TimestampLocation::Element(prefix)) => {
                let text = elements.iter().find_map(|element| element.strip_prefix(prefix));
                let text = text.ok_or(SignatureError::InvalidHeader(scheme.header.into()))?;
                Some((scheme.header, text.as_bytes()))
            }
        };
        let id = scheme.id.map(|name| request.header(name).ok_or(missing(name))).transpose()?;
        Ok(Self { scheme, elements, timestamp, id: id.unwrap_or_default(), body: request.body() })
    }

    /// Returns the signatures as they are written, without their prefix.
    pub(super) fn signatures(&self) -> impl Iterator<Item = &'r str> {
        let elements = self.elements.iter().filter_map(|element| element.strip_prefix(self.scheme.prefix));
        elements.take(MAX_SIGNATURES)
    }

    /// Returns the name of the header with the time of the signature, and its text.
    pub(super) fn timestamp(&self) -> Option<(&'static str, &'r [u8])> {
        self.timestamp
    }

    /// Returns the parts of what is signed, in their order.
    pub(super) fn signed(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.scheme.signed;
        std::iter::from_fn(move || {
            let (part, after) = self.next_part(rest)?;
            rest = after;
            Some(part)
        })
    }

    /// Returns the first part of a template, and the rest of the template.
    fn next_part<'p>(&'p self, template: &'p str) -> Option<(&'p [u8], &'p str)> {
        let placeholders = [
            ("{body}", self.body),
            ("{id}", self.id),
            ("{timestamp}", self.timestamp.map_or(&b""[..], |(_, text)| text)),
        ];
        for (name, value) in placeholders {
            if let Some(rest) = template.strip_prefix(name) {
                return Some((value, rest));
            }
        }
        let first = template.chars().next()?;
        // A brace that begins no placeholder is text.
        let end = template.get(first.len_utf8()..)?.find('{').map(|at| at + first.len_utf8());
        let (text, rest) = template.split_at_checked(end.unwrap_or(template.len()))?;
        Some((text.as_bytes(), rest))
    }
}

/// Returns the seconds since 1970 of a timestamp: a number of seconds or milliseconds, or as in RFC 3339.
pub(super) fn seconds(text: &str) -> Option<i64> {
    /// No number of seconds has so many digits before the year 5138.
    const MILLISECONDS: usize = 12;
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return Some(if text.len() < MILLISECONDS { number } else { number / 1000 });
    }
    text.parse::<Timestamp>().ok().map(Timestamp::as_seconds)
}
