//! Streams of items.

use std::time::Duration;

use super::{RetryPolicy, TestServer, builder, client_with_test_clock, response, run};
use crate::operation::{Operation, Streaming};
use crate::wire::samples::Part;
use crate::{Error, ErrorKind, Events, Request, RequestOptions, Value};

static EVENTS: Operation =
    Operation::get("Events", "/events").accepts("text/event-stream").streams(Streaming::new());
static ASK: Operation = Operation::post("Ask", "/ask")
    .accepts("text/event-stream")
    .streams(Streaming::new().ends_with(&["[DONE]"]));
static FEED: Operation =
    Operation::get("Feed", "/feed").accepts("text/event-stream").streams(Streaming::new().reconnecting());
static WHOLE: Operation = Operation::get("Whole", "/whole")
    .accepts("text/event-stream")
    .streams(Streaming::new().of_whole_events());

fn sse(body: &str) -> String {
    response("200 OK", "content-type: text/event-stream\r\n", body)
}

/// Returns the items of a response and the error that ends it, with the requests.
async fn items<T: crate::Decode + Send + 'static>(
    request: Request<Events<T>>,
    server: &TestServer,
) -> (Vec<T>, Option<Error>) {
    let (client, _) = client_with_test_clock(server);
    let (mut items, mut error) = (Vec::new(), None);
    match client.stream(request).await {
        Err(first) => error = Some(first),
        Ok(mut stream) => {
            while let Some(item) = stream.next().await {
                match item {
                    Ok(item) => items.push(item),
                    Err(last) => error = Some(last),
                }
            }
        }
    }
    (items, error)
}

fn ids(parts: &[Part]) -> Vec<i64> {
    parts.iter().map(|part| part.id).collect()
}

#[test]
fn events_are_typed() {
    run(async {
        let body = ": hi\n\nid: a\nevent: part\ndata: {\"id\":\ndata: 1}\n\ndata: {\"id\":2}\n\n";
        let server = TestServer::responding([sse(body)]).await;
        let client = builder(&server.url).build().unwrap();
        let mut stream = client.stream(Request::<Events<Part>>::events(&EVENTS)).await.unwrap();
        assert_eq!((stream.status(), stream.header("content-type")), (200, Some("text/event-stream")));
        assert_eq!(stream.next().await.unwrap().unwrap().id, 1);
        assert_eq!((stream.last_event_id(), stream.event_name()), (Some("a"), Some("part")));
        assert_eq!(stream.next().await.unwrap().unwrap().id, 2);
        assert_eq!((stream.last_event_id(), stream.event_name()), (Some("a"), None));
        assert!(stream.next().await.is_none() && stream.next().await.is_none());
        // `send` returns all of them.
        let all = client.send(Request::<Events<Part>>::events(&EVENTS)).await.unwrap();
        assert_eq!(ids(&all.items), [1, 2]);
        assert!(server.requests()[0].contains("accept: text/event-stream"));
    });
}

#[test]
fn text_and_untyped_data_are_kept() {
    run(async {
        let body = "data: {\"a\":1}\n\ndata: plain\n\ndata: 5\n\ndata: \"q\"\n\n";
        let server = TestServer::responding([sse(body)]).await;
        let (texts, error) = items(Request::<Events<String>>::events(&EVENTS), &server).await;
        assert!(error.is_none());
        assert_eq!(texts, ["{\"a\":1}", "plain", "5", "\"q\""]);
        let (values, _) = items(Request::<Events<Value>>::events(&EVENTS), &server).await;
        assert_eq!(values, [serde_json::json!({"a": 1}), "plain".into(), 5.into(), "q".into()]);
        let (numbers, error) = items(Request::<Events<i64>>::events(&EVENTS), &server).await;
        assert_eq!((numbers, error.unwrap().kind()), (vec![5], ErrorKind::Decode));
    });
}

#[test]
fn a_sentinel_ends_the_stream() {
    run(async {
        for end in ["data: [DONE]\n\ndata: {}\n\n", "data: [DONE]\n", "data: [DONE]"] {
            let server = TestServer::responding([sse(&format!("data: {{\"id\":1}}\n\n{end}"))]).await;
            let (parts, error) = items(Request::<Events<Part>>::events(&ASK), &server).await;
            assert!(error.is_none(), "{end:?} {error:?}");
            assert_eq!(ids(&parts), [1]);
        }
        // Without it, the stream was cut. A POST is not sent again.
        let server = TestServer::responding([sse("data: {\"id\":1}\n\n")]).await;
        let (parts, error) = items(Request::<Events<Part>>::events(&ASK), &server).await;
        assert_eq!((ids(&parts), error.unwrap().kind(), server.count()), (vec![1], ErrorKind::Incomplete, 1));
    });
}

