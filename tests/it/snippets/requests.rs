//! What endpoint functions write into requests: the keys of OpenAPI 3.2, parts, and nullable bodies.

use super::{document, emitted, endpoints, generate};

/// Asserts that the emitted endpoints contain each of these texts, whatever their line breaks.
#[track_caller]
fn contain(paths: &str, expected: &[&str]) {
    let joined = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let emitted = endpoints(paths);
    for text in expected {
        assert!(joined(&emitted).contains(&joined(text)), "{text} is missing in\n{emitted}");
    }
}

#[test]
fn additional_operations_are_emitted() {
    contain(
        "
        /a:
          parameters: [{name: depth, in: query, schema: {type: integer}}]
          additionalOperations:
            COPY: {operationId: copy, responses: {'204': {description: ''}}}
            purge: {responses: {'204': {description: ''}}}
    ",
        &[
            r#"static COPY: Operation = Operation::with_method("COPY", "copy", "/a");"#,
            r#"Operation::with_method("purge", "#,
            r#"pub fn depth(self, depth: i64) -> Self { Self(self.0.query("depth", &depth)) }"#,
        ],
    );
}

#[test]
fn a_path_may_have_reserved_characters() {
    contain(
        "
        /files/{path}:
          get: {operationId: file, parameters: [{name: path, in: path, required: true, allowReserved: true, schema: {type: string}}], responses: {'204': {description: ''}}}
    ",
        &[r#".path_as("path", &path, Style::SIMPLE.reserved())"#],
    );
}

#[test]
fn a_parameter_can_be_the_entire_query() {
    contain(
        "
        /form: {get: {operationId: form, parameters: [{name: whole, in: querystring, required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: integer}}}}}}], responses: {'204': {description: ''}}}}
        /json: {get: {operationId: json, parameters: [{name: sel, in: querystring, required: true, content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}], responses: {'204': {description: ''}}}}
        /cookie: {get: {operationId: cookie, parameters: [{name: c, in: cookie, required: true, style: cookie, schema: {type: string}}], responses: {'204': {description: ''}}}}
    ",
        &[
            r#".query_form("whole", &whole.into(), &[])"#,
            r#".query_json("sel", &sel.into())"#,
            r#".cookie_as("c", &c, Style::COOKIE.exploded())"#,
        ],
    );
}

#[test]
fn parts_are_sent_as_their_encodings_say() {
    contain(
        "
        /u:
          post:
            operationId: u
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema:
                    type: object
                    required: [hdr]
                    properties:
                      ids: {type: array, items: {type: integer}}
                      obj: {type: object, properties: {a: {type: integer}}}
                      xml: {type: object, properties: {a: {type: integer}}}
                      hdr: {type: string}
                      b64: {type: string, contentEncoding: base64}
                  encoding:
                    ids: {style: form, explode: false, contentType: text/plain}
                    obj: {style: form}
                    xml: {contentType: application/xml}
                    hdr: {headers: {X-Custom: {required: true, schema: {type: integer}}, Content-Type: {schema: {type: string}}}}
            responses: {'204': {description: ''}}
    ",
        &[
            r"pub fn u(hdr: &str, hdr_x_custom: i64) -> U",
            r#".part_styled("ids", &list::<i64>(ids), Style::FORM)"#,
            r#".part_styled("obj", &obj.into(), Style::FORM.exploded())"#,
            r#".files("xml", &[xml.into()], Some("application/xml"))"#,
            r#".part_header("hdr", "X-Custom", &hdr_x_custom)"#,
            r#".part_as("b64", &b64, "application/octet-stream")"#,
        ],
    );
}

#[test]
fn files_may_be_optional_and_nullable() {
    contain(
        "
        /u:
          post:
            operationId: u
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema:
                    type: object
                    properties:
                      file: {anyOf: [{type: string, contentMediaType: application/octet-stream}, {type: 'null'}]}
                      binary: {oneOf: [{type: 'null'}, {type: string, format: binary}]}
                      several: {type: [array, 'null'], items: {type: string, format: binary}}
                      image: {contentMediaType: image/png}
                      any: {}
                      text: {type: string, contentMediaType: text/html}
                      note: {type: string, contentMediaType: application/json}
                      encoded: {type: string, contentMediaType: image/png, contentEncoding: base64}
                      json: {type: object}
            responses: {'204': {description: ''}}
    ",
        &[
            r#".files("file", &[file.into()], Some("application/octet-stream"))"#,
            r#".files("binary", &[binary.into()], None)"#,
            r#".files("several", &list::<Part>(several), None)"#,
            r#".files("image", &[image.into()], Some("image/png"))"#,
            r#".files("any", &[any.into()], None)"#,
            r#".part_as("text", &text, "text/html")"#,
            r#".part_as("note", &note, "application/json")"#,
            r#".part_as("encoded", &encoded, "image/png")"#,
            r#".part("json", "#,
        ],
    );
}

