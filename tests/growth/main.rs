//! Time and memory grow linearly with a document, however hostile it is.
//!
//! What a run allocates is counted instead of its time: the counts are the same on each machine. A binary of its own, as all
//! threads of a process share the counts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed step is a failed test")]

mod documents;

use std::alloc::System;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use codegen::{Mode, Options, Source};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use documents::{HostileDocument, hostile_documents};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A document that is four times as large may need this many times as much. With a quadratic algorithm it is sixteen times.
const MAX_GROWTH: f64 = 5.5;

/// The maximum duration of the runs with a document, which usually take seconds.
const LIMIT: Duration = Duration::from_secs(90);

/// What a run allocated.
#[derive(Clone, Copy, Debug)]
struct Cost {
    allocations: f64,
    bytes: f64,
}

#[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
fn cost(document: &HostileDocument, size: usize) -> Cost {
    let (text, overlay) = (document.text)(size);
    let source = Source::new("hostile.yaml", text);
    let overlays: Vec<_> = overlay.into_iter().map(|text| Source::new("overlay.yaml", text)).collect();
    let region = Region::new(ALLOCATOR);
    let result = codegen::generate_with(&source, &overlays, &Options::new(Mode::Lenient));
    let change = region.change();
    let is_expected = size < document.size || result.is_ok() != document.fails;
    assert!(is_expected, "{}: {:?}", document.name, result.err());
    Cost {
        allocations: (change.allocations + change.reallocations) as f64,
        bytes: change.bytes_allocated as f64,
    }
}

#[test]
fn work_grows_linearly_with_each_hostile_document() {
    let mut superlinear = Vec::new();
    for document in hostile_documents() {
        let name = document.name;
        let (sender, receiver) = mpsc::channel();
        // Without an end, the thread ends with the process.
        thread::spawn(move || {
            // What a process does once is not counted.
            cost(&document, 4);
            sender.send([1, 4].map(|factor| cost(&document, factor * document.size)))
        });
        let costs = receiver.recv_timeout(LIMIT);
        let [small, large] =
            costs.unwrap_or_else(|error| panic!("{name}: no result after {LIMIT:?}: {error}"));
        let (allocations, bytes) = (large.allocations / small.allocations, large.bytes / small.bytes);
        println!("{name:45} {allocations:5.2} {bytes:5.2}  {small:.0?} {large:.0?}");
        if allocations.max(bytes) > MAX_GROWTH {
            superlinear
                .push(format!("{name}: {allocations:.2} times the allocations, {bytes:.2} times the bytes"));
        }
    }
    assert!(superlinear.is_empty(), "{}", superlinear.join("\n"));
}
