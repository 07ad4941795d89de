//! Failures of the blocking client's own runtime.

use std::error::Error;
use std::{fmt, io};

/// The reason why the blocking client can't run.
#[derive(Debug)]
pub(crate) enum RuntimeFailure {
    /// It was called in async code.
    InsideAsync,
    /// Its runtime could not be started.
    Start(io::Error),
}

impl RuntimeFailure {
    pub(super) fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::InsideAsync => None,
            Self::Start(error) => Some(error),
        }
    }
}

impl fmt::Display for RuntimeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InsideAsync => {
                "the blocking client was called in async code: use the async `Client` there, \
                 or call it on a separate thread (`std::thread::spawn`)"
            }
            Self::Start(_) => "the blocking client could not start its tokio runtime",
        })
    }
}
