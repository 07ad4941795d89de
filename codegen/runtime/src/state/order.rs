//! The order in which the fields of models arrive.

use std::ptr;

/// Remembers which field follows which, in the models that were read so far.
///
/// A server writes all records of a type in the same order. So the field that followed the last time is tried first,
/// and most keys are compared once instead of being searched. By default nothing is remembered, and the order of the
/// description is tried.
#[derive(Default)]
pub(crate) struct FieldOrders {
    learns: bool,
    models: Vec<FieldOrder>,
    /// For each model the likely first field, then for each field its likely successor.
    next: Vec<NextField>,
    /// Keys that are no fields, with the index of the first field of their model in `next`.
    undeclared: Vec<(usize, Box<str>)>,
}

/// The maximum number of undeclared keys that are remembered.
const MAX_UNDECLARED: usize = 64;

/// The maximum length of such a key, in bytes.
const MAX_KEY: usize = 64;

/// The order of the fields of a model.
#[derive(Clone, Copy)]
pub(crate) struct FieldOrder {
    names: &'static [&'static str],
    /// The flags of the fields. Equal names of several models may be at one address.
    flags: &'static [u8],
    /// The index of the first field in `next`.
    first: usize,
    /// Whether the names need no escapes in JSON.
    is_plain: bool,
    /// The required fields among the first 64, if there are no others.
    pub(crate) required: Option<u64>,
}

#[derive(Clone, Copy)]
struct NextField {
    position: u16,
    name: &'static str,
    /// Whether the name may be compared with the text of a key: it exists and needs no escapes.
    is_plain: bool,
}

impl FieldOrders {
    /// Creates orders that are remembered.
    pub(crate) fn learning() -> Self {
        Self { learns: true, ..Self::default() }
    }

