//! A document that contains two strings everywhere.

use serde_json::{Value, json};

/// Returns a document with one string wherever a name or a value is, and one wherever a text is.
pub(crate) fn document(name: &str, text: &str) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": text, "version": name, "description": text, "summary": text, "license": {"name": name}},
        "servers": [{"url": name, "description": text, "variables": {name: {"default": name, "enum": [name]}}}],
        "tags": [{"name": name, "description": text}],
        "externalDocs": {"url": name, "description": text},
        "paths": {
            format!("/{name}"): {"get": operation((name, text), "get")},
            format!("/x/{{{}}}", name.replace(['{', '}', '/'], "")): {
                "summary": text,
                "servers": [{"url": name, "description": text}],
                "post": operation((name, text), "post"),
            },
        },
        "webhooks": {name: {"post": {"operationId": format!("{name} hook"), "description": text}}},
        "components": {
            "schemas": {
                name: schema(name, text),
                format!("{name} text"): {"type": "string", "enum": [name, format!("{name}!"), ""], "default": name, "description": text},
                format!("{name} choice"): {
                    "description": text,
                    "oneOf": [reference(name), reference(&format!("{name} heir"))],
                    "discriminator": {"propertyName": name, "mapping": {name: format!("#/components/schemas/{}", token(name))}},
                },
                format!("{name} heir"): {"allOf": [reference(name), {"type": "object", "title": text}]},
            },
            "securitySchemes": {
                name: {"type": "apiKey", "in": "header", "name": name, "description": text},
                format!("{name} query"): {"type": "apiKey", "in": "query", "name": name},
                format!("{name} cookie"): {"type": "apiKey", "in": "cookie", "name": name},
                format!("{name} http"): {"type": "http", "scheme": name, "bearerFormat": name},
                format!("{name} oauth"): {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": name, "scopes": {name: text}}}},
            },
        },
        name: name,
        "x-text": {name: name},
    })
}

fn operation((name, text): (&str, &str), method: &str) -> Value {
    let parameter = |location: &str| {
        json!({
            "name": name, "in": location, "description": text, "example": name,
            "schema": {"type": "string", "default": name, "pattern": name, "format": name, "title": text},
        })
    };
    json!({
        "operationId": format!("{name} {method}"),
        "summary": text,
        "description": text,
        "tags": [name],
        "deprecated": method == "post",
        "security": [{name: [name]}],
        "parameters": [
            parameter("query"), parameter("header"), parameter("cookie"),
            {"name": format!("{name} list"), "in": "query", "required": true, "style": name,
             "schema": {"type": "array", "items": {"type": "string", "enum": [name]}}},
            {"name": format!("{name} deep"), "in": "query", "style": "deepObject", "schema": schema(name, text)},
        ],
        "requestBody": {"description": text, "content": {
            "application/json": {"schema": reference(name), "example": name},
            name: {"schema": {"type": "string"}, "examples": {name: {"summary": text, "value": name}}},
            "multipart/form-data": {"schema": schema(name, text), "encoding": {name: {"contentType": name}}},
            "application/x-www-form-urlencoded": {"schema": schema(name, text)},
        }},
        "responses": {
            "200": {"description": text, "headers": {name: {"description": text, "schema": {"type": "string"}}},
                    "content": {"application/json": {"schema": reference(&format!("{name} choice"))}}},
            "404": {"description": text, "content": {"application/json": {"schema": schema(name, text)}}},
            name: {"description": text},
        },
        "callbacks": {name: {name: {"post": {"description": text}}}},
        "x-allowed-for": [text],
        "x-rust-name": name,
    })
}

fn schema(name: &str, text: &str) -> Value {
    json!({
        "type": "object", "title": text, "description": text, "required": [name], "x-rust-name": name,
        "properties": {
            name: {"type": "string", "description": text, "enum": [name, "other"], "default": name},
            format!("{name} id"): {"type": "integer", "format": name, "default": name, "example": name},
            format!("{name} part"): {"type": "object", "properties": {name: {"const": name}}},
            format!("{name} bytes"): {"type": "string", "format": "binary", "contentMediaType": name},
        },
        "patternProperties": {name: {"type": name}},
        "example": name,
        "examples": [name],
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", token(name))})
}

/// Escapes a name for a reference.
fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1").replace('%', "%25")
}
