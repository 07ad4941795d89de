//! The documents of the rows: one for each version of OpenAPI, and one for each row that needs its own.

use std::collections::BTreeMap;

use codegen::{Diagnostics, Mode, Options, Output, Source, generate_with};
use serde_json::{Map, Value, json};

use super::row::Row;

/// The server of the shared documents.
pub(super) const SERVER: &str = "http://api.test";

/// A document and what the generator makes of it.
pub(super) struct Document {
    /// The name of its module in the driver.
    pub(super) name: String,
    pub(super) result: Result<Output, Diagnostics>,
    /// The JSON pointers of the parts of each row, by its id.
    parts: BTreeMap<String, Vec<String>>,
}

impl Document {
    /// Returns the path of the function for a row's operation, below the module of the document.
    pub(super) fn function(&self, row: &Row) -> Option<String> {
        let output = self.result.as_ref().ok()?;
        let named = |id: &str| output.api.operations().find(|(_, operation)| operation.id == id);
        let first = || row.get("document").and_then(|_| output.api.operations().next());
        let (module, operation) = named(&row.name()).or_else(first)?;
        Some(format!("endpoints::{}::{}", module.name, operation.name))
    }

    /// Returns what the generator said about the parts of a row, as lines.
    pub(super) fn messages(&self, row: &str) -> Vec<String> {
        let output = match &self.result {
            Ok(output) => output,
            Err(report) => return report.0.iter().map(ToString::to_string).collect(),
        };
        let warnings = output.warnings.iter().map(|warning| (warning.pointer.to_string(), &warning.message));
        let skipped = output.api.skipped.iter().map(|skipped| (skipped.pointer.to_string(), &skipped.reason));
        let mut said: Vec<_> = warnings.chain(skipped).collect();
        if let Some(parts) = self.parts.get(row) {
            said.retain(|(pointer, _)| parts.iter().any(|part| is_below(pointer, part)));
        }
        said.into_iter().map(|(pointer, text)| format!("{pointer}: {text}")).collect()
    }
}

fn is_below(pointer: &str, part: &str) -> bool {
    pointer.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Generates the documents of the rows. Rows that are like another one have none.
pub(super) fn generate(rows: &[Row]) -> Vec<Document> {
    let mut shared: BTreeMap<String, Shared> = BTreeMap::new();
    let mut documents = Vec::new();
    for row in rows.iter().filter(|row| row.text("like").is_none()) {
        match row.get("document") {
            Some(document) => documents.push(own(row, document)),
            None => shared.entry(module(row)).or_insert_with(|| Shared::new(version(row))).add(row),
        }
    }
    documents.extend(shared.into_iter().map(|(name, shared)| {
        let result = run(&name, &shared.document, &Map::new());
        Document { name, result, parts: shared.parts }
    }));
    documents
}

/// Returns the document that declares the operation of a row.
pub(super) fn of<'a>(row: &Row, rows: &[Row], documents: &'a [Document]) -> &'a Document {
    let declaring = declaring(row, rows);
    documents.iter().find(|document| document.name == module(declaring)).unwrap()
}

/// Returns the row that declares the operation of a row.
pub(super) fn declaring<'a>(row: &Row, rows: &'a [Row]) -> &'a Row {
    let id = row.declaring();
    rows.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("{}: no row is called {id}", row.id))
}

/// Returns the name of the module with a row's operation.
fn module(row: &Row) -> String {
    match row.get("document") {
        Some(_) => format!("own_{}", row.name()),
        None => format!("v{}", version(row).replace('.', "_")),
    }
}

fn version(row: &Row) -> &str {
    row.text("version").unwrap_or_else(|| panic!("{}: `version` is missing", row.id))
}

fn own(row: &Row, document: &Value) -> Document {
    let files: Map<_, _> = row.entries("files").map(|(name, text)| (name.clone(), text.clone())).collect();
    let result = run(&row.name(), document, &files);
    Document { name: module(row), result, parts: BTreeMap::new() }
}

