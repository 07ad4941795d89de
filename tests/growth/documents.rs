//! Documents for which a run once took time or memory that grew faster than their size, or could.

use std::iter;

use serde_json::{Map, Value, json};

/// A document of any size.
pub(crate) struct HostileDocument {
    pub(crate) name: &'static str,
    /// The size to begin with.
    pub(crate) size: usize,
    /// Returns the document of a size, and an overlay.
    pub(crate) text: fn(usize) -> (String, Option<String>),
    /// Whether the run ends with an error.
    pub(crate) fails: bool,
}

/// The head of a document in YAML.
const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Growth, version: '1'}\npaths: {}\n";

fn document(paths: impl Into<Value>, components: impl Into<Value>) -> (String, Option<String>) {
    let info = json!({"title": "Growth", "version": "1"});
    let (paths, components) = (paths.into(), components.into());
    (json!({"openapi": "3.1.0", "info": info, "paths": paths, "components": components}).to_string(), None)
}

fn yaml(text: &str) -> (String, Option<String>) {
    (format!("{HEAD}{text}"), None)
}

/// A document with schemas.
fn schemas(schemas: impl IntoIterator<Item = (String, Value)>) -> (String, Option<String>) {
    document(json!({}), json!({"schemas": schemas.into_iter().collect::<Map<_, _>>()}))
}

fn numbered(size: usize, schema: impl Fn(usize) -> Value) -> impl Iterator<Item = (String, Value)> {
    (0..size).map(move |number| (format!("S{number}"), schema(number)))
}

/// Schemas, each of which depends on the next one. The last one is an object.
fn chain(size: usize, schema: impl Fn(usize) -> Value) -> (String, Option<String>) {
    let last = (format!("S{size}"), json!({"type": "object", "properties": {"p": {"type": "string"}}}));
    schemas(numbered(size, schema).chain([last]))
}

/// Whether a chain ends at a schema. What is inherited over more levels is more than a document may repeat.
fn is_end(number: usize) -> bool {
    number.is_multiple_of(16)
}

/// An object with numbered properties.
fn object(size: usize, property: impl Fn(usize) -> Value) -> Value {
    let properties: Map<_, _> = (0..size).map(|number| (format!("p{number}"), property(number))).collect();
    json!({"type": "object", "properties": properties})
}

fn named(name: &str, schema: Value) -> (String, Value) {
    (name.to_owned(), schema)
}

fn to(pointer: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{pointer}")})
}

fn next(number: usize) -> Value {
    to(&format!("S{}", number + 1))
}

fn own(number: usize) -> Value {
    json!({"type": "object", "required": [format!("f{number}")], "properties": {format!("f{number}"): {"type": "string"}}})
}

fn described(description: &str) -> (String, Option<String>) {
    let properties = json!({"a": {"type": "string"}});
    schemas([named("A", json!({"type": "object", "description": description, "properties": properties}))])
}

fn operations(size: usize, operation: impl Fn(usize) -> Value) -> Value {
    let paths = (0..size).map(|number| (format!("/a{number}"), json!({"get": operation(number)})));
    Value::Object(paths.collect())
}

fn done() -> Value {
    json!({"200": {"description": ""}})
}

fn values(size: usize) -> Vec<String> {
    (0..size).map(|number| format!("v{number}")).collect()
}

/// A name that differs from others only in case.
fn cased(number: usize) -> String {
    (0..16).map(|bit| if number >> bit & 1 == 1 { 'A' } else { 'a' }).collect()
}

pub(crate) fn hostile_documents() -> Vec<HostileDocument> {
    let mut all = references();
    all.extend(compositions());
    all.extend(texts());
    all.extend(many());
    all.extend(overlays());
    all
}

fn of(name: &'static str, size: usize, text: fn(usize) -> (String, Option<String>)) -> HostileDocument {
    HostileDocument { name, size, text, fails: false }
}

