//! What can be read as it stands, and is probably a mistake all the same.
//!
//! Each check must be right nearly always: one that fires in many honest documents teaches people to look away.
//! So what is only unusual, or bad style, is not looked for. Nothing is changed here, and later stages don't see
//! what was found.

mod operation;
mod schema;
mod values;

use serde_json::{Map, Value};

use crate::diagnostic::Findings;
use crate::normalize::Path;
use crate::normalize::grammar::{Kind, Shape};

type Entries = Map<String, Value>;

/// Looks through a description whose references have their one form.
pub(crate) fn check(tree: &Value, findings: &mut Findings) {
    let mut checker = Checker { tree, findings };
    if tree.get("openapi").is_some_and(Value::is_string) {
        checker.node(Kind::Root, &Path::Root, tree);
    }
}

struct Checker<'v, 'f> {
    tree: &'v Value,
    findings: &'f mut Findings,
}

impl<'v> Checker<'v, '_> {
    fn node(&mut self, kind: Kind, at: &Path<'_>, value: &'v Value) {
        let Value::Object(entries) = value else { return };
        match kind {
            Kind::Root => self.security(at, entries),
            Kind::Server => self.server(at, entries),
            Kind::ServerVariable => self.default_in_enum(at, entries),
            Kind::Paths => self.paths(at, entries),
            Kind::Operation => self.operation(at, entries),
            Kind::Responses => self.responses(at, entries),
            Kind::Parameter | Kind::Header | Kind::MediaType => self.example(at, entries),
            Kind::Schema => self.schema(at, entries),
            Kind::Discriminator => self.discriminator(at, entries),
            _ => {}
        }
        let fields = kind.fields();
        for (key, child) in entries {
            let shape = match fields.iter().find(|(name, _)| name == key) {
                Some((_, shape)) => Some(*shape),
                None if key.starts_with("x-") => None,
                None => kind.pattern(),
            };
            if let Some(shape) = shape {
                self.child(shape, &Path::Key(at, key), child);
            }
        }
    }

    fn child(&mut self, shape: Shape, at: &Path<'_>, value: &'v Value) {
        match (shape, value) {
            (Shape::Node(kind) | Shape::NodeOrNodes(kind), Value::Object(_)) => self.node(kind, at, value),
            (Shape::Nodes(kind) | Shape::NodeOrNodes(kind), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.node(kind, &Path::Index(at, index), item);
                }
            }
            (Shape::Map(kind), Value::Object(entries)) => {
                for (key, entry) in entries {
                    self.node(kind, &Path::Key(at, key), entry);
                }
            }
            _ => {}
        }
    }

    /// The component that a reference leads to, or the node itself.
    fn resolve(&self, mut value: &'v Value) -> &'v Value {
        /// A circle is a mistake that is told of elsewhere.
        const FAR_ENOUGH: usize = 16;
        for _ in 0..FAR_ENOUGH {
            let reference = value.as_object().and_then(|entries| entries.get("$ref")).and_then(Value::as_str);
            let Some(pointer) = reference.and_then(|reference| reference.strip_prefix('#')) else { break };
            let Some(target) = self.tree.pointer(pointer) else { break };
            value = target;
        }
        value
    }

    fn warn(&mut self, at: &Path<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.findings.warning(&at.to_pointer(), message, help);
    }
}

/// The names in braces.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
