//! Documents with models and enums, and without operations.

use std::fmt::Write as _;

use super::random::Random;

/// The number of properties of a model that has inline enums.
const PROPERTIES: usize = 10;
/// The number of values of an enum.
const VALUES: usize = 6;
/// The number of lists of values that equal enums have.
const LISTS: usize = 8;

const WORDS: [&str; 20] = [
    "active", "pending", "closed", "low", "normal", "high", "draft", "sent", "paid", "none", "all", "some",
    "daily", "weekly", "monthly", "internal", "public", "on_hold", "archived", "unknown",
];

/// Returns the first lines of a document without operations, with a number of schemas.
pub(super) fn head(schemas: usize) -> String {
    let empty = if schemas == 0 { " {}" } else { "" };
    format!(
        "openapi: 3.0.3\ninfo:\n  title: Synthetic\n  version: '1'\npaths: {{}}\ncomponents:\n  schemas:{empty}\n"
    )
}

/// What the properties with each list are about, at the end of their names. The type of equal enums has this name.
const MEANINGS: [&str; LISTS] =
    ["status", "priority", "frequency", "audience", "channel", "level", "stage", "period"];

/// Returns a document with models of ten fields of all usual types.
pub(super) fn models(count: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = head(count);
    for number in 0..count {
        model(number, &mut random, &mut text);
    }
    text
}

fn model(number: usize, random: &mut Random, text: &mut String) {
    let mut name = |field: &str| format!("{}_{field}", random.noun());
    let names = ["count", "ratio", "flag", "at", "names", "text", "url", "by_key"].map(&mut name);
    let [count, ratio, flag, at, list, text_of, url, map] = names;
    let parent = random.below(number.max(1));
    let _ = write!(
        text,
        "    Model{number}:
      type: object
      description: The model of number {number}, with *all* that `it` has.
      required: [id]
      properties:
        id: {{type: integer, format: int64, description: Its id.}}
        {count}: {{type: integer}}
        {ratio}: {{type: number, format: double, description: Part of the whole.}}
        {flag}: {{type: boolean, description: Whether it is so.}}
        {at}: {{type: string, format: date-time, description: When that was.}}
        {list}: {{type: array, items: {{type: string}}}}
        {text_of}: {{type: string, nullable: true, description: Its text.}}
        {url}: {{type: string}}
        {map}: {{type: object, additionalProperties: {{type: integer}}}}
        parent: {{$ref: '#/components/schemas/Model{parent}'}}
"
    );
}

/// Returns a document with enums that are components, all with different values.
pub(super) fn enums(count: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = head(count);
    for number in 0..count {
        let values = values(number, &mut random);
        let _ = write!(
            text,
            "    Enum{number}:
      type: string
      description: The state of number {number}.
      enum: [{values}]
"
        );
    }
    text
}

/// Returns a document with inline enums, all with different values, in models of ten fields.
pub(super) fn inline_enums(count: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    models_of_enums(count, &mut random, values)
}

/// Returns a document with inline enums in models of ten fields. They have one of few lists of values.
pub(super) fn equal_enums(count: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let lists: Vec<_> = (0..LISTS).map(|number| values(number, &mut random)).collect();
    models_of_enums(count, &mut random, |number, _| lists[number % LISTS].clone())
}

fn models_of_enums(
    count: usize,
    random: &mut Random,
    values: impl Fn(usize, &mut Random) -> String,
) -> String {
    let mut text = head(count);
    for number in 0..count {
        if number.is_multiple_of(PROPERTIES) {
            let _ = writeln!(text, "    Model{number}:\n      type: object\n      properties:");
        }
        let (noun, values, meaning) = (random.noun(), values(number, random), MEANINGS[number % LISTS]);
        let _ = writeln!(text, "        {noun}_{number}_{meaning}: {{type: string, enum: [{values}]}}");
    }
    text
}

/// Returns the values of an enum. One of them is different in each enum.
fn values(number: usize, random: &mut Random) -> String {
    let some = random.some_below(WORDS.len(), VALUES - 1);
    let values = some.into_iter().map(|word| WORDS[word].to_owned());
    values.chain([format!("{}_{number}", random.noun())]).collect::<Vec<_>>().join(", ")
}
