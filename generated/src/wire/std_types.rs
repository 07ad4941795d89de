//! The types of the standard library and of `serde_json` that models are made of.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::{Map, Number, Value};

use super::slot::{ArraySlot, MapSlot, OptionalSlot};
use super::view::{ArrayView, MapView};
use super::{Decode, Encode, Slot, View};

macro_rules! scalar {
    ($($type:ty: $slot:ident, $empty:expr, $view:expr;)*) => {$(
        impl Decode for $type {
            fn empty() -> Self {
                $empty
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }
        }
        impl Encode for $type {
            fn view(&self) -> View<'_> {
                let view: fn(&$type) -> View<'_> = $view;
                view(self)
            }
        }
    )*};
}

scalar! {
    bool: Bool, false, |value| View::Bool(*value);
    i64: I64, 0, |value| View::I64(*value);
    f64: F64, 0.0, |value| View::F64(*value);
    String: String, Self::new(), |value| View::Str(value);
    Value: Any, Value::Null, |value| View::Any(value);
    Map<String, Value>: Free, Self::new(), |value| View::Free(value);
    Number: Number, Self::from(0), |value| View::Number(value);
}

impl Decode for () {
    fn empty() -> Self {}

    fn slot(&mut self) -> Slot<'_> {
        Slot::Unit
    }
}

impl Encode for str {
    fn view(&self) -> View<'_> {
        View::Str(self)
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }
}

impl<T: Encode> Encode for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Decode> Decode for Option<T> {
    fn empty() -> Self {
        None
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }
}

impl<T: Decode> OptionalSlot for Option<T> {
    fn set_null(&mut self) -> bool {
        *self = None;
        false
    }

    fn present(&mut self) -> Slot<'_> {
        self.insert(T::empty()).slot()
    }
}

impl<T: Encode> Encode for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, Encode::view)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Array(self)
    }
}

impl<T: Decode> ArraySlot for Vec<T> {
    fn push(&mut self) -> Slot<'_> {
        self.push_mut(T::empty()).slot()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }
}

impl<T: Encode> ArrayView for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(View<'_>)) {
        for item in self {
            visit(item.view());
        }
    }
}

impl<T: Encode> Encode for &[T] {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }
}

impl<T: Encode> ArrayView for &[T] {
    fn len(&self) -> usize {
        (**self).len()
    }

    fn each(&self, visit: &mut dyn FnMut(View<'_>)) {
        for item in *self {
            visit(item.view());
        }
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

impl<T: Decode> MapSlot for BTreeMap<String, T> {
    fn entry(&mut self, key: String) -> Option<Slot<'_>> {
        match BTreeMap::entry(self, key) {
            Entry::Vacant(entry) => Some(entry.insert(T::empty()).slot()),
            Entry::Occupied(_) => None,
        }
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Encode> MapView for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        for (key, value) in self {
            visit(key, value.view());
        }
    }
}
