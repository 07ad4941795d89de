//! Pointers into a description as it is written, for nodes of its spelling as OpenAPI 3.

use std::collections::HashMap;

use super::pointer::Pointer;

/// The pointers of nodes as they are written, for nodes of a tree that was spelled in another way.
///
/// A node that is not recorded has the pointer of its nearest recorded ancestor, with the same tokens after it.
#[derive(Debug, Default)]
pub(crate) struct WrittenPointers {
    origins: HashMap<Vec<String>, WrittenNode>,
}

#[derive(Debug)]
struct WrittenNode {
    pointer: Pointer,
    /// Whether the nodes below have counterparts with the same tokens.
    is_whole: bool,
}

impl WrittenPointers {
    /// Records where a node and everything below it is written.
    pub(crate) fn moved(&mut self, to: &Pointer, from: &Pointer) {
        self.record(to, from, true);
    }

    /// Records what a node was made from. The nodes below it are not written anywhere.
    pub(crate) fn made(&mut self, to: &Pointer, from: &Pointer) {
        self.record(to, from, false);
    }

    fn record(&mut self, to: &Pointer, from: &Pointer, is_whole: bool) {
        let node = WrittenNode { pointer: from.clone(), is_whole };
        self.origins.insert(to.tokens().to_vec(), node);
    }

    /// Returns the pointer of a node as it is written.
    pub(crate) fn of(&self, pointer: &Pointer) -> Pointer {
        let tokens = pointer.tokens();
        for length in (0..=tokens.len()).rev() {
            let (front, rest) = tokens.split_at(length);
            if let Some(written) = self.origins.get(front) {
                return if written.is_whole { written.pointer.join(rest) } else { written.pointer.clone() };
            }
        }
        pointer.clone()
    }

    /// Returns the nodes that were made of a written node, or of its nearest ancestor that some were made of.
    pub(crate) fn made_of(&self, written: &[Pointer]) -> Vec<Pointer> {
        let mut nodes: HashMap<&[String], Vec<&[String]>> = HashMap::new();
        for (to, from) in &self.origins {
            nodes.entry(from.pointer.tokens()).or_default().push(to);
        }
        let made_of = |pointer: &Pointer| -> Vec<Pointer> {
            let tokens = pointer.tokens();
            let nearest = (0..=tokens.len()).rev().find_map(|length| {
                let (front, rest) = tokens.split_at(length);
                Some((nodes.get(front)?, rest))
            });
            let Some((nodes, rest)) = nearest else { return vec![pointer.clone()] };
            nodes.iter().map(|node| node.iter().chain(rest).cloned().collect()).collect()
        };
        written.iter().flat_map(made_of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::WrittenPointers;
    use crate::base::pointer::Pointer;

    fn pointer(text: &str) -> Pointer {
        Pointer::parse(text).unwrap()
    }

    #[test]
    fn a_node_is_written_where_its_nearest_recorded_ancestor_is() {
        let mut written = WrittenPointers::default();
        written.moved(&pointer("/components/schemas"), &pointer("/definitions"));
        written.made(&pointer("/servers"), &pointer("/host"));
        written.moved(&pointer("/a/requestBody/schema"), &pointer("/a/parameters/1/schema"));
        let expected = [
            ("/components/schemas/Pet/type", "/definitions/Pet/type"),
            ("/servers/0/url", "/host"),
            ("/a/requestBody/schema/items", "/a/parameters/1/schema/items"),
            ("/a/parameters/0", "/a/parameters/0"),
        ];
        for (spelled, expected) in expected {
            assert_eq!(written.of(&pointer(spelled)), pointer(expected), "{spelled}");
        }
        assert_eq!(
            written.made_of(&[pointer("/definitions/Pet/x"), pointer("/info")]),
            [pointer("/components/schemas/Pet/x"), pointer("/info")]
        );
    }
}
