//! What each way to read a page allocates: `allocations PAGE`.
//!
//! A program of its own, as counting takes time. Prints, as JSON, how often each contender allocates while it
//! reads the page, and how many bytes; a block that grows counts again, by what is added.

use std::alloc::System;
use std::error::Error;
use std::process::ExitCode;

use bench::contenders;
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: allocations PAGE")?;
    let page = std::fs::read(path)?;
    let mut told = Vec::new();
    for contender in contenders() {
        // Some keep buffers from the first time on.
        contender.read(page.clone())?;
        let body = page.clone();
        let region = Region::new(ALLOCATOR);
        let records = contender.read(body)?;
        let change = region.change();
        told.push(json!({
            "name": contender.name,
            "records": records,
            "allocations": change.allocations + change.reallocations,
            "bytes": change.bytes_allocated,
        }));
    }
    println!("{}", json!({ "contenders": told }));
    Ok(())
}
