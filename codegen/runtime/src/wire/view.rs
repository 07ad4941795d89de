//! What the driver writes.

use serde_json::{Map, Number, Value};

use super::extra::Extra;
use super::node::Node;
use super::timestamp::Timestamp;

/// A value that is looked at in order to write it.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Nothing is written, not even the key.
    Absent,
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    I64(i64),
    /// A number; integral ones are written as integers, as the server does.
    F64(f64),
    /// A number, kept as it was read.
    Number(&'a Number),
    /// A text.
    Str(&'a str),
    /// A point in time, written as text.
    Time(Timestamp),
    /// Any value.
    Any(&'a Value),
    /// An object without declared fields.
    Free(&'a Map<String, Value>),
    /// A list.
    Array(&'a dyn ArrayView),
    /// An object whose keys are data.
    Map(&'a dyn MapView),
    /// A model.
    Object(&'a dyn Node),
    /// A model that is one of several: the name of the field that tells which one, its value, the model.
    Tagged(&'static str, &'static str, &'a dyn Node),
    /// What a model holds beyond its fields; it is written by the driver alone.
    Extra(&'a Extra),
}

/// A list to write.
pub trait ArrayView {
    /// The number of items.
    fn len(&self) -> usize;
    /// An item; absent past the last one.
    fn get(&self, index: usize) -> View<'_>;
    /// Shows the items in order, as they are to be written.
    fn each(&self, visit: &mut dyn FnMut(View<'_>)) {
        for index in 0..self.len() {
            visit(self.get(index));
        }
    }
}

/// An object to write whose keys are data.
pub trait MapView {
    /// The number of entries.
    fn len(&self) -> usize;
    /// The value of a key.
    fn get(&self, key: &str) -> Option<View<'_>>;
    /// Shows the entries in order, as they are to be written.
    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>));
}

impl View<'_> {
    /// The same, with a tag if it is a model.
    #[must_use]
    pub fn tagged(self, field: &'static str, tag: &'static str) -> Self {
        match self {
            View::Object(model) => View::Tagged(field, tag, model),
            other => other,
        }
    }

    /// Whether this is what a field holds that nobody has set.
    pub(crate) fn is_default(&self) -> bool {
        match *self {
            View::Absent | View::Null => true,
            View::Bool(value) => !value,
            View::I64(value) => value == 0,
            View::F64(value) => value.to_bits() == 0,
            View::Number(value) => *value == Number::from(0),
            View::Str(value) => value.is_empty(),
            View::Time(value) => value == Timestamp::default(),
            View::Any(value) => value.is_null(),
            View::Extra(extra) => extra.is_untouched(),
            View::Free(value) => value.is_empty(),
            View::Array(value) => value.len() == 0,
            View::Map(value) => value.len() == 0,
            View::Object(model) | View::Tagged(_, _, model) => is_default(model),
        }
    }
}

/// Whether no field of the model was set.
fn is_default(model: &dyn Node) -> bool {
    (0..=model.model().names.len()).all(|index| model.view_at(index).is_default())
}

/// The integer that a number is equal to, if it is small enough to be told from its neighbours.
pub(crate) fn integral(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked right after")]
    let integer = number as i64;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(integer)
}
