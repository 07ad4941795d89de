//! Answers that are pages.

use crate::model::node::Node;

/// An answer that is one page of a longer list.
///
/// Models of such answers implement it, so that code over any of them knows the type of the records. Where in
/// the answer the records stand, and how the next page is asked for, is said by the operation:
/// [`Operation::pagination`](crate::Operation::pagination).
///
/// ```
/// use clientwright_runtime::Paged;
///
/// /// The first record, or an empty one.
/// fn first<P: Paged>(records: Vec<P::Record>) -> P::Record {
///     records.into_iter().next().unwrap_or_default()
/// }
/// ```
pub trait Paged {
    /// One record of the page's list.
    type Record: Node + Default;
}

/// Says what a page's records are: `paged!(ItemPage -> Item);`.
#[doc(hidden)]
#[macro_export]
macro_rules! paged {
    ($page:ident -> $record:ty) => {
        impl $crate::paged::Paged for $page {
            type Record = $record;
        }
    };
}
