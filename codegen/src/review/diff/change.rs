//! A change and its texts.

use std::fmt;

use super::kind::ChangeKind;
use crate::base::diagnostic::NodeLocation;

/// The item that a change belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The entire crate.
    Crate,
    /// A module of endpoint functions, by name.
    Module(String),
    /// An operation, by its id.
    Operation(String),
    /// A type, by name.
    Type(String),
    /// An item of the module of webhooks and callbacks, by name.
    Webhook(String),
}

/// A difference between two descriptions, as users of the crate see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of change.
    pub kind: ChangeKind,
    /// The Rust name of the changed item: `books::list_books(page)`, `models::Book.title`.
    pub subject: String,
    /// The item in the old crate.
    pub old_item: Option<Item>,
    /// The item in the new crate.
    pub new_item: Option<Item>,
    /// The old value.
    pub was: Option<String>,
    /// The new value.
    pub is: Option<String>,
    /// The location in the old description.
    pub old: Option<NodeLocation>,
    /// The location in the new description.
    pub new: Option<NodeLocation>,
}

impl Change {
    /// Returns the old and the new value as `old → new`, or the only one. Empty if there is none.
    #[must_use]
    pub fn detail(&self) -> String {
        match (&self.was, &self.is) {
            (Some(was), Some(is)) => format!("{was} → {is}"),
            (Some(was), None) => was.clone(),
            (None, Some(is)) => is.clone(),
            (None, None) => String::new(),
        }
    }

    /// Returns the phrase of the kind, followed by the detail. It describes the subject.
    #[must_use]
    pub fn description(&self) -> String {
        let detail = self.detail();
        let colon = if detail.is_empty() { "" } else { ": " };
        format!("{}{colon}{detail}", self.kind.phrase())
    }
}

/// Writes the change on one line, without its locations.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.description())
    }
}
