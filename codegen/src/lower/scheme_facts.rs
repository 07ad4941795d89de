//! Facts about security schemes that don't change requests: where tokens are issued, and the scopes.

use std::collections::BTreeSet;

use openapiv3::{OAuth2Flows, SecurityScheme as OpenApiScheme};
use serde_json::Value;

use crate::ir::access::SchemeFact;
use crate::lower::context::Extensions;
use crate::normalize::normalized_extensions::{DEPRECATED, DEVICE_FLOW, METADATA_URL};

/// The URLs of an OAuth flow, and what they are.
const URLS: [(&str, &str); 4] = [
    ("authorizationUrl", "authorization URL"),
    ("deviceAuthorizationUrl", "device authorization URL"),
    ("tokenUrl", "token URL"),
    ("refreshUrl", "refresh URL"),
];

/// Returns the facts of a scheme.
pub(super) fn facts(scheme: &OpenApiScheme) -> Vec<SchemeFact> {
    let mut facts = Vec::new();
    let extensions = match scheme {
        OpenApiScheme::APIKey { extensions, .. } => extensions,
        OpenApiScheme::HTTP { bearer_format, extensions, .. } => {
            facts.extend(bearer_format.iter().map(|format| fact("format of the token", format)));
            extensions
        }
        OpenApiScheme::OAuth2 { flows, extensions, .. } => {
            of_flows(flows, &mut facts);
            extensions
        }
        OpenApiScheme::OpenIDConnect { open_id_connect_url, extensions, .. } => {
            facts.push(fact("OpenID Connect URL", open_id_connect_url));
            extensions
        }
    };
    facts.extend(text(extensions, METADATA_URL).map(|url| fact("metadata URL", url)));
    if extensions.get(DEPRECATED) == Some(&Value::Bool(true)) {
        facts.push(fact("deprecated", ""));
    }
    facts
}

fn of_flows(flows: &OAuth2Flows, facts: &mut Vec<SchemeFact>) {
    let device =
        flows.extensions.get(DEVICE_FLOW).map(|flow| ("deviceAuthorization".to_owned(), flow.clone()));
    let known = serde_json::to_value(flows).ok();
    let known = known.as_ref().and_then(Value::as_object).into_iter().flatten();
    let known =
        known.filter(|(name, _)| !name.starts_with("x-")).map(|(name, flow)| (name.clone(), flow.clone()));
    let mut scopes = BTreeSet::new();
    for (name, flow) in known.chain(device) {
        let url = |(key, what): &(&str, &str)| {
            let url = flow.get(*key).and_then(Value::as_str).filter(|url| !url.is_empty())?;
            Some(fact(&format!("{what} of the flow {name}"), url))
        };
        facts.extend(URLS.iter().filter_map(url));
        for (scope, docs) in flow.get("scopes").and_then(Value::as_object).into_iter().flatten() {
            scopes.insert((scope.clone(), docs.as_str().unwrap_or_default().to_owned()));
        }
    }
    let scope = |(value, docs)| SchemeFact { label: "scope".to_owned(), value, docs };
    facts.extend(scopes.into_iter().map(scope));
}

fn fact(label: &str, value: &str) -> SchemeFact {
    SchemeFact { label: label.to_owned(), value: value.to_owned(), docs: String::new() }
}

fn text<'e>(extensions: &'e Extensions, key: &str) -> Option<&'e str> {
    extensions.get(key).and_then(Value::as_str)
}
