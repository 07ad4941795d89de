//! The crate's `Cargo.toml`: created for a new crate, updated for an existing one.
//!
//! The generator maintains the dependency on the runtime, and the features that `[package.metadata.clientwright]`
//! lists. All other content belongs to the user and is kept, including comments and order.

use std::collections::BTreeSet;
use std::fmt;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use super::crates::{Package, RUNTIME, RUNTIME_VERSION, Runtime};
use super::dependencies;
use super::name::PackageName;
use crate::output::generator_output::Output;
use crate::render::features::{Features, SIGNATURES};
use crate::render::prose::one_line;

/// The generator's table below `[package.metadata]`.
const METADATA: &str = "clientwright";
/// The features of the runtime that a crate passes on, and that are off by default.
const PASSED_ON: [&str; 6] = ["blocking", "brotli", "gzip", "mock", "tower", "zstd"];
/// The minimum Rust version of a generated crate.
const RUST_VERSION: &str = "1.88";
const LICENSE: &str = "MIT OR Apache-2.0";
const NOTE: &str = "\n# `clientwright generate` maintains these features and the dependency on the runtime. The rest of this file is yours.\n";

/// The feature of the runtime that converts base64.
const BASE64: &str = "base64";
/// The feature of the runtime that checks requests.
const VALIDATE: &str = "validate";

/// An error that prevents merging into an existing manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestError(String);

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cargo.toml: {}", self.0)
    }
}

impl std::error::Error for ManifestError {}

/// Returns the package's name and the manifest.
pub(super) fn manifest(
    package: &Package,
    output: &Output,
    existing: Option<&str>,
) -> Result<(String, String), ManifestError> {
    let existing = existing.unwrap_or_default();
    let mut document = read(existing)?;
    let is_new = !document.contains_key("package");
    head(&mut document, package, output)?;
    let known = Known::read(&document);
    features(&mut document, output, &known)?;
    dependency(&mut document, package, output)?;
    // The user may remove it from an existing crate.
    if is_new && package.own_workspace && !document.contains_key("workspace") {
        document.insert("workspace", Item::Table(Table::new()));
    }
    let name = document["package"]["name"].as_str().unwrap_or_default().to_owned();
    let text = document.to_string().trim_start().to_owned();
    Ok((name, with_ends_of(existing, text)))
}

/// Returns the crates that emitted code uses, and that the manifest doesn't name.
pub(super) fn missing_crates(manifest: &str, output: &Output) -> Vec<String> {
    let document = read(manifest).unwrap_or_default();
    let none = Table::new();
    let dependencies = document.get("dependencies").and_then(Item::as_table).unwrap_or(&none);
    dependencies::missing(dependencies, &output.api)
}

pub(super) fn is_known(manifest: &str) -> bool {
    let metadata = |manifest: &DocumentMut| {
        manifest.get("package")?.get("metadata")?.get(METADATA)?.as_table_like().map(|_| ())
    };
    read(manifest).is_ok_and(|manifest| metadata(&manifest).is_some())
}

fn read(manifest: &str) -> Result<DocumentMut, ManifestError> {
    manifest.parse().map_err(|error| ManifestError(format!("not valid TOML: {error}")))
}

/// The entries that the generator wrote into the existing manifest.
struct Known {
    features: BTreeSet<String>,
}

impl Known {
    fn read(document: &DocumentMut) -> Self {
        let metadata = document.get("package").and_then(|package| package.get("metadata"));
        let features = metadata.and_then(|metadata| metadata.get(METADATA)?.get("features")?.as_array());
        let features = features.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        Self { features: features.collect() }
    }
}

