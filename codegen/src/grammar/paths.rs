//! The keys of the Paths Object, and of what stands below them.

/// Keys of a path item that hold operations.
pub(crate) const METHODS: [&str; 9] =
    ["get", "put", "post", "patch", "delete", "options", "head", "trace", "query"];

/// A path without what its parameters are called.
pub(crate) fn skeleton(path: &str) -> String {
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
