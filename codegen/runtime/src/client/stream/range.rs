//! Which part of a representation a response contains, and how the rest of it is requested (RFC 9110, section 14).

use reqwest::header::{
    CONTENT_ENCODING, CONTENT_RANGE, ETAG, HeaderMap, HeaderValue, IF_RANGE, LAST_MODIFIED, RANGE,
};

use super::head::Head;

/// What a download needs to continue after a failure.
#[derive(Clone, Debug)]
pub(super) struct Resume {
    /// The version of the representation: a strong entity tag, or the time of its last change.
    validator: HeaderValue,
    /// The offset of the first byte of the first response.
    start: u64,
    /// The offset of the last byte, if only a range was requested.
    last: Option<u64>,
    /// The length of the entire representation, if it is known.
    total: Option<u64>,
}

/// The header `Content-Range`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContentRange {
    pub(super) first: u64,
    pub(super) last: u64,
    /// The length of the entire representation, if it is known.
    pub(super) total: Option<u64>,
}

impl ContentRange {
    pub(super) fn of(head: &Head) -> Option<Self> {
        Self::parse(head.header(CONTENT_RANGE.as_str())?)
    }

    /// Parses a value such as `bytes 5-9/20`.
    fn parse(value: &str) -> Option<Self> {
        let (range, total) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        let total = if total.trim() == "*" { None } else { Some(total.trim().parse().ok()?) };
        (first <= last && total.is_none_or(|total| last < total)).then_some(Self { first, last, total })
    }
}

impl Resume {
    /// Returns what is needed to continue after a failure; `None` if the server doesn't allow it: without a validator, the rest
    /// could be that of another version.
    pub(super) fn of(head: &Head, length: Option<u64>) -> Option<Self> {
        let is_none = head.header("accept-ranges").is_some_and(|ranges| ranges.trim() == "none");
        if is_none || head.headers.contains_key(CONTENT_ENCODING) || !matches!(head.status, 200 | 206) {
            return None;
        }
        let tag = head.headers.get(ETAG).filter(|tag| !tag.as_bytes().starts_with(b"W/"));
        let validator = tag.or_else(|| head.headers.get(LAST_MODIFIED))?.clone();
        let range = ContentRange::of(head);
        if head.status == 206 && range.is_none() {
            return None;
        }
        Some(Self {
            validator,
            start: range.map_or(0, |range| range.first),
            last: range.map(|range| range.last),
            total: range.map_or(length, |range| range.total),
        })
    }

    /// Returns the headers that request what follows the bytes that were received.
    pub(super) fn headers(&self, received: u64) -> HeaderMap {
        let last = self.last.map(|last| last.to_string()).unwrap_or_default();
        let range = format!("bytes={}-{last}", self.start.saturating_add(received));
        let mut headers = HeaderMap::new();
        if let Ok(range) = HeaderValue::from_str(&range) {
            headers.insert(RANGE, range);
            headers.insert(IF_RANGE, self.validator.clone());
        }
        headers
    }

    /// Returns whether a response continues after the bytes that were received, with the same version.
    pub(super) fn is_continued_by(&self, head: &Head, received: u64) -> bool {
        let is_same = |one: Option<u64>, other: Option<u64>| one.is_none() || other.is_none() || one == other;
        let continues = |range: ContentRange| {
            range.first == self.start.saturating_add(received)
                && is_same(self.total, range.total)
                && self.last.is_none_or(|last| range.last <= last)
        };
        let name = if self.validator.as_bytes().starts_with(b"\"") { ETAG } else { LAST_MODIFIED };
        let is_version = head.headers.get(name).is_none_or(|own| own == self.validator);
        head.status == 206 && is_version && ContentRange::of(head).is_some_and(continues)
    }
}

#[cfg(test)]
mod tests {
    use super::ContentRange;

    #[test]
    fn a_content_range_is_parsed() {
        let range = |first, last, total| Some(ContentRange { first, last, total });
        for (value, expected) in [
            ("bytes 5-9/20", range(5, 9, Some(20))),
            ("bytes 0-0/*", range(0, 0, None)),
            ("bytes */20", None),
            ("bytes 9-5/20", None),
            ("bytes 5-20/20", None),
            ("items 5-9/20", None),
            ("bytes 5-99999999999999999999/*", None),
        ] {
            assert_eq!(ContentRange::parse(value), expected, "{value}");
        }
    }
}
