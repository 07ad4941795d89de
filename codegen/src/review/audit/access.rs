//! Checks servers, security schemes and security requirements.

use serde_json::{Map, Value};

use super::declared::DeclaredOperation;
use super::evidence::Evidence;
use crate::base::pointer::Pointer;
use crate::ir::access::Server;
use crate::ir::api::Operation;

/// Checks what applies to all operations.
pub(super) fn of_document(evidence: &mut Evidence<'_>) {
    let (tree, access) = (&evidence.output.patched, &evidence.output.api.access);
    servers(evidence, tree.get("servers"), &Pointer::root().child("servers"), &access.servers);
    let at = Pointer::root().child("components").child("securitySchemes");
    let schemes =
        tree.get("components").and_then(|all| all.get("securitySchemes")).and_then(Value::as_object);
    for name in schemes.into_iter().flat_map(Map::keys) {
        let at = at.child(name.as_str());
        evidence.require(access.scheme(name).is_some(), &at, &at, "security");
    }
    let declared = tree.get("security").and_then(Value::as_array);
    let names = declared.map(|all| all.iter().map(names).collect::<Vec<_>>());
    let at = Pointer::root().child("security");
    evidence.require(names.unwrap_or_default() == access.security, &at, &at, "security");
}

/// Checks the servers and security requirements of an operation.
pub(super) fn of_operation(
    evidence: &mut Evidence<'_>,
    operation: &DeclaredOperation<'_>,
    functions: &[&Operation],
) {
    let usual = &evidence.output.api.access;
    let own = operation
        .declared
        .get("servers")
        .filter(|servers| servers.as_array().is_some_and(|all| !all.is_empty()));
    let (declared, at) = match own {
        Some(servers) => (Some(servers), operation.at.child("servers")),
        None => (operation.item.get("servers"), operation.item_at.child("servers")),
    };
    for function in functions {
        let emitted = if function.servers.is_empty() { &usual.servers } else { &function.servers };
        servers(evidence, declared, &at, emitted);
    }
    if let Some(Value::Array(declared)) = operation.declared.get("security") {
        let at = operation.at.child("security");
        let declared: Vec<_> = declared.iter().map(names).collect();
        let is_emitted =
            |function: &&Operation| *function.security.as_ref().unwrap_or(&usual.security) == declared;
        evidence.require(functions.iter().all(is_emitted), &at, &at, "security");
    }
}

fn servers(evidence: &mut Evidence<'_>, declared: Option<&Value>, at: &Pointer, emitted: &[Server]) {
    for (index, server) in declared.and_then(Value::as_array).into_iter().flatten().enumerate() {
        let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
        let at = at.index(index);
        // Servers with the same URL may differ in their variables.
        let found: Vec<_> = emitted.iter().filter(|server| server.url == url).collect();
        evidence.require(!found.is_empty(), &at, &at, "server");
        let variables = server.get("variables").and_then(Value::as_object);
        for (name, variable) in variables.into_iter().flatten() {
            let values = variable.get("enum").and_then(Value::as_array).map_or(0, Vec::len);
            let has_variable = |server: &&Server| {
                server.variables.iter().any(|own| own.name == *name && own.values.len() == values)
            };
            // A variable that the URL doesn't name can't be set.
            let is_used = url.contains(&format!("{{{name}}}"));
            let at = at.child("variables").child(name.as_str());
            evidence.require(!is_used || found.iter().any(has_variable), &at, &at, "server");
        }
    }
}

fn names(requirement: &Value) -> Vec<String> {
    requirement.as_object().into_iter().flat_map(Map::keys).cloned().collect()
}