fn run(name: &str, document: &Value, files: &Map<String, Value>) -> Result<Output, Diagnostics> {
    // A document that is text is read as it is.
    let text = document.as_str().map_or_else(|| format!("{document:#}"), str::to_owned);
    let is_json = document.as_str().is_some_and(|text| text.starts_with('{'));
    let root = format!("{name}.{}", if is_json { "json" } else { "yaml" });
    let load = |path: &str| match files.get(path) {
        Some(Value::String(text)) => Ok(text.clone().into_bytes()),
        Some(tree) => Ok(tree.to_string().into_bytes()),
        None if path == root => Ok(text.clone().into_bytes()),
        None => Err("there is no such file".to_owned()),
    };
    let options = Options::new(Mode::Lenient).with_file_loader(&load).keep_names(true).as_module();
    generate_with(&Source::new(&*root, &*text), &[], &options)
}

/// The document of one version, to which rows add their parts.
struct Shared {
    document: Value,
    is_swagger: bool,
    parts: BTreeMap<String, Vec<String>>,
}

impl Shared {
    fn new(version: &str) -> Self {
        let info = json!({"title": format!("Version {version}"), "version": "1"});
        let is_swagger = version.starts_with("2.");
        let document = if is_swagger {
            json!({
                "swagger": version, "info": info, "host": "api.test", "schemes": ["http"],
                "consumes": ["application/json"], "produces": ["application/json"], "paths": {},
            })
        } else {
            json!({"openapi": version, "info": info, "servers": [{"url": SERVER}], "paths": {}})
        };
        Self { document, is_swagger, parts: BTreeMap::new() }
    }

    fn add(&mut self, row: &Row) {
        let path = format!("/{}{}", row.id, row.text("path").unwrap_or_default());
        let pointer = format!("#/paths/{}", path.replace('~', "~0").replace('/', "~1"));
        let method = row.text("method").unwrap_or(if row.get("body").is_some() { "post" } else { "get" });
        let mut operation = Map::new();
        operation.insert("operationId".to_owned(), row.name().into());
        operation.insert("tags".to_owned(), json!([row.area]));
        if let Some(parameter) = row.get("parameter") {
            operation.insert("parameters".to_owned(), json!([parameter]));
        }
        for (from, to) in [("parameters", "parameters"), ("body", "requestBody")] {
            operation.extend(row.get(from).map(|value| (to.to_owned(), value.clone())));
        }
        operation.insert("responses".to_owned(), self.responses(row));
        operation.extend(row.entries("operation").map(|(key, value)| (key.clone(), value.clone())));
        let mut parts = self.add_components(row);
        self.document["paths"][path.as_str()] = json!({method: operation});
        parts.push(pointer);
        self.parts.insert(row.id.clone(), parts);
    }

    /// Returns the declared responses. The schema of a row is that of its response.
    fn responses(&self, row: &Row) -> Value {
        if let Some(responses) = row.get("responses") {
            return responses.clone();
        }
        if row.get("schema").is_none() {
            return json!({"204": {"description": "Done."}});
        }
        if self.is_swagger {
            let reference = json!({"$ref": format!("#/definitions/{}", component(row))});
            return json!({"200": {"description": "Fine.", "schema": reference}});
        }
        let reference = json!({"$ref": format!("#/components/schemas/{}", component(row))});
        json!({"200": {"description": "Fine.", "content": {"application/json": {"schema": reference}}}})
    }

    /// Adds the components of a row, and returns their pointers.
    fn add_components(&mut self, row: &Row) -> Vec<String> {
        let mut added = Vec::new();
        let schemas = if self.is_swagger { "definitions" } else { "schemas" };
        for (kind, components) in row.entries("components") {
            for (name, component) in components.as_object().unwrap() {
                added.push((kind.clone(), name.clone(), component.clone()));
            }
        }
        added.extend(row.get("schema").map(|schema| (schemas.to_owned(), component(row), schema.clone())));
        let is_swagger = self.is_swagger;
        let add = |(kind, name, component): (String, String, Value)| {
            let root = if is_swagger { &mut self.document } else { &mut self.document["components"] };
            let before = std::mem::replace(&mut root[kind.as_str()][name.as_str()], component);
            assert!(before.is_null(), "{}: another row has the component {name}", row.id);
            if is_swagger { format!("#/{kind}/{name}") } else { format!("#/components/{kind}/{name}") }
        };
        added.into_iter().map(add).collect()
    }
}

/// Returns the name of the component with a row's schema.
fn component(row: &Row) -> String {
    let words = row.id.split(['-', '.']);
    words.map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
