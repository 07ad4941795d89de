//! Numbers with more digits than 64-bit integers and floats have.

use super::{Usage, described, document, emitted, generate, received};

/// The models of components, which no operation uses.
fn models_of(schemas: &str) -> String {
    emitted("models/", &unused(schemas), false)
}

fn unused(schemas: &str) -> codegen::Output {
    generate(&document("3.1.0", "/x: {get: {responses: {'204': {description: Done.}}}}", schemas))
}

/// The types of fields, and the values of enums.
fn lines(schemas: &str) -> String {
    let models = models_of(schemas);
    let is_wanted = |line: &&str| line.contains(" => ") && line.contains('"') || line.contains("pub ");
    models.lines().filter(is_wanted).map(|line| format!("{}\n", line.trim())).collect()
}

fn docs(schemas: &str) -> String {
    let models = emitted("models/", &unused(schemas), true);
    let is_wanted =
        |line: &&str| line.contains('`') && !line.contains("Source:") && !line.contains("The property");
    models.lines().filter(is_wanted).map(|line| format!("{}\n", line.trim())).collect()
}

#[test]
fn constants_are_compared_and_sent_with_all_digits() {
    insta::assert_snapshot!(lines("
        Precise: {const: 0.12345678901234567890123}
        Listed: {enum: [9007199254740993.0, 1e400, -1.5, 2.50]}
        Integers: {type: integer, enum: [18446744073709551616, -5, 1.0]}
        Floats: {type: number, enum: [12345678901234567890.10, 1]}
        Hexadecimal: {enum: [0x1FFFFFFFFFFFFFFFF]}
        Named: {oneOf: [{const: 1e400, title: Huge}, {const: 2, title: Two}]}
        Merged: {allOf: [{enum: [1e400, 2, 3.5]}, {enum: [10e399, 5]}]}
        Quoted: {type: number, enum: ['1e400', 5]}
    "), @r#"
    pub enum Floats {
    "12345678901234567890.10" => N12345678901234567890_10,
    "1" => N1,
    pub enum Hexadecimal {
    "36893488147419103231" => N36893488147419103231,
    pub enum Integers {
    "18446744073709551616" => N18446744073709551616,
    "-5" => Minus5,
    "1" => N1,
    pub enum Listed {
    "9007199254740993" => N9007199254740993,
    "1e400" => N1e400,
    "-1.5" => Minus1_5,
    "2.5" => N2_5,
    pub enum Merged {
    "1e400" => N1e400,
    pub enum Named {
    "1e400" => Huge,
    "2" => Two,
    pub enum Precise {
    "0.12345678901234567890123" => N0_12345678901234567890123,
    pub enum Quoted {
    "1e400" => N1e400,
    "5" => N5,
    "#);
}

#[test]
fn whole_floats_are_the_integers_that_they_are_written_as() {
    insta::assert_snapshot!(models_of("
        Whole: {enum: [9007199254740993.0, 1e3, 18.0e0]}
    "), @"
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Whole {
        N9007199254740993,
        N1000,
        N18,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        Whole: i64,
        9007199254740993 => N9007199254740993,
        1000 => N1000,
        18 => N18,
    }
    ");
}

#[test]
fn docs_state_numbers_as_they_are_written() {
    insta::assert_snapshot!(docs("
        Limits:
          type: object
          properties:
            pi: {type: number, default: 3.141592653589793238462643}
            step: {type: number, multipleOf: 0.1000000000000000000001, minimum: 1.50, exclusiveMaximum: 1e400}
            most: {type: integer, maximum: 18446744073709551616}
            below: {type: integer, minimum: 0, exclusiveMaximum: 18446744073709551616}
            least: {type: integer, minimum: -9223372036854775809}
            none: {type: number, not: {const: 0.12345678901234567890123}}
            items: {type: array, items: {type: number, maximum: 1e400}}
    "), @r#"
    /// The schema `Limits`.
    /// Default: `3.141592653589793238462643`.
    /// At least `1.50` and less than `1e400`. A multiple of `0.1000000000000000000001`.
    /// At most `18446744073709551616`.
    /// At least `0` and less than `18446744073709551616`.
    /// At least `-9223372036854775809`.
    /// Values that match the schema `{"enum":[0.12345678901234567890123]}` are not valid.
    /// Each item: At most `1e400`.
    "#);
}

#[test]
fn bounds_decide_which_integers_a_type_holds() {
    insta::assert_snapshot!(lines("
        Limits:
          type: object
          properties:
            most: {type: integer, maximum: 18446744073709551616}
            below: {type: integer, minimum: 0, exclusiveMaximum: 18446744073709551616}
            unsigned: {type: integer, minimum: 0, maximum: 18446744073709551615}
            rounded: {type: integer, minimum: 0, maximum: 18446744073709552000.0}
            least: {type: integer, minimum: -9223372036854775809}
            above: {type: integer, exclusiveMinimum: -9223372036854775809}
            small: {type: integer, minimum: 0, maximum: 1.0e3}
    "), @r#"
    pub struct Limits {
    pub most: Option<Number>,
    pub below: Option<u64>,
    pub unsigned: Option<u64>,
    pub rounded: Option<u64>,
    pub least: Option<Number>,
    pub above: Option<i64>,
    pub small: Option<i64>,
    pub extra: Extra,
    0 "most" => most,
    1 "below" => below,
    2 "unsigned" => unsigned,
    3 "rounded" => rounded,
    4 "least" => least,
    5 "above" => above,
    6 "small" => small,
    "#);
}

#[test]
fn parameters_have_constants_with_all_digits() {
    let description = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /x:
    get:
      operationId: getX
      parameters:
      - {name: at, in: query, schema: {type: number, default: 0.12345678901234567890123, maximum: 1e400}}
      - {name: kind, in: header, schema: {enum: [1e400, 0.12345678901234567890123]}}
      responses: {'204': {description: Done.}}
";
    let output = generate(description);
    let models = emitted("models/", &output, false);
    assert!(
        models.contains("\"1e400\" => ") && models.contains("\"0.12345678901234567890123\" => "),
        "{models}"
    );
    let docs = emitted("endpoints/", &output, true);
    assert!(
        docs.contains("Default: `0.12345678901234567890123`.") && docs.contains("At most `1e400`."),
        "{docs}"
    );
}

/// The constants are numbers, and are compared as such when a type is chosen.
#[test]
fn types_with_different_numbers_for_a_property_are_a_union() {
    let models = models_of(
        "
        Either: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        A: {type: object, required: [k], properties: {k: {const: 1e400}}}
        B: {type: object, required: [k], properties: {k: {const: 1e401}}}
    ",
    );
    let expected = [
        "Ak: Number,\n    \"1e400\" =>",
        "Bk: Number,\n    \"1e401\" =>",
        "union! {\n    Either,\n    A(A),\n    B(B),",
    ];
    for part in expected {
        assert!(models.contains(part), "{part}\n{models}");
    }
}

#[test]
fn numbers_that_are_meant_as_strings_are_strings_as_they_are_written() {
    let description = "openapi: 3.1.0
info: {title: T, version: 1.10}
servers: [{url: 'https://a.test/{v}', variables: {v: {default: 1.10, enum: [1.10, 2.0]}}}]
paths: {/x: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}
components: {schemas: {A: {type: string, enum: [1.10, 12345678901234567890123, 007, 1]}}}
";
    let options = codegen::Options::new(codegen::Mode::Lenient);
    let output = codegen::generate_with(&codegen::Source::new("t.yaml", description), &[], &options).unwrap();
    assert_eq!(output.api.version, "1.10");
    let code: String = output.files.iter().map(|file| file.text.as_str()).collect();
    for part in ["\"1.10\" => ", "\"12345678901234567890123\" => ", "\"007\" => ", "\"1\" => "] {
        assert!(code.contains(part), "{part}");
    }
    assert!(code.contains("ServerVariable::new(\"v\", \"1.10\", &[\"1.10\", \"2.0\"])"));
}

/// JSON, Swagger 2.0, aliases, merge keys, references to other files, and overlays.
#[test]
fn digits_are_kept_wherever_a_document_has_them() {
    let number = "0.12345678901234567890123";
    let kept = |output: &codegen::Output| {
        let code: String = output.files.iter().map(|file| file.text.as_str()).collect();
        code.matches(&format!("\"{number}\" => ")).count()
    };
    let operation = |schema: &str| {
        format!(
            "{{\"/x\": {{\"get\": {{\"responses\": {{\"200\": {{\"description\": \"ok\", \"content\": {{\"application/json\": {{\"schema\": {schema}}}}}}}}}}}}}}}"
        )
    };
    let head = "\"openapi\": \"3.1.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"}";
    let json = format!("{{{head}, \"paths\": {}}}", operation(&format!("{{\"const\": {number}}}")));
    assert_eq!(kept(&generate(&json)), 1);
    let swagger = format!(
        "swagger: '2.0'
info: {{title: T, version: '1'}}
paths:
  /x:
    get:
      parameters: [{{name: p, in: query, type: number, enum: [{number}]}}]
      responses: {{'200': {{description: ok, schema: {{$ref: '#/definitions/A'}}}}}}
definitions: {{A: {{type: number, enum: [{number}]}}}}
"
    );
    assert_eq!(kept(&generate(&swagger)), 2);
    let aliases = received(&format!(
        "
        A: &a {{const: {number}}}
        B: {{type: object, properties: {{b: *a, c: {{<<: *a, title: C}}, d: {{<<: [{{title: D}}, *a]}}}}}}
    "
    ));
    assert_eq!(aliases.matches(&format!("\"{number}\" => ")).count(), 4, "{aliases}");

    let root = format!("{{{head}, \"paths\": {}}}", operation("{\"$ref\": \"other.yaml#/A\"}"));
    let load = |_: &str| Ok(format!("x: 1\nA: {{const: {number}}}\n").into_bytes());
    let options = codegen::Options::new(codegen::Mode::Strict).with_file_loader(&load);
    let output = codegen::generate_with(&codegen::Source::new("root.json", root), &[], &options).unwrap();
    assert_eq!(kept(&output), 1);

    let overlay = format!(
        "overlay: 1.0.0
info: {{title: O, version: '1'}}
actions:
- {{target: $.components.schemas.A, update: {{const: {number}}}}}
"
    );
    let description = described("3.1.0", Usage::Response, "A: {title: A}");
    let overlays = [codegen::Source::new("overlay.yaml", overlay)];
    let output = codegen::generate(&codegen::Source::new("a.yaml", description), &overlays).unwrap();
    assert_eq!(kept(&output), 1);
}
