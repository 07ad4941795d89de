//! Cursors and addresses that do not lead on, and addresses that lead away.

use simulator::Fault;
use zendesk_client::{Error, ExportErrorKind, TransportErrorKind, chat_export, routing};

use super::script::{Reply, Script};
use super::{at, config, kind, once, rest, stopped};
use crate::export::{Received, World};

const BY_CURSOR: [&str; 6] = [
    "tickets by cursor",
    "users by cursor",
    "metric events by cursor",
    "attributes",
    "attribute values",
    "instance values",
];
const CHAT: [&str; 4] = ["chats", "agent timeline", "conversions", "department events"];

/// Lets an export fail once; whether it is then taken up by the same pages or by another process, it gives
/// the rest.
async fn fails_once(name: &str, fault: Fault, check: impl Fn(&Error, &World)) {
    let kind = kind(name);
    for resume in [false, true] {
        let world = World::start(config().tickets(900).routing_page_size(3).faults(once(fault))).await;
        let client = world.client();
        let mut received = Received::default();
        let mut pages = kind.export(&client, 10).pages();
        loop {
            let Some(page) = pages.next().await else { break };
            match page {
                Ok(page) => {
                    received.versions.extend(page.records.iter().map(|record| kind.version(record)));
                    received.checkpoint = Some(page.checkpoint);
                }
                Err(error) => {
                    check(&error, &world);
                    received.errors.push(error);
                    if resume {
                        break;
                    }
                }
            }
        }
        if resume {
            received.run_on(&kind, &client, 10).await;
        }
        assert_eq!(received.errors.len(), 1, "{name}: {:?}", received.errors);
        received.check(&kind, &world.simulator, 11);
    }
}

#[tokio::test]
async fn a_cursor_that_comes_again_is_an_error_and_no_loop() {
    for name in BY_CURSOR {
        fails_once(name, Fault::RepeatedCursor, |error, _| {
            assert_eq!(stopped(error), &ExportErrorKind::RepeatedCursor, "{name}");
            assert!(error.to_string().contains("resume from the last checkpoint"), "{error}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_cursor_that_is_missing_before_the_end_is_an_error() {
    for name in BY_CURSOR.into_iter().chain(CHAT) {
        fails_once(name, Fault::MissingCursor, |error, _| {
            assert_eq!(stopped(error), &ExportErrorKind::MissingCursor, "{name}");
            assert!(error.to_string().contains("not where"), "{error}");
        })
        .await;
    }
}

#[tokio::test]
async fn another_host_gets_no_request() {
    for name in BY_CURSOR[3..].iter().chain(&CHAT) {
        fails_once(name, Fault::ForeignNextPage, |error, world| {
            check_foreign(error);
            assert_eq!(world.simulator.foreign_requests().len(), 0, "{name}");
        })
        .await;
    }
}

fn check_foreign(error: &Error) {
    let Error::Transport(error) = error else { panic!("{error}") };
    assert_eq!((error.kind(), error.host()), (TransportErrorKind::ForeignAddress, Some("127.0.0.2")));
    let text = format!("{error} {error:?}");
    assert!(text.contains("127.0.0.2"), "{text}");
    for private in ["/api", "start_", "cursor=", "page=", "http:"] {
        assert!(!text.contains(private), "{text}");
    }
}

#[tokio::test]
async fn lists_that_lead_to_another_host_go_on_when_they_don_t() {
    let world = World::start(config().list_page_size(2).faults(once(Fault::ForeignNextPage))).await;
    let mut pages = world.client().export(routing::list_attributes()).raw().pages();
    let (none, error) = rest(&mut pages).await;
    check_foreign(&error.unwrap());
    assert_eq!((none.len(), world.simulator.foreign_requests().len()), (0, 0));
    let (records, error) = rest(&mut pages).await;
    assert!(error.is_none() && records.len() > 2, "{error:?}");
}

/// A chat export's second page, at an address.
async fn second_page(address: &str) -> (Script, Result<String, Error>) {
    let first = format!(r#"{{"chats": [{{"id": "1"}}], "count": 1, "next_page": {address:?}}}"#);
    let last = r#"{"chats": [], "count": 0, "next_page": null}"#;
    let script =
        Script::start(move |number, _| Reply::Json(if number == 0 { first.clone() } else { last.into() }));
    let mut pages = script.client().export(chat_export::chats().start_time(at(1)).limit(1)).pages();
    let outcome = match pages.next().await.unwrap() {
        Ok(page) => {
            pages.next().await.unwrap().unwrap();
            Ok(page.checkpoint.to_string())
        }
        Err(error) => Err(error),
    };
    (script, outcome)
}

#[tokio::test]
async fn odd_addresses_of_the_server_itself_are_followed() {
    for (address, target) in [
        ("HOST/api/x?start_time=1.5&limit=1&start_id=a%2Fb", "/api/x?start_time=1.5&limit=1&start_id=a%2Fb"),
        ("HOST/api/x?limit=1&fields=chats(*)#part", "/api/x?limit=1&fields=chats(*)"),
        ("/api/x?limit=1", "/api/x?limit=1"),
        ("HOST/api/../other/%2e%2e/x?limit=1", "/x?limit=1"),
        ("HOST\\api\\x?limit=1", "/api/x?limit=1"),
        ("HOST//evil.test/x?limit=1", "//evil.test/x?limit=1"),
        ("HOST/api/x?limit=1&next=http://evil.test/", "/api/x?limit=1&next=http://evil.test/"),
    ] {
        let (script, outcome) = second_page(address).await;
        let checkpoint = outcome.unwrap_or_else(|error| panic!("{address}: {error}"));
        assert_eq!(script.targets()[1], target, "{address}");
        assert!(!checkpoint.contains("http:") || address.contains("next="), "{checkpoint}");
    }
}

#[tokio::test]
async fn user_names_in_addresses_go_nowhere() {
    let first = r#"{"chats": [{"id": "1"}], "count": 1, "next_page": "NEXT/x?limit=1"}"#;
    let own = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let address = std::sync::Arc::clone(&own);
    let script = Script::start(move |number, _| {
        let next = address.lock().unwrap().replace("http://", "http://me:pa55word@");
        let last = r#"{"chats": [], "count": 0, "next_page": null}"#;
        Reply::Json(if number == 0 { first.replace("NEXT", &next) } else { last.to_owned() })
    });
    own.lock().unwrap().clone_from(&script.url);
    let mut pages = script.client().export(chat_export::chats().start_time(at(1)).limit(1)).pages();
    let page = pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    let seen = script.seen();
    assert_eq!((&*seen[1].target, &*seen[1].authorization), ("/x?limit=1", "Bearer s3cret-token"));
    let text = page.checkpoint.to_string();
    assert!(!text.contains("pa55word") && !text.contains("s3cret"), "{text}");
}

#[tokio::test]
async fn addresses_that_lead_away_are_refused() {
    for (address, host) in [
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
        let (script, outcome) = second_page(address).await;
        let Err(Error::Transport(error)) = outcome else { panic!("{address}: {outcome:?}") };
        assert_eq!((error.kind(), error.host()), (TransportErrorKind::ForeignAddress, host), "{address}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        assert_eq!(script.seen().len(), 1, "{address}");
    }
}
