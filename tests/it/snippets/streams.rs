//! Streams: responses whose items arrive one by one.

use codegen::{Output, Source};

use super::{document, emitted, endpoints, generate};

fn streaming(extension: &str, content: &str, schemas: &str) -> Output {
    generate(&described(extension, content, schemas))
}

fn described(extension: &str, content: &str, schemas: &str) -> String {
    let paths = format!(
        "/a: {{post: {{operationId: a, {extension} requestBody: {{required: true, content: {{application/json: {{schema: \
         {{type: object, properties: {{stream: {{type: boolean}}}}}}}}}}}}, responses: {{'200': {{description: '', content: {content}}}}}}}}}"
    );
    document("3.2.0", &paths, schemas)
}

/// Returns the type of the items of the last function.
fn items(content: &str, schemas: &str) -> String {
    let code = emitted("endpoints/", &streaming("", content, schemas), true);
    let (_, ty) = code.rsplit_once("Events<").unwrap();
    ty.split('>').next().unwrap().trim().to_owned()
}

#[test]
fn an_operation_with_json_and_events_has_two_functions() {
    insta::assert_snapshot!(endpoints("
        /a: {post: {operationId: chat, x-stream: {property: stream, end: ['[DONE]']}, requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {stream: {type: boolean}}}}}}, responses: {'200': {description: '', content: {application/json: {schema: {type: string}}, text/event-stream: {schema: {type: integer}}}}}}}
    "), @r#"
    #[inline]
    pub fn chat(body: &models::ChatBody) -> Request<String> {
        Request::new(&CHAT).json(body)
    }

    static CHAT: Operation = Operation::post("chat", "/a");

    #[inline]
    pub fn chat_stream(
        body: &models::ChatBody,
    ) -> Request<clientwright_runtime::Events<i64>> {
        Request::events(&CHAT_STREAM).json(body).json_flag("stream")
    }

    static CHAT_STREAM: Operation =
        Operation::post("chat", "/a")
            .accepts("text/event-stream, */*;q=0.1")
            .streams(clientwright_runtime::Streaming::new().ends_with(&["[DONE]"]));
    "#);
}

/// OpenAPI 3.2 describes an event by `itemSchema`: an object with its data.
#[test]
fn the_data_of_an_event_is_the_item() {
    let row = "{Row: {type: object, properties: {id: {type: integer}}}, Event: {type: object, properties: {event: {type: string}, data: {$ref: '#/components/schemas/Row'}}}, \
               Text: {type: object, properties: {data: {type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Row'}}}}}";
    for (schema, expected) in [
        (
            "itemSchema: {type: object, properties: {id: {type: string}, data: {type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Row'}}}}",
            "models::Row",
        ),
        ("itemSchema: {$ref: '#/components/schemas/Text'}", "models::Row"),
        ("itemSchema: {type: object, properties: {data: {type: string}}}", "String"),
        // The way of 3.0 and 3.1: the schema of the data, or of an event with its fields.
        ("schema: {$ref: '#/components/schemas/Row'}", "models::Row"),
        ("schema: {$ref: '#/components/schemas/Event'}", "models::Row"),
        ("schema: {type: array, items: {$ref: '#/components/schemas/Event'}}", "models::Row"),
        ("schema: {type: string}", "String"),
        (
            "schema: {type: object, properties: {data: {type: integer}, other: {type: string}}}",
            "models::AResponseEvent",
        ),
        ("", "Value"),
    ] {
        assert_eq!(items(&format!("{{text/event-stream: {{{schema}}}}}"), row), expected, "{schema}");
    }
}

#[test]
fn events_of_several_types_are_a_union() {
    let branch = |name: &str, data: &str| {
        format!(
            "{{type: object, required: [event, data], properties: {{event: {{const: {name}}}, data: {data}}}}}"
        )
    };
    let number = branch(
        "number",
        "{type: string, contentMediaType: application/json, contentSchema: {type: integer}}",
    );
    let content = format!(
        "{{text/event-stream: {{itemSchema: {{oneOf: [{number}, {}]}}}}}}",
        branch("note", "{type: string}")
    );
    let output = streaming("", &content, "{}");
    let code = emitted("endpoints/", &output, true);
    assert!(code.contains(".streams(clientwright_runtime::Streaming::new().of_whole_events())"), "{code}");
    let models = emitted("models/", &output, false);
    assert!(models.contains("by \"event\"") && models.contains("pub data: i64"), "{models}");
}

#[test]
fn parts_with_a_schema_are_a_stream() {
    assert_eq!(items("{multipart/mixed: {itemSchema: {type: integer}}}", "{}"), "i64");
}

#[test]
fn an_extension_without_a_stream_or_with_an_unknown_property_is_reported() {
    let json = "{application/json: {schema: {type: string}}}";
    let events = "{text/event-stream: {schema: {type: string}}}";
    for (extension, content, expected) in [
        ("x-stream: {end: [DONE]},", json, "no response of the operation is a stream"),
        ("x-stream: {property: streams},", events, "streams"),
    ] {
        let source = Source::new("api.yaml", described(extension, content, "{}"));
        let report = codegen::generate(&source, &[]).unwrap_err().to_string();
        assert!(report.contains(expected), "{report}");
    }
}

/// A component that describes events and JSON keeps its string in JSON.
#[test]
fn a_component_that_is_also_json_is_not_changed() {
    let schemas = "{Text: {type: object, properties: {data: {type: string, contentMediaType: application/json, contentSchema: {type: integer}}}}}";
    let content = "{application/json: {schema: {$ref: '#/components/schemas/Text'}}, text/event-stream: {itemSchema: {$ref: '#/components/schemas/Text'}}}";
    let output = streaming("", content, schemas);
    assert!(emitted("models/", &output, false).contains("pub data: Option<String>"));
    assert_eq!(items(content, schemas), "i64");
}

/// Before OpenAPI 3.2, the schema of JSON Lines is that of a line.
#[test]
fn lines_without_an_array_are_items() {
    let row = "{Row: {type: object, properties: {id: {type: integer}}}}";
    for (content, expected) in [
        ("{application/x-ndjson: {schema: {$ref: '#/components/schemas/Row'}}}", "Request<Vec<models::Row>>"),
        ("{application/x-ndjson: {}}", "Request<Vec<Value>>"),
        ("{application/x-ndjson: {schema: {type: string}}}", "Request<String>"),
    ] {
        let code = emitted("endpoints/", &streaming("", content, row), false);
        assert!(code.contains(expected), "{content}: {code}");
    }
    let both = "{application/json: {schema: {$ref: '#/components/schemas/Row'}}, application/x-ndjson: {schema: {$ref: '#/components/schemas/Row'}}}";
    let code = emitted("endpoints/", &streaming("", both, row), false);
    assert!(code.contains("pub fn a_stream(") && code.contains("Events<models::Row>"), "{code}");
}

#[test]
fn a_declared_operation_keeps_its_name() {
    let content = "{application/json: {schema: {type: string}}, text/event-stream: {schema: {type: string}}}";
    let operation = |id: &str| {
        format!("{{operationId: {id}, responses: {{'200': {{description: '', content: {content}}}}}}}")
    };
    let paths = format!(
        "/a: {{get: {}, put: {{operationId: chat_stream, responses: {{'204': {{description: ''}}}}}}}}",
        operation("chat")
    );
    let output = generate(&document("3.1.0", &paths, "{}"));
    let functions: Vec<_> = output.api.operations().map(|(_, operation)| operation.name.as_str()).collect();
    assert_eq!(functions, ["chat", "chat_items", "chat_stream"]);
}
