//! What the builders of requests have in common.

/// The values of a list parameter, converted from what the caller has.
pub(crate) fn list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    values.into_iter().map(Into::into).collect()
}

/// Lets a builder be sent: `request_builder!(ListItems -> ItemPage);`.
macro_rules! request_builder {
    ($builder:ident -> $output:ty) => {
        impl $crate::request::IntoRequest for $builder {
            type Output = $output;
            fn into_request(
                self,
            ) -> ::core::result::Result<$crate::request::Request<$output>, $crate::request::RequestError>
            {
                $crate::request::IntoRequest::into_request(self.0)
            }
        }
        impl ::core::convert::From<$builder> for $crate::request::Request<$output> {
            fn from(builder: $builder) -> Self {
                builder.0
            }
        }
    };
}
