//! Middleware, and transports other than the HTTP library.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::HeaderValue;

use super::{API, Client, RetryPolicy, SECRET, TestServer, builder, get, ok_response, post, response, run};
use crate::ErrorKind;
use crate::transport::{Attempt, Body, HttpRequest, HttpResponse, Next, TransportError};

fn quick() -> RetryPolicy {
    RetryPolicy::new().base_delay(Duration::ZERO)
}

/// Returns a response of a transport.
fn respond(status: u16, body: &'static str) -> HttpResponse {
    http::Response::builder().status(status).body(Body::from(body)).unwrap()
}

#[test]
fn middleware_sees_each_attempt_in_order() {
    run(async {
        let server = TestServer::responding([response("503 Busy", "", ""), ok_response()]).await;
        let log = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&log);
        let client = builder(&server.url)
            .retry(quick())
            .middleware(move |request: HttpRequest, next: Next| {
                let attempt = *request.extensions().get::<Attempt>().unwrap();
                let operation = attempt.operation().unwrap().id();
                seen.lock().unwrap().push(format!(
                    "{operation} {} {:?}",
                    attempt.number(),
                    request.headers()
                ));
                async move { next.run(request).await }
            })
            .middleware(|mut request: HttpRequest, next: Next| async move {
                request.headers_mut().insert("x-signature", HeaderValue::from_static("signed"));
                next.run(request).await
            })
            .build()
            .unwrap();
        client.send(get()).await.unwrap();
        let log = log.lock().unwrap();
        assert!(log[0].starts_with("Get 1 ") && log[1].starts_with("Get 2 "), "{log:?}");
        // The first one is before the signature, and credentials are hidden.
        assert!(!log[0].contains("signed") && log[0].contains("authorization") && !log[0].contains(SECRET));
        assert!(server.requests().iter().all(|request| request.contains("x-signature: signed\r\n")));
    });
}

#[test]
fn middleware_can_respond_and_send_again() {
    run(async {
        let server = TestServer::responding([response("401 No", "", ""), ok_response()]).await;
        let client = builder(&server.url)
            .middleware(|request: HttpRequest, next: Next| async move {
                let again = http::Request::builder()
                    .uri(request.uri().clone())
                    .header("x-again", "1")
                    .body(Body::default())?;
                let response = next.run(request).await?;
                if response.status() == 401 { next.run(again).await } else { Ok(response) }
            })
            .build()
            .unwrap();
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        assert!(server.requests()[1].contains("x-again: 1"));
        let client = builder("http://127.0.0.1:1")
            .middleware(|_: HttpRequest, _: Next| async { Ok::<_, io::Error>(respond(200, r#"{"id": 8}"#)) })
            .build()
            .unwrap();
        assert_eq!(client.send(get()).await.unwrap().id, 8);
    });
}

#[test]
fn a_transport_gets_all_that_is_sent() {
    run(async {
        let client = builder("https://api.example.com/base")
            .transport(|request: HttpRequest| async move {
                assert_eq!(request.uri(), "https://api.example.com/base/parts/a%20b?page%5Bsize%5D=5");
                assert_eq!(request.headers()["user-agent"], "test/1");
                assert_eq!(request.headers()["accept"], "application/json");
                assert!(request.headers()["authorization"].is_sensitive());
                Ok::<_, io::Error>(respond(200, r#"{"id": 9}"#))
            })
            .build()
            .unwrap();
        assert_eq!(client.send(get()).await.unwrap().id, 9);
    });
}

#[test]
fn the_error_of_a_transport_decides_about_a_retry() {
    run(async {
        for (make, kind, attempts) in [
            (
                (|| TransportError::connect(io::Error::other("a")).into())
                    as fn() -> Box<dyn std::error::Error + Send + Sync>,
                ErrorKind::Connect,
                6,
            ),
            (|| TransportError::timeout().into(), ErrorKind::Timeout, 1),
            (|| TransportError::interrupted("b").into(), ErrorKind::Interrupted, 1),
            (|| TransportError::rejected("c").into(), ErrorKind::Other, 1),
            (|| "d".into(), ErrorKind::Other, 1),
            (|| io::Error::other(TransportError::connect("e")).into(), ErrorKind::Connect, 6),
        ] {
            let client = Client::builder(&API)
                .base_url("https://example.com")
                .auth(crate::Auth::bearer(SECRET))
                .retry(quick())
                .transport(move |_: HttpRequest| async move { Err::<HttpResponse, _>(make()) })
                .build()
                .unwrap();
            let error = client.send(post()).await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (kind, attempts), "{error:#}");
        }
    });
}

/// A transport may put the URL into its error, and the URL has a key.
#[test]
fn the_error_of_a_transport_shows_no_credentials() {
    run(async {
        let client = Client::builder(&API)
            .base_url("https://example.com")
            .auth(crate::Auth::api_key(crate::ApiKeyLocation::query("key"), SECRET))
            .transport(|request: HttpRequest| async move {
                Err::<HttpResponse, _>(format!("no route to {}", request.uri()))
            })
            .build()
            .unwrap();
        let error = client.send(get()).await.unwrap_err();
        let shown = format!("{error:#} {error:?}");
        assert!(shown.contains("no route to") && !shown.contains(SECRET), "{shown}");
    });
}

#[test]
fn the_timeouts_of_the_client_apply_to_a_transport() {
    run(async {
        let slow = |_: HttpRequest| async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok::<_, io::Error>(respond(200, ""))
        };
        let slow_body = |_: HttpRequest| async {
            let body = crate::Upload::stream(futures_util::stream::pending::<io::Result<Vec<u8>>>());
            let chunks = body.source().unwrap().open().unwrap();
            let body = Body::wrap(super::middleware::Chunks(Mutex::new(chunks)));
            Ok::<_, io::Error>(http::Response::new(body))
        };
        let settings =
            || builder("https://example.com").retry(RetryPolicy::none()).timeout(Duration::from_millis(30));
        for client in [settings().transport(slow), settings().transport(slow_body)] {
            let error = client.build().unwrap().send(get()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Timeout);
        }
        let settings = builder("https://example.com").retry(RetryPolicy::none());
        let client = settings.read_timeout(Duration::from_millis(30)).transport(slow_body).build().unwrap();
        assert_eq!(client.send(get()).await.unwrap_err().kind(), ErrorKind::Timeout);
    });
}

/// A body that is a stream.
pub(super) struct Chunks(pub(super) Mutex<crate::request::UploadStream>);

impl http_body::Body for Chunks {
    type Data = bytes::Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, io::Error>>> {
        let stream = self.0.get_mut().unwrap().as_mut();
        stream.poll_next(context).map(|next| next.map(|next| next.map(http_body::Frame::data)))
    }
}

/// A service of `tower` is a transport.
#[cfg(feature = "tower")]
#[test]
fn a_service_is_a_transport() {
    #[derive(Clone)]
    struct Service;

    impl tower_service::Service<HttpRequest> for Service {
        type Response = http::Response<String>;
        type Error = io::Error;
        type Future = std::future::Ready<io::Result<Self::Response>>;

        fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<io::Result<()>> {
            std::task::Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: HttpRequest) -> Self::Future {
            std::future::ready(Ok(http::Response::new(format!(
                r#"{{"id": {}}}"#,
                request.uri().path().len()
            ))))
        }
    }

    run(async {
        let transport = crate::transport::Tower(Service);
        let client = builder("https://example.com").transport(transport).build().unwrap();
        assert_eq!(client.send(get()).await.unwrap().id, 12);
    });
}
