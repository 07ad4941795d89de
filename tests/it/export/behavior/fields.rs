//! The fields around the records, with unusual values.

use zendesk_client::{ExportErrorKind, incremental_export, ticket_metric_events};

use super::scripted_server::{NOW, ScriptedResponse, ScriptedServer};
use super::{at, parameter, remaining, stop_reason};

/// Returns where an export by time continues after a page with this `end_time`, or why it stops.
async fn continues_at(end_time: &str) -> Result<String, ExportErrorKind> {
    let first = format!(r#"{{"tickets": [{{"id": 1}}], "end_time": {end_time}, "end_of_stream": false}}"#);
    let server = ScriptedServer::start(move |_, request| {
        let first_again =
            request.target.contains("start_time=100&") || request.target.ends_with("start_time=100");
        let last = r#"{"tickets": [], "end_time": null, "end_of_stream": true}"#;
        ScriptedResponse::Json(if first_again { first.clone() } else { last.to_owned() })
    });
    let export = server.client().export(incremental_export::tickets_by_time(at(100))).raw();
    let (records, error) = remaining(&mut export.pages()).await;
    assert_eq!(records.len(), 1, "{end_time}");
    match error {
        Some(error) => Err(stop_reason(&error).clone()),
        None => {
            Ok(parameter(server.targets()[1].split_once('?').unwrap().1, "start_time").unwrap().to_owned())
        }
    }
}

#[tokio::test]
async fn end_times_of_any_format_are_accepted() {
    for end_time in ["200", "200.9", "\"200\"", "\" 200 \"", "2e2", "2.005e2", "\"2.0E+2\"", "200.0"] {
        assert_eq!(continues_at(end_time).await, Ok("200".to_owned()), "{end_time}");
    }
}

#[tokio::test]
async fn an_invalid_end_time_is_a_stall() {
    for end_time in [
        "null",
        "true",
        "[]",
        "{}",
        "\"\"",
        "\"soon\"",
        "0",
        "-5",
        "-0.5",
        "99",
        "100",
        "100.9",
        "1e-3",
        // Milliseconds and larger: the response for such a time would have no records, and all records before it would
        // be lost.
        "1772452800000",
        "1772452800000000",
        "9223372036854775807",
        "9223372036854775808",
        "1e18",
        "1e400",
    ] {
        assert_eq!(continues_at(end_time).await, Err(ExportErrorKind::Stalled { second: 100 }), "{end_time}");
    }
}

#[tokio::test]
async fn an_invalid_end_time_of_the_last_page_does_not_change_the_checkpoint() {
    for (end_time, next) in [("-7", 100), ("1772452800000", 100), ("null", 100), ("150", 150)] {
        let page = format!(r#"{{"tickets": [{{"id": 1}}], "end_time": {end_time}, "end_of_stream": true}}"#);
        let server = ScriptedServer::pages([&page]);
        let mut pages = server.client().export(incremental_export::tickets_by_time(at(100))).raw().pages();
        let page = pages.next().await.unwrap().unwrap();
        assert!(page.checkpoint.to_string().contains(&format!(r#"{{"start_time":{next}}}"#)) || next == 100);
        // The repeated record is dropped.
        let again = server
            .client()
            .export(incremental_export::tickets_by_time(at(100)))
            .resume(page.checkpoint)
            .raw();
        let (records, error) = remaining(&mut again.pages()).await;
        assert!(records.is_empty() && error.is_none(), "{end_time}: {error:?}");
    }
}

#[tokio::test]
async fn a_future_end_time_does_not_move_the_checkpoint_past_the_current_time() {
    let soon = NOW + 1_000;
    let page = format!(
        r#"{{"ticket_metric_events": [{{"id": 1, "time": "2026-03-02T12:16:40Z"}}], "end_time": {soon}, "end_of_stream": true}}"#
    );
    let server = ScriptedServer::pages([&page]);
    let start = i64::try_from(NOW).unwrap() - 86_400;
    let mut pages = server.client().export(ticket_metric_events::metric_events(at(start))).pages();
    let page = pages.next().await.unwrap().unwrap();
    let text = page.checkpoint.to_string();
    assert!(text.contains(&format!(r#"{{"start_time":{}}}"#, NOW + 60 - 1_800)), "{text}");
    assert!(text.contains(r#"["1"]"#), "{text}");
}

#[tokio::test]
async fn records_without_a_key_are_compared_by_their_whole_text() {
    // A null key doesn't identify a record.
    let rows = r#"{"id": null, "timestamp": 150, "n": 1}, {"id": null, "timestamp": 150, "n": 2}"#;
    let more = format!(
        "{rows}, {}",
        r#"{"id": null, "timestamp": 150, "n": 3}, {"timestamp": 150, "n": 4}, 5, null"#
    );
    let page = |rows: &str, last: bool| {
        format!(r#"{{"ticket_events": [{rows}], "end_time": 150, "end_of_stream": {last}}}"#)
    };
    let server = ScriptedServer::pages([&page(rows, false), &page(&more, true)]);
    let export = server.client().export(incremental_export::ticket_events(at(100))).raw();
    let mut pages = export.pages();
    assert_eq!(pages.next().await.unwrap().unwrap().records.len(), 2);
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page.records.len(), 4, "{page:?}");
    assert_eq!(page.progress.repeats, 2);
}

#[tokio::test]
async fn the_record_count_of_the_server_is_ignored() {
    for count in ["0", "-1", "1e300", "99999999999999999999", "null", "\"7\""] {
        let page = format!(
            r#"{{"tickets": [{{"id": 1}}], "count": {count}, "end_time": 150, "end_of_stream": true}}"#
        );
        let server = ScriptedServer::pages([&page]);
        let export = server.client().export(incremental_export::tickets_by_time(at(100))).raw();
        let (records, error) = remaining(&mut export.pages()).await;
        assert!(records.len() == 1 && error.is_none(), "{count}: {error:?}");
    }
}
