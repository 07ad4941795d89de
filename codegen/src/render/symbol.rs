//! The names that emitted code uses, and the imports they need. Each name is requested here, so exactly the used ones
//! are imported.

use std::collections::{BTreeMap, BTreeSet};

use super::format::{CodeFile, RenderError};
use crate::base::name::RustName;

/// The name of the runtime crate in emitted code.
pub(super) const RUNTIME: &str = "clientwright_runtime";

/// An item of the runtime or the standard library.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
    path: &'static str,
    name: &'static str,
}

impl Symbol {
    pub(super) const BTREE_MAP: Self = Self::of("std::collections", "BTreeMap");
    pub(super) const MAP: Self = Self::of(RUNTIME, "Map");
    pub(super) const VALUE: Self = Self::of(RUNTIME, "Value");
    pub(super) const EXTRA: Self = Self::of(RUNTIME, "Extra");
    pub(super) const MAYBE: Self = Self::of(RUNTIME, "Maybe");
    pub(super) const NULL: Self = Self::of(RUNTIME, "Null");
    pub(super) const NUMBER: Self = Self::of(RUNTIME, "Number");
    pub(super) const TIMESTAMP: Self = Self::of(RUNTIME, "Timestamp");
    pub(super) const TUPLE: Self = Self::of(RUNTIME, "Tuple");
    pub(super) const UNIX_MICROS: Self = Self::of(RUNTIME, "UnixMicros");
    pub(super) const UNIX_SECONDS: Self = Self::of(RUNTIME, "UnixSeconds");
    pub(super) const UNKNOWN_VALUE: Self = Self::of(RUNTIME, "UnknownValue");
    pub(super) const OPERATION: Self = Self::of(RUNTIME, "Operation");
    pub(super) const PAGINATION: Self = Self::of(RUNTIME, "Pagination");
    pub(super) const RATE_LIMIT: Self = Self::of(RUNTIME, "RateLimit");
    pub(super) const LIST: Self = Self::of("clientwright_runtime::request", "list");
    pub(super) const NULLABLE: Self = Self::of("clientwright_runtime::request", "nullable");
    pub(super) const OPTIONAL_NULLABLE: Self = Self::of("clientwright_runtime::request", "optional_nullable");
    pub(super) const OPTIONAL: Self = Self::of("clientwright_runtime::request", "optional");
    pub(super) const PART: Self = Self::of(RUNTIME, "Part");
    pub(super) const REDIRECT: Self = Self::of(RUNTIME, "Redirect");
    pub(super) const REQUEST: Self = Self::of(RUNTIME, "Request");
    pub(super) const STYLE: Self = Self::of("clientwright_runtime::request", "Style");

    pub(super) const API: Self = Self::of(RUNTIME, "Api");
    pub(super) const API_KEY: Self = Self::of(RUNTIME, "ApiKeyLocation");
    pub(super) const ERROR_HINT: Self = Self::of(RUNTIME, "ErrorHint");
    pub(super) const SECURITY_SCHEME: Self = Self::of(RUNTIME, "SecurityScheme");
    pub(super) const SERVER: Self = Self::of(RUNTIME, "Server");
    pub(super) const SERVER_VARIABLE: Self = Self::of(RUNTIME, "ServerVariable");
    pub(super) const TOKEN_REQUEST: Self = Self::of(RUNTIME, "TokenRequestFormat");

    const fn of(path: &'static str, name: &'static str) -> Self {
        Self { path, name }
    }
}

/// Resolves the names in a type: decides how they are qualified.
pub(crate) trait ResolveNames {
    /// Returns the name of an item of the runtime or the standard library.
    fn symbol(&mut self, symbol: Symbol) -> String;

    /// Returns the name of an item of the runtime that is not imported: models can have its name.
    fn runtime(&mut self, name: &str) -> String {
        name.to_owned()
    }

    /// Returns the name of a model.
    fn model(&mut self, name: &RustName) -> String;
}

/// Resolves names for docs and messages: without paths, except for a prefix before the names of models.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DisplayNames<'n>(pub(crate) &'n str);

impl ResolveNames for DisplayNames<'_> {
    fn symbol(&mut self, symbol: Symbol) -> String {
        symbol.name.to_owned()
    }

    fn model(&mut self, name: &RustName) -> String {
        format!("{}{name}", self.0)
    }
}

