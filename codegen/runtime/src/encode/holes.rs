//! Nulls inside of lists and maps whose values have no form for null.

use crate::json::pointer::{Segment, Way};
use crate::model::node::{ArrayView, MapView, View};

/// A list or a map that is written with nulls in it.
struct Holed<'a> {
    view: View<'a>,
    ways: Vec<&'a Way>,
}

/// Shows a view with null wherever one of the ways leads, unless another value was put there since.
pub(super) fn holed(view: View<'_>, ways: Vec<&Way>, visit: &mut dyn FnMut(View<'_>)) {
    let holed = Holed { view, ways };
    match view {
        View::Array(_) => visit(View::Array(&holed)),
        View::Map(_) => visit(View::Map(&holed)),
        view => visit(view),
    }
}

impl Holed<'_> {
    /// Shows one value of the list or map.
    fn value(&self, view: View<'_>, is_step: &dyn Fn(&Segment) -> bool, visit: &mut dyn FnMut(View<'_>)) {
        let ways = self.ways.iter().filter_map(|way| way.split_first());
        let ways: Vec<&Way> = ways.filter(|(step, _)| is_step(step)).map(|(_, rest)| rest).collect();
        if ways.iter().any(|way| way.is_empty()) && view.is_default() {
            visit(View::Null);
        } else if ways.is_empty() {
            visit(view);
        } else {
            holed(view, ways, visit);
        }
    }
}

impl ArrayView for Holed<'_> {
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
            self.value(view, &|step| matches!(step, Segment::Index(at) if *at == index), visit);
            index += 1;
        });
    }
}

impl MapView for Holed<'_> {
    fn len(&self) -> usize {
        if let View::Map(map) = self.view { map.len() } else { 0 }
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        if let View::Map(map) = self.view { map.get(key) } else { None }
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        let View::Map(map) = self.view else { return };
        map.each(&mut |key, view| {
            let is_key = |step: &Segment| matches!(step, Segment::Key(known) if known == key);
            self.value(view, &is_key, &mut |view| visit(key, view));
        });
    }
}
