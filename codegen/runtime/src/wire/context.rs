//! What the driver carries along while it reads: the depth, and once something went wrong, what and where.

use std::fmt;

use super::choice::Fit;
use super::order::Orders;
use crate::json::pointer::{Segment, pointer};
use crate::json::reader::Broken;

/// How deep values may be nested; `serde_json` draws the same line.
const DEPTH: u8 = 128;

/// What the driver carries along while it reads.
#[derive(Default)]
pub struct Context {
    /// The way from the failure back to the root, collected while unwinding.
    pub(super) trail: Vec<Segment>,
    /// What went wrong; nothing where the text is not JSON.
    pub(super) problem: Option<Problem>,
    /// How much of the text lay before that.
    pub(super) at: usize,
    /// Whether the model around has a place to note nulls inside of its lists and maps.
    pub(super) has_room: bool,
    /// The ways to such nulls, innermost step first, up to that model.
    pub(super) nulls: Vec<Vec<Segment>>,
    /// How what was read fits what is declared.
    pub(super) fit: Fit,
    /// Whether a union was left out that a trial had no time for.
    pub(super) cut: bool,
    /// In which order the fields of models come; not kept for the little that is tried in a union.
    pub(super) orders: Orders,
    /// How many unions stand for each other around the value, with nothing between.
    pub(super) chain: u8,
    /// In a trial: how many values it may look at yet.
    left: Option<u32>,
    depth: u8,
}

/// Reading failed; the context says why.
#[derive(Debug)]
pub struct Failed;

/// What is wrong with the text is looked for once all is over.
impl From<Broken> for Failed {
    fn from(_: Broken) -> Self {
        Self
    }
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Mismatch {
        expected: &'static str,
        found: &'static str,
    },
    Missing {
        model: &'static str,
        fields: Vec<&'static str>,
    },
    Unknown {
        model: &'static str,
    },
    Duplicate,
    Depth,
    /// In the words of the format: not JSON at all, for example.
    Format(String),
}

impl Context {
    /// The context of a whole value.
    pub(super) fn new(orders: Orders) -> Self {
        Self { orders, ..Self::default() }
    }

    /// A context for a variant's content.
    pub(super) fn inside(&self) -> Self {
        Self { depth: self.depth, chain: self.chain + 1, ..Self::default() }
    }

    /// The same for a try that may look at so many values; trials inside of it share what it has left.
    pub(super) fn trial(&self, limit: u32) -> Self {
        Self { left: Some(self.left.unwrap_or(limit)), ..self.inside() }
    }

    /// Takes account of a trial that is over.
    pub(super) fn leave_trial(&mut self, trial: &Self) {
        if self.in_trial() {
            self.left = trial.left;
        }
    }

    /// Whether what is read now is only compared.
    pub(super) fn in_trial(&self) -> bool {
        self.left.is_some()
    }

    /// Counts values that a trial looks at.
    #[inline]
    pub(super) fn look(&mut self, values: u32) {
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(values);
        }
    }

    /// In a trial, counts undeclared values.
    #[inline]
    pub(super) fn note_undeclared(&mut self, values: u32) {
        if self.in_trial() {
            self.fit.undeclared = self.fit.undeclared.saturating_add(values);
        }
    }

    /// Whether a trial has no time for a union; it is then read later.
    pub(super) fn leaves_out(&mut self) -> bool {
        let is_over = self.left == Some(0);
        self.cut |= is_over;
        is_over
    }

    /// Goes one level down.
    #[inline]
    pub(super) fn enter(&mut self, at: usize) -> Result<(), Failed> {
        if self.depth >= DEPTH {
            return Err(self.fail(Problem::Depth, at));
        }
        self.depth += 1;
        self.chain = 0;
        Ok(())
    }

    /// Comes back up.
    #[inline]
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Remembers what went wrong, and where.
    #[cold]
    pub(super) fn fail(&mut self, problem: Problem, at: usize) -> Failed {
        self.problem = Some(problem);
        self.at = at;
        Failed
    }

    /// Notes the step that led to a failure.
    #[cold]
    pub(super) fn step(&mut self, segment: Segment, failed: Failed) -> Failed {
        self.trail.push(segment);
        failed
    }

    /// The way from the root to the failure, as a JSON pointer.
    pub(super) fn pointer(&self) -> String {
        pointer(self.trail.iter().rev())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Missing { model, fields } => {
                let (noun, verb) = if fields.len() == 1 { ("field", "is") } else { ("fields", "are") };
                write!(f, "{noun} `{}` of {model} {verb} missing", fields.join("`, `"))
            }
            Self::Unknown { model } => write!(f, "{model} has no such field"),
            Self::Duplicate => f.write_str("this key stands twice in its object"),
            Self::Depth => write!(f, "values are nested more than {DEPTH} deep"),
            Self::Format(message) => f.write_str(message),
        }
    }
}
