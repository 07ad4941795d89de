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
///
/// It contains a [`RawRecord`], which keeps the entire page in memory.
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

/// Returns the positions of these fields of records, and of the required ones; `None` if the records are no models, and so
/// have no fields. An error has the name of a field that the records don't declare.
pub(super) fn select(
    model: Option<&'static ModelDescriptor>,
    names: &mut dyn Iterator<Item = &str>,
) -> Option<Result<FieldSet, String>> {
    let Some(model) = model else { return names.next().map(|name| Err(name.to_owned())) };
    let mut selected = FieldSet::default();
    for name in names {
        let index = model.names.iter().position(|declared| *declared == name);
        let Some(index) = index.and_then(|index| u16::try_from(index).ok()) else {
            return Some(Err(name.to_owned()));
        };
        selected.insert(index);
    }
    for index in model.required().filter_map(|index| index.try_into().ok()) {
        selected.insert(index);
    }
    Some(Ok(selected))
}

#[cfg(test)]
mod tests {
    use super::select;
    use crate::model::descriptor::ModelDescriptor;

    const MODEL: ModelDescriptor = ModelDescriptor {
        name: "Item",
        names: &["id", "name", "status"],
        flags: &[ModelDescriptor::REQUIRED, 0, 0],
        open: true,
        additional: false,
        limits: &[],
    };

    #[test]
    fn required_fields_are_always_read() {
        for (names, read) in [(&["status"][..], [true, false, true]), (&[], [true, false, false])] {
            let selected = select(Some(&MODEL), &mut names.iter().copied()).unwrap().unwrap();
            assert_eq!([0, 1, 2].map(|index| selected.contains(index)), read);
        }
    }

    #[test]
    fn records_that_are_no_models_have_no_fields() {
        let undeclared = |model, names: &[&str]| select(model, &mut names.iter().copied());
        assert_eq!(undeclared(Some(&MODEL), &["id", "x"]).unwrap().unwrap_err(), "x");
        assert_eq!(undeclared(None, &["id"]).unwrap().unwrap_err(), "id");
        assert!(undeclared(None, &[]).is_none());
    }
}
