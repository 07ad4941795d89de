//! Values that are valid for a schema.

use rand_pcg::Pcg64Mcg;
use serde_json::Value;

use super::generator::{Generator, Wish};
use crate::base::seed::random;
use crate::schema::validated::Schema;

/// The number of values that are generated for a schema until one is valid.
const TRIES: usize = 40;

/// Returns a value of a schema, and whether it is valid. It is null if none was found.
pub(crate) fn value_of(schema: &Schema, seed: u64, texts: &[&str], wish: Wish) -> (Value, bool) {
    let mut last = None;
    for attempt in 0..TRIES {
        // Examples that don't match the schema are left out after a few attempts.
        let wish = Wish { examples: wish.examples && attempt < TRIES / 4, ..wish };
        let number = attempt.to_string();
        let texts: Vec<&str> = texts.iter().copied().chain([number.as_str()]).collect();
        let random: Pcg64Mcg = random(seed, &texts);
        let Some(value) = Generator::new(&schema.root, random, wish).value() else { continue };
        if schema.is_valid(&value) {
            return (value, true);
        }
        last = Some(value);
    }
    (last.unwrap_or_default(), false)
}
