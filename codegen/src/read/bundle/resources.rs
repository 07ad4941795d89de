//! The schema resources of a file: schemas with an `$id`, and the anchors in them.

use std::collections::HashMap;

use serde_json::Value;

use crate::base::pointer::Pointer;
use crate::base::uri::resolved;

/// Keywords whose values are data: an `$id` in them is a property like any other.
const DATA: [&str; 6] = ["const", "default", "enum", "example", "examples", "value"];

/// The schema resources of a file. The file itself is the first one.
pub(super) struct Resources {
    list: Vec<Resource>,
    /// The pointers of the anchors, by the number of the resource and the name.
    anchors: HashMap<(usize, String), Pointer>,
}

/// A schema with an `$id`, or a file.
struct Resource {
    pointer: Pointer,
    /// Its absolute URI, or a path relative to the folder of the description.
    uri: String,
    /// Whether references may use the URI. A file without an `$id` is found by its path.
    has_id: bool,
}

impl Resources {
    /// Collects the resources of a file with a path.
    pub(super) fn new(path: &str, tree: &Value) -> Self {
        let own = tree.get("$self").and_then(Value::as_str).map(without_fragment);
        let file = Resource {
            pointer: Pointer::root(),
            uri: own.map_or_else(|| path.to_owned(), |own| resolved(path, own)),
            has_id: own.is_some(),
        };
        let mut resources = Self { list: vec![file], anchors: HashMap::new() };
        resources.collect(tree);
        resources
    }

    fn collect(&mut self, tree: &Value) {
        let mut todo = vec![(Pointer::root(), tree, 0)];
        while let Some((at, node, mut resource)) = todo.pop() {
            match node {
                Value::Object(entries) => {
                    let text = |key: &str| entries.get(key).and_then(Value::as_str);
                    if let Some(id) = text("$id") {
                        resource = self.add(&at, id, resource);
                    }
                    for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                        self.add_anchor(&at, name, resource);
                    }
                    let schemas = entries.iter().rev().filter(|(key, value)| !is_data(key, value));
                    todo.extend(schemas.map(|(key, value)| (at.child(key), value, resource)));
                }
                Value::Array(items) => {
                    let items = items.iter().enumerate().rev();
                    todo.extend(items.map(|(index, item)| (at.index(index), item, resource)));
                }
                _ => {}
            }
        }
    }

    /// Adds the resource of an `$id`, and returns its number. An `$id` that is only a fragment was an anchor before
    /// JSON Schema 2019-09.
    fn add(&mut self, at: &Pointer, id: &str, parent: usize) -> usize {
        if let Some(anchor) = id.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
            self.add_anchor(at, anchor, parent);
            return parent;
        }
        let uri = resolved(&self.list[parent].uri, without_fragment(id));
        self.list.push(Resource { pointer: at.clone(), uri, has_id: true });
        self.list.len() - 1
    }

    fn add_anchor(&mut self, at: &Pointer, name: &str, resource: usize) {
        self.anchors.entry((resource, name.to_owned())).or_insert_with(|| at.clone());
    }

    /// Returns the innermost resource around a node, and its URI.
    pub(super) fn around(&self, node: &Pointer) -> (&Pointer, &str) {
        let resource = self.list.iter().rev().find(|resource| node.below(&resource.pointer).is_some());
        resource.map_or((&self.list[0].pointer, ""), |resource| (&resource.pointer, &resource.uri))
    }

    /// Returns the resource with a URI.
    pub(super) fn by_uri(&self, uri: &str) -> Option<&Pointer> {
        let found = self.list.iter().find(|resource| resource.has_id && resource.uri == uri);
        found.map(|resource| &resource.pointer)
    }

    /// Returns the node with an anchor, of the resource around another node. Anchors of resources within it are not its
    /// own.
    pub(super) fn anchor(&self, around: &Pointer, name: &str) -> Option<&Pointer> {
        let resource = self.list.iter().rposition(|resource| around.below(&resource.pointer).is_some())?;
        self.anchors.get(&(resource, name.to_owned()))
    }
}

/// Returns whether a key has data as its value. Such a name may also be that of a property, whose value is a schema.
fn is_data(key: &str, value: &Value) -> bool {
    DATA.contains(&key) && value.get("type").is_none() && value.get("$ref").is_none()
}

fn without_fragment(uri: &str) -> &str {
    uri.split('#').next().unwrap_or_default()
}
