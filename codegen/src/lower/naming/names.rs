//! Chooses all names of a document, before anything else is lowered.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::drafts::{Drafts, Entry};
use super::paths::{Paths, is_procedure};
use super::schemas::Schemas;
use super::words::{has_role, is_generic, is_verb, singular, subject, throughout, without_role, words};
use super::{prefix, route, shared_prefix, suffix, verbatim};
use crate::base::name::RustName;
use crate::base::name_overrides::{NameOverride, NameOverrides};
use crate::base::pointer::Pointer;
use crate::ir::naming::{NamePattern, NamePatternKind};
use crate::ir::request::Method;

/// The module of operations without a tag whose path gives no name.
pub(crate) const UNTAGGED: &str = "operations";

/// The minimum number of modules, nearly all with one function, for a document whose paths are procedures.
const MIN_PROCEDURES: usize = 6;

/// The prefix, before the operationId, of body schemas that a framework makes of a function's arguments.
const BODY: &str = "Body_";

/// The suffix of the type's name for such a schema.
const BODY_ENDING: &str = "_body";

/// An operation of the document, with what its name depends on.
pub(crate) struct DeclaredOperation<'a> {
    pub(crate) pointer: Pointer,
    pub(crate) id: Option<&'a str>,
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) tag: Option<&'a str>,
    /// Its `x-rust-name`.
    pub(crate) given: Option<&'a str>,
}

/// The names for an operation.
#[derive(Clone, Debug)]
pub(crate) struct OperationNames {
    /// The tag, or the segment of the path that replaces it.
    pub(crate) module: String,
    /// The name of the module, if it differs from the tag.
    pub(crate) module_name: Option<String>,
    /// Whether the module is a tag.
    pub(crate) is_tagged: bool,
    /// The name for the function, before it is spelled as Rust spells it.
    pub(crate) function: String,
    /// Whether the name is given in the configuration.
    pub(crate) is_given: bool,
    /// Whether the name is a part of the id.
    pub(crate) is_shortened: bool,
    /// The prefix for the names of its inline types.
    pub(crate) types: String,
    /// The file of its inline types.
    pub(crate) file: String,
}

/// The names of a document's operations and schemas.
pub(crate) struct Names<'a> {
    given: &'a NameOverrides,
    /// Returns the pointer of a node as the description is written. `None` if all pointers are the same.
    written: Option<&'a dyn Fn(&Pointer) -> Pointer>,
    operations: HashMap<Pointer, OperationNames>,
    schemas: BTreeMap<&'a str, String>,
    pub(crate) patterns: Vec<NamePattern>,
}

