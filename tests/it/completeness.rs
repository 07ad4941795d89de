//! Completeness: everything in the description is emitted, or skipped with a reason.

mod removal;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::project;

const METHODS: [&str; 8] = ["get", "put", "post", "patch", "delete", "options", "head", "trace"];

fn object<'v>(tree: &'v Value, pointer: &str) -> &'v Map<String, Value> {
    tree.pointer(pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("{pointer} is not an object"))
}

#[test]
fn every_declared_operation_is_emitted() {
    let output = project::output();
    let declared: BTreeSet<String> = object(&output.patched, "/paths")
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().filter(|key| METHODS.contains(&key.as_str()));
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let emitted: BTreeSet<String> = output
        .api
        .operations()
        .map(|(_, operation)| format!("{} {}", operation.method.as_str(), operation.path))
        .collect();
    assert_eq!(declared, emitted);
    assert_eq!(emitted.len(), 37, "34 operations, of which one is emitted for each of its four resources");
}

#[test]
fn every_component_schema_is_emitted_as_a_type() {
    let output = project::output();
    let declared: BTreeSet<String> = object(&output.patched, "/components/schemas")
        .keys()
        .map(|key| format!("#/components/schemas/{key}"))
        .collect();
    let emitted: BTreeSet<String> = output
        .api
        .types
        .iter()
        .filter(|def| def.pointer.tokens().len() == 3)
        .map(|def| def.pointer.to_string())
        .collect();
    assert_eq!(declared, emitted);
}

#[test]
fn every_schema_is_used() {
    let unused: Vec<_> = project::output()
        .api
        .types
        .iter()
        .filter(|def| def.direction == codegen::ir::Direction::Unused)
        .map(|def| def.name.as_str())
        .collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn nothing_is_skipped() {
    assert_eq!(project::output().api.skipped, []);
}

/// Each parameter becomes an argument or a setter.
#[test]
fn every_declared_parameter_is_emitted() {
    let output = project::output();
    for (_, operation) in output.api.operations() {
        let tokens = operation.pointer.tokens();
        let item = &output.patched["paths"][&tokens[1]];
        let lists = [&item["parameters"], &item[&tokens[2]]["parameters"]];
        let declared: BTreeSet<&str> = lists
            .into_iter()
            .filter_map(Value::as_array)
            .flatten()
            .map(|parameter| match parameter["$ref"].as_str() {
                Some(reference) => output.patched.pointer(&reference[1..]).unwrap()["name"].as_str().unwrap(),
                None => parameter["name"].as_str().unwrap(),
            })
            .collect();
        let emitted: BTreeSet<&str> =
            operation.parameters.iter().map(|parameter| parameter.wire.as_str()).collect();
        assert_eq!(declared, emitted, "{}", operation.id);
    }
}

const SMALL: &str = "\
openapi: 3.1.0
info: {title: Small, version: '1'}
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    put:
      operationId: change
      parameters: [{name: how, in: query, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses:
        '200': {description: Done., content: {application/json: {schema: {type: object}}}}
        '404': {description: None., content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}}
components: {parameters: {Id: {name: id, in: path, required: true, schema: {type: string}}}}
";

/// Returns what [`codegen::unaccounted`] reports after a part of the lowered API is removed.
fn dropped_without(remove: impl Fn(&mut codegen::ir::Api)) -> Vec<String> {
    let mut output = codegen::generate(&codegen::Source::new("small.yaml", SMALL), &[]).unwrap();
    remove(&mut output.api);
    let dropped = codegen::unaccounted(&output);
    dropped.into_iter().map(|dropped| format!("{} {}", dropped.what, dropped.pointer)).collect()
}

#[test]
fn unaccounted_reports_every_dropped_node() {
    let operation = |remove: fn(&mut codegen::ir::Operation)| {
        dropped_without(|api| {
            api.modules.iter_mut().flat_map(|module| &mut module.operations).for_each(remove)
        })
    };
    let at = "#/paths/~1a~1{id}/put";
    assert_eq!(dropped_without(|_| ()), Vec::<String>::new());
    assert_eq!(dropped_without(|api| api.modules.clear()), [format!("operation {at}")]);
    assert_eq!(
        operation(|operation| operation.parameters.clear()),
        ["parameter #/paths/~1a~1{id}/parameters/0".to_owned(), format!("parameter {at}/parameters/0")]
    );
    assert_eq!(
        operation(|operation| operation.body = None),
        [format!("body {at}/requestBody/content/application~1json")]
    );
    assert_eq!(operation(|operation| operation.response = None), [format!("response {at}/responses/200")]);
    assert_eq!(
        operation(|operation| operation.error_responses.clear()),
        [format!("response {at}/responses/404")]
    );
}

const WEBHOOKS: &str = "\
openapi: 3.1.0
info: {title: Small, version: '1'}
webhooks:
  a:
    parameters: [{name: X-Event, in: header, schema: {type: string}}]
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'204': {description: Received.}}
paths:
  /b:
    put:
      operationId: b
      callbacks: {c: {'{$url}': {post: {responses: {'204': {description: Received.}}}}}}
      responses: {'204': {description: Done.}}
";

#[test]
fn unaccounted_reports_every_dropped_part_of_a_webhook() {
    let without = |remove: fn(&mut codegen::ir::Incoming)| {
        let mut output = codegen::generate(&codegen::Source::new("small.yaml", WEBHOOKS), &[]).unwrap();
        output.api.webhooks.requests.iter_mut().for_each(remove);
        let dropped = codegen::unaccounted(&output);
        dropped.into_iter().map(|dropped| format!("{} {}", dropped.what, dropped.pointer)).collect::<Vec<_>>()
    };
    assert_eq!(without(|_| ()), Vec::<String>::new());
    let at = "#/paths/~1b/put/callbacks/c/{$url}/post";
    assert_eq!(
        without(|request| request.pointer = codegen::Pointer::root()),
        [format!("webhook {at}"), "webhook #/webhooks/a/post".to_owned()]
    );
    assert_eq!(without(|request| request.parameters.clear()), ["parameter #/webhooks/a/parameters/0"]);
    assert_eq!(
        without(|request| request.body = None),
        ["body #/webhooks/a/post/requestBody/content/application~1json"]
    );
    assert_eq!(
        without(|request| request.responses.clear()),
        [format!("response {at}/responses/204"), "response #/webhooks/a/post/responses/204".to_owned()]
    );
}

#[test]
fn nothing_of_the_description_is_dropped() {
    assert_eq!(codegen::unaccounted(project::output()), []);
}