fn references() -> Vec<HostileDocument> {
    vec![
        of("references into themselves", 60, |size| {
            schemas(numbered(size, |number| to(&format!("S{}/x%20", (number + 1) % size))))
        }),
        of("a chain of references", 200, |size| chain(size, next)),
        of("a chain of references to properties", 100, |size| {
            chain(
                size,
                |number| json!({"type": "object", "properties": {"p": to(&format!("S{}/properties/p", number + 1))}}),
            )
        }),
        of("pointers through a chain of references", 100, |size| {
            let uses = object(size, |number| to(&format!("S{number}/properties/p")));
            let last = named(&format!("S{size}"), json!({"type": "object", "properties": {"p": own(0)}}));
            schemas(numbered(size, next).chain([last, named("U", uses)]))
        }),
        of("pointers through a cycle of references", 100, |size| {
            let uses = object(size, |number| to(&format!("S{number}/properties/p")));
            let cycle = numbered(size, |number| to(&format!("S{}", (number + 1) % size)));
            schemas(cycle.chain([named("U", uses)]))
        }),
        of("many references to one schema", 400, |size| {
            schemas([named("T", own(0)), named("A", object(size, |_| to("T")))])
        }),
        of("many references to nothing", 200, |size| {
            schemas([named("A", object(size, |number| to(&format!("Nothing{number}"))))])
        }),
        of("schemas with absolute ids", 200, |size| {
            let uses = object(size, |number| json!({"$ref": format!("http://a/{number}")}));
            let of = |number| json!({"$id": format!("http://a/{number}"), "type": "string"});
            schemas(numbered(size, of).chain([named("A", uses)]))
        }),
        of("schemas with relative ids", 200, |size| {
            schemas(numbered(size, |number| {
                let reference = json!({"$ref": format!("../{}/", (number + 1) % size)});
                json!({"$id": format!("http://a/{number}/"), "type": "object", "properties": {"x": reference}})
            }))
        }),
        of("schemas with anchors", 200, |size| {
            schemas(numbered(size, |number| {
                let reference = json!({"$ref": format!("#a{}", (number + 1) % size)});
                json!({"$anchor": format!("a{number}"), "type": "object", "properties": {"x": reference}})
            }))
        }),
    ]
}

fn compositions() -> Vec<HostileDocument> {
    vec![
        of("a chain of allOf", 100, |size| chain(size, |number| json!({"allOf": [next(number)]}))),
        of("a chain of allOf with properties", 130, |size| {
            let of = |number: usize| {
                if is_end(number) { own(number) } else { json!({"allOf": [next(number), own(number)]}) }
            };
            chain(size, of)
        }),
        of("a chain of allOf with annotations", 70, |size| {
            chain(size, |number| json!({"allOf": [next(number), {"description": "a"}]}))
        }),
        of("a chain of oneOf", 100, |size| {
            chain(size, |number| json!({"oneOf": [next(number), own(number)]}))
        }),
        of("a chain below a discriminator", 130, |size| {
            let base = json!({"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}},
                "discriminator": {"propertyName": "k"}});
            let of = |number: usize| {
                if is_end(number) {
                    base.clone()
                } else {
                    json!({"allOf": [to(&format!("S{}", number - 1)), own(number)]})
                }
            };
            schemas(numbered(size, of))
        }),
        of("wide allOf", 200, |size| {
            schemas([named("A", json!({"allOf": (0..size).map(own).collect::<Vec<_>>()}))])
        }),
        of("wide oneOf", 200, |size| {
            schemas([named("A", json!({"oneOf": (0..size).map(own).collect::<Vec<_>>()}))])
        }),
        of("a discriminator with many branches", 100, |size| {
            let of = |number: usize| json!({"type": "object", "required": ["k"], "properties": {"k": {"enum": [format!("v{number}")]}}});
            let branches: Vec<_> = (0..size).map(|number| to(&format!("S{number}"))).collect();
            let union = json!({"oneOf": branches, "discriminator": {"propertyName": "k"}});
            schemas(numbered(size, of).chain([named("A", union)]))
        }),
        of("many uses of a large enum", 200, |size| {
            let values = json!({"type": "string", "enum": values(size)});
            schemas([named("E", values), named("A", object(size, |_| to("E")))])
        }),
        of("a large enum in two members", 400, |size| {
            let values = json!({"type": "string", "enum": values(size)});
            schemas([named("E", values.clone()), named("A", json!({"allOf": [to("E"), values]}))])
        }),
        of("many required properties that are not declared", 1_200, |size| {
            let mut schema = object(size, |_| json!({"type": "string"}));
            schema["required"] = (0..size).map(|number| format!("q{number}")).collect();
            schemas([named("A", schema)])
        }),
        of("many members without a valid value", 100, |size| {
            schemas(numbered(size, |_| json!({"allOf": [{"type": "string"}, {"type": "integer"}]})))
        }),
    ]
}

