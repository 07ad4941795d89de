//! The order of lowering: names, component schemas, operations, then what depends on all of them.

use serde_json::Value;

use super::access;
use super::attributes;
use super::custom_types::CustomTypes;
use super::limits;
use super::lowering::Lowering;
use super::naming::given;
use super::naming::names::Names;
use super::optional_responses::OptionalResponses;
use crate::base::diagnostic::Findings;
use crate::base::options::Options;
use crate::base::pointer::Pointer;
use crate::ir::api::Api;
use crate::lower::document::families::families;
use crate::lower::document::lookup::Document;
use crate::lower::document::newer::NewerFeatures;
use crate::lower::operations::operation::{self, Operations};
use crate::lower::operations::received::Received;
use crate::lower::schemas::components;
use crate::lower::types::reserved::RESERVED_TYPES;
use crate::lower::types::table::Types;
use crate::normalize::deserialize::TypedDocument;

/// Lowers the document.
///
/// `whole` is the document before operations were selected. `written` returns the pointer of a node as the description is
/// written.
pub(crate) fn lower(
    TypedDocument(openapi): &TypedDocument,
    whole: &Value,
    written: &dyn Fn(&Pointer) -> Pointer,
    options: &Options<'_>,
    findings: &mut Findings,
) -> Api {
    let kept = findings.kept_items().clone();
    let written = &|pointer: &Pointer| written(kept.original(pointer).as_ref().unwrap_or(pointer));
    let known = findings.len();
    let newer = NewerFeatures::read(openapi, findings);
    let operations = operation::declared(openapi, &newer);
    let keys = components::declared(openapi);
    let names = Names::choose(&operations, &keys, &RESERVED_TYPES, options.names, options.keep_names)
        .with_written_pointers(written);
    let mut types = Types::new();
    let families = families(openapi);
    let schemas = components::named(openapi, &names, &families, &mut types, findings);
    let access = access::access(openapi, findings);
    let document = Document::new(openapi, &newer, schemas, families, findings.copies().clone());
    let custom = CustomTypes::new(options.customizations, written);
    let optional = OptionalResponses::new(options.customizations, written, whole);
    optional.check(whole, findings);
    let mut lowering = Lowering { document, names: &names, access, custom, optional, types, findings };
    components::lower(&mut lowering);
    lowering.types.end_cycles(lowering.findings);
    let Operations { mut modules, incoming, incoming_module, response_types } =
        operation::lower(&mut lowering);
    let received = Received::read(&mut lowering, openapi, incoming_module, &incoming);
    lowering.document.check_copies(lowering.findings, known);
    let Lowering { mut access, types, custom, findings, .. } = lowering;
    custom.check_used(whole, findings);
    let (mut types, documented) = types.completed(&mut modules, &response_types);
    let webhooks = received.completed(&types);
    for def in &mut types {
        def.written = written(&def.pointer);
        kept.restore(&mut def.pointer);
    }
    for server in &mut access.servers {
        kept.restore(&mut server.pointer);
    }
    let restored = |mut pointer: Pointer| {
        kept.restore(&mut pointer);
        pointer
    };
    let of_webhooks = webhooks.constraints().map(|constraint| constraint.pointer.clone());
    let documented = documented.into_iter().chain(of_webhooks).map(restored).collect();
    findings.restore_pointers();
    for scheme in &mut access.schemes {
        scheme.pointer = written(&scheme.pointer);
    }
    if options.customizations.validate {
        limits::assign(&mut types, &mut modules);
    }
    attributes::assign(options.customizations, whole, &mut types, findings);
    given::check(options.names, whole, &types, findings);
    given::check_unique(options.names, &modules, findings);
    let info = &openapi.info;
    let docs = info.description.clone().unwrap_or_default();
    let (title, version) = (info.title.clone(), info.version.clone());
    Api {
        title,
        version,
        docs,
        access,
        modules,
        webhooks,
        types,
        patterns: names.patterns.clone(),
        skipped: findings.take_skipped(),
        documented,
        is_validated: options.customizations.validate,
    }
}
