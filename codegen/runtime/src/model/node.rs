//! The `Node` trait, which all models and field types implement, with slots and views.
//!
//! A [`Node`] has a [`Slot`] that the decoder fills and a [`View`] that the encoder writes. Both may contain other
//! nodes, so the three types are in one file.

use std::any::TypeId;

use serde_json::{Map, Value};

use super::custom::{CustomSlot, CustomView};
use super::descriptor::ModelDescriptor;
use super::extra::Extra;
use crate::json::raw::RawJson;
use crate::state::decode_context::{DecodeContext, Failed};
use crate::types::accuracy::Accuracy;
use crate::types::number::Number;
use crate::types::timestamp::Timestamp;

/// A value that can be decoded from JSON and encoded as JSON: a model, or the type of a field.
///
/// Emitted code implements it for models. This crate implements it for its own types and for types of the standard
/// library. It is not meant to be implemented elsewhere.
///
/// A model has a descriptor, and gives access to its fields by position. Any other value has a slot and a view.
/// Decoding, encoding and comparing use only these methods, so they are compiled once for all models.
pub trait Node {
    /// Returns the descriptor of a model; `None` for other values.
    #[doc(hidden)]
    fn descriptor(&self) -> Option<&'static ModelDescriptor> {
        None
    }

    /// Returns a field of a model by its position; after the last field, its `Extra`, then its additional properties.
    #[doc(hidden)]
    fn field_at(&self, _index: usize) -> &dyn Node {
        &()
    }

    /// Returns a mutable field of a model by its position.
    #[doc(hidden)]
    fn field_at_mut(&mut self, _index: usize) -> &mut dyn Node {
        let nothing: &mut [(); 0] = &mut [];
        nothing
    }

    /// Returns the slot that the decoder fills.
    #[doc(hidden)]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Unit
    }

    /// Returns the view that the encoder writes.
    #[doc(hidden)]
    fn view(&self) -> View<'_> {
        View::Absent
    }
}

/// A value that [`decode`](crate::decode) can read.
///
/// It is implemented for models, and for the types of this crate and of the standard library that models consist of.
/// Use it as a bound in generic code.
pub trait Decode: Node {
    /// Returns the value that decoding starts from. It may be invalid: an enum starts as `Unknown("")`.
    #[doc(hidden)]
    #[inline]
    fn blank() -> Self
    where
        Self: Sized,
    {
        listed_value("")
    }

    /// Returns the value of a string in an enum of strings; an error with the unknown value if the enum doesn't list the
    /// string. Enums implement this function. Other types implement [`blank`](Self::blank).
    #[doc(hidden)]
    #[inline]
    fn of_string(_text: &str) -> Result<Self, Self>
    where
        Self: Sized,
    {
        Err(Self::blank())
    }

    /// Whether null inside an `Option` is read as the value that decoding starts from.
    // A constant: a function would be compiled for each type in a user's program.
    #[doc(hidden)]
    const IS_NULL: bool = false;

    /// Returns the slot of an optional value of this type.
    #[doc(hidden)]
    #[inline]
    fn optional(value: &mut Option<Self>) -> Slot<'_>
    where
        Self: Sized,
    {
        Slot::Optional(value)
    }
}

