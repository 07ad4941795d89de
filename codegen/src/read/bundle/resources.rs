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
    /// The number of each resource, by its pointer.
    by_pointer: HashMap<Pointer, usize>,
    /// The number of the first resource with each URI.
    by_uri: HashMap<String, usize>,
    /// The pointers of the anchors, by the number of the resource and the name.
    anchors: HashMap<(usize, String), Pointer>,
}

/// A schema with an `$id`, or a file.
struct Resource {
    pointer: Pointer,
    /// Its absolute URI, or a path relative to the folder of the description.
    uri: String,
}

impl Resources {
    /// Collects the resources of a file with a path.
    pub(super) fn new(path: &str, tree: &Value) -> Self {
        let own = tree.get("$self").and_then(Value::as_str).map(without_fragment);
        let file = Resource {
            pointer: Pointer::root(),
            uri: own.map_or_else(|| path.to_owned(), |own| resolved(path, own)),
        };
        let mut resources = Self {
            by_pointer: HashMap::from([(Pointer::root(), 0)]),
            // A file without a URI of its own is found by its path.
            by_uri: own.map(|_| (file.uri.clone(), 0)).into_iter().collect(),
            list: vec![file],
            anchors: HashMap::new(),
        };
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
        let number = self.list.len();
        self.by_pointer.insert(at.clone(), number);
        self.by_uri.entry(uri.clone()).or_insert(number);
        self.list.push(Resource { pointer: at.clone(), uri });
        number
    }

    fn add_anchor(&mut self, at: &Pointer, name: &str, resource: usize) {
        self.anchors.entry((resource, name.to_owned())).or_insert_with(|| at.clone());
    }

    /// Returns the innermost resource around a node, and its URI.
    pub(super) fn around(&self, node: &Pointer) -> (&Pointer, &str) {
        let resource = &self.list[self.number_around(node)];
        (&resource.pointer, &resource.uri)
    }

    /// Returns the number of the innermost resource around a node. The file contains all nodes.
    fn number_around(&self, node: &Pointer) -> usize {
        let mut ancestors = std::iter::successors(Some(node.clone()), Pointer::parent);
        ancestors.find_map(|ancestor| self.by_pointer.get(&ancestor).copied()).unwrap_or_default()
    }

    /// Returns the resource with a URI.
    pub(super) fn by_uri(&self, uri: &str) -> Option<&Pointer> {
        self.by_uri.get(uri).map(|number| &self.list[*number].pointer)
    }

    /// Returns the node with an anchor, of the resource around another node. Anchors of resources within it are not its
    /// own.
    pub(super) fn anchor(&self, around: &Pointer, name: &str) -> Option<&Pointer> {
        self.anchors.get(&(self.number_around(around), name.to_owned()))
    }
}

/// Returns whether a key has data as its value. Such a name may also be that of a property, whose value is a schema.
fn is_data(key: &str, value: &Value) -> bool {
    DATA.contains(&key) && value.get("type").is_none() && value.get("$ref").is_none()
}

fn without_fragment(uri: &str) -> &str {
    uri.split('#').next().unwrap_or_default()
}
