//! The processor time of this process.

use std::time::Duration;

/// Returns the processor time that this process has used.
#[cfg(unix)]
#[must_use]
pub fn cpu_time() -> Duration {
    use nix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// Returns the time since the first call, as the processor time is not available on this system.
#[cfg(not(unix))]
#[must_use]
pub fn cpu_time() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
