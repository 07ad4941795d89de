//! Who makes values of a type: callers, the server, or both. Reachability decides.

use std::collections::HashMap;

use crate::base::name::RustName;
use crate::ir::api::{Direction, Module, TypeDef};
use crate::ir::ty::Type;

/// Marks each type by where it can be reached from. `answers` are the types of all responses, errors too.
pub(super) fn assign(types: &mut [TypeDef], modules: &[Module], answers: &[Type]) {
    let index: HashMap<RustName, usize> =
        types.iter().enumerate().map(|(index, def)| (def.name.clone(), index)).collect();
    let operations = || modules.iter().flat_map(|module| &module.operations);
    let sent = operations()
        .flat_map(|operation| {
            let body = operation.body.as_ref().map(|body| &body.ty);
            operation.parameters.iter().map(|parameter| &parameter.ty).chain(body)
        })
        .filter_map(Type::name);
    let received = answers.iter().filter_map(Type::name);
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
        todo.extend(types[at].kind.types().filter_map(Type::name).cloned());
    }
    seen
}
