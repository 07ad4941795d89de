//! Exports that can't continue.

use std::error::Error;
use std::fmt;

/// An error that ends an export, or a wait for a background job.
///
/// The records that were returned and the last checkpoint remain valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportError {
    operation: &'static str,
    kind: ExportErrorKind,
}

/// The kinds of [`ExportError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportErrorKind {
    /// One second has more records than the largest page, so the export by time can't get past that second.
    ///
    /// Export by cursor if there is such an operation, or set `step_over_stalls(true)` to skip the rest of the second.
    Stalled {
        /// The second, as a Unix time in seconds.
        second: i64,
    },
    /// The export has already read the next page.
    ///
    /// Resume from the last checkpoint later.
    RepeatedCursor,
    /// The server reports that there are more pages, but returns no cursor or URL for them.
    ///
    /// Resume from the last checkpoint later.
    MissingCursor,
    /// The operation isn't paged.
    ///
    /// Use `send`.
    NotPaged,
    /// The list has an end, so it can't be followed.
    ///
    /// Don't call `follow`.
    NotFollowable,
    /// This export can't look for late records: it isn't by time, or its records don't contain the time that orders
    /// them.
    ///
    /// Don't call `allowed_lateness`, or set it to zero.
    LatenessNotSupported,
    /// The checkpoint belongs to another operation.
    ///
    /// Resume from the right checkpoint, or start without one.
    OtherOperation {
        /// The ID of the operation of the checkpoint.
        found: String,
    },
    /// The checkpoint belongs to the same operation, but to another pagination style.
    ///
    /// Resume with the same request as at the start.
    OtherPaginationStyle,
    /// The response doesn't describe a background job.
    ///
    /// Use `send`.
    NotAJob,
    /// The job did not end within the timeout.
    ///
    /// Wait again, or look at the job in the account.
    StillPending,
}

impl ExportError {
    pub(crate) fn new(operation: &'static str, kind: ExportErrorKind) -> Self {
        Self { operation, kind }
    }

    /// Returns the ID of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the reason why the export can't continue.
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
                "the export cannot get past the second {second}, which has more records than the largest page: \
                 use the export by cursor if there is one, or skip the rest of that second with \
                 `step_over_stalls(true)`"
            ),
            ExportErrorKind::RepeatedCursor => f.write_str(
                "the next page was already read: resume from the last checkpoint later",
            ),
            ExportErrorKind::MissingCursor => f.write_str(
                "the server reports more pages but returns no cursor: resume from the last checkpoint later",
            ),
            ExportErrorKind::NotPaged => f.write_str("the operation is not paged: use `send`"),
            ExportErrorKind::NotFollowable => f.write_str(
                "the list has an end and cannot be followed: leave out `follow`",
            ),
            ExportErrorKind::LatenessNotSupported => f.write_str(
                "this export cannot look for late records: leave out `allowed_lateness`, or set it to zero",
            ),
            ExportErrorKind::OtherOperation { found } => write!(
                f,
                "the checkpoint belongs to the operation {found:?}: resume from the right checkpoint, \
                 or start without one"
            ),
            ExportErrorKind::OtherPaginationStyle => f.write_str(
                "the checkpoint belongs to another pagination style: resume with the same request as at the start",
            ),
            ExportErrorKind::NotAJob => {
                f.write_str("the response does not describe a background job: use `send`")
            }
            ExportErrorKind::StillPending => {
                f.write_str("the job has not ended yet: wait again, or look at the job in the account")
            }
        }
    }
}

impl Error for ExportError {}
