//! A feature of the crate for each module of endpoints: what isn't asked for isn't compiled.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::api::{Api, Module, Operation, TypeDef, TypeShape};
use crate::ir::ty::Type;

/// Features that the crate has anyway.
const RESERVED: [&str; 5] = ["blocking", "client", "default", "export", UNUSED];
/// The feature of models that no operation needs.
const UNUSED: &str = "models";
/// With more modules than this there are no features of theirs: registries draw a line at 300.
const MOST: usize = 250;

/// Which features there are, and what needs which.
pub(crate) struct Features<'a> {
    /// The feature of each module, in the order of the modules; then that of models without one, if there are any.
    names: Vec<String>,
    /// The features that need a file of models.
    users: BTreeMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Features<'a> {
    /// No features: everything is compiled.
    pub(crate) fn none() -> Self {
        Self { names: Vec::new(), users: BTreeMap::new() }
    }

    pub(crate) fn new(api: &'a Api) -> Self {
        let mut features = Self::none();
        if api.modules.len() < 2 || api.modules.len() > MOST {
            return features;
        }
        let files = Files::new(api);
        for (index, module) in api.modules.iter().enumerate() {
            features.names.push(name(module));
            features.need(index, &files, module.operations.iter().flat_map(Operation::types).collect());
        }
        let is_unused = |def: &&TypeDef| !features.users.contains_key(def.file.as_str());
        let unused: Vec<&TypeDef> = api.types.iter().filter(is_unused).collect();
        if !unused.is_empty() {
            let index = features.names.len();
            features.names.push(UNUSED.to_owned());
            for def in unused {
                features.users.entry(&def.file).or_default().insert(index);
                features.need(index, &files, parts(def));
            }
        }
        features
    }

    /// Notes that a feature needs types, and what these are made of.
    fn need(&mut self, feature: usize, files: &Files<'a>, mut open: Vec<&'a Type>) {
        while let Some(ty) = open.pop() {
            let Some(file) = named(ty).and_then(|name| files.of_type.get(name)) else { continue };
            if self.users.entry(file).or_default().insert(feature) {
                open.extend(files.types.get(file).into_iter().flatten().flat_map(|def| parts(def)));
            }
        }
    }

    /// All of them, sorted.
    pub(crate) fn all(&self) -> Vec<&str> {
        let mut all: Vec<_> = self.names.iter().map(String::as_str).collect();
        all.sort_unstable();
        all
    }

    /// The attribute of a module of endpoints, by its position.
    pub(crate) fn of_module(&self, index: usize) -> Option<String> {
        self.names.get(index).map(|name| format!("#[cfg(feature = {name:?})]"))
    }

    /// The features that bring a file of models.
    pub(crate) fn bringing(&self, file: &str) -> BTreeSet<&str> {
        let users = self.users.get(file).into_iter().flatten();
        users.filter_map(|index| self.names.get(*index)).map(String::as_str).collect()
    }

    /// The features of the old crate that bring a file of models there and are still there, but don't bring it in the
    /// new one. What that of unneeded models holds, nobody relies on.
    pub(crate) fn lost<'n>(old: &'n Self, old_file: &str, new: &Self, new_file: &str) -> BTreeSet<&'n str> {
        let (still, now) = (new.all(), new.bringing(new_file));
        let is_lost = |name: &&str| *name != UNUSED && still.contains(name) && !now.contains(name);
        old.bringing(old_file).into_iter().filter(is_lost).collect()
    }

    /// The attribute of a file of models; none for what every feature needs.
    pub(crate) fn of_models(&self, file: &str) -> Option<String> {
        let names = self.bringing(file);
        if names.is_empty() || names.len() == self.names.len() {
            return None;
        }
        let features: Vec<_> = names.iter().map(|name| format!("feature = {name:?}")).collect();
        Some(match features.as_slice() {
            [one] => format!("#[cfg({one})]"),
            _ => format!("#[cfg(any({}))]", features.join(", ")),
        })
    }
}

/// Which types stand in which file.
struct Files<'a> {
    of_type: BTreeMap<&'a str, &'a str>,
    types: BTreeMap<&'a str, Vec<&'a TypeDef>>,
}

impl<'a> Files<'a> {
    fn new(api: &'a Api) -> Self {
        let mut files = Self { of_type: BTreeMap::new(), types: BTreeMap::new() };
        for def in &api.types {
            files.types.entry(&def.file).or_default().push(def);
            files.of_type.insert(def.name.as_str(), &def.file);
        }
        files
    }
}

/// What the feature of a module is called.
pub(crate) fn name(module: &Module) -> String {
    let name = module.name.plain();
    if RESERVED.contains(&name) { format!("{name}_endpoints") } else { name.to_owned() }
}

/// The name of the type that this one is, or is made of.
fn named(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(name) => Some(name.as_str()),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}

/// The types that a type is made of.
fn parts(def: &TypeDef) -> Vec<&Type> {
    let record = def.page.iter().map(|page| &page.record);
    match &def.shape {
        TypeShape::Model(fields) => fields.iter().map(|field| &field.ty).chain(record).collect(),
        TypeShape::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        TypeShape::Alias(ty) => vec![ty],
        TypeShape::OpenEnum(_) => Vec::new(),
    }
}
