//! Reads the operations of a description.

use serde_json::Value;

use super::operation::{Body, Content, DeclaredResponse, Header, Operation};
use super::parameter::{Parameter, ParameterLocation};
use super::security::requirements;
use super::servers::base_paths;
use super::template::Template;
use crate::base::media_type::is_json;
use crate::base::pointer::child;
use crate::schema::tree::{Tree, entries, flag, items, text};

/// The keys of a path item that contain operations.
const METHODS: [&str; 9] = ["get", "put", "post", "patch", "delete", "options", "head", "trace", "query"];

/// Returns the operations of a description.
pub(super) fn operations(tree: &Tree) -> Vec<Operation> {
    let Some(root) = tree.get("") else { return Vec::new() };
    let mut all = Vec::new();
    for (path, item) in entries(root, "paths").filter(|(path, _)| path.starts_with('/')) {
        let (item, at) = tree.resolve(item, &child("/paths", path));
        for key in METHODS {
            if let Some(node) = item.get(key).filter(|node| node.is_object()) {
                all.push(operation(tree, (path, item), (&key.to_uppercase(), node), (&at, &child(&at, key))));
            }
        }
        let additional = child(&at, "additionalOperations");
        for (method, node) in entries(item, "additionalOperations").filter(|(_, node)| node.is_object()) {
            all.push(operation(tree, (path, item), (method, node), (&at, &child(&additional, method))));
        }
    }
    all
}

fn operation(
    tree: &Tree,
    (path, item): (&str, &Value),
    (method, node): (&str, &Value),
    (item_at, at): (&str, &str),
) -> Operation {
    let mut bases: Vec<String> = Vec::new();
    for holder in [Some(node), Some(item), tree.get("")].into_iter().flatten() {
        bases.extend(base_paths(holder));
    }
    bases.push(String::new());
    bases.dedup();
    Operation {
        method: method.to_owned(),
        path: path.to_owned(),
        templates: bases.iter().map(|base| Template::parse(&format!("{base}{path}"))).collect(),
        at: at.to_owned(),
        parameters: parameters(tree, path, (item, item_at), (node, at)),
        body: node.get("requestBody").map(|body| self::body(tree, body, &child(at, "requestBody"))),
        responses: responses(tree, node, &child(at, "responses")),
        security: requirements(tree, node),
    }
}

/// Returns the parameters of an operation, which take precedence over those of its path item. Without those of the path
/// that the template doesn't contain.
fn parameters(
    tree: &Tree,
    path: &str,
    (item, item_at): (&Value, &str),
    (node, at): (&Value, &str),
) -> Vec<Parameter> {
    let mut all: Vec<Parameter> = Vec::new();
    for (holder, at) in [(node, at), (item, item_at)] {
        let at = child(at, "parameters");
        for (index, parameter) in items(holder, "parameters").enumerate() {
            let parameter = Parameter::read(tree, parameter, &format!("{at}/{index}"));
            let is_sent = |parameter: &Parameter| {
                parameter.location != ParameterLocation::Path
                    || path.contains(&format!("{{{}}}", parameter.name))
            };
            let parameter = parameter.filter(|parameter| is_sent(parameter));
            all.extend(parameter.filter(|parameter| !all.iter().any(|other| other.is_same(parameter))));
        }
    }
    all
}

fn body(tree: &Tree, node: &Value, at: &str) -> Body {
    let (node, at) = tree.resolve(node, at);
    Body { required: flag(node, "required"), contents: contents(tree, node, &at), at }
}

fn contents(tree: &Tree, node: &Value, at: &str) -> Vec<Content> {
    let at = child(at, "content");
    let content = |(media_type, media): (&String, &Value)| {
        let (media, at) = tree.resolve(media, &child(&at, media_type));
        let pointer = |key: &str| media.get(key).map(|_| child(&at, key));
        Content {
            media_type: media_type.clone(),
            schema: pointer("schema"),
            item_schema: pointer("itemSchema"),
            at,
        }
    };
    entries(node, "content").map(content).collect()
}

fn responses(tree: &Tree, operation: &Value, at: &str) -> Vec<DeclaredResponse> {
    let declared = entries(operation, "responses").filter(|(status, _)| !status.starts_with("x-"));
    let response = |(status, node): (&String, &Value)| {
        let (node, at) = tree.resolve(node, &child(at, status));
        let headers = entries(node, "headers").map(|(name, header)| {
            let (header, at) = tree.resolve(header, &child(&child(&at, "headers"), name));
            self::header(name, header, at)
        });
        DeclaredResponse {
            status: status.clone(),
            contents: contents(tree, node, &at),
            headers: headers.collect(),
            at,
        }
    };
    declared.map(response).collect()
}

fn header(name: &str, node: &Value, at: String) -> Header {
    let content = entries(node, "content").next();
    let schema = match content {
        Some((media_type, media)) => {
            media.get("schema").map(|_| child(&child(&child(&at, "content"), media_type), "schema"))
        }
        None => node.get("schema").map(|_| child(&at, "schema")),
    };
    Header {
        name: name.to_owned(),
        explode: flag(node, "explode"),
        schema,
        is_json: content.is_some_and(|(media_type, _)| is_json(media_type)),
        at,
    }
}

/// Returns the operation id of an operation.
pub(super) fn id_of<'t>(tree: &'t Tree, at: &str) -> Option<&'t str> {
    text(tree.get(at)?, "operationId")
}
