//! The types that well-known formats usually have in Rust.

use crate::base::customizations::TypeSetting;

/// A format with its type, as keys and values of the configuration.
struct UsualType {
    /// The format of strings; of other values, with their type.
    format: &'static str,
    ty: &'static str,
    with: Option<&'static str>,
}

const fn usual(format: &'static str, ty: &'static str) -> UsualType {
    UsualType { format, ty, with: None }
}

const USUAL: [UsualType; 13] = [
    UsualType { format: "byte", ty: "Vec<u8>", with: Some("base64") },
    usual("date", "jiff::civil::Date"),
    usual("decimal", "rust_decimal::Decimal"),
    usual("duration", "jiff::Span"),
    usual("int64", "i64"),
    usual("ipv4", "core::net::Ipv4Addr"),
    usual("ipv6", "core::net::Ipv6Addr"),
    usual("number:decimal", "rust_decimal::Decimal"),
    usual("time", "jiff::civil::Time"),
    usual("uint64", "u64"),
    usual("uri", "url::Url"),
    usual("url", "url::Url"),
    usual("uuid", "uuid::Uuid"),
];

/// Returns the usual type of a format.
pub(super) fn usual_type(format: &str) -> Option<TypeSetting> {
    let found = USUAL.iter().find(|usual| usual.format == format)?;
    let ty = Some(found.ty.to_owned());
    Some(TypeSetting { ty, with: found.with.map(str::to_owned), ..TypeSetting::default() })
}

/// Returns the formats that have a usual type.
pub(super) fn usual_formats() -> impl Iterator<Item = &'static str> {
    USUAL.iter().map(|usual| usual.format)
}
