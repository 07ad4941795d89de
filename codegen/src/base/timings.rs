//! The duration of each stage.

use std::time::{Duration, Instant};

/// A stopwatch that measures the duration of each stage.
#[derive(Clone, Debug)]
pub struct Timings {
    since: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Starts a stopwatch.
    #[must_use]
    pub fn start() -> Self {
        Self { since: Instant::now(), stages: Vec::new() }
    }

    /// Ends a stage. The next one begins.
    pub fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.since));
        self.since = now;
    }

    /// Adds the stages of another stopwatch that was started in the meantime.
    pub fn include(&mut self, other: &Self) {
        self.stages.extend_from_slice(&other.stages);
        self.since = other.since;
    }

    /// Returns the names and durations of the stages, in order.
    #[must_use]
    pub fn stages(&self) -> &[(&'static str, Duration)] {
        &self.stages
    }
}
