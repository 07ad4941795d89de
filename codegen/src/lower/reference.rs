//! References to components.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;

/// The component schemas among the kinds.
pub(super) const SCHEMAS: &str = "schemas";

/// The key of the component of a kind that a reference names. One of another form leads nowhere: the bundle has
/// said so.
pub(super) fn key_in(kind: &str, reference: &str) -> Option<String> {
    match Pointer::parse(reference)?.tokens() {
        [root, folder, key] if root == "components" && folder == kind => Some(key.clone()),
        _ => None,
    }
}

/// The component that a reference leads to, through other references, and where it stands.
pub(super) fn follow<'c, T>(
    findings: &mut Findings,
    components: Option<&'c IndexMap<String, ReferenceOr<T>>>,
    kind: &str,
    reference: &str,
    at: &Pointer,
) -> Option<(&'c T, Pointer)> {
    let folder = Pointer::root().child("components").child(kind);
    let at = at.child("$ref");
    let mut seen: Vec<Pointer> = Vec::new();
    let mut next = reference;
    loop {
        let key = key_in(kind, next)?;
        let target = folder.child(&key);
        match components.and_then(|components| components.get(&key)) {
            Some(ReferenceOr::Item(item)) => return Some((item, target)),
            Some(ReferenceOr::Reference { .. }) if seen.contains(&target) => {
                let message = format!("the reference {reference:?} is part of a cycle");
                findings.problem(&at, message, "give one component of the circle a content");
                return None;
            }
            Some(ReferenceOr::Reference { reference }) => next = reference,
            None => {
                let known = components.into_iter().flatten().map(|(key, _)| key.as_str());
                dangling(findings, next, &folder, &key, known, &at);
                return None;
            }
        }
        seen.push(target);
    }
}

/// Reports a reference to a component that doesn't exist, with the one that is most likely meant.
pub(super) fn dangling<'n>(
    findings: &mut Findings,
    reference: &str,
    folder: &Pointer,
    key: &str,
    known: impl Iterator<Item = &'n str>,
    at: &Pointer,
) {
    let help = match findings.nearest(key, known) {
        Some(known) => format!("did you mean {}?", folder.child(known)),
        None => "fix the reference, or add the component with an overlay".to_owned(),
    };
    findings.problem(at, format!("unresolved reference {reference:?}"), help);
}
