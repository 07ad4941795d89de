//! Counts the allocations of each contender that decodes a page: `allocations PAGE`.
//!
//! A separate program, as counting takes time. Prints the number of allocations and of allocated bytes as JSON.
//! A reallocation counts as an allocation of the added bytes.

use std::alloc::System;
use std::error::Error;
use std::process::ExitCode;

use bench::{contenders, exit_code};
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> ExitCode {
    exit_code(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: allocations PAGE")?;
    let page = std::fs::read(path)?;
    let mut results = Vec::new();
    for contender in contenders() {
        // Some contenders reuse buffers after the first page.
        contender.read(page.clone())?;
        let body = page.clone();
        let region = Region::new(ALLOCATOR);
        let records = contender.read(body)?;
        let change = region.change();
        results.push(json!({
            "name": contender.name,
            "records": records,
            "allocations": change.allocations + change.reallocations,
            "bytes": change.bytes_allocated,
        }));
    }
    println!("{}", json!({ "contenders": results }));
    Ok(())
}
