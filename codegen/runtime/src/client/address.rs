//! Where the client leads, and which addresses are still there.

use std::net::IpAddr;

use reqwest::Url;

use crate::error::{ConfigError, Problem, TransportError};

/// An address of a proxy; what is wrong with another one is not told, because it may hold a password.
pub(super) fn proxy(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The address that the paths of requests are added to; it may have a path of its own.
#[derive(Clone, Debug)]
pub(super) struct BaseUrl(Url);

impl BaseUrl {
    /// That of a request.
    pub(super) fn of(url: &Url) -> Self {
        Self(url.clone())
    }

    /// Reads an address.
    pub(super) fn parse(text: &str) -> Result<Self, ConfigError> {
        let refused = |reason| ConfigError::new(Problem::BaseUrl(reason));
        let url = Url::parse(text).map_err(|_| refused("it looks like `https://host`"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused("it begins with `https://`"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("credentials do not belong into it: use `auth`"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("it ends before the query"));
        }
        Ok(Self(url))
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The same host with another path.
    pub(super) fn with_path(&self, path: &str) -> Self {
        let mut url = self.0.clone();
        url.set_path(path);
        Self(url)
    }

    /// Refuses plain http to other machines than this one, unless that is allowed.
    pub(super) fn check_encryption(&self, allow_insecure_http: bool) -> Result<(), ConfigError> {
        let fine = self.is_encrypted() || self.is_loopback() || allow_insecure_http;
        if fine { Ok(()) } else { Err(ConfigError::new(Problem::Insecure)) }
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether it leads to this machine.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        address.map_or(host == "localhost", |address| address.is_loopback())
    }

    /// The whole address of a path and query, which begins with a slash.
    pub(super) fn with(&self, target: &str) -> String {
        format!("{}{target}", self.as_str().trim_end_matches('/'))
    }

    /// The host that an address of the server points to.
    pub(super) fn host_of(&self, address: &str) -> Option<String> {
        self.0.join(address).ok()?.host_str().map(str::to_owned)
    }

    /// Whether an address has the same scheme, host and port.
    pub(super) fn is_origin_of(&self, url: &Url) -> bool {
        url.origin() == self.0.origin()
    }

    /// Path and query of an address, below this one.
    pub(super) fn target(&self, address: &str) -> Result<String, TransportError> {
        let foreign = || TransportError::foreign_address(self.host_of(address));
        let url = self.0.join(address).map_err(|_| foreign())?;
        let below = url.path().strip_prefix(self.0.path().trim_end_matches('/'));
        match below {
            Some(path) if path.starts_with('/') && self.is_origin_of(&url) => {
                Ok(url.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
            }
            _ => Err(foreign()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn addresses_of_the_server_stay_on_it() {
        let base = BaseUrl::parse("https://api.example.com").unwrap();
        for (address, target) in [
            ("https://api.example.com/api/v2/x.json?a=1&b=%5B%2F", "/api/v2/x.json?a=1&b=%5B%2F"),
            ("https://API.example.com:443/api?cursor=MTU3Ni4wfHw0NjI%3D#f", "/api?cursor=MTU3Ni4wfHw0NjI%3D"),
            ("https://api.example.com", "/"),
            ("/api/v2/y", "/api/v2/y"),
            ("?a=2", "/?a=2"),
        ] {
            assert_eq!(base.target(address).unwrap(), target, "{address}");
        }
    }

    #[test]
    fn other_addresses_are_refused_by_host_alone() {
        let base = BaseUrl::parse("https://api.example.com").unwrap();
        for (address, host) in [
            ("https://evil.example/api?token=s3cret", Some("evil.example")),
            ("//evil.example/api", Some("evil.example")),
            ("https://api.example.com@evil.example/", Some("evil.example")),
            ("https://api.example.com.evil.example/", Some("api.example.com.evil.example")),
            ("http://api.example.com/api", Some("api.example.com")),
            ("https://api.example.com:8443/api", Some("api.example.com")),
            ("data:text/plain,s3cret", None),
            ("https://", None),
        ] {
            let error = base.target(address).unwrap_err();
            assert_eq!(error.host(), host, "{address}");
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn paths_of_the_base_are_taken_off() {
        let base = BaseUrl::parse("http://localhost:8080/proxy/").unwrap();
        assert_eq!(base.with("/api?x"), "http://localhost:8080/proxy/api?x");
        assert_eq!(base.target("http://localhost:8080/proxy/api?x").unwrap(), "/api?x");
        for address in [
            "http://localhost:8080/api",
            "http://localhost:8080/proxyed/api",
            "http://localhost:8080/proxy/../api",
            "http://localhost:8080/proxy/%2e%2e/api",
        ] {
            assert!(base.target(address).is_err(), "{address}");
        }
    }
}