/// Adds the missing keys of `[package]`.
fn head(document: &mut DocumentMut, package: &Package, output: &Output) -> Result<(), ManifestError> {
    let is_new = !document.contains_key("package");
    let table = table(document.as_table_mut(), "package")?;
    if let Some(name) = &package.name {
        set(table, "name", name.as_str());
    } else if !table.contains_key("name") {
        table.insert("name", PackageName::from_title(&output.api.title).as_str().into());
    }
    if is_new {
        let description = format!("Typed client for {}.", one_line(&output.api.title));
        let texts = [
            ("description", description.as_str()),
            ("version", "0.1.0"),
            ("edition", "2024"),
            ("rust-version", RUST_VERSION),
            ("license", LICENSE),
            ("readme", "README.md"),
        ];
        for (key, text) in texts {
            table.insert(key, text.into());
        }
        table.insert(
            "categories",
            Item::Value(Array::from_iter(["api-bindings", "web-programming::http-client"]).into()),
        );
    }
    let metadata = self::table(table, "metadata")?;
    metadata.set_implicit(true);
    if is_new {
        let mut docs = Table::new();
        docs.insert("all-features", true.into());
        let mut docs_rs = Table::new();
        docs_rs.set_implicit(true);
        docs_rs.insert("rs", Item::Table(docs));
        metadata.insert("docs", Item::Table(docs_rs));
    }
    if !metadata.contains_key(METADATA) {
        let mut own = Table::new();
        own.decor_mut().set_prefix(NOTE);
        metadata.insert(METADATA, Item::Table(own));
    }
    Ok(())
}

/// Updates the features: those of the runtime, and one for each endpoint module. The user's changes of
/// `default` are kept.
fn features(document: &mut DocumentMut, output: &Output, known: &Known) -> Result<(), ManifestError> {
    let runtime = |feature: &str| format!("{RUNTIME}/{feature}");
    let mut own: Vec<(String, Vec<String>)> = vec![("client".to_owned(), vec![runtime("client")])];
    if output.api.is_paged() {
        own.push(("export".to_owned(), vec!["client".to_owned(), runtime("export")]));
    }
    let emitted = Features::new(&output.api);
    own.extend(emitted.all().into_iter().map(|name| (name.to_owned(), Vec::new())));
    let usual: Vec<String> = own.iter().map(|(name, _)| name.clone()).collect();
    own.extend(PASSED_ON.map(|name| (name.to_owned(), vec!["client".to_owned(), runtime(name)])));
    if output.api.webhooks.module.is_some() {
        own.push((SIGNATURES.to_owned(), vec![runtime(SIGNATURES)]));
    }

    let table = table(document.as_table_mut(), "features")?;
    let present: BTreeSet<&str> = own.iter().map(|(name, _)| name.as_str()).collect();
    // A feature that the user defined under the name of a generated one isn't changed.
    let theirs: BTreeSet<String> = table
        .iter()
        .map(|(name, _)| name.to_owned())
        .filter(|name| !known.features.contains(name) && !known.features.is_empty())
        .collect();
    default(table, &usual, known, &present);
    let gone: Vec<&String> = known.features.iter().filter(|name| !present.contains(name.as_str())).collect();
    for name in gone.into_iter().filter(|name| is_ours_alone(table, name)).cloned().collect::<Vec<_>>() {
        table.remove(&name);
    }
    for (name, needs) in &own {
        let wanted: BTreeSet<&str> = needs.iter().map(String::as_str).collect();
        let held = table.get(name).and_then(Item::as_array);
        let held: BTreeSet<&str> = held.into_iter().flatten().filter_map(Value::as_str).collect();
        if table.get(name).is_some_and(Item::is_array) && wanted.is_subset(&held) {
            continue;
        }
        let all = held.iter().filter(|need| !wanted.contains(*need)).copied();
        let all: Vec<_> = needs.iter().map(String::as_str).chain(all).map(str::to_owned).collect();
        set(table, name, Array::from_iter(all));
    }
    let names: Vec<String> =
        own.iter().map(|(name, _)| name.clone()).filter(|name| !theirs.contains(name)).collect();
    let metadata =
        self::table(self::table(self::table(document.as_table_mut(), "package")?, "metadata")?, METADATA)?;
    set(metadata, "features", list(names));
    Ok(())
}

/// Returns whether a feature is as the generator wrote it, and no other feature enables it.
fn is_ours_alone(table: &Table, name: &str) -> bool {
    let is_plain = table.get(name).and_then(Item::as_array).is_some_and(Array::is_empty);
    let names_it =
        |item: &Item| item.as_array().is_some_and(|list| list.iter().any(|need| need.as_str() == Some(name)));
    is_plain && !table.iter().any(|(_, item)| names_it(item))
}

