//! Parameters: arguments, setters, and how they are sent.

use super::arguments::Fit;
use super::compare::{Comparison, Items, Part, text};
use super::kind::Kind;
use super::pair::value;
use super::pair::{Pair, in_another_order};
use super::site;
use crate::base::pointer::Pointer;
use crate::ir::api::Operation;
use crate::ir::request::{Location, Parameter};
use crate::ir::ty::Type;

/// One parameter on both sides.
type Both<'a> = (&'a Parameter, &'a Parameter);

impl Comparison<'_> {
    pub(super) fn parameters(&mut self, operation: &str, pair: Pair<'_>) {
        let Pair { old, new } = pair;
        let items = pair.items();
        let (pairs, gone, fresh) = self.matched(old, new);
        for parameter in gone {
            let at = site::parameter(&self.old.output.patched, &old.pointer, parameter);
            self.part(Kind::ParameterRemoved, &subject(operation, parameter), &items, Part::Gone(&at))
                .before(shown(parameter));
        }
        for parameter in fresh {
            let at = site::parameter(&self.new.output.patched, &new.pointer, parameter);
            let kind = if parameter.required { Kind::ParameterRequiredAdded } else { Kind::ParameterAdded };
            self.part(kind, &subject(operation, parameter), &items, Part::New(&at)).after(shown(parameter));
        }
        for both in &pairs {
            let at = (
                site::parameter(&self.old.output.patched, &old.pointer, both.0),
                site::parameter(&self.new.output.patched, &new.pointer, both.1),
            );
            self.parameter(&subject(operation, both.0), &items, *both, (&at.0, &at.1));
        }
        self.order(operation, pair, &items, &pairs);
    }

    fn parameter(&mut self, subject: &str, items: &Items, (old, new): Both<'_>, at: (&Pointer, &Pointer)) {
        self.parameter_in_rust(subject, items, (old, new), at);
        // Where the path is the same but for what its parameters are called, nothing else is sent.
        if old.wire != new.wire && old.location != Location::Path {
            let replaced = old.required && new.required && old.name != new.name;
            let kind = if replaced { Kind::ArgumentReplaced } else { Kind::ParameterRespelt };
            self.changed(kind, subject, items, at).between(old.wire.as_str(), new.wire.as_str());
        }
        if old.location != new.location {
            self.changed(Kind::ParameterRelocated, subject, items, at)
                .between(location(old.location), location(new.location));
        } else if old.style != new.style || old.may_be_empty != new.may_be_empty {
            self.changed(Kind::ParameterRestyled, subject, items, at).between(style(old), style(new));
        }
        if old.media_type != new.media_type {
            let text =
                |parameter: &Parameter| parameter.media_type.clone().unwrap_or_else(|| "none".to_owned());
            self.changed(Kind::PartMediaType, subject, items, at).between(text(old), text(new));
        }
        if old.default != new.default {
            let text = |parameter: &Parameter| value(parameter.default.as_ref());
            self.changed(Kind::ParameterDefault, subject, items, at).between(text(old), text(new));
        }
        if old.deprecated != new.deprecated && !old.required && !new.required {
            let kind = if new.deprecated { Kind::ParameterDeprecated } else { Kind::ParameterUndeprecated };
            self.changed(kind, subject, items, at);
        }
        if old.docs != new.docs {
            self.changed(Kind::ParameterDocs, subject, items, at);
        }
    }

    /// What the compiler sees of it.
    fn parameter_in_rust(
        &mut self,
        subject: &str,
        items: &Items,
        (old, new): Both<'_>,
        at: (&Pointer, &Pointer),
    ) {
        if old.required != new.required {
            let kind = if new.required { Kind::ParameterNowRequired } else { Kind::ParameterNowOptional };
            self.changed(kind, subject, items, at);
        } else if old.name != new.name {
            let kind = if new.required { Kind::ArgumentRenamed } else { Kind::SetterRenamed };
            self.changed(kind, subject, items, at).between(old.name.as_str(), new.name.as_str());
        }
        let kind = match self.fit(old, new) {
            Fit::Same => return,
            Fit::Wider => Kind::ParameterWidened,
            Fit::Other => Kind::ParameterRestyled,
            Fit::Refused => Kind::ParameterRetyped,
        };
        self.changed(kind, subject, items, at).between(type_of(old), type_of(new));
    }

    /// Arguments are given by position.
    fn order(&mut self, operation: &str, pair: Pair<'_>, items: &Items, pairs: &[Both<'_>]) {
        let Pair { old, new } = pair;
        let before = |parameter: &Parameter| pairs.iter().position(|both| std::ptr::eq(both.0, parameter));
        let after = |parameter: &Parameter| pairs.iter().position(|both| std::ptr::eq(both.1, parameter));
        let names = |operation: &Operation| {
            let names: Vec<_> =
                operation.required().map(|parameter| parameter.name.plain().to_owned()).collect();
            names.join(", ")
        };
        if in_another_order(old.required().filter_map(before), new.required().filter_map(after)) {
            let alike = old.required().count() == new.required().count()
                && old.required().zip(new.required()).all(|(old, new)| self.fit(old, new) != Fit::Refused);
            let kind = if alike { Kind::ArgumentsSwapped } else { Kind::ArgumentsReordered };
            self.changed(kind, operation, items, pair.at()).between(names(old), names(new));
        } else if in_another_order(old.optional().filter_map(before), new.optional().filter_map(after)) {
            self.changed(Kind::OrderChanged, operation, items, pair.at());
        }
    }

    /// Parameters of both sides that are one: of the same name on the wire, at the same position of the path, of
    /// the same name in Rust, or the only ones left that could be.
    fn matched<'p>(
        &self,
        old: &'p Operation,
        new: &'p Operation,
    ) -> (Vec<Both<'p>>, Vec<&'p Parameter>, Vec<&'p Parameter>) {
        let mut gone: Vec<&Parameter> = old.parameters.iter().collect();
        let mut fresh: Vec<&Parameter> = new.parameters.iter().collect();
        let mut pairs = Vec::new();
        let mut pair = |is_one: &dyn Fn(&Parameter, &Parameter) -> bool| {
            gone.retain(|parameter| {
                let found = fresh.iter().position(|other| is_one(parameter, other));
                pairs.extend(found.map(|index| (*parameter, fresh.remove(index))));
                found.is_none()
            });
        };
        pair(&|old, new| old.wire == new.wire && old.location == new.location);
        pair(&|old, new| old.wire == new.wire);
        let place = |operation: &Operation, parameter: &Parameter| {
            (parameter.location == Location::Path)
                .then(|| {
                    operation
                        .path
                        .split('/')
                        .position(|part| part.contains(&format!("{{{}}}", parameter.wire)))
                })
                .flatten()
        };
        pair(&|before, after| place(old, before).is_some_and(|at| place(new, after) == Some(at)));
        pair(&|old, new| old.name == new.name && old.location == new.location);
        if let ([before], [after]) = (gone.as_slice(), fresh.as_slice())
            && before.required
            && after.required
            && before.location == after.location
            && self.same(&before.ty, &after.ty)
        {
            pairs.push((*before, *after));
            (gone, fresh) = (Vec::new(), Vec::new());
        }
        (pairs, gone, fresh)
    }
}

fn subject(operation: &str, parameter: &Parameter) -> String {
    format!("{operation}({})", parameter.name.plain())
}

/// A parameter that only one side has.
fn shown(parameter: &Parameter) -> String {
    format!("{} `{}`: {}", location(parameter.location), parameter.wire, type_of(parameter))
}

fn type_of(parameter: &Parameter) -> String {
    match (parameter.location, &parameter.ty) {
        (Location::File, Type::List(_)) => "files".to_owned(),
        (Location::File, _) => "file".to_owned(),
        (_, ty) => text(Some(ty)),
    }
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Part | Location::File => "part",
    }
}

/// How a parameter is written.
fn style(parameter: &Parameter) -> String {
    let style = parameter.style;
    let mut words = vec![format!("{:?}", style.shape).to_lowercase()];
    let marks =
        [(style.explode, "exploded"), (style.reserved, "reserved"), (parameter.may_be_empty, "may be empty")];
    words.extend(marks.iter().filter(|(holds, _)| *holds).map(|(_, word)| (*word).to_owned()));
    words.join(", ")
}
