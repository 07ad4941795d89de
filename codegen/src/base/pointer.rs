//! JSON pointers (RFC 6901).

use std::fmt;

use serde_json::Value;

/// A JSON pointer: the unescaped reference tokens that lead to a node of a document.
///
/// `Display` formats it as a URI fragment: `#/paths/~1pets/get`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// Returns the pointer to the entire document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses `#/a/b` or `/a/b`. Returns `None` if the text is not a JSON pointer.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('#').unwrap_or(text);
        if path.is_empty() {
            return Some(Self::root());
        }
        let tokens = path.strip_prefix('/')?;
        Some(Self(tokens.split('/').map(unescape).collect()))
    }

    /// Returns the pointer to a child.
    #[must_use]
    pub fn child(&self, token: impl Into<String>) -> Self {
        let mut tokens = Vec::with_capacity(self.0.len() + 1);
        tokens.extend_from_slice(&self.0);
        tokens.push(token.into());
        Self(tokens)
    }

    /// Returns the pointer to an item of an array.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.child(index.to_string())
    }

    /// Returns the pointer with more tokens appended.
    #[must_use]
    pub fn join(&self, tokens: &[String]) -> Self {
        Self(self.0.iter().chain(tokens).cloned().collect())
    }

    /// Returns the pointer to the parent. `None` for the entire document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, parent) = self.0.split_last()?;
        Some(Self(parent.to_vec()))
    }

    /// Returns the tokens, outermost first.
    #[must_use]
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// Returns the last token.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }

    /// Returns the tokens after those of `ancestor`. `None` if the pointer doesn't begin with it.
    #[must_use]
    pub fn below(&self, ancestor: &Self) -> Option<&[String]> {
        self.0.strip_prefix(ancestor.0.as_slice())
    }

    /// Returns the node of a tree.
    pub(crate) fn find<'v>(&self, tree: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(tree, |node, token| child(node, token))
    }

    /// Returns the longest prefix that exists in a tree.
    pub(crate) fn existing(&self, tree: &Value) -> Self {
        let mut node = tree;
        let exists = |token: &&String| child(node, token).map(|child| node = child).is_some();
        self.0.iter().take_while(exists).cloned().collect()
    }

    /// Removes the node from a tree, and returns whether it was an item of an array. `None` if there is no such node,
    /// and for the entire document, which stays.
    pub(crate) fn remove_from(&self, tree: &mut Value) -> Option<bool> {
        let (parent, token) = (self.parent()?, self.last()?);
        match tree.pointer_mut(&parent.to_path())? {
            Value::Object(entries) => entries.shift_remove(token).map(|_| false),
            Value::Array(items) => {
                let index = token.parse().ok().filter(|index| *index < items.len())?;
                items.remove(index);
                Some(true)
            }
            _ => None,
        }
    }

    /// Returns the pointer without `#`: `/paths/~1pets/get`.
    #[must_use]
    pub fn to_path(&self) -> String {
        self.0.iter().fold(String::new(), |mut path, token| {
            path.push('/');
            path.push_str(&escape(token));
            path
        })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.to_path())
    }
}

/// Returns the child of a node.
pub(crate) fn child<'v>(node: &'v Value, token: &str) -> Option<&'v Value> {
    match node {
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        node => node.get(token),
    }
}

impl FromIterator<String> for Pointer {
    fn from_iter<I: IntoIterator<Item = String>>(tokens: I) -> Self {
        Self(tokens.into_iter().collect())
    }
}

fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn tokens_are_escaped_and_unescaped() {
        let pointer = Pointer::root().child("paths").child("/a~b").index(3);
        assert_eq!(pointer.to_string(), "#/paths/~1a~0b/3");
        assert_eq!(Pointer::parse("#/paths/~1a~0b/3"), Some(pointer));
        assert_eq!(Pointer::parse("other.yaml#/a"), None);
    }

    #[test]
    fn below_returns_the_remaining_tokens() {
        let root = Pointer::root().child("a");
        let child = root.child("b");
        assert_eq!(child.below(&root), Some(["b".to_owned()].as_slice()));
        assert_eq!(root.below(&child), None);
        assert_eq!(child.parent(), Some(root));
    }
}
