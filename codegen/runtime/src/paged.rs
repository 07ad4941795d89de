//! Responses that are pages.

use crate::model::node::Decode;

/// A response that is a page of records.
///
/// The models of such responses implement it, so that generic code knows the type of the records.
/// [`Operation::pagination`](crate::Operation::pagination) declares where the records are in the response, and how to
/// request the next page.
///
/// ```
/// use clientwright_runtime::Paged;
///
/// /// Decodes the first of several records.
/// fn first<P: Paged>(records: &[&[u8]]) -> Option<P::Record> {
///     clientwright_runtime::decode(records.first()?).ok()
/// }
/// ```
pub trait Paged {
    /// The type of a record.
    type Record: Decode;
}

/// Implements `Paged`: `paged!(ItemPage -> Item);`.
#[doc(hidden)]
#[macro_export]
macro_rules! paged {
    ($page:ident -> $record:ty) => {
        impl $crate::paged::Paged for $page {
            type Record = $record;
        }
    };
}
