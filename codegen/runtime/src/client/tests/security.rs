//! Which credentials are sent: those of the security schemes that the operation requires.

use super::{Auth, Client, TestServer, ok_response, run};
use crate::Request;
use crate::api::{Api, ApiKeyLocation, SecurityScheme};
use crate::operation::Operation;
use crate::wire::samples::Part;

const KEY: ApiKeyLocation = ApiKeyLocation::header("X-Key");
static DECLARED: Api = Api::new("test/1")
    .schemes(&[
        SecurityScheme::api_key("key", KEY),
        SecurityScheme::bearer("token"),
        SecurityScheme::basic("basic"),
        SecurityScheme::other("certificate"),
    ])
    .security(&[&["key"]]);
static UNDECLARED: Api = Api::new("test/1");

static USUAL: Operation = Operation::get("Usual", "/a");
static OPEN: Operation = Operation::get("Open", "/a").secured_by(&[]);
static OPTIONAL: Operation = Operation::get("Optional", "/a").secured_by(&[&[], &["token"]]);
static TOKEN: Operation = Operation::get("Token", "/a").secured_by(&[&["basic"], &["token"]]);
static BOTH: Operation = Operation::get("Both", "/a").secured_by(&[&["key", "token"]]);
static UNMET: Operation =
    Operation::get("Unmet", "/a").secured_by(&[&["basic"], &["certificate"], &["missing"]]);

/// Returns which credentials the server received: `k` the key, `t` the token, `g` a key that matches no scheme.
fn received(api: &'static Api, operation: &'static Operation) -> String {
    let auth = Auth::api_key(ApiKeyLocation::header("x-key"), "k")
        .and(Auth::bearer("t"))
        .and(Auth::api_key(ApiKeyLocation::header("x-gateway"), "g"));
    let head = run(async {
        let server = TestServer::responding([ok_response()]).await;
        let client = Client::builder(api).base_url(&server.url).auth(auth).build().unwrap();
        client.send(Request::<Part>::new(operation)).await.unwrap();
        server.requests().concat()
    });
    let lines = ["x-key: k", "authorization: Bearer t", "x-gateway: g"];
    let found = lines.iter().filter(|line| head.lines().any(|received| received == **line));
    found.filter_map(|line| line.chars().last()).collect()
}

#[test]
fn an_operation_gets_the_credentials_that_it_requires() {
    for (operation, expected) in
        [(&USUAL, "kg"), (&OPEN, "g"), (&OPTIONAL, "tg"), (&TOKEN, "tg"), (&BOTH, "ktg"), (&UNMET, "g")]
    {
        assert_eq!(received(&DECLARED, operation), expected, "{}", operation.id());
        assert_eq!(received(&UNDECLARED, operation), "ktg", "{}", operation.id());
    }
}

#[test]
fn credentials_are_required_unless_a_requirement_is_empty() {
    static OPTIONAL: Api = Api::new("test/1").security(&[&["key"], &[]]);
    assert!(DECLARED.needs_auth() && !OPTIONAL.needs_auth() && !UNDECLARED.needs_auth());
}

#[test]
fn a_scheme_that_the_client_does_not_have_needs_no_credentials() {
    static CERTIFICATE: &[SecurityScheme] =
        &[SecurityScheme::other("certificate"), SecurityScheme::bearer("token")];
    static UNSUPPORTED: Api = Api::new("test/1").schemes(CERTIFICATE).security(&[&["certificate"]]);
    static MISSING: Api = Api::new("test/1").security(&[&["missing"]]);
    static ALTERNATIVES: Api =
        Api::new("test/1").schemes(CERTIFICATE).security(&[&["certificate"], &["missing"]]);
    // The client has the credentials for one of them.
    static EITHER: Api = Api::new("test/1").schemes(CERTIFICATE).security(&[&["certificate"], &["token"]]);
    static BOTH: Api = Api::new("test/1").schemes(CERTIFICATE).security(&[&["certificate", "token"]]);
    assert!(EITHER.needs_auth() && BOTH.needs_auth());
    for api in [&UNSUPPORTED, &MISSING, &ALTERNATIVES] {
        assert!(!api.needs_auth());
        let head = run(async {
            let server = TestServer::responding([ok_response()]).await;
            let client = Client::builder(api).base_url(&server.url).build().unwrap();
            client.send(Request::<Part>::new(&USUAL)).await.unwrap();
            server.requests().concat()
        });
        assert!(!head.contains("authorization"), "{head}");
    }
}

#[test]
fn a_password_may_be_empty() {
    // RFC 7617, 2
    let head = run(async {
        let server = TestServer::responding([ok_response()]).await;
        let client = Client::builder(&UNDECLARED).base_url(&server.url).auth(Auth::basic("sk_test", ""));
        client.build().unwrap().send(Request::<Part>::new(&USUAL)).await.unwrap();
        server.requests().concat()
    });
    assert!(head.contains("authorization: Basic c2tfdGVzdDo=\r\n"), "{head}");
}
