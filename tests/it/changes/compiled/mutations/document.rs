//! Mutations of the document as a whole: tags, paths, servers, security.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pointers::{operations_with, step};
use super::{Mutation, one, shuffle};

pub(super) const ALL: &[Mutation] = &[
    ("name tag in Rust", name_tag),
    ("rename tag", rename_tag),
    ("describe tag", describe_tag),
    ("move path", move_path),
    ("rename parameter of path", rename_in_path),
    ("reorder operations", reorder),
    ("change title", change_title),
    ("change server", change_server),
    ("change security", change_security),
];

fn tag(document: &Value, rng: &mut Rng) -> Option<String> {
    let tagged = operations_with(document, |operation| operation["tags"][0].is_string());
    let at = one(&tagged, rng)?;
    Some(document.pointer(&at)?["tags"][0].as_str()?.to_owned())
}

/// Returns the declaration of a tag, and adds it if it is missing.
fn declaration<'d>(document: &'d mut Value, name: &str) -> Option<&'d mut Value> {
    let tags = document.as_object_mut()?.entry("tags").or_insert_with(|| json!([])).as_array_mut()?;
    let index = tags.iter().position(|tag| tag["name"] == name).unwrap_or_else(|| {
        tags.push(json!({"name": name}));
        tags.len() - 1
    });
    tags.get_mut(index)
}

fn name_tag(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let name = tag(document, rng)?;
    declaration(document, &name)?["x-rust-name"] = json!("other_module");
    Some(name)
}

fn describe_tag(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let name = tag(document, rng)?;
    declaration(document, &name)?["description"] = json!("Another description.");
    Some(name)
}

fn rename_tag(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let name = tag(document, rng)?;
    // Sometimes only the case changes.
    let new = if rng.bool() { format!("{name} renamed") } else { name.to_uppercase() };
    declaration(document, &name)?["name"] = json!(new);
    for at in operations_with(document, |operation| operation["tags"][0] == *name) {
        document.pointer_mut(&at)?["tags"] = json!([new]);
    }
    Some(format!("{name} to {new}"))
}

/// Renames a path.
fn rename_path(document: &mut Value, path: &str, new: &str) -> Option<()> {
    let paths = document["paths"].as_object_mut()?;
    *paths = std::mem::take(paths)
        .into_iter()
        .map(|(key, value)| (if key == path { new.to_owned() } else { key }, value))
        .collect();
    Some(())
}

fn move_path(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let paths: Vec<_> = document["paths"].as_object()?.keys().cloned().collect();
    let path = one(&paths, rng)?;
    rename_path(document, &path, &format!("/v2{path}"))?;
    Some(path)
}

fn rename_in_path(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let paths: Vec<_> =
        document["paths"].as_object()?.keys().filter(|path| path.contains('{')).cloned().collect();
    let path = one(&paths, rng)?;
    let name = path.split('{').nth(1)?.split('}').next()?.to_owned();
    let new = path.replace(&format!("{{{name}}}"), "{other}");
    let item = document.pointer_mut(&format!("/paths/{}", step(&path)))?;
    let owners = [
        &["parameters"][..],
        &["get", "parameters"],
        &["put", "parameters"],
        &["post", "parameters"],
        &["patch", "parameters"],
        &["delete", "parameters"],
    ];
    for owner in owners {
        let list = owner.iter().try_fold(&mut *item, |node, key| node.get_mut(*key));
        for parameter in list.and_then(Value::as_array_mut).into_iter().flatten() {
            if parameter["in"] == "path" && parameter["name"] == *name {
                parameter["name"] = json!("other");
            }
        }
    }
    rename_path(document, &path, &new)?;
    Some(path)
}

fn reorder(document: &mut Value, rng: &mut Rng) -> Option<String> {
    shuffle(&mut document["paths"], rng)?;
    Some("paths".to_owned())
}

fn change_title(document: &mut Value, _: &mut Rng) -> Option<String> {
    let info = document["info"].as_object_mut()?;
    info.insert("title".to_owned(), json!("Another title"));
    Some("info".to_owned())
}

fn change_server(document: &mut Value, _: &mut Rng) -> Option<String> {
    let servers = json!([{"url": "https://other.example"}]);
    document.as_object_mut()?.insert("servers".to_owned(), servers);
    Some("servers".to_owned())
}

fn change_security(document: &mut Value, _: &mut Rng) -> Option<String> {
    let schemes = json!({"key": {"type": "apiKey", "in": "header", "name": "X-Key"}});
    document["components"].as_object_mut()?.insert("securitySchemes".to_owned(), schemes);
    document["security"] = json!([{"key": []}]);
    Some("security".to_owned())
}
