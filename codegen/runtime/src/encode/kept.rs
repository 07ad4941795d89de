//! Encodes the parts that a value can't hold: nulls, and values that were left out.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::visit::visit_entries;
use crate::json::pointer::Segment;
use crate::model::node::{ArrayView, MapView, View};
use crate::state::kept::Kept;

/// An array or object that is written with these parts.
pub(crate) struct WithParts<'a> {
    pub(crate) view: View<'a>,
    pub(crate) parts: &'a [(Segment, Kept)],
}

/// Visits a view with the parts that it can't hold.
pub(super) fn with_parts(view: View<'_>, parts: &[(Segment, Kept)], visit: &mut dyn FnMut(View<'_>)) {
    let with_parts = WithParts { view, parts };
    with_parts.visit(visit);
}

impl WithParts<'_> {
    /// Visits the value.
    pub(crate) fn visit(&self, visit: &mut dyn FnMut(View<'_>)) {
        match self.view {
            _ if self.parts.is_empty() => visit(self.view),
            View::Array(_) => visit(View::Array(self)),
            View::Map(_) | View::Free(_) | View::Object(_) | View::Tagged(..) => visit(View::Map(self)),
            view => visit(view),
        }
    }
}

/// Visits a value of an array or object with the part that belongs to it.
pub(super) fn with_part(view: View<'_>, part: Option<&Kept>, visit: &mut dyn FnMut(View<'_>)) {
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
        array.len() + left_out
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
        // After items were removed, the others are at the end.
        let mut end = usize::MAX;
        while left_out(&mut end, visit).is_some() {}
    }
}

impl MapView for WithParts<'_> {
    fn len(&self) -> usize {
        let count = Cell::new(0);
        MapView::each(self, &mut |_, _| count.set(count.get() + 1));
        count.get()
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        if let View::Map(map) = self.view { map.get(key) } else { None }
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        visit_entries(self.view, self.parts, visit);
    }
}

/// The parts of an object that are still to be written, by their keys.
pub(super) struct Parts<'a>(BTreeMap<&'a str, Vec<&'a Kept>>);

impl<'a> Parts<'a> {
    pub(super) fn new(parts: &'a [(Segment, Kept)]) -> Self {
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

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Visits a field with its part, and with further values of its key.
    pub(super) fn field(&mut self, key: &str, view: View<'_>, visit: &mut dyn FnMut(&str, View<'_>)) {
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
        self.field(key, view, visit);
    }

    /// Visits the entries of a map with their parts.
    pub(super) fn entries(mut self, map: &dyn MapView, visit: &mut dyn FnMut(&str, View<'_>)) {
        map.each(&mut |key, view| self.entry(key, view, visit));
        self.rest(visit);
    }

    /// Visits the values that were left out of keys without an entry.
    pub(super) fn rest(self, visit: &mut dyn FnMut(&str, View<'_>)) {
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
