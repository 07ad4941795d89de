//! Ways through a value, and JSON pointers (RFC 6901), as which they are told.

/// One step of a path: into a declared field, to the value of another key, to an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Segment {
    Field(&'static str),
    Key(String),
    Index(usize),
}

/// The steps of a way down, from the outside in.
pub(crate) type Way = [Segment];

/// Steps from the outside in, as a JSON pointer.
pub(crate) fn pointer<'s>(steps: impl Iterator<Item = &'s Segment>) -> String {
    let mut pointer = String::new();
    for segment in steps {
        pointer.push('/');
        match segment {
            Segment::Field(name) => pointer.push_str(&escape(name)),
            Segment::Key(key) => pointer.push_str(&escape(key)),
            Segment::Index(index) => pointer.push_str(&index.to_string()),
        }
    }
    pointer
}

/// A key as it is written in a JSON pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
