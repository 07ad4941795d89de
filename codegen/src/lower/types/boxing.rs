//! Boxes the fields through which a type would contain itself.

use std::collections::HashMap;

use crate::base::name::RustName;
use crate::ir::api::{TypeDef, TypeKind};
use crate::ir::ty::Type;

/// Boxes every use of a type that leads back to the type which contains it.
pub(in crate::lower) fn box_recursion(types: &mut [TypeDef]) {
    let numbers: HashMap<RustName, usize> =
        types.iter().enumerate().map(|(number, def)| (def.name.clone(), number)).collect();
    let inline = |ty: &Type| -> Vec<usize> {
        ty.inline_names().into_iter().filter_map(|name| numbers.get(name)).copied().collect()
    };
    let uses: Vec<Vec<usize>> = types.iter().map(|def| def.kind.types().flat_map(inline).collect()).collect();
    let components = strong_components(&uses);
    for (owner, def) in types.iter_mut().enumerate() {
        // A box in an alias would not end the recursion.
        if matches!(def.kind, TypeKind::Alias(_)) {
            continue;
        }
        for ty in def.kind.types_mut() {
            let is_back = |ty: &Type| inline(ty).iter().any(|used| components[*used] == components[owner]);
            box_uses(ty, &is_back);
        }
    }
}

/// Boxes a type, or those items of a tuple, that lead back.
fn box_uses(ty: &mut Type, is_back: &dyn Fn(&Type) -> bool) {
    match ty {
        Type::Tuple(tuple) => tuple.items.iter_mut().for_each(|item| box_uses(&mut item.ty, is_back)),
        ty if is_back(ty) => *ty = Type::Boxed(Box::new(ty.clone())),
        _ => {}
    }
}

/// The strongly connected component of each node of a graph, by Kosaraju's algorithm.
fn strong_components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut back = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            back[*to].push(from);
        }
    }
    let mut order = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        walk(edges, start, &mut seen, &mut |node| order.push(node));
    }
    let mut components = vec![0; edges.len()];
    let mut seen = vec![false; edges.len()];
    for start in order.into_iter().rev() {
        walk(&back, start, &mut seen, &mut |node| components[node] = start);
    }
    components
}

/// Visits all unseen nodes that can be reached from `start`, depth first. `leave` is called after a node's successors.
fn walk(edges: &[Vec<usize>], start: usize, seen: &mut [bool], leave: &mut dyn FnMut(usize)) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut stack = vec![(start, 0)];
    while let Some((node, next)) = stack.last_mut() {
        let Some(target) = edges[*node].get(*next) else {
            leave(*node);
            stack.pop();
            continue;
        };
        *next += 1;
        if !std::mem::replace(&mut seen[*target], true) {
            stack.push((*target, 0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::strong_components;

    #[test]
    fn nodes_that_lead_to_each_other_are_one_component() {
        // 0 → 1 → 2 → 0, 2 → 3 ⇄ 4, 5 → 5, and 6 alone.
        let marks = strong_components(&[vec![1], vec![2], vec![0, 3], vec![4], vec![3], vec![5], vec![]]);
        assert!(marks[0] == marks[1] && marks[1] == marks[2] && marks[3] == marks[4]);
        let mut distinct = vec![marks[0], marks[3], marks[5], marks[6]];
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), 4);
    }
}
