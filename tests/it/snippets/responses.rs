//! Responses: how they are read, and their docs.

use codegen::Output;
use codegen::ir::{Operation, TypeKind};

use super::{document, emitted, endpoints, generate};

#[test]
fn the_media_type_decides_how_a_response_is_read() {
    insta::assert_snapshot!(endpoints("
        /a:
          get: {operationId: csv, responses: {'200': {description: '', content: {text/csv: {}}}}}
          put: {operationId: image, responses: {'200': {description: '', content: {image/png: {}, image/webp: {}}}}}
          post: {operationId: maybe, responses: {'200': {description: '', content: {application/json: {schema: {type: string}}}}, '204': {description: ''}}}
          patch: {operationId: vendor, responses: {2XX: {description: '', content: {application/vnd.pets+json: {schema: {type: string}}}}}}
          delete: {operationId: fallback, responses: {default: {description: '', content: {'*/*': {schema: {type: object}}}}}}
          head: {operationId: look, responses: {'200': {description: '', content: {application/json: {schema: {type: string}}}}}}
          options: {operationId: ask, responses: {'200': {description: '', content: {application/json: {schema: {type: string, format: binary}}}}}}
          trace: {operationId: echo, responses: {'200': {description: '', content: {'*/*': {schema: {type: string}}}}}}
    "), @r#"
    #[inline]
    pub fn csv() -> Request<String> {
        Request::text(&CSV)
    }

    static CSV: Operation =
        Operation::get("csv", "/a")
            .accepts("text/csv, */*;q=0.1");

    #[inline]
    pub fn image() -> Request<Vec<u8>> {
        Request::bytes(&IMAGE)
    }

    static IMAGE: Operation =
        Operation::put("image", "/a")
            .accepts("image/png, image/webp, */*;q=0.1");

    #[inline]
    pub fn maybe() -> Request<Option<String>> {
        Request::or_empty(&MAYBE)
    }

    static MAYBE: Operation = Operation::post("maybe", "/a");

    #[inline]
    pub fn vendor() -> Request<String> {
        Request::new(&VENDOR)
    }

    static VENDOR: Operation =
        Operation::patch("vendor", "/a")
            .accepts("application/vnd.pets+json, */*;q=0.1");

    #[inline]
    pub fn fallback() -> Request<Map<String, Value>> {
        Request::new(&FALLBACK)
    }

    static FALLBACK: Operation = Operation::delete("fallback", "/a");

    #[inline]
    pub fn look() -> Request<()> {
        Request::new(&LOOK)
    }

    static LOOK: Operation = Operation::head("look", "/a");

    #[inline]
    pub fn ask() -> Request<Vec<u8>> {
        Request::bytes(&ASK)
    }

    static ASK: Operation =
        Operation::options("ask", "/a")
            .accepts("application/json, */*;q=0.1");

    #[inline]
    pub fn echo() -> Request<String> {
        Request::text(&ECHO)
    }

    static ECHO: Operation =
        Operation::trace("echo", "/a")
            .accepts("*/*");
    "#);
}

#[test]
fn responses_are_documented() {
    let paths = "
        /a:
          get:
            operationId: a
            responses:
              '200': {description: '', headers: {X-Left: {description: Requests left., schema: {type: integer}}, X-Id: {schema: {type: string}}}, content: {application/json: {schema: {type: string}}}}
              '202': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}
              '404': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
              '5XX': {description: '', content: {text/plain: {}}}
              default: {description: '', content: {application/problem+json: {schema: {$ref: '#/components/schemas/Problem'}}}}
    ";
    let schemas = "
        Job: {type: object, properties: {id: {type: string}}}
        Problem: {type: object, properties: {title: {type: string}}}
    ";
    insta::assert_snapshot!(emitted("endpoints/", &generate(&document("3.1.0", paths, schemas)), true), @r#"
    /// Creates a request for the operation `a`.
    ///
    /// `GET /a`.
    ///
    /// The response body is `String` (200) or `models::Job` (202).
    ///
    /// The body of an error response is `models::Problem` (404, default). Decode it with `ApiError::decode`.
    ///
    /// # Responses
    ///
    /// - `5XX` (`text/plain`)
    /// - `default` (`application/problem+json`)
    /// - `200`, `202`, `404`
    ///
    /// # Response headers
    ///
    /// - `X-Left` as `X_LEFT` (`200`): Requests left. An integer.
    /// - `X-Id` as `X_ID` (`200`): A string.
    ///
    /// Source: `#/paths/~1a/get`
    #[inline]
    pub fn a() -> Request<models::ASuccess> {
        Request::by_status(&A)
    }

    static A: Operation = Operation::get("a", "/a");

    /// The response header `X-Left`.
    pub const X_LEFT: clientwright_runtime::ResponseHeader<i64> = clientwright_runtime::ResponseHeader::new(
        "x-left",
    );

    /// The response header `X-Id`.
    pub const X_ID: clientwright_runtime::ResponseHeader<String> = clientwright_runtime::ResponseHeader::new(
        "x-id",
    );
    "#);
}

/// Generates code from a document with one operation and the schemas `Row` and `Job`.
fn responding(method: &str, responses: &str) -> Output {
    let paths = format!("/a: {{{method}: {{operationId: a, responses: {responses}}}}}");
    let schemas = "
        Row: {type: object, properties: {id: {type: integer}}}
        Job: {type: object, properties: {id: {type: string}}}
    ";
    generate(&document("3.2.0", &paths, schemas))
}

fn operation(output: &Output) -> &Operation {
    output.api.operations().next().unwrap().1
}

/// Returns the type of the response.
fn response(method: &str, responses: &str) -> String {
    let output = responding(method, responses);
    operation(&output).response.as_ref().map_or_else(|| "()".to_owned(), ToString::to_string)
}

/// Returns the variants of the enum by status code, each with its type and status codes.
fn variants(responses: &str) -> Vec<String> {
    let output = responding("put", responses);
    let found = output.api.types.iter().find_map(|def| match &def.kind {
        TypeKind::ByStatus(variants) => Some(variants),
        _ => None,
    });
    let variants = found.into_iter().flatten().map(|variant| {
        let ty = variant.ty.as_ref().map(|ty| format!("({ty})")).unwrap_or_default();
        format!("{}{ty} {}", variant.name, variant.statuses.join(" "))
    });
    variants.collect()
}

const ROW: &str = "content: {application/json: {schema: {$ref: '#/components/schemas/Row'}}}";
const JOB: &str = "content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}";
const TEXT: &str = "content: {text/plain: {schema: {type: string}}}";

/// RFC 9110, sections 9.3.2 and 15.
#[test]
fn some_responses_never_have_content() {
    for (method, status) in
        [("delete", "204"), ("put", "205"), ("get", "304"), ("get", "103"), ("head", "200")]
    {
        let output = responding(method, &format!("{{'{status}': {{description: '', {ROW}}}}}"));
        assert_eq!(operation(&output).response, None, "{method} {status}");
        let skipped: Vec<_> = output.api.skipped.iter().map(|skipped| skipped.pointer.to_string()).collect();
        assert_eq!(skipped, [format!("#/paths/~1a/{method}/responses/{status}/content")]);
    }
}

#[test]
fn a_success_without_content_makes_the_response_optional() {
    let with = |other: &str| response("put", &format!("{{'200': {{description: '', {ROW}}}, {other}}}"));
    assert_eq!(with("'204': {description: ''}"), "Option<Row>");
    assert_eq!(with("'204': {description: '', content: {application/json: {}}}"), "Option<Row>");
    assert_eq!(with("'304': {description: ''}"), "Option<Row>");
    assert_eq!(with("'404': {description: ''}"), "Row");
    assert_eq!(with(&format!("'201': {{description: '', {ROW}}}")), "Row");
    assert_eq!(
        response("get", &format!("{{'200': {{description: '', {TEXT}}}, '204': {{description: ''}}}}")),
        "Option<String>"
    );
}

#[test]
fn a_declared_redirect_is_the_response() {
    let error = "default: {description: '', content: {application/json: {schema: {type: string}}}}";
    for status in ["302", "307", "3XX"] {
        let output = responding("get", &format!("{{'{status}': {{description: ''}}, {error}}}"));
        let operation = operation(&output);
        assert_eq!(
            operation.response.as_ref().map(ToString::to_string).as_deref(),
            Some("Redirect"),
            "{status}"
        );
        assert_eq!(
            (operation.redirects.as_slice(), operation.error_responses.len()),
            ([status.to_owned()].as_slice(), 1)
        );
    }
    // The type of an error response is not that of a success.
    assert_eq!(response("get", &format!("{{'304': {{description: ''}}, {error}}}")), "()");
    assert_eq!(response("get", &format!("{{'202': {{description: ''}}, {error}}}")), "()");
    assert_eq!(response("get", &format!("{{{error}}}")), "String");
}

#[test]
fn the_status_code_decides_between_types() {
    let found = variants(&format!(
        "{{'200': {{description: '', {ROW}}}, '201': {{description: '', {JOB}}}, 203: {{description: '', {ROW}}}}}"
    ));
    assert_eq!(found, ["Row(Row) 200 203", "Job(Job) 201"]);
    let found = variants(&format!(
        "{{'200': {{description: '', {ROW}}}, '201': {{description: '', {TEXT}}}, '202': {{description: '', content: {{image/png: {{}}}}}}, \
         '204': {{description: ''}}, '304': {{description: ''}}, '303': {{description: ''}}}}"
    ));
    let expected = [
        "Row(Row) 200",
        "Text(String) 201",
        "Bytes(Vec<u8>) 202",
        "NoContent 204",
        "NotModified 304",
        "Redirect(Redirect) 303",
    ];
    assert_eq!(found, expected);
    let found = variants(&format!("{{'200': {{description: '', {ROW}}}, 2XX: {{description: '', {JOB}}}}}"));
    assert_eq!(found, ["Row(Row) 200", "Job(Job) 2XX"]);
    // Inline types have no names of their own.
    let inline = |key: &str| {
        format!(
            "content: {{application/json: {{schema: {{type: object, properties: {{{key}: {{type: integer}}}}}}}}}}"
        )
    };
    let found = variants(&format!(
        "{{'200': {{description: '', {}}}, '201': {{description: '', {}}}}}",
        inline("a"),
        inline("b")
    ));
    assert_eq!(found, ["Ok(AResponse) 200", "Created(AResponse2) 201"]);
    assert_eq!(
        variants("{'204': {description: ''}, '304': {description: ''}}"),
        ["NoContent 204", "NotModified 304"]
    );
}

#[test]
fn other_media_types_are_offered_and_not_skipped() {
    let output = responding(
        "get",
        "{'200': {description: '', content: {text/csv: {schema: {type: string}}, application/json: {schema: {type: integer}}, image/png: {}}}}",
    );
    assert_eq!(output.api.skipped, []);
    let operation = operation(&output);
    assert_eq!(
        (operation.accept.as_deref(), operation.media_types.join(", ")),
        (None, "application/json, text/csv, image/png".to_owned())
    );
    let code = emitted("endpoints/", &output, true);
    assert!(code.contains(".offers(&[\"application/json\", \"text/csv\", \"image/png\"])"), "{code}");
    assert!(code.contains("The server can also respond with `text/csv`, `image/png`."), "{code}");
}

/// OpenAPI 3.2.0, Media Type Object, Sequential Media Types.
#[test]
fn a_sequence_is_an_array_of_its_items() {
    let item = "itemSchema: {$ref: '#/components/schemas/Row'}";
    for media_type in
        ["application/jsonl", "application/x-ndjson", "application/json-seq", "application/geo+json-seq"]
    {
        assert_eq!(
            response(
                "get",
                &format!("{{'200': {{description: '', content: {{{media_type}: {{{item}}}}}}}}}")
            ),
            "Vec<Row>"
        );
        let array = "schema: {type: array, items: {$ref: '#/components/schemas/Row'}}";
        assert_eq!(
            response(
                "get",
                &format!("{{'200': {{description: '', content: {{{media_type}: {{{array}}}}}}}}}")
            ),
            "Vec<Row>"
        );
    }
    let events = format!("{{'200': {{description: '', content: {{text/event-stream: {{{item}}}}}}}}}");
    assert_eq!(response("get", &events), "Vec<Row>");
    assert!(responding("get", &events).api.skipped.is_empty());
}

/// Servers send events on request only.
#[test]
fn events_are_not_chosen_if_there_is_other_content() {
    for (other, ty) in [
        ("application/octet-stream: {schema: {type: string, format: binary}}", "Vec<u8>"),
        ("audio/mpeg: {}", "Vec<u8>"),
        ("text/plain: {schema: {type: string}}", "String"),
        ("application/json: {schema: {$ref: '#/components/schemas/Row'}}", "Row"),
    ] {
        let content = |media: &str| format!("{{'200': {{description: '', content: {{{media}}}}}}}");
        let events = "text/event-stream: {schema: {$ref: '#/components/schemas/Row'}}";
        for media in [format!("{other}, {events}"), format!("{events}, {other}")] {
            assert_eq!(response("get", &content(&media)), ty, "{media}");
            let output = responding("get", &content(&media));
            let code = emitted("endpoints/", &output, true);
            let first = code.split("_stream(").next().unwrap();
            assert!(!first.contains("accepts(\"text/event-stream"), "{media}: {code}");
            let functions: Vec<_> =
                output.api.operations().map(|(_, operation)| operation.name.as_str()).collect();
            assert!(matches!(functions.as_slice(), [first, second] if *second == format!("{first}_stream")));
            assert!(output.api.skipped.is_empty(), "{:?}", output.api.skipped);
        }
    }
}

#[test]
fn a_body_may_be_a_sequence() {
    insta::assert_snapshot!(endpoints("
        /a:
          post: {operationId: push, requestBody: {required: true, content: {application/x-ndjson: {itemSchema: {type: integer}}}}, responses: {'204': {description: ''}}}
          put: {operationId: maybe, requestBody: {content: {application/json-seq: {itemSchema: {type: integer}}}}, responses: {'204': {description: ''}}}
    "), @r#"
    #[inline]
    pub fn maybe(body: Option<&[i64]>) -> Request<()> {
        Request::new(&MAYBE).sequence(optional(body.as_ref()), "application/json-seq")
    }

    static MAYBE: Operation = Operation::put("maybe", "/a");

    #[inline]
    pub fn push(body: &[i64]) -> Request<()> {
        Request::new(&PUSH).sequence(&body, "application/x-ndjson")
    }

    static PUSH: Operation = Operation::post("push", "/a");
    "#);
}

/// RFC 9110, section 15: each status code has a name.
#[test]
fn a_response_without_a_named_type_is_named_after_its_status_code() {
    let inline = |status: &str| {
        let schema = format!("{{type: object, properties: {{s{status}: {{type: integer}}}}}}");
        format!("'{status}': {{description: '', content: {{application/json: {{schema: {schema}}}}}}}")
    };
    let found = variants(&format!("{{{}, {}, {}}}", inline("203"), inline("206"), inline("208")));
    assert_eq!(
        found,
        [
            "NonAuthoritativeInformation(AResponse) 203",
            "PartialContent(AResponse2) 206",
            "AlreadyReported(AResponse3) 208"
        ]
    );
    let found = variants("{'303': {description: ''}, '304': {description: ''}}");
    assert_eq!(found, ["Redirect(Redirect) 303", "NotModified 304"]);
    let found = variants("{'204': {description: ''}, '303': {description: ''}}");
    assert_eq!(found, ["NoContent 204", "Redirect(Redirect) 303"]);
    let found = variants(&format!(
        "{{'200': {{description: '', {ROW}}}, '204': {{description: ''}}, '304': {{description: ''}}}}"
    ));
    assert_eq!(found, ["Row(Row) 200", "NoContent 204", "NotModified 304"]);
}

#[test]
fn every_media_type_of_a_success_is_accepted() {
    let accept = |responses: &str| operation(&responding("get", responses)).accept.clone();
    let found = accept(&format!("{{'200': {{description: '', {TEXT}}}, '201': {{description: '', {ROW}}}}}"));
    assert_eq!(found.as_deref(), Some("text/plain, application/json, */*;q=0.1"));
    let found = accept(&format!("{{'200': {{description: '', {JOB}}}, '201': {{description: '', {ROW}}}}}"));
    assert_eq!(found, None);
    // Any media type is read as JSON, or as text.
    let any = |schema: &str| {
        format!("'201': {{description: '', content: {{'*/*': {{schema: {{type: {schema}}}}}}}}}")
    };
    let found = accept(&format!("{{'200': {{description: '', {TEXT}}}, {}}}", any("object")));
    assert_eq!(found.as_deref(), Some("text/plain, application/json, */*;q=0.1"));
    let found = accept(&format!("{{'200': {{description: '', {ROW}}}, {}}}", any("string")));
    assert_eq!(found.as_deref(), Some("application/json, */*;q=0.1"));
    // A header field is ASCII.
    let found = accept("{'200': {description: '', content: {image/png: {}, image/größe: {}}}}");
    assert_eq!(found.as_deref(), Some("image/png, */*;q=0.1"));
}

#[test]
fn other_schemas_of_a_response_are_types_or_skipped() {
    let found = |content: &str| {
        let output = responding("get", &format!("{{'200': {{description: '', content: {{{content}}}}}}}"));
        let types = output.api.types.iter().map(|def| def.name.to_string());
        let types: Vec<_> = types.filter(|name| name.starts_with('A')).collect();
        let skipped: Vec<_> = output.api.skipped.iter().map(|part| part.pointer.to_string()).collect();
        let skipped: Vec<_> =
            skipped.iter().filter_map(|at| Some(at.split_once("/content/")?.1.to_owned())).collect();
        [types, skipped].concat().join(" ")
    };
    let of = |key: &str| format!("{{schema: {{type: object, properties: {{{key}: {{type: integer}}}}}}}}");
    let (a, b) = (of("a"), of("b"));
    let both = |other: &str| found(&format!("application/json: {a}, {other}"));
    assert_eq!(both(&format!("application/vnd.b+json: {b}")), "AResponse AResponse2");
    assert_eq!(both(&format!("application/vnd.a+json: {a}")), "AResponse");
    assert_eq!(both(&format!("text/xml: {b}")), "AResponse text~1xml/schema");
    assert_eq!(both(&format!("text/xml: {a}")), "AResponse");
    assert_eq!(both("text/csv: {schema: {type: string}}"), "AResponse");
    assert_eq!(both("text/csv: {schema: {type: string, maxLength: 9}}"), "AResponse text~1csv/schema");
    let found = |schema: &str| found(&format!("text/plain: {{schema: {schema}}}"));
    assert_eq!(found("{type: integer}"), "text~1plain/schema");
    assert_eq!(found("{}"), "");
    assert_eq!(found("{type: string}"), "");
}

#[test]
fn a_header_that_responses_declare_equally_is_listed_once() {
    let output = responding(
        "get",
        "{'200': {description: '', headers: {
            X-Left: {description: Requests left., schema: {type: integer, minimum: 0}},
            X-Page: {schema: {type: integer, maximum: 9}},
            X-Tags: {explode: true, schema: {type: object, additionalProperties: {type: string}}},
            X-User: {content: {application/json: {schema: {type: object, maxProperties: 2}}}}}},
          '429': {description: '', headers: {
            X-Left: {description: Requests left., schema: {type: integer, minimum: 0}},
            X-Page: {schema: {type: integer, maximum: 8}}}}}",
    );
    let headers = &operation(&output).response_headers;
    let statuses: Vec<_> = headers.iter().map(|header| header.statuses.join(" ")).collect();
    assert_eq!(statuses, ["200 429", "200", "200", "200", "429"]);
    let code = emitted("endpoints/", &output, true);
    let docs: Vec<_> = code.lines().filter_map(|line| line.strip_prefix("/// - `X-")).collect();
    insta::assert_snapshot!(docs.join("\n"), @"
    Left` as `X_LEFT`: Requests left. An integer. At least `0`.
    Page` as `X_PAGE` (`200`): An integer. At most `9`.
    Tags` as `X_TAGS` (`200`): Properties are written as `name=value`. An object.
    User` as `X_USER` (`200`): Content of the media type `application/json`. An object. At most 2 properties.
    Page` as `X_PAGE` (`429`): An integer. At most `8`.
    ");
}

#[test]
fn limits_of_text_are_documented() {
    let output = responding(
        "get",
        "{'200': {description: '', content: {text/plain: {schema: {type: string, maxLength: 9}}}}}",
    );
    let code = emitted("endpoints/", &output, true);
    assert!(code.contains("/// - `200` (`text/plain`): At most 9 characters.\n"), "{code}");
}
