//! The features of a crate: one for each endpoint module, which enables its functions and the models that they use.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::api::{Api, Module, Operation, TypeDef, TypeKind};
use crate::ir::ty::Type;

/// The features that every crate has.
const RESERVED: [&str; 5] = ["blocking", "client", "default", "export", UNUSED];
/// The feature of verifiers for webhooks.
pub(crate) const SIGNATURES: &str = "signatures";
/// The feature of the models that no operation uses.
const UNUSED: &str = "models";
/// The maximum number of endpoint modules that get features. crates.io rejects a crate with more than 300 features.
const MAX_MODULES: usize = 250;

/// The features of a crate, and the files of models that each enables.
pub(crate) struct Features<'a> {
    /// The feature of each module, in the order of the modules, then that of webhooks, then `UNUSED` if there are unused
    /// models.
    names: Vec<String>,
    /// The features that enable a file of models, by file.
    users: BTreeMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Features<'a> {
    /// Returns no features: everything is compiled.
    pub(crate) fn none() -> Self {
        Self { names: Vec::new(), users: BTreeMap::new() }
    }

    pub(crate) fn new(api: &'a Api) -> Self {
        let mut features = Self::none();
        if api.modules.len() < 2 || api.modules.len() > MAX_MODULES {
            return features;
        }
        let files = TypeFiles::new(api);
        for (index, module) in api.modules.iter().enumerate() {
            features.names.push(name(module, api));
            features.need(index, &files, module.operations.iter().flat_map(Operation::types).collect());
        }
        if let Some(module) = &api.webhooks.module {
            let index = features.names.len();
            features.names.push(module.plain().to_owned());
            features.need(index, &files, api.webhooks.types().collect());
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

    /// Makes a feature enable the files of types, and of the types that they contain.
    fn need(&mut self, feature: usize, files: &TypeFiles<'a>, mut open: Vec<&'a Type>) {
        while let Some(ty) = open.pop() {
            for file in ty.names().into_iter().filter_map(|name| files.of_type.get(name.as_str())) {
                if self.users.entry(file).or_default().insert(feature) {
                    open.extend(files.types.get(file).into_iter().flatten().flat_map(|def| parts(def)));
                }
            }
        }
    }

    /// Returns all features, sorted.
    pub(crate) fn all(&self) -> Vec<&str> {
        let mut all: Vec<_> = self.names.iter().map(String::as_str).collect();
        all.sort_unstable();
        all
    }

    /// Returns the `cfg` attribute of an endpoint module, by its position.
    pub(crate) fn of_module(&self, index: usize) -> Option<String> {
        self.names.get(index).map(|name| format!("#[cfg(feature = {name:?})]"))
    }

    /// Returns the features that enable a file of models.
    pub(crate) fn enabling(&self, file: &str) -> BTreeSet<&str> {
        let users = self.users.get(file).into_iter().flatten();
        users.filter_map(|index| self.names.get(*index)).map(String::as_str).collect()
    }

    /// Returns the features that enable a file of models in the old crate but not in the new one, and exist in both.
    /// The feature of unused models doesn't count.
    pub(crate) fn dropped<'n>(
        old: &'n Self,
        old_file: &str,
        new: &Self,
        new_file: &str,
    ) -> BTreeSet<&'n str> {
        let (still, now) = (new.all(), new.enabling(new_file));
        let is_dropped = |name: &&str| *name != UNUSED && still.contains(name) && !now.contains(name);
        old.enabling(old_file).into_iter().filter(is_dropped).collect()
    }

    /// Returns the `cfg` attribute of a file of models; none if every feature enables it.
    pub(crate) fn of_models(&self, file: &str) -> Option<String> {
        let names = self.enabling(file);
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

/// The files of types, and the types in each.
struct TypeFiles<'a> {
    of_type: BTreeMap<&'a str, &'a str>,
    types: BTreeMap<&'a str, Vec<&'a TypeDef>>,
}

impl<'a> TypeFiles<'a> {
    fn new(api: &'a Api) -> Self {
        let mut files = Self { of_type: BTreeMap::new(), types: BTreeMap::new() };
        for def in &api.types {
            files.types.entry(&def.file).or_default().push(def);
            files.of_type.insert(def.name.as_str(), &def.file);
        }
        files
    }
}

/// Returns the name of the feature of a module.
pub(crate) fn name(module: &Module, api: &Api) -> String {
    let name = module.name.plain();
    let is_taken = name == SIGNATURES && api.webhooks.module.is_some();
    if is_taken || RESERVED.contains(&name) { format!("{name}_endpoints") } else { name.to_owned() }
}

/// Returns the types that a definition contains.
fn parts(def: &TypeDef) -> Vec<&Type> {
    let record = def.page.iter().map(|page| &page.record);
    match &def.kind {
        TypeKind::Model(fields) => fields.iter().map(|field| &field.ty).chain(record).collect(),
        TypeKind::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::ByStatus(variants) => variants.iter().filter_map(|variant| variant.ty.as_ref()).collect(),
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::OpenEnum { .. } => Vec::new(),
    }
}
