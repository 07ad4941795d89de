//! The HTTP client of a browser. The browser decides about connections, TLS, redirects and compression.

use super::base_url::BaseUrl;
use super::builder::Settings;
use crate::error::ConfigProblem;

impl Settings {
    /// Creates the HTTP client.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as for a machine")]
    pub(super) fn http(&self, _: &BaseUrl) -> Result<reqwest::Client, ConfigProblem> {
        Ok(reqwest::Client::new())
    }
}
