//! Visits the properties of objects and the items of arrays, as they are encoded: also the parts that they can't hold,
//! which are nulls and values that were left out.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::exact::{compact, same_number};
use crate::json::pointer::Segment;
use crate::model::extra::{Extra, Original, Undeclared};
use crate::model::node::{ArrayView, MapView, Node, View};
use crate::state::field_set::FieldSet;
use crate::state::kept::Kept;

/// The name of a discriminator, and its values for a variant.
type Tags = (&'static str, &'static [&'static str]);

/// Returns whether a view is encoded as this JSON.
pub(super) type IsEncodedAs = fn(View<'_>, &str) -> bool;

/// Visits the properties of an object. Returns `false` if the value is not an object.
pub(crate) fn visit_properties(view: View<'_>, visit: &mut dyn FnMut(&str, View<'_>)) -> bool {
    visit_object(view, None, visit)
}

/// Visits the properties of an object as they are encoded as JSON. Without `is_encoded_as`, their values are to be split
/// into strings, so that arrays and objects are not visited as text.
pub(super) fn visit_object(
    view: View<'_>,
    is_encoded_as: Option<IsEncodedAs>,
    visit: &mut dyn FnMut(&str, View<'_>),
) -> bool {
    let (model, tags) = match view {
        View::Free(map) | View::Any(Value::Object(map)) => {
            map.iter().for_each(|(key, value)| visit(key, View::Any(value)));
            return true;
        }
        View::Map(map) => {
            map.each(visit);
            return true;
        }
        View::TaggedMap(field, tags, map) => {
            visit_map(map, Some((field, tags)), &[], visit);
            return true;
        }
        View::Object(model) => (model, None),
        View::Tagged(field, tags, model) => (model, Some((field, tags))),
        _ => return false,
    };
    let parts = model.extra().map_or(&[] as &[_], Extra::kept);
    Properties::of(model, tags, is_encoded_as).visit(parts, visit);
    true
}

/// Visits the properties of an object with the parts that it can't hold.
fn visit_entries(view: View<'_>, parts: &[(Segment, Kept)], visit: &mut dyn FnMut(&str, View<'_>)) {
    match view {
        View::Map(map) => visit_map(map, None, parts, visit),
        View::Free(map) => visit_map(map, None, parts, visit),
        View::TaggedMap(field, tags, map) => visit_map(map, Some((field, tags)), parts, visit),
        View::Object(model) => Properties::of(model, None, None).visit(parts, visit),
        View::Tagged(field, tags, model) => {
            Properties::of(model, Some((field, tags)), None).visit(parts, visit);
        }
        _ => {}
    }
}

/// Visits the entries of a map: its discriminator, if it has no such key, then the others.
fn visit_map(
    map: &dyn MapView,
    tags: Option<Tags>,
    parts: &[(Segment, Kept)],
    visit: &mut dyn FnMut(&str, View<'_>),
) {
    let parts = Parts::new(parts);
    if let Some((field, [tag, ..])) = tags
        && map.get(field).is_none()
        && !parts.has(field)
    {
        visit(field, View::Str(tag));
    }
    parts.entries(map, visit);
}

/// The properties of a model: its discriminator, its fields, its additional properties, then its undeclared fields.
struct Properties<'a> {
    model: &'a dyn Node,
    names: &'static [&'static str],
    tags: Option<Tags>,
    extra: Option<&'a Extra>,
    additional: Option<&'a dyn MapView>,
    is_encoded_as: Option<IsEncodedAs>,
}

impl<'a> Properties<'a> {
    fn of(model: &'a dyn Node, tags: Option<Tags>, is_encoded_as: Option<IsEncodedAs>) -> Self {
        let (names, extra) = (model.model_descriptor().names, model.extra());
        let tags = tags.filter(|_| !extra.is_some_and(Extra::keeps_tag));
        Self { model, names, tags, extra, additional: model.additional(), is_encoded_as }
    }

    /// Visits the properties with the parts that the fields can't hold.
    fn visit(&self, parts: &[(Segment, Kept)], visit: &mut dyn FnMut(&str, View<'_>)) {
        let mut parts = Parts::new(parts);
        let tag = self.undeclared_tag(&parts);
        if let Some((field, tag)) = tag {
            visit(field, View::Str(tag));
        }
        let written = self.visit_fields(&mut parts, visit);
        // A declared field takes precedence over an undeclared field with the same name, because callers set the declared
        // field. So does the discriminator.
        let is_written = |key: &str| {
            let index = self.names.iter().position(|name| *name == key);
            let is_field = index
                .and_then(|index| u16::try_from(index).ok())
                .is_some_and(|index| written.contains(index));
            is_field || tag.is_some_and(|(field, _)| field == key)
        };
        self.visit_additional(&is_written, &mut parts, visit);
        self.visit_undeclared(&is_written, visit);
        parts.rest(visit);
    }

    /// Returns the discriminator and its value, if the model has no such property with one of its values.
    fn undeclared_tag(&self, parts: &Parts<'_>) -> Option<(&'static str, &'static str)> {
        let (field, tags) = self.tags?;
        let in_extra = self.extra.and_then(|extra| extra.get(field)).map(View::Any);
        let in_map = self.additional.and_then(|additional| additional.get(field));
        let is_kept = in_extra.into_iter().chain(in_map).any(|value| is_tag(value, tags));
        let is_declared = self.names.contains(&field);
        tags.first().filter(|_| !is_declared && !is_kept && !parts.has(field)).map(|tag| (field, *tag))
    }

    /// Visits the declared fields that are written, and returns them.
    fn visit_fields(&self, parts: &mut Parts<'_>, visit: &mut dyn FnMut(&str, View<'_>)) -> FieldSet {
        let mut written = FieldSet::default();
        let notes = self.extra.filter(|extra| extra.has_notes());
        for (index, name) in (0..).zip(self.names) {
            let (view, is_complete) = self.field(index, name, notes);
            let mut visit = |view: View<'_>| {
                if !matches!(view, View::Absent) {
                    written.insert(index);
                    visit(name, view);
                }
            };
            if is_complete || parts.is_empty() {
                visit(view);
            } else {
                parts.field(name, view, &mut |_, view| visit(view));
            }
        }
        written
    }

    /// Returns the view of a declared field, and whether it is written without its parts.
    fn field(&self, index: u16, name: &str, notes: Option<&'a Extra>) -> (View<'a>, bool) {
        let position = usize::from(index);
        let view = match self.tags {
            Some((field, tags)) if field == name => tag_view(self.model.view_at(position), tags),
            _ => self.model.view_at(position),
        };
        if notes.is_some_and(|extra| extra.was_null(index)) && view.is_default() {
            return (View::Null, true);
        }
        if let Some(original) = self.original(notes.and_then(|extra| extra.original_at(index)), view) {
            return (original, true);
        }
        let descriptor = self.model.model_descriptor();
        match view {
            View::Absent if descriptor.demands_value(position) => (View::Missing, true),
            View::Absent if descriptor.is_required(position) => (View::Null, true),
            view => (view, false),
        }
    }

    /// Returns the JSON of a value as it was sent, if its type can't represent it exactly and it wasn't changed.
    fn original(&self, original: Option<&'a Original>, view: View<'_>) -> Option<View<'a>> {
        let (original, is_encoded_as) = original.zip(self.is_encoded_as)?;
        is_encoded_as(view, &original.encoded).then_some(View::Json(&original.text))
    }

    fn visit_additional(
        &self,
        is_written: &dyn Fn(&str) -> bool,
        parts: &mut Parts<'_>,
        visit: &mut dyn FnMut(&str, View<'_>),
    ) {
        let Some(additional) = self.additional else { return };
        additional.each(&mut |key, view| {
            if !is_written(key) {
                parts.entry(key, view, &mut |key, view| {
                    let original = self.extra.and_then(|extra| extra.original_of(key));
                    visit(key, self.original(original, view).unwrap_or(view));
                });
            }
        });
    }

    fn visit_undeclared(&self, is_written: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(&str, View<'_>)) {
        let Some(extra) = self.extra else { return };
        extra.visit_undeclared(&mut |key, value| {
            if is_written(key) || self.additional.is_some_and(|additional| additional.get(key).is_some()) {
                return;
            }
            match value {
                Undeclared::Value(value) => visit(key, View::Any(value)),
                Undeclared::Text(text) if self.is_encoded_as.is_some() || text.is_number() => {
                    visit(key, View::Json(&compact(text.text())));
                }
                Undeclared::Text(text) => {
                    if let Ok(value) = text.parse_nearest() {
                        visit(key, View::Any(&value));
                    }
                }
            }
        });
    }
}

/// Returns whether a value is one of a discriminator's.
fn is_tag(value: View<'_>, tags: &[&str]) -> bool {
    match value {
        View::Str(text) => tags.contains(&text),
        View::Any(Value::String(text)) => tags.contains(&text.as_str()),
        View::Bool(value) | View::Any(&Value::Bool(value)) => {
            tags.contains(&if value { "true" } else { "false" })
        }
        View::I64(value) => tags.contains(&value.to_string().as_str()),
        View::Any(Value::Number(number)) => {
            let number = number.to_string();
            tags.iter().any(|tag| same_number(tag, &number))
        }
        _ => false,
    }
}

/// Visits the items of an array. Returns `false` if the value is not an array.
pub(crate) fn visit_items(view: View<'_>, visit: &mut dyn FnMut(View<'_>)) -> bool {
    match view {
        View::Array(array) => array.each(visit),
        View::Any(Value::Array(items)) => items.iter().for_each(|item| visit(View::Any(item))),
        _ => return false,
    }
    true
}

