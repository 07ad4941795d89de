//! Servers and security schemes.

use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::names;

/// The servers, security requirements and security schemes of a document.
pub(crate) struct ServersAndSecurity {
    pub(crate) servers: Value,
    pub(crate) security: Value,
    pub(crate) schemes: Map<String, Value>,
}

impl ServersAndSecurity {
    /// Generates a security requirement.
    pub(crate) fn requirement(&self, choices: &mut Choices<'_>) -> Value {
        let names: Vec<_> = self.schemes.keys().collect();
        if names.is_empty() || choices.chance(4) {
            return choices.pick(&[json!([]), json!([{}])]);
        }
        json!([{ choices.pick(&names): [] }])
    }
}

pub(crate) fn servers_and_security(choices: &mut Choices<'_>) -> ServersAndSecurity {
    let mut schemes = Map::new();
    for _ in 0..choices.up_to(3) {
        let name = names::unique(|name| schemes.contains_key(name), choices);
        schemes.insert(name, scheme(choices));
    }
    let servers = (0..choices.up_to(2)).map(|_| server(choices)).collect();
    let mut access = ServersAndSecurity { servers, security: json!([]), schemes };
    access.security = access.requirement(choices);
    access
}

fn scheme(choices: &mut Choices<'_>) -> Value {
    let mut scheme = match choices.up_to(5) {
        0 => json!({"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}),
        1 => json!({"type": "http", "scheme": choices.pick(&["basic", "Basic", "digest", "HOBA"])}),
        2 => {
            json!({"type": "apiKey", "in": choices.pick(&["header", "query", "cookie"]), "name": names::header(choices)})
        }
        3 => json!({"type": "openIdConnect", "openIdConnectUrl": "https://example.com/.well-known"}),
        4 => {
            json!({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {"read": ""}}}})
        }
        _ => {
            json!({"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://example.com/in", "scopes": {}}}})
        }
    };
    if choices.chance(3) {
        scheme["description"] = names::prose(choices).into();
    }
    scheme
}

fn server(choices: &mut Choices<'_>) -> Value {
    let mut server = match choices.up_to(4) {
        0 => json!({"url": "https://api.example.com/v1"}),
        1 => json!({"url": "/v1"}),
        2 => json!({"url": "https://{region}.example.com:{port}/", "variables": {
            "region": {"default": "eu", "enum": ["eu", "us"]},
            "port": {"default": "443", "description": names::prose(choices)},
        }}),
        3 => json!({"url": "http://localhost:8080/a%20b"}),
        _ => {
            let name = names::placeholder(choices);
            json!({"url": format!("https://example.com/{{{name}}}"), "variables": {name: {"default": ""}}})
        }
    };
    if choices.chance(2) {
        server["description"] = choices.pick(&["Production", "Test system", "type", "1"]).into();
    }
    server
}
