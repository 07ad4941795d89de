//! Where the API is: host, path and schemes become URLs.

use serde_json::{Value, json};

use super::entries::text;
use crate::base::json_object::JsonObject;

/// Where the API is: its host and the path before all paths.
pub(super) struct Address {
    /// Host and port. `None` if the host is that of the document.
    pub(super) host: Option<String>,
    /// The scheme that is written before the host by mistake.
    scheme: Option<String>,
    /// The path, without a slash at its end.
    base_path: String,
}

impl Address {
    pub(super) fn of(root: &JsonObject) -> Self {
        let host = text(root, "host").trim().trim_end_matches('/');
        let (scheme, host) = match host.split_once("://") {
            Some((scheme, host)) => (Some(scheme.to_lowercase()), host),
            None => (None, host),
        };
        let base_path = text(root, "basePath").trim().trim_matches('/');
        Self {
            host: (!host.is_empty()).then(|| host.to_owned()),
            scheme,
            base_path: if base_path.is_empty() { String::new() } else { format!("/{base_path}") },
        }
    }

    /// Returns the URLs with these schemes. Without any, the scheme is that before the host, or the usual one.
    pub(super) fn urls(&self, schemes: &[&str]) -> Vec<String> {
        let Some(host) = &self.host else { return Vec::from_iter(self.relative()) };
        let usual = if is_local(host) { "http" } else { "https" };
        let fallback = [self.scheme.as_deref().unwrap_or(usual)];
        let schemes = if schemes.is_empty() { fallback.as_slice() } else { schemes };
        schemes.iter().map(|scheme| format!("{scheme}://{host}{}", self.base_path)).collect()
    }

    fn relative(&self) -> Option<String> {
        (!self.base_path.is_empty()).then(|| self.base_path.clone())
    }
}

/// Returns servers with these URLs.
pub(super) fn of_urls(urls: &[String]) -> Value {
    urls.iter().map(|url| of_url(url)).collect()
}

/// Returns a server. Swagger 2.0 has no server variables, but documents have hosts such as `{name}.example.com`.
fn of_url(url: &str) -> Value {
    let names = url.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    let variables: JsonObject = names.map(|name| (name.to_owned(), json!({"default": ""}))).collect();
    if variables.is_empty() { json!({"url": url}) } else { json!({"url": url, "variables": variables}) }
}

/// Returns whether a host is the computer of the client.
fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"].contains(&name)
}
