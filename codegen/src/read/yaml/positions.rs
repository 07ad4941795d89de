//! The positions of the nodes in a text.
//!
//! All nodes are in one list, in the order of the text: a node comes before its children. A large description has so many
//! nodes that a list for each collection, and a copy of each key, would take more memory than the tree.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde_json::Number;

use super::scalar;
use crate::base::pointer::Pointer;

/// Line and column, from 1.
pub(crate) type Position = (usize, usize);

/// The number of a node in the list.
pub(super) type NodeNumber = u32;

/// The positions of the nodes of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct NodePositions {
    nodes: Vec<Node>,
    /// The numbers of the keys.
    keys: HashMap<Box<str>, u32>,
    /// Nodes with numbers that the tree doesn't hold as they are written.
    numbers: BTreeMap<NodeNumber, Digits>,
    /// The children of the nodes with [`MANY`] of them, by key and position. Created on the first search in a long list:
    /// a search for each child must not take quadratic time.
    long_lists: OnceLock<HashMap<NodeNumber, Vec<NodeNumber>>>,
}

/// A node: the value of an entry, or an item.
#[derive(Clone, Debug)]
struct Node {
    line: u32,
    column: u32,
    /// The number of the entry's key; [`NO_KEY`] for an item.
    key: u32,
    /// The number of the first node after this one that is not part of it.
    end: NodeNumber,
}

const NO_KEY: u32 = u32::MAX;

/// A number, or several.
#[derive(Clone, Debug)]
enum Digits {
    /// The node is a number, which is written so.
    Number(Box<str>),
    /// The node is an alias of another node, which contains such numbers.
    Alias(NodeNumber),
}

/// The key of a mapping whose value contains further entries.
pub(super) const MERGE_KEY: &str = "<<";
/// The maximum number of values of merge keys that are searched for a number: they may contain each other.
const MAX_MERGED: usize = 64;

/// The number of children from which they are sorted for a search.
const MANY: usize = 32;

/// The positions of the first entries with each key of a mapping. Filled when a key is found twice.
#[derive(Debug, Default)]
pub(super) struct FirstPositions {
    by_key: HashMap<u32, Position>,
    /// The first node that `by_key` doesn't contain yet.
    next: NodeNumber,
}

impl FirstPositions {
    /// Returns the position of the first entry with a key. The mapping has not ended, and may only grow between two calls.
    pub(super) fn of(&mut self, key: &str, nodes: &NodePositions, mapping: NodeNumber) -> Option<Position> {
        let mut next = self.next.max(mapping + 1);
        while let Some(node) = nodes.nodes.get(next as usize) {
            self.by_key.entry(node.key).or_insert(node.at());
            next = node.end;
        }
        self.next = next;
        self.by_key.get(nodes.keys.get(key)?).copied()
    }
}

impl Node {
    fn at(&self) -> Position {
        (self.line as usize, self.column as usize)
    }
}

/// Building the list.
impl NodePositions {
    /// Adds a node without children. Those that are added before [`NodePositions::end`] become its children.
    pub(super) fn start(&mut self, key: Option<&str>, (line, column): Position) -> NodeNumber {
        let key = key.map_or(NO_KEY, |key| self.key(key));
        let number = short(self.nodes.len());
        self.nodes.push(Node {
            line: short(line),
            column: short(column),
            key,
            end: number.saturating_add(1),
        });
        number
    }

    /// Ends a node: the ones after it are its children.
    pub(super) fn end(&mut self, number: NodeNumber) {
        let end = short(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(number as usize) {
            node.end = end;
        }
    }

    /// Keeps a number as it is written.
    pub(super) fn keep_digits(&mut self, number: NodeNumber, digits: Box<str>) {
        self.numbers.insert(number, Digits::Number(digits));
    }

    /// Keeps that a node is an alias of another one that has ended, if that contains numbers.
    pub(super) fn keep_alias(&mut self, number: NodeNumber, target: NodeNumber) {
        let end = self.nodes.get(target as usize).map_or(target, |node| node.end);
        if self.numbers.range(target..end).next().is_some() {
            self.numbers.insert(number, Digits::Alias(target));
        }
    }

    /// Appends the entries of another mapping, whose text follows after a number of lines.
    pub(super) fn append(&mut self, other: Self, lines: usize) {
        let mut keys: Vec<(Box<str>, u32)> = other.keys.into_iter().collect();
        keys.sort_unstable_by_key(|(_, number)| *number);
        let keys: Vec<u32> = keys.into_iter().map(|(key, _)| self.key(&key)).collect();
        let start = short(self.nodes.len());
        // The root of the other mapping is left out.
        let moved = |number: NodeNumber| number.saturating_add(start).saturating_sub(1);
        let lines = short(lines);
        self.nodes.extend(other.nodes.into_iter().skip(1).map(|node| Node {
            line: node.line.saturating_add(lines),
            column: node.column,
            key: keys.get(node.key as usize).copied().unwrap_or(NO_KEY),
            end: moved(node.end),
        }));
        let numbers = other.numbers.into_iter().map(|(number, digits)| match digits {
            Digits::Alias(target) => (moved(number), Digits::Alias(moved(target))),
            Digits::Number(_) => (moved(number), digits),
        });
        self.numbers.extend(numbers);
        self.long_lists = OnceLock::new();
        self.end(0);
    }

    /// Returns whether the text is a mapping in block style without indentation, and its keys are no merge keys.
    pub(super) fn is_plain_mapping(&self) -> bool {
        let [root, first, ..] = self.nodes.as_slice() else { return false };
        root.column == 1 && root.at() == first.at() && self.child(0, MERGE_KEY).is_none()
    }

    fn key(&mut self, key: &str) -> u32 {
        if let Some(number) = self.keys.get(key) {
            return *number;
        }
        let number = short(self.keys.len());
        self.keys.insert(key.into(), number);
        number
    }
}

/// Searching the list.
impl NodePositions {
    /// Returns the position of a node, or of its nearest ancestor that exists in the text.
    pub(crate) fn nearest(&self, pointer: &Pointer) -> Position {
        self.span(pointer).0
    }

