//! Generated values are valid for their schemas.

use clientwright_serve::{FakeServer, ServeOptions, Values};
use serde_json::{Value, json};

use crate::documents::{document, exchange, json_of};

/// The seeds that each schema is tried with.
const SEEDS: std::ops::Range<u64> = 0..50;

fn schemas() -> Vec<Value> {
    vec![
        json!({}),
        json!(true),
        json!({"type": "string"}),
        json!({"type": "string", "minLength": 30, "maxLength": 31}),
        json!({"type": "string", "pattern": r"^\d{3}-[a-z_.]+\.(png|gif)$", "maxLength": 20}),
        json!({"type": "string", "pattern": "^[^/\\s]+/[A-Za-z0-9]{2,4}$"}),
        json!({"type": "integer", "minimum": -3, "exclusiveMaximum": 0}),
        json!({"type": "integer", "minimum": 7, "multipleOf": 5}),
        json!({"type": "integer", "format": "int32", "minimum": 2_147_483_000}),
        json!({"type": "number", "exclusiveMinimum": 0, "maximum": 1}),
        json!({"type": "number", "multipleOf": 0.25, "minimum": 0.1}),
        json!({"type": ["string", "null"]}),
        json!({"enum": [1, "a", null, {"b": []}]}),
        json!({"type": "string", "enum": [1, "a"]}),
        json!({"const": {"a": 1}}),
        json!({"type": "array", "items": {"type": "boolean"}, "minItems": 2, "maxItems": 4}),
        json!({"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": true, "minItems": 3}),
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false, "minItems": 2}),
        json!({"type": "array", "contains": {"const": 7}, "items": {"type": "integer"}}),
        json!({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2, "maxProperties": 3}),
        json!({"type": "object", "patternProperties": {"^x-[a-z]+$": {"type": "integer"}}, "additionalProperties": false}),
        json!({"type": "object", "required": ["other"], "properties": {"a": {"type": "integer"}}, "maxProperties": 1}),
        json!({"oneOf": [{"type": "integer"}, {"type": "string", "format": "date"}]}),
        json!({"anyOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}, {"type": "array"}]}),
        json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}, {"required": ["a", "b"], "properties": {"b": {"type": "string"}}}]}),
        json!({"properties": {"a": {"minimum": 3}}, "allOf": [{"properties": {"a": {"type": "integer"}}, "required": ["a"]}]}),
        json!({"$ref": "#/components/schemas/Node"}),
        json!({"$ref": "#/components/schemas/Shape"}),
        json!({"$ref": "#/components/schemas/Pet"}),
        json!({"$ref": "#/components/schemas/Loop"}),
    ]
}

fn components() -> Value {
    let shape = |kind: &str, property: &str| json!({"type": "object", "required": ["kind", property], "properties": {"kind": {"const": kind}, property: {"type": "number"}}});
    json!({"schemas": {
        "Node": {"type": "object", "required": ["value", "children"], "properties": {
            "value": {"type": "string", "format": "uuid"},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
            "next": {"oneOf": [{"$ref": "#/components/schemas/Node"}, {"type": "null"}]},
        }},
        "Shape": {
            "oneOf": [{"$ref": "#/components/schemas/Circle"}, {"$ref": "#/components/schemas/Square"}],
            "discriminator": {"propertyName": "kind", "mapping": {"circle": "#/components/schemas/Circle", "square": "Square"}},
        },
        "Circle": shape("circle", "radius"),
        "Square": shape("square", "side"),
        "Pet": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}, "discriminator": {"propertyName": "type"}},
        "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["lives"], "properties": {"lives": {"type": "integer"}}}]},
        // It says nothing about its values.
        "Loop": {"anyOf": [{"$ref": "#/components/schemas/Loop"}, {"type": "integer"}]},
    }})
}

fn serve(version: &str, schema: &Value, seed: u64) -> FakeServer {
    let responses = json!({"200": {"description": "", "content": {"application/json": {"schema": schema}}}});
    let body = json!({"content": {"application/json": {"schema": schema}}});
    let operation = json!({"responses": responses, "requestBody": body});
    let mut tree = document("/a", &json!({"post": operation}));
    tree["openapi"] = json!(version);
    tree["components"] = components();
    FakeServer::new(&tree, ServeOptions::default().with_seed(seed).with_values(Values::Generated))
}

