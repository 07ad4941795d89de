//! Pages that are too large for the server, and how large they are then.

use std::time::Duration;

use simulator::Fault;
use zendesk_client::{RetryPolicy, incremental_export, ticket_metric_events};

use super::script::{Reply, Script};
use super::{always, at, config, kind, parameter, rest};
use crate::export::{Received, World};

/// The sizes that were asked for, and whether the server could cope.
fn sizes(world: &World) -> Vec<(u32, bool)> {
    let seen = world.simulator.requests();
    let size = |query| parameter(query, "per_page").or(parameter(query, "limit")).unwrap().parse().unwrap();
    seen.iter().map(|seen| (size(&seen.query), seen.status == Some(200))).collect()
}

#[tokio::test]
async fn they_are_halved_until_the_server_copes_and_grow_back() {
    for name in ["tickets by cursor", "tickets by time", "users by cursor", "chats"] {
        let faults = always(Fault::GatewayTimeout).large_page(60);
        let world = World::start(config().tickets(1_500).faults(faults)).await;
        let kind = kind(name);
        let mut pages = kind.export(&world.client(), 400).pages();
        let mut expected = 400;
        let mut received = Received::default();
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            let sizes = sizes(&world);
            let (first, _) =
                sizes[sizes.len() - 1 - sizes.iter().rev().skip(1).take_while(|(_, well)| !well).count()];
            assert_eq!(first, expected, "{name}: what was announced is what is asked for");
            expected = page.progress.page_size;
            received.versions.extend(page.records.iter().map(|record| kind.version(record)));
        }
        received.check(&kind, &world.simulator, 11);
        let sizes = sizes(&world);
        for pair in sizes.windows(2) {
            let ((before, well), (after, _)) = (pair[0], pair[1]);
            let right = if well { before + 40 } else { before / 2 };
            assert_eq!(after, right, "{name}: {sizes:?}");
        }
        assert!(
            sizes.starts_with(&[(400, false), (200, false), (100, false), (50, true), (90, false)]),
            "{sizes:?}"
        );
    }
}

#[tokio::test]
async fn they_grow_no_further_than_the_caller_wants() {
    let script = Script::start(|number, _| match number {
        0 => Reply::Status(504, "upstream request timeout"),
        _ => Reply::Json(format!(
            r#"{{"tickets": [], "after_cursor": "{number}", "end_of_stream": {}}}"#,
            number == 8
        )),
    });
    let request = incremental_export::tickets_by_cursor().start_time(at(5)).per_page(30);
    let mut pages = script.client().export(request).pages();
    let mut announced = Vec::new();
    while let Some(page) = pages.next().await {
        announced.push(page.unwrap().progress.page_size);
    }
    let targets = script.targets();
    let asked: Vec<&str> = targets.iter().map(|target| parameter(target, "per_page").unwrap()).collect();
    assert_eq!(asked, ["30", "15", "18", "21", "24", "27", "30", "30", "30"]);
    assert_eq!(announced, [18, 21, 24, 27, 30, 30, 30, 30]);
}

#[tokio::test]
async fn they_have_a_floor() {
    let world = World::start(config().faults(always(Fault::GatewayTimeout).large_page(0))).await;
    let mut pages = kind("tickets by time").export(&world.client(), 50).pages();
    for _ in 0..2 {
        let error = pages.next().await.unwrap().unwrap_err();
        assert!(error.is_timeout() && error.attempts() == 6, "{error}");
    }
    let asked: Vec<u32> = sizes(&world).into_iter().map(|(size, _)| size).collect();
    assert_eq!(asked, [50, 25, 12, 10, 10, 10, 10, 10, 10, 10, 10, 10]);
    // Who wants less gets less.
    let mut pages = kind("tickets by time").export(&world.client(), 4).pages();
    assert!(pages.next().await.unwrap().is_err());
    let asked: Vec<u32> = sizes(&world).into_iter().map(|(size, _)| size).collect();
    assert_eq!(asked[12..], [4, 4, 4, 4, 4, 4]);
}

#[tokio::test]
async fn real_time_outs_halve_them_too() {
    let script = Script::start(|_, request| {
        let size: u32 = parameter(&request.target, "per_page").map_or(1_000, |size| size.parse().unwrap());
        if size > 300 {
            return Reply::Silence;
        }
        Reply::Json(r#"{"tickets": [], "end_time": null, "end_of_stream": true}"#.to_owned())
    });
    let client = script.builder().read_timeout(Duration::from_millis(50)).build().unwrap();
    let mut pages = client.export(incremental_export::tickets_by_time(at(100))).pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page.progress.page_size, 350, "a tenth more again");
    assert!(pages.next().await.is_none());
    let path = "/api/v2/incremental/tickets?start_time=100";
    let sized = |size| format!("{path}&per_page={size}");
    assert_eq!(script.targets(), [path.to_owned(), sized(500), sized(250)]);
}

#[tokio::test]
async fn a_size_that_can_t_be_asked_for_stays_as_it_is() {
    // 300 events on one second, which come again twice: no full page, so the end.
    let events: Vec<String> =
        (0..300).map(|id| format!(r#"{{"id": {id}, "time": "1970-01-01T00:03:20Z"}}"#)).collect();
    let body =
        format!(r#"{{"ticket_metric_events": [{}], "count": 300, "end_time": 200}}"#, events.join(","));
    let script = Script::start(move |number, _| {
        if number < 3 { Reply::Status(504, "upstream request timeout") } else { Reply::Json(body.clone()) }
    });
    let export = script.client().export(ticket_metric_events::metric_events(at(100))).late(Duration::ZERO);
    let mut pages = export.raw().pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!((page.records.len(), page.progress.page_size), (300, 1_000));
    let (records, error) = rest(&mut pages).await;
    assert!(records.is_empty() && error.is_none(), "{error:?}");
    assert_eq!(script.seen().len(), 6);
}

#[tokio::test]
async fn sizes_beyond_the_largest_are_cut_and_nonsense_is_the_servers_to_refuse() {
    for (asked, sent) in
        [(5_000, "1000"), (1_000, "1000"), (1, "1"), (-5, "-5"), (i64::MAX, "9223372036854775807")]
    {
        let script = Script::pages([r#"{"tickets": [], "end_of_stream": true, "end_time": null}"#]);
        let client = script.builder().retry(RetryPolicy::none()).build().unwrap();
        let mut pages = client.export(incremental_export::tickets_by_time(at(100)).per_page(asked)).pages();
        pages.next().await.unwrap().unwrap();
        let target = &script.targets()[0];
        assert_eq!(parameter(target, "per_page"), Some(sent), "{asked}");
    }
}
