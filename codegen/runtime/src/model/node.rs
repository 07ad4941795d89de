//! Models and what they are made of, as reading and writing see them.
//!
//! A [`Node`] has a [`Slot`] to be filled and a [`View`] to be written, either of which may be a node again. As none of
//! the three can be told without the others, they stand in one file.

use serde_json::{Map, Number, Value};

use super::extra::Extra;
use super::shape::Shape;
use crate::json::raw::Raw;
use crate::state::context::{Context, Failed};
use crate::types::timestamp::Timestamp;

/// A value that can be read from JSON and written to it: a model, or what models are made of.
///
/// Implemented for the types of this crate and for those of the standard library that they consist of; not meant
/// for types outside of it.
///
/// A model has a shape and hands out its fields by their position; any other value has a slot to be filled and a
/// view to be written. All else that a model can do follows from these, and is compiled once for all models.
pub trait Node {
    /// What is declared of a model.
    #[doc(hidden)]
    fn shape(&self) -> Option<&'static Shape> {
        None
    }

    /// A model's field; after the last one, what came beyond the declared ones.
    #[doc(hidden)]
    fn at(&self, _index: usize) -> &dyn Node {
        &()
    }

    /// The same, to be filled.
    #[doc(hidden)]
    fn at_mut(&mut self, _index: usize) -> &mut dyn Node {
        let nothing: &mut [(); 0] = &mut [];
        nothing
    }

    /// Where the driver puts a value.
    #[doc(hidden)]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Unit
    }

    /// What the driver writes.
    #[doc(hidden)]
    fn view(&self) -> View<'_> {
        View::Absent
    }
}

/// A place of one type that waits for its value.
pub enum Slot<'a> {
    /// No content: null is all that fits.
    Unit,
    /// A boolean.
    Bool(&'a mut bool),
    /// An integer of 64 bits.
    I64(&'a mut i64),
    /// A number, as floating point.
    F64(&'a mut f64),
    /// A number, kept as it was written.
    Number(&'a mut Number),
    /// A text.
    String(&'a mut String),
    /// Any value.
    Any(&'a mut Value),
    /// An object without declared fields.
    Free(&'a mut Map<String, Value>),
    /// Something that is read from a text.
    Parsed(&'a mut dyn ParseSlot),
    /// Something that is read from an integer.
    Integer(&'a mut dyn IntegerSlot),
    /// Something that may be null.
    Optional(&'a mut dyn OptionalSlot),
    /// A list.
    Array(&'a mut dyn ArraySlot),
    /// An object whose keys are data.
    Map(&'a mut dyn MapSlot),
    /// A model.
    Object(&'a mut dyn Node),
    /// What a model holds beyond its fields; it is filled by the driver alone.
    Extra(&'a mut Extra),
    /// One of several types, chosen by looking at the value.
    Union(&'a mut dyn UnionSlot),
}

/// Something that is read from a text: a point in time, an open enum.
pub trait ParseSlot {
    /// What the text should be.
    fn expected(&self) -> &'static str;
    /// Reads the text; `false` if it does not fit.
    fn parse(&mut self, text: &str) -> bool;
    /// Whether the text is one of a list; nothing where there is no such list.
    fn is_listed(&self) -> Option<bool> {
        None
    }
}

/// Something that is read from an integer of 64 bits.
pub trait IntegerSlot {
    /// Takes the integer.
    fn set(&mut self, value: i64);
}

/// Something that may be null.
pub trait OptionalSlot {
    /// Takes a null; `true` if the value itself remembers that it was null and not absent.
    fn set_null(&mut self) -> bool;
    /// Makes room for a value.
    fn present(&mut self) -> Slot<'_>;
}

/// A list.
pub trait ArraySlot {
    /// Makes room for one more item.
    fn push(&mut self) -> Slot<'_>;
}

/// An object whose keys are data.
pub trait MapSlot {
    /// Makes room for the value of a key; nothing if the key stands there already.
    fn entry(&mut self, key: String) -> Option<Slot<'_>>;
}

/// One of several types, chosen by looking at the value.
pub trait UnionSlot {
    /// Takes the value, and tells whether one of the types holds it.
    ///
    /// # Errors
    ///
    /// If the type that the value names does not hold it; what went wrong is left in the context.
    fn set(&mut self, value: Raw<'_>, context: &mut Context) -> Result<bool, Failed>;
}

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

/// The slot of a value, be it a model or not.
#[inline]
pub fn slot_of<T: Node>(value: &mut T) -> Slot<'_> {
    if value.shape().is_some() { Slot::Object(value) } else { value.slot() }
}

/// The view of a value, be it a model or not.
#[inline]
pub fn view_of<T: Node>(value: &T) -> View<'_> {
    if value.shape().is_some() { View::Object(value) } else { value.view() }
}

/// Models, as the driver sees them.
impl dyn Node + '_ {
    /// A model's shape.
    pub(crate) fn model(&self) -> &'static Shape {
        self.shape().unwrap_or(Shape::NONE)
    }

    /// The slot of a field, by its position.
    #[inline]
    pub(crate) fn slot_at(&mut self, index: usize) -> Slot<'_> {
        let node = self.at_mut(index);
        if node.shape().is_some() { Slot::Object(node) } else { node.slot() }
    }

    /// The view of a field, by its position.
    #[inline]
    pub(crate) fn view_at(&self, index: usize) -> View<'_> {
        self.at(index).whole_view()
    }

    /// The view of a value, be it a model or not.
    #[inline]
    pub(crate) fn whole_view(&self) -> View<'_> {
        if self.shape().is_some() { View::Object(self) } else { self.view() }
    }

    /// What came beyond the declared fields; nothing if there is no room for it.
    pub(crate) fn extra(&self) -> Option<&Extra> {
        let shape = self.model();
        match self.view_at(shape.names.len()) {
            View::Extra(extra) if shape.open => Some(extra),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(crate) fn extra_mut(&mut self) -> Option<&mut Extra> {
        let shape = self.model();
        match self.slot_at(shape.names.len()) {
            Slot::Extra(extra) if shape.open => Some(extra),
            _ => None,
        }
    }
}

/// Nothing: an answer without a body.
impl Node for () {}

/// Stands where a value without fields is asked for one.
impl Node for [(); 0] {}
