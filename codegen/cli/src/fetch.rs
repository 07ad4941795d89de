//! Fetches descriptions and computes their checksums.

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use codegen::Source;
use rustls::crypto::aws_lc_rs;
use sha2::{Digest, Sha256};
use ureq::tls::TlsConfig;

use crate::command_error::CommandError;

/// The maximum size of a description, in bytes.
const MAX_SIZE: u64 = 64 << 20;
const TIMEOUT: Duration = Duration::from_mins(1);

/// Returns the SHA-256 checksum in hexadecimal digits.
#[must_use]
pub fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns whether a text is an http or https URL.
#[must_use]
pub fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Checks that a description has the recorded checksum.
pub(crate) fn check(description: &Source, sha256: &str) -> Result<(), CommandError> {
    let found = checksum(&description.bytes);
    if found.eq_ignore_ascii_case(sha256) {
        return Ok(());
    }
    Err(CommandError::Checksum { what: description.name.clone(), expected: sha256.to_owned(), found })
}

/// Fetches a URL. URLs and redirects must be `https`, except URLs of this machine.
///
/// # Errors
///
/// Returns an error if it can't be fetched, or is larger than 64 MiB.
pub fn fetch(url: &str) -> Result<Vec<u8>, CommandError> {
    let failed = |problem: String| CommandError::Fetch { url: without_credentials(url), problem };
    let loopback = is_loopback(url);
    if !url.starts_with("https://") && !loopback {
        return Err(failed("http URLs are allowed only for this machine".to_owned()));
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let http: ureq::Agent = ureq::Agent::config_builder()
        .https_only(!loopback)
        .tls_config(TlsConfig::builder().unversioned_rustls_crypto_provider(provider).build())
        .timeout_global(Some(TIMEOUT))
        .max_redirects(if loopback { 0 } else { 5 })
        .user_agent(concat!("clientwright/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut response = http.get(url).call().map_err(|error| failed(error.to_string()))?;
    if !response.status().is_success() {
        return Err(failed(format!("the server responded with {}", response.status())));
    }
    let mut bytes = Vec::new();
    let read = response.body_mut().as_reader().take(MAX_SIZE + 1).read_to_end(&mut bytes);
    read.map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(failed(format!("it is larger than {} MiB", MAX_SIZE >> 20)));
    }
    Ok(bytes)
}

/// Returns the host of a URL, without a port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(url: &str) -> bool {
    let host = host(url);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Returns a URL without credentials and query, for messages.
fn without_credentials(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}/{path}")
}

#[cfg(test)]
mod tests {
    use super::{is_loopback, without_credentials};

    #[test]
    fn loopback_urls_are_recognized() {
        for url in
            ["http://localhost/a", "http://127.0.0.1:80", "http://[::1]:8080/x", "http://u:p@127.1.2.3/"]
        {
            assert!(is_loopback(url), "{url}");
        }
        for url in
            ["http://localhost.example.com", "http://127.0.0.1@example.com/", "http://example.com", "x"]
        {
            assert!(!is_loopback(url), "{url}");
        }
    }

    #[test]
    fn credentials_are_not_shown() {
        assert_eq!(without_credentials("https://u:p@example.com/a?token=b#c"), "https://example.com/a");
    }
}
