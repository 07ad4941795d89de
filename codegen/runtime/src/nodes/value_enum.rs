//! The macro for enums of numbers, booleans and other values that keep unknown values.

/// Implements `Node` and conversions for an enum of values of a type: `Name: i64, 1 => Low, 2 => High,`. The enum has a
/// variant `Unknown(UnknownValue<i64>)`. The only value of an enum is its default, and decoding starts from it.
///
/// The literals are those of `Constant`: JSON text for numbers of any precision, and for values of any type.
#[doc(hidden)]
#[macro_export]
macro_rules! value_enum {
    (@blank $of:ty; $constant:ident) => { Self::$constant };
    (@blank $of:ty; $($variant:ident)*) => {
        Self::Unknown($crate::wire::UnknownValue::new(<$of as $crate::wire::Decode>::blank()))
    };
    ($type:ident: $of:ty $(, $literal:literal => $variant:ident)* $(,)?) => {
        impl $type {
            /// Returns the value, as it is in JSON.
            #[must_use]
            pub fn value(&self) -> $of {
                match self {
                    $(Self::$variant => <$of as $crate::wire::Constant>::of($literal),)*
                    Self::Unknown(value) => ::core::clone::Clone::clone(value.get()),
                }
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), f)
            }
        }
        impl ::core::convert::From<$of> for $type {
            fn from(value: $of) -> Self {
                $(if <$of as $crate::wire::Constant>::is(&value, $literal) {
                    return Self::$variant;
                })*
                Self::Unknown($crate::wire::UnknownValue::new(value))
            }
        }
        impl ::core::convert::From<$type> for $of {
            fn from(value: $type) -> Self { value.value() }
        }

        impl $crate::wire::ConvertedSlot for $type {
            fn expected(&self) -> &'static str { <$of as $crate::wire::Constant>::EXPECTED }
            fn convert(
                &mut self,
                fill: &mut dyn ::core::ops::FnMut($crate::wire::Slot<'_>) -> bool,
            ) -> ::core::option::Option<bool> {
                let mut value = <$of as $crate::wire::Decode>::blank();
                if !fill($crate::wire::slot_of(&mut value)) {
                    return ::core::option::Option::None;
                }
                *self = <Self as ::core::convert::From<$of>>::from(value);
                ::core::option::Option::Some(!::core::matches!(self, Self::Unknown(_)))
            }
        }
        impl $crate::wire::Node for $type {
            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Converted(self) }
            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $(Self::$variant => <$of as $crate::wire::Constant>::view($literal),)*
                    Self::Unknown(value) => $crate::wire::view_of(value.get()),
                }
            }
        }
        impl $crate::wire::Decode for $type {
            fn blank() -> Self { $crate::value_enum!(@blank $of; $($variant)*) }
        }
        $crate::value_enum!(@default $type $($variant)*);
        $crate::impl_serde!($type);
    };
    (@default $type:ident $constant:ident) => {
        impl ::core::default::Default for $type {
            fn default() -> Self { Self::$constant }
        }
    };
    (@default $type:ident $($variant:ident)*) => {};
}
