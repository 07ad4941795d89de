//! What the builders of requests have in common.

use crate::model::node::Node;

/// The values of a list parameter, converted from what the caller has.
pub fn list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    values.into_iter().map(Into::into).collect()
}

/// A body that may be left out.
#[inline]
pub fn optional<T: Node>(body: Option<&T>) -> &dyn Node {
    match body {
        Some(body) => body,
        None => &(),
    }
}

/// Lets a builder be sent: `request_builder!(ListItems -> ItemPage);`.
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
