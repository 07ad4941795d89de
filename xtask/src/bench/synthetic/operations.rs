//! Documents with operations.

use super::random::Random;

/// The number of operations of a tag.
const PER_TAG: usize = 12;

/// The number of models of a document whose operations have none of their own.
const SHARED: usize = 12;

/// Returns a document with operations. Each one has parameters, every other one has a body, and for each there are two
/// schemas, which refer to earlier ones.
pub(super) fn with_models(operations: usize, seed: u64) -> String {
    document(operations, operations, seed)
}

/// Returns a document with operations that share a few models.
pub(super) fn alone(operations: usize, seed: u64) -> String {
    document(operations, SHARED, seed)
}

fn document(operations: usize, models: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = String::from("openapi: 3.0.3\ninfo:\n  title: Synthetic\n  version: '1'\npaths:");
    text.push_str(if operations == 0 { " {}\n" } else { "\n" });
    for number in 0..operations {
        operation(number, number % models, &mut random, &mut text);
    }
    text.push_str("components:\n  schemas:");
    text.push_str(if models == 0 { " {}\n" } else { "\n" });
    for number in 0..models {
        let noun = random.noun();
        schema(&format!("Item{number}"), number, noun, &mut random, &mut text);
        page(number, noun, &mut text);
    }
    text
}

fn operation(number: usize, model: usize, random: &mut Random, text: &mut String) {
    let noun = random.noun();
    let tag = number / PER_TAG;
    let method = if number.is_multiple_of(2) { "get" } else { "post" };
    text.push_str(&format!(
        "  /{noun}s/{number}/{{id}}:
    {method}:
      operationId: {method}_{noun}_{number}
      tags: [Tag {tag}]
      summary: What there is of {noun} number {number}.
      parameters:
        - name: id
          in: path
          required: true
          description: Which {noun}.
          schema: {{type: integer, format: int64}}
        - name: per_page
          in: query
          description: How many to a page.
          schema: {{type: integer, minimum: 1, maximum: 100}}
        - name: sort
          in: query
          schema: {{type: string, enum: [name, created_at, updated_at]}}
"
    ));
    if method == "post" {
        text.push_str(&format!(
            "      requestBody:
        required: true
        content:
          application/json:
            schema: {{$ref: '#/components/schemas/Item{model}'}}
"
        ));
    }
    text.push_str(&format!(
        "      responses:
        '200':
          description: The page.
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/Page{model}'}}
"
    ));
}

fn schema(name: &str, number: usize, noun: &str, random: &mut Random, text: &mut String) {
    text.push_str(&format!(
        "    {name}:
      type: object
      description: The {noun} of number {number}, with *all* that `it` has.
      required: [id]
      properties:
        id: {{type: integer, format: int64, description: Its id.}}
"
    ));
    for field in 0..6 + random.below(10) {
        let noun = random.noun();
        let shape = match random.below(8) {
            0 => "{type: integer}".to_owned(),
            1 => "{type: boolean, description: Whether it is so.}".to_owned(),
            2 => "{type: string, format: date-time, description: When that was.}".to_owned(),
            3 => "{type: array, items: {type: string}}".to_owned(),
            4 => "{type: string, enum: [low, normal, high], description: How urgent it is.}".to_owned(),
            5 if number > 0 => format!("{{$ref: '#/components/schemas/Item{}'}}", random.below(number)),
            6 => "{type: object, properties: {left: {type: integer}, right: {type: string}}}".to_owned(),
            _ => format!("{{type: string, nullable: true, description: Name of the {noun}.}}"),
        };
        text.push_str(&format!("        {noun}_{field}: {shape}\n"));
    }
}

fn page(number: usize, noun: &str, text: &mut String) {
    text.push_str(&format!(
        "    Page{number}:
      type: object
      description: A page of {noun}s.
      properties:
        items: {{type: array, items: {{$ref: '#/components/schemas/Item{number}'}}}}
        count: {{type: integer}}
        next_page: {{type: string, nullable: true}}
"
    ));
}
