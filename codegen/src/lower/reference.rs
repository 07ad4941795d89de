//! References to components other than schemas.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::Lowerer;
use crate::pointer::Pointer;

impl Lowerer<'_, '_> {
    /// The component that a reference leads to, through other references, and where it stands.
    pub(super) fn follow<'c, T>(
        &mut self,
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
            let target = Pointer::parse(next);
            let key = target.as_ref().and_then(|target| match target.below(&folder) {
                Some([key]) => Some(key.clone()),
                _ => None,
            });
            // One of another form leads nowhere: the bundle has said so.
            let (target, key) = target.zip(key)?;
            match components.and_then(|components| components.get(&key)) {
                Some(ReferenceOr::Item(item)) => return Some((item, target)),
                Some(ReferenceOr::Reference { .. }) if seen.contains(&target) => {
                    let message = format!("the reference {reference:?} goes in a circle");
                    self.findings.mistake(&at, message, "give one component of the circle a content");
                    return None;
                }
                Some(ReferenceOr::Reference { reference }) => next = reference,
                None => {
                    let known = components.into_iter().flatten().map(|(key, _)| key.as_str());
                    self.dangling(next, &folder, &key, known, &at);
                    return None;
                }
            }
            seen.push(target);
        }
    }

    /// Reports a reference to a component that doesn't exist, with the one that is most likely meant.
    pub(super) fn dangling<'n>(
        &mut self,
        reference: &str,
        folder: &Pointer,
        key: &str,
        known: impl Iterator<Item = &'n str>,
        at: &Pointer,
    ) {
        let help = match self.findings.nearest(key, known) {
            Some(known) => format!("did you mean {}?", folder.child(known)),
            None => "add the component by an overlay, or mend the reference".to_owned(),
        };
        self.findings.mistake(at, format!("the reference {reference:?} leads nowhere"), help);
    }
}
