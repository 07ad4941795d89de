//! One invalid node in a description: it loses the smallest part around the node, and nothing else.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use codegen::{Mode, Options, Output, Pointer, Source, generate_with};
use serde_json::{Value, json};

/// A description with each kind of object, and an operation without references beside each other one.
const DESCRIPTION: &str = r"
openapi: 3.2.0
info: {title: Mutations, version: '1', contact: {name: Support}, license: {name: MIT}}
servers: [{url: 'https://{region}.example.com', name: main, variables: {region: {default: eu, enum: [eu, us], description: Where}}}]
tags: [{name: pets, description: Pets, externalDocs: {url: 'https://example.com'}}]
security: [{key: []}, {oauth: [read]}]
paths:
  /pets:
    summary: All pets
    parameters: [{$ref: '#/components/parameters/Trace'}]
    get:
      tags: [pets]
      operationId: list
      description: Lists pets.
      parameters:
        - {name: limit, in: query, required: false, description: How many, schema: {type: integer, minimum: 1, default: 10}, examples: {one: {value: 1}}}
        - {name: filter, in: query, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses:
        '200':
          description: Fine.
          headers: {X-Next: {description: The next page, required: true, style: simple, schema: {type: string}}, X-Limit: {$ref: '#/components/headers/Limit'}}
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}, example: []}}
          links: {next: {operationId: list}}
        default: {$ref: '#/components/responses/Failure'}
    post:
      operationId: add
      deprecated: true
      security: []
      requestBody: {$ref: '#/components/requestBodies/Pet'}
      responses: {'201': {description: Added.}}
      callbacks: {added: {'{$request.body#/url}': {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'204': {description: Done.}}}}}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: show
      responses: {'200': {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/Animal'}}}}}
      servers: [{url: 'https://other.example.com'}]
    query: {operationId: search, requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'200': {description: Fine.}}}
  /files:
    put:
      operationId: upload
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}, tags: {type: array, items: {type: string}}}}, encoding: {tags: {style: form, explode: true, contentType: text/plain}}}}
      responses: {'204': {description: Done.}}
  /alone: {get: {operationId: alone, responses: {'204': {description: Done.}}}}
webhooks: {added: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'204': {description: Done.}}}}}
components:
  parameters: {Trace: {name: trace, in: header, schema: {type: string}}}
  headers: {Limit: {description: The limit, schema: {type: integer}}}
  responses: {Failure: {description: Wrong., content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}}}
  requestBodies: {Pet: {description: A pet, required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key, description: The key}
    oauth: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://example.com/a', tokenUrl: 'https://example.com/t', scopes: {read: Read}}}}
  examples: {one: {summary: One, value: 1}}
  schemas:
    Pet:
      type: object
      title: Pet
      required: [name]
      properties: {name: {type: [string, 'null'], maxLength: 10}, kind: {enum: [cat, dog]}, age: {type: integer, format: int32}, owner: {allOf: [{$ref: '#/components/schemas/Owner'}], description: Who}}
      additionalProperties: {type: string}
    Owner: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}, patternProperties: {'^x': {type: integer}}}
    Animal: {oneOf: [{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Owner'}], discriminator: {propertyName: type, mapping: {pet: '#/components/schemas/Pet', owner: Owner}}}
    Tuple: {type: array, prefixItems: [{type: string}], items: false}
    Fixed: {const: 1, not: {type: string}, if: {type: integer}, then: {minimum: 1}}
";

/// Words of the deserializer, which no message may contain.
const FOREIGN_WORDS: [&str; 6] =
    ["variant", "ParameterSchema", "invalid type", "missing field", "expected", "untagged"];

/// The operations, without those at or below a node.
fn operations(description: &Value, except: &Pointer) -> BTreeSet<Pointer> {
    let paths = description["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        let at = Pointer::root().child("paths").child(path.as_str());
        let methods = item.as_object().unwrap().keys();
        let methods = methods.filter(|key| ["get", "put", "post", "query"].contains(&key.as_str()));
        methods.map(move |method| at.child(method.as_str()))
    });
    operations.filter(|operation| operation.below(except).is_none()).collect()
}

/// All nodes of a tree, except the version and the tree itself.
fn nodes(tree: &Value) -> Vec<Pointer> {
    let mut todo = vec![(Pointer::root(), tree)];
    let mut nodes = Vec::new();
    while let Some((at, node)) = todo.pop() {
        match node {
            Value::Object(entries) => {
                todo.extend(entries.iter().map(|(key, value)| (at.child(key.as_str()), value)));
            }
            Value::Array(items) => {
                todo.extend(items.iter().enumerate().map(|(index, item)| (at.index(index), item)));
            }
            _ => {}
        }
        nodes.push(at);
    }
    nodes.retain(|node| !["openapi", ""].contains(&node.to_path().trim_start_matches('/')));
    nodes
}

fn generated(description: &Value, mode: Mode) -> Result<Output, codegen::Diagnostics> {
    let source = Source::new("api.json", serde_json::to_vec(description).unwrap());
    generate_with(&source, &[], &Options::new(mode).without_files())
}

/// The values that replace a node: null and a string, and one of the others in turn.
fn replacements(index: usize) -> Vec<Value> {
    let others = [
        json!(7),
        json!([]),
        json!({"x": null}),
        json!([null]),
        json!({"$ref": 5}),
        json!(true),
        json!(["x", 1]),
        json!({}),
        json!(1.5),
    ];
    vec![json!(null), json!("x"), others[index % others.len()].clone()]
}

#[test]
fn an_invalid_node_loses_no_other_operation() {
    let description = &description();
    let nodes = nodes(description);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(node) = nodes.get(index) else { break };
                    for replacement in replacements(index) {
                        check(description, node, replacement);
                    }
                }
            });
        }
    });
}

fn check(description: &Value, node: &Pointer, replacement: Value) {
    let mut mutated = description.clone();
    let context = format!("{node} = {replacement}");
    *mutated.pointer_mut(&node.to_path()).unwrap() = replacement;
    let output = generated(&mutated, Mode::Lenient).unwrap_or_else(|report| panic!("{context}\n{report}"));
    let emitted: BTreeSet<Pointer> =
        output.api.operations().map(|(_, operation)| operation.pointer.clone()).collect();
    let lost: Vec<_> = operations(description, node).difference(&emitted).cloned().collect();
    assert!(lost.is_empty(), "{context}: lost {lost:?}");
    for warning in &output.warnings {
        let foreign = FOREIGN_WORDS.iter().find(|word| warning.message.contains(*word));
        assert_eq!(foreign, None, "{context}: {warning}");
    }
}

fn description() -> Value {
    let description: Value = serde_yaml::from_str(DESCRIPTION).unwrap();
    assert!(generated(&description, Mode::Strict).is_ok(), "the description itself must be valid");
    description
}
