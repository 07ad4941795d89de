//! A document that contains a string everywhere.

use serde_json::{Value, json};

/// Returns a document with the string everywhere.
pub(crate) fn document(text: &str) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": text, "version": text, "description": text, "summary": text, "license": {"name": text}},
        "servers": [{"url": text, "description": text, "variables": {text: {"default": text, "enum": [text]}}}],
        "tags": [{"name": text, "description": text}],
        "externalDocs": {"url": text, "description": text},
        "paths": {
            format!("/{text}"): {"get": operation(text, "get")},
            format!("/x/{{{}}}", text.replace(['{', '}', '/'], "")): {
                "summary": text,
                "servers": [{"url": text}],
                "post": operation(text, "post"),
            },
        },
        "webhooks": {text: {"post": {"operationId": format!("{text} hook"), "description": text}}},
        "components": {
            "schemas": {
                text: schema(text),
                format!("{text} text"): {"type": "string", "enum": [text, format!("{text}!"), ""], "default": text, "description": text},
                format!("{text} choice"): {
                    "description": text,
                    "oneOf": [reference(text), reference(&format!("{text} heir"))],
                    "discriminator": {"propertyName": text, "mapping": {text: format!("#/components/schemas/{}", token(text))}},
                },
                format!("{text} heir"): {"allOf": [reference(text), {"type": "object", "title": text}]},
            },
            "securitySchemes": {
                text: {"type": "apiKey", "in": "header", "name": text, "description": text},
                format!("{text} query"): {"type": "apiKey", "in": "query", "name": text},
                format!("{text} cookie"): {"type": "apiKey", "in": "cookie", "name": text},
                format!("{text} http"): {"type": "http", "scheme": text, "bearerFormat": text},
                format!("{text} oauth"): {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": text, "scopes": {text: text}}}},
            },
        },
        text: text,
        "x-text": {text: text},
    })
}

fn operation(text: &str, method: &str) -> Value {
    let parameter = |location: &str| {
        json!({
            "name": text, "in": location, "description": text, "example": text,
            "schema": {"type": "string", "default": text, "pattern": text, "format": text, "title": text},
        })
    };
    json!({
        "operationId": format!("{text} {method}"),
        "summary": text,
        "description": text,
        "tags": [text],
        "deprecated": method == "post",
        "security": [{text: [text]}],
        "parameters": [
            parameter("query"), parameter("header"), parameter("cookie"),
            {"name": format!("{text} list"), "in": "query", "required": true, "style": text,
             "schema": {"type": "array", "items": {"type": "string", "enum": [text]}}},
            {"name": format!("{text} deep"), "in": "query", "style": "deepObject", "schema": schema(text)},
        ],
        "requestBody": {"description": text, "content": {
            "application/json": {"schema": reference(text), "example": text},
            text: {"schema": {"type": "string"}, "examples": {text: {"summary": text, "value": text}}},
            "multipart/form-data": {"schema": schema(text), "encoding": {text: {"contentType": text}}},
            "application/x-www-form-urlencoded": {"schema": schema(text)},
        }},
        "responses": {
            "200": {"description": text, "headers": {text: {"description": text, "schema": {"type": "string"}}},
                    "content": {"application/json": {"schema": reference(&format!("{text} choice"))}}},
            "404": {"description": text, "content": {"application/json": {"schema": schema(text)}}},
            text: {"description": text},
        },
        "callbacks": {text: {text: {"post": {"description": text}}}},
        "x-allowed-for": [text],
        "x-rust-name": text,
    })
}

fn schema(text: &str) -> Value {
    json!({
        "type": "object", "title": text, "description": text, "required": [text], "x-rust-name": text,
        "properties": {
            text: {"type": "string", "description": text, "enum": [text, "other"], "default": text},
            format!("{text} id"): {"type": "integer", "format": text, "default": text, "example": text},
            format!("{text} part"): {"type": "object", "properties": {text: {"const": text}}},
            format!("{text} bytes"): {"type": "string", "format": "binary", "contentMediaType": text},
        },
        "patternProperties": {text: {"type": text}},
        "example": text,
        "examples": [text],
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", token(name))})
}

/// Escapes a name for a reference.
fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1").replace('%', "%25")
}
