//! The crates of the types that the user gives schemas.

use std::collections::BTreeSet;

use toml_edit::{Array, InlineTable, Item, Table, Value};

use crate::ir::api::Api;

/// A crate whose version is known.
struct KnownCrate {
    name: &'static str,
    version: &'static str,
    /// The features that are needed instead of the default ones; `None` for the default ones.
    features: Option<&'static [&'static str]>,
}

/// The crates that the manifest gets. Users add others.
const KNOWN: [KnownCrate; 8] = [
    KnownCrate { name: "bytes", version: "1", features: None },
    KnownCrate { name: "chrono", version: "0.4", features: Some(&["std"]) },
    KnownCrate { name: "jiff", version: "1", features: Some(&["std"]) },
    KnownCrate { name: "rust_decimal", version: "1", features: Some(&["std"]) },
    KnownCrate { name: "schemars", version: "1", features: None },
    KnownCrate { name: "semver", version: "1", features: None },
    KnownCrate { name: "url", version: "2", features: None },
    KnownCrate { name: "uuid", version: "1", features: None },
];

/// Adds the crates that emitted code uses, if their versions are known. Entries that exist are kept.
pub(super) fn add(dependencies: &mut Table, api: &Api) {
    for name in missing(dependencies, api) {
        let Some(known) = KNOWN.iter().find(|known| known.name == name) else { continue };
        let value: Value = match known.features {
            None => known.version.into(),
            Some(features) => InlineTable::from_iter([
                ("version", Value::from(known.version)),
                ("default-features", false.into()),
                ("features", features.iter().copied().collect::<Array>().into()),
            ])
            .into(),
        };
        dependencies.insert(&name, Item::Value(value));
    }
}

/// Returns the crates that emitted code uses, and that the manifest doesn't name.
pub(super) fn missing(dependencies: &Table, api: &Api) -> Vec<String> {
    let names: BTreeSet<String> = api.crates().into_iter().map(str::to_owned).collect();
    let is_missing = |name: &String| {
        !["std", "core", "alloc", "clientwright_runtime"].contains(&name.as_str())
            && !dependencies.contains_key(name)
            && !dependencies.contains_key(&name.replace('_', "-"))
    };
    names.into_iter().filter(is_missing).collect()
}
