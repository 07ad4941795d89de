//! The header field `Prefer`: which response the client wants.

use crate::base::message::Request;

/// The preferences of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prefer {
    /// `code=404`
    pub(super) code: Option<u16>,
    /// `example=name`
    pub(super) example: Option<String>,
    /// `dynamic=true`: generated values, also where there are examples.
    pub(super) dynamic: Option<bool>,
}

impl Prefer {
    pub(super) fn of(request: &Request) -> Self {
        let mut prefer = Self::default();
        let fields = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("prefer"));
        let pairs =
            fields.flat_map(|(_, value)| value.split([',', ';'])).filter_map(|text| text.split_once('='));
        for (name, value) in pairs {
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => prefer.code = value.parse().ok(),
                "example" => prefer.example = Some(value.to_owned()),
                "dynamic" => prefer.dynamic = Some(value.eq_ignore_ascii_case("true")),
                _ => {}
            }
        }
        prefer
    }
}
