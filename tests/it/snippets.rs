//! Snippets: each test generates code from a few lines of a description and checks the emitted items.

mod access;
mod attributes;
mod bodies;
mod bounds;
mod branches;
mod constant_branches;
mod constants;
mod conversions;
mod covering;
mod custom_types;
mod default;
mod digits;
mod discriminators;
mod docs;
mod endpoints;
mod enums;
mod families;
mod id_patterns;
mod inherited;
mod lenient;
mod lenient_operations;
mod limits;
mod media_types;
mod merging;
mod names;
mod naming;
mod nulls;
mod objects;
mod optional_responses;
mod parameters;
mod parts;
mod presence;
mod references;
mod requests;
mod responses;
mod several_unions;
mod sharing;
mod streams;
mod swagger;
mod tuples;
mod types;
mod unions;
mod unknown_content;
mod webhooks;

use codegen::{Output, Source};

/// Where the operations use a schema.
#[derive(Clone, Copy)]
enum Usage {
    Response,
    Body,
    Both,
}

/// Returns the models of component schemas in responses, without docs.
fn received(schemas: &str) -> String {
    models(&described("3.1.0", Usage::Response, schemas))
}

/// Returns the models of component schemas in request bodies, without docs.
fn sent(schemas: &str) -> String {
    models(&described("3.1.0", Usage::Body, schemas))
}

/// Returns the models of component schemas in request bodies and responses, without docs.
fn exchanged(schemas: &str) -> String {
    models(&described("3.1.0", Usage::Both, schemas))
}

/// Does the same as [`received`] for a document of OpenAPI 3.0.
fn received_in_3_0(schemas: &str) -> String {
    models(&described("3.0.3", Usage::Response, schemas))
}

/// Asserts that the code has these parts, apart from attributes and white space.
#[track_caller]
fn assert_has(code: &str, parts: &[&str]) {
    let lines = code.lines().map(str::trim).filter(|line| !line.starts_with("#["));
    let code = lines.collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(code.contains(part), "{part}\n\nin\n\n{code}");
    }
}

/// Returns the functions and builders of the operations of some path items, without docs.
fn endpoints(paths: &str) -> String {
    emitted("endpoints/", &generate(&document("3.1.0", paths, "{}")), false)
}

/// Returns all models of a description, without docs.
fn models(description: &str) -> String {
    emitted("models/", &generate(description), false)
}

/// Returns a description with an operation for each schema.
fn described(version: &str, usage: Usage, schemas: &str) -> String {
    let mut paths = String::new();
    for name in keys(schemas) {
        let schema =
            format!(r##"{{application/json: {{schema: {{$ref: "#/components/schemas/{name}"}}}}}}"##);
        let response = match usage {
            Usage::Body => r#""204": {description: Done.}"#.to_owned(),
            Usage::Response | Usage::Both => format!("\"200\": {{description: Fine., content: {schema}}}"),
        };
        let body = match usage {
            Usage::Response => String::new(),
            Usage::Body | Usage::Both => format!("requestBody: {{content: {schema}}}, "),
        };
        paths.push_str(&format!("\"/{name}\": {{put: {{{body}responses: {{{response}}}}}}}\n"));
    }
    document(version, &paths, schemas)
}

fn document(version: &str, paths: &str, schemas: &str) -> String {
    format!(
        "openapi: {version}\ninfo: {{title: Snippet, version: '1'}}\npaths:\n{}components:\n  schemas:\n{}",
        indented(paths, 2),
        indented(schemas, 4)
    )
}

fn generate(description: &str) -> Output {
    let output = codegen::generate(&Source::new("snippet.yaml", description), &[]);
    output.unwrap_or_else(|report| panic!("{report}\n\n{description}"))
}

/// Returns the items of the emitted files below a folder, without headers and imports. An empty folder stands for all
/// folders except `api`.
fn emitted(folder: &str, output: &Output, with_docs: bool) -> String {
    let is_wanted =
        |path: &str| if folder.is_empty() { !path.starts_with("api/") } else { path.starts_with(folder) };
    let files = output.files.iter().filter(|file| is_wanted(&file.path) && !file.path.ends_with("/mod.rs"));
    let items = files.flat_map(|file| items(&file.text));
    let items = items.map(|item| if with_docs { item } else { without_docs(&item) });
    items.filter(|item| !is_header(item)).collect::<Vec<_>>().join("\n")
}

/// Splits a file into its items. Each begins without indentation, after a blank line.
fn items(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    for line in text.lines() {
        let begins =
            !line.starts_with([' ', '}', ')']) && items.last().is_some_and(|item| item.ends_with("\n\n"));
        if begins {
            items.push(String::new());
        }
        if let Some(item) = items.last_mut() {
            item.push_str(line);
            item.push('\n');
        }
    }
    items.iter().map(|item| format!("{}\n", item.trim_end())).collect()
}

fn is_header(item: &str) -> bool {
    ["// @generated", "//!", "use "].iter().any(|start| item.starts_with(start)) || item.trim().is_empty()
}

fn without_docs(item: &str) -> String {
    let is_doc = |line: &&str| line.trim_start().starts_with("///");
    item.lines().filter(|line| !is_doc(line)).map(|line| format!("{line}\n")).collect()
}

/// Returns the keys of a YAML mapping.
fn keys(yaml: &str) -> Vec<String> {
    let tree: serde_json::Map<String, serde_json::Value> = serde_yaml::from_str(yaml).unwrap();
    tree.into_iter().map(|(key, _)| key).collect()
}

/// Indents a block of YAML to the given column.
fn indented(yaml: &str, indentation: usize) -> String {
    let lines = || yaml.lines().filter(|line| !line.trim().is_empty());
    let least = lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let moved = |line: &str| format!("{:indentation$}{}\n", "", line.get(least..).unwrap_or_default());
    yaml.trim_end().lines().skip_while(|line| line.trim().is_empty()).map(moved).collect()
}
