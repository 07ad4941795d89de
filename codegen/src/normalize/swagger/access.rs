//! Servers and security schemes.

use serde_json::{Value, json};

use super::address::of_urls;
use super::entries::{strings, text};
use super::site::Site;
use super::speller::Speller;
use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;

/// The schemes of requests that a client sends, the preferred one first.
const SCHEMES: [&str; 2] = ["https", "http"];

/// The flows of OAuth, their names in OpenAPI 3, and the URLs that they need.
const FLOWS: [(&str, &str, &[&str]); 4] = [
    ("implicit", "implicit", &["authorizationUrl"]),
    ("password", "password", &["tokenUrl"]),
    ("application", "clientCredentials", &["tokenUrl"]),
    ("accessCode", "authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

/// Returns the servers of a document. `None` if it declares none.
pub(super) fn servers(speller: &mut Speller<'_>, root: &JsonObject) -> Option<Value> {
    let at = Pointer::root();
    check_address(speller, root);
    let schemes = speller.schemes(root, &at);
    let urls = speller.shared.address.urls(&schemes);
    let source = if speller.shared.address.host.is_some() { "host" } else { "basePath" };
    speller.written.made(&at.child("servers"), &at.child(source));
    (!urls.is_empty()).then(|| of_urls(&urls))
}

fn check_address(speller: &mut Speller<'_>, root: &JsonObject) {
    let at = Pointer::root();
    let host = text(root, "host");
    if host.contains('/') {
        let message = format!("`host` is the name of a host with an optional port, not {host:?}");
        let help = "write the scheme in `schemes`, and the path in `basePath`";
        speller.problem(&at.child("host"), message, help);
    }
    let base_path = text(root, "basePath");
    if !base_path.is_empty() && !base_path.starts_with('/') {
        let message = format!("`basePath` must begin with a slash: {base_path:?}");
        speller.problem(&at.child("basePath"), message, "add a leading `/`");
    }
}

impl Speller<'_> {
    /// Returns the servers of an operation that declares its own schemes.
    pub(super) fn own_servers(&mut self, operation: &JsonObject, site: &Site) -> Option<Value> {
        operation.get("schemes")?;
        let schemes = self.schemes(operation, &site.from);
        if schemes.is_empty() {
            return None;
        }
        let from = site.from.child("schemes");
        if self.shared.address.host.is_none() {
            // The client needs a base URL, and allows only `https` in it, except on the same machine.
            if schemes.contains(&"https") {
                return None;
            }
            let reason = "the host is not declared, so the base URL of the client decides about the scheme";
            self.findings.skip(&from, reason);
            return None;
        }
        self.written.made(&site.to.child("servers"), &from);
        Some(of_urls(&self.shared.address.urls(&schemes)))
    }

    /// Returns the declared schemes that a client can use, and reports the others.
    fn schemes(&mut self, holder: &JsonObject, at: &Pointer) -> Vec<&'static str> {
        let declared = strings(holder, "schemes").unwrap_or_default();
        for (index, scheme) in declared.iter().enumerate() {
            let at = at.child("schemes").index(index);
            match scheme.to_lowercase().as_str() {
                "http" | "https" => {}
                "ws" | "wss" => {
                    self.findings.skip(&at, "a client sends HTTP requests, and opens no WebSocket")
                }
                _ => {
                    let message = format!("unknown scheme {scheme:?}; it is ignored");
                    self.problem(&at, message, "use `http` or `https`");
                }
            }
        }
        let is_declared = |known: &&str| declared.iter().any(|scheme| scheme.eq_ignore_ascii_case(known));
        SCHEMES.into_iter().filter(is_declared).collect()
    }

    /// Spells a security scheme.
    pub(super) fn security_scheme(&mut self, value: Value, site: &Site) -> Value {
        let Value::Object(mut scheme) = value else { return value };
        match text(&scheme, "type") {
            "basic" => {
                scheme.insert("type".to_owned(), json!("http"));
                scheme.insert("scheme".to_owned(), json!("basic"));
            }
            "oauth2" if !scheme.contains_key("flows") => {
                let flows = self.flows(&mut scheme, site);
                scheme.insert("flows".to_owned(), flows);
            }
            _ => {}
        }
        Value::Object(scheme)
    }

    /// Moves the keys of a flow to an object of their own.
    fn flows(&mut self, scheme: &mut JsonObject, site: &Site) -> Value {
        self.written.made(&site.to.child("flows"), &site.from);
        let mut keys = JsonObject::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            keys.extend(scheme.shift_remove(key).map(|value| (key.to_owned(), value)));
        }
        let declared = scheme.shift_remove("flow");
        let declared = declared.as_ref().and_then(Value::as_str).unwrap_or_default();
        let Some((_, name, urls)) = FLOWS.iter().find(|(flow, ..)| *flow == declared) else {
            let known: Vec<_> = FLOWS.iter().map(|(flow, ..)| *flow).collect();
            let message = format!("unknown flow {declared:?} of OAuth");
            self.problem(&site.from, message, format!("use one of {} as `flow`", known.join(", ")));
            return json!({});
        };
        for url in urls.iter().filter(|url| !keys.contains_key(**url)).collect::<Vec<_>>() {
            let message = format!("the flow {declared:?} has no `{url}`");
            self.problem(&site.from, message, format!("add `{url}`"));
            keys.insert((*url).to_owned(), json!(""));
        }
        let scopes = keys.get_mut("scopes").and_then(Value::as_object_mut).map(std::mem::take);
        let scopes: JsonObject =
            scopes.unwrap_or_default().into_iter().filter(|(_, docs)| docs.is_string()).collect();
        keys.insert("scopes".to_owned(), Value::Object(scopes));
        json!({*name: keys})
    }
}
