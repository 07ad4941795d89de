//! `regen`: from the description to the emitted part of the crate.

use codegen::Timings;

use crate::project::Job;
use crate::sync::{self, OWNED};

pub use crate::outcome::{Failure, Summary};

/// Generates, and then writes or, with `check`, compares.
///
/// # Errors
///
/// See [`Failure`]; whatever it is, nothing has been written.
pub fn run(job: &Job, check: bool, cure: &str) -> Result<Summary, Failure> {
    let mut timings = Timings::start();
    let (spec, overlays) = job.read().map_err(Failure::Files)?;
    timings.end("open");
    let output = codegen::generate(&spec, &overlays).map_err(Failure::Description)?;
    timings.include(&output.timings);
    let difference = sync::compare(&job.out, &output.files, &OWNED)?;
    timings.end("compare");
    let out = job.shown(&job.out);
    if check && !difference.is_empty() {
        return Err(Failure::Stale { difference: Box::new(difference), out, cure: cure.to_owned() });
    }
    if !check {
        let paths = sync::foreign(&job.out, &difference)?;
        if !paths.is_empty() {
            return Err(Failure::Foreign { paths, out });
        }
        sync::write(&job.out, &output.files, &difference)?;
        timings.end("write");
    }
    Ok(Summary { output, difference, new: false, timings, out })
}