#[test]
fn a_nullable_body_can_be_null() {
    contain(
        "
        /a:
          post: {operationId: a, requestBody: {content: {application/json: {schema: {type: [object, 'null'], properties: {b: {type: string}}}}}}, responses: {'204': {description: ''}}}
          put: {operationId: b, requestBody: {required: true, content: {application/json: {schema: {type: [string, 'null']}}}}, responses: {'204': {description: ''}}}
          patch: {operationId: c, requestBody: {content: {application/json: {schema: {type: [array, 'null'], items: {type: string}}}}}, responses: {'204': {description: ''}}}
    ",
        &[
            r"pub fn a(body: Option<Option<&models::ABody>>) -> Request<()> { Request::new(&A).json(optional_nullable(body))",
            r"pub fn b(body: Option<&str>) -> Request<()> { Request::new(&B).json(nullable(body.as_ref()))",
            r"pub fn c(body: Option<Option<&[String]>>) -> Request<()> { Request::new(&C).json(optional_nullable(body.as_ref().map(Option::as_ref)))",
        ],
    );
}

#[test]
fn a_form_keeps_the_parameters_of_its_media_type() {
    contain(
        "
        /a:
          post: {operationId: a, requestBody: {required: true, content: {application/x-www-form-urlencoded; charset=utf-8: {schema: {type: object, properties: {x: {type: string}}}}}}, responses: {'204': {description: ''}}}
    ",
        &[r#".form(body).content_type("application/x-www-form-urlencoded; charset=utf-8")"#],
    );
}

#[test]
fn schemes_that_need_a_challenge_are_skipped() {
    let description = document("3.1.0", "{}", "{}").replace(
        "components:",
        "components:\n  securitySchemes: {d: {type: http, scheme: Digest}, t: {type: http, scheme: token}}",
    );
    let output = generate(&description);
    let skipped: Vec<_> = output.api.skipped.iter().map(|skipped| skipped.pointer.to_string()).collect();
    assert_eq!(skipped, ["#/components/securitySchemes/d"]);
    assert!(emitted("api/access", &output, true).contains("token"));
}

/// OpenAPI 3.1.1, 4.8.15.1.2: `contentType` and the style of a field decide how it is written.
#[test]
fn fields_of_a_form_are_sent_as_their_encodings_say() {
    let paths = "
        /a:
          post:
            operationId: a
            requestBody:
              required: true
              content:
                application/x-www-form-urlencoded:
                  schema:
                    type: object
                    properties: {json: {type: object}, either: {type: object}, text: {type: string}, image: {type: string}, url: {type: string}}
                  encoding:
                    json: {contentType: application/json}
                    either: {contentType: 'application/json, text/plain'}
                    text: {contentType: text/plain}
                    image: {contentType: image/png}
                    url: {allowReserved: true}
                    ulr: {allowReserved: true}
            responses: {'204': {description: ''}}
    ";
    let output = generate(&document("3.1.0", paths, "{}"));
    let skipped: Vec<_> = output.api.skipped.iter().map(|part| part.pointer.to_string()).collect();
    let body = "#/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded";
    assert_eq!(skipped, [format!("{body}/encoding/image/contentType")]);
    let warnings: Vec<_> = output.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, ["the encoding of `ulr` has no effect: the schema declares no such property"]);
    insta::assert_snapshot!(emitted("endpoints/", &output, false), @r#"
    #[inline]
    pub fn a(body: &models::AForm) -> Request<()> {
        Request::new(&A)
            .form_as(
                body,
                &[
                    ("json", Style::JSON),
                    ("url", Style::FORM.exploded().reserved()),
                    ("ulr", Style::FORM.exploded().reserved()),
                ],
            )
    }

    static A: Operation = Operation::post("a", "/a");
    "#);
}
