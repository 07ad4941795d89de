//! Documents for which a run took time or memory that grew faster than their size: with a quadratic algorithm, each of these
//! takes minutes.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use codegen::{Mode, Options, Source};
use serde_json::{Map, Value, json};

/// The head of a document in YAML.
const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Growth, version: '1'}\npaths: {}\n";

/// The maximum duration of a run. With linear work, each takes a few seconds.
const LIMIT: Duration = Duration::from_secs(90);

/// Returns the number of diagnostics.
fn diagnostics(text: String) -> usize {
    let (sender, receiver) = mpsc::channel();
    // Without an end, the thread ends with the process.
    thread::spawn(move || {
        let source = Source::new("growth.yaml", text);
        let count = match codegen::generate_with(&source, &[], &Options::new(Mode::Lenient)) {
            Ok(output) => output.warnings.len(),
            Err(report) => report.0.len(),
        };
        sender.send(count)
    });
    receiver.recv_timeout(LIMIT).unwrap_or_else(|error| panic!("no result after {LIMIT:?}: {error}"))
}

fn with_schemas(schemas: &Value) -> String {
    let info = json!({"title": "Growth", "version": "1"});
    json!({"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": schemas}}).to_string()
}

fn described(description: &str) -> String {
    let properties = json!({"a": {"type": "string"}});
    with_schemas(&json!({"A": {"type": "object", "description": description, "properties": properties}}))
}

/// Each step of the resolution would try each spelling of the pointer again.
#[test]
fn references_into_themselves_are_resolved_once() {
    let reference = |pointer: &str| json!({"$ref": format!("#/components/schemas/{pointer}")});
    let chain = (0..60).map(|number| (format!("S{number}"), reference(&format!("S{}/x%20", number + 1))));
    for schemas in [
        json!({"A": reference("A/properties/x")}),
        json!({"A": reference("A/properties/x%20y"), "B": reference("A/a%20/b"), "C": reference("C/c%20")}),
        json!({"A": reference("B/x"), "B": reference("A/y"), "C": reference("A/z"), "D": {"properties": {"p": reference("B/q")}}}),
        Value::Object(chain.collect()),
    ] {
        assert!(diagnostics(with_schemas(&schemas)) > 0);
    }
}

#[test]
fn a_pointer_through_references_leads_to_its_target() {
    let schemas = json!({
        "A": {"$ref": "#/components/schemas/B/properties/a/properties/c"},
        "B": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/C"}}},
        "C": {"type": "object", "properties": {"c": {"$ref": "#/components/schemas/D/properties/d%20"}}},
        "D": {"type": "object", "properties": {"d ": {"type": "string", "enum": ["x", "y"]}}},
    });
    assert_eq!(diagnostics(with_schemas(&schemas)), 0);
}

/// Each branch would be compared with all others.
#[test]
fn branches_beside_properties_are_compared_in_linear_time() {
    let branch = |number: usize| json!({"properties": {"id": {"type": "string"}, format!("x{number}"): {"type": "string"}}});
    let branches: Vec<_> = (0..16_000).map(branch).collect();
    let all = json!({"type": "object", "properties": {"q": {"type": "string"}}, "anyOf": branches});
    assert_eq!(diagnostics(with_schemas(&json!({"A": all}))), 0);
}

#[test]
fn duplicate_keys_are_found_in_linear_time() {
    // The last key is repeated: a search from the first one passes all of them.
    let keys = |separator: &str, many: usize| {
        (0..2 * many)
            .map(|number| format!("  \"k{}\": {number}", number.min(many - 1)))
            .collect::<Vec<_>>()
            .join(separator)
    };
    assert_eq!(diagnostics(format!("{HEAD}x-a:\n{}\n", keys("\n", 150_000))), 150_000);
    let json = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "a", "version": "1"}}, "paths": {{}}, "x-a": {{{}}}}}"#,
        keys(",", 50_000)
    );
    assert_eq!(diagnostics(json), 50_000);
}

#[test]
fn problems_of_many_entries_are_located_in_linear_time() {
    let properties: Map<String, Value> =
        (0..40_000).map(|number| (format!("p{number}"), json!({"type": "text"}))).collect();
    assert!(diagnostics(with_schemas(&json!({"A": {"type": "object", "properties": properties}}))) >= 40_000);
}

#[test]
fn many_schemas_with_an_id_are_found_in_linear_time() {
    let schema = |number: usize| json!({"$id": format!("http://a/{number}"), "type": "string"});
    let schemas: Map<String, Value> =
        (0..5_000).map(|number| (format!("S{number}"), schema(number))).collect();
    let uses: Map<String, Value> = (0..5_000)
        .map(|number| (format!("p{number}"), json!({"$ref": format!("http://a/{number}")})))
        .collect();
    let mut schemas = schemas;
    schemas.insert("A".to_owned(), json!({"type": "object", "properties": uses}));
    assert_eq!(diagnostics(with_schemas(&Value::Object(schemas))), 0);
}

#[test]
fn misplaced_brackets_end_with_an_error() {
    let values: String = (0..20_000).map(|number| format!("  k{number}: {{\n  a: 1\n  }}\n")).collect();
    assert_eq!(diagnostics(format!("{HEAD}x-a:\n{values}")), 1);
    // Fewer of them are accepted.
    let values: String = (0..100).map(|number| format!("  k{number}: {{\n  a: 1\n  }}\n")).collect();
    assert_eq!(diagnostics(format!("{HEAD}x-a:\n{values}")), 0);
}

#[test]
fn a_long_description_is_laid_out_in_linear_time() {
    let spans: String = (0..400).map(|length| format!("{}a", "`".repeat(length % 300))).collect();
    for text in [
        "[x]".repeat(300_000),
        "[a](http://b".repeat(50_000),
        " a\n".repeat(100_000),
        spans,
        "![".repeat(100_000),
    ] {
        assert_eq!(diagnostics(described(&text)), 0);
    }
}

/// The copies count by their text, not only by their nodes.
#[test]
fn aliases_of_a_long_text_are_rejected() {
    let aliases = "- *a\n".repeat(1_000);
    let text = format!("{HEAD}x-a: &a '{}'\nx-b:\n{aliases}", "x".repeat(1 << 20));
    let report =
        codegen::generate_with(&Source::new("a.yaml", text), &[], &Options::new(Mode::Lenient)).map(drop);
    let report = report.unwrap_err();
    assert_eq!(report.0.len(), 1, "{report}");
    assert!(report.0[0].message.contains("larger than 16 MB"), "{report}");
}
