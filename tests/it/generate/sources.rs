//! Where a description comes from: standard input, a file with a checksum, a URL, a configuration.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use clientwright::fetch::checksum;

use super::sandbox::{API, Sandbox, runtime};

/// A local server that sends the same response to every request.
struct Server {
    url: String,
    response: Arc<Mutex<String>>,
}

impl Server {
    fn new(document: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1/pets.yaml?token=secret", listener.local_addr().unwrap());
        let server = Self { url, response: Arc::default() };
        server.serve(document);
        let response = Arc::clone(&server.response);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let head = BufReader::new(&stream).lines().map_while(Result::ok);
                head.take_while(|line| !line.is_empty()).for_each(drop);
                let response = response.lock().unwrap().clone();
                let _ = stream.write_all(response.as_bytes());
            }
        });
        server
    }

    /// Sets the document that the server sends.
    fn serve(&self, document: &str) {
        self.respond("200 OK", "", document);
    }

    fn respond(&self, status: &str, headers: &str, body: &str) {
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
        *self.response.lock().unwrap() = head + body;
    }
}

#[test]
fn a_description_is_read_from_standard_input() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with(&["generate", "-", "--out", "pets", "--runtime", &runtime()], API);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(sandbox.read("pets/README.md").contains("generated from `standard input`"));
    let run = sandbox.run_with(&["check", "-", "--out", "pets", "--runtime", &runtime()], API);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let run = sandbox.run_with(&["generate", "-", "--out", "none"], "openapi: [\n");
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("--> -:2:1"), "{}", run.stderr);
    assert!(!sandbox.exists("none"));
}

#[test]
fn a_checksum_mismatch_is_an_error() {
    let sandbox = Sandbox::new();
    sandbox.write("api.yaml", API);
    let checksum_of_api = checksum(API.as_bytes());
    let flags = |sum: &str| {
        ["generate", "api.yaml", "--out", "pets", "--runtime", &runtime(), "--sha256", sum].map(str::to_owned)
    };
    let wrong = flags("00ff");
    let wrong: Vec<_> = wrong.iter().map(String::as_str).collect();
    let error = sandbox.fails(&wrong).replace(&checksum_of_api, "<checksum_of_api>");
    insta::assert_snapshot!(error, @"
    error: api.yaml doesn't have the recorded checksum
      expected  sha256 00ff
      found     sha256 <checksum_of_api>
      help: if this document is intended, update `sha256`; nothing was written
    ");
    let flags = flags(&checksum_of_api.to_uppercase());
    sandbox.ok(&flags.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_description_is_fetched_only_on_request() {
    let sandbox = Sandbox::new();
    let server = Server::new(API);
    sandbox.ok(&["init", &server.url, "--runtime", &runtime()]);
    assert_eq!(sandbox.read("pets.yaml"), API);
    let config = sandbox.manifest("clientwright.toml");
    let text = |key: &str| config[key].as_str().unwrap().to_owned();
    assert_eq!(text("description"), "pets.yaml");
    assert_eq!(text("url"), server.url);
    assert_eq!(text("sha256"), checksum(API.as_bytes()));

    // Only `--fetch` fetches the document again.
    server.serve("openapi: [");
    sandbox.ok(&["generate"]);
    sandbox.ok(&["check"]);

    let newer = API.replace("title: Pets", "title: Newer");
    server.serve(&newer);
    let error = sandbox.fails(&["generate", "--fetch"]);
    assert!(error.contains("doesn't have the recorded checksum"), "{error}");
    assert!(error.contains(&checksum(newer.as_bytes())), "{error}");

    sandbox.edit("clientwright.toml", &checksum(API.as_bytes()), &checksum(newer.as_bytes()));
    sandbox.ok(&["generate", "--fetch"]);
    assert_eq!(sandbox.read("pets.yaml"), newer);
    sandbox.ok(&["check"]);
}

/// The checksum of the configuration detects the edit.
#[test]
fn an_edited_copy_of_a_fetched_description_is_an_error() {
    let sandbox = Sandbox::new();
    let server = Server::new(API);
    sandbox.ok(&["init", &server.url, "--runtime", &runtime()]);
    sandbox.edit("pets.yaml", "title: Pets", "title: Mine");
    assert!(
        sandbox.fails(&["generate"]).starts_with("error: pets.yaml doesn't have the recorded checksum\n")
    );
}

#[test]
fn a_url_needs_no_configuration() {
    let sandbox = Sandbox::new();
    let server = Server::new(API);
    sandbox.ok(&["generate", &server.url, "--out", "pets", "--runtime", &runtime()]);
    assert!(sandbox.read("pets/README.md").contains("generated from `pets.yaml`"));
}

#[test]
fn a_failed_fetch_is_reported_without_secrets() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.fails(&["init", "http://user:pass@example.com/api.yaml?key=secret"]), @"
    error: can't fetch http://example.com/api.yaml: http URLs are allowed only for this machine
      help: check the URL, or download the document with another program
    ");
    let server = Server::new(API);
    for (status, headers) in
        [("404 Not Found", ""), ("302 Found", "location: http://example.com/api.yaml\r\n")]
    {
        server.respond(status, headers, API);
        let error = sandbox.fails(&["init", &server.url]);
        assert!(error.contains(&status[..3]) && !error.contains("secret"), "{error}");
    }
    sandbox.write("clientwright.toml", "description = 'api.yaml'\n");
    insta::assert_snapshot!(sandbox.fails(&["generate", "--fetch"]), @r#"
    error: clientwright.toml has no `url` to fetch the description from
      help: add url = "https://…" to it
    "#);
}

#[test]
fn errors_in_the_configuration_are_reported() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "clientwright.toml",
        "description = 'api.yaml'\n\ntag = ['a']\nstrict = 1\noverlays = 'a'\nruntime = 'copy'\n",
    );
    insta::assert_snapshot!(sandbox.fails(&["check"]), @r#"
    error: unknown key `tag`
      --> clientwright.toml:3
      help: did you mean `tags`?

    error: `strict` is not a boolean
      --> clientwright.toml:4
      help: write `true` or `false`

    error: `overlays` is not an array of strings
      --> clientwright.toml:5
      help: write ["one", "another"]

    error: `runtime` must be a table with one of the keys `copy`, `path` and `version`
      --> clientwright.toml:6
      help: write { copy = "DIR" }, { path = "DIR" } or { version = "1.2" }
    "#);
    sandbox.write("clientwright.toml", "description = 'api.yaml'\ntags = [\n");
    let error = sandbox.fails(&["generate"]);
    assert!(error.contains("--> clientwright.toml:2\n"), "{error}");
}