/// The discriminator of a variant: as the model has it, if that is one of the variant's values.
fn tag_view<'a>(view: View<'a>, tags: &'static [&'static str]) -> View<'a> {
    match (view, tags) {
        (View::Str(value), tags) if tags.contains(&value) => view,
        (View::Absent | View::Null | View::Str(_), [tag, ..]) => View::Str(tag),
        (View::I64(value), [tag, ..]) if !tags.iter().any(|tag| tag.parse() == Ok(value)) => {
            tag.parse().map_or(view, View::I64)
        }
        (View::Bool(_), [tag, ..]) => tag.parse().map_or(view, View::Bool),
        _ => view,
    }
}

/// An array or object that is written with these parts.
pub(crate) struct WithParts<'a> {
    pub(crate) view: View<'a>,
    pub(crate) parts: &'a [(Segment, Kept)],
}

/// Visits a view with the parts that it can't hold.
fn with_parts(view: View<'_>, parts: &[(Segment, Kept)], visit: &mut dyn FnMut(View<'_>)) {
    let with_parts = WithParts { view, parts };
    with_parts.visit(visit);
}

impl WithParts<'_> {
    /// Visits the value.
    fn visit(&self, visit: &mut dyn FnMut(View<'_>)) {
        match self.view {
            _ if self.parts.is_empty() => visit(self.view),
            View::Array(_) => visit(View::Array(self)),
            view if view.is_object() => visit(View::Map(self)),
            view => visit(view),
        }
    }
}

