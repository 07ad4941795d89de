//! Paths into a value, and JSON pointers (RFC 6901).

/// One segment of a path: a declared field, another key, or an index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Segment {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Segment {
    /// Returns whether this is a field or another key with this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        match self {
            Self::Field(field) => *field == name,
            Self::Key(key) => key == name,
            Self::Index(_) => false,
        }
    }
}

/// Returns a path as a JSON pointer. The outermost segment comes first.
pub(crate) fn pointer<'s>(segments: impl Iterator<Item = &'s Segment>) -> String {
    let mut pointer = String::new();
    for segment in segments {
        pointer.push('/');
        match segment {
            Segment::Field(name) => pointer.push_str(&escape(name)),
            Segment::Key(key) => pointer.push_str(&escape(key)),
            Segment::Index(index) => pointer.push_str(&index.to_string()),
        }
    }
    pointer
}

/// Escapes a key for a JSON pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
