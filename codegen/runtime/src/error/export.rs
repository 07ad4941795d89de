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
    /// The number of records of the page that stalls, and of a full one.
    page: Option<(usize, u32)>,
}

/// The kinds of [`ExportError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportErrorKind {
    /// The pages of an export by time end in the second where they start: it has more records than the largest page, or
    /// the server reports a wrong end.
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
    /// Many pages in a row have no new records, although the server reports more pages each time. They are empty, or have
    /// records of earlier pages.
    ///
    /// Resume from the last checkpoint later.
    NoProgress {
        /// The number of these pages.
        pages: u32,
    },
    /// The records don't declare a field that is to be read, or they are no objects.
    ///
    /// Call `fields` with the names in the JSON.
    UndeclaredField {
        /// The name of the field.
        name: String,
    },
    /// The operation isn't paged.
    ///
    /// Use `send`.
    NotPaged,
    /// The list has an end, so it can't be followed.
    ///
    /// Don't call `follow`.
    NotFollowable,
    /// This export can't look for late records, because it isn't by time.
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
        Self { operation, kind, page: None }
    }

    /// Adds the number of records of the page, and of a full one.
    pub(crate) fn with_page(self, records: usize, full: u32) -> Self {
        Self { page: Some((records, full)), ..self }
    }

    /// Writes why the export can't get past a second.
    fn describe_stall(&self, second: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the export cannot get past the second {second}, ")?;
        match self.page {
            Some((records, full)) if usize::try_from(full).is_ok_and(|full| records < full) => {
                let noun = if records == 1 { "record" } else { "records" };
                write!(
                    f,
                    "where the page ends again with {records} {noun} of up to {full}, although the server reports more: \
                     try again later, "
                )?;
            }
            _ => f.write_str("which has more records than the largest page: ")?,
        }
        f.write_str(
            "use the export by cursor if there is one, or skip the rest of that second with \
             `step_over_stalls(true)`",
        )
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
            ExportErrorKind::Stalled { second } => self.describe_stall(*second, f),
            ExportErrorKind::NoProgress { pages } => write!(
                f,
                "the server reports more pages, but the last {pages} had no new records: \
                 resume from the last checkpoint later"
            ),
            ExportErrorKind::RepeatedCursor => f.write_str(
                "the next page was already read: resume from the last checkpoint later",
            ),
            ExportErrorKind::MissingCursor => f.write_str(
                "the server reports more pages but returns no cursor: resume from the last checkpoint later",
            ),
            ExportErrorKind::UndeclaredField { name } => write!(
                f,
                "the records declare no field {name:?}: call `fields` with the names in the JSON"
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
