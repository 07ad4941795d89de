//! Building a client, and its debug form.

use super::super::request_credentials::bearer_header;
use super::{
    API, Auth, Client, ClientBuilder, RetryPolicy, SECRET, TestServer, builder, get, ok_response, response,
    run,
};
use crate::wire::samples::Part;
use crate::{ApiKeyLocation, Request};

#[test]
fn the_server_url_is_checked() {
    let error_of = |builder: ClientBuilder| match builder.auth(Auth::bearer(SECRET)).build() {
        Ok(client) => format!("{client:?}"),
        Err(error) => error.to_string(),
    };
    for url in [
        "https://example.com",
        "http://127.0.0.1:80",
        "http://localhost",
        "http://[::1]:8080/base/",
        "http://127.8.9.1",
    ] {
        assert!(error_of(Client::builder(&API).base_url(url)).starts_with("Client"), "{url}");
    }
    assert!(error_of(Client::builder(&API)).contains("set `part` or `base_url`"));
    for url in ["http://example.com", "http://128.0.0.1", "http://localhost.example.com"] {
        assert!(error_of(Client::builder(&API).base_url(url)).contains("`allow_insecure_http`"), "{url}");
    }
    for url in ["ftp://x", "https://u:p@x", "https://x?y", "https://x/#y", "x", ""] {
        assert!(error_of(Client::builder(&API).base_url(url)).contains("invalid base URL"), "{url}");
    }
    for part in ["", "a.example.com", "-a", "a-", "a/b", "a@b", "ä", "https://a"] {
        let client = Client::builder(&API).server_variable("part", part);
        assert!(error_of(client).contains("invalid value for the server variable `part`"), "{part}");
    }
    let insecure = Client::builder(&API).base_url("http://example.com").allow_insecure_http(true);
    assert!(error_of(insecure).starts_with("Client"));
}

#[test]
fn credentials_are_checked() {
    let error_of =
        |auth| Client::builder(&API).base_url("http://localhost").auth(auth).build().unwrap_err().to_string();
    let twice = Auth::bearer("a").and(Auth::basic("b", "c"));
    let cookie = Auth::api_key(ApiKeyLocation::cookie("a"), "b; c=d");
    let header = Auth::api_key(ApiKeyLocation::header("a b"), "c");
    let fixed = [Auth::bearer(""), Auth::bearer("a\nb"), Auth::basic("a:b", "c"), Auth::basic("", "")];
    for auth in fixed.into_iter().chain([cookie, header]) {
        assert!(error_of(auth).starts_with("the credentials are empty or contain"));
    }
    assert!(error_of(twice).starts_with("two of the credentials are sent in the header `authorization`"));
    let error = Client::builder(&API).base_url("http://localhost").build().unwrap_err();
    assert_eq!(error.to_string(), "no credentials: set `auth`");
}

#[test]
fn credentials_are_never_shown() {
    let auths = [Auth::bearer(SECRET), Auth::basic("me", SECRET), Auth::basic("me/token", SECRET)];
    let shown = auths.map(|auth| {
        let builder = Client::builder(&API).base_url("http://localhost").auth(auth.clone());
        let client = builder.clone().build().unwrap();
        let header = bearer_header(SECRET).unwrap();
        let failed = builder.clone().user_agent("\n").build().unwrap_err();
        format!("{auth:?} {builder:?} {client:?} {header:?} {failed} {failed:?}")
    });
    let encoded = ["bWU6czNjcmV0LXRva2Vu", "bWUvdG9rZW46czNjcmV0LXRva2Vu"];
    for (text, auth) in shown.into_iter().zip(["Auth(Bearer …)", "Auth(Basic …)", "Auth(Basic …)"]) {
        assert!(text.starts_with(&format!("{auth} ClientBuilder {{ api: \"test/1\"")), "{text}");
        assert!(text.contains("server: Some(http://localhost)"), "{text}");
        assert!(!text.contains(SECRET) && !encoded.iter().any(|encoded| text.contains(encoded)), "{text}");
    }
}

#[test]
fn a_client_can_be_sent_between_threads() {
    fn check<T: Send + Sync + Clone>(_: &T) {}
    fn movable<T: Send>(_: &T) {}
    let client = builder("http://localhost").build().unwrap();
    check(&client);
    movable(&client.send(get()));
}

#[test]
fn credentials_are_sent_where_the_api_expects_them() {
    let key = |location| Auth::api_key(location, "a+b/c==");
    let auths = [
        (key(ApiKeyLocation::header("X-API-Key")), "x-api-key: a+b/c=="),
        (key(ApiKeyLocation::scheme("Token")), "authorization: Token a+b/c=="),
        (key(ApiKeyLocation::cookie("session")), "cookie: session=a+b/c=="),
        (
            key(ApiKeyLocation::query("api key")),
            "GET /parts/a%20b?page%5Bsize%5D=5&api%20key=a%2Bb%2Fc%3D%3D HTTP/1.1",
        ),
        (Auth::basic("me", "pw"), "authorization: Basic bWU6cHc="),
    ];
    for (auth, line) in auths {
        let received = sent(auth, get());
        assert!(received.lines().any(|received| received == line), "{line}: {received}");
    }
    let both =
        Auth::bearer("t").and(key(ApiKeyLocation::header("x-app"))).and(key(ApiKeyLocation::query("k")));
    let received = sent(both, get());
    for part in ["authorization: Bearer t\r\n", "x-app: a+b/c==\r\n", "&k=a%2Bb"] {
        assert!(received.contains(part), "{part}: {received}");
    }
    let received = sent(Auth::none(), get());
    assert!(!received.contains("authorization") && !received.contains("cookie"), "{received}");
}

#[test]
fn cookies_are_sent_in_one_header() {
    let request = get().cookie("a", &"1 2").cookie("b", &vec![1_i64, 2]);
    assert_eq!(request.headers().collect::<Vec<_>>(), [("cookie", "a=1%202; b=1; b=2")]);
    let received = sent(Auth::api_key(ApiKeyLocation::cookie("sid"), "x"), request);
    assert_eq!(received.matches("cookie: ").count(), 1);
    assert!(received.contains("\r\ncookie: a=1%202; b=1; b=2; sid=x\r\n"), "{received}");
}

/// Returns the request as the server received it.
fn sent(auth: Auth, request: Request<Part>) -> String {
    run(async {
        let server = TestServer::responding([ok_response()]).await;
        let client = Client::builder(&API).base_url(&server.url).auth(auth).build().unwrap();
        client.send(request).await.unwrap();
        server.requests().concat()
    })
}

#[test]
fn keys_in_urls_are_never_shown() {
    let auth = || Auth::api_key(ApiKeyLocation::query("key"), SECRET);
    let shown = run(async {
        let server =
            TestServer::responding([response("403 Forbidden", "", "{}"), response("200 OK", "", "{")]).await;
        let client = |url: &str| Client::builder(&API).base_url(url).auth(auth()).retry(RetryPolicy::none());
        let forbidden = client(&server.url).build().unwrap();
        let unreachable = client("http://127.0.0.1:1").build().unwrap();
        let mut shown = format!("{:?} {forbidden:?}", auth());
        for client in [&forbidden, &forbidden, &unreachable] {
            let error = client.send(get()).await.unwrap_err();
            shown.push_str(&format!("\n{error:#} {error:?}"));
        }
        shown
    });
    assert!(shown.contains("403") && shown.contains("could not connect"), "{shown}");
    assert!(!shown.contains(SECRET), "{shown}");
}
