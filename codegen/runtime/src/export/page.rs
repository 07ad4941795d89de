//! The pages of an export.

use super::checkpoint::Checkpoint;
use super::progress::ExportProgress;
use super::raw_record::UnreadableRecord;
use super::scan::Envelope;
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Decode;

/// A page of an export, without repeated records.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records. A page in the middle of an export may be empty.
    pub records: Vec<T>,
    /// The records that can't be decoded, because a required field is missing or doesn't match its declared type. There
    /// are none unless the export is [lenient](super::Export::lenient), as it is by default.
    pub unreadable: Vec<UnreadableRecord>,
    /// The checkpoint to resume after this page.
    pub checkpoint: Checkpoint,
    /// The progress of the export, including this page.
    pub progress: ExportProgress,
    pub(super) items: &'static str,
    pub(super) envelope: Envelope,
}

impl<T> Page<T> {
    /// Returns whether there are no more records at the moment.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.progress.caught_up
    }

    /// Returns the JSON of the response with an empty array instead of the records. It contains the other fields, such
    /// as related records.
    #[must_use]
    pub fn envelope_json(&self) -> String {
        self.envelope.without_records(self.items)
    }

    /// Decodes [`envelope_json`](Self::envelope_json) into a model: `page.envelope::<ItemPage>()`.
    ///
    /// # Errors
    ///
    /// Returns an error if the response doesn't match the declared type.
    pub fn envelope<E: Decode>(&self) -> Result<E, DecodeError> {
        decode(self.envelope_json().as_bytes())
    }
}
