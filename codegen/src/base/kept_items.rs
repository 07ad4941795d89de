//! Where the items of arrays were before others were left out.

use std::collections::HashMap;

use super::pointer::Pointer;

/// The indexes that items had, by their arrays and their present indexes.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeptItems {
    indexes: HashMap<Pointer, Vec<usize>>,
}

impl KeptItems {
    /// Records the former indexes of the items that are left of an array, from which items may have been left out before.
    pub(crate) fn record(&mut self, array: Pointer, former: Vec<usize>) {
        let known = self.indexes.get(&array);
        let first = |index: usize| known.and_then(|known| known.get(index)).copied().unwrap_or(index);
        let former = former.into_iter().map(first).collect();
        self.indexes.insert(array, former);
    }

    /// Returns the pointer that a node had before items were left out. `None` if it is the same.
    pub(crate) fn original(&self, pointer: &Pointer) -> Option<Pointer> {
        if self.indexes.is_empty() {
            return None;
        }
        let step = |at: Pointer, token: &String| {
            let former = self.indexes.get(&at);
            let former = former.and_then(|former| former.get(token.parse::<usize>().ok()?));
            former.map_or_else(|| at.child(token.as_str()), |index| at.index(*index))
        };
        let original = pointer.tokens().iter().fold(Pointer::root(), step);
        (original != *pointer).then_some(original)
    }

    /// Changes a pointer to the one that its node had before items were left out.
    pub(crate) fn restore(&self, pointer: &mut Pointer) {
        if let Some(original) = self.original(pointer) {
            *pointer = original;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KeptItems;
    use crate::base::pointer::Pointer;

    #[test]
    fn pointers_lead_to_the_former_indexes() {
        let pointer = |text: &str| Pointer::parse(text).unwrap();
        let mut kept = KeptItems::default();
        kept.record(pointer("/a"), vec![1, 3]);
        kept.record(pointer("/a/3/b"), vec![2]);
        kept.record(pointer("/c"), vec![0, 2, 3]);
        kept.record(pointer("/c"), vec![1, 2]);
        assert_eq!(kept.original(&pointer("/c/0")), Some(pointer("/c/2")));
        assert_eq!(kept.original(&pointer("/a/1/b/0/c")), Some(pointer("/a/3/b/2/c")));
        assert_eq!(kept.original(&pointer("/a/0/b/0")), Some(pointer("/a/1/b/0")));
        assert_eq!(kept.original(&pointer("/a/7")), None);
        let mut moved = pointer("/c/1");
        kept.restore(&mut moved);
        assert_eq!(moved, pointer("/c/3"));
    }
}
