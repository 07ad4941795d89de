//! What becomes of an action: plain data.

use serde_json::Value;

use crate::base::diagnostic::{Place, Site};
use crate::base::pointer::Pointer;

/// Keys of what is only read.
const PROSE: [&str; 3] = ["description", "summary", "title"];
const EXAMPLES: [&str; 3] = ["example", "examples", "externalDocs"];

/// Which action of which overlay, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionId {
    /// The overlay's number, in the order in which they apply.
    pub overlay: usize,
    /// The action's number in its overlay.
    pub action: usize,
}

/// What becomes of one action.
#[derive(Clone, Debug)]
pub struct Fate {
    /// The action.
    pub id: ActionId,
    /// Where it stands.
    pub place: Place,
    /// Its target, as it is written.
    pub target: String,
    /// How it fares.
    pub outcome: Outcome,
    /// What it is made of: the parts of its update, or the nodes that it removes.
    pub parts: Parts,
    /// The first node that it patches in the old document; `None` where there is none.
    pub old: Option<Site>,
    /// The first node that it patches in the new document, by its new target if it has one.
    pub new: Option<Site>,
    /// How many nodes it patches in the old document.
    pub old_nodes: usize,
    /// How many nodes it patches in the new document.
    pub new_nodes: usize,
    /// The target that selects in the new document what the written one selects in the old.
    pub retarget: Option<String>,
}

/// How an action fares in the new document.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It does what it did.
    Applied,
    /// Its target, or what it copies, is not there; with another target ([`Fate::retarget`]) it may do what it did.
    Stale {
        /// The path that leads nowhere.
        path: String,
        /// A name of the new document that may be meant.
        meant: Option<String>,
    },
    /// The new document says by itself what the action wants.
    Satisfied,
    /// The new document changed what the action patches.
    Conflicting(Vec<Conflict>),
}

/// Of how many parts an action is made: values and list elements that it writes, or nodes that it removes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// All.
    pub all: usize,
    /// Those that the new document has by itself, and the old one had not.
    pub upstream: usize,
    /// Their pointers in the overlay; none where they can't be told from others, or all of the action goes.
    pub needless: Vec<Pointer>,
}

/// One thing that the new document changed under an action.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// In what way.
    pub reason: Reason,
    /// What the old document says there; `None` where it says nothing.
    pub old: Option<Said>,
    /// What the new document says there; `None` where it says nothing.
    pub new: Option<Said>,
    /// What the action says; `None` where it removes.
    pub ours: Option<Value>,
}

impl Fate {
    /// Whether nothing is left to decide once the parts are gone that the new document has by itself.
    #[must_use]
    pub fn is_trimmable(&self) -> bool {
        let twice = |conflict: &Conflict| conflict.reason == Reason::Twice;
        !self.parts.needless.is_empty()
            && match &self.outcome {
                Outcome::Applied => true,
                Outcome::Conflicting(conflicts) => conflicts.iter().all(twice),
                Outcome::Stale { .. } | Outcome::Satisfied => false,
            }
    }
}

impl Conflict {
    /// Whether only words are at stake: descriptions, titles, examples.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        let Some(said) = self.new.as_ref().or(self.old.as_ref()) else { return false };
        let tokens: Vec<&str> = said.site.pointer.tokens().iter().map(String::as_str).collect();
        // A property may be called so.
        let is_key = |index: usize| index == 0 || tokens[index - 1] != "properties";
        let is_example = |(index, token): (usize, &&str)| EXAMPLES.contains(token) && is_key(index);
        let last = tokens.len().saturating_sub(1);
        tokens.iter().enumerate().any(is_example)
            || tokens.last().is_some_and(|token| PROSE.contains(token) && is_key(last))
    }
}

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Where.
    pub site: Site,
    /// The value.
    pub value: Value,
}

/// In what way the new document conflicts with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is another value than before.
    Changed,
    /// There is none any more.
    Gone,
    /// The target selects another list element than before.
    AnotherElement,
    /// The list has by itself what the action adds, which would then stand there twice.
    Twice,
}