/// Visits a value of an array or object with the part that belongs to it.
fn with_part(view: View<'_>, part: Option<&Kept>, visit: &mut dyn FnMut(View<'_>)) {
    match part {
        Some(Kept::Null) if view.is_default() => visit(View::Null),
        Some(Kept::LeftOut(text)) if view.is_default() => visit(View::Json(text)),
        Some(Kept::Inside(parts)) => with_parts(view, parts, visit),
        _ => visit(view),
    }
}

impl ArrayView for WithParts<'_> {
    fn len(&self) -> usize {
        let left_out = self.parts.iter().filter(|(_, kept)| kept.text().is_some()).count();
        let View::Array(array) = self.view else { return left_out };
        if array.positions() == array.len() {
            return array.len() + left_out;
        }
        let count = Cell::new(0);
        ArrayView::each(self, &mut |_| count.set(count.get() + 1));
        count.get()
    }

    fn get(&self, index: usize) -> View<'_> {
        if let View::Array(array) = self.view { array.get(index) } else { View::Absent }
    }

    fn each(&self, visit: &mut dyn FnMut(View<'_>)) {
        let View::Array(array) = self.view else { return };
        // The parts have the indices of the JSON text, in their order.
        let (mut index, mut parts) = (0, self.parts.iter().peekable());
        let mut part_at = |index: usize| {
            let part = parts.next_if(|(segment, _)| matches!(segment, Segment::Index(at) if *at <= index));
            part.map(|(_, kept)| kept)
        };
        let mut left_out = |index: &mut usize, visit: &mut dyn FnMut(View<'_>)| loop {
            let part = part_at(*index);
            let Some(text) = part.and_then(Kept::text) else { return part };
            visit(View::Json(text));
            *index = index.saturating_add(1);
        };
        array.each(&mut |view| {
            let part = left_out(&mut index, visit);
            with_part(view, part, visit);
            index += 1;
        });
        // After items were removed, the others are at the end. So are the nulls of items of a tuple that may be absent.
        let (mut end, mut absent) = (usize::MAX, array.positions() - array.len());
        while let Some(part) = left_out(&mut end, visit) {
            if matches!(part, Kept::Null) && absent > 0 {
                absent -= 1;
                visit(View::Null);
            }
        }
    }
}