impl<'a> Names<'a> {
    /// Chooses all names. `schemas` are the keys of component schemas with their `x-rust-name`; `reserved` are names
    /// that types can't have. With `keep`, no pattern is removed.
    pub(crate) fn choose(
        operations: &[DeclaredOperation<'a>],
        schemas: &[(&'a str, Option<&'a str>)],
        reserved: &[&str],
        given: &'a NameOverrides,
        keep: bool,
    ) -> Self {
        let paths = Paths::new(operations.iter().map(|operation| operation.path));
        let mut patterns = Patterns::default();
        let modules = modules(operations, &paths, given, keep, &mut patterns);
        let module_names = if keep { HashMap::new() } else { module_names(operations, &mut patterns) };
        let entries = operations.iter().zip(modules).map(|(operation, module)| Entry {
            id: operation.id,
            method: operation.method.clone(),
            path: operation.path,
            module,
            fixed: by_hand(given, operation).or(operation.given).map(str::to_owned),
        });
        let mut drafts = Drafts::new(entries.collect(), |entry| written(&entry.method, entry.path));
        let (types, bodies) = if keep {
            drafts.finish();
            (drafts.names.clone(), HashMap::new())
        } else {
            shorten(&mut drafts, &paths, &mut patterns)
        };
        let schemas = schema_names(schemas, reserved, given, &bodies, keep, &mut patterns);
        let tags: HashSet<&str> = operations.iter().filter_map(|operation| operation.tag).collect();
        let names = operations.iter().zip(drafts.entries.iter().zip(drafts.names).zip(types));
        let operations = names.map(|(operation, ((entry, function), types))| {
            // A name given by hand doesn't move the types to another file.
            let file = match &entry.fixed {
                Some(_) => operation.id.map_or_else(|| written(&entry.method, entry.path), str::to_owned),
                None => types.clone(),
            };
            let module = entry.module.clone();
            let is_tagged = tags.contains(module.as_str());
            let is_given = by_hand(given, operation).is_some();
            let is_shortened = entry.fixed.is_none() && operation.id.is_some_and(|id| *id != function);
            let module_name = module_names.get(module.as_str()).cloned();
            let names = OperationNames {
                module,
                module_name,
                is_tagged,
                function,
                is_given,
                is_shortened,
                types,
                file,
            };
            (operation.pointer.clone(), names)
        });
        let operations = operations.collect();
        Self { given, written: None, operations, schemas, patterns: patterns.0 }
    }

    /// Sets the function that returns the pointer of a node as the description is written, which given names refer to.
    pub(crate) fn with_written_pointers(self, written: &'a dyn Fn(&Pointer) -> Pointer) -> Self {
        Self { written: Some(written), ..self }
    }

    /// The names of the operation at a node.
    pub(crate) fn operation(&self, at: &Pointer) -> Option<&OperationNames> {
        self.operations.get(at)
    }

    /// Whether an operation of a module has this name for its function.
    pub(crate) fn has_function(&self, module: &str, function: &RustName) -> bool {
        let is_it = |names: &OperationNames| {
            names.module == module && RustName::snake(&names.function).plain() == function.plain()
        };
        self.operations.values().any(is_it)
    }

    /// The name of a tag's module that is given in the configuration.
    pub(crate) fn module(&self, tag: &str) -> Option<&str> {
        name_in(&self.given.modules, tag)
    }

    /// The name for the type of a component schema. `declared` is its `x-rust-name`.
    pub(crate) fn schema<'n>(&'n self, key: &'n str, declared: Option<&'n str>) -> &'n str {
        let chosen = || self.schemas.get(key).map(String::as_str);
        name_in(&self.given.types, key).or(declared).or_else(chosen).unwrap_or(key)
    }

    /// Whether the name of a component schema is given by hand. `declared` is its `x-rust-name`.
    pub(crate) fn is_schema_given(&self, key: &str, declared: Option<&str>) -> bool {
        declared.is_some() || self.given.types.contains_key(key)
    }

    /// The name of an inline schema's type that is given in the configuration.
    pub(crate) fn inline(&self, at: &Pointer) -> Option<&str> {
        if self.given.types.is_empty() {
            return None;
        }
        name_in(&self.given.types, &self.written_pointer(at).to_string())
    }

    /// The pointer of a node as the description is written.
    pub(crate) fn written_pointer(&self, at: &Pointer) -> Pointer {
        self.written.map_or_else(|| at.clone(), |written| written(at))
    }

    /// The name of a component schema's field that is given in the configuration.
    pub(crate) fn field(&self, schema: &Pointer, property: &str) -> Option<&str> {
        if self.given.fields.is_empty() {
            return None;
        }
        let [_, _, key] = schema.tokens() else { return None };
        name_in(&self.given.fields, &format!("{key}.{property}"))
    }
}

/// The id of an operation without an `operationId`.
pub(crate) fn written(method: &Method, path: &str) -> String {
    format!("{}{}", method.as_str().to_lowercase(), path.replace('{', "by/").replace('}', ""))
}

/// The name of an operation that is given in the configuration.
fn by_hand<'g>(given: &'g NameOverrides, operation: &DeclaredOperation<'_>) -> Option<&'g str> {
    let by_id = operation.id.and_then(|id| name_in(&given.operations, id));
    by_id.or_else(|| name_in(&given.operations, &format!("{} {}", operation.method.as_str(), operation.path)))
}

fn name_in<'g>(names: &'g BTreeMap<String, NameOverride>, key: &str) -> Option<&'g str> {
    names.get(key).map(|given| given.name.as_str())
}

/// The patterns that were found.
#[derive(Default)]
struct Patterns(Vec<NamePattern>);

impl Patterns {
    fn note(&mut self, kind: NamePatternKind, count: usize) {
        if count > 0 {
            self.0.push(NamePattern { kind, count });
        }
    }
}

