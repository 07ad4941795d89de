//! Credentials that the server repeats appear in no error.

use super::{Client, GET, TestServer, get, response, run};
use crate::api::test_api::API;
use crate::wire::samples::Part;
use crate::{ApiKeyLocation, Auth, Error, ErrorKind, OAuth, Request, RetryPolicy, Tokens};
use std::time::UNIX_EPOCH;

const KEY: &str = "k3y/with \"quotes\" & more";

async fn failure(auth: Auth, response: String) -> Error {
    let server = TestServer::responding([response]).await;
    let builder = Client::builder(&API).base_url(&server.url).auth(auth).retry(RetryPolicy::none());
    builder.build().unwrap().send(get()).await.unwrap_err()
}

/// Returns all that an error shows.
fn shown(error: &Error) -> String {
    let mut shown = format!("{error} {error:#} {error:?} {:?}", error.request_id());
    if let Some(error) = error.api_error() {
        let (message, code) = (error.message(), error.code());
        shown.push_str(&format!("{error} {error:?} {message:?} {code:?} {:?}", error.details()));
        shown.push_str(&format!("{:?}", error.errors()));
    }
    if let Some(error) = error.decode_error() {
        shown.push_str(&format!("{error} {error:?} {:?} {}", error.mismatches(), error.path()));
    }
    if let Some(response) = error.received_response() {
        shown.push_str(&format!("{response:?}"));
    }
    shown
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[test]
fn a_key_that_an_error_response_repeats_is_hidden() {
    let escaped = KEY.chars().map(|char| format!("\\u{:04x}", u32::from(char))).collect::<String>();
    let key = json(KEY);
    let bodies = [
        format!(r#"{{"error": "InvalidKey", "message": {}}}"#, json(&format!("the key {KEY} is not known"))),
        format!(r#"{{"error": {{"message": "no {escaped}", "code": "{escaped}"}}}}"#),
        format!(r#"{{"errors": [{{"field": {key}, "code": "x", "title": {key}}}]}}"#),
        format!(r#"{{"error": "Bad", "description": "no", "details": {{{key}: [{key}]}}}}"#),
        format!(r#"{{"key": {key}}}"#),
        format!(r#"[{key}, {{"loc": ["header", {key}], "msg": {key}}}]"#),
        format!("no such key: {KEY}"),
        format!("no such key: {}", crate::percent::percent_encode(KEY)),
        "<html><title>Unknown k3y/with &quot;quotes&quot; &amp; more</title></html>".to_owned(),
        "<html><title>Unknown k3y%2fwith+%22quotes%22+%26+more</title></html>".to_owned(),
        format!("{}{KEY}", "x".repeat(190)),
    ];
    run(async {
        for body in &bodies {
            for status in ["401 Unauthorized", "404 Not Found", "502 Bad Gateway"] {
                let auth = Auth::api_key(ApiKeyLocation::header("x-key"), KEY);
                let headers = format!("x-request-id: {KEY}\r\n");
                let error = failure(auth, response(status, &headers, body)).await;
                let shown = shown(&error);
                assert!(!shown.contains("k3y") && !shown.contains("quotes"), "{body}: {shown}");
                assert!(shown.contains("***"), "{body}: {shown}");
                // What the server sent is handed out on demand.
                assert_eq!(error.api_error().unwrap().body(), body);
            }
        }
    });
}

#[test]
fn a_key_in_a_success_that_cannot_be_decoded_is_hidden() {
    let key = json(KEY);
    run(async {
        for (content_type, body) in [
            ("text/html", "<title>No k3y/with &quot;quotes&quot; &amp; more</title>".to_owned()),
            ("text/plain", format!("no {KEY}")),
            ("application/json", format!(r#"{{"error": {key}}}"#)),
            ("application/json", format!(r#"{{"id": "x", {key}: 1, {key}: 2}}"#)),
            (KEY, "x".to_owned()),
        ] {
            let auth = Auth::api_key(ApiKeyLocation::query("key"), KEY);
            let headers = format!("content-type: {content_type}\r\n");
            let error = failure(auth, response("200 OK", &headers, &body)).await;
            assert_eq!(error.kind(), ErrorKind::Decode);
            let shown = shown(&error);
            assert!(!shown.contains("k3y") && !shown.contains("quotes"), "{body}: {shown}");
            assert_eq!(error.received_response().unwrap().text(), body);
        }
    });
}

#[test]
fn each_kind_of_credentials_is_hidden() {
    let auths = [
        (Auth::bearer("s3cret-token"), "s3cret-token"),
        (Auth::basic("me", "s3cret-token"), "s3cret-token"),
        // The base64 form of `me:s3cret-token`.
        (Auth::basic("me", "s3cret-token"), "bWU6czNjcmV0LXRva2Vu"),
        // Some APIs take the key as the user name.
        (Auth::basic("s3cret-token", ""), "s3cret-token"),
        (Auth::basic("s3cret-token", "X"), "s3cret-token"),
        (Auth::api_key(ApiKeyLocation::header("x-key"), "s3cret-token"), "s3cret-token"),
        (Auth::api_key(ApiKeyLocation::cookie("sid"), "s3cret-token"), "s3cret-token"),
        (
            Auth::bearer("first-token").and(Auth::api_key(ApiKeyLocation::query("k"), "s3cret-token")),
            "s3cret-token",
        ),
    ];
    let oauth = |access, secret| {
        Auth::oauth(OAuth::new("app", secret, Tokens::new(access, "refresh-token"), |_: &Tokens| Ok(())))
    };
    let oauths = [
        (oauth("s3cret-token", "client-secret"), "s3cret-token"),
        (oauth("access-token", "s3cret-token"), "s3cret-token"),
        (oauth("access-token", "client-secret"), "refresh-token"),
    ];
    run(async {
        for (auth, secret) in auths.into_iter().chain(oauths) {
            let body = format!(r#"{{"message": "in {secret} found"}}"#);
            let error = failure(auth, response("404 Not Found", "", &body)).await;
            assert_eq!(error.to_string(), "the server responded with 404: in *** found");
            assert!(!shown(&error).contains(secret));
        }
        // Other texts are shown as they are, as are passwords that are also words.
        let auth = Auth::basic("someone@example.com", "widget-7");
        let error = failure(auth, response("404 Not Found", "", "someone@example.com has no widget")).await;
        assert_eq!(error.to_string(), "the server responded with 404: someone@example.com has no widget");
        let error = failure(Auth::basic("a", "widget"), response("404 Not Found", "", "no widget")).await;
        assert_eq!(error.to_string(), "the server responded with 404: no widget");
    });
}

#[test]
fn a_key_that_a_lenient_response_repeats_is_hidden_in_errors_only() {
    run(async {
        let body = r#"{"id": 7, "s3cret-token": {"a": 1, "a": 2}}"#;
        let server = TestServer::responding([response("200 OK", "", body)]).await;
        let client =
            Client::builder(&API).base_url(&server.url).auth(Auth::bearer("s3cret-token")).build().unwrap();
        let request: Request<Part> = Request::new(&GET).path("part_id", &1_i64);
        let part = client.send_lenient(request).await.unwrap();
        assert_eq!(
            String::from_utf8(crate::encode(&part).unwrap()).unwrap().matches("s3cret-token").count(),
            1
        );
    });
}

#[test]
fn a_key_in_the_host_of_a_redirect_is_hidden() {
    const TOKEN: &str = "S3cret-Token";
    let oauth =
        || OAuth::new("app", "client-secret", Tokens::new(TOKEN, "refresh-token"), |_: &Tokens| Ok(()));
    run(async {
        for auth in
            [Auth::bearer(TOKEN), Auth::api_key(ApiKeyLocation::query("k"), TOKEN), Auth::oauth(oauth())]
        {
            for host in [TOKEN.to_owned(), TOKEN.to_lowercase(), format!("www.%53{}", &TOKEN[1..])] {
                let location = format!("location: https://{host}.example.com/{TOKEN}?{TOKEN}\r\n");
                let error = failure(auth.clone(), response("302 Found", &location, "")).await;
                assert_eq!(error.kind(), ErrorKind::Redirect);
                let shown = format!("{} {:?}", shown(&error), error.rejected_host());
                assert!(
                    !shown.to_lowercase().contains("s3cret") && shown.contains("***.example.com"),
                    "{shown}"
                );
            }
        }
    });
}

#[test]
fn a_key_in_the_host_of_a_redirected_token_request_is_hidden() {
    run(async {
        let location = "location: https://refresh-token.example.com/\r\n";
        let tokens = Tokens::new("access-token", "Refresh-Token").expiring_at(UNIX_EPOCH.into());
        let auth = Auth::oauth(OAuth::new("app", "client-secret", tokens, |_: &Tokens| Ok(())));
        let error = failure(auth, response("302 Found", location, "")).await;
        let shown = format!("{error:#} {error:?}");
        assert!(!shown.contains("refresh-token.") && shown.contains("***.example.com"), "{shown}");
    });
}

#[test]
fn a_key_with_mixed_escapes_in_incomplete_json_is_hidden() {
    run(async {
        for key in [r"\u0073\u0033cret-t\u006fken", "S3CRET-TOKEN", "%73ecret s3cret%2dtoken"] {
            let body = format!(r#"{{"error": "the token {key} is no"#);
            for status in ["200 OK", "404 Not Found", "502 Bad Gateway"] {
                let error = failure(Auth::bearer("s3cret-token"), response(status, "", &body)).await;
                let shown = shown(&error);
                assert!(!shown.contains(key) && !shown.contains("cret-t"), "{status}: {shown}");
            }
        }
    });
}
