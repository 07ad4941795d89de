//! Generates OpenAPI documents of any size from a seed, to measure how the time of generating grows.

/// A small pseudorandom number generator (`SplitMix64`). The same seed gives the same numbers.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 32).unwrap_or_default() % limit.max(1)
    }
}

const NOUNS: [&str; 12] = [
    "shelf", "lamp", "parcel", "invoice", "ticket", "user", "group", "rule", "view", "brand", "field", "note",
];
const PER_TAG: usize = 12;

/// Returns a document in YAML with a number of operations. Each one has parameters, every other one has a body, and for
/// each there are two schemas, which refer to earlier ones.
#[must_use]
pub fn document(operations: usize, seed: u64) -> String {
    let mut random = Random(seed);
    let mut text = String::from("openapi: 3.0.3\ninfo:\n  title: Synthetic\n  version: '1'\npaths:\n");
    for number in 0..operations {
        operation(number, &mut random, &mut text);
    }
    text.push_str("components:\n  schemas:\n");
    for number in 0..operations {
        let noun = NOUNS[random.below(NOUNS.len())];
        schema(&format!("Item{number}"), number, noun, &mut random, &mut text);
        page(number, noun, &mut text);
    }
    text
}

fn operation(number: usize, random: &mut Random, text: &mut String) {
    let noun = NOUNS[random.below(NOUNS.len())];
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
            schema: {{$ref: '#/components/schemas/Item{number}'}}
"
        ));
    }
    text.push_str(&format!(
        "      responses:
        '200':
          description: The page.
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/Page{number}'}}
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
        let noun = NOUNS[random.below(NOUNS.len())];
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

#[cfg(test)]
mod tests {
    use codegen::{Source, generate};

    use super::document;

    #[test]
    fn the_seed_decides_everything() {
        assert_eq!(document(20, 7), document(20, 7));
        assert_ne!(document(20, 7), document(20, 8));
    }

    #[test]
    fn a_document_has_its_operations_and_no_problems() {
        let source = Source::new("synthetic.yaml", document(60, 1).into_bytes());
        let output = generate(&source, &[]).unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(output.api.operations().count(), 60);
        assert_eq!(output.warnings.len(), 0, "{:?}", output.warnings);
        assert_eq!(output.api.skipped.len(), 0, "{:?}", output.api.skipped);
    }
}
