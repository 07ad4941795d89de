//! Uploads of files, readers and streams.

use std::io::{Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{RetryPolicy, TestServer, builder, response, run};
use crate::operation::Operation;
use crate::{Error, ErrorKind, Part, Request, Upload};

static UPLOAD: Operation = Operation::put("Upload", "/files");

fn request(upload: Upload) -> Request<()> {
    Request::new(&UPLOAD).raw(upload, "text/plain")
}

/// Sends an upload to a server with some responses. Returns the bodies as received, and the result.
fn sent<const N: usize>(request: Request<()>, responses: [&str; N]) -> (Vec<String>, Result<(), Error>) {
    let responses = responses.map(|status| response(status, "", ""));
    run(async {
        let server = TestServer::responding(responses).await;
        let policy = RetryPolicy::new().base_delay(Duration::ZERO);
        let result = builder(&server.url).retry(policy).build().unwrap().send(request).await;
        (server.requests(), result)
    })
}

/// A temporary file.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str, content: &str) -> Self {
        let path = std::env::temp_dir().join(format!("clientwright-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn a_file_is_sent_with_its_length_and_again() {
    let file = File::new("again", "the content");
    let progress = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&progress);
    let upload =
        Upload::file(&file.0).unwrap().on_progress(move |bytes| seen.store(bytes, Ordering::Relaxed));
    assert_eq!((upload.length(), upload.as_bytes()), (Some(11), None));
    let (received, result) = sent(request(upload), ["503 Busy", "204 No Content"]);
    result.unwrap();
    assert_eq!((received.len(), progress.load(Ordering::Relaxed)), (2, 11));
    for received in received {
        assert!(received.contains("content-length: 11\r\n") && received.ends_with("\r\n\r\nthe content"));
    }
    assert!(Upload::file("/does/not/exist").is_err());
}

#[test]
fn a_reader_is_sent_once() {
    let streams: [fn() -> Upload; 3] = [
        || Upload::reader(Cursor::new(b"the content")).with_length(11),
        || Upload::read(Cursor::new(b"the content")).with_length(11),
        || {
            let chunks = [Ok::<_, std::io::Error>("the "), Ok(""), Ok("content")];
            Upload::stream(futures_util::stream::iter(chunks)).with_length(11)
        },
    ];
    for upload in streams {
        let (received, result) = sent(request(upload()), ["503 Busy", "204 No Content"]);
        assert_eq!((received.len(), result.unwrap_err().status()), (1, Some(503)));
        assert!(received[0].contains("content-length: 11\r\n") && received[0].ends_with("the content"));
    }
    let again = Upload::open_with(|| Cursor::new(b"the content")).with_length(11);
    let (received, result) = sent(request(again), ["503 Busy", "204 No Content"]);
    result.unwrap();
    assert_eq!(received.len(), 2);
}

#[test]
fn a_stream_of_another_length_is_an_error() {
    let upload = || Upload::reader(Cursor::new(b"the content"));
    let chunks = || Upload::stream(futures_util::stream::iter([Ok::<_, std::io::Error>("abc"), Ok("def")]));
    for upload in [upload().with_length(10), upload().with_length(12), chunks().with_length(3)] {
        let (_, result) = sent(request(upload), ["204 No Content"]);
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{error:#}");
        assert!(format!("{error:#}").contains("than its length"), "{error:#}");
    }
}

#[test]
fn a_part_can_be_a_stream() {
    let file = Part::new(Upload::reader(Cursor::new(b"the content")).with_length(11)).file_name("a.txt");
    let request: Request<()> =
        Request::new(&UPLOAD).multipart().files("file", &[file], None).part("n", &1_i64);
    let (received, result) = sent(request, ["204 No Content"]);
    result.unwrap();
    assert!(received[0].contains("\r\n\r\nthe content\r\n--"), "{}", received[0]);
    assert!(received[0].contains("content-length: "), "{}", received[0]);
}

/// The server responds before it has read the body.
#[test]
fn an_early_response_is_returned() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    run(async {
        for status in ["413 Content Too Large", "401 Unauthorized"] {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let text = response(status, "", r#"{"error": "early"}"#);
            let serve = tokio::spawn(async move {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut head = [0; 1024];
                stream.read_exact(&mut head).await.unwrap();
                stream.write_all(text.as_bytes()).await.unwrap();
                stream.flush().await.unwrap();
                // It reads no more, and waits for the client to close the connection.
                tokio::time::sleep(Duration::from_millis(500)).await;
            });
            let endless = std::io::repeat(b'a').take(1 << 40);
            let client = builder(&url).retry(RetryPolicy::none()).build().unwrap();
            let error = client.send(request(Upload::read(endless))).await.unwrap_err();
            assert_eq!(
                error.status().map(|status| status.to_string()).as_deref(),
                status.get(..3),
                "{error:#}"
            );
            serve.await.unwrap();
        }
    });
}

#[test]
fn the_debug_output_has_no_content() {
    let request = request(Upload::bytes("the content"));
    assert!(!format!("{request:?} {:?}", Upload::bytes("the content")).contains("content\""));
    assert_eq!(request.body(), Some(b"the content".as_slice()));
}

/// A body that moves may take longer than all timeouts; one that stands still may not.
#[test]
fn a_moving_upload_does_not_time_out() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    run(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serve = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut received = Vec::new();
                let mut buffer = [0; 4096];
                while !received.ends_with(b"0\r\n\r\n") {
                    match stream.read(&mut buffer).await {
                        Ok(count @ 1..) => received.extend_from_slice(&buffer[..count]),
                        _ => break,
                    }
                }
                let _ = stream.write_all(response("204 No Content", "", "").as_bytes()).await;
            }
        });
        let slow = |count: usize, delay: u64| {
            Upload::stream(futures_util::stream::unfold(0, move |number| async move {
                tokio::time::sleep(Duration::from_millis(delay)).await;
                (number < count).then_some((Ok::<_, std::io::Error>("chunk"), number + 1))
            }))
        };
        let client = builder(&url)
            .retry(RetryPolicy::none())
            .timeout(Duration::from_millis(300))
            .read_timeout(Duration::from_millis(200))
            .build()
            .unwrap();
        client.send(request(slow(12, 50))).await.unwrap();
        let error = client.send(request(slow(2, 1000))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        serve.abort();
    });
}
