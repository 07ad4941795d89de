//! The properties of a model that were read.

use std::collections::BTreeSet;

use crate::json::raw_properties::RawProperties;
use crate::model::descriptor::ModelDescriptor;
use crate::model::node::Node;
use crate::state::field_set::FieldSet;
use crate::state::problem::DecodeProblem;

/// The declared fields of a model that were read.
pub(super) struct Fields {
    pub(super) descriptor: &'static ModelDescriptor,
    /// The only fields that are read; `None` for all properties.
    pub(super) selected: Option<FieldSet>,
    pub(super) seen: FieldSet,
    /// The fields that are null, and don't distinguish that from absent.
    pub(super) nulls: FieldSet,
}

impl Fields {
    pub(super) fn new(descriptor: &'static ModelDescriptor, selected: Option<FieldSet>) -> Self {
        Self { descriptor, selected, seen: FieldSet::default(), nulls: FieldSet::default() }
    }

    /// Returns whether a field is skipped.
    #[inline]
    pub(super) fn skips(&self, index: u16) -> bool {
        self.selected.as_ref().is_some_and(|selected| !selected.contains(index))
    }

    /// Returns whether only some fields are read, and all of these were.
    #[inline]
    pub(super) fn has_all_selected(&self) -> bool {
        self.selected.as_ref().is_some_and(|selected| self.seen.contains_all(selected))
    }

    /// Records the nulls in a model.
    pub(super) fn keep_nulls(&mut self, model: &mut dyn Node) {
        if !self.nulls.is_empty()
            && let Some(extra) = model.extra_mut()
        {
            extra.note_nulls(self.descriptor.names, std::mem::take(&mut self.nulls));
        }
    }

    /// Returns whether all required fields were read. `first` is the set of them, if they are among the first 64.
    pub(super) fn has_all(&self, first: Option<u64>) -> bool {
        first.map_or_else(|| self.missing_names().next().is_none(), |first| self.seen.contains_first(first))
    }

    /// Returns the problem of a model without a required field.
    #[cold]
    pub(super) fn missing(&self) -> DecodeProblem {
        DecodeProblem::Missing { model: self.descriptor.name, fields: self.missing_names().collect() }
    }

    fn missing_names(&self) -> impl Iterator<Item = &'static str> {
        let is_missing = |index: &usize| u16::try_from(*index).is_ok_and(|index| !self.seen.contains(index));
        let missing = self.descriptor.required().filter(is_missing);
        missing.filter_map(|index| self.descriptor.names.get(index).copied())
    }
}

/// The properties of a model that are no fields.
#[derive(Default)]
pub(super) struct OtherProperties<'j> {
    pub(super) unknown: RawProperties<'j>,
    /// The keys of additional properties that are not in the map: it must not have a later value of one of them.
    pub(super) rejected: Option<BTreeSet<String>>,
}
