//! The HTTP client of a machine, with its settings.

use std::sync::Arc;

use reqwest::Proxy;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use super::base_url::{self, BaseUrl};
use super::builder::{ClientBuilder, Settings};
use super::tls;
use crate::error::ConfigProblem;

impl<C> ClientBuilder<C> {
    /// Sets the HTTP client that sends the requests, as a builder.
    ///
    /// The timeouts, proxy, user agent, compression and TLS settings of that builder then apply, and those of this one
    /// have no effect, except for the timeout until the head of a stream or download has arrived. Its redirect policy is
    /// replaced: redirects are never followed, because that would send keys and tokens to another host.
    pub fn http_client(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.settings.http_client = Some(builder.redirect(Policy::none()).build().map_err(Arc::new));
        self
    }
}

impl Settings {
    /// Sets which compression of responses is accepted. It is on by default if another crate enables these features of
    /// `reqwest`.
    #[cfg_attr(
        not(any(feature = "gzip", feature = "brotli", feature = "zstd")),
        expect(clippy::unused_self, reason = "nothing is accepted without these features")
    )]
    fn compressed(&self, http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let http = http.no_gzip().no_brotli().no_zstd().no_deflate();
        #[cfg(feature = "gzip")]
        let http = http.gzip(self.compression);
        #[cfg(feature = "brotli")]
        let http = http.brotli(self.compression);
        #[cfg(feature = "zstd")]
        let http = http.zstd(self.compression);
        http
    }

    /// Creates the HTTP client.
    pub(super) fn http(&self, base: &BaseUrl) -> Result<reqwest::Client, ConfigProblem> {
        let user_agent = HeaderValue::from_str(&self.user_agent).map_err(|_| ConfigProblem::UserAgent)?;
        let tls = tls::config(base.is_https()).map_err(ConfigProblem::Tls)?;
        let mut http = self
            .compressed(reqwest::Client::builder())
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .connect_timeout(self.connect_timeout)
            .user_agent(user_agent);
        if let Some(url) = &self.proxy {
            let proxy = base_url::parse_proxy(url).and_then(|url| Proxy::all(url).ok());
            http = http.proxy(proxy.ok_or(ConfigProblem::Proxy)?);
        } else if base.is_loopback() {
            http = http.no_proxy();
        }
        http.build().map_err(|error| ConfigProblem::Http(Arc::new(error)))
    }
}
