//! How long each stage takes.

use std::time::{Duration, Instant};

/// A stopwatch with the stages that it has seen.
#[derive(Clone, Debug)]
pub struct Timings {
    since: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// A stopwatch that runs.
    #[must_use]
    pub fn start() -> Self {
        Self { since: Instant::now(), stages: Vec::new() }
    }

    /// Ends a stage, which began with the end of the one before; the next one begins.
    pub fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.since));
        self.since = now;
    }

    /// Takes over the stages that another stopwatch has seen meanwhile.
    pub fn include(&mut self, other: &Self) {
        self.stages.extend_from_slice(&other.stages);
        self.since = other.since;
    }

    /// The stages in their order, by name.
    #[must_use]
    pub fn stages(&self) -> &[(&'static str, Duration)] {
        &self.stages
    }
}
