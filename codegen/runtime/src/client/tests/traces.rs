//! Spans and events for `tracing`.

use std::fmt::{self, Write as _};
use std::future::Future;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{API, Auth, Client, SECRET, TestServer, client_with_test_clock, get, ok_response, response, run};
use crate::{ApiKeyLocation, OAuth, Tokens};

/// Records all spans and events.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0.lock().unwrap(), "{}={value:?}; ", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("clientwright_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        write!(self.0.lock().unwrap(), "\n{}: ", span.metadata().name()).unwrap();
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn event(&self, event: &Event<'_>) {
        write!(self.0.lock().unwrap(), "\n{}: ", event.metadata().level()).unwrap();
        event.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Returns what is logged while a future runs. It gets the log.
fn logged<F: Future<Output = ()>>(work: impl FnOnce(Log) -> F) -> String {
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || run(work(log.clone())));
    let text = log.0.lock().unwrap();
    text.clone()
}

/// Enables all spans and events: another test may have disabled them, since it had no subscriber.
fn enable() {
    tracing::callsite::rebuild_interest_cache();
}

#[test]
fn spans_have_the_operation_and_no_values() {
    let text = logged(|log| async move {
        let with_warning = response("200 OK", "x-warning: unknown parameter\r\n", r#"{"id": 7}"#);
        let busy = response("503 Busy", "", r#"{"error": "private"}"#);
        let server =
            TestServer::responding([busy.clone(), ok_response(), busy, with_warning, ok_response()]).await;
        let (client, _) = client_with_test_clock(&server);
        client.send(get()).await.unwrap();
        enable();
        log.0.lock().unwrap().clear();
        client.send(get()).await.unwrap();
        let key = Auth::api_key(ApiKeyLocation::query("key"), SECRET);
        let client = Client::builder(&API).base_url(&server.url).auth(key).build().unwrap();
        client.send(get()).await.unwrap();
    });
    let start = "\nrequest: otel.name=GET /parts/{part_id}; otel.kind=\"client\"; api=\"test/1\"; operation=\"Get\"; \
                 http.request.method=\"GET\"; url.template=\"/parts/{part_id}\"; server.address=\"127.0.0.1\"; server.port=";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("; http.response.status_code=503; "), "{text}");
    assert!(text.contains("http.request.resend_count=1; http.response.status_code=200; "), "{text}");
    assert!(text.contains("reason=\"503\"; wait="), "{text}");
    let warning =
        "\nWARN: message=the server warns of this request; operation=\"Get\"; warning=\"unknown parameter\"";
    assert!(text.contains(warning), "{text}");
    for secret in [SECRET, "a b", "a%20b", "size", "Basic", "private"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[test]
fn what_a_lenient_client_leaves_out_is_logged() {
    let text = logged(|log| async move {
        let matching = response("200 OK", "", r#"{"id": 7}"#);
        let other = response("200 OK", "", r#"{"id": 7, "type": 5}"#);
        let server = TestServer::responding([matching.clone(), matching, other]).await;
        let client = super::builder(&server.url).lenient(true).build().unwrap();
        client.send(get()).await.unwrap();
        enable();
        client.send(get()).await.unwrap();
        assert!(!log.0.lock().unwrap().contains("WARN"));
        client.send(get()).await.unwrap();
    });
    let warning =
        "WARN: message=the response doesn't match its declared type; operation=\"Get\"; mismatches=";
    assert!(text.contains(warning) && text.contains("/type: expected a string"), "{text}");
}

#[test]
fn a_warning_that_repeats_the_access_token_hides_it() {
    let text = logged(|_| async move {
        let warning = response("200 OK", "x-warning: no ACCESS-%74oken here\r\n", r#"{"id": 7}"#);
        let server = TestServer::responding([warning]).await;
        let tokens = Tokens::new("access-token", "refresh-token");
        let auth = Auth::oauth(OAuth::new("app", "client-secret", tokens, |_: &Tokens| Ok(())));
        let client = Client::builder(&API).base_url(&server.url).auth(auth).build().unwrap();
        client.send(get()).await.unwrap();
        enable();
        client.send(get()).await.unwrap();
    });
    assert!(text.contains("warning=\"no *** here\"") && !text.contains("oken here"), "{text}");
}
