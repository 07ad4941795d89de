//! Parts of multipart bodies for which an encoding lists media types.

use super::{assert_has, document, emitted, generate};

/// The emitted functions, with docs, for a multipart body with these properties and encodings.
fn functions(required: &str, properties: &str, encodings: &str) -> String {
    let paths = format!(
        "
        /u:
          post:
            operationId: u
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema: {{type: object, required: {required}, properties: {properties}}}
                  encoding: {encodings}
            responses: {{'204': {{description: ''}}}}
    "
    );
    emitted("endpoints/", &generate(&document("3.1.0", &paths, "{}")), true)
}

/// OpenAPI 3.1.1, 4.8.15.1.1: `contentType` is a comma-separated list of media types, each of which may be a wildcard.
#[test]
fn the_caller_chooses_a_media_type_of_the_list_for_a_file() {
    let code = functions(
        "[files, range, several]",
        "{files: {type: string, format: binary}, range: {type: string, format: binary},
          several: {type: array, items: {type: string, format: binary}}, text: {type: string}}",
        "{files: {contentType: 'image/png, image/jpeg'}, range: {contentType: 'image/*'},
          several: {contentType: 'image/*, image/gif'}, text: {contentType: 'text/csv, image/png'}}",
    );
    assert_has(
        &code,
        &[
            r#".files("files", &[files.into()], Some("image/png"))"#,
            "- `files`: Content of one of the media types `image/png`, `image/jpeg`. A `Part` without a media type is sent as `image/png`.",
            r#".files("range", &[range.into()], None)"#,
            "- `range`: Content of the media type `image/*`. Set it by `Part::content_type`; without it, the part is sent as `application/octet-stream`.",
            r#".files("several", &list::<Part>(several), Some("image/gif"))"#,
            // A string could not hold an image.
            r#".files("text", &[text.into()], Some("text/csv"))"#,
        ],
    );
}

/// OpenAPI 3.1.1, 4.8.15.1.1; RFC 7578, 4.4: the default media type of a part is `text/plain`.
#[test]
fn a_value_is_sent_as_the_first_media_type_that_it_is_written_in() {
    let code = functions(
        "[text, object, texts]",
        "{text: {type: string}, object: {type: object}, texts: {type: array, items: {type: string}},
          number: {type: integer}, xml: {type: object}}",
        "{text: {contentType: 'text/csv, text/plain'}, object: {contentType: 'application/xml, application/json'},
          texts: {contentType: 'text/*'}, number: {contentType: 'application/json, text/plain'},
          xml: {contentType: 'application/xml, text/xml'}}",
    );
    assert_has(
        &code,
        &[
            r#".part_as("text", &text, "text/csv")"#,
            "- `text`: Content of one of the media types `text/csv`, `text/plain`. Sent as `text/csv`.",
            r#".part_as("object", &object, "application/json")"#,
            r#".part("texts", &list::<String>(texts))"#,
            "- `texts`: Content of the media type `text/*`.",
            r#".part_as("number", &number, "text/plain")"#,
            r#".files("xml", &[xml.into()], Some("application/xml"))"#,
        ],
    );
}

/// OpenAPI 3.1.1, 4.8.21: `required` of a header. A header of a part is only sent with the part.
#[test]
fn a_required_header_of_an_optional_part_is_required_with_the_part() {
    let code = functions(
        "[needed]",
        "{needed: {type: string, format: binary}, free: {type: string, format: binary}}",
        "{needed: {headers: {X-A: {required: true, schema: {type: string}}}},
          free: {headers: {X-B: {required: true, schema: {type: string}}, X-C: {schema: {type: string}}}}}",
    );
    assert_has(
        &code,
        &[
            "pub fn u(needed: impl Into<Part>, needed_x_a: &str) -> U",
            "/// The header `X-B` of the part `free`. /// /// Required if the part `free` is sent.",
            "/// The header `X-C` of the part `free`. pub fn free_x_c(",
        ],
    );
}

/// OpenAPI 3.2.0, "Media Type Object": encodings by position.
#[test]
fn encodings_of_parts_without_names_are_skipped() {
    let paths = "
        /a:
          post:
            operationId: a
            requestBody:
              required: true
              content:
                multipart/mixed: {schema: {type: array, items: {}}, prefixEncoding: [{contentType: text/plain}], itemEncoding: {contentType: image/png}}
                multipart/form-data: {schema: {type: object, properties: {x: {type: object}}}, encoding: {x: {encoding: {y: {contentType: text/plain}}}}}
            responses: {'204': {description: ''}}
    ";
    let output = generate(&document("3.2.0", paths, "{}"));
    let skipped = output.api.skipped.iter().map(|part| part.pointer.to_string());
    let skipped: Vec<_> =
        skipped.filter_map(|at| Some(at.split_once("/content/multipart~1")?.1.to_owned())).collect();
    assert_eq!(skipped, ["form-data/encoding/x/encoding", "mixed/itemEncoding", "mixed/prefixEncoding"]);
}

/// OpenAPI 3.1.1, 4.8.15.1.1: without a type, the default media type of a part is that of bytes; of an object, it is JSON.
#[test]
fn a_part_without_a_type_is_a_file_unless_its_media_type_or_properties_say_more() {
    let code = functions(
        "[]",
        "{any: {}, range: {}, json: {}, text: {}, strings: {type: string}, csv: {type: string}, list: {type: string},
          combined: {allOf: [{type: string}, {maxLength: 5}]}, plain: {properties: {a: {type: string}}},
          branch: {properties: {a: {type: string}}, anyOf: [{description: b}]}, pair: {properties: {a: {type: string}}},
          xml: {properties: {a: {type: string}}}, png: {type: string, format: binary}}",
        "{any: {contentType: '*/*'}, range: {contentType: 'application/*'}, json: {contentType: application/json},
          text: {contentType: text/plain}, strings: {contentType: application/json}, csv: {contentType: text/csv},
          list: {contentType: 'application/*'}, pair: {contentType: application/json}, xml: {contentType: application/xml},
          png: {contentType: image/png}}",
    );
    let files =
        ["any", "range", "list", "xml", "png"].map(|part| format!(".files(\"{part}\", &[{part}.into()]"));
    let values = ["json", "text", "strings", "csv", "combined", "plain", "branch", "pair"];
    for call in files {
        assert_has(&code, &[&call]);
    }
    for part in values {
        assert!(!code.contains(&format!(".files(\"{part}\"")), "{part}\n{code}");
    }
    // One media type is no choice.
    assert!(!code.contains("media type `image/png`"), "{code}");
}

#[test]
fn an_argument_for_a_header_of_a_part_has_its_own_name() {
    let code = functions(
        "[]",
        "{file_x_a: {type: string}, file: {type: string, format: binary}}",
        "{file: {headers: {X-A: {schema: {type: integer}}}}}",
    );
    assert_has(&code, &["pub fn file_x_a(self, file_x_a: &str)", "pub fn file_x_a2(self, file_x_a2: i64)"]);
}
