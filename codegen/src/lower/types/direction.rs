//! Direction of types: whether callers, the server or both create their values.

use std::collections::HashMap;

use crate::base::name::RustName;
use crate::ir::api::{Direction, Module, TypeDef};
use crate::ir::ty::Type;

/// Sets the direction of each type by what it is reachable from: request bodies and parameters, or responses.
/// `response_types` are the types of all responses, error responses included.
pub(in crate::lower) fn assign(types: &mut [TypeDef], modules: &[Module], response_types: &[Type]) {
    let index: HashMap<RustName, usize> =
        types.iter().enumerate().map(|(index, def)| (def.name.clone(), index)).collect();
    let operations = || modules.iter().flat_map(|module| &module.operations);
    let sent = operations()
        .flat_map(|operation| {
            let body = operation.body.as_ref().map(|body| &body.ty);
            operation.parameters.iter().map(|parameter| &parameter.ty).chain(body)
        })
        .flat_map(Type::names);
    let received = response_types.iter().flat_map(Type::names);
    let sent = reachable(types, &index, sent.cloned().collect());
    let received = reachable(types, &index, received.cloned().collect());
    for (def, (sent, received)) in types.iter_mut().zip(sent.into_iter().zip(received)) {
        def.direction = match (sent, received) {
            (false, false) => Direction::Unused,
            (true, false) => Direction::Request,
            (false, true) => Direction::Response,
            (true, true) => Direction::Both,
        };
    }
}

fn reachable(types: &[TypeDef], index: &HashMap<RustName, usize>, roots: Vec<RustName>) -> Vec<bool> {
    let mut seen = vec![false; types.len()];
    let mut todo = roots;
    while let Some(name) = todo.pop() {
        let Some(&at) = index.get(&name) else { continue };
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        todo.extend(types[at].kind.types().flat_map(Type::names).cloned());
    }
    seen
}
