//! The header field `Accept`.

use crate::base::media_type::{concrete, contains, essence, is_json};
use crate::base::message::Request;
use crate::document::operation::{Content, Operation};

/// Returns how much a client prefers the media types of the success responses of an operation: the highest weight, in
/// thousandths.
pub(crate) fn preference(operation: &Operation, request: &Request) -> u16 {
    let accept = Accept::of(request);
    let successes = operation.responses.iter().filter(|response| response.status.starts_with('2'));
    let contents = successes.flat_map(|response| &response.contents);
    contents.map(|content| accept.weight(&content.media_type)).max().unwrap_or_default()
}

/// The media ranges that a client accepts, with their weights in thousandths.
pub(super) struct Accept(Vec<(String, u16)>);

impl Accept {
    pub(super) fn of(request: &Request) -> Self {
        let fields = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("accept"));
        let ranges = fields.flat_map(|(_, value)| value.split(',')).map(str::trim);
        let ranges = ranges.filter(|range| !range.is_empty()).map(|range| {
            let mut weights = range.split(';').skip(1).filter_map(|text| text.trim().strip_prefix("q="));
            let weight = weights.find_map(|text| text.trim().parse::<f64>().ok()).unwrap_or(1.0);
            (essence(range), thousandths(weight))
        });
        Self(ranges.collect())
    }

    /// Returns the content that the client prefers; `None` if it accepts none of them.
    pub(super) fn best<'c>(
        &self,
        contents: &'c [Content],
        is_string: impl Fn(&Content) -> bool,
    ) -> Option<(&'c Content, String)> {
        let weighted = contents.iter().map(|content| (self.weight(&content.media_type), content));
        let mut best: Option<(u16, &Content)> = None;
        for (weight, content) in weighted {
            if weight > 0 && best.is_none_or(|(other, _)| weight > other) {
                best = Some((weight, content));
            }
        }
        best.map(|(_, content)| (content, self.media_type(content, is_string(content))))
    }

    /// Returns the weight of a media type: that of the most exact range.
    fn weight(&self, media_type: &str) -> u16 {
        if self.0.is_empty() {
            return 1_000;
        }
        let matching =
            self.0.iter().filter(|(range, _)| contains(range, media_type) || contains(media_type, range));
        let exactness = |range: &str| (!range.contains('*'), !range.starts_with('*'));
        matching.max_by_key(|(range, _)| exactness(range)).map_or(0, |(_, weight)| *weight)
    }

    /// Returns the media type of a response, which is one that is accepted if the content has a range.
    fn media_type(&self, content: &Content, is_string: bool) -> String {
        if !content.media_type.contains('*') {
            return content.media_type.clone();
        }
        let mut exact = self.0.iter().filter(|(range, weight)| {
            let is_written_so = !(is_string && is_json(range));
            !range.contains('*') && *weight > 0 && is_written_so && contains(&content.media_type, range)
        });
        exact.next().map_or_else(|| concrete(&content.media_type, is_string), |(range, _)| range.clone())
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped before")]
fn thousandths(weight: f64) -> u16 {
    (weight.clamp(0.0, 1.0) * 1_000.0).round() as u16
}
