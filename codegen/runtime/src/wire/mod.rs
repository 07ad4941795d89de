//! Re-exports for emitted code and for the macros of `nodes`, which need one path for all names.
//!
//! The runtime itself uses the modules that define them: `types`, `json`, `state`, `model`, `encode`, `decode`. The
//! tests here cover all of these together.

pub use crate::decode::error::DecodeError;
pub use crate::decode::text::{as_read, decode};
pub use crate::decode::transcode::deserialize;
pub use crate::decode::union_decoder::{Discriminator, UnionDecoder};
pub use crate::encode::error::EncodeError;
pub use crate::encode::serialize::serialize;
pub use crate::encode::text::encode;
pub use crate::json::raw::RawJson;
pub use crate::model::compare::{equal, show};
pub use crate::model::constant::Constant;
pub use crate::model::descriptor::ModelDescriptor;
pub use crate::model::extra::Extra;
pub use crate::model::node::{
    ConvertedSlot, Decode, Node, ParseSlot, Slot, UnionSlot, View, listed_value, slot_of, view_of,
};
pub use crate::state::decode_context::{DecodeContext, Failed};
pub use crate::types::accuracy::Accuracy;
pub use crate::types::maybe::Maybe;
pub use crate::types::number::{Number, ParseNumberError};
pub use crate::types::timestamp::{ParseTimestampError, Timestamp};
pub use crate::types::unix_time::{UnixMicros, UnixSeconds};
pub use crate::types::unknown_value::UnknownValue;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
