//! Random numbers that a seed determines.

use rand::SeedableRng as _;
use rand_pcg::Pcg64Mcg;

/// Returns random numbers for a seed and a few texts. The same input gives the same numbers in each version of Rust.
pub(crate) fn random(seed: u64, texts: &[&str]) -> Pcg64Mcg {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let texts = texts.iter().flat_map(|text| text.bytes().chain([0]));
    let bytes = seed.to_le_bytes().into_iter().chain(texts);
    let hash = bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    Pcg64Mcg::seed_from_u64(hash)
}