/// Removes the patterns. Returns the prefix for the inline types of each operation, and names for body schemas.
fn shorten(
    drafts: &mut Drafts<'_>,
    paths: &Paths,
    patterns: &mut Patterns,
) -> (Vec<String>, HashMap<String, String>) {
    let unnamed = unnamed(drafts, |entry| paths.operation(&entry.method, entry.path));
    drafts.apply(unnamed);
    // An operation that several rules rename counts once for each kind.
    let mut renamed: BTreeMap<NamePatternKind, BTreeSet<usize>> = BTreeMap::new();
    let mut add = |kind, operations: Vec<usize>| renamed.entry(kind).or_default().extend(operations);
    add(NamePatternKind::PathAndMethod, route::take_off(drafts, paths));
    add(NamePatternKind::Method, suffix::take_off_using(drafts));
    add(NamePatternKind::OnlyMethodAndPath, verbatim::take_off(drafts, paths));
    add(NamePatternKind::Shared, shared_prefix::take_off_generic(drafts));
    add(NamePatternKind::Tag, prefix::take_off_tags(drafts));
    add(NamePatternKind::Shared, shared_prefix::take_off_shared(drafts));
    add(NamePatternKind::Tag, prefix::take_off_tags(drafts));
    add(NamePatternKind::Shared, suffix::take_off_shared(drafts));
    add(NamePatternKind::Shared, suffix::take_off_versions(drafts));
    add(NamePatternKind::Method, suffix::take_off_method(drafts));
    add(NamePatternKind::Number, suffix::take_off_numbers(drafts));
    for (kind, operations) in &renamed {
        patterns.note(*kind, operations.len());
    }
    let cut = renamed.remove(&NamePatternKind::Tag).unwrap_or_default();
    drafts.finish();
    let types = type_names(drafts, &cut);
    let bodies = bodies(drafts, &types);
    (types, bodies)
}

/// The names of operations without an id.
fn unnamed(drafts: &Drafts<'_>, derived: impl Fn(&Entry<'_>) -> String) -> Vec<(usize, String)> {
    let unnamed = drafts.entries.iter().enumerate();
    let unnamed = unnamed.filter(|(_, entry)| entry.id.is_none() && entry.fixed.is_none());
    unnamed.map(|(index, entry)| (index, derived(entry))).collect()
}

/// The module of each operation: its first tag, or a segment of its path.
fn modules(
    operations: &[DeclaredOperation<'_>],
    paths: &Paths,
    given: &NameOverrides,
    keep: bool,
    patterns: &mut Patterns,
) -> Vec<String> {
    // A generic tag that nearly all operations have groups nothing: `api`, `default`.
    let is_silent = |tag: &str| {
        !keep && !given.modules.contains_key(tag) && (is_generic(tag) || tag.eq_ignore_ascii_case("default"))
    };
    let silent = operations.iter().filter(|operation| operation.tag.is_some_and(is_silent)).count();
    let tag_of = |operation: &DeclaredOperation<'_>| {
        let tag = operation.tag.filter(|tag| !(is_silent(tag) && throughout(silent, operations.len())));
        tag.map(str::to_owned)
    };
    let mut uses: HashMap<String, usize> = HashMap::new();
    let untagged = operations.iter().filter(|operation| tag_of(operation).is_none());
    for segment in untagged.filter_map(|operation| paths.module(operation.path)) {
        *uses.entry(segment).or_default() += 1;
    }
    // A segment and a tag with another spelling can be the same module.
    let tags: HashMap<RustName, &str> = operations
        .iter()
        .rev()
        .filter_map(|operation| operation.tag)
        .map(|tag| (RustName::snake(tag), tag))
        .collect();
    // If each path is a procedure, the first segments don't group operations.
    let lone = uses.values().filter(|uses| **uses == 1).count();
    let is_flat = uses.len() >= MIN_PROCEDURES && throughout(lone, uses.len());
    let is_lone = |segment: &String| uses.get(segment) == Some(&1) && (is_flat || is_procedure(segment));
    let mut count = 0;
    let modules = operations.iter().map(|operation| {
        if let Some(tag) = tag_of(operation) {
            return tag;
        }
        let segment = paths.module(operation.path).filter(|segment| !keep && !is_lone(segment));
        let Some(segment) = segment else { return UNTAGGED.to_owned() };
        count += 1;
        let name = RustName::snake(&segment);
        tags.get(&name).map_or_else(|| name.plain().to_owned(), |tag| (*tag).to_owned())
    });
    let modules = modules.collect();
    patterns.note(NamePatternKind::Module, count);
    modules
}

