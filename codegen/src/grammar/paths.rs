//! The keys of path items, and path templates.

use serde_json::Value;

use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;

/// The keys of a path item that contain operations.
pub(crate) const METHODS: [&str; 9] =
    ["get", "put", "post", "patch", "delete", "options", "head", "trace", "query"];

/// The key of a path item for operations with other methods.
pub(crate) const ADDITIONAL: &str = "additionalOperations";

/// The keys of a document with webhooks: that of OpenAPI 3.1, and the extension that documents of OpenAPI 3.0 use.
pub(crate) const WEBHOOK_SECTIONS: [&str; 2] = ["webhooks", "x-webhooks"];

/// Holds the keys of a parameter that the expression of a path template stands for, in a document of Swagger 2.0, which has
/// no such keys.
pub(crate) const TEMPLATE_KEYS: &str = "x-normalized-template-keys";

/// Returns the operations of a path item: the method as it is sent, the location and the operation.
pub(crate) fn operations<'v>(
    item: &'v JsonObject,
    at: &Pointer,
) -> impl Iterator<Item = (String, Pointer, &'v Value)> {
    let known = METHODS.iter().filter_map(|key| Some((key.to_uppercase(), at.child(*key), item.get(*key)?)));
    let additional = item.get(ADDITIONAL).and_then(Value::as_object).into_iter().flatten();
    let at = at.child(ADDITIONAL);
    known.chain(additional.map(move |(method, value)| (method.clone(), at.child(method), value)))
}

/// Removes the names of the parameters from a path template: `/pets/{id}` becomes `/pets/{}`.
pub(crate) fn without_parameter_names(path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        text.push(c);
    }
    text
}