fn texts() -> Vec<HostileDocument> {
    let mut all = vec![
        of("a description of brackets", 5_000, |size| described(&"[x]".repeat(size))),
        of("a description of links", 2_000, |size| described(&"[a](http://b".repeat(size))),
        of("a description of images", 2_000, |size| described(&"![".repeat(size))),
        of("a description of emphasis", 2_000, |size| described(&"*a_ ".repeat(size))),
        of("a description of lines", 2_000, |size| described(&" a\n".repeat(size))),
        of("a description of tags", 2_000, |size| described(&"<a ".repeat(size))),
        of("a description in one line", 50_000, |size| described(&"x".repeat(size))),
        of("duplicate keys in YAML", 1_000, |size| {
            let keys = (0..size).map(|number| format!("  k{}: 1\n", number % (size / 2)));
            yaml(&format!("x-a:\n{}", keys.collect::<String>()))
        }),
        of("duplicate keys in JSON", 1_000, |size| {
            let keys: Vec<_> = (0..size).map(|number| format!("\"k{}\": 1", number % (size / 2))).collect();
            let head = r#""openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {}"#;
            (format!("{{{head}, \"x-a\": {{{}}}}}", keys.join(",")), None)
        }),
        of("aliases of a text", 20_000, |size| {
            yaml(&format!("x-a: &a '{}'\nx-b:\n{}", "x".repeat(size), "- *a\n".repeat(100)))
        }),
        of("aliases of a map", 1_000, |size| {
            yaml(&format!("x-a: &a {{x: 1}}\nx-b: [{}]\n", "*a, ".repeat(size)))
        }),
        of("merge keys", 200, |size| {
            let merged = (0..size).map(|number| format!("  m{number}: {{<<: *a}}\n")).collect::<String>();
            yaml(&format!("x-a: &a {{b: 1, c: 2, d: 3}}\nx-b:\n{merged}"))
        }),
        of("a long operation id", 150, |size| {
            let operation =
                json!({"operationId": format!("get_{}", "item_".repeat(size)), "responses": done()});
            document(json!({"/a": {"get": operation}}), json!({}))
        }),
        of("long names", 5_000, |size| {
            let properties =
                json!({"ab_".repeat(size): {"type": "object", "properties": {"a": {"type": "string"}}}});
            schemas([named(&"Ab".repeat(size), json!({"type": "object", "properties": properties}))])
        }),
    ];
    all.push(HostileDocument {
        fails: true,
        ..of("misplaced brackets", 2_000, |size| {
            let values =
                (0..size).map(|number| format!("  k{number}: {{\n  a: 1\n  }}\n")).collect::<String>();
            yaml(&format!("x-a:\n{values}"))
        })
    });
    all.push(HostileDocument {
        fails: true,
        ..of("nested brackets", 10_000, |size| {
            yaml(&format!("x-a: {}{}\n", "[".repeat(size), "]".repeat(size)))
        })
    });
    all
}

