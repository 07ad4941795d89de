//! The macro for enums of strings that keep unknown strings.

/// Implements `Node`, comparisons and conversions for an enum of strings: `Name, "new" => New, "open" => Open,`. The enum
/// has a variant `Unknown(UnknownValue)`. The only value of an enum is its default, and decoding starts from it.
///
/// A description may have thousands of enums, so each implementation is as short as possible: a derived one costs the
/// compiler several times as much.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($type:ident, $wire:literal => $variant:ident $(,)?) => {
        $crate::open_enum!(@common $type { #[inline] fn blank() -> Self { Self::$variant } } $wire => $variant,);
        impl ::core::default::Default for $type {
            #[inline]
            fn default() -> Self { Self::$variant }
        }
    };
    ($type:ident $(, $wire:literal => $variant:ident)* $(,)?) => {
        $crate::open_enum!(@common $type {} $($wire => $variant,)*);
    };
    (@common $type:ident { $($blank:tt)* } $($wire:literal => $variant:ident,)*) => {
        impl $type {
            /// Returns the value as a string, as it is in JSON.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(text) => text.as_str(),
                }
            }
        }

        impl $crate::wire::Decode for $type {
            $($blank)*
            #[inline]
            fn of_string(text: &str) -> ::core::result::Result<Self, Self> {
                ::core::result::Result::Ok(match text {
                    $($wire => Self::$variant,)*
                    _ => return ::core::result::Result::Err(Self::Unknown($crate::wire::UnknownValue::new(text))),
                })
            }
        }
        // From every string. So no enum of strings may implement `AsRef<str>`.
        impl<T: ::core::convert::AsRef<str>> ::core::convert::From<T> for $type {
            #[inline]
            fn from(text: T) -> Self { $crate::wire::listed_value(text.as_ref()) }
        }
        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => stringify!($variant),)*
                    Self::Unknown(text) => return text.fmt_variant(f),
                })
            }
        }
        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool { self.as_str() == other.as_str() }
        }
        impl ::core::cmp::Eq for $type {}
        impl ::core::hash::Hash for $type {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) { ::core::hash::Hash::hash(self.as_str(), state); }
        }
        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { f.pad(self.as_str()) }
        }

        impl $crate::wire::Node for $type {
            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Listed(self) }
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> { $crate::wire::View::Str(self.as_str()) }
        }
        $crate::impl_serde!($type);
    };
}
