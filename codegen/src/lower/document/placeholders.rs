//! Names in braces, of path templates and of server URLs.

/// The names in braces, each once.
pub(in crate::lower) fn placeholders(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (name, _) in path.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