/// Updates the default features: adds new generated features and removes those that no longer exist.
fn default(table: &mut Table, usual: &[String], known: &Known, present: &BTreeSet<&str>) {
    let held: Vec<String> = match table.get("default").and_then(Item::as_array) {
        Some(held) => held.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let is_new = |name: &&String| !known.features.contains(*name) && !held.contains(name);
    let mut wanted: Vec<String> = held
        .iter()
        .filter(|name| !known.features.contains(*name) || present.contains(name.as_str()))
        .cloned()
        .collect();
    wanted.extend(usual.iter().filter(is_new).cloned());
    if wanted != held || !table.contains_key("default") {
        set(table, "default", list(wanted));
    }
}

/// Updates the dependency on the runtime. Keys that the user added are kept.
fn dependency(document: &mut DocumentMut, package: &Package, output: &Output) -> Result<(), ManifestError> {
    let dependencies = table(document.as_table_mut(), "dependencies")?;
    dependencies::add(dependencies, &output.api);
    let mut wanted: Vec<(&str, String)> = Vec::new();
    match &package.runtime {
        Runtime::Path(path) => {
            wanted.push(("path", path.clone()));
            wanted.push(("version", format!("={RUNTIME_VERSION}")));
        }
        Runtime::Version(version) => wanted.push(("version", version.clone())),
    }
    let mut entry = match dependencies.get(RUNTIME) {
        Some(Item::Value(Value::InlineTable(held))) => held.clone(),
        Some(Item::Table(held)) => held.clone().into_inline_table(),
        // None, or a version alone.
        _ => InlineTable::new(),
    };
    // The workspace declares the version and the source.
    if entry.get("workspace").and_then(Value::as_bool) == Some(true) {
        return Ok(());
    }
    let before = entry.to_string();
    if matches!(package.runtime, Runtime::Version(_)) {
        entry.remove("path");
    }
    for (key, text) in wanted {
        if entry.get(key).and_then(Value::as_str) != Some(text.as_str()) {
            entry.insert(key, text.into());
        }
    }
    let base64 = output.api.customs().iter().any(|custom| custom.is_base64()).then_some(BASE64);
    let validate = output.api.is_validated.then_some(VALIDATE);
    for needed in base64.into_iter().chain(validate) {
        let held = entry.get("features").and_then(Value::as_array);
        let held: Vec<_> = held.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        if !held.iter().any(|feature| feature == needed) {
            let all = held.into_iter().chain([needed.to_owned()]);
            entry.insert("features", all.collect::<Array>().into());
        }
    }
    if entry.to_string() != before || !dependencies.contains_key(RUNTIME) {
        entry.fmt();
        set(dependencies, RUNTIME, entry);
    }
    Ok(())
}

/// Returns a table in another one, and creates it if it doesn't exist.
fn table<'t>(parent: &'t mut Table, key: &str) -> Result<&'t mut Table, ManifestError> {
    let item = parent.entry(key).or_insert_with(|| Item::Table(Table::new()));
    if item.is_inline_table() {
        *item = std::mem::take(item).into_table().map_or(Item::None, Item::Table);
    }
    item.as_table_mut().ok_or_else(|| ManifestError(format!("`{key}` is not a table")))
}

/// Sets a value and keeps the comments around it.
fn set(table: &mut Table, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    match table.get_mut(key) {
        Some(Item::Value(held)) => {
            if held.as_str().is_some() && held.as_str() == value.as_str() {
                return;
            }
            value.decor_mut().clone_from(held.decor());
            *held = value;
        }
        Some(item) => *item = Item::Value(value),
        None => drop(table.insert(key, Item::Value(value))),
    }
}

/// Returns text with the line endings of existing text.
pub(super) fn with_ends_of(existing: &str, text: String) -> String {
    if existing.contains("\r\n") { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text }
}

/// Returns an array, with one line for each element if it is long.
fn list(names: Vec<String>) -> Array {
    let is_long = names.iter().map(|name| name.len() + 4).sum::<usize>() > 90;
    let mut list = Array::from_iter(names);
    list.fmt();
    if is_long {
        for value in list.iter_mut() {
            value.decor_mut().set_prefix("\n    ");
        }
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    list
}