/// Replaces the names of models by `_`, to compare the structure of types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WithoutModelNames;

impl ResolveNames for WithoutModelNames {
    fn symbol(&mut self, symbol: Symbol) -> String {
        symbol.name.to_owned()
    }

    fn model(&mut self, _: &RustName) -> String {
        "_".to_owned()
    }
}

/// Resolves names as other crates write them. Contains the name of the crate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExternalPaths<'n>(pub(crate) &'n str);

impl ResolveNames for ExternalPaths<'_> {
    fn symbol(&mut self, Symbol { path, name }: Symbol) -> String {
        // The crate exports the items of the runtime.
        let path = if path.starts_with("std::") { path } else { self.0 };
        format!("{path}::{name}")
    }

    fn runtime(&mut self, name: &str) -> String {
        format!("{}::{name}", self.0)
    }

    fn model(&mut self, name: &RustName) -> String {
        format!("{}::models::{name}", self.0)
    }
}

/// The names that an emitted file uses, which it imports.
#[derive(Debug)]
pub(super) struct Imports {
    by_path: BTreeMap<&'static str, BTreeSet<String>>,
    models: Models,
    /// The functions and arguments of the file. An imported function must not have one of these names.
    taken: BTreeSet<String>,
}

/// How a file refers to models.
#[derive(Debug)]
enum Models {
    /// By the module `models`, which it imports.
    Within,
    /// By their names, imported from the parent module. The set contains the types that the file defines.
    Beside(BTreeSet<String>),
}

impl Imports {
    /// Creates the imports of a file of endpoints, which refers to models as `models::Name`. `taken` are the names of its
    /// functions and their arguments.
    pub(super) fn of_endpoints<'n>(taken: impl Iterator<Item = &'n RustName>) -> Self {
        let taken = taken.map(ToString::to_string).collect();
        Self { by_path: BTreeMap::new(), models: Models::Within, taken }
    }

    /// Creates the imports of a file of models, which defines `own`.
    pub(super) fn of_models<'n>(own: impl Iterator<Item = &'n RustName>) -> Self {
        let models = Models::Beside(own.map(ToString::to_string).collect());
        Self { by_path: BTreeMap::new(), models, taken: BTreeSet::new() }
    }

    /// Writes the `use` items: the standard library, other crates, this crate, the parent module.
    pub(super) fn write(self, file: &mut CodeFile) -> Result<(), RenderError> {
        let rank = |path: &str| match path.split(':').next() {
            Some("std") => 0,
            Some("crate") => 2,
            Some("super") => 3,
            _ => 1,
        };
        let mut groups: Vec<_> = self.by_path.into_iter().collect();
        groups.sort_by_key(|(path, _)| (rank(path), *path));
        for (index, (path, names)) in groups.iter().enumerate() {
            if index > 0 && (rank(path) < 2) != (rank(groups[index - 1].0) < 2) {
                file.blank();
            }
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let names = if let [one] = names.as_slice() {
                (*one).to_owned()
            } else {
                format!("{{{}}}", names.join(", "))
            };
            file.import(&format!("use {path}::{names};"))?;
        }
        Ok(())
    }

    fn add(&mut self, path: &'static str, name: &str) {
        self.by_path.entry(path).or_default().insert(name.to_owned());
    }
}

impl ResolveNames for Imports {
    fn symbol(&mut self, symbol: Symbol) -> String {
        if self.taken.contains(symbol.name) {
            // No name of the description ends so.
            self.add(symbol.path, &format!("{0} as {0}_", symbol.name));
            return format!("{}_", symbol.name);
        }
        self.add(symbol.path, symbol.name);
        symbol.name.to_owned()
    }

    fn runtime(&mut self, name: &str) -> String {
        format!("{RUNTIME}::{name}")
    }

    fn model(&mut self, name: &RustName) -> String {
        match &self.models {
            Models::Within => {
                self.add("super::super", "models");
                format!("models::{name}")
            }
            Models::Beside(own) => {
                if !own.contains(name.as_str()) {
                    self.add("super", name.as_str());
                }
                name.to_string()
            }
        }
    }
}
