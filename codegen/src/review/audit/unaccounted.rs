//! The parts of a description that are neither emitted nor reported.

use serde_json::Value;

use super::declared::DeclaredOperation;
use super::evidence::{Evidence, Unaccounted};
use super::{access, constraints, operations, webhooks};
use crate::base::pointer::Pointer;
use crate::grammar::paths::operations as declared_operations;
use crate::grammar::reference::resolve;
use crate::output::generator_output::Output;

/// Returns all unaccounted parts. Requires the output of a run over the entire description, without tags.
#[must_use]
pub fn unaccounted(output: &Output) -> Vec<Unaccounted> {
    let mut evidence = Evidence::new(output);
    access::of_document(&mut evidence);
    webhooks::of_document(&mut evidence);
    let mut schemas = constraints::Schemas::default();
    let paths = output.patched.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let at = Pointer::root().child("paths").child(path.as_str());
        let (item, at) = resolve(&output.patched, item, at);
        let Some(entries) = item.as_object() else { continue };
        for (method, operation_at, declared) in declared_operations(entries, &at) {
            let declared = DeclaredOperation { item: entries, item_at: &at, declared, at: &operation_at };
            let Some(functions) = evidence.functions(&operation_at) else {
                evidence.require(false, &operation_at, &operation_at, "operation");
                continue;
            };
            operations::check(&mut evidence, &declared, &method, &functions);
            access::of_operation(&mut evidence, &declared, &functions);
            webhooks::of_operation(&mut evidence, &declared);
            schemas.check(&mut evidence, &declared);
        }
    }
    let written = |part: Unaccounted| Unaccounted { pointer: output.written(&part.pointer), ..part };
    let mut unaccounted: Vec<Unaccounted> = evidence.unaccounted.into_iter().map(written).collect();
    unaccounted.sort();
    unaccounted.dedup();
    unaccounted
}
