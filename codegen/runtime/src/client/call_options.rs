//! Options of a single request that only the client understands.

use std::sync::Arc;

use super::auth::Auth;
use super::retry::RetryPolicy;
use crate::request::RequestOptions;

impl RequestOptions {
    /// Sets the retry policy. [`RetryPolicy::none`] sends the request once.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.set_retry(Arc::new(policy));
        self
    }

    /// Sets the credentials, instead of those of the client.
    pub fn auth(mut self, auth: impl Into<Auth>) -> Self {
        let auth: Auth = auth.into();
        self.set_auth(Arc::new(auth));
        self
    }
}
