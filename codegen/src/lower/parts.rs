//! What lowering works with, each part with methods of its own; a function takes the parts that it may touch.

use super::document::Document;
use super::types::Types;
use crate::base::diagnostic::Findings;
use crate::ir::access::ApiAccess;

/// All parts, for what makes types of schemas.
pub(super) struct Parts<'a, 'f> {
    /// To look up in.
    pub(super) document: Document<'a>,
    /// Servers and security schemes.
    pub(super) access: ApiAccess,
    /// The types that have been made so far.
    pub(super) types: Types,
    /// What is found on the way, and what is left out.
    pub(super) findings: &'f mut Findings,
}
