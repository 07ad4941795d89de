//! Deserializes the normalized tree into the types of `openapiv3`.

use openapiv3::{Components, OpenAPI};
use serde::Deserialize as _;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::normalized::Normalized;
use crate::base::diagnostic::Findings;
use crate::base::parallel;
use crate::base::pointer::Pointer;

/// Maximum number of invalid parts that are left out.
const MAX_LEFT_OUT: usize = 1000;

/// The document in the types of `openapiv3`.
pub(crate) struct TypedDocument(pub(crate) OpenAPI);

/// Deserializes the tree. Returns `None` if that failed, or problems are errors.
pub(crate) fn deserialized(normalized: Normalized, findings: &mut Findings) -> Option<TypedDocument> {
    let Normalized(mut tree) = normalized;
    read(&mut tree, findings).map(TypedDocument)
}

/// Deserializes the tree. An invalid part is reported and left out.
fn read(tree: &mut Value, findings: &mut Findings) -> Option<OpenAPI> {
    // Tracking the path of errors takes longer, and most documents have none.
    if let Some(typed) = read_valid(tree) {
        return Some(typed);
    }
    for _ in 0..MAX_LEFT_OUT {
        let error = match serde_path_to_error::deserialize::<_, OpenAPI>(&*tree) {
            Ok(typed) => return Some(typed),
            Err(error) => error,
        };
        let pointer = pointer(error.path());
        // An earlier finding is the cause, and has the better message.
        if !findings.has_errors() {
            let message = format!("invalid description: {}", error.inner());
            findings.problem(&pointer, message, "fix the value, for example with an overlay");
        }
        if findings.has_errors() || !leave_out(tree, &pointer) {
            break;
        }
    }
    if !findings.has_errors() {
        let help = "see the warnings for the invalid parts";
        findings.error(&Pointer::root(), "too many parts of the description are invalid", help);
    }
    None
}

/// Deserializes a valid tree. The components, which are about half of it, are deserialized on another thread.
fn read_valid(tree: &mut Value) -> Option<OpenAPI> {
    let components = tree.get_mut("components").map(Value::take);
    let read = || components.as_ref().map(Option::<Components>::deserialize);
    let (read, rest) = parallel::join(read, || OpenAPI::deserialize(&*tree));
    if let Some((slot, components)) = tree.get_mut("components").zip(components) {
        *slot = components;
    }
    let components = read.transpose().ok()?.flatten();
    Some(OpenAPI { components, ..rest.ok()? })
}

fn pointer(path: &serde_path_to_error::Path) -> Pointer {
    let tokens = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        _ => None,
    });
    tokens.collect()
}

/// Empties a component schema, so that references to it still resolve. Removes any other part.
fn leave_out(tree: &mut Value, at: &Pointer) -> bool {
    let at = at.existing(tree);
    if matches!(at.tokens(), [components, schemas, _] if components == "components" && schemas == "schemas") {
        let Some(schema) = tree.pointer_mut(&at.to_path()) else { return false };
        *schema = Value::Object(serde_json::Map::new());
        return true;
    }
    at.remove_from(tree).is_some()
}
