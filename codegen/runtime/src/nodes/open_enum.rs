//! The macro for enums of strings that keep unknown strings.

/// Implements `Node` and conversions for an enum of strings: `Name, "new" => New, "open" => Open,`. The enum has a
/// variant `Unknown(UnknownValue)`. The only value of an enum is its default, and decoding starts from it.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    (@blank $constant:ident) => { Self::$constant };
    (@blank $($variant:ident)*) => { Self::Unknown($crate::wire::UnknownValue::new("")) };
    (@default $type:ident $constant:ident) => {
        impl ::core::default::Default for $type {
            #[inline]
            fn default() -> Self { Self::$constant }
        }
    };
    (@default $type:ident $($variant:ident)*) => {};
    ($type:ident $(, $wire:literal => $variant:ident)* $(,)?) => {
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

            #[inline]
            fn known(text: &str) -> ::core::option::Option<Self> {
                match text {
                    $($wire => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { f.pad(self.as_str()) }
        }
        impl ::core::convert::From<&str> for $type {
            #[inline]
            fn from(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Unknown($crate::wire::UnknownValue::new(text)))
            }
        }
        impl ::core::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self::known(&text).unwrap_or_else(|| Self::Unknown($crate::wire::UnknownValue::new(text)))
            }
        }
        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;
            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as ::core::convert::From<&str>>::from(text))
            }
        }
        impl ::core::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str { self.as_str() }
        }

        impl $crate::wire::ParseSlot for $type {
            #[inline]
            fn expected(&self) -> &'static str { "a string" }
            #[inline]
            fn parse(&mut self, text: &str) -> ::core::option::Option<$crate::wire::Accuracy> {
                *self = <Self as ::core::convert::From<&str>>::from(text);
                ::core::option::Option::Some($crate::wire::Accuracy::Exact)
            }
            #[inline]
            fn is_known(&self) -> ::core::option::Option<bool> {
                ::core::option::Option::Some(!matches!(self, Self::Unknown(_)))
            }
        }
        impl $crate::wire::Node for $type {
            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Parsed(self) }
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> { $crate::wire::View::Str(self.as_str()) }
        }
        impl $crate::wire::Decode for $type {
            #[inline]
            fn blank() -> Self { $crate::open_enum!(@blank $($variant)*) }
        }
        $crate::open_enum!(@default $type $($variant)*);
        $crate::impl_serde!($type);
    };
}
