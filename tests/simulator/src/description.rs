//! The description with its overlays, and its operations. Read once, and shared by all simulators of a process.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use clientwright::project::Project;
use jsonschema::Validator;
use serde_json::Value;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The validators by name, created on first use; or why a schema has no validator.
pub(crate) type Validators = Mutex<BTreeMap<String, Result<Arc<Validator>, String>>>;

/// The description with its overlays, and its operations.
pub(crate) struct Description {
    pub(crate) tree: Value,
    pub(crate) operations: Vec<Operation>,
    /// The validators of its schemas.
    pub(crate) validators: Validators,
}

/// An operation of the description.
pub(crate) struct Operation {
    pub(crate) id: String,
    /// The method in upper case.
    pub(crate) method: String,
    segments: Vec<Segment>,
    /// The operation object.
    pub(crate) node: Value,
    /// The parameters of the operation and its path item, with references resolved.
    pub(crate) parameters: Vec<Value>,
}

enum Segment {
    Literal(String),
    Parameter(String),
}

/// The names and values of path parameters.
pub(crate) type PathParameters = Vec<(String, String)>;

impl Description {
    /// Returns the project's own description.
    ///
    /// # Errors
    ///
    /// Returns the rendered diagnostics if the description can't be read.
    pub(crate) fn of_project() -> Result<&'static Self, String> {
        static READ: OnceLock<Result<Description, String>> = OnceLock::new();
        READ.get_or_init(Self::read).as_ref().map_err(Clone::clone)
    }

    fn read() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let project = Project::load(&root.join("generated/clientwright.toml"), &root);
        let (spec, overlays) =
            project.and_then(|project| project.read()).map_err(|failure| failure.to_string())?;
        let output = codegen::generate(&spec, &overlays).map_err(|report| report.to_string())?;
        Ok(Self::new(output.patched))
    }

    fn new(tree: Value) -> Self {
        let mut operations = Vec::new();
        for (template, item) in tree["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                if let Some(node) = item.get(method) {
                    operations.push(Operation::new(&tree, template, item, method, node));
                }
            }
        }
        Self { tree, operations, validators: Validators::default() }
    }

    /// Finds the operation of a request. A path template with fewer parameters takes precedence.
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<(&Operation, PathParameters)> {
        let matches = self.operations.iter().filter(|operation| operation.method == method);
        matches
            .filter_map(|operation| Some((operation, operation.matches(path)?)))
            .min_by_key(|(_, parameters)| parameters.len())
    }
}

impl Operation {
    fn new(tree: &Value, template: &str, item: &Value, method: &str, node: &Value) -> Self {
        let segments = template.split('/').map(|part| match part.strip_prefix('{') {
            Some(name) => Segment::Parameter(name.trim_end_matches('}').to_owned()),
            None => Segment::Literal(part.to_owned()),
        });
        let parameters =
            [item, node].into_iter().filter_map(|owner| owner["parameters"].as_array()).flatten();
        Self {
            id: node["operationId"].as_str().unwrap_or_default().to_owned(),
            method: method.to_uppercase(),
            segments: segments.collect(),
            node: node.clone(),
            parameters: parameters.map(|parameter| resolve(tree, parameter).clone()).collect(),
        }
    }

    fn matches(&self, path: &str) -> Option<PathParameters> {
        let parts: Vec<&str> = path.split('/').collect();
        if parts.len() != self.segments.len() {
            return None;
        }
        let mut parameters = Vec::new();
        for (segment, part) in self.segments.iter().zip(parts) {
            match segment {
                Segment::Literal(text) if text == part => {}
                Segment::Parameter(name) if !part.is_empty() => {
                    parameters.push((name.clone(), part.to_owned()))
                }
                _ => return None,
            }
        }
        Some(parameters)
    }
}

/// Resolves a reference; returns any other node unchanged.
pub(crate) fn resolve<'a>(tree: &'a Value, node: &'a Value) -> &'a Value {
    let target = node["$ref"].as_str().and_then(|reference| tree.pointer(reference.strip_prefix('#')?));
    target.unwrap_or(node)
}
