//! Responses: how they are read, and their docs.

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
    /// # Response headers
    ///
    /// - `X-Left`: Requests left.
    /// - `X-Id`
    ///
    /// Source: `#/paths/~1a/get`
    #[inline]
    pub fn a() -> Request<models::ASuccess> {
        Request::new(&A)
    }

    static A: Operation = Operation::get("a", "/a");
    "#);
}
