//! Reads values that are not declared: undeclared fields of a model, and properties of free-form objects.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::leave_out::{leave_out, text_of};
use crate::json::pointer::Segment;
use crate::json::raw_properties::RawProperties;
use crate::json::reader::Reader;
use crate::model::descriptor::ModelDescriptor;
use crate::model::node::Node;
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::problem::DecodeProblem;
use crate::state::tag::Tag;

/// Reads an undeclared field. A closed model doesn't have its discriminator, which the encoder writes.
pub(super) fn read_undeclared<'j>(
    descriptor: &'static ModelDescriptor,
    key: Cow<'j, str>,
    tag: Option<&Tag>,
    unknown: &mut RawProperties<'j>,
    reader: &mut Reader<'j>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let (start, kept) = (*reader, context.kept.len());
    if !descriptor.open
        && let Some(tag) = tag
    {
        let mut after = start;
        if tag.is_written(&key, after.skip()?) {
            *reader = after;
            return Ok(());
        }
    }
    let value = if descriptor.open {
        reader.skip().map_err(Failed::from).and_then(|value| context.check(value).map(|()| value))
    } else {
        Err(context.fail(DecodeProblem::Unknown { model: descriptor.name }, reader.offset()))
    };
    match value {
        Ok(value) => {
            context.note_undeclared(value.size());
            unknown.push(key, value);
            Ok(())
        }
        Err(failed) => leave_out(Segment::Key(key.into_owned()), kept, start, reader, failed, context),
    }
}

/// Adds the undeclared fields to a model.
pub(super) fn keep_undeclared(
    model: &mut dyn Node,
    mut unknown: RawProperties<'_>,
    reader: &Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    if let Some(key) = unknown.duplicate_key() {
        let key = Segment::Key(key.to_owned());
        let failed = context.fail(DecodeProblem::Duplicate, reader.offset());
        if !context.is_lenient {
            return Err(context.fail_inside(key, failed));
        }
        leave_out_duplicates(&mut unknown, context);
    }
    if let Some(extra) = model.extra_mut() {
        extra.keep(&unknown);
    }
    Ok(())
}

/// Leaves out all values of a key after the first.
#[cold]
fn leave_out_duplicates(unknown: &mut RawProperties<'_>, context: &mut DecodeContext) {
    for (key, value) in unknown.take_duplicates() {
        context.fail(DecodeProblem::Duplicate, value.offset());
        context.note_failure(value);
        context.keep(Segment::Key(key.into_owned()), text_of(value, true));
    }
}

/// Fills an object without declared fields.
pub(super) fn read_free_form(
    map: &mut Map<String, Value>,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let (mut is_first, mut left_out) = (true, BTreeSet::new());
    while let Some(key) = reader.key(&mut is_first)? {
        let key = key.into_owned();
        let (start, kept) = (*reader, context.kept.len());
        let result = if map.contains_key(&key) || left_out.contains(&key) {
            Err(context.fail(DecodeProblem::Duplicate, reader.offset()))
        } else {
            read_free_value(reader, context)
        };
        match result {
            Ok(value) => {
                map.insert(key, value);
            }
            Err(failed) => {
                leave_out(Segment::Key(key.clone()), kept, start, reader, failed, context)?;
                left_out.insert(key);
            }
        }
    }
    Ok(())
}

fn read_free_value(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<Value, Failed> {
    let raw = reader.skip()?;
    context.note_undeclared(raw.size());
    context.value(raw)
}
