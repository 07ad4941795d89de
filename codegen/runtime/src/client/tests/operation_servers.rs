//! Operations with their own servers.

use super::{Client, TestServer, ok_response, response, run};
use crate::Request;
use crate::api::{Api, Server as Declared, ServerVariable};
use crate::operation::Operation;
use crate::wire::samples::Part;

const HOST: &[ServerVariable] = &[ServerVariable::new("host", "127.0.0.1:1", &[])];
static API: Api = Api::new("test/1").servers(&[Declared::new("http://{host}/v1", HOST)]);
static USUAL: Operation = Operation::get("Usual", "/a");
static OTHER: Operation =
    Operation::get("Other", "/a").on_servers(&[Declared::new("http://{host}/other", HOST)]);
static PATH: Operation = Operation::get("Path", "/a").on_servers(&[Declared::new("/v2", &[])]);
static REMOTE: Operation =
    Operation::get("Remote", "/a").on_servers(&[Declared::new("http://example.com", &[])]);

#[test]
fn an_operation_is_sent_to_its_own_server() {
    let lines = run(async {
        let server =
            TestServer::responding([ok_response(), ok_response(), ok_response(), ok_response()]).await;
        let host = server.url.trim_start_matches("http://").to_owned();
        let client = Client::builder(&API).server_variable("host", &host).build().unwrap();
        for operation in [&USUAL, &OTHER, &PATH] {
            client.send(Request::<Part>::new(operation)).await.unwrap();
        }
        // With a base URL, all operations are sent there.
        let client = Client::builder(&API).base_url(&server.url).build().unwrap();
        client.send(Request::<Part>::new(&OTHER)).await.unwrap();
        server.requests()
    });
    let lines: Vec<_> = lines.iter().filter_map(|request| request.lines().next()).collect();
    assert_eq!(lines, ["/v1/a", "/other/a", "/v2/a", "/a"].map(|path| format!("GET {path} HTTP/1.1")));
}

#[test]
fn a_variable_selects_the_server_that_has_it() {
    const SECOND: &[ServerVariable] = &[ServerVariable::new("second", "127.0.0.1:1", &[])];
    static TWO: Api = Api::new("test/1")
        .servers(&[Declared::new("http://{host}/v1", HOST), Declared::new("http://{second}/v2", SECOND)]);
    let lines = run(async {
        let server = TestServer::responding([ok_response(), ok_response()]).await;
        let host = server.url.trim_start_matches("http://").to_owned();
        for name in ["second", "host"] {
            let client = Client::builder(&TWO).server_variable(name, &host).build().unwrap();
            client.send(Request::<Part>::new(&USUAL)).await.unwrap();
        }
        server.requests()
    });
    let lines: Vec<_> = lines.iter().filter_map(|request| request.lines().next()).collect();
    assert_eq!(lines, ["GET /v2/a HTTP/1.1", "GET /v1/a HTTP/1.1"]);
}

#[test]
fn plain_http_to_the_server_of_an_operation_is_rejected() {
    run(async {
        let server = TestServer::responding([response("200 OK", "", "{}")]).await;
        let host = server.url.trim_start_matches("http://").to_owned();
        let client = Client::builder(&API).server_variable("host", &host).build().unwrap();
        let error = client.send(Request::<Part>::new(&REMOTE)).await.unwrap_err();
        assert!(error.is_config() && error.to_string().contains("allow_insecure_http"), "{error}");
    });
}
