//! Writes the initial inputs of the fuzz target `document`: `cargo run -p random --example corpus`.

use std::fs;
use std::path::Path;

/// The number of valid documents, and of hostile ones.
const SEEDS: u64 = 6;
/// The maximum number of bytes of an input.
const MAX_BYTES: usize = 600;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/document");
    fs::create_dir_all(&folder)?;
    for seed in 0..SEEDS {
        let mut bytes = random::bytes(seed);
        bytes.truncate(MAX_BYTES);
        for (name, first) in [("valid", 0), ("spoilt", 1)] {
            let input = [&[first], bytes.as_slice()].concat();
            fs::write(folder.join(format!("{name}-{seed}")), input)?;
        }
    }
    Ok(())
}
