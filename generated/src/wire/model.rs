//! Models: objects with declared fields.

use super::extra::Extra;
use super::slot::Field;
use super::view::View;

/// An object with declared fields.
pub trait Model {
    /// Its name in Rust.
    fn name(&self) -> &'static str;
    /// The wire names of its fields, in order.
    fn names(&self) -> &'static [&'static str];
    /// The positions of the fields that must be there.
    fn required(&self) -> &'static [u16];
    /// The field of a wire name.
    fn field(&mut self, name: &str) -> Option<Field<'_>>;
    /// Shows the fields in the order of their names.
    fn each(&self, visit: &mut dyn FnMut(&'static str, View<'_>));
    /// What came beyond the declared fields, if the model keeps that.
    fn extra(&self) -> Option<&Extra>;
    /// Where to keep what comes beyond the declared fields.
    fn extra_mut(&mut self) -> Option<&mut Extra>;
}

/// The positions of some names among all names, worked out by the compiler.
///
/// A name that is not there stops the build.
pub(crate) const fn indices<const N: usize>(names: &[&str], wanted: [&str; N]) -> [u16; N] {
    let mut found = [0; N];
    let mut next = 0;
    while next < N {
        let mut index = 0;
        while !same(names[index as usize], wanted[next]) {
            index += 1;
        }
        found[next] = index;
        next += 1;
    }
    found
}

/// Whether two texts are equal.
const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut index = 0;
    while index < left.len() && index < right.len() && left[index] == right[index] {
        index += 1;
    }
    left.len() == right.len() && index == left.len()
}

/// Makes a struct a model: `Name: open, required("id"), "id" => id, "agent_ids" => agent_ids: lenient,`.
///
/// `open` models have a field `extra`, `closed` ones refuse unknown keys. Integers of a `lenient` field may
/// come as text.
macro_rules! model {
    (
        $model:ident : $kind:ident $(, required($($required:literal),* $(,)?))?
        $(, $wire:literal => $field:ident $(: $lenient:ident)?)* $(,)?
    ) => {
        const _: () = {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named after the fields")]
            enum Index { $($field),* }
            const NAMES: &[&str] = &[$($wire),*];
            const REQUIRED: &[u16] = &$crate::wire::indices(NAMES, [$($($required),*)?]);

            impl $crate::wire::Model for $model {
                fn name(&self) -> &'static str { stringify!($model) }
                fn names(&self) -> &'static [&'static str] { NAMES }
                fn required(&self) -> &'static [u16] { REQUIRED }
                fn field(&mut self, name: &str) -> ::core::option::Option<$crate::wire::Field<'_>> {
                    ::core::option::Option::Some(match name {
                        $($wire => $crate::wire::Field {
                            index: Index::$field as u16,
                            lenient: model!(@lenient $($lenient)?),
                            slot: $crate::wire::Decode::slot(&mut self.$field),
                        },)*
                        _ => return ::core::option::Option::None,
                    })
                }
                fn each(&self, visit: &mut dyn FnMut(&'static str, $crate::wire::View<'_>)) {
                    $(visit($wire, $crate::wire::Encode::view(&self.$field));)*
                }
                model!(@extra $kind);
            }
        };

        impl $crate::wire::Decode for $model {
            fn empty() -> Self { <Self as ::core::default::Default>::default() }
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Object(self) }
        }
        impl $crate::wire::Encode for $model {
            fn view(&self) -> $crate::wire::View<'_> { $crate::wire::View::Object(self) }
        }
        through_driver!($model);
    };
    (@lenient) => { false };
    (@lenient lenient) => { true };
    (@extra open) => {
        fn extra(&self) -> ::core::option::Option<&$crate::wire::Extra> { ::core::option::Option::Some(&self.extra) }
        fn extra_mut(&mut self) -> ::core::option::Option<&mut $crate::wire::Extra> { ::core::option::Option::Some(&mut self.extra) }
    };
    (@extra closed) => {
        fn extra(&self) -> ::core::option::Option<&$crate::wire::Extra> { ::core::option::Option::None }
        fn extra_mut(&mut self) -> ::core::option::Option<&mut $crate::wire::Extra> { ::core::option::Option::None }
    };
}

/// Lets serde's traits go through the driver.
macro_rules! through_driver {
    ($type:ty) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::deserialize(deserializer)
            }
        }
    };
}
