//! Compares modules and operations, and matches old with new ones.

use std::collections::BTreeMap;

use super::change::Item;
use super::compare::{ApiComparison, ItemPair};
use super::kind::ChangeKind;
use super::locate;
use super::operation_pair::{OperationPair, in_another_order};
use crate::grammar::paths::without_parameter_names;
use crate::ir::api::{Api, Module, Operation};
use crate::output::generator_output::Output;

/// An operation and its module.
type OperationEntry<'a> = (&'a Module, &'a Operation);

impl<'a> ApiComparison<'a> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (&self.old.output.api, &self.new.output.api);
        self.modules(old, new);
        let (pairs, removed, added) = matched(old, new);
        for (module, operation) in removed {
            let item = Item::Operation(operation.id.clone());
            self.removed(ChangeKind::OperationRemoved, &path(module, operation), &item, &operation.pointer)
                .before(route(operation));
        }
        for (module, operation) in added {
            let item = Item::Operation(operation.id.clone());
            self.added(ChangeKind::OperationAdded, &path(module, operation), &item, &operation.pointer)
                .after(route(operation));
        }
        for ((old_module, old), (new_module, new)) in pairs {
            let pair = OperationPair { old, new };
            let subject = path(old_module, old);
            self.names(&subject, (old_module, new_module), pair);
            self.operation(&subject, pair);
        }
        self.order_of_operations(old, new);
    }

    fn modules(&mut self, old: &'a Api, new: &'a Api) {
        let by_tag = |api: &'a Api| -> BTreeMap<&'a str, &'a Module> {
            api.modules.iter().map(|module| (module.tag.as_str(), module)).collect()
        };
        let (old, new) = (by_tag(old), by_tag(new));
        let at = |output: &Output, tag: &str| locate::tag(&output.patched, tag);
        for (tag, module) in &old {
            let subject = module.name.to_string();
            let item = Item::Module(subject.clone());
            // The module of another tag may have the name.
            let by_name = || new.values().find(|other| other.name == module.name);
            let Some(now) = new.get(tag).or_else(by_name) else {
                let at = at(self.old.output, tag);
                self.removed(ChangeKind::ModuleRemoved, &subject, &item, &at).before(format!("tag {tag:?}"));
                continue;
            };
            let items = ItemPair { old: item, new: Item::Module(now.name.to_string()) };
            let at = (at(self.old.output, tag), at(self.new.output, &now.tag));
            let at = (&at.0, &at.1);
            if now.name != module.name {
                self.changed(ChangeKind::ModuleRenamed, &subject, &items, at)
                    .between(module.name.as_str(), now.name.as_str());
            }
            if now.docs != module.docs || now.tag != module.tag {
                self.changed(ChangeKind::ModuleDocs, &subject, &items, at);
            }
        }
        for (tag, module) in &new {
            if !old.contains_key(tag) && old.values().all(|other| other.name != module.name) {
                let subject = module.name.to_string();
                let at = at(self.new.output, tag);
                self.added(ChangeKind::ModuleAdded, &subject, &Item::Module(subject.clone()), &at)
                    .after(format!("tag {tag:?}"));
            }
        }
    }

    fn names(&mut self, subject: &str, modules: (&Module, &Module), pair: OperationPair<'_>) {
        let OperationPair { old, new } = pair;
        let (items, at) = (pair.items(), pair.at());
        // If only the module was renamed, that is reported once, for the module.
        if modules.0.tag != modules.1.tag && modules.0.name != modules.1.name {
            self.changed(ChangeKind::OperationMoved, subject, &items, at)
                .between(modules.0.name.as_str(), modules.1.name.as_str());
        }
        if old.name != new.name {
            self.changed(ChangeKind::OperationRenamed, subject, &items, at)
                .between(old.name.as_str(), new.name.as_str());
        }
        match (&old.builder, &new.builder) {
            (None, Some(builder)) => {
                self.changed(ChangeKind::BuilderAdded, subject, &items, at).after(builder.as_str());
            }
            (Some(builder), None) => {
                self.changed(ChangeKind::BuilderRemoved, subject, &items, at).before(builder.as_str());
            }
            // The builder's name derives from the function's. A renamed function is reported already.
            (Some(before), Some(after)) if before != after && old.name == new.name => {
                self.changed(ChangeKind::BuilderRenamed, subject, &items, at)
                    .between(before.as_str(), after.as_str());
            }
            _ => {}
        }
    }

    fn operation(&mut self, subject: &str, pair: OperationPair<'_>) {
        let OperationPair { old, new } = pair;
        let (items, at) = (pair.items(), pair.at());
        if old.method != new.method {
            self.changed(ChangeKind::MethodChanged, subject, &items, at)
                .between(old.method.as_str(), new.method.as_str());
        }
        if old.path != new.path {
            self.changed(ChangeKind::PathChanged, subject, &items, at)
                .between(old.path.as_str(), new.path.as_str());
        }
        if old.deprecated != new.deprecated {
            let kind = if new.deprecated {
                ChangeKind::OperationDeprecated
            } else {
                ChangeKind::OperationUndeprecated
            };
            self.changed(kind, subject, &items, at);
        }
        if old.docs != new.docs
            || old.allowed_for != new.allowed_for
            || old.response_headers != new.response_headers
            || old.responses != new.responses
            || old.scopes != new.scopes
        {
            self.changed(ChangeKind::OperationDocs, subject, &items, at);
        }
        if old.pointer != new.pointer && old.path == new.path && old.method == new.method {
            self.changed(ChangeKind::SourceMoved, subject, &items, at)
                .between(old.pointer.to_string(), new.pointer.to_string());
        }
        self.parameters(subject, pair);
        self.body(subject, pair);
        self.response(subject, pair);
        self.behavior(subject, pair);
        self.own_access(subject, pair);
    }

    fn order_of_operations(&mut self, old: &'a Api, new: &'a Api) {
        let ids = |module: &'a Module| module.operations.iter().map(|operation| operation.id.as_str());
        for module in &old.modules {
            let Some(now) = new.modules.iter().find(|other| other.tag == module.tag) else { continue };
            if in_another_order(ids(module), ids(now)) {
                let items = ItemPair {
                    old: Item::Module(module.name.to_string()),
                    new: Item::Module(now.name.to_string()),
                };
                let at = (
                    locate::tag(&self.old.output.patched, &module.tag),
                    locate::tag(&self.new.output.patched, &module.tag),
                );
                self.changed(ChangeKind::OrderChanged, module.name.as_str(), &items, (&at.0, &at.1));
            }
        }
    }
}

