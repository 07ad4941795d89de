//! The state of lowering. A function that needs only some of its fields takes these as arguments.

use super::custom_types::CustomTypes;
use super::naming::names::Names;
use super::optional_responses::OptionalResponses;
use crate::base::diagnostic::Findings;
use crate::ir::access::ApiAccess;
use crate::lower::document::lookup::Document;
use crate::lower::types::table::Types;

/// The state of lowering, for functions that make types of schemas.
pub(super) struct Lowering<'a, 'f> {
    /// The typed document, for lookups.
    pub(super) document: Document<'a>,
    /// The names of operations and schemas.
    pub(super) names: &'a Names<'a>,
    /// The servers and security schemes.
    pub(super) access: ApiAccess,
    /// The types that are given by hand.
    pub(super) custom: CustomTypes<'a>,
    /// The required properties that responses may lack.
    pub(super) optional: OptionalResponses<'a>,
    /// The types that were made so far.
    pub(super) types: Types,
    /// Diagnostics, and what is skipped.
    pub(super) findings: &'f mut Findings,
}
