//! Parameters and request bodies.

use codegen::{Mode, Options, Source};

use super::{DONE, assert_same, code, endpoints, openapi, swagger};

#[test]
fn a_body_parameter_is_the_request_body() {
    let schema = "{type: object, properties: {name: {type: string}}}";
    let body = |consumes: &str, global: &str| {
        format!(
            "{global}\npaths:\n  /a:\n    post: {{operationId: add, {consumes} parameters: [{{name: pet, in: body, \
             required: true, description: A pet., schema: {schema}}}], {DONE}}}\n"
        )
    };
    let request = |media_types: &[&str]| {
        let content: Vec<_> =
            media_types.iter().map(|name| format!("{name}: {{schema: {schema}}}")).collect();
        format!(
            "paths:\n  /a:\n    post: {{operationId: add, requestBody: {{description: A pet., required: true, \
             content: {{{}}}}}, {DONE}}}\n",
            content.join(", ")
        )
    };
    assert_same(&body("", ""), &request(&["application/json"]));
    assert_same(&body("", "consumes: [application/vnd.pet+json]"), &request(&["application/vnd.pet+json"]));
    let own = "consumes: [application/json, application/merge-patch+json],";
    let both = ["application/json", "application/merge-patch+json"];
    assert_same(&body(own, "consumes: [application/xml]"), &request(&both));
    assert_same(&body("consumes: [],", "consumes: [application/xml]"), &request(&["application/json"]));
    // Forms need form parameters.
    let global = "consumes: [application/json, multipart/form-data]";
    assert_same(&body("", global), &request(&["application/json"]));
}

#[test]
fn bytes_and_shared_bodies_are_request_bodies() {
    assert_same(
        &format!(
            "
            parameters: {{Data: {{name: data, in: body, required: true, schema: {{type: string, format: binary}}}}}}
            paths:
              /a: {{post: {{operationId: a, parameters: [{{$ref: '#/parameters/Data'}}], {DONE}}}}}
              /b: {{put: {{operationId: b, consumes: [image/png], parameters: [{{$ref: '#/parameters/Data'}}], {DONE}}}}}
            "
        ),
        &format!(
            "
            paths:
              /a:
                post:
                  operationId: a
                  requestBody:
                    required: true
                    content: {{application/octet-stream: {{schema: {{type: string, format: binary}}}}}}
                  {DONE}
              /b:
                put:
                  operationId: b
                  requestBody: {{required: true, content: {{image/png: {{schema: {{type: string, format: binary}}}}}}}}
                  {DONE}
            "
        ),
    );
}

#[test]
fn a_body_of_the_path_item_is_that_of_its_operations() {
    let schema = "{type: object, properties: {a: {type: string}}}";
    assert_same(
        &format!(
            "
            paths:
              /a:
                parameters: [{{name: q, in: query, type: string}}, {{name: body, in: body, schema: {schema}}}]
                put: {{operationId: a, {DONE}}}
                post: {{operationId: b, parameters: [{{name: own, in: body, required: true, schema: {{type: string}}}}], {DONE}}}
            "
        ),
        &format!(
            "
            paths:
              /a:
                parameters: [{{name: q, in: query, schema: {{type: string}}}}]
                put: {{operationId: a, requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, {DONE}}}
                post:
                  operationId: b
                  requestBody: {{required: true, content: {{application/json: {{schema: {{type: string}}}}}}}}
                  {DONE}
            "
        ),
    );
}

#[test]
fn form_parameters_are_the_properties_of_a_form() {
    assert_same(
        &format!(
            "
            consumes: [application/json]
            parameters: {{Note: {{name: note, in: formData, type: string, description: A note.}}}}
            paths:
              /a:
                post:
                  operationId: a
                  parameters:
                    - {{name: name, in: formData, type: string, required: true}}
                    - {{$ref: '#/parameters/Note'}}
                    - {{name: all, in: formData, type: array, collectionFormat: multi, items: {{type: string}}}}
                    - {{name: list, in: formData, type: array, items: {{type: integer}}}}
                    - {{name: size, in: formData, type: string, enum: [s, m], default: s}}
                  {DONE}
            "
        ),
        &format!(
            "
            paths:
              /a:
                post:
                  operationId: a
                  requestBody:
                    required: true
                    content:
                      application/x-www-form-urlencoded:
                        encoding: {{list: {{style: form, explode: false}}}}
                        schema:
                          type: object
                          required: [name]
                          properties:
                            name: {{type: string}}
                            note: {{type: string, description: A note.}}
                            all: {{type: array, items: {{type: string}}}}
                            list: {{type: array, items: {{type: integer}}}}
                            size: {{type: string, enum: [s, m], default: s}}
                  {DONE}
            "
        ),
    );
}

