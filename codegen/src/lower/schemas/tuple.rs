//! Arrays whose first items have schemas of their own: `prefixItems`.

use serde_json::Value;

use super::part::{Node, Part, Property};
use crate::base::pointer::Pointer;
use crate::lower::document::view::View;
use crate::normalize::normalized_extensions::TUPLE;

/// What `prefixItems` and the keywords beside it say. The normalized schema lists the first items, and then that of all
/// others, as branches of `items`.
#[derive(Clone)]
pub(in crate::lower) struct TupleShape<'a> {
    pub(in crate::lower) items: Vec<Property<'a>>,
    /// The schemas of all other items.
    pub(in crate::lower) rest: Property<'a>,
    /// Whether there are no other items.
    pub(in crate::lower) is_closed: bool,
    /// The minimum number of items.
    pub(in crate::lower) required: usize,
    pub(in crate::lower) at: Pointer,
}

impl<'a> TupleShape<'a> {
    pub(in crate::lower) fn of(view: &View<'a>, at: &Pointer) -> Option<Self> {
        let marker = view.data.extensions.get(TUPLE)?;
        let count =
            |key: &str| marker.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let Node::Item(schema) = Node::from(view.items?) else { return None };
        let branches = View::new(schema).one_of;
        let (first, rest) = branches.split_at_checked(count("first")?)?;
        let first = first.iter().enumerate();
        let first = first.map(|(index, item)| vec![Part::new(item, at.child("prefixItems").index(index))]);
        Some(Self {
            items: first.collect(),
            rest: rest.iter().map(|item| Part::new(item, at.child("items"))).collect(),
            is_closed: marker.get("closed") == Some(&Value::Bool(true)),
            required: count("required").unwrap_or_default(),
            at: at.clone(),
        })
    }

    /// The schemas of the item at an index.
    fn item(&self, index: usize) -> &Property<'a> {
        self.items.get(index).unwrap_or(&self.rest)
    }
}

/// Returns what several schemas of an array say together, if there are any; `items` apply to all items.
pub(in crate::lower) fn joined<'a>(
    tuples: &[TupleShape<'a>],
    items: &Property<'a>,
) -> Option<TupleShape<'a>> {
    let first = tuples.first()?;
    let lengths = tuples.iter().map(|tuple| tuple.items.len());
    let closed = tuples.iter().filter(|tuple| tuple.is_closed).map(|tuple| tuple.items.len()).min();
    let length = closed.or_else(|| lengths.max()).unwrap_or_default();
    let item =
        |index: usize| tuples.iter().flat_map(|tuple| tuple.item(index)).chain(items).cloned().collect();
    Some(TupleShape {
        items: (0..length).map(item).collect(),
        rest: tuples.iter().flat_map(|tuple| &tuple.rest).chain(items).cloned().collect(),
        is_closed: closed.is_some(),
        required: tuples.iter().map(|tuple| tuple.required).max().unwrap_or_default(),
        at: first.at.clone(),
    })
}
