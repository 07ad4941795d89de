//! What each endpoint function sends: the exact method, path, query, header fields and body.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use zendesk_client::models::{
    AgentAttributeValuesAction, AgentAttributeValuesJob, AgentAttributeValuesJobRequest,
    AgentAttributeValuesSelection, AttributeInput, CreateAttributeRequest, TicketSideload,
};
use zendesk_client::{
    IntoRequest, UnixSeconds, encode, incremental_export, job_statuses, routing, ticket_metric_events,
};

use crate::cases::{ATTRIBUTE, calls, wire};
use crate::project;

const START: UnixSeconds = UnixSeconds::new(1_332_034_771);

#[test]
fn every_operation_sends_the_expected_request() {
    let sent: Vec<_> = calls().into_iter().map(|call| call.wire).collect();
    assert_snapshot!(sent.join("\n"));
}

#[test]
fn every_operation_is_called() {
    let called: BTreeSet<_> = calls().iter().map(|call| call.operation.to_owned()).collect();
    let emitted: BTreeSet<_> =
        project::output().api.operations().map(|(_, operation)| operation.id.clone()).collect();
    assert_eq!(called, emitted);
}

/// Only letters, digits and `-._~` are sent unescaped in paths and queries.
#[test]
fn special_characters_are_percent_encoded() {
    let awkward = " /+=%?#&é漢🦀\"<>[]{}|\\^`:@!$'()*,;-._~";
    assert_snapshot!(
        wire(&routing::show_attribute_value(awkward, "a/b").into_request().unwrap()),
        @"GET /api/v2/routing/attributes/%20%2F%2B%3D%25%3F%23%26%C3%A9%E6%BC%A2%F0%9F%A6%80%22%3C%3E%5B%5D%7B%7D%7C%5C%5E%60%3A%40%21%24%27%28%29%2A%2C%3B-._~/values/a%2Fb"
    );
    assert_snapshot!(
        wire(&incremental_export::tickets_by_cursor().cursor(awkward).into_request().unwrap()),
        @"GET /api/v2/incremental/tickets/cursor?cursor=%20%2F%2B%3D%25%3F%23%26%C3%A9%E6%BC%A2%F0%9F%A6%80%22%3C%3E%5B%5D%7B%7D%7C%5C%5E%60%3A%40%21%24%27%28%29%2A%2C%3B-._~"
    );
    assert_snapshot!(
        wire(&incremental_export::tickets_by_time(START).include(["a b", "c,d"]).into_request().unwrap()),
        @"GET /api/v2/incremental/tickets?start_time=1332034771&include=a%20b,c%2Cd"
    );
    let body = CreateAttributeRequest { attribute: AttributeInput { name: "é\"\\\n\u{0}🦀".to_owned() } };
    assert_snapshot!(
        wire(&routing::create_attribute(&body).into_request().unwrap()),
        @r#"
    POST /api/v2/routing/attributes
    {"attribute":{"name":"é\"\\\n\u0000🦀"}}
    "#
    );
}

#[test]
fn parameter_names_are_percent_encoded() {
    assert_snapshot!(
        wire(&ticket_metric_events::metric_events(START).page_size(100).into_request().unwrap()),
        @"GET /api/v2/incremental/ticket_metric_events?start_time=1332034771&page%5Bsize%5D=100"
    );
    assert_snapshot!(
        wire(&routing::list_tickets_fulfilled_by_user([17, 1]).into_request().unwrap()),
        @"GET /api/v2/routing/requirements/fulfilled?ticket_ids%5B%5D=17&ticket_ids%5B%5D=1"
    );
}

/// `DELETE /attributes/` or `/attributes/..` would address another resource.
#[test]
fn an_empty_or_dot_path_parameter_is_rejected() {
    for id in ["", ".", ".."] {
        let error = routing::delete_attribute(id).into_request().unwrap_err();
        assert_eq!(error.parameters(), ["attribute_id"], "{error}");
        assert!(job_statuses::show_job_status(id).into_request().is_err());
    }
}

#[test]
fn start_time_and_cursor_exclude_each_other() {
    let both =
        incremental_export::tickets_by_cursor().start_time(START).cursor("abc").into_request().unwrap_err();
    assert_snapshot!(both, @"IncrementalTicketExportCursor: set exactly one of `start_time`, `cursor`");
    let none = incremental_export::users_by_cursor().into_request().unwrap_err();
    assert_snapshot!(none, @"IncrementalUserExportCursor: set exactly one of `start_time`, `cursor`");
    let pages = ticket_metric_events::metric_events(START).page_after("a").page_before("b").into_request();
    assert_snapshot!(pages.unwrap_err(), @"ListTicketMetricEvents: set at most one of `page[after]`, `page[before]`");
}

#[test]
fn a_required_array_must_not_be_empty() {
    assert_snapshot!(routing::list_many_agents_attribute_values([]).into_request().unwrap_err(), @"ListManyAgentsAttributeValues: the parameter `filter[agent_ids]` is missing");
    assert_snapshot!(routing::list_tickets_fulfilled_by_user([]).into_request().unwrap_err(), @"ListTicketsFullfilledByUser: the parameter `ticket_ids[]` is missing");
}

#[test]
fn setting_a_parameter_again_replaces_its_value() {
    let request =
        incremental_export::tickets_by_time(START).per_page(100).per_page(50).into_request().unwrap();
    assert_eq!(request.query_string(), "start_time=1332034771&per_page=50");
}

#[test]
fn undeclared_enum_values_can_be_sent() {
    let sideloads = [TicketSideload::MetricSets, "brand_new".into()];
    let request = incremental_export::tickets_by_time(START).include(sideloads).into_request().unwrap();
    assert_eq!(request.query_string(), "start_time=1332034771&include=metric_sets,brand_new");
    assert_eq!(AgentAttributeValuesAction::from("merge").as_str(), "merge");
}

#[test]
fn an_absent_field_is_not_sent() {
    let mut update = crate::cases::german();
    update.attribute_value.conditions = None;
    let request = routing::update_attribute_value(ATTRIBUTE, "v", &update).into_request().unwrap();
    assert_eq!(request.body(), Some(&br#"{"attribute_value":{"name":"German"}}"#[..]));
}

#[test]
fn a_constructor_sends_the_required_fields() {
    let selection = AgentAttributeValuesSelection::default();
    let job = AgentAttributeValuesJob::new(AgentAttributeValuesAction::Upsert, selection, vec![1]);
    let other = AgentAttributeValuesJob { action: "x".into(), ..job.clone() };
    let body = |job| String::from_utf8(encode(&AgentAttributeValuesJobRequest::new(job)).unwrap()).unwrap();
    assert_snapshot!(body(job), @r#"{"job":{"action":"upsert","attributes":{"attribute_values":[]},"items":[1]}}"#);
    assert_snapshot!(body(other), @r#"{"job":{"action":"x","attributes":{"attribute_values":[]},"items":[1]}}"#);
}
