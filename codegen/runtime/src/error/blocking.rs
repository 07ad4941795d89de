//! Failures of blocking itself.

use std::fmt;
use std::io;

/// The thread cannot be blocked here.
#[derive(Debug)]
pub struct BlockingError(Option<io::Error>);

impl BlockingError {
    pub(crate) fn inside_async() -> Self {
        Self(None)
    }

    pub(crate) fn runtime(error: io::Error) -> Self {
        Self(Some(error))
    }
}

impl fmt::Display for BlockingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str(
                "the blocking client was called inside an async runtime: use the async `Client` there, \
                 or call it on a thread of its own (`std::thread::spawn`)",
            ),
            Some(error) => write!(f, "the blocking client cannot make its runtime: {error}"),
        }
    }
}

impl std::error::Error for BlockingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.as_ref().map(|error| error as _)
    }
}
