//! Setting up a client, and what it shows of itself.

use super::super::sent::bearer_header;
use super::{API, Auth, Client, ClientBuilder, RetryPolicy, SECRET, Server, answer, builder, fine, get, run};
use crate::wire::samples::Part;
use crate::{ApiKey, Request};

#[test]
fn addresses_are_checked() {
    let complaint = |builder: ClientBuilder| match builder.auth(Auth::bearer(SECRET)).build() {
        Ok(client) => format!("{client:?}"),
        Err(error) => error.to_string(),
    };
    for address in ["http://127.0.0.1:80", "http://localhost", "http://[::1]:8080/base/", "http://127.8.9.1"]
    {
        assert!(complaint(Client::builder(&API).base_url(address)).starts_with("Client"), "{address}");
    }
    assert!(complaint(Client::builder(&API)).contains("set `part` or `base_url`"));
    for address in ["http://example.com", "http://128.0.0.1", "http://localhost.example.com"] {
        assert!(
            complaint(Client::builder(&API).base_url(address)).contains("`allow_insecure_http`"),
            "{address}"
        );
    }
    for address in ["ftp://x", "https://u:p@x", "https://x?y", "https://x/#y", "x", ""] {
        assert!(complaint(Client::builder(&API).base_url(address)).contains("not a base URL"), "{address}");
    }
    for part in ["", "a.example.com", "-a", "a-", "a/b", "a@b", "ä", "https://a"] {
        let client = Client::builder(&API).server_variable("part", part);
        assert!(complaint(client).contains("not a part"), "{part}");
    }
    let insecure = Client::builder(&API).base_url("http://example.com").allow_insecure_http(true);
    assert!(complaint(insecure).starts_with("Client"));
}

#[test]
fn credentials_are_checked() {
    let complaint =
        |auth| Client::builder(&API).base_url("http://localhost").auth(auth).build().unwrap_err().to_string();
    let twice = Auth::bearer("a").and(Auth::password("b", "c"));
    let cookie = Auth::api_key(ApiKey::cookie("a"), "b; c=d");
    let header = Auth::api_key(ApiKey::header("a b"), "c");
    let fixed = [Auth::bearer(""), Auth::bearer("a\nb"), Auth::password("a:b", "c"), Auth::password("a", "")];
    for auth in fixed.into_iter().chain([twice, cookie, header]) {
        assert!(complaint(auth).starts_with("the credentials are empty or hold"));
    }
    let error = Client::builder(&API).base_url("http://localhost").build().unwrap_err();
    assert_eq!(error.to_string(), "no credentials: set `auth`");
}

#[test]
fn credentials_are_never_shown() {
    let auths = [Auth::bearer(SECRET), Auth::password("me", SECRET), Auth::password("me/token", SECRET)];
    let shown = auths.map(|auth| {
        let builder = Client::builder(&API).base_url("http://localhost").auth(auth.clone());
        let client = builder.clone().build().unwrap();
        let header = bearer_header(SECRET).unwrap();
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

#[test]
fn credentials_go_where_the_api_takes_them() {
    let key = |place| Auth::api_key(place, "a+b/c==");
    let auths = [
        (key(ApiKey::header("X-API-Key")), "x-api-key: a+b/c=="),
        (key(ApiKey::scheme("Token")), "authorization: Token a+b/c=="),
        (key(ApiKey::cookie("session")), "cookie: session=a+b/c=="),
        (
            key(ApiKey::query("api key")),
            "GET /parts/a%20b?page%5Bsize%5D=5&api%20key=a%2Bb%2Fc%3D%3D HTTP/1.1",
        ),
        (Auth::password("me", "pw"), "authorization: Basic bWU6cHc="),
    ];
    for (auth, line) in auths {
        let seen = sent(auth, get());
        assert!(seen.lines().any(|seen| seen == line), "{line}: {seen}");
    }
    let both = Auth::bearer("t").and(key(ApiKey::header("x-app"))).and(key(ApiKey::query("k")));
    let seen = sent(both, get());
    for part in ["authorization: Bearer t\r\n", "x-app: a+b/c==\r\n", "&k=a%2Bb"] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    let seen = sent(Auth::none(), get());
    assert!(!seen.contains("authorization") && !seen.contains("cookie"), "{seen}");
}

#[test]
fn cookies_stand_in_one_header() {
    let request = get().cookie("a", &"1 2").cookie("b", &vec![1, 2]);
    assert_eq!(request.headers().collect::<Vec<_>>(), [("cookie", "a=1%202; b=1; b=2")]);
    let seen = sent(Auth::api_key(ApiKey::cookie("sid"), "x"), request);
    assert_eq!(seen.matches("cookie: ").count(), 1);
    assert!(seen.contains("\r\ncookie: a=1%202; b=1; b=2; sid=x\r\n"), "{seen}");
}

/// The request as the server got it.
fn sent(auth: Auth, request: Request<Part>) -> String {
    run(async {
        let server = Server::script([fine()]).await;
        let client = Client::builder(&API).base_url(&server.address).auth(auth).build().unwrap();
        client.send(request).await.unwrap();
        server.seen().concat()
    })
}

/// Neither the server's refusal nor a connection that can't be made tells the address with the key in it.
#[test]
fn keys_in_addresses_are_never_shown() {
    let auth = || Auth::api_key(ApiKey::query("key"), SECRET);
    let told = run(async {
        let server = Server::script([answer("403 Forbidden", "", "{}"), answer("200 OK", "", "{")]).await;
        let client =
            |address: &str| Client::builder(&API).base_url(address).auth(auth()).retry(RetryPolicy::none());
        let refused = client(&server.address).build().unwrap();
        let unreachable = client("http://127.0.0.1:1").build().unwrap();
        let mut told = format!("{:?} {refused:?}", auth());
        for client in [&refused, &refused, &unreachable] {
            let error = client.send(get()).await.unwrap_err();
            told.push_str(&format!("\n{error} {error:?}"));
        }
        told
    });
    assert!(told.contains("403") && told.contains("cannot be reached"), "{told}");
    assert!(!told.contains(SECRET), "{told}");
}
