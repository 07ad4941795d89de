//! A description in which every name is one that emitted code or Rust uses, in every location and style.

use serde_json::{Map, Value, json};

/// Names of Rust, of its prelude, of the runtime, and of the functions and types that are emitted.
const NAMES: &[&str] = &[
    "style",
    "hairStyle",
    "Style",
    "style_of",
    "explode",
    "runtime",
    "request",
    "body",
    "self",
    "super",
    "crate",
    "send",
    "fetch",
    "client",
    "new",
    "default",
    "clone",
    "into",
    "from",
    "build",
    "type",
    "Self",
    "Option",
    "Vec",
    "String",
    "Result",
    "Box",
    "Request",
    "Error",
    "Client",
    "Unknown",
    "Null",
    "extra",
    "other",
    "additional",
    "value",
    "name",
    "query",
    "path",
    "header",
    "cookie",
    "text",
    "bytes",
    "api",
    "models",
    "endpoints",
    "wire",
    "serde",
    "std",
    "Ok",
    "None",
    "Into",
    "Default",
    "Clone",
    "Map",
    "Extra",
    "Maybe",
    "Part",
    "Auth",
    "Operation",
    "IntoRequest",
    "accept",
    "async",
    "dyn",
];

/// Adds the parts to a description that has paths, tags and schemas.
pub(super) fn add_to(description: &mut Value) {
    let paths = [parameters(), path_parameters(), bodies(), operations()];
    for (section, entries) in [("/paths", paths.concat()), ("/components/schemas", schemas())] {
        let target = description.pointer_mut(section).and_then(Value::as_object_mut).unwrap();
        for (key, value) in entries {
            target.entry(key).or_insert(value);
        }
    }
}

type Entries = Vec<(String, Value)>;

fn each(value: impl Fn(&str) -> Value) -> Map<String, Value> {
    NAMES.iter().map(|name| ((*name).to_owned(), value(name))).collect()
}

