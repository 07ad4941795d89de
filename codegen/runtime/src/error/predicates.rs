//! What an error is about, as yes or no.

use super::api_error::ApiError;
use super::kind::ErrorKind;
use super::opaque::Error;
use super::received_response::ReceivedResponse;
use crate::decode::error::DecodeError;

impl Error {
    /// Returns true if the request is not valid.
    #[must_use]
    pub fn is_request(&self) -> bool {
        self.kind() == ErrorKind::Request
    }

    /// Returns true if the client is not configured correctly.
    #[must_use]
    pub fn is_config(&self) -> bool {
        self.kind() == ErrorKind::Config
    }

    /// Returns true if the blocking client cannot run here: it was called in async code, or could not start its tokio
    /// runtime.
    #[must_use]
    pub fn is_runtime(&self) -> bool {
        self.kind() == ErrorKind::Runtime
    }

    /// Returns true if the authorization server rejected the refresh token: the user has to authorize the application
    /// again.
    #[must_use]
    pub fn is_invalid_grant(&self) -> bool {
        self.kind() == ErrorKind::InvalidGrant
    }

    /// Returns true if no access token could be obtained or saved.
    #[must_use]
    pub fn is_token(&self) -> bool {
        matches!(self.kind(), ErrorKind::InvalidGrant | ErrorKind::Token | ErrorKind::TokenStore)
    }

    /// Returns true if no connection to the server could be established, or the TLS handshake failed. Also covers token
    /// requests.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.failed_request().kind(), ErrorKind::Connect | ErrorKind::Tls)
    }

    /// Returns true if the TLS handshake failed. Also covers token requests.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.failed_request().kind() == ErrorKind::Tls
    }

    /// Returns true if the client or the server timed out (status 408, 504, 522 or 524). Also covers token requests.
    /// Requesting less data at once may help.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        let request = self.failed_request();
        request.kind() == ErrorKind::Timeout || request.api_error().is_some_and(ApiError::is_timeout)
    }

    /// Returns true if the connection was closed before a response arrived. Also covers token requests.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.failed_request().kind() == ErrorKind::Interrupted
    }

    /// Returns true if the response ended early. Requesting less data at once may help.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.kind() == ErrorKind::Incomplete || self.decode_error().is_some_and(DecodeError::is_truncated)
    }

    /// Returns true if the server responded with a redirect.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        self.kind() == ErrorKind::Redirect
    }

    /// Returns true if the response contains a URL for the next page that isn't below the base URL.
    #[must_use]
    pub fn is_cross_origin(&self) -> bool {
        self.kind() == ErrorKind::CrossOrigin
    }

    /// Returns true if the server responded with an error status (4xx or 5xx).
    #[must_use]
    pub fn is_status(&self) -> bool {
        self.kind() == ErrorKind::Status
    }

    /// Returns true if the response doesn't match its declared type.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Returns true if the server accepted the request, and its response has no content, but the declared type needs some.
    /// `Client::send_optional` returns `None` then.
    #[must_use]
    pub fn is_no_content(&self) -> bool {
        self.received_response().is_some_and(ReceivedResponse::is_empty)
    }

    /// Returns true if an export or a wait can't continue.
    #[must_use]
    pub fn is_export(&self) -> bool {
        self.kind() == ErrorKind::Export
    }

    /// Returns true if the server responded with 429 Too Many Requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.api_error().is_some_and(ApiError::is_rate_limited)
    }

    /// Returns true if the server responded with 404 Not Found.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.api_error().is_some_and(ApiError::is_not_found)
    }

    /// Returns true if the server responded with 401 Unauthorized: it did not accept the credentials.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.api_error().is_some_and(ApiError::is_unauthorized)
    }

    /// Returns true if the server responded with 403 Forbidden: the credentials don't allow the request.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.api_error().is_some_and(ApiError::is_forbidden)
    }

    /// Returns true if the requested data isn't available yet but will be. Try again a minute later.
    #[must_use]
    pub fn is_too_early(&self) -> bool {
        self.api_error().is_some_and(ApiError::is_too_early)
    }
}
