//! Prints a document: that of a seed, of a seed as `hostile`, or of a file of bytes that a fuzzer left.
//!
//! `cargo run -p random --example show -- 12`, `… -- 12 hostile`, `… -- tests/fuzz/artifacts/document/crash-1f`

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().ok_or("name a seed or a file")?;
    let document = match what.parse() {
        Ok(seed) if arguments.next().is_some() => random::hostile(&random::bytes(seed)),
        Ok(seed) => random::valid(seed),
        Err(_) => random::fuzzed(&std::fs::read(what)?),
    };
    println!("{document:#}");
    Ok(())
}
