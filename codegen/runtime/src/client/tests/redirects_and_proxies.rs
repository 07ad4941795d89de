//! Redirects, URLs of other hosts, and proxies: credentials are not exposed.

use tokio::net::TcpListener;

use super::{GET, RetryPolicy, SECRET, TestServer, builder, get, ok_response, response, run};
use crate::ErrorKind;

/// `reqwest` follows redirects by default, and sends custom headers and bodies to the other host.
#[test]
fn a_http_client_of_the_program_follows_no_redirect() {
    for status in ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        run(async {
            let other = TestServer::responding([ok_response()]).await;
            let location = format!("location: {}/elsewhere?token={SECRET}\r\n", other.url);
            let server = TestServer::responding([response(status, &location, "")]).await;
            let http = reqwest::Client::builder()
                .tls_backend_preconfigured(super::super::tls::config(false).unwrap())
                .redirect(reqwest::redirect::Policy::limited(5))
                .no_proxy();
            let client = builder(&server.url).http_client(http).build().unwrap();

            for request in [get(), super::post()] {
                let error = client.send(request).await.unwrap_err();
                assert_eq!((error.kind(), error.rejected_host()), (ErrorKind::Redirect, Some("127.0.0.1")));
                assert!(!format!("{error:#} {error:?}").contains(SECRET));
                assert_eq!(error.attempts(), 1);
            }
            assert_eq!((server.count(), other.count()), (2, 0), "{status}");
        });
    }
}

#[test]
fn a_redirect_to_a_host_that_repeats_a_credential_is_not_shown() {
    run(async {
        let location = format!("location: https://{}.evil.test/\r\n", SECRET.to_uppercase());
        let server = TestServer::responding([response("302 Found", &location, "")]).await;
        let error = builder(&server.url).build().unwrap().send(get()).await.unwrap_err();
        assert_eq!(error.rejected_host(), Some("***.evil.test"));
        assert!(!format!("{error:#} {error:?}").to_lowercase().contains(&SECRET.to_lowercase()), "{error:?}");
    });
}

#[test]
fn a_http_client_that_cannot_be_built_is_an_error() {
    let http = reqwest::Client::builder().user_agent("a\nb");
    let builder = builder("http://127.0.0.1:9").http_client(http);
    assert_eq!(builder.clone().build().unwrap_err().kind(), ErrorKind::Config);
    assert_eq!(builder.build().unwrap_err().to_string(), "the HTTP client could not be set up");
}

#[test]
fn urls_of_other_hosts_are_rejected() {
    let client = builder("http://localhost:8080/base").build().unwrap();
    assert_eq!(client.relative_url(&GET, "http://localhost:8080/base/a?b=%5B").unwrap(), "/a?b=%5B");
    let error = client.relative_url(&GET, "http://localhost:8081/base/a?t=s3cret-token").unwrap_err();
    assert_eq!((error.kind(), error.rejected_host()), (ErrorKind::CrossOrigin, Some("localhost")));
    assert!(!format!("{error:#} {error:?}").contains(SECRET));
}

#[test]
fn paths_are_appended_to_the_path_of_the_base_url() {
    run(async {
        let server = TestServer::responding([ok_response()]).await;
        let client = builder(&format!("{}/gateway/", server.url)).build().unwrap();
        client.send(get()).await.unwrap();
        assert!(server.requests()[0].starts_with("GET /gateway/parts/a%20b?"));
    });
}

#[test]
fn a_proxy_is_used() {
    run(async {
        let proxy = TestServer::responding([ok_response()]).await;
        let url = proxy.url.replace("http://", &format!("http://user:{SECRET}@"));
        let client = builder("http://127.0.0.1:9").proxy(url).build().unwrap();
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        let received = proxy.requests().concat();
        assert!(received.starts_with("GET http://127.0.0.1:9/parts/a%20b?"), "{received}");
        // The base64 form of `user:s3cret-token`.
        assert!(received.contains("proxy-authorization: Basic dXNlcjpzM2NyZXQtdG9rZW4="), "{received}");
    });
}

#[test]
fn the_credentials_of_a_proxy_are_never_shown() {
    let mut shown = format!("{:?}", builder(&format!("http://user:{SECRET}@localhost")));
    for url in ["ftp://user:s3cret-token@host", "s3cret-token", "http://", "socks5://s3cret-token:1"] {
        let error = builder("http://localhost").proxy(url).build().unwrap_err();
        assert!(error.to_string().starts_with("invalid proxy URL"), "{url}: {error}");
        shown += &format!("{error} {error:?}");
    }
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        for base in ["http://localhost:9", "https://localhost:9"] {
            let builder = builder(base).retry(RetryPolicy::none());
            let builder = builder.proxy(format!("http://user:{SECRET}@127.0.0.1:{port}"));
            let Ok(client) = builder.clone().build() else { continue };
            let error = client.send(get()).await.unwrap_err();
            shown += &format!("{builder:?} {client:?} {error:#} {error:?}");
        }
    });
    assert!(shown.contains("could not connect to the server") && !shown.contains(SECRET), "{shown}");
    assert!(!shown.contains("dXNlcjpzM2NyZXQtdG9rZW4"), "{shown}");
}
