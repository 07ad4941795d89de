//! The command line: `clientwright <verb>`.

use std::process::ExitCode;

/// Trees of small nodes are most of what a run makes: the system's allocator takes a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    clientwright::command::run()
}
