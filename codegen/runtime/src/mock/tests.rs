//! Tests of the mock with a client.

use std::time::Duration;

use serde_json::json;

use super::{Fault, Mock, MockClock, Reply};
use crate::api::test_api::API;
use crate::operation::Operation;
use crate::wire::samples::Part;
use crate::{Client, ErrorKind, Request, RequestOptions, RetryPolicy, Value};

static GET: Operation = Operation::get("getPart", "/parts/{id}");
static LIST: Operation = Operation::get("listParts", "/parts");
static CREATE: Operation = Operation::post("createPart", "/parts");
static DELETE: Operation = Operation::delete("deletePart", "/parts/{id}");
static NOTE: Operation = Operation::get("note", "/note").accepts("text/plain");

fn get(id: i64) -> Request<Part> {
    Request::new(&GET).path("id", &id)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn part(id: i64) -> Part {
    crate::decode(json!({ "id": id }).to_string().as_bytes()).unwrap()
}

#[test]
fn replies_are_typed_and_in_order() {
    run(async {
        let mock = Mock::new();
        mock.on(get(0)).respond(&part(1)).respond_status(404, r#"{"error":"gone"}"#).respond(&part(2));
        mock.on_exactly(get(9)).respond(&part(9));
        mock.on(Request::<()>::new(&DELETE).path("id", &1_i64)).respond(&());
        mock.on(Request::text(&NOTE)).respond(&"a note".to_owned());
        let client = Client::builder(&API).mock(&mock).build().unwrap();
        assert_eq!(client.send(get(5)).await.unwrap().id, 1);
        assert_eq!(client.send(get(9)).await.unwrap().id, 9);
        assert_eq!(client.send(get(5)).await.unwrap_err().api_error().unwrap().code(), Some("gone"));
        assert!(
            mock.verify().unwrap_err().to_string().contains("1 of the replies to `getPart` were not used")
        );
        assert_eq!(client.send(get(5)).await.unwrap().id, 2);
        client.send(Request::<()>::new(&DELETE).path("id", &3_i64)).await.unwrap();
        assert_eq!(client.send(Request::text(&NOTE)).await.unwrap(), "a note");
        mock.verify().unwrap();
    });
}

static FILE: Operation = Operation::get("file", "/file").accepts("*/*");
static LINES: Operation = Operation::get("lines", "/lines").accepts("application/jsonl");
static EVENTS: Operation = Operation::get("events", "/events")
    .accepts("text/event-stream")
    .streams(crate::Streaming::new().ends_with(&["end"]));

#[test]
fn bytes_and_items_are_replied() {
    run(async {
        let mock = Mock::new();
        mock.on(Request::bytes(&FILE)).respond(b"bytes");
        mock.on(Request::<Vec<i64>>::items(&LINES)).respond(&vec![1, 2]).respond(&vec![3]);
        mock.on(Request::<crate::Events<i64>>::events(&EVENTS)).respond(&[1, 2]);
        mock.on(get(0)).reply(Reply::of(201, &part(4)));
        let client = Client::builder(&API).mock(&mock).build().unwrap();
        assert_eq!(client.send(Request::bytes(&FILE)).await.unwrap(), b"bytes");
        assert_eq!(client.send(Request::<Vec<i64>>::items(&LINES)).await.unwrap(), [1, 2]);
        let mut lines = client.stream(Request::<Vec<i64>>::items(&LINES)).await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap(), 3);
        let mut events = client.stream(Request::<crate::Events<i64>>::events(&EVENTS)).await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap(), 1);
        assert_eq!(events.next().await.unwrap().unwrap(), 2);
        assert!(events.next().await.is_none());
        let response = client.send_whole(get(1)).await.unwrap();
        assert_eq!((response.status(), response.value().id), (201, 4));
        mock.verify().unwrap();
    });
}

#[test]
fn requests_are_recorded() {
    run(async {
        let mock = Mock::new();
        mock.on(Request::<Value>::new(&CREATE)).respond_always(&json!({}));
        let client = Client::builder(&API).mock(&mock).build().unwrap();
        let request = Request::<Value>::new(&CREATE)
            .json(&json!({"name": "a"}))
            .with_options(RequestOptions::new().header("x-tenant", "north"));
        client.send(request.clone()).await.unwrap();
        client.send(request).await.unwrap();
        let [first, second] = mock.requests().try_into().unwrap();
        assert_eq!(
            (first.operation(), first.method(), first.path_and_query()),
            ("createPart", "POST", "/parts")
        );
        assert_eq!(second.decode::<Value>().unwrap(), json!({"name": "a"}));
        assert_eq!((first.header("x-tenant"), first.body().len()), (Some("north"), 12));
        mock.verify().unwrap();
    });
}

#[test]
fn a_request_that_is_not_expected_fails() {
    run(async {
        let mock = Mock::new();
        mock.on_exactly(get(1)).reply_always(Reply::json(200, r#"{"id":1}"#));
        let client = Client::builder(&API).mock(&mock).build().unwrap();
        client.send(get(1)).await.unwrap();
        let error = client.send(Request::<Value>::new(&LIST)).await.unwrap_err();
        let expected = "GET /parts (operation `listParts`) was not expected: set a reply with `Mock::on`";
        assert!(format!("{error:#}").contains(expected), "{error:#}");
        client.send(get(2)).await.unwrap_err();
        let error = mock.verify().unwrap_err().to_string();
        assert!(error.contains("GET /parts (") && error.contains("GET /parts/2 ("), "{error}");
    });
}

#[test]
fn faults_and_delays_are_as_in_a_network() {
    run(async {
        for (fault, kind) in [
            (Fault::Connect, ErrorKind::Connect),
            (Fault::Timeout, ErrorKind::Timeout),
            (Fault::Interrupted, ErrorKind::Interrupted),
            (Fault::Incomplete, ErrorKind::Incomplete),
        ] {
            let mock = Mock::new();
            mock.on(get(0)).fail(fault);
            let client = Client::builder(&API).mock(&mock).retry(RetryPolicy::none()).build().unwrap();
            assert_eq!(client.send(get(1)).await.unwrap_err().kind(), kind);
        }
        let (mock, clock) = (Mock::new(), MockClock::new());
        mock.on(get(0))
            .fail(Fault::Interrupted)
            .reply(Reply::status(503).header("retry-after", "20"))
            .respond(&part(1));
        let client =
            Client::builder(&API).mock(&mock).clock(std::sync::Arc::new(clock.clone())).build().unwrap();
        assert_eq!(client.send(get(1)).await.unwrap().id, 1);
        assert!(clock.waits().len() == 2 && clock.waits()[1] >= Duration::from_secs(20), "{clock:?}");
        let mock = Mock::new();
        mock.on(get(0)).reply(Reply::status(200).delay(Duration::from_secs(60)));
        let client = Client::builder(&API)
            .mock(&mock)
            .retry(RetryPolicy::none())
            .timeout(Duration::from_millis(20))
            .build()
            .unwrap();
        assert_eq!(client.send(get(1)).await.unwrap_err().kind(), ErrorKind::Timeout);
    });
}