/// Pairs old and new operations: by ID and Rust path, then by method and path, then by ID, then by Rust path.
///
/// The first pairs are those for which code that calls the function has the same meaning, also if operations exchange
/// their methods.
fn matched<'a>(
    old: &'a Api,
    new: &'a Api,
) -> (Vec<(OperationEntry<'a>, OperationEntry<'a>)>, Vec<OperationEntry<'a>>, Vec<OperationEntry<'a>>) {
    let keys: [fn(OperationEntry<'_>) -> String; 4] = [
        |(module, operation)| format!("{} {}", operation.id, path(module, operation)),
        |(_, operation)| {
            format!("{} {}", operation.method.as_str(), without_parameter_names(&operation.path))
        },
        |(_, operation)| operation.id.clone(),
        |(module, operation)| path(module, operation),
    ];
    let mut removed: Vec<OperationEntry<'a>> = old.operations().collect();
    let mut added: Vec<(usize, OperationEntry<'a>)> = new.operations().enumerate().collect();
    let mut pairs = Vec::new();
    for key in keys {
        let mut by_key: BTreeMap<String, Vec<(usize, OperationEntry<'a>)>> = BTreeMap::new();
        for (index, entry) in added.drain(..).rev() {
            by_key.entry(key(entry)).or_default().push((index, entry));
        }
        removed.retain(|entry| {
            let found = by_key.get_mut(&key(*entry)).and_then(Vec::pop);
            pairs.extend(found.map(|(_, found)| (*entry, found)));
            found.is_none()
        });
        added.extend(by_key.into_values().flatten());
        added.sort_by_key(|(index, _)| *index);
    }
    (pairs, removed, added.into_iter().map(|(_, entry)| entry).collect())
}

/// Returns an operation's path in Rust.
fn path(module: &Module, operation: &Operation) -> String {
    format!("{}::{}", module.name, operation.name)
}

/// Returns an operation's method and path.
fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