fn many() -> Vec<HostileDocument> {
    vec![
        of("many schemas", 200, |size| schemas(numbered(size, own))),
        of("many paths", 200, |size| document(operations(size, |_| json!({"responses": done()})), json!({}))),
        of("many operations with the same id", 200, |size| {
            document(operations(size, |_| json!({"operationId": "same", "responses": done()})), json!({}))
        }),
        of("many tags", 100, |size| {
            document(
                operations(size, |number| json!({"tags": [format!("t{number}")], "responses": done()})),
                json!({}),
            )
        }),
        of("many parameters without a schema", 200, |size| {
            let parameters: Vec<_> =
                (0..size).map(|number| json!({"name": format!("p{number}"), "in": "query"})).collect();
            document(json!({"/a": {"get": {"parameters": parameters, "responses": done()}}}), json!({}))
        }),
        of("many properties of a wrong type", 200, |size| {
            schemas([named("A", object(size, |_| json!({"type": "text"})))])
        }),
        of("names that differ only in case", 200, |size| {
            schemas((0..size).map(|number| (cased(number), own(number))))
        }),
        of("many media types", 50, |size| {
            let content: Map<_, _> = (0..size)
                .map(|number| (format!("application/vnd.a{number}+json"), json!({"schema": own(number)})))
                .collect();
            let responses = json!({"200": {"description": "", "content": content}});
            document(json!({"/a": {"get": {"responses": responses}}}), json!({}))
        }),
        of("many security schemes", 100, |size| {
            let of = |number: usize| json!({"type": "apiKey", "in": "header", "name": format!("X-{number}")});
            let schemes: Map<_, _> = numbered(size, of).collect();
            let use_of =
                |number: usize| json!({"security": [{format!("S{number}"): []}], "responses": done()});
            document(operations(size, use_of), json!({"securitySchemes": schemes}))
        }),
        of("a Swagger document", 100, |size| {
            let of = |number: usize| json!({"responses": {"200": {"description": "", "schema": {"$ref": format!("#/definitions/S{number}")}}}});
            let definitions: Map<_, _> = numbered(size, own).collect();
            let info = json!({"title": "Growth", "version": "1"});
            let paths = operations(size, of);
            (
                json!({"swagger": "2.0", "info": info, "paths": paths, "definitions": definitions})
                    .to_string(),
                None,
            )
        }),
    ]
}

fn overlays() -> Vec<HostileDocument> {
    /// An overlay with an action for each of many paths.
    fn actions(size: usize, path: impl Fn(usize) -> String) -> String {
        let actions: Vec<_> =
            (0..size).map(|number| json!({"target": path(number), "update": {"summary": "a"}})).collect();
        json!({"overlay": "1.0.0", "info": {"title": "a", "version": "1"}, "actions": actions}).to_string()
    }
    fn paths(size: usize) -> String {
        document(operations(size, |_| json!({"responses": done()})), json!({})).0
    }
    vec![
        of("an overlay with many actions", 100, |size| {
            (paths(size), Some(actions(size, |number| format!("$.paths['/a{number}'].get"))))
        }),
        of("an overlay with wildcards", 200, |size| {
            (paths(size), Some(actions(1, |_| "$..*[?@.responses]".to_owned())))
        }),
        HostileDocument {
            fails: true,
            ..of("an overlay with many stale actions", 400, |size| {
                (paths(size), Some(actions(size, |number| format!("$.paths['/b{number}x'].get"))))
            })
        },
        HostileDocument {
            fails: true,
            ..of("an overlay that selects nodes again", 20, |size| {
                let nested = iter::repeat_n("{k: ", 100)
                    .chain(["1"])
                    .chain(iter::repeat_n("}", 100))
                    .collect::<String>();
                let target = format!("$.x-a{}", "[*,*]".repeat(size));
                (yaml(&format!("x-a: {nested}\n")).0, Some(actions(1, |_| target.clone())))
            })
        },
    ]
}
