//! Which credentials an operation gets: those of the security schemes that it requires.

use super::{Auth, Client, Server, fine, run};
use crate::Request;
use crate::api::{Api, ApiKey, SecurityScheme};
use crate::operation::Operation;
use crate::wire::samples::Part;

const KEY: ApiKey = ApiKey::header("X-Key");
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

/// Which credentials the server saw: `k` the key, `t` the token, `g` a key that no scheme is about.
fn seen(api: &'static Api, operation: &'static Operation) -> String {
    let auth = Auth::api_key(ApiKey::header("x-key"), "k")
        .and(Auth::bearer("t"))
        .and(Auth::api_key(ApiKey::header("x-gateway"), "g"));
    let head = run(async {
        let server = Server::script([fine()]).await;
        let client = Client::builder(api).base_url(&server.address).auth(auth).build().unwrap();
        client.send(Request::<Part>::new(operation)).await.unwrap();
        server.seen().concat()
    });
    let lines = ["x-key: k", "authorization: Bearer t", "x-gateway: g"];
    let found = lines.iter().filter(|line| head.lines().any(|seen| seen == **line));
    found.filter_map(|line| line.chars().last()).collect()
}

#[test]
fn operations_get_what_they_require() {
    for (operation, expected) in
        [(&USUAL, "kg"), (&OPEN, "g"), (&OPTIONAL, "tg"), (&TOKEN, "tg"), (&BOTH, "ktg"), (&UNMET, "ktg")]
    {
        assert_eq!(seen(&DECLARED, operation), expected, "{}", operation.id());
        assert_eq!(seen(&UNDECLARED, operation), "ktg", "{}", operation.id());
    }
}

#[test]
fn credentials_are_needed_where_no_requirement_is_empty() {
    static OPTIONAL: Api = Api::new("test/1").security(&[&["key"], &[]]);
    assert!(DECLARED.needs_auth() && !OPTIONAL.needs_auth() && !UNDECLARED.needs_auth());
}
