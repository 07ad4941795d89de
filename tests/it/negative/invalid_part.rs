//! Parts that can't be read: each loses only itself, with a warning in the words of the standard. Strict mode reports the
//! same as errors.

use codegen::{Mode, Options, Output, Severity, Source};

use super::dedented;

fn lenient(description: &str) -> Output {
    let output =
        codegen::generate_with(&Source::new("api.yaml", description), &[], &Options::new(Mode::Lenient));
    output.unwrap_or_else(|report| panic!("{report}\n\n{description}"))
}

/// Returns a description with an operation that contains some keys, one beside it, and components.
fn described(operation: &str, components: &str) -> String {
    let head = "openapi: 3.0.3\ninfo: {title: Parts, version: '1'}\n";
    let other = "/b: {get: {operationId: other, responses: {'204': {description: Done.}}}}";
    format!(
        "{head}paths:\n  /a: {{get: {{operationId: first, {operation}}}}}\n  {other}\ncomponents: {{{components}}}\n"
    )
}

/// The keys of an operation or the components, the pointer of the invalid part, and the message.
const PARTS: [(&str, &str, &str, &str); 21] = [
    (
        "responses: {'200': {description: Fine., headers: {X-Limit: {description: Calls left}}}}",
        "",
        "headers/X-Limit",
        "the header has neither `schema` nor `content`",
    ),
    (
        "responses: {'200': {description: Fine., headers: {X: {style: form, schema: {type: string}}}}}",
        "",
        "headers/X/style",
        "a header can't have the style \"form\"",
    ),
    (
        "responses: {'200': {description: Fine., headers: {X: null}}}",
        "",
        "headers/X",
        "a Header Object must be an object, not null",
    ),
    (
        "responses: {'200': {description: Fine.}, '404': null}",
        "",
        "responses/404",
        "a Response Object must be an object, not null; any JSON content is assumed",
    ),
    (
        "responses: {'200': {description: Fine.}, '404': gone}",
        "",
        "responses/404",
        "a Response Object must be an object, not a string; any JSON content is assumed",
    ),
    (
        "responses: {'200': {description: {}}}",
        "",
        "responses/200/description",
        "`description` must be a string, not an object",
    ),
    (
        "responses: {'200': {description: Fine., content: {application/json: null}}}",
        "",
        "content/application~1json",
        "a Media Type Object must be an object, not null",
    ),
    (
        "responses: {'200': {description: Fine., content: {application/json: {schema: {type: object, discriminator: kind}}}}}",
        "",
        "schema/discriminator",
        "a Discriminator Object must be an object, not a string",
    ),
    ("responses: {'200': {$ref: 7}}", "", "responses/200/$ref", "`$ref` must be a string"),
    (
        "responses: {}, parameters: [null]",
        "",
        "parameters/0",
        "a Parameter Object must be an object, not null",
    ),
    (
        "responses: {}, parameters: [{name: [a], in: query, schema: {}}]",
        "",
        "parameters/0/name",
        "`name` must be a string, not an array",
    ),
    (
        "responses: {}, parameters: [{name: a, in: query, schema: {}, example: 1, examples: {a: null}}]",
        "",
        "examples/a",
        "an Example Object must be an object, not null",
    ),
    (
        "responses: {}, callbacks: {a: null}",
        "",
        "callbacks/a",
        "a Callback Object must be an object, not null",
    ),
    (
        "responses: {}, requestBody: text",
        "",
        "requestBody",
        "a Request Body Object must be an object, not a string; any JSON content is assumed",
    ),
    (
        "responses: {}, security: [{key: null}]",
        "securitySchemes: {key: {type: http, scheme: bearer}}",
        "security/0/key",
        "`key` must be an array of strings, not null",
    ),
    (
        "responses: {}, security: [key]",
        "securitySchemes: {key: {type: http, scheme: bearer}}",
        "security/0",
        "a Security Requirement Object must be an object, not a string",
    ),
    ("responses: {}, servers: [null]", "", "servers/0", "a Server Object must be an object, not null"),
    (
        "responses: {}",
        "responses: {Fine: {description: Fine., headers: {X: {}}}}",
        "headers/X",
        "the header has neither `schema` nor `content`",
    ),
    (
        "responses: {}",
        "schemas: {Pet: {type: object, properties: {a: {discriminator: b}}}}",
        "properties/a/discriminator",
        "a Discriminator Object must be an object, not a string",
    ),
    (
        "responses: {}",
        "securitySchemes: {a: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://a', scopes: []}}}}",
        "implicit/scopes",
        "the scopes of an OAuth Flow Object must be an object, not an array",
    ),
    (
        "responses: {}",
        "schemas: {Pet: {type: object, properties: {a: {type: 7}}}}",
        "properties/a/type",
        "`type` must be a string or an array of strings, not a number",
    ),
];

