//! In which order the fields of models come.

/// Which field came after which, in the models that were read up to now.
///
/// A server writes all records of a kind in one order. So the field that followed the last time is tried first,
/// and a key is compared once instead of being looked for. Where nothing is kept, which is the default, the order
/// of the description is tried.
#[derive(Default)]
pub(crate) struct Orders(Option<Vec<Order>>);

struct Order {
    names: &'static [&'static str],
    /// Whether the names stand in a text as they are.
    plain: bool,
    /// Positions of fields: the first one, then for each field the one that came after it.
    next: Vec<u16>,
}

impl Orders {
    /// Orders that are learnt.
    pub(crate) fn learning() -> Self {
        Self(Some(Vec::new()))
    }

    /// Where the order of a model is kept, which is told by its names.
    pub(crate) fn of(&mut self, names: &'static [&'static str]) -> usize {
        let Some(orders) = &mut self.0 else { return 0 };
        if let Some(place) = orders.iter().position(|order| std::ptr::eq(order.names, names)) {
            return place;
        }
        // Until it is known better, that of the description.
        let next = (0..=names.len()).filter_map(|position| u16::try_from(position).ok()).collect();
        let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\');
        let plain = names.iter().all(|name| name.bytes().all(is_plain));
        orders.push(Order { names, plain, next });
        orders.len() - 1
    }

    /// The field that is likely to come next, by position and name, if it can be looked for in the text as it is.
    #[inline]
    pub(crate) fn guess(&self, place: usize, before: u16) -> Option<(u16, &'static str)> {
        let order = self.0.as_ref()?.get(place).filter(|order| order.plain)?;
        let position = *order.next.get(usize::from(before))?;
        Some((position, order.names.get(usize::from(position))?))
    }

    /// The position of a key among the names of a model, whose order is kept at that place. `before` is the position
    /// of the field before it plus one; 0 for the first one.
    #[inline]
    pub(crate) fn find(
        &mut self,
        place: usize,
        names: &'static [&'static str],
        before: u16,
        key: &str,
    ) -> Option<u16> {
        let order = self.0.as_mut().and_then(|orders| orders.get_mut(place));
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
    use super::Orders;

    const NAMES: &[&str] = &["a", "b", "c"];

    #[test]
    fn fields_are_found_in_any_order() {
        for mut orders in [Orders::learning(), Orders::default()] {
            orders.of(&["x"]);
            let place = orders.of(NAMES);
            assert_eq!(orders.of(NAMES), place);
            all_are_found(&mut orders, place);
        }
    }

    #[test]
    fn names_that_are_written_otherwise_are_not_guessed() {
        for (names, is_guessed) in [(&["a", "b"] as &[&str], true), (&["a", "\\n"], false), (&["\""], false)]
        {
            let mut orders = Orders::learning();
            let place = orders.of(names);
            assert_eq!(orders.guess(place, 0).is_some(), is_guessed);
        }
        assert_eq!(Orders::default().guess(0, 0), None);
    }

    fn all_are_found(orders: &mut Orders, place: usize) {
        for keys in [["a", "b", "c"], ["c", "a", "b"], ["c", "a", "b"], ["b", "c", "a"]] {
            let mut before = 0;
            for key in keys {
                let position = orders.find(place, NAMES, before, key).unwrap();
                assert_eq!(NAMES[usize::from(position)], key);
                assert_eq!(orders.find(place, NAMES, before, "x"), None);
                if let Some((guess, name)) = orders.guess(place, before) {
                    assert_eq!((guess, name), (position, key));
                }
                before = position + 1;
            }
        }
    }
}
