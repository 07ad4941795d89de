//! Downloads.

use std::time::Duration;

use tokio::io::AsyncReadExt as _;

use super::{RetryPolicy, SECRET, TestServer, builder, client_with_test_clock, response, run};
use crate::operation::Operation;
use crate::{Client, Download, Error, ErrorKind, Request};

static FILE: Operation = Operation::get("File", "/file").accepts("*/*").redirects_with(&["302"]);

fn file() -> Request<Vec<u8>> {
    Request::bytes(&FILE)
}

async fn read(mut download: Download) -> Result<Vec<u8>, Error> {
    let mut all = Vec::new();
    while let Some(bytes) = download.chunk().await? {
        all.extend_from_slice(&bytes);
    }
    assert_eq!(download.received(), all.len() as u64);
    Ok(all)
}

fn quick(server: &TestServer) -> Client {
    builder(&server.url).retry(RetryPolicy::new().base_delay(Duration::ZERO)).build().unwrap()
}

/// A response whose connection is closed after a part of the body.
fn cut(headers: &str, length: usize, part: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{headers}\r\n{part}")
}

#[test]
fn a_body_is_read_while_it_arrives() {
    run(async {
        let server = TestServer::responding([response("200 OK", "x-a: b\r\n", "the content")]).await;
        let client = builder(&server.url).max_response_size(3).build().unwrap();
        let mut download = client.download(file()).await.unwrap();
        assert_eq!(
            (download.status(), download.header("x-a"), download.length()),
            (200, Some("b"), Some(11))
        );
        assert_eq!(download.offset(), (0, Some(11)));
        let mut start = [0; 3];
        download.read_exact(&mut start).await.unwrap();
        assert_eq!(&start, b"the");
        // Bytes that `read` has left are the next chunk.
        let mut rest = Vec::new();
        while let Some(bytes) = download.chunk().await.unwrap() {
            rest.extend_from_slice(&bytes);
        }
        assert_eq!((rest.as_slice(), download.received()), (b" content".as_slice(), 11));
    });
}

#[test]
fn a_download_continues_with_the_remaining_range() {
    run(async {
        let headers = "etag: \"v1\"\r\n";
        let rest = |range: &str, length, part: &str| {
            format!(
                "HTTP/1.1 206 Partial\r\ncontent-range: bytes {range}/11\r\ncontent-length: {length}\r\n{headers}\r\n{part}"
            )
        };
        let responses = [cut(headers, 11, "the "), rest("4-10", 7, "con"), rest("7-10", 4, "tent")];
        let server = TestServer::responding(responses).await;
        let (client, _) = client_with_test_clock(&server);
        let all = read(client.download(file()).await.unwrap()).await.unwrap();
        assert_eq!(all, b"the content");
        let requests = server.requests();
        for (request, range) in requests[1..].iter().zip(["bytes=4-", "bytes=7-"]) {
            assert!(request.contains(&format!("range: {range}\r\n")), "{request}");
            assert!(request.contains("if-range: \"v1\"\r\n"), "{request}");
        }
    });
}

#[test]
fn another_version_is_not_mixed_in() {
    run(async {
        for (headers, second) in [
            // Without a strong validator, the rest could be that of another version.
            ("", response("206 Partial", "content-range: bytes 4-10/11\r\n", "content")),
            ("etag: W/\"v1\"\r\n", response("206 Partial", "content-range: bytes 4-10/11\r\n", "content")),
            // The file has changed.
            ("etag: \"v1\"\r\n", response("200 OK", "etag: \"v2\"\r\n", "the other content")),
            // Another range.
            ("etag: \"v1\"\r\n", response("206 Partial", "content-range: bytes 5-10/11\r\n", "ontent")),
            // Servers that ignore `If-Range` send a range of the new version.
            (
                "etag: \"v1\"\r\n",
                response("206 Partial", "etag: \"v2\"\r\ncontent-range: bytes 4-10/11\r\n", "content"),
            ),
            ("etag: \"v1\"\r\n", response("206 Partial", "content-range: bytes 4-11/12\r\n", "contents")),
            ("accept-ranges: none\r\netag: \"v1\"\r\n", response("200 OK", "", "the content")),
        ] {
            let server = TestServer::responding([cut(headers, 11, "the "), second]).await;
            let error = read(quick(&server).download(file()).await.unwrap()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Incomplete, "{headers}");
        }
    });
}

