//! Documents with unions of a few models, and without operations.

use std::fmt::Write as _;

use super::random::Random;
use super::schemas::head;

/// The number of models. A document has all of them, also without a union.
const MODELS: usize = 24;
/// The number of branches of a union.
const BRANCHES: usize = 4;

/// Returns a document with unions with a discriminator.
pub(super) fn tagged(count: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = models(&mut random);
    for number in 0..count {
        let branches = random.some_below(MODELS, BRANCHES);
        union(number, "oneOf", &branches, &mut text);
        text.push_str("      discriminator:\n        propertyName: kind\n        mapping:\n");
        for branch in branches {
            let _ = writeln!(text, "          kind_{branch}: '#/components/schemas/Branch{branch}'");
        }
    }
    text
}

/// Returns a document with unions without a discriminator: `oneOf`, `anyOf`, of models and other types, also nullable.
pub(super) fn untagged(count: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = models(&mut random);
    for number in 0..count {
        let keyword = if number.is_multiple_of(2) { "oneOf" } else { "anyOf" };
        let others = number % 3;
        union(number, keyword, &random.some_below(MODELS, BRANCHES - others), &mut text);
        for other in ["{type: string}", "{type: array, items: {type: integer}}"].iter().take(others) {
            let _ = writeln!(text, "        - {other}");
        }
        if number.is_multiple_of(5) {
            text.push_str("      nullable: true\n");
        }
    }
    text
}

fn union(number: usize, keyword: &str, branches: &[usize], text: &mut String) {
    let _ =
        writeln!(text, "    Union{number}:\n      description: One of number {number}.\n      {keyword}:");
    for branch in branches {
        let _ = writeln!(text, "        - {{$ref: '#/components/schemas/Branch{branch}'}}");
    }
}

/// Returns a document with the models. Each of them has a property that the others don't have.
fn models(random: &mut Random) -> String {
    let mut text = head(MODELS);
    for number in 0..MODELS {
        let _ = write!(
            text,
            "    Branch{number}:
      type: object
      description: The branch of number {number}.
      required: [kind, {noun}_{number}]
      properties:
        kind: {{type: string, enum: [kind_{number}]}}
        {noun}_{number}: {{type: integer, description: Its count.}}
        text: {{type: string}}
",
            noun = random.noun()
        );
    }
    text
}
