//! Arrays that begin with items of different types.

use serde_json::Value;

/// An array that begins with the items of a tuple, and may have any number of other items.
///
/// It dereferences to the tuple: `point.0` is the first item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tuple<T, R = Value> {
    /// The first items.
    pub items: T,
    /// The items after them.
    pub rest: Vec<R>,
}

impl<T, R> From<T> for Tuple<T, R> {
    fn from(items: T) -> Self {
        Self { items, rest: Vec::new() }
    }
}