/// Returns the value of a response.
fn response(version: &str, schema: &Value, seed: u64) -> Value {
    let exchange = exchange(&serve(version, schema, seed), "POST /a");
    assert_eq!(
        exchange.note,
        None,
        "{schema}, seed {seed}: {}",
        String::from_utf8_lossy(&exchange.response.body)
    );
    json_of(&exchange)
}

/// Returns whether a validator of JSON Schema accepts a value.
fn is_valid(schema: &Value, value: &Value) -> bool {
    // A reference to itself is no schema for the validator.
    let mut components = components();
    components["schemas"]["Loop"] = json!(true);
    let whole = json!({"allOf": [schema], "components": components});
    let options =
        jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
    options.build(&whole).unwrap().is_valid(value)
}

#[test]
fn generated_responses_are_valid() {
    for schema in schemas() {
        for seed in SEEDS {
            let value = response("3.1.0", &schema, seed);
            assert!(is_valid(&schema, &value), "{schema}, seed {seed}: {value}");
        }
    }
}

#[test]
fn each_format_has_valid_values() {
    for format in [
        "date-time",
        "date",
        "time",
        "duration",
        "email",
        "idn-email",
        "hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "iri",
        "uri-template",
        "json-pointer",
        "relative-json-pointer",
        "regex",
        "uuid",
        "byte",
        "binary",
        "password",
        "unknown",
    ] {
        let schema = json!({"type": "string", "format": format});
        for seed in SEEDS {
            let value = response("3.1.0", &schema, seed);
            assert!(is_valid(&schema, &value), "{format}, seed {seed}: {value}");
        }
    }
}

#[test]
fn samples_of_requests_are_accepted() {
    for schema in schemas() {
        for seed in SEEDS {
            let server = serve("3.1.0", &schema, 0);
            let body = server.sample("POST", "/a", None, seed).unwrap().body.unwrap();
            assert!(body.is_valid, "{schema}, seed {seed}");
            let request = format!("POST /a\ncontent-type: application/json\n\n{}", body.value);
            assert_eq!(exchange(&server, &request).violations, [], "{schema}, seed {seed}");
        }
    }
}

#[test]
fn keywords_of_openapi_3_0_are_respected() {
    let nullable = json!({"type": "string", "nullable": true, "enum": ["a"]});
    let values: Vec<_> = SEEDS.map(|seed| response("3.0.3", &nullable, seed)).collect();
    assert!(
        values.iter().all(|value| *value == json!("a") || value.is_null()) && values.contains(&json!(null))
    );
    let exclusive = json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 2});
    assert!((0..50).all(|seed| response("3.0.3", &exclusive, seed) == json!(2)));
    let sibling = json!({"$ref": "#/components/schemas/Circle", "type": "string"});
    assert!((0..50).all(|seed| response("3.0.3", &sibling, seed).is_object()));
}

#[test]
fn a_property_for_one_direction_is_not_sent_in_the_other() {
    let schema = json!({"type": "object", "required": ["id", "secret"], "properties": {
        "id": {"type": "integer", "readOnly": true}, "secret": {"type": "string", "writeOnly": true},
    }});
    for seed in SEEDS {
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&response("3.1.0", &schema, seed)), ["id"]);
        let sample = serve("3.1.0", &schema, 0).sample("POST", "/a", None, seed).unwrap();
        assert_eq!(keys(&sample.body.unwrap().value), ["secret"]);
    }
}

#[test]
fn discriminators_name_their_branch() {
    let value = |name: &str, seed: u64| {
        response("3.1.0", &json!({"$ref": format!("#/components/schemas/{name}")}), seed)
    };
    for seed in SEEDS {
        let shape = value("Shape", seed);
        assert_eq!(shape["kind"] == "circle", shape.get("radius").is_some(), "{shape}");
        let pet = value("Pet", seed);
        assert!(pet["type"] == "Cat" && pet["lives"].is_i64(), "{pet}");
    }
}
