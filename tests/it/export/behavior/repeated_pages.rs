//! Servers that send records of earlier pages again, under new cursors.

use std::collections::BTreeSet;

use zendesk_client::{
    Checkpoint, Client, Export, ExportErrorKind, RawRecord, chat_export, incremental_export,
    incremental_routing, routing, ticket_metric_events,
};

use super::scripted_server::{ScriptedResponse, ScriptedServer};
use super::{at, remaining, stop_reason};

/// An export, and how its server writes pages.
struct Style {
    name: &'static str,
    export: fn(&Client) -> Export<RawRecord>,
    /// Writes a record by its number.
    record: fn(usize) -> String,
    /// Writes a page that is not the last one, from its records and a number that is new each time.
    page: fn(&str, usize) -> String,
}

/// Returns an export in each pagination style, with and without fields that identify a version. The times of the records
/// are before those of the pages.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn styles() -> [Style; 11] {
    let ticket = |number| format!(r#"{{"x": "{number}", "id": {number}, "generated_timestamp": 7}}"#);
    let dated = |number| format!(r#"{{"id": {number}, "time": "2020-01-01T00:00:{:02}Z"}}"#, number % 60);
    let plain = |number| format!(r#"{{"id": {number}, "name": "n"}}"#);
    [
        Style {
            name: "cursor",
            export: |client| client.export(incremental_export::tickets_by_cursor().start_time(at(5))).raw(),
            record: |number| format!(r#"{{"id": {number}, "generated_timestamp": {}}}"#, 1_000 + number),
            page: |records, number| {
                format!(r#"{{"tickets": {records}, "after_cursor": "c{number}", "end_of_stream": false}}"#)
            },
        },
        Style {
            name: "cursor, no identity",
            export: |client| client.export(incremental_export::users_by_cursor().start_time(at(5))).raw(),
            record: plain,
            page: |records, number| {
                format!(r#"{{"users": {records}, "after_cursor": "c{number}", "end_of_stream": false}}"#)
            },
        },
        Style {
            name: "routing cursor",
            export: |client| client.export(incremental_routing::attributes()).raw(),
            record: dated,
            page: |records, number| {
                let next = format!("HOST/api/v2/incremental/routing/attributes?cursor=c{number}");
                format!(r#"{{"attributes": {records}, "count": 5, "next_page": "{next}"}}"#)
            },
        },
        Style {
            name: "page cursor",
            export: |client| client.export(ticket_metric_events::metric_events(at(5)).page_size(100)).raw(),
            record: dated,
            page: |records, number| {
                let meta = format!(r#"{{"has_more": true, "after_cursor": "c{number}"}}"#);
                format!(r#"{{"ticket_metric_events": {records}, "meta": {meta}}}"#)
            },
        },
        Style {
            name: "page cursor, no identity",
            export: |client| client.export(routing::list_many_agents_attribute_values(1..9)).raw(),
            record: plain,
            page: |records, number| {
                let meta = format!(r#"{{"has_more": true, "after_cursor": "c{number}"}}"#);
                format!(r#"{{"instance_values": {records}, "meta": {meta}}}"#)
            },
        },
        Style {
            name: "next page",
            export: |client| client.export(routing::list_attributes()).raw(),
            record: plain,
            page: |records, number| {
                let next = format!("HOST/api/v2/routing/attributes?page={number}");
                format!(r#"{{"attributes": {records}, "count": 5, "next_page": "{next}"}}"#)
            },
        },
        Style {
            name: "time",
            export: |client| client.export(incremental_export::tickets_by_time(at(100))).raw(),
            record: ticket,
            page: |records, number| {
                let end = 200 + number;
                format!(r#"{{"tickets": {records}, "end_time": {end}, "end_of_stream": false}}"#)
            },
        },
        Style {
            name: "time, no identity",
            export: |client| client.export(incremental_export::organizations(at(100))).raw(),
            record: plain,
            page: |records, number| {
                let end = 200 + number;
                format!(r#"{{"organizations": {records}, "end_time": {end}, "end_of_stream": false}}"#)
            },
        },
        Style {
            name: "time, not late",
            export: |client| {
                let export = client.export(incremental_export::users_by_time(at(100)));
                export.allowed_lateness(std::time::Duration::ZERO).raw()
            },
            record: plain,
            page: |records, number| {
                let end = 200 + number;
                format!(r#"{{"users": {records}, "end_time": {end}, "end_of_stream": false}}"#)
            },
        },
        Style {
            name: "chat",
            export: |client| client.export(chat_export::chats().start_time(at(5))).raw(),
            record: |number| {
                format!(r#"{{"id": "{number}", "update_timestamp": "2020-01-01T00:00:{:02}Z"}}"#, number % 60)
            },
            page: |records, number| {
                let next = format!("HOST/api/v2/chat/incremental/chats?start_time={number}.5");
                format!(r#"{{"chats": {records}, "count": 5, "next_page": "{next}"}}"#)
            },
        },
        Style {
            name: "chat, no time",
            export: |client| client.export(chat_export::agent_timeline()).raw(),
            record: |number| format!(r#"{{"agent_id": {number}, "start_time": "x"}}"#),
            page: |records, number| {
                let next = format!("HOST/api/v2/chat/incremental/agent_timeline?start_time={number}");
                format!(r#"{{"agent_timeline": {records}, "count": 5, "next_page": "{next}"}}"#)
            },
        },
    ]
}

impl Style {
    /// Starts a server whose pages have these records, by the number of the request. After many requests it fails, so that
    /// the test ends. Cursors begin with a number.
    fn serve(&self, first: usize, records: impl Fn(usize) -> Vec<usize> + Send + 'static) -> ScriptedServer {
        let (record, page) = (self.record, self.page);
        ScriptedServer::start(move |number, _| {
            if number > 700 {
                return ScriptedResponse::Status(403, "too many requests of the test");
            }
            let texts: Vec<_> = records(number).into_iter().map(record).collect();
            ScriptedResponse::Json(page(&format!("[{}]", texts.join(", ")), first + number))
        })
    }
}

/// Exports until the export fails for want of new records. Returns the texts of the records and the last checkpoint.
async fn until_no_progress(export: Export<RawRecord>, name: &str) -> (Vec<String>, Option<Checkpoint>) {
    let mut pages = export.pages();
    let (mut texts, mut checkpoint) = (Vec::new(), None);
    loop {
        match pages.next().await.unwrap() {
            Ok(page) => {
                texts.extend(page.records.iter().map(ToString::to_string));
                checkpoint = Some(page.checkpoint.to_string().parse().unwrap());
            }
            Err(error) => {
                assert!(error.export_error().is_some(), "{name}: {error}");
                assert_eq!(stop_reason(&error), &ExportErrorKind::NoProgress { pages: 250 }, "{name}");
                return (texts, checkpoint);
            }
        }
    }
}

/// Checks that an export of such a server ends, and returns each record once.
async fn check(style: &Style, what: &str, distinct: usize, records: fn(usize) -> Vec<usize>) {
    let name = format!("{}, {what}", style.name);
    let server = style.serve(0, records);
    let (texts, checkpoint) = until_no_progress((style.export)(&server.client()), &name).await;
    let unique: BTreeSet<_> = texts.iter().collect();
    assert_eq!((texts.len(), unique.len()), (distinct, distinct), "{name}");
    let requests = server.requests().len();
    assert!(requests <= 251 + distinct, "{name}: {requests} requests");
    // Another process knows the last pages.
    let server = style.serve(1_000, records);
    let export = (style.export)(&server.client()).resume(checkpoint);
    let (texts, _) = until_no_progress(export, &name).await;
    let known: BTreeSet<_> = texts.iter().collect();
    assert_eq!(known.len(), texts.len(), "{name}, resumed");
    if what == "the same page" {
        assert!(texts.is_empty(), "{name}, resumed: {texts:?}");
    }
}

#[tokio::test]
async fn the_same_page_under_new_cursors_is_returned_once_and_ends_the_export() {
    for style in styles() {
        check(&style, "the same page", 5, |_| (0..5).collect()).await;
    }
}

#[tokio::test]
async fn pages_that_alternate_under_new_cursors_end_the_export() {
    for style in styles() {
        check(&style, "two pages", 10, |number| (number % 2 * 5..number % 2 * 5 + 5).collect()).await;
        check(&style, "seven pages", 21, |number| (number % 7 * 3..number % 7 * 3 + 3).collect()).await;
    }
}

#[tokio::test]
async fn records_of_earlier_pages_in_another_order_end_the_export() {
    for style in styles() {
        check(&style, "another order", 5, |number| (0..5).map(|index| (index + number) % 5).collect()).await;
        check(&style, "another size", 6, |number| (0..=5 - number % 6).collect()).await;
    }
}

#[tokio::test]
async fn a_page_from_long_ago_is_known() {
    // After more records than the export remembers, the first page again.
    let records = |number: usize| {
        if (1..12).contains(&number) {
            (number * 3_000..number * 3_000 + 3_000).collect()
        } else {
            vec![1, 2]
        }
    };
    for (style, distinct) in styles().iter().zip([33_002, 33_004]) {
        let server = style.serve(0, records);
        let (texts, _) = until_no_progress((style.export)(&server.client()), style.name).await;
        // Without the keys of versions, an earlier record may be a later change.
        assert_eq!(texts.len(), distinct, "{}", style.name);
        assert_eq!(server.requests().len(), 12 + 251);
    }
}

#[tokio::test]
async fn pages_that_overlap_give_each_record_once() {
    for style in styles() {
        let server = style
            .serve(0, |number| if number < 40 { (number * 3..number * 3 + 5).collect() } else { vec![1] });
        let (texts, _) = until_no_progress((style.export)(&server.client()), style.name).await;
        let unique: BTreeSet<_> = texts.iter().collect();
        let last: usize = 39 * 3 + 5;
        assert_eq!((texts.len(), unique.len()), (last, last), "{}", style.name);
    }
}

/// Exports users from pages with these lists.
async fn users<const N: usize>(lists: [&str; N]) -> Vec<String> {
    let bodies: Vec<_> = lists
        .iter()
        .enumerate()
        .map(|(number, list)| {
            let last = number + 1 == N;
            format!(r#"{{"users": {list}, "after_cursor": "c{number}", "end_of_stream": {last}}}"#)
        })
        .collect();
    let server = ScriptedServer::start(move |number, _| ScriptedResponse::Json(bodies[number].clone()));
    let export = server.client().export(incremental_export::users_by_cursor().start_time(at(5))).raw();
    let (records, error) = remaining(&mut export.pages()).await;
    assert!(error.is_none(), "{error:?}");
    records.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn equal_records_that_may_be_different_ones_are_returned() {
    let found = users(["[5]", "[5]", r#"[{"name": "x"}]"#, r#"[{"name": "x"}, {"name": "x"}]"#]).await;
    assert_eq!(found.len(), 5);
    // A record that changes, and changes back.
    let found = users([
        r#"[{"id": 1, "name": "a"}]"#,
        r#"[{"id": 1, "name": "b"}]"#,
        r#"[{"id": 1, "name": "a"}]"#,
        r#"[{"id": 1, "name": "a"}]"#,
    ])
    .await;
    assert_eq!(found.len(), 3, "{found:?}");
}

#[tokio::test]
async fn records_that_cannot_be_distinguished_are_returned_until_the_export_ends() {
    for list in ["[5]", r#"[{"name": "x"}]"#, "[null, null]"] {
        let server = ScriptedServer::start(move |number, _| {
            if number > 700 {
                return ScriptedResponse::Status(403, "too many requests of the test");
            }
            ScriptedResponse::Json(format!(
                r#"{{"users": {list}, "after_cursor": "c{number}", "end_of_stream": false}}"#
            ))
        });
        let export = server.client().export(incremental_export::users_by_cursor().start_time(at(5))).raw();
        let (texts, _) = until_no_progress(export, list).await;
        assert!(texts.len() >= 251, "{}", texts.len());
        assert_eq!(server.requests().len(), 252);
    }
}

#[tokio::test]
async fn a_version_is_recognized_by_its_key_on_the_next_page() {
    let server = ScriptedServer::pages([
        r#"{"tickets": [{"id": 1, "generated_timestamp": 9}], "after_cursor": "a", "end_of_stream": false}"#,
        r#"{"tickets": [{"id": 1, "generated_timestamp": 9, "x": 1}, {"id": 1, "generated_timestamp": 10},
            {"id": 1}], "after_cursor": "b", "end_of_stream": false}"#,
        r#"{"tickets": [{"id": 1, "generated_timestamp": 8}, {"id": 1}], "after_cursor": "c", "end_of_stream": true}"#,
    ]);
    let export = server.client().export(incremental_export::tickets_by_cursor().start_time(at(5))).raw();
    let (records, error) = remaining(&mut export.pages()).await;
    assert!(error.is_none(), "{error:?}");
    let texts: Vec<_> = records.iter().map(AsRef::<str>::as_ref).collect();
    let ticket = |time| format!(r#"{{"id": 1, "generated_timestamp": {time}}}"#);
    let none = r#"{"id": 1}"#.to_owned();
    assert_eq!(texts, [ticket(9), ticket(10), none.clone(), ticket(8), none]);
}

#[tokio::test]
async fn another_process_knows_the_last_four_pages() {
    let page = |id: usize, cursor: usize| {
        let time = 1_000 + id;
        ScriptedResponse::Json(format!(
            r#"{{"tickets": [{{"id": {id}, "generated_timestamp": {time}}}], "after_cursor": "{cursor}",
                "end_of_stream": false}}"#
        ))
    };
    let tickets = |server: &ScriptedServer| {
        server.client().export(incremental_export::tickets_by_cursor().start_time(at(5))).raw()
    };
    let server = ScriptedServer::start(move |number, _| page(number, number));
    let mut pages = tickets(&server).pages();
    let mut checkpoint = None;
    for _ in 0..6 {
        checkpoint = Some(pages.next().await.unwrap().unwrap().checkpoint.to_string().parse().unwrap());
    }
    for known in 2..6 {
        let server = ScriptedServer::start(move |_, _| page(known, 100));
        let again = tickets(&server).resume(checkpoint.clone()).pages().next().await.unwrap();
        assert_eq!(again.unwrap().records.len(), 0, "{known}");
    }
}

#[tokio::test]
async fn changes_that_are_undone_between_polls_are_progress() {
    // At each poll, 300 users in a page each, who have one of two names in turn.
    let server = ScriptedServer::start(|number, _| {
        let (poll, id) = (number / 300, number % 300);
        ScriptedResponse::Json(format!(
            r#"{{"users": [{{"id": {id}, "name": "{}"}}], "after_cursor": "c{number}", "end_of_stream": {}}}"#,
            poll % 2,
            id == 299
        ))
    });
    let client = server.builder().rate_limits(false).build().unwrap();
    let export = client.export(incremental_export::users_by_cursor().start_time(at(5))).raw();
    let mut pages = export.follow(std::time::Duration::from_mins(5)).pages();
    for number in 0..3 * 300 {
        assert_eq!(pages.next().await.unwrap().unwrap().records.len(), 1, "{number}");
    }
}