#[test]
fn an_invalid_part_is_left_out_with_a_warning() {
    for (operation, components, pointer, message) in PARTS {
        let description = described(operation, components);
        let output = lenient(&description);
        let warnings: Vec<_> = output
            .warnings
            .iter()
            .map(|warning| (warning.pointer.to_string(), warning.message.as_str()))
            .collect();
        let [(at, found)] = warnings.as_slice() else { panic!("{description}\n{warnings:#?}") };
        assert_eq!(*found, message, "{description}");
        assert!(at.ends_with(pointer), "{at} {pointer}");
        let ids: Vec<_> = output.api.operations().map(|(_, operation)| operation.id.as_str()).collect();
        assert_eq!(ids, ["first", "other"], "{description}");

        let report = codegen::generate(&Source::new("api.yaml", description.as_str()), &[]).unwrap_err();
        let errors: Vec<_> = report.0.iter().filter(|error| error.severity == Severity::Error).collect();
        assert!(errors.iter().any(|error| error.message == message), "{description}\n{report}");
    }
}

#[test]
fn the_api_is_named_after_the_file_without_info() {
    for head in ["", "info: null\n", "info: {}\n", "info: text\n", "info: {title: '', version: '1'}\n"] {
        let output = lenient(&format!("openapi: 3.0.3\n{head}paths: {{/a: {{get: {{responses: {{}}}}}}}}\n"));
        assert_eq!(output.api.title, "api", "{head}");
        assert_eq!(output.api.operations().count(), 1);
        assert!(!output.warnings.is_empty() || head.contains("''"), "{head}");
    }
}

#[test]
fn a_version_without_quotes_is_read_with_a_warning() {
    for version in ["3.0", "3.1", "3.2"] {
        let output = lenient(&format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n"));
        let [warning] = output.warnings.as_slice() else { panic!("{:?}", output.warnings) };
        assert_eq!(warning.message, "the version must be a string, not a number");
        assert_eq!(warning.help, format!("put it in quotes: `openapi: '{version}.0'`"));
    }
}

/// JSON Schema 2020-12, 6.1.1 and 4.2.3: a number without a fractional part is an integer.
#[test]
fn whole_floats_are_integers() {
    let schemas = "schemas: {A: {type: string, maxLength: 2.0}, B: {type: array, items: {}, minItems: 1e1}, \
                   C: {type: integer, enum: [1.0, 2.0], default: 1.0}}";
    let output = lenient(&described("responses: {}", schemas));
    assert_eq!(output.warnings, []);
    let output = lenient(&described("responses: {}", "schemas: {A: {type: string, maxLength: 2.5}}"));
    assert_eq!(output.warnings[0].message, "`maxLength` must be a non-negative integer, not 2.5");
}

#[test]
fn an_array_of_schemas_in_items_allows_any_item() {
    let output = lenient(&described("responses: {}", "schemas: {A: {type: array, items: [{type: string}]}}"));
    let [warning] = output.warnings.as_slice() else { panic!("{:?}", output.warnings) };
    assert_eq!(warning.message, "`items` must be a schema, not an array of schemas; any item is allowed");
    let text: String = output.files.iter().map(|file| file.text.as_str()).collect();
    assert!(text.contains("pub type A = Vec<Value>;"), "{text}");
}

/// RFC 8259, 7: a character outside of the basic plane may be written as a surrogate pair.
#[test]
fn a_document_in_json_is_read_as_json() {
    let text = r#"
        {
        	"openapi": "3.0.3", "info": {"title": "F \ud83d\ude00", "version": "1"},
        	"paths": {"/a\/b": {"get": {"operationId": "a", "operationId": "b", "description": "lone \ud83d", "responses": {}}}}
        }
    "#;
    let output = lenient(&dedented(text));
    assert_eq!(output.api.title, "F \u{1f600}");
    let (_, operation) = output.api.operations().next().unwrap();
    assert_eq!(operation.path, "/a/b");
    assert!(operation.docs.starts_with("lone \u{fffd}"), "{}", operation.docs);
    let [warning] = output.warnings.as_slice() else { panic!("{:?}", output.warnings) };
    assert_eq!(warning.message, "duplicate key \"operationId\"; the first one is at 3:30");
    assert_eq!((warning.location.line, warning.location.column), (3, 50));
}

/// OpenAPI 3.1.1, 4.8.8.2: a path template has neither a query nor a fragment.
#[test]
fn a_query_in_a_path_is_sent_with_a_warning() {
    let description = dedented(
        "
        openapi: 3.0.3
        info: {title: T, version: '1'}
        paths:
          /q?action=del&x={x}:
            get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {}}
          /p?x={x}&k={k}:
            get:
              parameters: [{name: x, in: query, schema: {type: string}}, {name: k, in: path, required: true, schema: {type: string}}]
              responses: {}
    ",
    );
    let output = lenient(&description);
    let paths: Vec<_> = output.api.operations().map(|(_, operation)| operation.path.as_str()).collect();
    assert_eq!(paths, ["/q?action=del&x={x}", "/p?k={k}"]);
    let messages: Vec<_> = output.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages.iter().all(|message| message.contains("contains a query, which OpenAPI doesn't allow")));
    let description =
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a#b: {get: {responses: {}}}}\n";
    let [warning] = &lenient(description).warnings[..] else { panic!("one warning is expected") };
    assert!(warning.message.contains("contains a fragment"), "{}", warning.message);
    assert_eq!(warning.help, "remove it: a path has one operation for each method");
}

