//! The discriminator of an object inside a union.

use crate::json::raw::RawJson;
use crate::json::reader::JsonKind;

/// How the variant of an object was chosen, in a union with a discriminator.
#[derive(Clone, Copy)]
pub(crate) enum Tag {
    /// Without this property, or by a value of it that no variant lists: it is encoded as it came.
    Kept(&'static str),
    /// By this property. If the variant doesn't have it, the encoder writes this value.
    Selected(&'static str, &'static str),
}

impl Tag {
    /// Returns whether the encoder writes this property, although the variant doesn't have it.
    pub(crate) fn is_written(&self, key: &str, value: RawJson<'_>) -> bool {
        match self {
            Self::Kept(_) => false,
            Self::Selected(property, tag) => {
                *property == key
                    && value.kind() == Some(JsonKind::String)
                    && value.scalar_text().as_deref() == Some(*tag)
            }
        }
    }

    /// Returns whether a variant that can't keep the absence of the property would be encoded with it.
    pub(crate) fn is_added(&self, object: RawJson<'_>) -> bool {
        match self {
            Self::Kept(property) => object.property(property).is_none(),
            Self::Selected(..) => false,
        }
    }
}
