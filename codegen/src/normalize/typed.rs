//! From the normalized tree to the typed document.

use openapiv3::{Components, OpenAPI};
use serde::Deserialize as _;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::normalized::Normalized;
use crate::base::cores;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;

/// Spots that may be left out before the document counts as unreadable.
const MAX_LEFT_OUT: usize = 1000;

/// The document as the library types it.
pub(crate) struct Typed(pub(crate) OpenAPI);

/// Reads the tree. `None` where nothing is left, or where mistakes are errors.
pub(crate) fn typed(normalized: Normalized, findings: &mut Findings) -> Option<Typed> {
    let Normalized(mut tree) = normalized;
    read(&mut tree, findings).map(Typed)
}

/// Reads the tree; a spot that can't be read is a mistake and left out. `None` where nothing is left, or where
/// mistakes are errors.
fn read(tree: &mut Value, findings: &mut Findings) -> Option<OpenAPI> {
    // Whoever keeps track of where an error is takes longer, and most documents have none.
    if let Some(typed) = flawless(tree) {
        return Some(typed);
    }
    for _ in 0..MAX_LEFT_OUT {
        let error = match serde_path_to_error::deserialize::<_, OpenAPI>(&*tree) {
            Ok(typed) => return Some(typed),
            Err(error) => error,
        };
        let pointer = pointer(error.path());
        // What was found before is the cause, and says more.
        if !findings.has_errors() {
            let message = format!("the description can't be read here: {}", error.inner());
            findings.mistake(&pointer, message, "mend the value; an overlay can do it");
        }
        if findings.has_errors() || !leave_out(tree, &pointer) {
            break;
        }
    }
    if !findings.has_errors() {
        let help = "see the warnings for what can't be read";
        findings.error(&Pointer::root(), "too little of the description can be read", help);
    }
    None
}

/// Reads a tree in which nothing is wrong; its components, which are about half of it, beside the rest.
fn flawless(tree: &mut Value) -> Option<OpenAPI> {
    let components = tree.get_mut("components").map(Value::take);
    let read = || components.as_ref().map(Option::<Components>::deserialize);
    let (read, rest) = cores::join(read, || OpenAPI::deserialize(&*tree));
    if let Some((place, components)) = tree.get_mut("components").zip(components) {
        *place = components;
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

/// Empties a component schema, so that references to it still lead somewhere; takes anything else away.
fn leave_out(tree: &mut Value, at: &Pointer) -> bool {
    let at = at.existing(tree);
    if matches!(at.tokens(), [components, schemas, _] if components == "components" && schemas == "schemas") {
        let Some(schema) = tree.pointer_mut(&at.to_path()) else { return false };
        *schema = Value::Object(serde_json::Map::new());
        return true;
    }
    at.remove_from(tree).is_some()
}
