//! The base URL of a client, and which URLs are below it.

use std::net::IpAddr;

use reqwest::Url;

use crate::error::{ConfigProblem, TransportFailure};

/// Parses the URL of a proxy. The reason why it isn't accepted is not returned, since it may contain a password.
#[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "a browser has its own"))]
pub(super) fn parse_proxy(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The URL that the paths of requests are appended to. It may have a path.
#[derive(Clone, Debug)]
pub(super) struct BaseUrl(Url);

impl BaseUrl {
    /// Creates a base URL from the URL of a request.
    pub(super) fn of_request(url: &Url) -> Self {
        Self(url.clone())
    }

    /// Parses a base URL.
    pub(super) fn parse(text: &str) -> Result<Self, ConfigProblem> {
        let url = Url::parse(text).map_err(|_| ConfigProblem::BaseUrl("it must look like `https://host`"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ConfigProblem::BaseUrl("it must begin with `https://`"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ConfigProblem::BaseUrl("it must not contain credentials: use `auth`"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(ConfigProblem::BaseUrl("it must not have a query or a fragment"));
        }
        Ok(Self(url))
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns a URL with the same scheme, host and port, and another path.
    pub(super) fn with_path(&self, path: &str) -> Self {
        let mut url = self.0.clone();
        url.set_path(path);
        Self(url)
    }

    /// Rejects plain HTTP to another machine, unless it is allowed.
    pub(super) fn check_https(&self, allow_insecure_http: bool) -> Result<(), ConfigProblem> {
        let is_secure = self.is_https() || self.is_loopback() || allow_insecure_http;
        if is_secure { Ok(()) } else { Err(ConfigProblem::Insecure) }
    }

    pub(super) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Returns true if the host is this machine.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        ip.map_or(host == "localhost", |ip| ip.is_loopback())
    }

    /// Appends a path and query, which begin with a slash.
    pub(super) fn join(&self, target: &str) -> String {
        format!("{}{target}", self.as_str().trim_end_matches('/'))
    }

    /// Returns the host of a URL that the server returned.
    pub(super) fn host_of(&self, url: &str) -> Option<String> {
        self.0.join(url).ok()?.host_str().map(str::to_owned)
    }

    /// Returns true if a URL has the same scheme, host and port.
    pub(super) fn is_origin_of(&self, url: &Url) -> bool {
        url.origin() == self.0.origin()
    }

    /// Returns true if another base URL has the same scheme, host and port.
    pub(super) fn is_same_origin(&self, other: &Self) -> bool {
        self.is_origin_of(&other.0)
    }

    /// Returns the path and query of a URL that the server returned, relative to the base URL.
    pub(super) fn relative(&self, url: &str) -> Result<String, TransportFailure> {
        let cross_origin = || TransportFailure::cross_origin(self.host_of(url));
        let url = self.0.join(url).map_err(|_| cross_origin())?;
        let below = url.path().strip_prefix(self.0.path().trim_end_matches('/'));
        match below {
            Some(path) if path.starts_with('/') && self.is_origin_of(&url) => {
                Ok(url.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
            }
            _ => Err(cross_origin()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;
    use crate::Error;

    #[test]
    fn a_url_of_the_server_becomes_a_path_and_query() {
        let base = BaseUrl::parse("https://api.example.com").unwrap();
        for (url, target) in [
            ("https://api.example.com/api/v2/x.json?a=1&b=%5B%2F", "/api/v2/x.json?a=1&b=%5B%2F"),
            ("https://API.example.com:443/api?cursor=MTU3Ni4wfHw0NjI%3D#f", "/api?cursor=MTU3Ni4wfHw0NjI%3D"),
            ("https://api.example.com", "/"),
            ("/api/v2/y", "/api/v2/y"),
            ("?a=2", "/?a=2"),
        ] {
            assert_eq!(base.relative(url).unwrap(), target, "{url}");
        }
    }

    #[test]
    fn a_base_url_has_no_credentials_query_or_fragment() {
        for url in ["https://me@host", "https://:secret@host", "https://me:secret@host"] {
            let error = BaseUrl::parse(url).map(|_| ()).map_err(Error::from).unwrap_err().to_string();
            assert!(error.contains("must not contain credentials") && !error.contains("secret"), "{error}");
        }
        for url in ["https://host?a=1", "https://host/b#c", "https://host?", "ftp://host", "host"] {
            assert!(BaseUrl::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn other_urls_are_rejected_and_only_their_host_is_reported() {
        let base = BaseUrl::parse("https://api.example.com").unwrap();
        for (url, host) in [
            ("https://evil.example/api?token=s3cret", Some("evil.example")),
            ("//evil.example/api", Some("evil.example")),
            ("https://api.example.com@evil.example/", Some("evil.example")),
            ("https://api.example.com.evil.example/", Some("api.example.com.evil.example")),
            ("http://api.example.com/api", Some("api.example.com")),
            ("https://api.example.com:8443/api", Some("api.example.com")),
            ("data:text/plain,s3cret", None),
            ("https://", None),
        ] {
            let error = Error::from(base.relative(url).unwrap_err());
            assert_eq!(error.rejected_host(), host, "{url}");
            assert!(!format!("{error:#} {error:?}").contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn the_path_of_the_base_url_is_removed() {
        let base = BaseUrl::parse("http://localhost:8080/proxy/").unwrap();
        assert_eq!(base.join("/api?x"), "http://localhost:8080/proxy/api?x");
        assert_eq!(base.relative("http://localhost:8080/proxy/api?x").unwrap(), "/api?x");
        for url in [
            "http://localhost:8080/api",
            "http://localhost:8080/proxyed/api",
            "http://localhost:8080/proxy/../api",
            "http://localhost:8080/proxy/%2e%2e/api",
        ] {
            assert!(base.relative(url).is_err(), "{url}");
        }
    }
}
