//! The macro for unions whose variant depends on the status code.

/// Implements `FromResponse` for a union: `Name { Full(Full): json "200"; Text(String): text "201"; NoContent: empty
/// "204"; }`. The enum has a variant `Unknown(Value)`. With `json` before the name, it can also be encoded: then no
/// variant has bytes or a redirect.
#[doc(hidden)]
#[macro_export]
macro_rules! response_union {
    (json $type:ident { $($variant:ident $(($content:ty))?: $format:ident $($status:literal)+;)* }) => {
        impl $crate::wire::UnionSlot for $type {
            fn set(
                &mut self,
                value: $crate::wire::RawJson<'_>,
                context: &mut $crate::wire::DecodeContext,
            ) -> ::core::result::Result<bool, $crate::wire::Failed> {
                let mut decoder = $crate::wire::UnionDecoder::new(value, context);
                $crate::union!(@decode self value context decoder $($($variant($content))?)*)
            }
        }
        impl $crate::wire::Node for $type {
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Union(self) }
            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $($crate::response_union!(@pattern $variant content $($content)?)
                        => $crate::response_union!(@view content $($content)?),)*
                    Self::Unknown(value) => $crate::wire::View::Any(value),
                }
            }
        }
        $crate::union!(@common $type);
        $crate::response_union!($type { $($variant $(($content))?: $format $($status)+;)* });
    };
    ($type:ident { $($variant:ident $(($content:ty))?: $format:ident $($status:literal)+;)* }) => {
        impl $crate::response::FromResponse for $type {
            fn from_response(
                response: &$crate::response::Received<'_>,
            ) -> ::core::result::Result<Self, $crate::DecodeError> {
                let mut choice = response.choose(&[$(&[$($status),+]),*]);
                let mut best = ::core::option::Option::None;
                $(if choice.tries_next() {
                    match $crate::response_union!(@read $format response choice) {
                        ::core::result::Result::Ok(content) => if choice.is_best() {
                            best = ::core::option::Option::Some(
                                $crate::response_union!(@value $variant content $($content)?),
                            );
                        },
                        ::core::result::Result::Err(error) => choice.failed(error),
                    }
                })*
                match best {
                    ::core::option::Option::Some(best) => ::core::result::Result::Ok(best),
                    ::core::option::Option::None => response.read_unknown(choice).map(Self::Unknown),
                }
            }
        }
    };
    (@pattern $variant:ident $name:ident $content:ty) => { Self::$variant($name) };
    (@pattern $variant:ident $name:ident) => { Self::$variant };
    (@view $name:ident $content:ty) => { $crate::wire::view_of($name) };
    (@view $name:ident) => { $crate::wire::View::Null };
    (@value $variant:ident $name:ident $content:ty) => { Self::$variant($name) };
    (@value $variant:ident $name:ident) => {{ let () = $name; Self::$variant }};
    (@read json $response:ident $choice:ident) => { $response.read_json(&mut $choice) };
    (@read text $response:ident $choice:ident) => { $response.read_text(&mut $choice) };
    (@read bytes $response:ident $choice:ident) => { $response.read_bytes(&mut $choice) };
    (@read items $response:ident $choice:ident) => { $response.read_items(&mut $choice) };
    (@read empty $response:ident $choice:ident) => { $response.read_empty(&mut $choice) };
    (@read redirect $response:ident $choice:ident) => { $response.read_redirect(&mut $choice) };
}
