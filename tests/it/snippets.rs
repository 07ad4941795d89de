//! A few lines of description in, the emitted items out: one test for each rule.

mod access;
mod docs;
mod endpoints;
mod lenient;
mod names;
mod presence;
mod references;
mod requests;
mod shapes;
mod sharing;
mod types;
mod unions;

use codegen::{Output, Source};

/// Who sends the values of a schema.
#[derive(Clone, Copy)]
enum Side {
    Answer,
    Body,
    Both,
}

/// The models of some component schemas that the server sends; without docs.
fn answered(schemas: &str) -> String {
    models(&described("3.1.0", Side::Answer, schemas))
}

/// The models of some component schemas that callers send; without docs.
fn sent(schemas: &str) -> String {
    models(&described("3.1.0", Side::Body, schemas))
}

/// The models of some component schemas that go both ways; without docs.
fn exchanged(schemas: &str) -> String {
    models(&described("3.1.0", Side::Both, schemas))
}

/// The same as [`answered`], in the spelling of OpenAPI 3.0.
fn answered_in_3_0(schemas: &str) -> String {
    models(&described("3.0.3", Side::Answer, schemas))
}

/// The functions and builders of some operations, given as path items; without docs.
fn endpoints(paths: &str) -> String {
    emitted("endpoints/", &generate(&document("3.1.0", paths, "{}")), false)
}

/// All models of a description; without docs.
fn models(description: &str) -> String {
    emitted("models/", &generate(description), false)
}

/// A description in which each schema has operations that send or answer it.
fn described(version: &str, side: Side, schemas: &str) -> String {
    let mut paths = String::new();
    for name in keys(schemas) {
        let schema =
            format!(r##"{{application/json: {{schema: {{$ref: "#/components/schemas/{name}"}}}}}}"##);
        let answer = match side {
            Side::Body => r#""204": {description: Done.}"#.to_owned(),
            Side::Answer | Side::Both => format!("\"200\": {{description: Fine., content: {schema}}}"),
        };
        let body = match side {
            Side::Answer => String::new(),
            Side::Body | Side::Both => format!("requestBody: {{content: {schema}}}, "),
        };
        paths.push_str(&format!("\"/{name}\": {{put: {{{body}responses: {{{answer}}}}}}}\n"));
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

/// The items of the emitted files below a folder, or of all but the API's own, without their headers and imports.
fn emitted(folder: &str, output: &Output, with_docs: bool) -> String {
    let is_wanted =
        |path: &str| if folder.is_empty() { !path.starts_with("api/") } else { path.starts_with(folder) };
    let files = output.files.iter().filter(|file| is_wanted(&file.path) && !file.path.ends_with("/mod.rs"));
    let items = files.flat_map(|file| items(&file.text));
    let items = items.map(|item| if with_docs { item } else { without_docs(&item) });
    items.filter(|item| !is_header(item)).collect::<Vec<_>>().join("\n")
}

/// A file's items: each begins at the margin, behind a blank line.
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

/// The keys of a YAML mapping that begins at its least indentation.
fn keys(yaml: &str) -> Vec<String> {
    let tree: serde_json::Map<String, serde_json::Value> = serde_yaml::from_str(yaml).unwrap();
    tree.into_iter().map(|(key, _)| key).collect()
}

/// A block of YAML, moved to the given indentation.
fn indented(yaml: &str, indentation: usize) -> String {
    let lines = || yaml.lines().filter(|line| !line.trim().is_empty());
    let least = lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let moved = |line: &str| format!("{:indentation$}{}\n", "", line.get(least..).unwrap_or_default());
    yaml.trim_end().lines().skip_while(|line| line.trim().is_empty()).map(moved).collect()
}