/// A mutable reference to a value that the decoder fills.
pub enum Slot<'a> {
    /// No content: only null is accepted.
    Unit,
    /// The value null.
    Null,
    /// A boolean.
    Bool(&'a mut bool),
    /// A 64-bit integer.
    I64(&'a mut i64),
    /// A 64-bit integer that is not negative.
    U64(&'a mut u64),
    /// A number, as an `f64`.
    F64(&'a mut f64),
    /// A number of any precision.
    Number(&'a mut Number),
    /// A string.
    String(&'a mut String),
    /// Any value.
    Any(&'a mut Value),
    /// An object without declared fields.
    Free(&'a mut Map<String, Value>),
    /// An enum of strings that keeps unknown strings.
    Listed(&'a mut dyn ListedSlot),
    /// A type that is parsed from a string.
    Parsed(&'a mut dyn ParseSlot),
    /// A type of another crate.
    Custom(&'a mut dyn CustomSlot),
    /// A type that is converted from another one.
    Converted(&'a mut dyn ConvertedSlot),
    /// A type that may be null.
    Optional(&'a mut dyn OptionalSlot),
    /// A string that may be null. Such frequent types have slots of their own, which take less time.
    OptionalString(&'a mut Option<String>),
    /// A 64-bit integer that may be null.
    OptionalI64(&'a mut Option<i64>),
    /// A boolean that may be null.
    OptionalBool(&'a mut Option<bool>),
    /// An array.
    Array(&'a mut dyn ArraySlot),
    /// An object with arbitrary keys: `additionalProperties`.
    Map(&'a mut dyn MapSlot),
    /// A model.
    Object(&'a mut dyn Node),
    /// The `Extra` of a model, which only the decoder fills.
    Extra(&'a mut Extra),
    /// A union, whose variant depends on the value.
    Union(&'a mut dyn UnionSlot),
}

/// A type that is parsed from a string: a timestamp.
pub trait ParseSlot {
    /// Returns the name of the expected string, for messages.
    fn expected(&self) -> &'static str;
    /// Parses the string. Returns whether the value represents it exactly; `None` if the string is invalid.
    fn parse(&mut self, text: &str) -> Option<Accuracy>;
}

/// An enum of strings that keeps unknown strings.
///
/// It is compiled once for all enums: only [`Decode::of_string`] knows the values.
pub trait ListedSlot {
    /// Sets the value of a string. Returns whether the enum lists the string.
    fn set(&mut self, text: &str) -> bool;
}

impl<T: Decode> ListedSlot for T {
    #[inline]
    fn set(&mut self, text: &str) -> bool {
        let value = T::of_string(text);
        let is_listed = value.is_ok();
        *self = value.unwrap_or_else(|unknown| unknown);
        is_listed
    }
}

/// Returns the value of a string in an enum.
#[inline]
pub fn listed_value<T: Decode>(text: &str) -> T {
    T::of_string(text).unwrap_or_else(|unknown| unknown)
}

/// A type that is converted from another one: an enum of numbers, a Unix time.
pub trait ConvertedSlot {
    /// Returns the name of the expected value, for messages.
    fn expected(&self) -> &'static str;
    /// Fills a value of the other type and converts it, if `fill` returns `true`. Returns whether the enum lists the
    /// value; `None` if the type is not an enum, or not filled.
    fn convert(&mut self, fill: &mut dyn FnMut(Slot<'_>) -> bool) -> Option<bool>;
}

/// A type that may be null.
pub trait OptionalSlot {
    /// Sets the value to null. Returns `true` if the type distinguishes null from absent.
    fn set_null(&mut self) -> bool;
    /// Makes the value absent.
    fn clear(&mut self);
    /// Sets a value and returns its slot.
    fn present(&mut self) -> Slot<'_>;
}

/// An array.
pub trait ArraySlot {
    /// Adds the item at an index, and returns its slot. `None` if it is a tuple without such an item.
    fn push(&mut self, index: usize) -> Option<Slot<'_>>;
    /// Removes the last item. Returns `false` if it is a tuple, whose items have fixed positions.
    fn pop(&mut self) -> bool;
    /// Returns the minimum number of items of a tuple, and the number of those that have types of their own.
    fn lengths(&mut self) -> Option<(usize, usize)> {
        None
    }
}

/// An object with arbitrary keys.
pub trait MapSlot {
    /// Adds a key and returns the slot of its value; `None` if the key exists.
    fn entry(&mut self, key: String) -> Option<Slot<'_>>;
    /// Removes a key.
    fn remove(&mut self, key: &str);
}

/// A union, whose variant depends on the value.
pub trait UnionSlot: 'static {
    /// Returns the type of the union.
    fn union_type(&self) -> TypeId {
        TypeId::of::<Self>()
    }

    /// Decodes the value into a variant. Returns `false` if no declared variant accepts it.
    ///
    /// # Errors
    ///
    /// Returns an error if the variant that the discriminator selects doesn't accept the value; the context contains the
    /// problem.
    fn set(&mut self, value: RawJson<'_>, context: &mut DecodeContext) -> Result<bool, Failed>;
}

/// A reference to a value that the encoder writes.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// An absent value: not even its key is written.
    Absent,
    /// Null.
    Null,
    /// The missing value of a field that must have one. It can't be written.
    Missing,
    /// A boolean.
    Bool(bool),
    /// An integer.
    I64(i64),
    /// An integer that is not negative.
    U64(u64),
    /// A number. A number without a fraction is written as an integer, as servers do.
    F64(f64),
    /// A value as JSON text, which is written unchanged: a number with all of its digits.
    Json(&'a str),
    /// A string.
    Str(&'a str),
    /// A timestamp, written as a string.
    Time(Timestamp),
    /// A value of a type of another crate.
    Custom(&'a dyn CustomView),
    /// Any value.
    Any(&'a Value),
    /// An object without declared fields.
    Free(&'a Map<String, Value>),
    /// An array.
    Array(&'a dyn ArrayView),
    /// An object with arbitrary keys.
    Map(&'a dyn MapView),
    /// A model.
    Object(&'a dyn Node),
    /// A model in a union: the name of the discriminator, its values, the model. The first value is written, unless the
    /// model has another one of them.
    Tagged(&'static str, &'static [&'static str], &'a dyn Node),
    /// An object with arbitrary keys in a union: the name of the discriminator, its values, the object. The first value is
    /// written, unless the object has this key.
    TaggedMap(&'static str, &'static [&'static str], &'a dyn MapView),
    /// The `Extra` of a model, which only the encoder writes.
    Extra(&'a Extra),
}

/// An array to write.
pub trait ArrayView {
    /// Returns the number of items.
    fn len(&self) -> usize;
    /// Returns the number of items that may be written: for a tuple, also those that are absent at its end.
    fn positions(&self) -> usize {
        self.len()
    }
    /// Returns an item; `View::Absent` after the last one.
    fn get(&self, index: usize) -> View<'_>;
    /// Visits the items in order.
    fn each(&self, visit: &mut dyn FnMut(View<'_>)) {
        for index in 0..self.len() {
            visit(self.get(index));
        }
    }
}

/// An object with arbitrary keys to write.
pub trait MapView {
    /// Returns the number of entries.
    fn len(&self) -> usize;
    /// Returns the value of a key.
    fn get(&self, key: &str) -> Option<View<'_>>;
    /// Visits the entries in order.
    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>));
}

/// Returns the slot of a model or another value.
#[inline]
pub fn slot_of<T: Node>(value: &mut T) -> Slot<'_> {
    value.slot()
}

/// Returns the view of a model or another value.
#[inline]
pub fn view_of<T: Node>(value: &T) -> View<'_> {
    if value.descriptor().is_some() { View::Object(value) } else { value.view() }
}

/// Access to models for the decoder and the encoder.
impl dyn Node + '_ {
    /// Returns the descriptor of a model.
    pub(crate) fn model_descriptor(&self) -> &'static ModelDescriptor {
        self.descriptor().unwrap_or(ModelDescriptor::NONE)
    }

    /// Returns the slot of a field by its position.
    #[inline]
    pub(crate) fn slot_at(&mut self, index: usize) -> Slot<'_> {
        self.field_at_mut(index).slot()
    }

    /// Returns the view of a field by its position.
    #[inline]
    pub(crate) fn view_at(&self, index: usize) -> View<'_> {
        self.field_at(index).full_view()
    }

    /// Returns the view of a model or another value.
    #[inline]
    pub(crate) fn full_view(&self) -> View<'_> {
        if self.descriptor().is_some() { View::Object(self) } else { self.view() }
    }

    /// Returns the `Extra` of a model; `None` if the model is closed.
    pub(crate) fn extra(&self) -> Option<&Extra> {
        let descriptor = self.model_descriptor();
        match self.view_at(descriptor.names.len()) {
            View::Extra(extra) if descriptor.open => Some(extra),
            _ => None,
        }
    }

    /// Returns the `Extra` of a model, to be changed; `None` if the model is closed.
    pub(crate) fn extra_mut(&mut self) -> Option<&mut Extra> {
        let descriptor = self.model_descriptor();
        match self.slot_at(descriptor.names.len()) {
            Slot::Extra(extra) if descriptor.open => Some(extra),
            _ => None,
        }
    }

    /// Returns the additional properties of a model; `None` if it declares none, or any.
    pub(crate) fn additional(&self) -> Option<&dyn MapView> {
        let descriptor = self.model_descriptor();
        match self.view_at(descriptor.names.len() + 1) {
            View::Map(map) if descriptor.additional => Some(map),
            _ => None,
        }
    }

    /// Returns the additional properties of a model, to be changed; `None` if it declares none, or any.
    pub(crate) fn additional_mut(&mut self) -> Option<&mut dyn MapSlot> {
        let descriptor = self.model_descriptor();
        match self.slot_at(descriptor.names.len() + 1) {
            Slot::Map(map) if descriptor.additional => Some(map),
            _ => None,
        }
    }
}

/// A response without content.
impl Node for () {}

impl Decode for () {
    #[inline]
    fn blank() -> Self {}
}

/// The field that a value without fields returns.
impl Node for [(); 0] {}