/// Module names for tags that end with the role of a class, if nearly all tags do: `pet-controller`.
fn module_names(operations: &[DeclaredOperation<'_>], patterns: &mut Patterns) -> HashMap<String, String> {
    let tags: BTreeSet<&str> = operations.iter().filter_map(|operation| operation.tag).collect();
    let short = tags.iter().filter(|tag| has_role(tag));
    let short: Vec<_> = short.map(|tag| (*tag, without_role(&words(tag)).join("_"))).collect();
    if !throughout(short.len(), tags.len()) {
        return HashMap::new();
    }
    let mut uses: HashMap<RustName, usize> = HashMap::new();
    for name in tags.iter().copied().chain(short.iter().map(|(_, name)| name.as_str())) {
        *uses.entry(RustName::snake(name)).or_default() += 1;
    }
    let names = short.into_iter().filter(|(_, name)| uses.get(&RustName::snake(name)) == Some(&1));
    let names: HashMap<String, String> = names.map(|(tag, name)| (tag.to_owned(), name)).collect();
    patterns.note(NamePatternKind::Role, names.len());
    names
}

/// The prefix for the inline types of each operation: the function's name. The module's name is added if it was removed
/// and the rest doesn't mention it, or if another module has the same function.
fn type_names(drafts: &Drafts<'_>, cut: &BTreeSet<usize>) -> Vec<String> {
    let with_module = |index: usize| {
        let entry = &drafts.entries[index];
        let module = words(&entry.module);
        format!("{}_{}", without_role(&module).join("_"), drafts.names[index])
    };
    let needs_module = |index: usize| {
        let module = subject(&drafts.entries[index].module);
        let name = words(&drafts.names[index]);
        let id = drafts.entries[index].id;
        let is_verb = name.iter().all(|word| is_verb(word)) && id.is_some_and(|id| id != drafts.names[index]);
        (cut.contains(&index) || is_verb)
            && !name.iter().any(|word| word.len() > 2 && module.contains(&singular(word)))
    };
    let own =
        |index: usize| if needs_module(index) { with_module(index) } else { drafts.names[index].clone() };
    let own: Vec<String> = (0..drafts.names.len()).map(own).collect();
    let mut uses: HashMap<RustName, usize> = HashMap::new();
    for name in &own {
        *uses.entry(RustName::upper_camel(name)).or_default() += 1;
    }
    let is_open = |index: usize| drafts.entries[index].fixed.is_none();
    let is_shared = |name: &str| uses.get(&RustName::upper_camel(name)).is_some_and(|uses| *uses > 1);
    let names = own.into_iter().enumerate();
    names
        .map(|(index, name)| if is_open(index) && is_shared(&name) { with_module(index) } else { name })
        .collect()
}

/// Names for body schemas that a framework makes of a function's arguments.
fn bodies(drafts: &Drafts<'_>, types: &[String]) -> HashMap<String, String> {
    let body = |index: usize| {
        let id = drafts.entries[index].id?;
        let is_shorter = drafts.names[index] != id;
        is_shorter.then(|| (format!("{BODY}{id}"), format!("{}{BODY_ENDING}", types[index])))
    };
    drafts.open().filter_map(body).collect()
}

/// Names of body schemas by their keys. A key may spell the operation's id in another way.
fn keys_of_bodies(keys: &[&str], bodies: &HashMap<String, String>) -> HashMap<String, String> {
    let exact: HashSet<&str> = keys.iter().copied().filter(|key| bodies.contains_key(*key)).collect();
    let others = bodies.iter().filter(|(key, _)| !exact.contains(key.as_str()));
    let others: HashMap<RustName, &String> =
        others.map(|(key, name)| (RustName::upper_camel(key), name)).collect();
    let name = |key: &str| bodies.get(key).or_else(|| others.get(&RustName::upper_camel(key)).copied());
    let marked = keys.iter().filter(|key| key.starts_with(BODY.trim_end_matches('_')));
    marked.filter_map(|key| Some(((*key).to_owned(), name(key)?.clone()))).collect()
}

fn schema_names<'a>(
    schemas: &[(&'a str, Option<&'a str>)],
    reserved: &[&str],
    given: &'a NameOverrides,
    bodies: &HashMap<String, String>,
    keep: bool,
    patterns: &mut Patterns,
) -> BTreeMap<&'a str, String> {
    if keep {
        return BTreeMap::new();
    }
    let by_hand = schemas.iter().filter_map(|(key, declared)| {
        let name = name_in(&given.types, key).or(*declared)?;
        Some((*key, name))
    });
    let by_hand: BTreeMap<&str, &str> = by_hand.collect();
    let keys: Vec<&str> = schemas.iter().map(|(key, _)| *key).collect();
    let bodies = &keys_of_bodies(&keys, bodies);
    let chosen = Schemas::new(&keys, bodies).chosen(&by_hand, reserved);
    let shortened = chosen.keys().filter(|key| bodies.contains_key(**key)).count();
    patterns.note(NamePatternKind::Namespace, chosen.len() - shortened);
    patterns.note(NamePatternKind::Body, shortened);
    chosen
}
