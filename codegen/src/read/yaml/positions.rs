//! The positions of the nodes in a text.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use serde_json::Number;

use super::scalar;
use crate::base::pointer::Pointer;

/// Line and column, from 1.
pub(crate) type Position = (usize, usize);

/// The position of a node, and those of its children.
#[derive(Clone, Debug)]
pub(crate) struct NodePositions {
    pub(super) at: Position,
    pub(super) children: Children,
}

/// The children of a node, in the order of the text.
#[derive(Clone, Debug)]
pub(super) enum Children {
    None,
    Entries(Entries),
    Items(Vec<NodePositions>),
    /// None, but this is a number that the tree doesn't hold as it is written.
    Number(Box<str>),
    /// None here: this is an alias of another node, which contains such numbers.
    Alias(Arc<NodePositions>),
}

/// The entries of a mapping or object, with duplicate keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    list: Vec<(Box<str>, NodePositions)>,
    /// The numbers of the entries, sorted by key and number. Created on the first search in a long list: a search for
    /// each entry must not take quadratic time.
    sorted: OnceLock<Vec<usize>>,
}

/// The key of a mapping whose value contains further entries.
pub(super) const MERGE_KEY: &str = "<<";
/// The maximum number of values of merge keys that are searched for a number: they may contain each other.
const MAX_MERGED: usize = 64;

/// The number of entries from which they are sorted for a search.
const MANY: usize = 32;

impl Entries {
    pub(super) fn push(&mut self, key: &str, node: NodePositions) {
        self.list.push((key.into(), node));
    }

    fn get(&self, key: &str) -> Option<&NodePositions> {
        self.last(key).map(|index| &self.list[index].1)
    }

    /// Returns the number of the last entry with a key: the tree contains its value.
    fn last(&self, key: &str) -> Option<usize> {
        if self.list.len() < MANY {
            return self.list.iter().rposition(|(known, _)| **known == *key);
        }
        let sorted = self.sorted.get_or_init(|| {
            let mut numbers: Vec<_> = (0..self.list.len()).collect();
            numbers.sort_by_key(|number| &self.list[*number].0);
            numbers
        });
        let after = sorted.partition_point(|number| *self.list[*number].0 <= *key);
        let number = *sorted.get(after.checked_sub(1)?)?;
        (*self.list[number].0 == *key).then_some(number)
    }
}

/// The positions of the first entries with each key of a mapping. Filled when a key is found twice.
#[derive(Debug, Default)]
pub(super) struct FirstPositions {
    by_key: HashMap<Box<str>, Position>,
    /// The number of entries that `by_key` contains.
    entries: usize,
}

impl FirstPositions {
    /// Returns the position of the first entry with a key. `entries` may only grow between two calls.
    pub(super) fn of(&mut self, key: &str, entries: &Entries) -> Option<Position> {
        for (known, node) in entries.list.iter().skip(self.entries) {
            self.by_key.entry(known.clone()).or_insert(node.at);
        }
        self.entries = entries.list.len();
        self.by_key.get(key).copied()
    }
}

impl NodePositions {
    /// Returns the position of a node, or of its nearest ancestor that exists in the text.
    pub(crate) fn nearest(&self, pointer: &Pointer) -> Position {
        let mut node = self;
        for token in pointer.tokens() {
            let Some(child) = node.child(token) else { break };
            node = child;
        }
        node.at
    }

    /// Returns the position of a node, and of the first node after it that is not part of it. If the node doesn't
    /// exist, its nearest ancestor is used, as by [`NodePositions::nearest`].
    pub(crate) fn span(&self, pointer: &Pointer) -> (Position, Option<Position>) {
        let (mut node, mut next) = (self, None);
        for token in pointer.tokens() {
            let Some((child, sibling)) = node.child_and_next(token) else { break };
            next = sibling.map_or(next, |sibling| Some(sibling.at));
            node = child;
        }
        (node.at, next)
    }

    /// Returns whether the node contains a number that the tree doesn't hold as it is written.
    pub(super) fn has_numbers(&self) -> bool {
        match &self.children {
            Children::None => false,
            Children::Number(_) | Children::Alias(_) => true,
            Children::Items(items) => items.iter().any(Self::has_numbers),
            Children::Entries(entries) => entries.list.iter().any(|(_, node)| node.has_numbers()),
        }
    }

    /// Returns a number as it is written, if the tree doesn't hold it so.
    pub(crate) fn number(&self, tokens: &[String], number: &Number) -> Option<&str> {
        let mut merged = MAX_MERGED;
        self.find_number(tokens, number, &mut merged)
    }

    /// Finds a number. `merged` is how many values of merge keys may still be searched.
    fn find_number(&self, tokens: &[String], number: &Number, merged: &mut usize) -> Option<&str> {
        match (&self.children, tokens.split_first()) {
            (Children::Number(text), None) => {
                Some(&**text).filter(|text| scalar::number(text).as_ref() == Some(number))
            }
            (Children::Alias(node), _) => node.find_number(tokens, number, merged),
            (Children::Items(items), Some((token, rest))) => {
                items.get(token.parse::<usize>().ok()?)?.find_number(rest, number, merged)
            }
            (Children::Entries(entries), Some((token, rest))) => match entries.get(token) {
                Some(node) => node.find_number(rest, number, merged),
                None => entries.get(MERGE_KEY)?.find_merged(tokens, number, merged),
            },
            _ => None,
        }
    }

    /// Finds a number in the value of a merge key, which may be an array of mappings.
    fn find_merged(&self, tokens: &[String], number: &Number, merged: &mut usize) -> Option<&str> {
        *merged = merged.checked_sub(1)?;
        match &self.children {
            Children::Alias(node) => node.find_merged(tokens, number, merged),
            Children::Items(items) => items.iter().find_map(|node| node.find_merged(tokens, number, merged)),
            _ => self.find_number(tokens, number, merged),
        }
    }

    fn child(&self, token: &str) -> Option<&Self> {
        self.child_and_next(token).map(|(child, _)| child)
    }

    /// Returns a child and the one after it.
    fn child_and_next(&self, token: &str) -> Option<(&Self, Option<&Self>)> {
        match &self.children {
            Children::None | Children::Number(_) | Children::Alias(_) => None,
            Children::Entries(entries) => {
                let index = entries.last(token)?;
                Some((&entries.list[index].1, entries.list.get(index + 1).map(|(_, next)| next)))
            }
            Children::Items(items) => {
                let index = token.parse::<usize>().ok()?;
                Some((items.get(index)?, items.get(index + 1)))
            }
        }
    }
}