impl MapView for WithParts<'_> {
    fn len(&self) -> usize {
        let count = Cell::new(0);
        MapView::each(self, &mut |_, _| count.set(count.get() + 1));
        count.get()
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        if let View::Map(map) | View::TaggedMap(_, _, map) = self.view { map.get(key) } else { None }
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        visit_entries(self.view, self.parts, visit);
    }
}

/// The parts of an object that are still to be written, by their keys.
struct Parts<'a>(BTreeMap<&'a str, Vec<&'a Kept>>);

impl<'a> Parts<'a> {
    fn new(parts: &'a [(Segment, Kept)]) -> Self {
        let mut by_key: BTreeMap<&str, Vec<&Kept>> = BTreeMap::new();
        for (segment, kept) in parts {
            match segment {
                Segment::Field(key) => by_key.entry(key).or_default().push(kept),
                Segment::Key(key) => by_key.entry(key).or_default().push(kept),
                Segment::Index(_) => {}
            }
        }
        Self(by_key)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether a value of this key was left out.
    fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|parts| parts.iter().any(|kept| matches!(kept, Kept::LeftOut(_))))
    }

    /// Visits a field with its part, and with further values of its key.
    fn field(&mut self, key: &str, view: View<'_>, visit: &mut dyn FnMut(&str, View<'_>)) {
        let parts = self.0.remove(key).unwrap_or_default();
        let part = parts.iter().find(|kept| !matches!(kept, Kept::Duplicate(_)));
        with_part(view, part.copied(), &mut |view| {
            if !matches!(view, View::Absent) {
                visit(key, view);
            }
        });
        duplicates(key, &parts, visit);
    }

    /// Visits an entry of a map with its part. An entry that was left out, but exists, was added later.
    fn entry(&mut self, key: &str, view: View<'_>, visit: &mut dyn FnMut(&str, View<'_>)) {
        if let Some(parts) = self.0.get_mut(key) {
            parts.retain(|kept| !matches!(kept, Kept::LeftOut(_)));
        }
        // An entry that is `None` is null: a map has no absent entries.
        let view = if matches!(view, View::Absent) { View::Null } else { view };
        self.field(key, view, visit);
    }

    /// Visits the entries of a map with their parts.
    fn entries(mut self, map: &dyn MapView, visit: &mut dyn FnMut(&str, View<'_>)) {
        map.each(&mut |key, view| self.entry(key, view, visit));
        self.rest(visit);
    }

    /// Visits the values that were left out of keys without an entry.
    fn rest(self, visit: &mut dyn FnMut(&str, View<'_>)) {
        for (key, parts) in self.0 {
            for text in
                parts.iter().filter(|kept| !matches!(kept, Kept::Duplicate(_))).filter_map(|kept| kept.text())
            {
                visit(key, View::Json(text));
            }
            duplicates(key, &parts, visit);
        }
    }
}

fn duplicates(key: &str, parts: &[&Kept], visit: &mut dyn FnMut(&str, View<'_>)) {
    for kept in parts {
        if let Kept::Duplicate(text) = kept {
            visit(key, View::Json(text));
        }
    }
}
