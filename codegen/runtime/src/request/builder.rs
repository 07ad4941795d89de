//! Helpers for the request builders in emitted code.

use serde_json::Value;

use crate::model::node::Node;

static NULL: Value = Value::Null;

/// Converts the values of an array parameter.
pub fn list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    values.into_iter().map(Into::into).collect()
}

/// Returns a body that may be absent.
#[inline]
pub fn optional<T: Node>(body: Option<&T>) -> &dyn Node {
    match body {
        Some(body) => body,
        None => &(),
    }
}

/// Returns a body that may be null.
#[inline]
pub fn nullable<T: Node>(body: Option<&T>) -> &dyn Node {
    match body {
        Some(body) => body,
        None => &NULL,
    }
}

/// Returns a body that may be absent or null.
#[inline]
pub fn optional_nullable<T: Node>(body: Option<Option<&T>>) -> &dyn Node {
    match body {
        Some(body) => nullable(body),
        None => &(),
    }
}

/// Implements `IntoRequest` for a builder: `request_builder!(ListItems -> ItemPage);`.
#[doc(hidden)]
#[macro_export]
macro_rules! request_builder {
    ($builder:ident -> $output:ty) => {
        impl $crate::request::IntoRequest for $builder {
            type Output = $output;
            #[inline]
            fn into_request(
                self,
            ) -> ::core::result::Result<$crate::request::Request<$output>, $crate::request::RequestError>
            {
                $crate::request::IntoRequest::into_request(self.0)
            }
        }
        #[allow(dead_code, unreachable_pub, reason = "not every caller converts its requests")]
        impl $builder {
            /// Converts into a request with options of its own, such as its timeout or further headers.
            #[inline]
            pub fn with_options(
                self,
                options: $crate::request::RequestOptions,
            ) -> $crate::request::Request<$output> {
                self.0.with_options(options)
            }
            /// Converts into a request for the response as text, whatever its declared type.
            #[inline]
            pub fn into_text(self) -> $crate::request::Request<String> {
                self.0.into_text()
            }
            /// Converts into a request for the response as bytes, whatever its declared type.
            #[inline]
            pub fn into_bytes(self) -> $crate::request::Request<Vec<u8>> {
                self.0.into_bytes()
            }
        }
        impl ::core::fmt::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl ::core::convert::From<$builder> for $crate::request::Request<$output> {
            #[inline]
            fn from(builder: $builder) -> Self {
                builder.0
            }
        }
    };
}
