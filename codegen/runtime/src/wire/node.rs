//! What the driver fills and writes: models, and what they are made of.

use super::extra::Extra;
use super::slot::Slot;
use super::view::View;

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

/// What is declared of a model.
#[derive(Debug)]
pub struct Shape {
    pub name: &'static str,
    /// The names of the fields on the wire.
    pub names: &'static [&'static str],
    /// What else is known of each of them.
    pub flags: &'static [u8],
    /// Whether there is room for fields that are not declared.
    pub open: bool,
}

impl Shape {
    /// The flag of a field that must be there.
    pub const REQUIRED: u8 = 1;
    /// The flag of a field whose integers may come as texts.
    pub const LENIENT: u8 = 2;

    const NONE: &Self = &Self { name: "", names: &[], flags: &[], open: false };

    fn has(&self, index: usize, flag: u8) -> bool {
        self.flags.get(index).is_some_and(|flags| flags & flag != 0)
    }

    pub(super) fn is_lenient(&self, index: usize) -> bool {
        self.has(index, Self::LENIENT)
    }

    pub(super) fn is_required(&self, index: usize) -> bool {
        self.has(index, Self::REQUIRED)
    }

    /// The positions of the fields that must be there.
    pub(super) fn required(&self) -> impl Iterator<Item = usize> {
        (0..self.names.len()).filter(|index| self.is_required(*index))
    }
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
    pub(super) fn model(&self) -> &'static Shape {
        self.shape().unwrap_or(Shape::NONE)
    }

    /// The slot of a field, by its position.
    #[inline]
    pub(super) fn slot_at(&mut self, index: usize) -> Slot<'_> {
        let node = self.at_mut(index);
        if node.shape().is_some() { Slot::Object(node) } else { node.slot() }
    }

    /// The view of a field, by its position.
    #[inline]
    pub(super) fn view_at(&self, index: usize) -> View<'_> {
        self.at(index).whole_view()
    }

    /// The view of a value, be it a model or not.
    #[inline]
    pub(crate) fn whole_view(&self) -> View<'_> {
        if self.shape().is_some() { View::Object(self) } else { self.view() }
    }

    /// What came beyond the declared fields; nothing if there is no room for it.
    pub(super) fn extra(&self) -> Option<&Extra> {
        let shape = self.model();
        match self.view_at(shape.names.len()) {
            View::Extra(extra) if shape.open => Some(extra),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn extra_mut(&mut self) -> Option<&mut Extra> {
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

/// Ties the fields of a struct to their names on the wire, and gives it what all models have:
/// `model! { Item: open, 0 "id" => id: REQUIRED, 1 "type" => r#type, }`.
///
/// It is `open` if it has a field `extra` for what is not declared, or `closed`. Flags are those of [`Shape`].
#[doc(hidden)]
#[macro_export]
macro_rules! model {
    ($model:ident: $kind:ident, $($index:literal $wire:literal => $field:ident $(: $($flag:ident)+)?,)*) => {
        impl $crate::wire::Node for $model {
            #[inline]
            fn shape(&self) -> Option<&'static $crate::wire::Shape> {
                Some(&$crate::wire::Shape {
                    name: stringify!($model),
                    names: &[$($wire),*],
                    flags: &[$(0 $($(| $crate::wire::Shape::$flag)+)?),*],
                    open: $crate::model!(@is_open $kind),
                })
            }
            #[inline]
            fn at(&self, index: usize) -> &dyn $crate::wire::Node {
                match index { $($index => &self.$field,)* _ => $crate::model!(@rest self $kind) }
            }
            #[inline]
            fn at_mut(&mut self, index: usize) -> &mut dyn $crate::wire::Node {
                match index { $($index => &mut self.$field,)* _ => $crate::model!(@rest_mut self $kind) }
            }
        }
        impl PartialEq for $model {
            #[inline]
            fn eq(&self, other: &Self) -> bool { $crate::wire::equal(self, other) }
        }
        impl ::core::fmt::Debug for $model {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { $crate::wire::show(self, f) }
        }
        $crate::through_driver!($model);
    };
    (@is_open open) => { true };
    (@is_open closed) => { false };
    (@rest $self:ident open) => { &$self.extra };
    (@rest $self:ident closed) => { &() };
    (@rest_mut $self:ident open) => { &mut $self.extra };
    (@rest_mut $self:ident closed) => {{
        let nothing: &mut [(); 0] = &mut [];
        nothing
    }};
}

/// Implements serde's traits by the driver.
#[doc(hidden)]
#[macro_export]
macro_rules! through_driver {
    ($type:ty) => {
        impl $crate::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::deserialize(deserializer)
            }
        }
    };
}
