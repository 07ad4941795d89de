//! How long this process has been at work.

use std::time::Duration;

/// The processor time that this process has used: other processes' share of the machine does not count.
#[cfg(unix)]
#[must_use]
pub fn cpu_time() -> Duration {
    use nix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// The time since the first call, where the system does not tell a process's own.
#[cfg(not(unix))]
#[must_use]
pub fn cpu_time() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
