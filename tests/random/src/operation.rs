//! Paths, operations, request bodies and responses.

use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::names;
use crate::parameter::parameters;
use crate::schema::Schemas;
use crate::security::ServersAndSecurity;

const TRACE: &str = "trace";
const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "options", "head", TRACE];

const JSON: [&str; 5] = [
    "application/json",
    "application/json; charset=utf-8",
    "application/vnd.things+json",
    "application/problem+json",
    "*/*",
];

/// Generates the paths of a document. Some parts are moved to `components`.
pub(crate) fn paths(
    schemas: &mut Schemas,
    components: &mut Map<String, Value>,
    access: &ServersAndSecurity,
    choices: &mut Choices<'_>,
) -> Value {
    let mut paths = Map::new();
    let mut ids: Vec<String> = Vec::new();
    for number in 0..=choices.up_to(4) {
        let (path, in_path) = path(number, choices);
        let mut item = Map::new();
        let shared = choices.chance(4);
        if shared {
            item.insert("parameters".to_owned(), parameters(&in_path, schemas, choices).into());
        }
        for _ in 0..=choices.up_to(1) {
            let own = if shared { &[] } else { in_path.as_slice() };
            let mut operation = operation(own, schemas, choices);
            if choices.chance(4) {
                operation["security"] = access.requirement(choices);
            }
            move_to_components(&mut operation, components, choices);
            if !choices.chance(4) {
                let id = names::unique(|id| ids.iter().any(|other| other == id), choices);
                operation["operationId"] = json!(id);
                ids.push(id);
            }
            let method = choices.pick(&METHODS);
            // RFC 9110, section 9.3.8: a TRACE request has no content.
            if let (TRACE, Some(operation)) = (method, operation.as_object_mut()) {
                operation.remove("requestBody");
            }
            item.insert(method.to_owned(), operation);
        }
        paths.insert(path, Value::Object(item));
    }
    Value::Object(paths)
}

pub(crate) fn webhooks(schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let name = names::any(choices);
    json!({name: {"post": operation(&[], schemas, choices)}})
}

/// Generates a path that is unique for `number`, and the names of its path parameters.
fn path(number: usize, choices: &mut Choices<'_>) -> (String, Vec<String>) {
    let mut path =
        choices.pick(&["/things", "/a-b", "/1", "/名", "/a%20b", "/type", "/v1/x.json"]).to_owned();
    path.push_str(&number.to_string());
    let mut in_path: Vec<String> = Vec::new();
    for _ in 0..choices.up_to(2) {
        let name = names::placeholder(choices);
        if in_path.contains(&name) {
            continue;
        }
        let before = choices.pick(&["/", "-", "/of/", "."]);
        path.push_str(&format!("{before}{{{name}}}"));
        in_path.push(name);
    }
    if choices.chance(6) {
        path.push('/');
    }
    (path, in_path)
}

fn operation(in_path: &[String], schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let mut operation = json!({"responses": responses(schemas, choices)});
    let parameters = parameters(in_path, schemas, choices);
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if choices.chance(2) {
        let contents = contents(schemas, choices);
        operation["requestBody"] = json!({"content": contents, "required": choices.chance(2)});
    }
    if choices.chance(2) {
        operation["tags"] = json!([names::any(choices)]);
    }
    if choices.chance(3) {
        operation["description"] = names::prose(choices).into();
    }
    if choices.chance(10) {
        operation["deprecated"] = json!(true);
    }
    if choices.chance(12) {
        let call = json!({"responses": {"200": {"description": ""}}});
        operation["callbacks"] = json!({"done": {"{$request.body#/url}": {"post": call}}});
    }
    operation
}

/// Generates the `content` of a body.
fn contents(schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let mut contents = Map::new();
    for _ in 0..=choices.up_to(1) {
        let (media_type, media) = match choices.up_to(7) {
            0..=3 => (choices.pick(&JSON), json!({"schema": schemas.schema(2, choices)})),
            4 => ("application/x-www-form-urlencoded", form(schemas, choices)),
            5 => ("multipart/form-data", parts(schemas, choices)),
            6 => (
                choices.pick(&["application/octet-stream", "image/*", "application/pdf"]),
                json!({"schema": {"type": "string", "format": "binary"}}),
            ),
            _ => (
                choices.pick(&["text/plain", "text/csv", "application/xml"]),
                json!({"schema": {"type": "string"}}),
            ),
        };
        contents.insert(media_type.to_owned(), media);
    }
    Value::Object(contents)
}

fn form(schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let name = names::any(choices);
    json!({"schema": {
        "type": "object",
        "required": choices.pick(&[json!([]), json!([&name])]),
        "properties": {&name: schemas.schema(0, choices), "list": {"type": "array", "items": {"type": "string"}}},
    }})
}

fn parts(schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let name = names::unique(|name| name == "file", choices);
    json!({
        "schema": {
            "type": "object",
            "required": choices.pick(&[json!([]), json!(["file"]), json!([&name, "file"])]),
            "properties": {
                "file": {"type": "string", "format": "binary"},
                "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                &name: schemas.schema(1, choices),
            },
        },
        "encoding": {"file": {"contentType": "image/png"}},
    })
}

fn responses(schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let mut responses = Map::new();
    let success = choices.pick(&["200", "201", "2XX", "default", "204"]);
    responses.insert(success.to_owned(), response(success != "204", schemas, choices));
    for _ in 0..choices.up_to(2) {
        let status = choices.pick(&["202", "404", "4XX", "5XX", "default", "304"]);
        responses.insert(status.to_owned(), response(!choices.chance(3), schemas, choices));
    }
    Value::Object(responses)
}

fn response(filled: bool, schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let mut response = json!({"description": names::prose(choices)});
    if filled {
        let contents = match choices.up_to(5) {
            0..=4 => json!({choices.pick(&JSON): {"schema": schemas.schema(2, choices)}}),
            _ => contents(schemas, choices),
        };
        response["content"] = contents;
    }
    if choices.chance(4) {
        response["headers"] = json!({names::header(choices): {"schema": schemas.schema(0, choices)}});
    }
    response
}

/// Moves some parts of an operation to the components, and replaces them by references.
fn move_to_components(operation: &mut Value, components: &mut Map<String, Value>, choices: &mut Choices<'_>) {
    let parts = [
        ("/responses/200", "responses"),
        ("/responses/404", "responses"),
        ("/parameters/0", "parameters"),
        ("/requestBody", "requestBodies"),
    ];
    for (pointer, kind) in parts {
        let Some(part) = operation.pointer_mut(pointer).filter(|_| choices.chance(4)) else { continue };
        let shared = components.entry(kind).or_insert_with(|| json!({}));
        let Some(shared) = shared.as_object_mut() else { continue };
        let name = names::unique(|name| shared.contains_key(name), choices);
        let reference = json!({"$ref": format!("#/components/{kind}/{}", names::token(&name))});
        shared.insert(name, std::mem::replace(part, reference));
    }
}