    /// Returns the order of the fields of a model with these names, flags and required fields, which it adds if necessary.
    #[inline]
    pub(crate) fn of(
        &mut self,
        names: &'static [&'static str],
        flags: &'static [u8],
        required: impl Iterator<Item = usize>,
    ) -> FieldOrder {
        let is_it = |order: &&FieldOrder| ptr::eq(order.names, names) && ptr::eq(order.flags, flags);
        match self.models.iter().find(is_it) {
            Some(order) => *order,
            None => self.add(names, flags, required),
        }
    }

    fn add(
        &mut self,
        names: &'static [&'static str],
        flags: &'static [u8],
        mut required: impl Iterator<Item = usize>,
    ) -> FieldOrder {
        if !self.learns {
            return FieldOrder { names, flags, first: 0, is_plain: false, required: None };
        }
        let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\');
        let is_plain = names.iter().all(|name| name.bytes().all(is_plain));
        let bits = |bits: u64, position: usize| (position < 64).then(|| bits | 1 << position);
        let required = required.try_fold(0, bits);
        let order = FieldOrder { names, flags, first: self.next.len(), is_plain, required };
        // At first, the order of the description. Nothing follows the last field.
        let fields = names.iter().map(|name| (*name, is_plain)).chain([("", false)]);
        let fields = (0_u16..=u16::MAX).zip(fields);
        self.next.extend(fields.map(|(position, (name, is_plain))| NextField { position, name, is_plain }));
        self.models.push(order);
        order
    }

    /// Returns the position and name of the field that is likely to come next, unless the name needs escapes. `before`
    /// is the position of the previous field plus one, or 0 for the first field.
    #[inline]
    pub(crate) fn guess(&self, order: FieldOrder, before: u16) -> Option<(u16, &'static str)> {
        let next = self.next.get(order.first + usize::from(before)).filter(|next| next.is_plain)?;
        Some((next.position, next.name))
    }

    /// Returns the position of a key among the field names of a model.
    pub(crate) fn find(&mut self, order: FieldOrder, before: u16, key: &str) -> Option<u16> {
        let names = order.names;
        let guess = self.next.get_mut(order.first + usize::from(before));
        let tried = guess.as_ref().map_or(before, |guess| guess.position);
        if names.get(usize::from(tried)).is_some_and(|name| *name == key) {
            return Some(tried);
        }
        if self.undeclared.iter().any(|(first, known)| *first == order.first && **known == *key) {
            return None;
        }
        let Some((position, name)) = (0_u16..=u16::MAX).zip(names).find(|(_, name)| **name == key) else {
            if self.learns && self.undeclared.len() < MAX_UNDECLARED && key.len() <= MAX_KEY {
                self.undeclared.push((order.first, key.into()));
            }
            return None;
        };
        if let Some(guess) = guess {
            *guess = NextField { position, name, is_plain: order.is_plain };
        }
        Some(position)
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldOrder, FieldOrders};

    const NAMES: &[&str] = &["a", "b", "c"];

    /// Returns the order of a model whose fields with the flag 1 are required.
    fn of(orders: &mut FieldOrders, names: &'static [&'static str], flags: &'static [u8]) -> FieldOrder {
        orders.of(names, flags, (0..flags.len()).filter(|index| flags[*index] == 1))
    }

    #[test]
    fn fields_are_found_in_any_order() {
        for mut orders in [FieldOrders::learning(), FieldOrders::default()] {
            of(&mut orders, &["x"], &[0]);
            let order = of(&mut orders, NAMES, &[0; 3]);
            assert_eq!(of(&mut orders, NAMES, &[0; 3]).first, order.first);
            all_are_found(&mut orders, order);
        }
    }

    #[test]
    fn names_with_escapes_are_not_guessed() {
        for (names, is_guessed) in [(&["a", "b"] as &[&str], true), (&["a", "\\n"], false), (&["\""], false)]
        {
            let mut orders = FieldOrders::learning();
            let order = of(&mut orders, names, &[0, 0]);
            assert_eq!(orders.guess(order, 0).is_some(), is_guessed);
        }
        let mut orders = FieldOrders::default();
        let order = of(&mut orders, NAMES, &[0; 3]);
        assert_eq!(orders.guess(order, 0), None);
    }

    #[test]
    fn the_first_64_required_fields_are_a_set() {
        const MANY: &[&str] = &["a"; 65];
        const LAST: &[u8] = &{
            let mut flags = [0; 65];
            flags[64] = 1;
            flags
        };
        let required = |names, flags| of(&mut FieldOrders::learning(), names, flags).required;
        assert_eq!(required(NAMES, &[0, 0, 0]), Some(0));
        assert_eq!(required(NAMES, &[1, 0, 1]), Some(5));
        assert_eq!(required(MANY, &[1; 64]), Some(u64::MAX));
        assert_eq!(required(MANY, LAST), None);
        assert_eq!(of(&mut FieldOrders::default(), NAMES, &[1, 0, 0]).required, None);
    }

    #[test]
    fn models_with_equal_names_have_their_own_required_fields() {
        let mut orders = FieldOrders::learning();
        for (flags, required) in [(&[0, 0, 0], 0), (&[1, 0, 0], 1), (&[0, 0, 0], 0), (&[0, 1, 0], 2)] {
            assert_eq!(of(&mut orders, NAMES, flags).required, Some(required));
        }
    }

    fn all_are_found(orders: &mut FieldOrders, order: FieldOrder) {
        for keys in [["a", "b", "c"], ["c", "a", "b"], ["c", "a", "b"], ["b", "c", "a"]] {
            let mut before = 0;
            for key in keys {
                let position = orders.find(order, before, key).unwrap();
                assert_eq!(NAMES[usize::from(position)], key);
                assert_eq!(orders.find(order, before, "x"), None);
                if let Some((guess, name)) = orders.guess(order, before) {
                    assert_eq!((guess, name), (position, key));
                }
                before = position + 1;
            }
        }
    }
}
