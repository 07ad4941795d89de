//! Tests of the client against a server on this machine.

use std::future::Future;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{Auth, Client, ClientBuilder};
use crate::operation::Operation;
use crate::wire::samples::{Change, Part};
use crate::{Error, Request, TransportErrorKind};

static GET: Operation = Operation::get("Get", "/parts/{part_id}");
static CHANGE: Operation = Operation::post("Change", "/parts");

const SECRET: &str = "s3cret-token";

fn get() -> Request<Part> {
    Request::new(&GET).path("part_id", &"a b").query("page[size]", &5_i64)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn builder(address: &str) -> ClientBuilder {
    Client::builder().base_url(address).auth(Auth::api_token("me@example.com", SECRET))
}

/// Sends a request to a server that gives one answer; returns what the server saw beside what the caller got.
fn exchange<T>(request: Request<T>, answer: &str) -> (String, Result<T, Error>) {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = builder(&format!("http://{}/", listener.local_addr().unwrap())).build().unwrap();
        tokio::join!(serve(&listener, answer), client.send(request))
    })
}

async fn serve(listener: &TcpListener, answer: &str) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !complete(&seen) {
        let count = stream.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "the request broke off");
        seen.extend_from_slice(&buffer[..count]);
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    String::from_utf8(seen).unwrap()
}

fn complete(seen: &[u8]) -> bool {
    let text = String::from_utf8_lossy(seen);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}", body.len())
}

#[test]
fn requests_go_out_as_they_are() {
    let (seen, result) = exchange(get(), &answer("200 OK", "", r#"{"id": 7}"#));
    assert_eq!(result.unwrap().id, 7);
    assert!(seen.starts_with("GET /parts/a%20b?page%5Bsize%5D=5 HTTP/1.1\r\n"), "{seen}");
    // The base64 form of `me@example.com/token:s3cret-token`.
    assert!(
        seen.contains("\r\nauthorization: Basic bWVAZXhhbXBsZS5jb20vdG9rZW46czNjcmV0LXRva2Vu\r\n"),
        "{seen}"
    );
    assert!(seen.contains("\r\naccept: application/json\r\n"));
    assert!(seen.contains(concat!("\r\nuser-agent: zendesk-client/", env!("CARGO_PKG_VERSION"), "\r\n")));
}

#[test]
fn bodies_go_out_as_json() {
    let change = Change { name: "ä".to_owned(), ..Change::default() };
    let request: Request<()> = Request::new(&CHANGE).json(&change);
    let (seen, result) = exchange(request, &answer("204 No Content", "", ""));
    assert!(result.is_ok());
    assert!(seen.contains("\r\ncontent-type: application/json\r\n"));
    assert!(seen.ends_with("\r\n\r\n{\"name\":\"ä\",\"parent\":null}"), "{seen}");
}

#[test]
fn refusals_become_errors() {
    let body = r#"{"error": "TooManyRequests", "description": "slow down"}"#;
    let headers = "retry-after: 7\r\nx-request-id: abc\r\n";
    let (_, result) = exchange(get(), &answer("429 Too Many Requests", headers, body));
    let error = result.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_not_found());
    assert_eq!(error.retry_after(), Some("7"));
    assert!(error.to_string().contains("429 TooManyRequests: slow down"), "{error}");
    let (_, result) = exchange(get(), &answer("502 Bad Gateway", "", "<html>oops</html>"));
    assert_eq!(result.unwrap_err().api().map(crate::ApiError::status), Some(502));
}

#[test]
fn answers_of_another_shape_become_errors() {
    let (_, result) = exchange(get(), &answer("200 OK", "", r#"{"id": "secret"}"#));
    let error = result.unwrap_err();
    assert!(matches!(&error, Error::Decode(error) if error.path() == "/id"));
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
fn redirects_are_not_followed() {
    let headers = "location: https://other.example/path?token=x\r\n";
    let (_, result) = exchange(get(), &answer("302 Found", headers, ""));
    let Err(Error::Transport(error)) = result else { panic!("no transport error") };
    assert_eq!((error.kind(), error.redirect_host()), (TransportErrorKind::Redirect, Some("other.example")));
    assert!(!format!("{error} {error:?}").contains("token"));
}

#[test]
fn answers_that_break_off_become_errors() {
    let (_, result) = exchange(get(), "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": 1");
    let Err(Error::Transport(error)) = result else { panic!("no transport error") };
    assert_eq!(error.kind(), TransportErrorKind::Body);
    assert!(!format!("{error:?}").contains("/parts"), "{error:?}");
}

#[test]
fn slow_servers_time_out() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        builder(&address).timeout(Duration::from_millis(50)).build().unwrap().send(get()).await
    });
    assert!(matches!(result, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Timeout));
}

#[test]
fn servers_that_are_not_there_are_told() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        builder(&address).build().unwrap().send(get()).await
    });
    let Err(Error::Transport(error)) = result else { panic!("no transport error") };
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(error.to_string().starts_with("the server cannot be reached: "), "{error}");
}

