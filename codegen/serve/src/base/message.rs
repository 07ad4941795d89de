//! Requests and responses as plain values.

use percent_encoding::percent_decode_str;

/// A complete request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The method as it was sent.
    pub method: String,
    /// The path and query as they were sent.
    pub target: String,
    /// The header fields in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// Returns the path as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Returns the query as it was sent, without the question mark.
    #[must_use]
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Returns the first value of a header field.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        first(&self.headers, name)
    }

    /// Returns the pairs of the query: decoded names, and values as they were sent.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        pairs_of(self.query())
    }

    /// Returns the cookies: names and values as they were sent.
    pub(crate) fn cookies(&self) -> Vec<(String, String)> {
        let fields = self.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
        let texts = fields.flat_map(|(_, value)| value.split(';'));
        let pairs = texts.filter_map(|text| text.trim().split_once('='));
        pairs.map(|(name, value)| (decoded(name), value.to_owned())).collect()
    }
}

/// A complete response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The header fields in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// Returns the first value of a header field.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        first(&self.headers, name)
    }
}

fn first<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Splits a query or form into pairs: decoded names, and values as they were sent.
pub(crate) fn pairs_of(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (form_decoded(name), value.to_owned())).collect()
}

/// Decodes percent-encoded text. Bytes that are not UTF-8 are replaced.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Decodes percent-encoded text in which a plus sign is a space.
pub(crate) fn form_decoded(text: &str) -> String {
    decoded(&text.replace('+', " "))
}