#[test]
fn a_download_gives_up_after_all_attempts() {
    run(async {
        let server = TestServer::responding([cut("etag: \"v1\"\r\n", 11, "the ")]).await;
        let error = read(quick(&server).download(file()).await.unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Incomplete, "{error}");
    });
}

#[test]
fn a_redirect_is_followed_without_credentials() {
    run(async {
        let storage = TestServer::responding([response("200 OK", "", "content")]).await;
        let location = format!("location: {}/bucket/a?signature=x%2Fy\r\n", storage.url);
        let server = TestServer::responding([response("302 Found", &location, "")]).await;
        let options = crate::RequestOptions::new().header("range", "bytes=0-").header("x-own", "1");
        let all = read(quick(&server).download(file().with_options(options)).await.unwrap()).await.unwrap();
        assert_eq!(all, b"content");
        let received = storage.requests().concat();
        assert!(received.contains("range: bytes=0-\r\n") && !received.contains("x-own"), "{received}");
        assert!(received.starts_with("GET /bucket/a?signature=x%2Fy HTTP/1.1\r\n"), "{received}");
        assert!(!received.contains("authorization") && !received.contains(SECRET), "{received}");
        assert!(server.requests()[0].contains("authorization"));
    });
}

#[test]
fn redirects_have_a_maximum_and_need_tls() {
    run(async {
        let server = TestServer::responding([response("302 Found", "location: /file\r\n", "")]).await;
        let error = quick(&server).download(file()).await.unwrap_err();
        assert_eq!((error.kind(), server.count()), (ErrorKind::Redirect, 11));
        let insecure = response("302 Found", "location: http://example.com/a\r\n", "");
        let server = TestServer::responding([insecure]).await;
        let error = quick(&server).download(file()).await.unwrap_err();
        assert!(error.is_config(), "{error}");
    });
}

#[test]
fn an_error_response_is_an_error() {
    run(async {
        let server = TestServer::responding([response("404 No", "", r#"{"error": "gone"}"#)]).await;
        let error = quick(&server).download(file()).await.unwrap_err();
        assert_eq!(error.status(), Some(404));
    });
}

/// The timeout of an attempt doesn't apply to a body that is moving, but a body that stands still is an error.
#[test]
fn only_the_read_timeout_applies_to_a_body() {
    use tokio::io::AsyncWriteExt as _;
    run(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serve = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n").await.unwrap();
            for _ in 0..6 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                stream.write_all(b"a").await.unwrap();
            }
            tokio::time::sleep(Duration::from_secs(60)).await;
        });
        let client = builder(&url)
            .timeout(Duration::from_millis(300))
            .read_timeout(Duration::from_millis(400))
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        let mut download = client.download(file()).await.unwrap();
        let error = loop {
            match download.chunk().await {
                Ok(chunk) => assert!(chunk.is_some()),
                Err(error) => break error,
            }
        };
        assert_eq!((error.kind(), download.received()), (ErrorKind::Timeout, 6));
        serve.abort();
    });
}

/// A range of an earlier process is continued where it ended.
#[test]
fn a_requested_range_continues_after_a_failure() {
    run(async {
        let partial = |range: &str, length: usize, part: &str| {
            format!(
                "HTTP/1.1 206 Partial\r\netag: \"v1\"\r\ncontent-range: bytes {range}/11\r\ncontent-length: {length}\r\n\r\n{part}"
            )
        };
        let server = TestServer::responding([partial("4-10", 7, "con"), partial("7-10", 4, "tent")]).await;
        let options = crate::RequestOptions::new().header("range", "bytes=4-").header("if-range", "\"v1\"");
        let download = quick(&server).download(file().with_options(options)).await.unwrap();
        assert_eq!(download.offset(), (4, Some(11)));
        assert_eq!(read(download).await.unwrap(), b"content");
        assert!(server.requests()[1].contains("range: bytes=7-10\r\n"), "{}", server.requests()[1]);
    });
}
