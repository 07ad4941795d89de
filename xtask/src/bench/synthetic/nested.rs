//! Documents with deeply nested inline models, and without operations.

use std::fmt::Write as _;

use super::random::Random;
use super::schemas::head;

/// Returns a document with models of which five are nested in each other.
pub(super) fn five_deep(count: usize, seed: u64) -> String {
    document(count, 5, seed)
}

/// Returns a document with models of which twenty are nested in each other.
pub(super) fn twenty_deep(count: usize, seed: u64) -> String {
    document(count, 20, seed)
}

/// Returns a document with a number of models: a component for each `depth` of them.
fn document(count: usize, depth: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = head(count);
    for first in (0..count).step_by(depth) {
        let _ = writeln!(text, "    Tree{first}: {}", model(first, depth.min(count - first), &mut random));
    }
    text
}

/// Returns a model with the next one as a property, in an array, in a map, or in an array in a map.
fn model(number: usize, depth: usize, random: &mut Random) -> String {
    let [count, text, inner] = [(); 3].map(|()| random.noun());
    let own =
        format!("{count}_{number}: {{type: integer}}, {text}_text: {{type: string, description: Its text.}}");
    if depth == 1 {
        return format!("{{type: object, properties: {{{own}}}}}");
    }
    let next = model(number + 1, depth - 1, random);
    let next = match number % 4 {
        0 => format!("{{type: array, items: {next}}}"),
        1 => format!("{{type: object, additionalProperties: {next}}}"),
        2 => next,
        _ => format!("{{type: object, additionalProperties: {{type: array, items: {next}}}}}"),
    };
    format!("{{type: object, properties: {{{own}, {inner}s: {next}}}}}")
}