#[test]
fn whole_events_are_objects() {
    run(async {
        let body = "event: a\nid: 7\nretry: 5\ndata: {\"id\":1}\n\ndata: text\n\n";
        let server = TestServer::responding([sse(body)]).await;
        let (values, _) = items(Request::<Events<Value>>::events(&WHOLE), &server).await;
        let first = serde_json::json!({"event": "a", "id": "7", "retry": 5, "data": {"id": 1}});
        assert_eq!(values, [first, serde_json::json!({"data": "text"})]);
    });
}

#[test]
fn errors_in_the_stream_are_typed_and_do_not_end_it() {
    run(async {
        let body = "event: error\ndata: {\"error\":{\"code\":\"busy\",\"message\":\"too much\"}}\n\n\
            data: {\"id\":1,\"error\":{\"message\":\"undeclared\"}}\n\ndata: {\"id\":\"x\"}\n\ndata: {\"id\":2}\n\n";
        let server = TestServer::responding([sse(body)]).await;
        let client = builder(&server.url).build().unwrap();
        let mut stream = client.stream(Request::<Events<Part>>::events(&EVENTS)).await.unwrap();
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ErrorEvent);
        assert_eq!(error.api_error().unwrap().code(), Some("busy"));
        assert_eq!(error.to_string(), "the server reported an error in the stream: busy: too much");
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ErrorEvent);
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.received_response().unwrap().text(), "{\"id\":\"x\"}");
        assert_eq!(stream.next().await.unwrap().unwrap().id, 2);
    });
}

#[test]
fn a_stream_goes_on_after_the_last_event() {
    run(async {
        let cut = |body: &str| {
            format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 999\r\n\r\n{body}")
        };
        let responses = [
            cut("retry: 2000\nid: a0\ndata: {\"id\":1}\n\nid: a1\n\ndata: {\"id\":9"),
            response("503 Busy", "", ""),
            sse("data: {\"id\":2}\n\n"),
        ];
        let server = TestServer::responding(responses).await;
        let (client, clock) = client_with_test_clock(&server);
        let mut stream = client.stream(Request::<Events<Part>>::events(&EVENTS)).await.unwrap();
        let mut found = Vec::new();
        while let Some(part) = stream.next().await {
            found.push(part.unwrap().id);
        }
        assert_eq!(found, [1, 2]);
        let requests = server.requests();
        assert!(!requests[0].contains("last-event-id"));
        assert!(requests[1..].iter().all(|request| request.contains("last-event-id: a1\r\n")));
        assert!((clock.sleeps()[0] - 2.0).abs() < f64::EPSILON, "{:?}", clock.sleeps());
    });
}

