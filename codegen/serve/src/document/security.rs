//! Security schemes and requirements.

use serde_json::Value;

use super::parameter::ParameterLocation;
use crate::schema::tree::{Tree, text};

/// How credentials are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// A key with a name in a header field, the query or a cookie.
    Key(ParameterLocation, String),
    /// The header field `Authorization` with this scheme.
    Authorization(String),
    /// Not in the request.
    Elsewhere,
}

/// A security requirement: schemes that are required together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requirement(pub(crate) Vec<(String, Scheme)>);

/// Returns the alternative requirements of an operation, or else of the description.
pub(super) fn requirements(tree: &Tree, operation: &Value) -> Vec<Requirement> {
    let declared = operation.get("security").or_else(|| tree.get("/security"));
    let declared = declared.and_then(Value::as_array).into_iter().flatten();
    let names = |requirement: &Value| {
        requirement.as_object().map(|names| names.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
    };
    let requirement = |requirement: &Value| {
        let schemes = names(requirement).into_iter().map(|name| {
            let scheme = scheme(tree, &name);
            (name, scheme)
        });
        Requirement(schemes.collect())
    };
    declared.map(requirement).collect()
}

fn scheme(tree: &Tree, name: &str) -> Scheme {
    let at = format!("/components/securitySchemes/{}", name.replace('~', "~0").replace('/', "~1"));
    let Some(node) = tree.get(&at) else { return Scheme::Elsewhere };
    let (node, _) = tree.resolve(node, &at);
    match text(node, "type") {
        Some("apiKey") => {
            let location = match text(node, "in") {
                Some("query") => ParameterLocation::Query,
                Some("cookie") => ParameterLocation::Cookie,
                _ => ParameterLocation::Header,
            };
            Scheme::Key(location, text(node, "name").unwrap_or_default().to_owned())
        }
        Some("http") => Scheme::Authorization(text(node, "scheme").unwrap_or("bearer").to_owned()),
        Some("oauth2" | "openIdConnect") => Scheme::Authorization("Bearer".to_owned()),
        _ => Scheme::Elsewhere,
    }
}