/// RFC 6570, 3.2: the operators and modifiers of expressions.
#[test]
fn an_expression_in_a_path_is_read_as_the_name_of_a_parameter() {
    let operation = |style: &str| {
        format!(
            "{{get: {{parameters: [{{name: a, in: path, required: true{style}, schema: {{type: string}}}}], responses: {{}}}}}}"
        )
    };
    let description = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /l{{.a*}}: {}\n  /m{{;a}}: {}\n",
        operation(""),
        operation(", style: simple")
    );
    let output = lenient(&description);
    let styles: Vec<_> = output
        .api
        .operations()
        .map(|(_, operation)| (operation.path.as_str(), format!("{:?}", operation.parameters[0].style)))
        .collect();
    assert_eq!(styles[0].0, "/l{a}");
    assert!(styles[0].1.contains("Label") && styles[0].1.contains("explode: true"), "{styles:?}");
    assert!(styles[1].0 == "/m{a}" && styles[1].1.contains("Simple"), "{styles:?}");
    assert_eq!(output.warnings.len(), 2, "{:?}", output.warnings);
}

#[test]
fn parts_after_an_unreadable_one_keep_their_locations() {
    let text = "\
openapi: 3.1.0
info: {title: Moved, version: '1'}
paths:
  /a:
    get:
      operationId: a
      parameters:
      - null
      - {name: Accept, in: header, schema: {type: string}}
      - {name: q, in: query, schema: {oneOf: [{type: 'null'}, {type: object, properties: {a: {type: string, maxLength: 3}}}, {type: integer}]}}
      responses: {'204': {description: Done.}}
";
    let source = codegen::Source::new("moved.yaml", text);
    let output =
        codegen::generate_with(&source, &[], &codegen::Options::new(codegen::Mode::Lenient)).unwrap();
    let skipped: Vec<_> = output.skipped().iter().map(|part| part.pointer.to_string()).collect();
    assert_eq!(skipped, ["#/paths/~1a/get/parameters/1"]);
    let object =
        output.api.types.iter().find(|def| matches!(def.kind, codegen::ir::TypeKind::Model(_))).unwrap();
    assert_eq!(object.written.to_string(), "#/paths/~1a/get/parameters/2/schema/oneOf/1");
    assert_eq!(codegen::unaccounted(&output), []);
}

#[test]
fn a_number_beyond_64_bits_beside_values_of_other_types_is_reported() {
    let text = "\
openapi: 3.1.0
info: {title: Large, version: '1'}
paths: {}
components: {schemas: {A: {enum: [auto, 18446744073709551616]}, B: {enum: [1.0, 2.0]}, C: {enum: [1e400]}, D: {enum: [a, 1.50]}}}
";
    let source = codegen::Source::new("large.yaml", text);
    let output =
        codegen::generate_with(&source, &[], &codegen::Options::new(codegen::Mode::Lenient)).unwrap();
    let warnings: Vec<_> = output.warnings.iter().map(|found| found.pointer.to_string()).collect();
    assert_eq!(warnings, ["#/components/schemas/A/enum/1"]);
    assert!(output.warnings[0].message.starts_with("18446744073709551616 is sent with all digits"));
    let whole = output.api.types.iter().find(|def| def.name.as_str() == "B").unwrap();
    assert!(
        matches!(&whole.kind, codegen::ir::TypeKind::OpenEnum { of: codegen::ir::Type::I64, .. }),
        "{whole:?}"
    );
}
