//! Encodes the nulls inside arrays and maps whose values aren't nullable.

use crate::json::pointer::{Path, Segment};
use crate::model::node::{ArrayView, MapView, View};

/// An array or map that is written with nulls at these paths.
struct WithNulls<'a> {
    view: View<'a>,
    paths: Vec<&'a Path>,
}

/// Visits a view that has null at each of the paths, unless the value there was changed.
pub(super) fn with_nulls(view: View<'_>, paths: Vec<&Path>, visit: &mut dyn FnMut(View<'_>)) {
    let with_nulls = WithNulls { view, paths };
    match view {
        View::Array(_) => visit(View::Array(&with_nulls)),
        View::Map(_) => visit(View::Map(&with_nulls)),
        view => visit(view),
    }
}

impl WithNulls<'_> {
    /// Visits one value of the array or map.
    fn value(&self, view: View<'_>, is_segment: &dyn Fn(&Segment) -> bool, visit: &mut dyn FnMut(View<'_>)) {
        let paths = self.paths.iter().filter_map(|path| path.split_first());
        let paths: Vec<&Path> =
            paths.filter(|(segment, _)| is_segment(segment)).map(|(_, rest)| rest).collect();
        if paths.iter().any(|path| path.is_empty()) && view.is_default() {
            visit(View::Null);
        } else if paths.is_empty() {
            visit(view);
        } else {
            with_nulls(view, paths, visit);
        }
    }
}

impl ArrayView for WithNulls<'_> {
    fn len(&self) -> usize {
        if let View::Array(array) = self.view { array.len() } else { 0 }
    }

    fn get(&self, index: usize) -> View<'_> {
        if let View::Array(array) = self.view { array.get(index) } else { View::Absent }
    }

    fn each(&self, visit: &mut dyn FnMut(View<'_>)) {
        let View::Array(array) = self.view else { return };
        let mut index = 0;
        array.each(&mut |view| {
            self.value(view, &|segment| matches!(segment, Segment::Index(at) if *at == index), visit);
            index += 1;
        });
    }
}

impl MapView for WithNulls<'_> {
    fn len(&self) -> usize {
        if let View::Map(map) = self.view { map.len() } else { 0 }
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        if let View::Map(map) = self.view { map.get(key) } else { None }
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        let View::Map(map) = self.view else { return };
        map.each(&mut |key, view| {
            let is_key = |segment: &Segment| matches!(segment, Segment::Key(known) if known == key);
            self.value(view, &is_key, &mut |view| visit(key, view));
        });
    }
}
