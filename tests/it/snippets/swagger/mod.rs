//! Swagger 2.0: the same code is emitted as for the same API in OpenAPI 3.0.

mod access;
mod requests;
mod responses;
mod written;

use codegen::Output;

use super::{emitted, generate, indented};

/// Returns a document of Swagger 2.0.
fn swagger(root: &str) -> String {
    format!("swagger: '2.0'\ninfo: {{title: Snippet, version: '1'}}\n{}", indented(root, 0))
}

/// Returns a document of OpenAPI 3.0.
fn openapi(root: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Snippet, version: '1'}}\n{}", indented(root, 0))
}

/// Returns the emitted files, without the pointers of their sources.
fn code(output: &Output) -> String {
    let lines = output.files.iter().flat_map(|file| file.text.lines().map(|line| (&file.path, line)));
    let lines = lines.filter(|(_, line)| !line.contains("Source: `"));
    lines.map(|(path, line)| format!("{path}: {line}\n")).collect()
}

/// Checks that two documents give the same code, and that no part of the first one is dropped without a diagnostic.
fn assert_same(swagger_root: &str, openapi_root: &str) {
    let (old, new) = (generate(&swagger(swagger_root)), generate(&openapi(openapi_root)));
    assert_eq!(code(&old), code(&new));
    assert_eq!(codegen::unaccounted(&old), []);
    assert_eq!(old.warnings, [], "{swagger_root}");
}

/// Returns the emitted functions, without docs.
fn endpoints(root: &str) -> String {
    emitted("endpoints/", &generate(&swagger(root)), false)
}

/// Returns the skipped parts.
fn skipped(output: &Output) -> Vec<String> {
    output.skipped().iter().map(|part| format!("{}: {}", part.pointer, part.reason)).collect()
}

const DONE: &str = "responses: {'204': {description: Done.}}";
