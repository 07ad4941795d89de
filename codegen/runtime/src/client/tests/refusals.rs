//! Where credentials are not taken, and what is not shown.

use tokio::net::TcpListener;

use super::{GET, RetryPolicy, SECRET, Server, answer, builder, fine, get, run};
use crate::{Error, TransportErrorKind};

#[test]
fn redirects_are_refused_even_if_they_were_followed() {
    run(async {
        let other = Server::script([fine()]).await;
        let location = format!("location: {}/elsewhere?token={SECRET}\r\n", other.address);
        let server = Server::script([answer("302 Found", &location, "")]).await;
        // `reqwest` follows redirects unless it is told not to.
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(super::super::tls::config(false).unwrap())
            .no_proxy()
            .build()
            .unwrap();
        let client = builder(&server.address).http_client(http).build().unwrap();
        let Err(Error::Transport(error)) = client.send(get()).await else { panic!("not refused") };
        assert_eq!((error.kind(), error.host()), (TransportErrorKind::Redirect, Some("127.0.0.1")));
        assert!(!format!("{error} {error:?}").contains(SECRET));
        assert!(other.seen().iter().all(|request| !request.contains("authorization")));
        assert_eq!((server.count(), error.attempts()), (1, 1));
    });
}

#[test]
fn addresses_of_others_are_refused() {
    let client = builder("http://localhost:8080/base").build().unwrap();
    assert_eq!(client.local_target(&GET, "http://localhost:8080/base/a?b=%5B").unwrap(), "/a?b=%5B");
    let Err(Error::Transport(error)) =
        client.local_target(&GET, "http://localhost:8081/base/a?t=s3cret-token")
    else {
        panic!("not refused")
    };
    assert_eq!((error.kind(), error.host()), (TransportErrorKind::ForeignAddress, Some("localhost")));
    assert!(!format!("{error} {error:?}").contains(SECRET));
}

#[test]
fn paths_of_the_base_come_first() {
    run(async {
        let server = Server::script([fine()]).await;
        let client = builder(&format!("{}/gateway/", server.address)).build().unwrap();
        client.send(get()).await.unwrap();
        assert!(server.seen()[0].starts_with("GET /gateway/parts/a%20b?"));
    });
}

#[test]
fn proxies_are_used() {
    run(async {
        let proxy = Server::script([fine()]).await;
        let url = proxy.address.replace("http://", &format!("http://user:{SECRET}@"));
        let client = builder("http://127.0.0.1:9").proxy(url).build().unwrap();
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        let seen = proxy.seen().concat();
        assert!(seen.starts_with("GET http://127.0.0.1:9/parts/a%20b?"), "{seen}");
        // The base64 form of `user:s3cret-token`.
        assert!(seen.contains("proxy-authorization: Basic dXNlcjpzM2NyZXQtdG9rZW4="), "{seen}");
    });
}

#[test]
fn credentials_of_a_proxy_are_never_shown() {
    let mut shown = format!("{:?}", builder(&format!("http://user:{SECRET}@localhost")));
    for url in ["ftp://user:s3cret-token@host", "s3cret-token", "http://", "socks5://s3cret-token:1"] {
        let refused = builder("http://localhost").proxy(url).build().unwrap_err();
        assert!(refused.to_string().starts_with("not a proxy"), "{url}: {refused}");
        shown += &format!("{refused} {refused:?}");
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
            shown += &format!("{builder:?} {client:?} {error} {error:?}");
        }
    });
    assert!(shown.contains("the server cannot be reached") && !shown.contains(SECRET), "{shown}");
    assert!(!shown.contains("dXNlcjpzM2NyZXQtdG9rZW4"), "{shown}");
}
