//! Invalid cursors, and URLs of the next page, including those of another host.

use simulator::Fault;
use zendesk_client::{Error, ErrorKind, ExportErrorKind, chat_export, routing};

use super::scripted_server::{ScriptedResponse, ScriptedServer};
use super::{at, config, export_kind, once, remaining, stop_reason};
use crate::export::{ExportResult, TestServer};

const BY_CURSOR: [&str; 6] = [
    "tickets by cursor",
    "users by cursor",
    "metric events by cursor",
    "attributes",
    "attribute values",
    "instance values",
];
const CHAT: [&str; 4] = ["chats", "agent timeline", "conversions", "department events"];

/// Makes an export fail once, and checks that it then gives the remaining records: from the same pages, and resumed by
/// another process.
async fn fails_once(name: &str, fault: Fault, check: impl Fn(&Error, &TestServer)) {
    let kind = export_kind(name);
    for resume in [false, true] {
        let server = TestServer::start(config().tickets(900).routing_page_size(3).faults(once(fault))).await;
        let client = server.client();
        let mut received = ExportResult::default();
        let mut pages = kind.export(&client, 10).pages();
        loop {
            let Some(page) = pages.next().await else { break };
            match page {
                Ok(page) => {
                    received.versions.extend(page.records.iter().map(|record| kind.version(record)));
                    received.checkpoint = Some(page.checkpoint);
                }
                Err(error) => {
                    check(&error, &server);
                    received.errors.push(error);
                    if resume {
                        break;
                    }
                }
            }
        }
        if resume {
            received.run_to_end(&kind, &client, 10).await;
        }
        assert_eq!(received.errors.len(), 1, "{name}: {:?}", received.errors);
        received.check(&kind, &server.simulator, 11);
    }
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error() {
    for name in BY_CURSOR {
        fails_once(name, Fault::RepeatedCursor, |error, _| {
            assert_eq!(stop_reason(error), &ExportErrorKind::RepeatedCursor, "{name}");
            assert!(error.to_string().contains("resume from the last checkpoint"), "{error}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_missing_cursor_before_the_last_page_is_an_error() {
    for name in BY_CURSOR.into_iter().chain(CHAT) {
        fails_once(name, Fault::MissingCursor, |error, _| {
            assert_eq!(stop_reason(error), &ExportErrorKind::MissingCursor, "{name}");
            assert!(error.to_string().contains("but returns no cursor"), "{error}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_next_page_on_another_host_gets_no_request() {
    for name in BY_CURSOR[3..].iter().chain(&CHAT) {
        fails_once(name, Fault::OtherHostNextPage, |error, server| {
            check_other_host(error);
            assert_eq!(server.simulator.other_host_requests().len(), 0, "{name}");
        })
        .await;
    }
}

fn check_other_host(error: &Error) {
    assert_eq!((error.kind(), error.rejected_host()), (ErrorKind::CrossOrigin, Some("127.0.0.2")));
    let text = format!("{error} {error:?}");
    assert!(text.contains("127.0.0.2"), "{text}");
    for private in ["/api", "start_", "cursor=", "page=", "http:"] {
        assert!(!text.contains(private), "{text}");
    }
}

#[tokio::test]
async fn a_list_continues_after_a_next_page_on_another_host() {
    let server = TestServer::start(config().list_page_size(2).faults(once(Fault::OtherHostNextPage))).await;
    let mut pages = server.client().export(routing::list_attributes()).raw().pages();
    let (none, error) = remaining(&mut pages).await;
    check_other_host(&error.unwrap());
    assert_eq!((none.len(), server.simulator.other_host_requests().len()), (0, 0));
    let (records, error) = remaining(&mut pages).await;
    assert!(error.is_none() && records.len() > 2, "{error:?}");
}

/// Exports chats whose second page has this URL. Returns the server, and the checkpoint of the first page.
async fn second_page(url: &str) -> (ScriptedServer, Result<String, Error>) {
    let first = format!(r#"{{"chats": [{{"id": "1"}}], "count": 1, "next_page": {url:?}}}"#);
    let last = r#"{"chats": [], "count": 0, "next_page": null}"#;
    let server = ScriptedServer::start(move |number, _| {
        ScriptedResponse::Json(if number == 0 { first.clone() } else { last.into() })
    });
    let mut pages = server.client().export(chat_export::chats().start_time(at(1)).limit(1)).pages();
    let outcome = match pages.next().await.unwrap() {
        Ok(page) => {
            pages.next().await.unwrap().unwrap();
            Ok(page.checkpoint.to_string())
        }
        Err(error) => Err(error),
    };
    (server, outcome)
}

#[tokio::test]
async fn unusual_urls_of_the_same_server_are_followed() {
    for (url, target) in [
        ("HOST/api/x?start_time=1.5&limit=1&start_id=a%2Fb", "/api/x?start_time=1.5&limit=1&start_id=a%2Fb"),
        ("HOST/api/x?limit=1&fields=chats(*)#part", "/api/x?limit=1&fields=chats(*)"),
        ("/api/x?limit=1", "/api/x?limit=1"),
        ("HOST/api/../other/%2e%2e/x?limit=1", "/x?limit=1"),
        ("HOST\\api\\x?limit=1", "/api/x?limit=1"),
        ("HOST//evil.test/x?limit=1", "//evil.test/x?limit=1"),
        ("HOST/api/x?limit=1&next=http://evil.test/", "/api/x?limit=1&next=http://evil.test/"),
    ] {
        let (server, outcome) = second_page(url).await;
        let checkpoint = outcome.unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!(server.targets()[1], target, "{url}");
        assert!(!checkpoint.contains("http:") || url.contains("next="), "{checkpoint}");
    }
}

#[tokio::test]
async fn credentials_in_a_url_are_not_used() {
    let first = r#"{"chats": [{"id": "1"}], "count": 1, "next_page": "NEXT/x?limit=1"}"#;
    let own = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let url = std::sync::Arc::clone(&own);
    let server = ScriptedServer::start(move |number, _| {
        let next = url.lock().unwrap().replace("http://", "http://me:pa55word@");
        let last = r#"{"chats": [], "count": 0, "next_page": null}"#;
        ScriptedResponse::Json(if number == 0 { first.replace("NEXT", &next) } else { last.to_owned() })
    });
    own.lock().unwrap().clone_from(&server.url);
    let mut pages = server.client().export(chat_export::chats().start_time(at(1)).limit(1)).pages();
    let page = pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    let seen = server.requests();
    assert_eq!((&*seen[1].target, &*seen[1].authorization), ("/x?limit=1", "Bearer s3cret-token"));
    let text = page.checkpoint.to_string();
    assert!(!text.contains("pa55word") && !text.contains("s3cret"), "{text}");
}

#[tokio::test]
async fn urls_of_another_host_are_rejected() {
    for (url, host) in [
        ("https://evil.test/api/x?token=s3cret", Some("evil.test")),
        ("//evil.test/api/x", Some("evil.test")),
        ("\\\\evil.test\\x", Some("evil.test")),
        ("/\t/evil.test/x", Some("evil.test")),
        ("HOST@evil.test/x", Some("evil.test")),
        ("HOST.evil.test/x", None),
        ("http://127.0.0.1:1/x", Some("127.0.0.1")),
        ("http://127.0.0.1/x", Some("127.0.0.1")),
        ("http://localhost/x", Some("localhost")),
        ("http://[::1]/x", Some("[::1]")),
        ("ftp://127.0.0.1/x", Some("127.0.0.1")),
        ("javascript:s3cret", None),
        ("http://", None),
    ] {
        let (server, outcome) = second_page(url).await;
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.rejected_host()), (ErrorKind::CrossOrigin, host), "{url}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        assert_eq!(server.requests().len(), 1, "{url}");
    }
}