#[test]
fn a_stream_without_ids_does_not_go_on() {
    run(async {
        let cut = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 999\r\n\r\ndata: {\"id\":1}\n\n";
        let server = TestServer::responding([cut]).await;
        let (parts, error) = items(Request::<Events<Part>>::events(&EVENTS), &server).await;
        assert_eq!((ids(&parts), error.unwrap().kind(), server.count()), (vec![1], ErrorKind::Incomplete, 1));
    });
}

#[test]
fn a_feed_connects_again_until_there_is_no_content() {
    run(async {
        let responses =
            [sse("data: {\"id\":1}\n\n"), sse("data: {\"id\":2}\n\n"), response("204 No Content", "", "")];
        let server = TestServer::responding(responses).await;
        let (parts, error) = items(Request::<Events<Part>>::events(&FEED), &server).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((ids(&parts), server.count()), (vec![1, 2], 3));
    });
}

#[test]
fn the_caller_can_go_on_in_another_process() {
    run(async {
        let server = TestServer::responding([sse("data: {\"id\":1}\n\n")]).await;
        let options = RequestOptions::new().header("Last-Event-ID", "x9");
        let request = Request::<Events<Part>>::events(&EVENTS).with_options(options);
        items(request, &server).await;
        assert!(server.requests()[0].contains("last-event-id: x9\r\n"));
    });
}

#[test]
fn json_lines_and_arrays_are_items() {
    run(async {
        let lines = "{\"id\":1}\n\n{\"id\":2}";
        for (content_type, body) in [
            ("application/x-ndjson", lines),
            ("application/json", "[{\"id\":1},{\"id\":2}]"),
            ("application/json-seq", "\x1e{\"id\":1}\n\x1e{\"id\":2}\n"),
            ("multipart/mixed; boundary=b", "--b\r\n\r\n{\"id\":1}\r\n--b\r\n\r\n{\"id\":2}\r\n--b--"),
        ] {
            let headers = format!("content-type: {content_type}\r\n");
            let server = TestServer::responding([response("200 OK", &headers, body)]).await;
            let (parts, error) = items(Request::<Events<Part>>::events(&EVENTS), &server).await;
            assert!(error.is_none(), "{content_type} {error:?}");
            assert_eq!(ids(&parts), [1, 2], "{content_type}");
            // A function with an array as its type can be streamed, too.
            let client = builder(&server.url).build().unwrap();
            let mut stream = client.stream(Request::<Vec<Part>>::items(&EVENTS)).await.unwrap();
            assert_eq!(stream.next().await.unwrap().unwrap().id, 1);
        }
        let html = response("200 OK", "content-type: text/html\r\n", "<html>");
        let server = TestServer::responding([html]).await;
        let (_, error) = items(Request::<Events<Part>>::events(&EVENTS), &server).await;
        assert_eq!(error.unwrap().kind(), ErrorKind::Decode);
    });
}

#[test]
fn an_item_has_a_maximum_size() {
    run(async {
        let body = format!("data: {{\"id\":1}}\n\ndata: {}\n\n", "x".repeat(5000));
        let server = TestServer::responding([sse(&body)]).await;
        let client = builder(&server.url).max_response_size(1000).retry(RetryPolicy::none()).build().unwrap();
        let mut stream = client.stream(Request::<Events<Part>>::events(&EVENTS)).await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap().id, 1);
        assert_eq!(stream.next().await.unwrap().unwrap_err().kind(), ErrorKind::TooLarge);
        assert!(stream.next().await.is_none());
    });
}

#[test]
fn an_error_response_is_an_error_before_the_first_item() {
    run(async {
        let server = TestServer::responding([response("429 Slow", "retry-after: 900\r\n", "")]).await;
        let (_, error) = items(Request::<Events<Part>>::events(&ASK), &server).await;
        assert_eq!(error.unwrap().retry_after(), Some(Duration::from_secs(900)));
    });
}

/// The ID of the options is only that of the first connection.
#[test]
fn the_last_id_of_the_stream_replaces_that_of_the_caller() {
    run(async {
        let cut = |id: i64| {
            format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 999\r\n\r\nid: {id}\ndata: {{\"id\":{id}}}\n\n"
            )
        };
        let server = TestServer::responding([cut(6), cut(7), sse("")]).await;
        let (client, _) = client_with_test_clock(&server);
        let options = RequestOptions::new().header("last-event-id", "5");
        let request = Request::<Events<Part>>::events(&EVENTS).with_options(options);
        let mut stream = client.stream(request).await.unwrap();
        assert_eq!(stream.last_event_id(), Some("5"));
        let mut found = Vec::new();
        while let Some(part) = stream.next().await {
            found.push(part.unwrap().id);
        }
        assert_eq!(found, [6, 7]);
        for (request, id) in server.requests().iter().zip([5, 6, 7]) {
            assert!(request.contains(&format!("last-event-id: {id}\r\n")), "{request}");
            assert_eq!(request.matches("last-event-id").count(), 1);
        }
    });
}

/// A feed that is quiet goes on, as long as the server keeps it open.
#[test]
fn a_quiet_feed_goes_on() {
    run(async {
        let mut responses = vec![sse(": ping\n\nretry: 10\n\n"); 20];
        responses.push(sse("data: {\"id\":1}\n\n"));
        responses.push(response("204 No Content", "", ""));
        let server = TestServer::start(move |number, _| responses[number.min(21)].clone()).await;
        let (client, clock) = client_with_test_clock(&server);
        let mut stream = client.stream(Request::<Events<Part>>::events(&FEED)).await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap().id, 1);
        assert!(stream.next().await.is_none());
        assert!(
            clock.sleeps().iter().all(|sleep| (sleep - 0.01).abs() < f64::EPSILON),
            "{:?}",
            clock.sleeps()
        );
    });
}
