//! Requests for access tokens.

use http::Method;
use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use serde_json::Value;

use super::attempt::Attempt;
use super::open_response::OpenResponse;
use super::sender::{Sender, http_request};
use crate::api::TokenRequestFormat;
use crate::client::base_url::BaseUrl;
use crate::error::{ErrorKind, TransportFailure};
use crate::percent::percent_encode;
use crate::request::{FORM, JSON};
use crate::secrets::Secrets;

impl Sender {
    /// Sends a grant to a token URL, or that of the description, without credentials in the head. `secrets` are the values that no error may show.
    pub(in crate::client) async fn request_token(
        &self,
        url: Option<&str>,
        grant: &[(&str, &str)],
        secrets: Secrets,
    ) -> Result<OpenResponse, TransportFailure> {
        let url = url.or(self.api.declared_token_url()).unwrap_or_default();
        let url = if url.starts_with('/') { self.base.join(url) } else { url.to_owned() };
        let url = Url::parse(&url)
            .map_err(|error| TransportFailure::of_kind(ErrorKind::Other, false).with_source(error.into()))?;
        if !matches!(url.scheme(), "https")
            && !self.allow_insecure_http
            && !BaseUrl::of_request(&url).is_loopback()
        {
            let problem = "the token URL must begin with `https://`";
            return Err(TransportFailure::of_kind(ErrorKind::Other, false).with_source(problem.into()));
        }
        let (content_type, body) = if self.api.token_request_format() == TokenRequestFormat::Json {
            let properties = grant.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
            (JSON, Value::Object(properties.collect()).to_string())
        } else {
            let pairs = grant
                .iter()
                .map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value)));
            (FORM, pairs.collect::<Vec<_>>().join("&"))
        };
        let mut request = http_request(Method::POST, &url, body.into())?;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static(JSON));
        let attempt = Attempt { operation: None, number: 1 };
        let response = self.execute(request, &url, attempt, (None, false), None, |_| false).await;
        let (response, limits) = response.map_err(|failure| failure.redacted(&secrets))?;
        Ok(OpenResponse::new(response, self.api, limits, secrets).hiding_body())
    }
}
