//! Extensions with invalid values, or with names that the description doesn't declare.

use super::rest;

const RESPONSE: &str = "responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/PetPage'}}}}}";
const SCHEMAS: &str = "
components:
  schemas:
    PetPage:
      type: object
      properties:
        pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        names: {type: array, items: {type: string}}
        state: {type: object, properties: {phase: {type: string, enum: [open, shut]}, count: {type: integer}}}
    Pet: {type: object, properties: {id: {type: integer}, changed_at: {type: string}}}
";

/// Returns the report on operations `GET /0`, `GET /1` and so on, which respond with a page of pets. Each has some
/// additional lines.
fn pets(operations: &[&str]) -> String {
    let operation = |(index, lines): (usize, &&str)| {
        format!("  /{index}:\n    get:\n      operationId: pets{index}\n      {lines}\n      {RESPONSE}\n")
    };
    let operations: String = operations.iter().enumerate().map(operation).collect();
    rest(&format!("paths:\n{operations}{SCHEMAS}"))
}

#[test]
fn an_invalid_extension_key_or_value_is_an_error() {
    insta::assert_snapshot!(pets(&[
        "x-pagination: {style: pages, items: pets, max-page-size: 100}",
        "x-pagination: [{style: cursor, items: pets}]",
        "x-pagination: cursor",
        "x-pagination: {style: cursor, item: pets, max-page-size: 4294967296, identity: id, late: -1}",
        "x-rate-limit: {bucket: exports, requests: ten, seconds: 60}",
        "x-rate-limit: 10",
        "x-rate-limit: {bucket: exports, requests: 10, window: 60}",
        "x-pending: {pointer: /state/phase, value: [open]}",
    ]), @r#"
    error: "pages" is not a pagination style
      --> api.yaml:7:22 (#/paths/~10/get/x-pagination/style)
      help: known styles: cursor, time, next-page, routing-cursor, chat, page-cursor

    error: `x-pagination` has no `max-page-size`
      --> api.yaml:12:22 (#/paths/~11/get/x-pagination/0)
      help: add `max-page-size`

    error: `x-pagination` must be an object or an array of objects, not a string
      --> api.yaml:17:7 (#/paths/~12/get/x-pagination)
      help: fix the value, for example with an overlay

    error: `x-pagination` has no `items`
      --> api.yaml:22:7 (#/paths/~13/get/x-pagination)
      help: add `items`

    error: unknown key `item` in `x-pagination`
      --> api.yaml:22:37 (#/paths/~13/get/x-pagination/item)
      help: known keys: style, items, max-page-size, size, identity, position, late

    error: `max-page-size` must be a non-negative 32-bit integer, not 4294967296
      --> api.yaml:22:49 (#/paths/~13/get/x-pagination/max-page-size)
      help: fix the value, for example with an overlay

    error: `identity` must be an array of strings, not a string
      --> api.yaml:22:76 (#/paths/~13/get/x-pagination/identity)
      help: fix the value, for example with an overlay

    error: `late` must be a non-negative 32-bit integer, not -1
      --> api.yaml:22:90 (#/paths/~13/get/x-pagination/late)
      help: fix the value, for example with an overlay

    error: `requests` must be a non-negative 32-bit integer, not a string
      --> api.yaml:27:39 (#/paths/~14/get/x-rate-limit/requests)
      help: fix the value, for example with an overlay

    error: `x-rate-limit` must be an object, not a number
      --> api.yaml:32:7 (#/paths/~15/get/x-rate-limit)
      help: write it as an object

    error: `x-rate-limit` has no `seconds`
      --> api.yaml:37:7 (#/paths/~16/get/x-rate-limit)
      help: add `seconds`

    error: unknown key `window` in `x-rate-limit`
      --> api.yaml:37:53 (#/paths/~16/get/x-rate-limit/window)
      help: known keys: bucket, requests, seconds, header

    error: `x-pending` has no `values`
      --> api.yaml:42:7 (#/paths/~17/get/x-pending)
      help: add `values`

    error: unknown key `value` in `x-pending`
      --> api.yaml:42:42 (#/paths/~17/get/x-pending/value)
      help: known keys: pointer, values
    "#);
}

#[test]
fn pagination_must_name_declared_properties_and_parameters() {
    insta::assert_snapshot!(pets(&[
        "x-pagination: {style: cursor, items: pet, max-page-size: 100}",
        "x-pagination: {style: cursor, items: state, max-page-size: 100}",
        "x-pagination: {style: cursor, items: pets, max-page-size: 100, size: per_page, identity: [id, version], position: changed}",
        "x-pagination: {style: cursor, items: pets, max-page-size: 100, size: per_pgae}\n      parameters: [{name: per_page, in: query, schema: {type: integer}}]",
    ]), @r#"
    error: "pet" is not an array of the response
      --> api.yaml:7:37 (#/paths/~10/get/x-pagination/items)
      help: did you mean "pets"?

    error: "state" is not an array of the response
      --> api.yaml:12:37 (#/paths/~11/get/x-pagination/items)
      help: write a declared name, or declare this one in an overlay

    error: "per_page" is not a query parameter of the operation
      --> api.yaml:17:70 (#/paths/~12/get/x-pagination/size)
      help: write a declared name, or declare this one in an overlay

    error: "version" is not a declared property of the records
      --> api.yaml:17:101 (#/paths/~12/get/x-pagination/identity/1)
      help: write a declared name, or declare this one in an overlay

    error: "changed" is not a declared property of the records
      --> api.yaml:17:111 (#/paths/~12/get/x-pagination/position)
      help: write a declared name, or declare this one in an overlay

    error: "per_pgae" is not a query parameter of the operation
      --> api.yaml:22:70 (#/paths/~13/get/x-pagination/size)
      help: did you mean "per_page"?
    "#);
}

#[test]
fn records_without_properties_have_no_identity() {
    insta::assert_snapshot!(pets(&["x-pagination: {style: time, items: names, max-page-size: 100, identity: [id]}"]), @r#"
    error: "id" is not a declared property of the records
      --> api.yaml:7:80 (#/paths/~10/get/x-pagination/identity/0)
      help: write a declared name, or declare this one in an overlay
    "#);
}

#[test]
fn a_paged_operation_needs_a_response_with_properties() {
    insta::assert_snapshot!(rest("
        paths:
          /a: {get: {operationId: a, x-pagination: {style: cursor, items: pets, max-page-size: 100}, responses: {'204': {description: ''}}}}
          /b: {get: {operationId: b, x-pagination: {style: cursor, items: pets, max-page-size: 100}, responses: {'200': {description: '', content: {application/json: {schema: {type: array, items: {type: string}}}}}}}}
    "), @"
    error: the operation is paged, but its response declares no properties
      --> api.yaml:4:30 (#/paths/~1a/get/x-pagination)
      help: give the response a schema with the array `pets`

    error: the operation is paged, but its response declares no properties
      --> api.yaml:5:30 (#/paths/~1b/get/x-pagination)
      help: give the response a schema with the array `pets`
    ");
}

#[test]
fn a_page_type_has_one_array_of_records() {
    insta::assert_snapshot!(pets(&[
        "x-pagination: {style: cursor, items: pets, max-page-size: 100}",
        "x-pagination: [{style: time, items: pets, max-page-size: 10}, {style: cursor, items: names, max-page-size: 100}]",
    ]), @r#"
    error: `PetPage` is a page of "pets" already, by #/paths/~10/get/x-pagination
      --> api.yaml:12:85 (#/paths/~11/get/x-pagination/1/items)
      help: page the same array, or give one of the responses its own schema
    "#);
}

#[test]
fn two_limits_of_one_bucket_are_an_error() {
    insta::assert_snapshot!(pets(&[
        "x-rate-limit: {bucket: exports, requests: 10, seconds: 60}",
        "x-rate-limit: {bucket: exports, requests: 10, seconds: 60}",
        "x-rate-limit: {bucket: exports, requests: 10, seconds: 60, header: x-exports}",
    ]), @r#"
    error: the bucket "exports" has another limit at #/paths/~10/get
      --> api.yaml:17:7 (#/paths/~12/get/x-rate-limit)
      help: declare the same limit for all operations of the bucket, or use another bucket
    "#);
}

#[test]
fn x_pending_must_point_to_a_declared_string_property() {
    insta::assert_snapshot!(pets(&[
        "x-pending: {pointer: state/phase, values: [open]}",
        "x-pending: {pointer: /stat/phase, values: [open]}",
        "x-pending: {pointer: /state/phase/open, values: [open]}",
        "x-pending: {pointer: /state/count, values: [open]}",
        "x-pending: {pointer: /state, values: [open]}",
        "x-pending: {pointer: /state/phase, values: [open, shot, other]}",
    ]), @r#"
    error: "state/phase" is not a JSON pointer to a property
      --> api.yaml:7:19 (#/paths/~10/get/x-pending/pointer)
      help: for example /job_status/status

    error: "stat" is not a declared property
      --> api.yaml:12:19 (#/paths/~11/get/x-pending/pointer)
      help: did you mean "state"?

    error: "open" is not a declared property
      --> api.yaml:17:19 (#/paths/~12/get/x-pending/pointer)
      help: write a declared name, or declare this one in an overlay

    error: the property at /state/count is not declared as a string
      --> api.yaml:22:19 (#/paths/~13/get/x-pending/pointer)
      help: write the pointer of the property with the state

    error: the property at /state is not declared as a string
      --> api.yaml:27:19 (#/paths/~14/get/x-pending/pointer)
      help: write the pointer of the property with the state

    error: "shot" is not a declared value
      --> api.yaml:32:57 (#/paths/~15/get/x-pending/values/1)
      help: did you mean "shut"?

    error: "other" is not a declared value
      --> api.yaml:32:63 (#/paths/~15/get/x-pending/values/2)
      help: write a declared name, or declare this one in an overlay
    "#);
}

#[test]
fn invalid_parameter_rules_are_an_error() {
    insta::assert_snapshot!(rest("
        paths:
          /a: {get: {operationId: a, parameters: [{name: start, in: query, schema: {type: string}}], x-parameter-rules: {exactly-one-of: [[start, cursor]]}, responses: {}}}
          /b: {get: {operationId: b, x-parameter-rules: {exactly-one: [[start, cursor]]}, responses: {}}}
          /c: {get: {operationId: c, x-parameter-rules: {at-most-one-of: [start, cursor]}, responses: {}}}
          /d: {get: {operationId: d, x-parameter-rules: exactly-one-of, responses: {}}}
    "), @r#"
    error: x-parameter-rules names "cursor", which is not a parameter of the operation
      --> api.yaml:4:94 (#/paths/~1a/get/x-parameter-rules)
      help: write names of declared parameters only

    error: x-parameter-rules needs `exactly-one-of` or `at-most-one-of`, each an array of groups of names
      --> api.yaml:5:50 (#/paths/~1b/get/x-parameter-rules/exactly-one)
      help: for example {exactly-one-of: [[start_time, cursor]]}

    error: x-parameter-rules needs `exactly-one-of` or `at-most-one-of`, each an array of groups of names
      --> api.yaml:6:50 (#/paths/~1c/get/x-parameter-rules/at-most-one-of)
      help: for example {exactly-one-of: [[start_time, cursor]]}

    error: x-parameter-rules needs `exactly-one-of` or `at-most-one-of`, each an array of groups of names
      --> api.yaml:7:30 (#/paths/~1d/get/x-parameter-rules)
      help: for example {exactly-one-of: [[start_time, cursor]]}
    "#);
}

#[test]
fn an_invalid_x_client_key_or_value_is_an_error() {
    insta::assert_snapshot!(rest("
        paths: {}
        x-client:
          token_url: /token
          request-id-headers: x-request
          error-hints: [{help: Ask again., statuses: [401]}, {status: high}]
        components: {securitySchemes: {password: {type: http, scheme: basic, x-basic-user: 1}}}
    "), @"
    error: unknown key `token_url` in `x-client`
      --> api.yaml:5:3 (#/x-client/token_url)
      help: known keys: token-url, token-requests, request-id-headers, warning-header, error-hints

    error: `request-id-headers` must be an array of strings, not a string
      --> api.yaml:6:3 (#/x-client/request-id-headers)
      help: fix the value, for example with an overlay

    error: unknown key `statuses` in an error hint of `x-client`
      --> api.yaml:7:36 (#/x-client/error-hints/0/statuses)
      help: known keys: help, status, code, phrase, too-early

    error: an error hint of `x-client` has no `help`
      --> api.yaml:7:54 (#/x-client/error-hints/1)
      help: add `help`

    error: `status` must be a non-negative 32-bit integer, not a string
      --> api.yaml:7:55 (#/x-client/error-hints/1/status)
      help: fix the value, for example with an overlay

    error: `x-basic-user` must be a string, not 1
      --> api.yaml:8:70 (#/components/securitySchemes/password/x-basic-user)
      help: fix the value, for example with an overlay

    error: `x-basic-user` has no placeholder for the user name
      --> api.yaml:8:70 (#/components/securitySchemes/password/x-basic-user)
      help: use `{user}` for the name
    ");
}

#[test]
fn an_unsupported_x_client_value_is_an_error() {
    insta::assert_snapshot!(rest("
        paths: {}
        x-client: {token-requests: xml}
        components: {securitySchemes: {password: {type: http, scheme: basic, x-basic-user: token}}}
    "), @"
    error: x-client: `token-requests` is neither `form` nor `json`
      --> api.yaml:4:12 (#/x-client/token-requests)
      help: write `form` or `json`

    error: `x-basic-user` has no placeholder for the user name
      --> api.yaml:5:70 (#/components/securitySchemes/password/x-basic-user)
      help: use `{user}` for the name
    ");
}
