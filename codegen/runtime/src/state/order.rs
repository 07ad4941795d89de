//! The order in which the fields of models arrive.

/// Remembers which field follows which, in the models that were read so far.
///
/// A server writes all records of a type in the same order. So the field that followed the last time is tried first,
/// and most keys are compared once instead of being searched. By default nothing is remembered, and the order of the
/// description is tried.
#[derive(Default)]
pub(crate) struct FieldOrders(Option<Vec<FieldOrder>>);

struct FieldOrder {
    names: &'static [&'static str],
    /// Whether the names need no escapes in JSON.
    plain: bool,
    /// Positions of fields: the first field, then for each field its successor.
    next: Vec<u16>,
}

impl FieldOrders {
    /// Creates orders that are remembered.
    pub(crate) fn learning() -> Self {
        Self(Some(Vec::new()))
    }

    /// Returns the index of the order of the model with these field names, which it adds if necessary.
    pub(crate) fn of(&mut self, names: &'static [&'static str]) -> usize {
        let Some(orders) = &mut self.0 else { return 0 };
        if let Some(index) = orders.iter().position(|order| std::ptr::eq(order.names, names)) {
            return index;
        }
        // At first, the order of the description.
        let next = (0..=names.len()).filter_map(|position| u16::try_from(position).ok()).collect();
        let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\');
        let plain = names.iter().all(|name| name.bytes().all(is_plain));
        orders.push(FieldOrder { names, plain, next });
        orders.len() - 1
    }

    /// Returns the position and name of the field that is likely to come next, unless the name needs escapes.
    #[inline]
    pub(crate) fn guess(&self, index: usize, before: u16) -> Option<(u16, &'static str)> {
        let order = self.0.as_ref()?.get(index).filter(|order| order.plain)?;
        let position = *order.next.get(usize::from(before))?;
        Some((position, order.names.get(usize::from(position))?))
    }

    /// Returns the position of a key among the field names of the model whose order has this index. `before` is the
    /// position of the previous field plus one, or 0 for the first field.
    #[inline]
    pub(crate) fn find(
        &mut self,
        index: usize,
        names: &'static [&'static str],
        before: u16,
        key: &str,
    ) -> Option<u16> {
        let order = self.0.as_mut().and_then(|orders| orders.get_mut(index));
        let guess = order.and_then(|order| order.next.get_mut(usize::from(before)));
        let tried = guess.as_ref().map_or(before, |guess| **guess);
        if names.get(usize::from(tried)).is_some_and(|name| *name == key) {
            return Some(tried);
        }
        let position = names.iter().position(|name| *name == key)?;
        let position = u16::try_from(position).ok()?;
        if let Some(guess) = guess {
            *guess = position;
        }
        Some(position)
    }
}

#[cfg(test)]
mod tests {
    use super::FieldOrders;

    const NAMES: &[&str] = &["a", "b", "c"];

    #[test]
    fn fields_are_found_in_any_order() {
        for mut orders in [FieldOrders::learning(), FieldOrders::default()] {
            orders.of(&["x"]);
            let order = orders.of(NAMES);
            assert_eq!(orders.of(NAMES), order);
            all_are_found(&mut orders, order);
        }
    }

    #[test]
    fn names_with_escapes_are_not_guessed() {
        for (names, is_guessed) in [(&["a", "b"] as &[&str], true), (&["a", "\\n"], false), (&["\""], false)]
        {
            let mut orders = FieldOrders::learning();
            let order = orders.of(names);
            assert_eq!(orders.guess(order, 0).is_some(), is_guessed);
        }
        assert_eq!(FieldOrders::default().guess(0, 0), None);
    }

    fn all_are_found(orders: &mut FieldOrders, order: usize) {
        for keys in [["a", "b", "c"], ["c", "a", "b"], ["c", "a", "b"], ["b", "c", "a"]] {
            let mut before = 0;
            for key in keys {
                let position = orders.find(order, NAMES, before, key).unwrap();
                assert_eq!(NAMES[usize::from(position)], key);
                assert_eq!(orders.find(order, NAMES, before, "x"), None);
                if let Some((guess, name)) = orders.guess(order, before) {
                    assert_eq!((guess, name), (position, key));
                }
                before = position + 1;
            }
        }
    }
}