#[test]
fn servers_without_encryption_are_told() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = builder(&format!("https://{}", listener.local_addr().unwrap())).build()?;
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        };
        tokio::join!(server, client.send(get())).1
    });
    match result {
        Err(Error::Transport(error)) => assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}"),
        // A machine without certificates cannot make such a client at all.
        Err(Error::Config(error)) => assert!(error.to_string().contains("encryption"), "{error}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn incomplete_requests_are_not_sent() {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let request: Request<Part> = Request::new(&GET);
    assert!(matches!(run(client.send(request)), Err(Error::Request(_))));
}

#[test]
fn addresses_are_checked() {
    let complaint = |builder: ClientBuilder| match builder.auth(Auth::bearer(SECRET)).build() {
        Ok(client) => format!("{client:?}"),
        Err(error) => error.to_string(),
    };
    for address in ["http://127.0.0.1:80", "http://localhost", "http://[::1]:8080/base/", "http://127.8.9.1"]
    {
        assert!(complaint(Client::builder().base_url(address)).starts_with("Client"), "{address}");
    }
    assert!(complaint(Client::builder()).contains("set `subdomain` or `base_url`"));
    for address in ["http://example.com", "http://128.0.0.1", "http://localhost.example.com"] {
        assert!(
            complaint(Client::builder().base_url(address)).contains("`allow_insecure_http`"),
            "{address}"
        );
    }
    for address in ["ftp://x", "https://u:p@x", "https://x?y", "https://x/#y", "x", ""] {
        assert!(complaint(Client::builder().base_url(address)).contains("not a base URL"), "{address}");
    }
    for subdomain in ["", "acme.zendesk.com", "-a", "a-", "a/b", "a@b", "ä", "https://acme"] {
        assert!(complaint(Client::builder().subdomain(subdomain)).contains("not a subdomain"), "{subdomain}");
    }
    let insecure = Client::builder().base_url("http://example.com").allow_insecure_http(true);
    assert!(complaint(insecure).starts_with("Client"));
}

#[test]
fn credentials_are_checked() {
    let complaint =
        |auth| Client::builder().base_url("http://localhost").auth(auth).build().unwrap_err().to_string();
    for auth in [Auth::bearer(""), Auth::bearer("a\nb"), Auth::password("a:b", "c"), Auth::api_token("a", "")]
    {
        assert!(complaint(auth).starts_with("the credentials are empty or hold"));
    }
    let error = Client::builder().base_url("http://localhost").build().unwrap_err();
    assert_eq!(error.to_string(), "no credentials: set `auth`");
}

#[test]
fn credentials_are_never_shown() {
    let auths = [Auth::bearer(SECRET), Auth::password("me", SECRET), Auth::api_token("me", SECRET)];
    let shown = auths.map(|auth| {
        let builder = Client::builder().base_url("http://localhost").auth(auth.clone());
        let client = builder.clone().build().unwrap();
        let header = auth.header().unwrap();
        let failed = builder.clone().user_agent("\n").build().unwrap_err();
        format!("{auth:?} {builder:?} {client:?} {header:?} {failed} {failed:?}")
    });
    let encoded = ["bWU6czNjcmV0LXRva2Vu", "bWUvdG9rZW46czNjcmV0LXRva2Vu"];
    for text in shown {
        assert!(!text.contains(SECRET) && !encoded.iter().any(|encoded| text.contains(encoded)), "{text}");
    }
}

#[test]
fn clients_cross_threads() {
    fn check<T: Send + Sync + Clone>(_: &T) {}
    fn movable<T: Send>(_: &T) {}
    let client = builder("http://localhost").build().unwrap();
    check(&client);
    movable(&client.send(get()));
}
