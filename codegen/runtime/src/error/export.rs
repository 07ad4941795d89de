//! Exports that cannot go on.

use std::error::Error;
use std::fmt;

/// An export cannot go on as asked. What was handed out before is not touched by it, nor is the last checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportError {
    operation: &'static str,
    kind: ExportErrorKind,
}

/// Why an export cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportErrorKind {
    /// More records share a second than the server puts on its largest page, so the export by time cannot get
    /// past it.
    Stalled {
        /// That second, in seconds since the start of 1970.
        second: i64,
    },
    /// The server leads back to a place where the export was already.
    RepeatedCursor,
    /// The server says that there is more, but not where.
    MissingCursor,
    /// The operation has no pages.
    NotPaged,
    /// The list ends; there is nothing to wait for behind its end.
    NotFollowable,
    /// Records that appear late can't be looked for: the export does not go by time, or its records do not show
    /// the time that they are ordered by.
    NoLookBack,
    /// The checkpoint is one of another operation.
    OtherOperation {
        /// The id of the operation that the checkpoint was taken of.
        found: String,
    },
    /// The checkpoint is one of the same operation, but paged in another way.
    OtherPaging,
    /// The answer does not describe background work.
    NeverPending,
    /// The background work was not over in time.
    StillPending,
}

impl ExportError {
    pub(crate) fn new(operation: &'static str, kind: ExportErrorKind) -> Self {
        Self { operation, kind }
    }

    /// The id of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Why it cannot go on.
    #[must_use]
    pub fn kind(&self) -> &ExportErrorKind {
        &self.kind
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.kind {
            ExportErrorKind::Stalled { second } => write!(
                f,
                "the export does not get past the second {second}, which holds more records than the largest \
                 page: use the export by cursor if there is one, or go on without the rest of that second by \
                 `step_over_stalls(true)`"
            ),
            ExportErrorKind::RepeatedCursor => f.write_str(
                "the server leads back to a page that was read already: resume from the last checkpoint later",
            ),
            ExportErrorKind::MissingCursor => f.write_str(
                "the server says that there are more pages but not where: resume from the last checkpoint later",
            ),
            ExportErrorKind::NotPaged => f.write_str("the answer does not come in pages: use `send`"),
            ExportErrorKind::NotFollowable => {
                f.write_str("the list ends and cannot be followed: use `pages` or `records`")
            }
            ExportErrorKind::NoLookBack => f.write_str(
                "records that appear late can't be looked for in this export: leave out `late`, or set it to zero",
            ),
            ExportErrorKind::OtherOperation { found } => {
                write!(f, "the checkpoint belongs to {found:?}: start without it, or use the right one")
            }
            ExportErrorKind::OtherPaging => f.write_str(
                "the checkpoint was taken of pages that follow each other in another way: resume with the same \
                 request as at the start",
            ),
            ExportErrorKind::NeverPending => {
                f.write_str("the answer does not describe work that could be waited for: use `send`")
            }
            ExportErrorKind::StillPending => {
                f.write_str("the work is not over yet: wait again, or look at the job in the account")
            }
        }
    }
}

impl Error for ExportError {}
