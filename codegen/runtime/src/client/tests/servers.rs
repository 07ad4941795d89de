//! Operations with servers of their own.

use super::{Client, Server, answer, fine, run};
use crate::api::{Api, Server as Declared, ServerVariable};
use crate::operation::Operation;
use crate::wire::samples::Part;
use crate::{Error, Request};

const HOST: &[ServerVariable] = &[ServerVariable::new("host", "127.0.0.1:1", &[])];
static API: Api = Api::new("test/1").servers(&[Declared::new("http://{host}/v1", HOST)]);
static USUAL: Operation = Operation::get("Usual", "/a");
static OTHER: Operation =
    Operation::get("Other", "/a").on_servers(&[Declared::new("http://{host}/other", HOST)]);
static PATH: Operation = Operation::get("Path", "/a").on_servers(&[Declared::new("/v2", &[])]);
static FOREIGN: Operation =
    Operation::get("Foreign", "/a").on_servers(&[Declared::new("http://example.com", &[])]);

#[test]
fn operations_go_to_servers_of_their_own() {
    let lines = run(async {
        let server = Server::script([fine(), fine(), fine(), fine()]).await;
        let host = server.address.trim_start_matches("http://").to_owned();
        let client = Client::builder(&API).server_variable("host", &host).build().unwrap();
        for operation in [&USUAL, &OTHER, &PATH] {
            client.send(Request::<Part>::new(operation)).await.unwrap();
        }
        // All go to an address that was set.
        let client = Client::builder(&API).base_url(&server.address).build().unwrap();
        client.send(Request::<Part>::new(&OTHER)).await.unwrap();
        server.seen()
    });
    let lines: Vec<_> = lines.iter().filter_map(|request| request.lines().next()).collect();
    assert_eq!(lines, ["/v1/a", "/other/a", "/v2/a", "/a"].map(|path| format!("GET {path} HTTP/1.1")));
}

#[test]
fn plain_http_is_refused_there_too() {
    run(async {
        let server = Server::script([answer("200 OK", "", "{}")]).await;
        let host = server.address.trim_start_matches("http://").to_owned();
        let client = Client::builder(&API).server_variable("host", &host).build().unwrap();
        let error = client.send(Request::<Part>::new(&FOREIGN)).await.unwrap_err();
        assert!(
            matches!(&error, Error::Config(_)) && error.to_string().contains("allow_insecure_http"),
            "{error}"
        );
    });
}