    /// Returns the position of a node, and of the first node after it that is not part of it. If the node doesn't
    /// exist, its nearest ancestor is used, as by [`NodePositions::nearest`].
    pub(crate) fn span(&self, pointer: &Pointer) -> (Position, Option<Position>) {
        let mut number = 0;
        for token in pointer.tokens() {
            let Some(child) = self.child(number, token) else { break };
            number = child;
        }
        let position = |number: NodeNumber| self.nodes.get(number as usize).map(Node::at);
        let next = self.nodes.get(number as usize).and_then(|node| position(node.end));
        (position(number).unwrap_or((1, 1)), next)
    }

    /// Returns a number as it is written, if the tree doesn't hold it so.
    pub(crate) fn number(&self, tokens: &[String], number: &Number) -> Option<&str> {
        let mut merged = MAX_MERGED;
        self.find_number(0, tokens, number, &mut merged)
    }

    /// Finds a number in a node. `merged` is how many values of merge keys may still be searched.
    fn find_number(
        &self,
        node: NodeNumber,
        tokens: &[String],
        number: &Number,
        merged: &mut usize,
    ) -> Option<&str> {
        match (self.numbers.get(&node), tokens.split_first()) {
            (Some(Digits::Number(text)), None) => {
                Some(&**text).filter(|text| scalar::number(text).as_ref() == Some(number))
            }
            (Some(Digits::Alias(target)), _) => self.find_number(*target, tokens, number, merged),
            (None, Some((token, rest))) => match self.child(node, token) {
                Some(child) => self.find_number(child, rest, number, merged),
                None => self.find_merged(self.child(node, MERGE_KEY)?, tokens, number, merged),
            },
            _ => None,
        }
    }

    /// Finds a number in the value of a merge key, which may be an array of mappings.
    fn find_merged(
        &self,
        node: NodeNumber,
        tokens: &[String],
        number: &Number,
        merged: &mut usize,
    ) -> Option<&str> {
        *merged = merged.checked_sub(1)?;
        if let Some(Digits::Alias(target)) = self.numbers.get(&node) {
            return self.find_merged(*target, tokens, number, merged);
        }
        if !self.has_items(node) {
            return self.find_number(node, tokens, number, merged);
        }
        self.children(node).find_map(|child| self.find_merged(child, tokens, number, merged))
    }

    /// Returns a child of a node. The tree contains the value of the last one with a key.
    fn child(&self, node: NodeNumber, token: &str) -> Option<NodeNumber> {
        if self.has_items(node) {
            let index = token.parse::<usize>().ok()?;
            return match self.long_list(node) {
                Some(items) => items.get(index).copied(),
                None => self.children(node).nth(index),
            };
        }
        let key = *self.keys.get(token)?;
        let key_of = |child: &NodeNumber| self.nodes.get(*child as usize).map_or(NO_KEY, |node| node.key);
        match self.long_list(node) {
            Some(entries) => {
                let after = entries.partition_point(|child| key_of(child) <= key);
                entries.get(after.checked_sub(1)?).copied().filter(|child| key_of(child) == key)
            }
            None => self.children(node).filter(|child| key_of(child) == key).last(),
        }
    }

    /// Returns whether a node is an array that isn't empty.
    fn has_items(&self, node: NodeNumber) -> bool {
        let first = self.children(node).next();
        first.and_then(|first| self.nodes.get(first as usize)).is_some_and(|first| first.key == NO_KEY)
    }

    /// Returns the children of a node with many of them: sorted by key, and then as in the text.
    fn long_list(&self, node: NodeNumber) -> Option<&[NodeNumber]> {
        self.children(node).nth(MANY - 1)?;
        let lists = self.long_lists.get_or_init(|| {
            let all =
                (0..short(self.nodes.len())).filter(|node| self.children(*node).nth(MANY - 1).is_some());
            let sorted = |node: NodeNumber| {
                let mut children: Vec<_> = self.children(node).collect();
                children.sort_by_key(|child| self.nodes.get(*child as usize).map(|child| child.key));
                (node, children)
            };
            all.map(sorted).collect()
        });
        lists.get(&node).map(Vec::as_slice)
    }

    fn children(&self, node: NodeNumber) -> impl Iterator<Item = NodeNumber> {
        let end = self.nodes.get(node as usize).map_or(node, |node| node.end);
        let mut next = node.saturating_add(1);
        std::iter::from_fn(move || {
            let child = Some(next).filter(|child| *child < end)?;
            // A node ends after its start.
            next = self.nodes.get(child as usize)?.end.max(child + 1);
            Some(child)
        })
    }
}

/// Converts a line, a column or a number of nodes. A text that is so long doesn't fit into memory as a tree.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NO_KEY - 1)
}
