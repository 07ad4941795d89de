//! The order of lowering: names, component schemas, operations, then what depends on all of them.

use serde_json::Value;

use super::access;
use super::lowering::Lowering;
use super::naming::given;
use super::naming::names::Names;
use crate::base::diagnostic::Findings;
use crate::base::options::Options;
use crate::ir::api::Api;
use crate::lower::document::families::families;
use crate::lower::document::lookup::Document;
use crate::lower::document::newer::NewerFeatures;
use crate::lower::operations::operation;
use crate::lower::schemas::components;
use crate::lower::types::reserved::RESERVED_TYPES;
use crate::lower::types::table::Types;
use crate::normalize::deserialize::TypedDocument;

/// Lowers the document.
///
/// `written` is the document before operations were selected.
pub(crate) fn lower(
    TypedDocument(openapi): &TypedDocument,
    written: &Value,
    options: &Options<'_>,
    findings: &mut Findings,
) -> Api {
    let newer = NewerFeatures::read(openapi, findings);
    let operations = operation::declared(openapi, &newer);
    let keys = components::declared(openapi);
    let names = Names::choose(&operations, &keys, &RESERVED_TYPES, options.names, options.keep_names);
    let mut types = Types::new();
    let families = families(openapi);
    let schemas = components::named(openapi, &names, &families, &mut types, findings);
    let access = access::access(openapi, findings);
    let document = Document::new(openapi, &newer, schemas, families);
    let mut lowering = Lowering { document, names: &names, access, types, findings };
    components::lower(&mut lowering);
    lowering.types.end_cycles(lowering.findings);
    let (mut modules, response_types) = operation::lower(&mut lowering);
    let Lowering { access, types, .. } = lowering;
    let types = types.completed(&mut modules, &response_types);
    given::check(options.names, written, &types, findings);
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
        types,
        patterns: names.patterns.clone(),
        skipped: findings.take_skipped(),
    }
}
