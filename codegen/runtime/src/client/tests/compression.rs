//! Compressed responses.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{TestServer, builder, get, run};
use crate::operation::Operation;
use crate::{ErrorKind, Request};

static FILE: Operation = Operation::get("File", "/file").accepts("*/*");

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    let body = encoder.finish().unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\netag: \"v1\"\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), body].concat()
}

#[test]
fn a_compressed_response_is_decompressed_if_it_is_enabled() {
    run(async {
        let server = TestServer::responding([gzip(br#"{"id": 7}"#)]).await;
        let client = builder(&server.url).compression(true).build().unwrap();
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        let request = &server.requests()[0];
        let accepted =
            request.lines().find_map(|line| line.strip_prefix("accept-encoding: ")).unwrap_or_default();
        assert!(accepted.split([',', ' ']).any(|coding| coding == "gzip"), "{request}");
        assert!(builder(&server.url).build().unwrap().send(get()).await.unwrap_err().is_decode());
    });
}

/// A bomb of 64 MiB in 64 KiB.
#[test]
fn the_size_after_decompression_is_limited() {
    run(async {
        let server = TestServer::responding([gzip(&vec![b' '; 64 << 20])]).await;
        let client = builder(&server.url).compression(true).max_response_size(1 << 20).build().unwrap();
        assert_eq!(client.send(get()).await.unwrap_err().kind(), ErrorKind::TooLarge);
    });
}

#[test]
fn a_download_asks_for_the_bytes_as_they_are() {
    run(async {
        let server = TestServer::responding([gzip(b"the content")]).await;
        let client = builder(&server.url).compression(true).build().unwrap();
        let mut download = client.download(Request::bytes(&FILE)).await.unwrap();
        assert_eq!(download.chunk().await.unwrap().unwrap().as_ref(), b"the content");
        assert!(server.requests()[0].contains("accept-encoding: identity"));
    });
}
