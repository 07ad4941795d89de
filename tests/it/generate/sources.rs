//! Where a description comes from: standard input, a checksum, a URL, a configuration with mistakes.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use clientwright::fetch::checksum;

use super::place::{API, Place, runtime};

/// A server on this machine that gives the same answer whatever it is asked.
struct Server {
    url: String,
    answer: Arc<Mutex<String>>,
}

impl Server {
    fn new(document: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1/pets.yaml?token=secret", listener.local_addr().unwrap());
        let server = Self { url, answer: Arc::default() };
        server.give(document);
        let answer = Arc::clone(&server.answer);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let head = BufReader::new(&stream).lines().map_while(Result::ok);
                head.take_while(|line| !line.is_empty()).for_each(drop);
                let answer = answer.lock().unwrap().clone();
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        server
    }

    /// Gives a document from now on.
    fn give(&self, document: &str) {
        self.answer("200 OK", "", document);
    }

    fn answer(&self, status: &str, headers: &str, body: &str) {
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
        *self.answer.lock().unwrap() = head + body;
    }
}

#[test]
fn the_standard_input() {
    let place = Place::new();
    let run = place.run_with(&["generate", "-", "--out", "pets", "--runtime", &runtime()], API);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(place.read("pets/README.md").contains("generated from `standard input`"));
    let run = place.run_with(&["check", "-", "--out", "pets", "--runtime", &runtime()], API);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let run = place.run_with(&["generate", "-", "--out", "none"], "openapi: [\n");
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("--> -:2:1"), "{}", run.stderr);
    assert!(!place.exists("none"));
}

#[test]
fn a_checksum_that_has_to_fit() {
    let place = Place::new();
    place.write("api.yaml", API);
    let right = checksum(API.as_bytes());
    let flags = |sum: &str| {
        ["generate", "api.yaml", "--out", "pets", "--runtime", &runtime(), "--sha256", sum].map(str::to_owned)
    };
    let wrong = flags("00ff");
    let wrong: Vec<_> = wrong.iter().map(String::as_str).collect();
    let said = place.refused(&wrong).replace(&right, "<right>");
    insta::assert_snapshot!(said, @"
    error: api.yaml is not the document that was recorded
      expected  sha256 00ff
      found     sha256 <right>
      help: if the new one is meant, write its checksum; nothing was written
    ");
    let flags = flags(&right.to_uppercase());
    place.ok(&flags.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_description_at_a_url() {
    let place = Place::new();
    let server = Server::new(API);
    place.ok(&["init", &server.url, "--runtime", &runtime()]);
    assert_eq!(place.read("pets.yaml"), API);
    let config = place.manifest("clientwright.toml");
    let text = |key: &str| config[key].as_str().unwrap().to_owned();
    assert_eq!(text("description"), "pets.yaml");
    assert_eq!(text("url"), server.url);
    assert_eq!(text("sha256"), checksum(API.as_bytes()));

    // Nothing is fetched unless that is asked for.
    server.give("openapi: [");
    place.ok(&["generate"]);
    place.ok(&["check"]);

    let newer = API.replace("title: Pets", "title: Newer");
    server.give(&newer);
    let said = place.refused(&["generate", "--fetch"]);
    assert!(said.contains("is not the document that was recorded"), "{said}");
    assert!(said.contains(&checksum(newer.as_bytes())), "{said}");

    place.edit("clientwright.toml", &checksum(API.as_bytes()), &checksum(newer.as_bytes()));
    place.ok(&["generate", "--fetch"]);
    assert_eq!(place.read("pets.yaml"), newer);
    place.ok(&["check"]);
}

/// A document that was edited by hand is not the one of the checksum.
#[test]
fn an_edited_copy_is_found() {
    let place = Place::new();
    let server = Server::new(API);
    place.ok(&["init", &server.url, "--runtime", &runtime()]);
    place.edit("pets.yaml", "title: Pets", "title: Mine");
    assert!(
        place.refused(&["generate"]).starts_with("error: pets.yaml is not the document that was recorded\n")
    );
}

#[test]
fn a_url_without_a_configuration() {
    let place = Place::new();
    let server = Server::new(API);
    place.ok(&["generate", &server.url, "--out", "pets", "--runtime", &runtime()]);
    assert!(place.read("pets/README.md").contains("generated from `pets.yaml`"));
}

#[test]
fn what_cannot_be_fetched() {
    let place = Place::new();
    insta::assert_snapshot!(place.refused(&["init", "http://user:pass@example.com/api.yaml?key=secret"]), @"
    error: can't fetch http://example.com/api.yaml: plain http is fetched from this machine only
      help: check the URL, or fetch the document by other means
    ");
    let server = Server::new(API);
    for (status, headers) in
        [("404 Not Found", ""), ("302 Found", "location: http://example.com/api.yaml\r\n")]
    {
        server.answer(status, headers, API);
        let said = place.refused(&["init", &server.url]);
        assert!(said.contains(&status[..3]) && !said.contains("secret"), "{said}");
    }
    place.write("clientwright.toml", "description = 'api.yaml'\n");
    insta::assert_snapshot!(place.refused(&["generate", "--fetch"]), @r#"
    error: clientwright.toml names no `url` to fetch the description from
      help: write url = "https://…" into it
    "#);
}

#[test]
fn a_configuration_with_mistakes() {
    let place = Place::new();
    place.write(
        "clientwright.toml",
        "description = 'api.yaml'\n\ntag = ['a']\nstrict = 1\noverlays = 'a'\nruntime = 'copy'\n",
    );
    insta::assert_snapshot!(place.refused(&["check"]), @r#"
    error: there is no key `tag`
      --> clientwright.toml:3
      help: did you mean `tags`?

    error: `strict` is not a boolean
      --> clientwright.toml:4
      help: write true or false

    error: `overlays` is not an array of strings
      --> clientwright.toml:5
      help: write ["one", "another"]

    error: `runtime` doesn't say where the runtime comes from
      --> clientwright.toml:6
      help: write { copy = "DIR" }, { path = "DIR" } or { version = "1.2" }
    "#);
    place.write("clientwright.toml", "description = 'api.yaml'\ntags = [\n");
    let said = place.refused(&["generate"]);
    assert!(said.contains("--> clientwright.toml:2\n"), "{said}");
}
