//! The base paths of servers.

use serde_json::Value;

use crate::schema::tree::{entries, items, text};

/// Returns the base paths of the servers of a node, as path templates without a slash at the end.
pub(super) fn base_paths(node: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    for server in items(node, "servers") {
        let Some(url) = text(server, "url") else { continue };
        let mut filled = url.to_owned();
        for (name, variable) in entries(server, "variables") {
            filled = filled.replace(&format!("{{{name}}}"), text(variable, "default").unwrap_or_default());
        }
        for url in [filled.as_str(), url] {
            let path = base_path(url);
            if !path.is_empty() && !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    paths
}

fn base_path(url: &str) -> String {
    let after_host = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => url,
    };
    let path = after_host.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::base_paths;

    #[test]
    fn a_base_path_has_no_host_and_no_slash_at_the_end() {
        let servers = json!({"servers": [
            {"url": "https://api.test"}, {"url": "https://api.test/v1/"}, {"url": "/v2"}, {"url": "v3"},
            {"url": "https://{host}/{version}", "variables": {"host": {"default": "a.test"}, "version": {"default": "4/5"}}},
        ]});
        assert_eq!(base_paths(&servers), ["/v1", "/v2", "/v3", "/4/5", "/{version}"]);
    }
}
