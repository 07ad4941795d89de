//! Setting up a client, and what it shows of itself.

use super::super::auth::bearer_header;
use super::{Auth, Client, ClientBuilder, SECRET, builder, get};

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
