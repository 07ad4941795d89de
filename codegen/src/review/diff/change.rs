//! One change, as it is told.

use std::fmt;

use super::kind::Kind;
use crate::base::diagnostic::Site;

/// What a change is a change of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The crate as a whole.
    Crate,
    /// A module of endpoints, by its name.
    Module(String),
    /// An operation, by its id.
    Operation(String),
    /// A type, by its name.
    Type(String),
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub kind: Kind,
    /// What changed, as Rust names it: `books::list_books(page)`, `models::Book.title`.
    pub subject: String,
    /// The item that it belongs to in the old crate.
    pub old_item: Option<Item>,
    /// The item that it belongs to in the new crate.
    pub new_item: Option<Item>,
    /// What was there.
    pub was: Option<String>,
    /// What is there now.
    pub is: Option<String>,
    /// Where the old description says so.
    pub old: Option<Site>,
    /// Where the new description says so.
    pub new: Option<Site>,
}

impl Change {
    /// What changed, from what to what.
    #[must_use]
    pub fn detail(&self) -> String {
        match (&self.was, &self.is) {
            (Some(was), Some(is)) => format!("{was} → {is}"),
            (Some(was), None) => was.clone(),
            (None, Some(is)) => is.clone(),
            (None, None) => String::new(),
        }
    }

    /// What is said of it, behind its subject.
    #[must_use]
    pub fn said(&self) -> String {
        let detail = self.detail();
        let colon = if detail.is_empty() { "" } else { ": " };
        format!("{}{colon}{detail}", self.kind.phrase())
    }
}

/// In one line, without its places.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.said())
    }
}
