//! The keys of path items, and path templates.

/// The keys of a path item that contain operations.
pub(crate) const METHODS: [&str; 9] =
    ["get", "put", "post", "patch", "delete", "options", "head", "trace", "query"];

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
