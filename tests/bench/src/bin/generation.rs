//! Counts the allocations of generating the crate of a document: `generation DOCUMENT`.
//!
//! A separate program, as counting takes time, and as the peak is that of the process. Prints the number of allocations,
//! the number of allocated bytes, and the largest number of bytes at any time as JSON. A reallocation counts as an
//! allocation of the added bytes.

use std::alloc::System;
use std::error::Error;
use std::process::ExitCode;

use bench::exit_code;
use cap::Cap;
use codegen::{Mode, Options, Source};
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: Cap<&StatsAlloc<System>> = Cap::new(&INSTRUMENTED_SYSTEM, usize::MAX);

fn main() -> ExitCode {
    exit_code(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: generation DOCUMENT")?;
    let source = Source::new("document", std::fs::read(path)?);
    let before = ALLOCATOR.allocated();
    let region = Region::new(&INSTRUMENTED_SYSTEM);
    let output = codegen::generate_with(&source, &[], &Options::new(Mode::Strict));
    let change = region.change();
    let peak = ALLOCATOR.max_allocated().saturating_sub(before);
    output.map_err(|report| report.to_string())?;
    let counts = json!({
        "allocations": change.allocations + change.reallocations,
        "bytes": change.bytes_allocated,
        "peak": peak,
    });
    println!("{counts}");
    Ok(())
}
