//! References to components.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;

/// The key of component schemas in `components`.
pub(in crate::lower) const SCHEMAS: &str = "schemas";

/// The key of the component that a reference names, if it is of this kind. References of another form were reported when
/// the document was bundled.
pub(in crate::lower) fn key_in(kind: &str, reference: &str) -> Option<String> {
    match Pointer::parse(reference)?.tokens() {
        [root, folder, key] if root == "components" && folder == kind => Some(key.clone()),
        _ => None,
    }
}

/// The key of a component schema, given by a reference or by the key itself.
pub(in crate::lower) fn key_of(target: &str) -> String {
    key_in(SCHEMAS, target).filter(|_| target.starts_with('#')).unwrap_or_else(|| target.to_owned())
}

/// Follows a reference, and references between components, to a component. Also returns its location.
pub(in crate::lower) fn follow<'c, T>(
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
                let message = format!("the reference {reference:?} is circular");
                findings.problem(&at, message, "replace one reference of the cycle by its content");
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

/// Reports a reference to a component that doesn't exist, with the closest one that does.
pub(in crate::lower) fn dangling<'n>(
    findings: &mut Findings,
    reference: &str,
    folder: &Pointer,
    key: &str,
    known: impl Iterator<Item = &'n str>,
    at: &Pointer,
) {
    let help = match findings.nearest(key, known) {
        Some(known) => format!("did you mean {}?", folder.child(known)),
        None => "add the component in an overlay, or fix the reference".to_owned(),
    };
    let assumption = match folder.last() {
        Some("responses" | "requestBodies") => "; any JSON content is assumed",
        _ => "",
    };
    findings.problem(at, format!("unresolved reference {reference:?}{assumption}"), help);
}
