//! The `Cargo.toml` of the crate and of its runtime: those of the client, with what they inherit written out.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::readme::one_line;
use super::{Package, Template, TemplateError};
use crate::output::run::Output;
use crate::render::features::Features;

/// Keys of a package that are not the client's alone.
const KEPT: [&str; 5] = ["version", "edition", "rust-version", "readme", "categories"];
/// The client's dependency on its runtime.
const RUNTIME: &str = "runtime";
/// What a crate takes over besides.
const TABLES: [&str; 2] = ["features", "dependencies"];
/// Features of the runtime; the client's others are those of its endpoints.
const OF_RUNTIME: [&str; 4] = ["blocking", "client", "default", EXPORT];
/// The feature of what is needed for pages alone.
pub(super) const EXPORT: &str = "export";

/// The crate's own.
pub(super) fn client(
    package: &Package,
    output: &Output,
    template: &Template,
) -> Result<String, TemplateError> {
    let title = one_line(&output.api.title);
    let description = format!("Typed client for {title}.");
    let mut document = written_out(&template.client.manifest, template, package.name.as_str(), &description)?;
    features(&mut document, output);
    let runtime = document.get_mut("dependencies").and_then(|table| table.get_mut(RUNTIME));
    let Some(runtime) = runtime.and_then(Item::as_table_like_mut) else {
        return Err(TemplateError::new(format!("the client doesn't depend on {RUNTIME:?}")));
    };
    runtime.insert("package", Item::Value(Value::from(package.name.core()).decorated(" ", "")));
    leave_out_pages(&mut document, output);
    if package.own_workspace {
        document.insert("workspace", Item::Table(Table::new()));
    }
    Ok(document.to_string().trim_start().to_owned())
}

/// That of the crate's runtime.
pub(super) fn core(package: &Package, output: &Output, template: &Template) -> Result<String, TemplateError> {
    let description = format!("Runtime of {}.", package.name.as_str());
    let mut document = written_out(&template.core.manifest, template, &package.name.core(), &description)?;
    leave_out_pages(&mut document, output);
    Ok(document.to_string().trim_start().to_owned())
}

pub(super) fn read(manifest: &str) -> Result<DocumentMut, TemplateError> {
    let problem = |error| TemplateError::new(format!("the client's manifest can't be read: {error}"));
    manifest.parse().map_err(problem)
}

/// A manifest under another name, with what it inherits written out.
fn written_out(
    manifest: &str,
    template: &Template,
    name: &str,
    description: &str,
) -> Result<DocumentMut, TemplateError> {
    let mut document = read(manifest)?;
    let workspace = read(&template.workspace)?;
    let workspace = workspace.get("workspace");
    document.retain(|key, _| key == "package" || TABLES.contains(&key));

    let inherited = |table: &str| workspace.and_then(|workspace| workspace.get(table));
    let Some(head) = document.get_mut("package").and_then(Item::as_table_mut) else {
        return Err(TemplateError::new("the client's manifest has no [package]"));
    };
    head.retain(|key, _| KEPT.contains(&key));
    inherit_package(head, inherited("package"))?;
    let mut named = Table::new();
    named.insert("name", name.into());
    named.insert("description", description.into());
    named.extend(std::mem::take(head).iter().map(|(key, item)| (key.to_owned(), item.clone())));
    *head = named;

    if let Some(dependencies) = document.get_mut("dependencies").and_then(Item::as_table_like_mut) {
        inherit_dependencies(dependencies, inherited("dependencies"))?;
    }
    Ok(document)
}

/// Takes the feature for pages out where there are none, and says that the hand-written sources may ask for it.
fn leave_out_pages(document: &mut DocumentMut, output: &Output) {
    if output.api.is_paged() {
        return;
    }
    if let Some(features) = document.get_mut("features").and_then(Item::as_table_mut) {
        features.remove(EXPORT);
    }
    let known = format!("cfg(feature, values({EXPORT:?}))");
    let lint = InlineTable::from_iter([
        ("level", Value::from("warn")),
        ("check-cfg", Value::from(Array::from_iter([known]))),
    ]);
    let mut rust = Table::new();
    rust.insert("unexpected_cfgs", Item::Value(Value::InlineTable(lint)));
    let mut lints = Table::new();
    lints.set_implicit(true);
    lints.insert("rust", Item::Table(rust));
    document.insert("lints", Item::Table(lints));
}

/// Replaces the features of the client's endpoints by those of the crate's own.
fn features(document: &mut DocumentMut, output: &Output) {
    let Some(features) = document.get_mut("features").and_then(Item::as_table_mut) else { return };
    features.retain(|name, _| OF_RUNTIME.contains(&name));
    let own = Features::new(&output.api);
    let mut default = Array::from_iter(["client"]);
    if output.api.is_paged() {
        default.push(EXPORT);
    }
    default.extend(own.all());
    default.fmt();
    features.insert("default", default.into());
    for name in own.all() {
        features.insert(name, Array::new().into());
    }
}

/// Writes out `key.workspace = true`.
fn inherit_package(head: &mut Table, inherited: Option<&Item>) -> Result<(), TemplateError> {
    for (key, item) in head.iter_mut() {
        if !inherits(item) {
            continue;
        }
        let value = inherited.and_then(|table| table.get(key.get())).and_then(Item::as_value);
        let value = value.ok_or_else(|| missing(key.get()))?;
        *item = Item::Value(value.clone().decorated(" ", ""));
    }
    Ok(())
}

/// Writes out `name = { workspace = true, features = [..] }`; features add up, as cargo adds them.
fn inherit_dependencies(
    dependencies: &mut dyn TableLike,
    inherited: Option<&Item>,
) -> Result<(), TemplateError> {
    for (key, item) in dependencies.iter_mut() {
        if !inherits(item) {
            continue;
        }
        let base = inherited.and_then(|table| table.get(key.get())).ok_or_else(|| missing(key.get()))?;
        let mut merged = match base.as_value() {
            Some(Value::InlineTable(table)) => table.clone(),
            Some(version) => InlineTable::from_iter([("version", version.clone())]),
            None => return Err(missing(key.get())),
        };
        for (own, value) in item.as_table_like().into_iter().flat_map(TableLike::iter) {
            match (own, value.as_value()) {
                ("workspace", _) | (_, None) => {}
                ("features", Some(Value::Array(more))) => {
                    let features = merged.entry("features").or_insert(Value::Array(Array::new()));
                    if let Value::Array(features) = features {
                        features.extend(more.iter().map(|feature| feature.clone().decorated("", "")));
                        features.fmt();
                    }
                }
                (_, Some(value)) => {
                    merged.insert(own, value.clone());
                }
            }
        }
        merged.fmt();
        *item = Item::Value(Value::InlineTable(merged));
    }
    Ok(())
}

fn inherits(item: &Item) -> bool {
    item.get("workspace").and_then(Item::as_bool) == Some(true)
}

fn missing(key: &str) -> TemplateError {
    TemplateError::new(format!("the client's manifest inherits {key:?}, which its workspace doesn't have"))
}

/// The licence of the client's sources.
pub(super) fn license(template: &Template) -> Option<String> {
    let workspace: DocumentMut = template.workspace.parse().ok()?;
    Some(workspace.get("workspace")?.get("package")?.get("license")?.as_str()?.to_owned())
}
