//! Clients with a mock.

use std::sync::Arc;

use super::clock::MockClock;
use super::mock::Mock;
use crate::client::ClientBuilder;

impl<C> ClientBuilder<C> {
    /// Sends all requests to a mock, for tests without a network. A server, credentials and the waits for rate limits are not
    /// needed then, and the waits between attempts take no time unless a clock is set.
    pub fn mock(self, mock: &Mock) -> Self {
        self.with_mock(Arc::new(mock.clone()), Arc::new(MockClock::new()))
    }
}
