//! The options of an export, and whether they suit the operation.

use std::time::Duration;

use super::checkpoint::Checkpoint;
use super::progress::Listener;
use crate::error::ExportErrorKind;
use crate::operation::{Operation, Pagination, PaginationStyle};
use crate::request::RequestParts;
use crate::state::field_set::FieldSet;

/// The options of an export.
#[derive(Default)]
pub(super) struct ExportOptions {
    pub(super) checkpoint: Option<Checkpoint>,
    pub(super) allowed_lateness: Option<Duration>,
    pub(super) step_over: bool,
    /// Whether the export restarts at the time reached if the server rejects its cursor.
    pub(super) restart: bool,
    /// Whether a record that doesn't match its declared type is an error.
    pub(super) strict: bool,
    /// Whether records are not decoded.
    pub(super) is_raw: bool,
    /// The fields that are read, or the name of one that the records don't declare; `None` for all properties.
    pub(super) fields: Option<Result<FieldSet, String>>,
    pub(super) follow: Option<Duration>,
    pub(super) listener: Listener,
}

impl ExportOptions {
    /// Returns why the export can't start with these options.
    pub(super) fn problem(&self, operation: &Operation, pagination: Pagination) -> Option<ExportErrorKind> {
        if let Some(Err(name)) = &self.fields {
            return Some(ExportErrorKind::UndeclaredField { name: name.clone() });
        }
        if self.follow.is_some() && pagination.style() == PaginationStyle::NextPage {
            return Some(ExportErrorKind::NotFollowable);
        }
        let looks_back = pagination.style() == PaginationStyle::Time;
        if self.allowed_lateness.is_some_and(|lateness| !lateness.is_zero()) && !looks_back {
            return Some(ExportErrorKind::LatenessNotSupported);
        }
        self.checkpoint.as_ref().and_then(|checkpoint| checkpoint_mismatch(checkpoint, operation, pagination))
    }
}

/// Returns why an export cannot resume from a checkpoint.
fn checkpoint_mismatch(
    checkpoint: &Checkpoint,
    operation: &Operation,
    pagination: Pagination,
) -> Option<ExportErrorKind> {
    if checkpoint.operation != operation.id() {
        return Some(ExportErrorKind::OtherOperation { found: checkpoint.operation.clone() });
    }
    (!checkpoint.next.belongs_to(pagination.style())).then_some(ExportErrorKind::OtherPaginationStyle)
}

/// Selects the pagination style for a request: the one whose page size parameter it sets, or the default one.
pub(super) fn select_pagination(operation: &Operation, template: &RequestParts) -> Option<Pagination> {
    let chosen = |pagination: &&Pagination| {
        pagination.size_parameter().is_some_and(|name| template.query().get(name).is_some())
    };
    operation.pagination().find(chosen).or_else(|| operation.pagination().next()).copied()
}
