//! Writes the inputs that the fuzz target `document` begins with: `cargo run -p random --example corpus`.

use std::fs;
use std::path::Path;

/// Documents, and as many spoilt ones.
const SEEDS: u64 = 6;
/// Bytes of the largest.
const MOST: usize = 600;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/document");
    fs::create_dir_all(&folder)?;
    for seed in 0..SEEDS {
        let mut bytes = random::bytes(seed);
        bytes.truncate(MOST);
        for (name, first) in [("valid", 0), ("spoilt", 1)] {
            let input = [&[first], bytes.as_slice()].concat();
            fs::write(folder.join(format!("{name}-{seed}")), input)?;
        }
    }
    Ok(())
}
