//! Modules and operations: which are the same, and what became of their names.

use std::collections::BTreeMap;

use super::change::Item;
use super::compare::{Comparison, Items};
use super::kind::Kind;
use super::pair::{Pair, in_another_order};
use super::site;
use crate::grammar::paths::skeleton;
use crate::ir::api::{Api, Module, Operation};
use crate::output::run::Output;

/// An operation and the module that it stands in.
type Entry<'a> = (&'a Module, &'a Operation);

impl<'a> Comparison<'a> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (&self.old.output.api, &self.new.output.api);
        self.modules(old, new);
        let (pairs, gone, fresh) = matched(old, new);
        for (module, operation) in gone {
            let item = Item::Operation(operation.id.clone());
            self.removed(Kind::OperationRemoved, &path(module, operation), &item, &operation.pointer)
                .before(route(operation));
        }
        for (module, operation) in fresh {
            let item = Item::Operation(operation.id.clone());
            self.added(Kind::OperationAdded, &path(module, operation), &item, &operation.pointer)
                .after(route(operation));
        }
        for ((old_module, old), (new_module, new)) in pairs {
            let pair = Pair { old, new };
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
        let at = |output: &Output, tag: &str| site::tag(&output.patched, tag);
        for (tag, module) in &old {
            let subject = module.name.to_string();
            let item = Item::Module(subject.clone());
            // Another tag may have taken the name.
            let taken = || new.values().find(|other| other.name == module.name);
            let Some(now) = new.get(tag).or_else(taken) else {
                let at = at(self.old.output, tag);
                self.removed(Kind::ModuleRemoved, &subject, &item, &at).before(format!("tag {tag:?}"));
                continue;
            };
            let items = Items { old: item, new: Item::Module(now.name.to_string()) };
            let at = (at(self.old.output, tag), at(self.new.output, &now.tag));
            let at = (&at.0, &at.1);
            if now.name != module.name {
                self.changed(Kind::ModuleRenamed, &subject, &items, at)
                    .between(module.name.as_str(), now.name.as_str());
            }
            if now.docs != module.docs || now.tag != module.tag {
                self.changed(Kind::ModuleDocs, &subject, &items, at);
            }
        }
        for (tag, module) in &new {
            if !old.contains_key(tag) && old.values().all(|other| other.name != module.name) {
                let subject = module.name.to_string();
                let at = at(self.new.output, tag);
                self.added(Kind::ModuleAdded, &subject, &Item::Module(subject.clone()), &at)
                    .after(format!("tag {tag:?}"));
            }
        }
    }

    fn names(&mut self, subject: &str, modules: (&Module, &Module), pair: Pair<'_>) {
        let Pair { old, new } = pair;
        let (items, at) = (pair.items(), pair.at());
        // Where only the module is called otherwise, that is told once.
        if modules.0.tag != modules.1.tag && modules.0.name != modules.1.name {
            self.changed(Kind::OperationMoved, subject, &items, at)
                .between(modules.0.name.as_str(), modules.1.name.as_str());
        }
        if old.name != new.name {
            self.changed(Kind::OperationRenamed, subject, &items, at)
                .between(old.name.as_str(), new.name.as_str());
        }
        match (&old.builder, &new.builder) {
            (None, Some(builder)) => {
                self.changed(Kind::BuilderAdded, subject, &items, at).after(builder.as_str());
            }
            (Some(builder), None) => {
                self.changed(Kind::BuilderRemoved, subject, &items, at).before(builder.as_str());
            }
            // It is called after the function.
            (Some(before), Some(after)) if before != after && old.name == new.name => {
                self.changed(Kind::BuilderRenamed, subject, &items, at)
                    .between(before.as_str(), after.as_str());
            }
            _ => {}
        }
    }

    fn operation(&mut self, subject: &str, pair: Pair<'_>) {
        let Pair { old, new } = pair;
        let (items, at) = (pair.items(), pair.at());
        if old.method != new.method {
            self.changed(Kind::MethodChanged, subject, &items, at)
                .between(old.method.as_str(), new.method.as_str());
        }
        if old.path != new.path {
            self.changed(Kind::PathChanged, subject, &items, at)
                .between(old.path.as_str(), new.path.as_str());
        }
        if old.deprecated != new.deprecated {
            let kind = if new.deprecated { Kind::OperationDeprecated } else { Kind::OperationUndeprecated };
            self.changed(kind, subject, &items, at);
        }
        if old.docs != new.docs
            || old.allowed_for != new.allowed_for
            || old.answer_headers != new.answer_headers
        {
            self.changed(Kind::OperationDocs, subject, &items, at);
        }
        if old.pointer != new.pointer && old.path == new.path && old.method == new.method {
            self.changed(Kind::SourceMoved, subject, &items, at)
                .between(old.pointer.to_string(), new.pointer.to_string());
        }
        self.parameters(subject, pair);
        self.body(subject, pair);
        self.answer(subject, pair);
        self.behaviour(subject, pair);
        self.own_access(subject, pair);
    }

    fn order_of_operations(&mut self, old: &'a Api, new: &'a Api) {
        let ids = |module: &'a Module| module.operations.iter().map(|operation| operation.id.as_str());
        for module in &old.modules {
            let Some(now) = new.modules.iter().find(|other| other.tag == module.tag) else { continue };
            if in_another_order(ids(module), ids(now)) {
                let items = Items {
                    old: Item::Module(module.name.to_string()),
                    new: Item::Module(now.name.to_string()),
                };
                let at = (
                    site::tag(&self.old.output.patched, &module.tag),
                    site::tag(&self.new.output.patched, &module.tag),
                );
                self.changed(Kind::OrderChanged, module.name.as_str(), &items, (&at.0, &at.1));
            }
        }
    }
}

/// Operations of both sides that are one: by method and path, then by their id, then by what Rust calls them.
fn matched<'a>(old: &'a Api, new: &'a Api) -> (Vec<(Entry<'a>, Entry<'a>)>, Vec<Entry<'a>>, Vec<Entry<'a>>) {
    let keys: [fn(Entry<'_>) -> String; 3] = [
        |(_, operation)| format!("{} {}", operation.method.as_str(), skeleton(&operation.path)),
        |(_, operation)| operation.id.clone(),
        |(module, operation)| path(module, operation),
    ];
    let mut gone: Vec<Entry<'a>> = old.operations().collect();
    let mut fresh: Vec<(usize, Entry<'a>)> = new.operations().enumerate().collect();
    let mut pairs = Vec::new();
    for key in keys {
        let mut by_key: BTreeMap<String, Vec<(usize, Entry<'a>)>> = BTreeMap::new();
        for (index, entry) in fresh.drain(..).rev() {
            by_key.entry(key(entry)).or_default().push((index, entry));
        }
        gone.retain(|entry| {
            let found = by_key.get_mut(&key(*entry)).and_then(Vec::pop);
            pairs.extend(found.map(|(_, found)| (*entry, found)));
            found.is_none()
        });
        fresh.extend(by_key.into_values().flatten());
        fresh.sort_by_key(|(index, _)| *index);
    }
    (pairs, gone, fresh.into_iter().map(|(_, entry)| entry).collect())
}

/// An operation as Rust names it.
fn path(module: &Module, operation: &Operation) -> String {
    format!("{}::{}", module.name, operation.name)
}

/// An operation as HTTP knows it.
fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
