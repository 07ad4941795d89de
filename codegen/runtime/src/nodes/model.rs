//! Structs whose fields have names on the wire.

/// Ties the fields of a struct to their names on the wire, and gives it what all models have:
/// `model! { Item: open, 0 "id" => id: REQUIRED, 1 "type" => r#type, }`.
///
/// It is `open` if it has a field `extra` for what is not declared, or `closed`. Flags are those of `Shape`.
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
