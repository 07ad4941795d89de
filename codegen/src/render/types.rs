//! Types as Rust text.

use std::collections::{BTreeMap, BTreeSet};

use super::format::{File, Problem};
use crate::ir::api::{Field, Presence, TypeDef};
use crate::ir::ty::Type;

/// A type as it reads in a file; names of models get the given prefix.
pub(crate) fn type_text(ty: &Type, prefix: &str) -> String {
    match ty {
        Type::List(inner) => format!("Vec<{}>", type_text(inner, prefix)),
        Type::Map(inner) => format!("BTreeMap<String, {}>", type_text(inner, prefix)),
        Type::Nullable(inner) => format!("Option<{}>", type_text(inner, prefix)),
        Type::Boxed(inner) => format!("Box<{}>", type_text(inner, prefix)),
        Type::Named(name) => format!("{prefix}{name}"),
        plain => plain.to_string(),
    }
}

/// The type of a struct's field, with what says that it has no value.
pub(crate) fn field_text(def: &TypeDef, field: &Field) -> String {
    let ty = type_text(&field.ty, "");
    match def.presence(field) {
        Presence::Always => ty,
        Presence::Option => format!("Option<{ty}>"),
        Presence::Maybe => format!("Maybe<{ty}>"),
    }
}

/// The names that a type needs in scope, from the runtime and from libraries.
pub(super) fn collect_imports(ty: &Type, imports: &mut Imports) {
    match ty {
        Type::List(inner) | Type::Nullable(inner) | Type::Boxed(inner) => collect_imports(inner, imports),
        Type::Map(inner) => {
            imports.add("std::collections", "BTreeMap");
            collect_imports(inner, imports);
        }
        Type::Free => {
            imports.add("serde_json", "Map");
            imports.add("serde_json", "Value");
        }
        Type::Any => imports.add("serde_json", "Value"),
        Type::Number => imports.add("crate::wire", "Number"),
        Type::Timestamp | Type::UnixSeconds | Type::UnixMicros => imports.add("crate::wire", &ty.to_string()),
        Type::Named(name) => {
            imports.models.insert(name.to_string());
        }
        Type::Bool | Type::I64 | Type::F64 | Type::String | Type::Bytes => {}
    }
}

/// What a file imports.
#[derive(Default)]
pub(super) struct Imports {
    by_path: BTreeMap<&'static str, BTreeSet<String>>,
    /// Other models, from the module above.
    pub(super) models: BTreeSet<String>,
}

impl Imports {
    pub(super) fn add(&mut self, path: &'static str, name: &str) {
        self.by_path.entry(path).or_default().insert(name.to_owned());
    }

    /// Writes the `use` items: std, other crates, this crate, the module above.
    pub(super) fn write(mut self, file: &mut File) -> Result<(), Problem> {
        if !self.models.is_empty() {
            self.by_path.insert("super", std::mem::take(&mut self.models));
        }
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
            file.tokens_of(&format!("use {path}::{names};"))?;
        }
        Ok(())
    }
}
