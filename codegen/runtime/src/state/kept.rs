//! The parts of a value that its type can't hold, with their locations.

use crate::json::pointer::Segment;

/// A part of a value that its type can't hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kept {
    /// A null, where the type has its default value.
    Null,
    /// The JSON text of a value that was left out.
    LeftOut(Box<str>),
    /// The JSON text of a further value of a key, after the one that the type holds.
    Duplicate(Box<str>),
    /// Parts inside a value.
    Inside(KeptParts),
}

/// Parts with their locations: keys, and indices in the JSON text.
pub(crate) type KeptParts = Vec<(Segment, Kept)>;

impl Kept {
    /// Returns the JSON text of a value that the type doesn't hold.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::LeftOut(text) | Self::Duplicate(text) => Some(text),
            Self::Null | Self::Inside(_) => None,
        }
    }
}

/// Visits all parts below a path, outermost segment first.
pub(crate) fn visit_parts<'k>(
    parts: &'k [(Segment, Kept)],
    path: &mut Vec<&'k Segment>,
    visit: &mut dyn FnMut(&[&'k Segment], &'k Kept),
) {
    for (segment, kept) in parts {
        path.push(segment);
        match kept {
            Kept::Inside(parts) => visit_parts(parts, path, visit),
            kept => visit(path, kept),
        }
        path.pop();
    }
}