#[test]
fn a_form_with_files_is_a_multipart_body() {
    let form = |consumes: &str| {
        format!(
            "
            paths:
              /a:
                post:
                  operationId: a
                  {consumes}
                  parameters:
                    - {{name: image, in: formData, type: file, required: true, description: The image.}}
                    - {{name: more, in: formData, type: array, items: {{type: file}}, collectionFormat: multi}}
                    - {{name: note, in: formData, type: string}}
                  {DONE}
            "
        )
    };
    let openapi = format!(
        "
        paths:
          /a:
            post:
              operationId: a
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      required: [image]
                      properties:
                        image: {{type: string, format: binary, description: The image.}}
                        more: {{type: array, items: {{type: string, format: binary}}}}
                        note: {{type: string}}
              {DONE}
        "
    );
    assert_same(&form(""), &openapi);
    assert_same(&form("consumes: [multipart/form-data]"), &openapi);
    assert_same(&form("consumes: [application/x-www-form-urlencoded, multipart/form-data]"), &openapi);
}

#[test]
fn collection_formats_are_styles() {
    let array = |location: &str, format: &str| {
        let required = if location == "path" { ", required: true" } else { "" };
        let format = if format.is_empty() { String::new() } else { format!(", collectionFormat: {format}") };
        format!(
            "{{name: a, in: {location}{required}, type: array{format}, items: {{type: string, enum: [x, y]}}}}"
        )
    };
    let styled = |location: &str, keys: &str| {
        let required = if location == "path" { ", required: true" } else { "" };
        format!(
            "{{name: a, in: {location}{required}{keys}, schema: {{type: array, items: {{type: string, enum: [x, y]}}}}}}"
        )
    };
    let document = |parameter: &str| {
        format!("paths:\n  /{{a}}: {{get: {{operationId: g, parameters: [{parameter}], {DONE}}}}}\n")
    };
    let with_path = |parameter: &str, path: &str| document(&format!("{parameter}, {path}"));
    let (path, path_in_3) =
        ("{name: b, in: header, type: string}", "{name: b, in: header, schema: {type: string}}");
    let cases = [("path", "", ""), ("path", "csv", "")];
    for (location, format, keys) in cases {
        assert_same(
            &with_path(&array(location, format), path),
            &with_path(&styled(location, keys), path_in_3),
        );
    }
    let (path, path_in_3) = (
        "{name: a, in: path, required: true, type: string}",
        "{name: a, in: path, required: true, schema: {type: string}}",
    );
    let cases = [
        ("query", "", ", style: form, explode: false"),
        ("query", "csv", ", style: form, explode: false"),
        ("query", "multi", ", style: form, explode: true"),
        ("query", "ssv", ", style: spaceDelimited, explode: false"),
        ("query", "pipes", ", style: pipeDelimited, explode: false"),
        ("header", "csv", ""),
    ];
    for (location, format, keys) in cases {
        assert_same(
            &with_path(&array(location, format), path),
            &with_path(&styled(location, keys), path_in_3),
        );
    }
}

#[test]
fn collection_formats_without_a_style_have_delimiters() {
    let code = endpoints(&format!(
        "
        paths:
          /{{p}}:
            get:
              operationId: g
              parameters:
                - {{name: p, in: path, required: true, type: array, collectionFormat: ssv, items: {{type: string}}}}
                - {{name: t, in: query, type: array, collectionFormat: tsv, items: {{type: string}}}}
                - name: n
                  in: query
                  type: array
                  collectionFormat: pipes
                  items: {{type: array, items: {{type: integer}}}}
                - name: m
                  in: query
                  type: array
                  collectionFormat: multi
                  items: {{type: array, collectionFormat: tsv, items: {{type: integer}}}}
                - {{name: h, in: header, type: array, collectionFormat: pipes, items: {{type: string}}}}
              {DONE}
        "
    ));
    for delimiters in [r#"" ""#, r#""\t""#, r#""|,""#, r#""&\t""#, r#""|""#] {
        assert!(code.contains(&format!("Style::delimited({delimiters})")), "{delimiters}: {code}");
    }
}

