//! Prints a document: of a seed, hostile if there is a second argument, or of a fuzzer's input file.
//!
//! `cargo run -p random --example show -- 12`, `… -- 12 hostile`, `… -- tests/fuzz/artifacts/document/crash-1f`

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().ok_or("usage: show SEED [hostile] | FILE")?;
    let document = match what.parse() {
        Ok(seed) if arguments.next().is_some() => random::hostile(&random::bytes(seed)),
        Ok(seed) => random::valid(seed),
        Err(_) => random::from_fuzzer(&std::fs::read(what)?),
    };
    println!("{document:#}");
    Ok(())
}
