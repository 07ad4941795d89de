//! The macro for structs.

/// Implements `Node` and the other traits of models for a struct:
/// `model! { Item: open, 0 "id" => id: REQUIRED, 1 "type" => r#type, }`.
///
/// A model is `open` if it has a field `extra` for undeclared fields, otherwise `closed`. If `default` follows, the
/// struct implements `Default`. The flags are those of `ModelDescriptor`. A last line `* 3 => additional` names the map
/// of additional properties; its position is the number of fields plus one. Lines
/// `limit 0 "[{…}]"` have the limits of fields.
#[doc(hidden)]
#[macro_export]
macro_rules! model {
    (
        $model:ident: $kind:ident $($default:ident)?,
        $($index:literal $wire:literal => $field:ident $(: $($flag:ident)+)?,)*
        $(* $position:literal => $map:ident,)?
        $(limit $limited:literal $limits:literal,)*
    ) => {
        impl $crate::wire::Node for $model {
            #[inline]
            fn descriptor(&self) -> Option<&'static $crate::wire::ModelDescriptor> {
                Some(&$crate::wire::ModelDescriptor {
                    name: stringify!($model),
                    names: &[$($wire),*],
                    flags: &[$(0 $($(| $crate::wire::ModelDescriptor::$flag)+)?),*],
                    open: $crate::model!(@is_open $kind),
                    additional: $crate::model!(@is_present $($map)?),
                    limits: &[$(($limited, $limits)),*],
                })
            }
            #[inline]
            fn field_at(&self, index: usize) -> &dyn $crate::wire::Node {
                match index { $($index => &self.$field,)* $($position => &self.$map,)? _ => $crate::model!(@rest self $kind) }
            }
            #[inline]
            fn field_at_mut(&mut self, index: usize) -> &mut dyn $crate::wire::Node {
                match index { $($index => &mut self.$field,)* $($position => &mut self.$map,)? _ => $crate::model!(@rest_mut self $kind) }
            }
            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Object(self) }
        }
        impl $crate::wire::Decode for $model {
            #[inline]
            fn blank() -> Self { $crate::model!(@blank $kind $($field)* $($map)?) }
        }
        $($crate::model!(@$default $model);)?
        impl PartialEq for $model {
            #[inline]
            fn eq(&self, other: &Self) -> bool { $crate::wire::equal(self, other) }
        }
        impl ::core::fmt::Debug for $model {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { $crate::wire::show(self, f) }
        }
        $crate::impl_serde!($model);
    };
    (@default $model:ident) => {
        impl ::core::default::Default for $model {
            #[inline]
            fn default() -> Self { $crate::wire::Decode::blank() }
        }
    };
    (@blank open $($field:ident)*) => {
        Self { $($field: $crate::wire::Decode::blank(),)* extra: ::core::default::Default::default() }
    };
    (@blank closed $($field:ident)*) => { Self { $($field: $crate::wire::Decode::blank(),)* } };
    (@is_present) => { false };
    (@is_present $map:ident) => { true };
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
