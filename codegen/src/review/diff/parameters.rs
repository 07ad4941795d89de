//! Compares parameters: arguments, setters, and how they are sent.

use super::arguments::Acceptance;
use super::compare::{ApiComparison, ItemPair, OneSided, text};
use super::kind::ChangeKind;
use super::locate;
use super::operation_pair::value;
use super::operation_pair::{OperationPair, in_another_order};
use crate::base::pointer::Pointer;
use crate::ir::api::Operation;
use crate::ir::request::{Parameter, ParameterLocation};
use crate::ir::ty::Type;

/// An old parameter and its new counterpart.
type ParameterPair<'a> = (&'a Parameter, &'a Parameter);

impl ApiComparison<'_> {
    pub(super) fn parameters(&mut self, operation: &str, pair: OperationPair<'_>) {
        let OperationPair { old, new } = pair;
        let items = pair.items();
        let (pairs, removed, added) = self.matched(old, new);
        for parameter in removed {
            let at = locate::parameter(&self.old.output.patched, &old.pointer, parameter);
            self.part(
                ChangeKind::ParameterRemoved,
                &subject(operation, parameter),
                &items,
                OneSided::Removed(&at),
            )
            .before(shown(parameter));
        }
        for parameter in added {
            let at = locate::parameter(&self.new.output.patched, &new.pointer, parameter);
            let kind = if parameter.required {
                ChangeKind::ParameterRequiredAdded
            } else {
                ChangeKind::ParameterAdded
            };
            self.part(kind, &subject(operation, parameter), &items, OneSided::Added(&at))
                .after(shown(parameter));
        }
        for both in &pairs {
            let at = (
                locate::parameter(&self.old.output.patched, &old.pointer, both.0),
                locate::parameter(&self.new.output.patched, &new.pointer, both.1),
            );
            self.parameter(&subject(operation, both.0), &items, *both, (&at.0, &at.1));
        }
        self.order(operation, pair, &items, &pairs);
    }

    fn parameter(
        &mut self,
        subject: &str,
        items: &ItemPair,
        (old, new): ParameterPair<'_>,
        at: (&Pointer, &Pointer),
    ) {
        self.parameter_in_rust(subject, items, (old, new), at);
        // A path parameter's name isn't sent.
        if old.wire != new.wire && old.location != ParameterLocation::Path {
            let replaced = old.required && new.required && old.name != new.name;
            let kind =
                if replaced { ChangeKind::ArgumentReplaced } else { ChangeKind::ParameterWireNameChanged };
            self.changed(kind, subject, items, at).between(old.wire.as_str(), new.wire.as_str());
        }
        if old.location != new.location {
            self.changed(ChangeKind::ParameterRelocated, subject, items, at)
                .between(location(old.location), location(new.location));
        } else if old.style != new.style || old.may_be_empty != new.may_be_empty {
            self.changed(ChangeKind::ParameterRestyled, subject, items, at).between(style(old), style(new));
        }
        if old.media_type != new.media_type {
            let text =
                |parameter: &Parameter| parameter.media_type.clone().unwrap_or_else(|| "none".to_owned());
            self.changed(ChangeKind::PartMediaType, subject, items, at).between(text(old), text(new));
        }
        if old.default != new.default {
            let text = |parameter: &Parameter| value(parameter.default.as_ref());
            self.changed(ChangeKind::ParameterDefault, subject, items, at).between(text(old), text(new));
        }
        if old.deprecated != new.deprecated && !old.required && !new.required {
            let kind = if new.deprecated {
                ChangeKind::ParameterDeprecated
            } else {
                ChangeKind::ParameterUndeprecated
            };
            self.changed(kind, subject, items, at);
        }
        // An argument can't be deprecated in Rust: only the docs mention it.
        let is_mentioned = (old.required || new.required) && old.deprecated != new.deprecated;
        if is_mentioned || old.docs != new.docs || old.constraints != new.constraints {
            self.changed(ChangeKind::ParameterDocs, subject, items, at);
        }
    }

    /// Compares what the compiler sees of a parameter.
    fn parameter_in_rust(
        &mut self,
        subject: &str,
        items: &ItemPair,
        (old, new): ParameterPair<'_>,
        at: (&Pointer, &Pointer),
    ) {
        if old.required != new.required {
            let kind = if new.required {
                ChangeKind::ParameterNowRequired
            } else {
                ChangeKind::ParameterNowOptional
            };
            self.changed(kind, subject, items, at);
        } else if old.name != new.name {
            let kind = if new.required { ChangeKind::ArgumentRenamed } else { ChangeKind::SetterRenamed };
            self.changed(kind, subject, items, at).between(old.name.as_str(), new.name.as_str());
        }
        let kind = match self.acceptance(old, new) {
            Acceptance::Same => return,
            Acceptance::Wider => ChangeKind::ParameterWidened,
            Acceptance::SentDifferently => ChangeKind::ParameterRestyled,
            Acceptance::Rejected => ChangeKind::ParameterRetyped,
        };
        self.changed(kind, subject, items, at).between(type_of(old), type_of(new));
    }

    /// Compares the order of arguments, which are passed by position, and of setters.
    fn order(
        &mut self,
        operation: &str,
        pair: OperationPair<'_>,
        items: &ItemPair,
        pairs: &[ParameterPair<'_>],
    ) {
        let OperationPair { old, new } = pair;
        let before = |parameter: &Parameter| pairs.iter().position(|both| std::ptr::eq(both.0, parameter));
        let after = |parameter: &Parameter| pairs.iter().position(|both| std::ptr::eq(both.1, parameter));
        let names = |operation: &Operation| {
            let names: Vec<_> =
                operation.required().map(|parameter| parameter.name.plain().to_owned()).collect();
            names.join(", ")
        };
        if in_another_order(old.required().filter_map(before), new.required().filter_map(after)) {
            let alike = old.required().count() == new.required().count()
                && old
                    .required()
                    .zip(new.required())
                    .all(|(old, new)| self.acceptance(old, new) != Acceptance::Rejected);
            let kind = if alike { ChangeKind::ArgumentsSwapped } else { ChangeKind::ArgumentsReordered };
            self.changed(kind, operation, items, pair.at()).between(names(old), names(new));
        } else if in_another_order(old.optional().filter_map(before), new.optional().filter_map(after)) {
            self.changed(ChangeKind::OrderChanged, operation, items, pair.at());
        }
    }

    /// Pairs old and new parameters: by name on the wire, by position in the path, by Rust name; then the two
    /// remaining ones, if there is one on each side.
    fn matched<'p>(
        &self,
        old: &'p Operation,
        new: &'p Operation,
    ) -> (Vec<ParameterPair<'p>>, Vec<&'p Parameter>, Vec<&'p Parameter>) {
        let mut removed: Vec<&Parameter> = old.parameters.iter().collect();
        let mut added: Vec<&Parameter> = new.parameters.iter().collect();
        let mut pairs = Vec::new();
        let mut pair = |is_one: &dyn Fn(&Parameter, &Parameter) -> bool| {
            removed.retain(|parameter| {
                let found = added.iter().position(|other| is_one(parameter, other));
                pairs.extend(found.map(|index| (*parameter, added.remove(index))));
                found.is_none()
            });
        };
        pair(&|old, new| old.wire == new.wire && old.location == new.location);
        pair(&|old, new| old.wire == new.wire);
        let segment = |operation: &Operation, parameter: &Parameter| {
            (parameter.location == ParameterLocation::Path)
                .then(|| {
                    operation
                        .path
                        .split('/')
                        .position(|part| part.contains(&format!("{{{}}}", parameter.wire)))
                })
                .flatten()
        };
        pair(&|before, after| segment(old, before).is_some_and(|at| segment(new, after) == Some(at)));
        pair(&|old, new| old.name == new.name && old.location == new.location);
        if let ([before], [after]) = (removed.as_slice(), added.as_slice())
            && before.required
            && after.required
            && before.location == after.location
            && self.same(&before.ty, &after.ty)
        {
            pairs.push((*before, *after));
            (removed, added) = (Vec::new(), Vec::new());
        }
        (pairs, removed, added)
    }
}

fn subject(operation: &str, parameter: &Parameter) -> String {
    format!("{operation}({})", parameter.name.plain())
}

/// Describes a parameter that only one side has.
fn shown(parameter: &Parameter) -> String {
    format!("{} `{}`: {}", location(parameter.location), parameter.wire, type_of(parameter))
}

fn type_of(parameter: &Parameter) -> String {
    match (parameter.location, &parameter.ty) {
        (ParameterLocation::File, Type::Array(_)) => "files".to_owned(),
        (ParameterLocation::File, _) => "file".to_owned(),
        (_, ty) => text(Some(ty)),
    }
}

fn location(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::QueryString => "entire query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
        ParameterLocation::Part | ParameterLocation::File => "part",
        ParameterLocation::PartHeader => "header of a part",
    }
}

/// Describes how a parameter is serialized.
fn style(parameter: &Parameter) -> String {
    let style = parameter.style;
    let mut words = vec![format!("{:?}", style.kind).to_lowercase()];
    let marks =
        [(style.explode, "exploded"), (style.reserved, "reserved"), (parameter.may_be_empty, "may be empty")];
    words.extend(marks.iter().filter(|(applies, _)| *applies).map(|(_, word)| (*word).to_owned()));
    words.join(", ")
}