#[test]
fn parameters_without_a_body_declare_their_values_directly() {
    assert_same(
        &format!(
            "
            parameters: {{Limit: {{name: limit, in: query, type: integer, default: 10, minimum: 1, maximum: 100}}}}
            paths:
              /a/{{id}}:
                get:
                  operationId: a
                  parameters:
                    - {{name: id, in: path, required: true, type: integer, format: int64}}
                    - {{$ref: '#/parameters/Limit'}}
                    - {{name: at, in: query, type: string, format: date-time, allowEmptyValue: true}}
                    - {{name: sort, in: query, type: string, enum: [a, b], x-enum-varnames: [Up, Down]}}
                    - {{name: X-Trace, in: header, type: string, description: A trace., x-rust-name: trace}}
                  {DONE}
            "
        ),
        &format!(
            "
            paths:
              /a/{{id}}:
                get:
                  operationId: a
                  parameters:
                    - {{name: id, in: path, required: true, schema: {{type: integer, format: int64}}}}
                    - {{$ref: '#/components/parameters/Limit'}}
                    - {{name: at, in: query, allowEmptyValue: true, schema: {{type: string, format: date-time}}}}
                    - name: sort
                      in: query
                      schema: {{type: string, enum: [a, b], x-enum-varnames: [Up, Down]}}
                    - {{name: X-Trace, in: header, description: A trace., x-rust-name: trace, schema: {{type: string}}}}
                  {DONE}
            components:
              parameters:
                Limit: {{name: limit, in: query, schema: {{type: integer, default: 10, minimum: 1, maximum: 100}}}}
            "
        ),
    );
}

/// The expression gives the style, for which Swagger 2.0 has no key.
#[test]
fn an_expression_in_a_path_gives_the_style_of_its_parameter() {
    let operation =
        |parameter: &str| format!("{{get: {{operationId: show, parameters: [{parameter}], {DONE}}}}}");
    let options = Options::new(Mode::Lenient);
    let lenient = |text: &str| codegen::generate_with(&Source::new("api.yaml", text), &[], &options).unwrap();
    let id = "{name: id, in: path, required: true, type: array, items: {type: string}}";
    let new = "{name: id, in: path, required: true, style: label, explode: true, schema: {type: array, items: {type: string}}}";
    let old = lenient(&swagger(&format!("paths:\n  /a/{{.id*}}: {}\n", operation(id))));
    let new = lenient(&openapi(&format!("paths:\n  /a/{{id}}: {}\n", operation(new))));
    assert_eq!(code(&old), code(&new));
    let warnings: Vec<_> = old.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(
        warnings,
        ["the path \"/a/{.id*}\" contains an expression that is not the name of a parameter"]
    );
}

/// Swagger 2.0, "Path Item Object": an operation replaces a parameter of the same name and location.
#[test]
fn an_operation_replaces_form_parameters_of_its_path_item() {
    assert_same(
        "
        paths:
          /a:
            parameters: [{name: x, in: formData, type: string}, {name: y, in: formData, type: string}]
            post: {operationId: a, parameters: [{name: y, in: formData, type: integer}], responses: {'204': {description: ''}}}
          /b:
            parameters: [{name: x, in: body, schema: {type: string}}]
            post: {operationId: b, parameters: [{name: y, in: body, schema: {type: integer}}], responses: {'204': {description: ''}}}
        ",
        "
        paths:
          /a: {post: {operationId: a, requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {x: {type: string}, y: {type: integer}}}}}}, responses: {'204': {description: ''}}}}
          /b: {post: {operationId: b, requestBody: {content: {application/json: {schema: {type: integer}}}}, responses: {'204': {description: ''}}}}
        ",
    );
}
