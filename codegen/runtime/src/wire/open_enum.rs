//! Enums over texts that keep what they do not know.

use std::fmt;

/// A text that this version of the crate has no variant for.
///
/// It can be looked at but not made, so that no known value ever hides in it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(String);

impl UnknownValue {
    #[doc(hidden)]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes an enum of texts open: `Name, "new" => New, "open" => Open,`; it has a variant
/// `Unknown(UnknownValue)`.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($type:ident $(, $wire:literal => $variant:ident)* $(,)?) => {
        impl $type {
            /// The text on the wire.
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

        impl ::core::default::Default for $type {
            #[inline]
            fn default() -> Self { Self::Unknown($crate::wire::UnknownValue::new("")) }
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
            fn parse(&mut self, text: &str) -> bool {
                *self = <Self as ::core::convert::From<&str>>::from(text);
                true
            }
            #[inline]
            fn is_listed(&self) -> ::core::option::Option<bool> {
                ::core::option::Option::Some(!matches!(self, Self::Unknown(_)))
            }
        }
        impl $crate::wire::Node for $type {
            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Parsed(self) }
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> { $crate::wire::View::Str(self.as_str()) }
        }
        $crate::through_driver!($type);
    };
}

#[cfg(test)]
mod tests {
    use crate::wire::samples::Status;

    #[test]
    #[inline]
    fn knows_and_keeps() {
        assert_eq!(Status::from("new"), Status::New);
        let unknown: Status = "brand-new".parse().unwrap_or_default();
        assert!(matches!(&unknown, Status::Unknown(text) if text.as_str() == "brand-new"));
        assert_eq!(format!("{unknown:>10}|{:?}", Status::Open), " brand-new|Open");
        assert_eq!(Status::default().as_str(), "");
        assert_eq!(Status::from(String::from("open")).as_ref(), "open");
    }
}