fn schema(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn string() -> Value {
    json!({"type": "string"})
}

fn array() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

fn object() -> Value {
    json!({"type": "object", "properties": {"style": {"type": "string"}, "self": {"type": "integer"}}})
}

fn responses() -> Value {
    json!({"200": {"description": "", "content": {"application/json": {"schema": schema("AllOptional")}}}})
}

fn schemas() -> Entries {
    let optional = each(|_| string());
    let nested =
        each(|name| json!({"type": "object", "properties": {name: {"type": "string", "enum": ["a", name]}}}));
    let maps = each(
        |name| json!({"type": "object", "additionalProperties": {"title": name, "oneOf": [string(), schema("Option")]}}),
    );
    let variants = (0..).zip(NAMES).map(|(index, name)| {
        let key = format!("p{index}");
        json!({"title": name, "type": "object", "required": [key], "properties": {key: {"type": "integer"}}})
    });
    let tagged: Vec<_> = NAMES.iter().map(|name| schema(name)).collect();
    let one_each = NAMES.iter().map(|name| {
        let properties = json!({*name: string(), "me": schema(name)});
        ((*name).to_owned(), json!({"type": "object", "properties": properties}))
    });
    let shared = [
        ("AllOptional", json!({"type": "object", "properties": optional})),
        (
            "AllRequired",
            json!({"type": "object", "properties": optional, "required": NAMES, "additionalProperties": false}),
        ),
        ("AllObjects", json!({"type": "object", "properties": nested})),
        ("AllMaps", json!({"type": "object", "properties": maps, "additionalProperties": string()})),
        ("AllEnum", json!({"type": "string", "enum": NAMES})),
        (
            "AllIntegers",
            json!({"type": "integer", "enum": (0..NAMES.len()).collect::<Vec<_>>(), "x-enum-varnames": NAMES}),
        ),
        ("AllUnion", json!({"oneOf": variants.collect::<Vec<_>>()})),
        ("AllTagged", json!({"oneOf": tagged, "discriminator": {"propertyName": "self"}})),
    ];
    one_each.chain(shared.map(|(name, schema)| (name.to_owned(), schema))).collect()
}

/// Operations with all names as parameters of one location and style.
fn parameters() -> Entries {
    let kinds = [
        json!({"in": "query", "schema": string()}),
        json!({"in": "query", "schema": string(), "allowReserved": true}),
        json!({"in": "query", "schema": array(), "explode": false}),
        json!({"in": "query", "schema": array(), "style": "pipeDelimited", "explode": false}),
        json!({"in": "query", "schema": array(), "style": "spaceDelimited", "explode": false}),
        json!({"in": "query", "schema": object(), "style": "deepObject"}),
        json!({"in": "query", "schema": schema("AllEnum")}),
        json!({"in": "query", "content": {"application/json": {"schema": object()}}}),
        json!({"in": "header", "schema": string()}),
        json!({"in": "header", "schema": object(), "explode": true}),
        json!({"in": "cookie", "schema": string()}),
        json!({"in": "cookie", "schema": array(), "explode": false}),
    ];
    let mut paths = Vec::new();
    for (index, kind) in kinds.iter().enumerate() {
        for required in [false, true] {
            let parameters: Vec<_> = NAMES
                .iter()
                .map(|name| {
                    let mut parameter = kind.clone();
                    parameter["name"] = json!(name);
                    parameter["required"] = json!(required);
                    parameter
                })
                .collect();
            let operation = json!({"operationId": format!("names {index} {required}"), "parameters": parameters, "responses": responses()});
            paths.push((format!("/names/{index}/{required}"), json!({"get": operation})));
        }
    }
    paths
}

/// Operations with all names in the path, and in each other location.
fn path_parameters() -> Entries {
    let template: String = NAMES.iter().map(|name| format!("/{{{name}}}")).collect();
    let styles = ["simple", "label", "matrix"];
    let one = |(index, style): (usize, &str)| {
        let of = |location: &str, style: Value, schema: &Value| {
            let parameter = |name: &&str| json!({"name": name, "in": location, "required": true, "style": style, "schema": schema});
            NAMES.iter().map(parameter).collect::<Vec<_>>()
        };
        let schemas = [string(), array(), object()];
        let mut parameters = of("path", json!(style), &schemas[index % 3]);
        for (location, style) in [("query", "form"), ("header", "simple"), ("cookie", "form")] {
            parameters.extend(of(location, json!(style), &string()));
        }
        let body =
            json!({"content": {"application/x-www-form-urlencoded": {"schema": schema("AllRequired")}}});
        let operation = json!({
            "operationId": format!("path names {index}"), "parameters": parameters, "requestBody": body, "responses": responses(),
        });
        (format!("/names/{style}{template}"), json!({"post": operation}))
    };
    styles.into_iter().enumerate().map(one).collect()
}

/// Operations with all names as properties of a form, as parts and as their headers, and with unions of them.
fn bodies() -> Entries {
    let files = each(|_| json!({"type": "string", "format": "binary"}));
    let headers = each(|_| json!({"schema": string()}));
    let encoding =
        json!({"style": {"contentType": "image/png", "headers": headers}, "self": {"headers": headers}});
    let deep = each(|_| json!({"style": "deepObject", "explode": true}));
    let objects = json!({"type": "object", "properties": each(|_| object())});
    let contents = [
        ("application/json", json!({"schema": schema("AllRequired")})),
        ("application/json", json!({"schema": schema("AllUnion")})),
        ("application/json", json!({"schema": schema("AllTagged")})),
        ("application/json", json!({"schema": {"type": "array", "items": schema("AllMaps")}})),
        ("application/json", json!({"schema": schema("AllIntegers")})),
        ("application/x-www-form-urlencoded", json!({"schema": schema("AllOptional")})),
        ("application/x-www-form-urlencoded", json!({"schema": objects, "encoding": deep})),
        ("multipart/form-data", json!({"schema": schema("AllOptional")})),
        ("multipart/form-data", json!({"schema": schema("AllObjects")})),
        (
            "multipart/form-data",
            json!({"schema": {"type": "object", "properties": files}, "encoding": encoding}),
        ),
        (
            "multipart/form-data",
            json!({"schema": {"type": "object", "properties": files, "required": NAMES}}),
        ),
    ];
    let one = |(index, (media_type, content)): (usize, (&str, Value))| {
        let body = json!({"required": index % 2 == 0, "content": {media_type: content}});
        let operation = json!({"operationId": format!("body names {index}"), "requestBody": body, "responses": responses()});
        (format!("/names/bodies/{index}"), json!({"post": operation}))
    };
    contents.into_iter().enumerate().map(one).collect()
}

/// Operations with these names, alone and below tags with these names.
fn operations() -> Entries {
    let one = |name: &&str| {
        let content = json!({"application/json": {"schema": schema(name)}});
        let get = json!({
            "operationId": name, "tags": ["names"],
            "parameters": [{"name": name, "in": "query", "schema": string()}], "responses": responses(),
        });
        let put = json!({
            "operationId": format!("{name} of tag"), "tags": [name], "requestBody": {"required": true, "content": content},
            "responses": {
                "200": {"description": "", "headers": each(|_| json!({"schema": string()})), "content": content},
                "202": {"description": ""}, "default": {"description": "", "content": content},
            },
        });
        (format!("/names/operations/{name}"), json!({"get": get, "put": put}))
    };
    NAMES.iter().map(one).collect()
}
