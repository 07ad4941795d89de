//! Reads values that are not declared: undeclared fields of a model, and properties of free-form objects.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::json::pointer::Segment;
use crate::json::raw_properties::RawProperties;
use crate::json::reader::Reader;
use crate::model::descriptor::ModelDescriptor;
use crate::model::node::Node;
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::problem::DecodeProblem;

/// Reads an undeclared field.
pub(super) fn read_undeclared<'j>(
    descriptor: &'static ModelDescriptor,
    key: Cow<'j, str>,
    unknown: &mut RawProperties<'j>,
    reader: &mut Reader<'j>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    if !descriptor.open {
        let failed = context.fail(DecodeProblem::Unknown { model: descriptor.name }, reader.offset());
        return Err(context.fail_inside(Segment::Key(key.into_owned()), failed));
    }
    let value = reader.skip().map_err(Failed::from).and_then(|value| context.check(value).map(|()| value));
    match value {
        Ok(value) => {
            context.note_undeclared(value.size());
            unknown.push(key, value);
            Ok(())
        }
        Err(failed) => Err(context.fail_inside(Segment::Key(key.into_owned()), failed)),
    }
}

/// Adds the undeclared fields to a model.
pub(super) fn keep_undeclared(
    model: &mut dyn Node,
    unknown: &RawProperties<'_>,
    reader: &Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    if let Some(key) = unknown.duplicate_key() {
        let failed = context.fail(DecodeProblem::Duplicate, reader.offset());
        return Err(context.fail_inside(Segment::Key(key.to_owned()), failed));
    }
    if let Some(extra) = model.extra_mut() {
        extra.keep(unknown);
    }
    Ok(())
}

/// Fills an object without declared fields.
pub(super) fn read_free_form(
    map: &mut Map<String, Value>,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let mut is_first = true;
    while let Some(key) = reader.key(&mut is_first)? {
        let key = key.into_owned();
        let result = if map.contains_key(&key) {
            Err(context.fail(DecodeProblem::Duplicate, reader.offset()))
        } else {
            read_free_value(reader, context)
        };
        match result {
            Ok(value) => map.insert(key, value),
            Err(failed) => return Err(context.fail_inside(Segment::Key(key), failed)),
        };
    }
    Ok(())
}

fn read_free_value(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<Value, Failed> {
    let raw = reader.skip()?;
    context.note_undeclared(raw.size());
    context.value(raw)
}
