//! Records of an export of which only some fields are decoded.

use std::ops::Deref;

use super::raw_record::RawRecord;
use crate::decode::error::DecodeError;
use crate::model::descriptor::ModelDescriptor;
use crate::model::node::Decode;
use crate::state::field_set::FieldSet;

/// A record of which only some fields were decoded: those given to [`Export::fields`](super::Export::fields), and the
/// required ones.
///
/// It dereferences to the model. There, all other fields are as if they were absent, and `extra` contains only what belongs
/// to the decoded fields. The record itself is complete: [`raw`](Self::raw) is its text, [`decode`](Self::decode) decodes
/// all of it. To be sent or stored, a record has to be decoded completely: this type can't be encoded.
#[derive(Clone, Debug)]
pub struct PartialRecord<T> {
    pub(super) value: T,
    pub(super) raw: RawRecord,
}

impl<T> PartialRecord<T> {
    /// Returns the text of the record, exactly as the server sent it. [`RawRecord::field`] is the text of any field,
    /// declared or not.
    #[must_use]
    pub fn raw(&self) -> &RawRecord {
        &self.raw
    }

    /// Decodes the entire record.
    ///
    /// # Errors
    ///
    /// Returns an error if the record doesn't match its declared type.
    pub fn decode(&self) -> Result<T, DecodeError>
    where
        T: Decode,
    {
        self.raw.decode()
    }
}

impl<T> Deref for PartialRecord<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Returns the positions of these fields of a model, and of the required ones. An error has the name of a field that the
/// model doesn't declare.
pub(super) fn select(
    model: Option<&'static ModelDescriptor>,
    names: &mut dyn Iterator<Item = &str>,
) -> Result<FieldSet, String> {
    let declared = model.map_or(&[][..], |model| model.names);
    let mut selected = FieldSet::default();
    for name in names {
        let index = declared.iter().position(|declared| *declared == name);
        let index = index.and_then(|index| u16::try_from(index).ok()).ok_or(name)?;
        selected.insert(index);
    }
    for index in
        model.into_iter().flat_map(ModelDescriptor::required).filter_map(|index| index.try_into().ok())
    {
        selected.insert(index);
    }
    Ok(selected)
}
