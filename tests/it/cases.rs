//! One call of every endpoint function with typical arguments.

use std::fmt::Write as _;

use zendesk_client::models::{
    AgentAttributeValuesAction, AgentAttributeValuesJob, AgentAttributeValuesJobRequest,
    AgentAttributeValuesSelection, AttributeInput, AttributeValueCondition, AttributeValueConditions,
    AttributeValueReference, AttributeValueUpdate, CreateAttributeRequest, CreateAttributeValueRequest,
    NewAttributeValue, SetAttributeValuesRequest, UpdateAttributeRequest, UpdateAttributeValueRequest,
};
use zendesk_client::{
    Client, IntoRequest, Node, Request, UnixMicros, UnixSeconds, chat_export, encode, incremental_export,
    incremental_routing, job_statuses, routing, ticket_metric_events,
};

/// Decodes the body of a response and encodes it again. The error is a message.
type Reencode = Box<dyn Fn(&[u8]) -> Result<Vec<u8>, String>>;

/// Sends the request with a client and encodes the decoded response.
type Send = Box<dyn Fn(&Client) -> Result<Vec<u8>, String>>;

/// A request and the functions that send it and read its response.
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) wire: String,
    /// `None` if the response has no content.
    pub(crate) reencode: Option<Reencode>,
    pub(crate) send: Send,
}

pub(crate) const ATTRIBUTE: &str = "15821cba-7326-11e8-b07e-950ba849aa27";
pub(crate) const VALUE: &str = "b376b35a-e38b-11e8-a292-e3b6377c5575";

/// Returns the request line, the headers that the request sets, and the body.
pub(crate) fn wire<T>(request: &Request<T>) -> String {
    let mut text = format!("{} {}", request.method().as_str(), request.path_and_query());
    for (name, value) in request.headers() {
        write!(text, "\n{name}: {value}").unwrap();
    }
    if let Some(body) = request.body() {
        write!(text, "\n{}", std::str::from_utf8(body).unwrap()).unwrap();
    }
    text
}

fn call<R: IntoRequest>(request: R) -> Call
where
    R::Output: Node + 'static,
{
    let request = request.into_request().unwrap();
    let (operation, wire) = (request.operation().id(), wire(&request));
    let again = request.clone();
    let send = move |client: &Client| {
        let response = block_on(client.send(again.clone())).map_err(|error| error.to_string())?;
        encode(&response).map_err(|error| error.to_string())
    };
    let reencode = move |body: &[u8]| {
        let decoded = request.decode(body).map_err(|error| error.to_string())?;
        encode(&decoded).map_err(|error| error.to_string())
    };
    Call { operation, wire, reencode: Some(Box::new(reencode)), send: Box::new(send) }
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn call_without_content(request: Request<()>) -> Call {
    let request = request.into_request().unwrap();
    let (operation, wire) = (request.operation().id(), wire(&request));
    let send = move |client: &Client| {
        block_on(client.send(request.clone())).map_err(|error| error.to_string())?;
        Ok(Vec::new())
    };
    Call { operation, wire, reencode: None, send: Box::new(send) }
}

/// Returns one call of every operation.
pub(crate) fn calls() -> Vec<Call> {
    [exports(), routing_exports(), attributes(), attribute_values(), instance_values(), chat()]
        .into_iter()
        .flatten()
        .collect()
}

fn exports() -> Vec<Call> {
    let start = UnixSeconds::new(1_332_034_771);
    vec![
        call(incremental_export::tickets_by_cursor().start_time(start).per_page(500)),
        call(
            incremental_export::tickets_by_time(start)
                .per_page(100)
                .include(["metric_sets", "users"])
                .exclude_deleted(true),
        ),
        call(incremental_export::ticket_events(start).include(["comment_events"])),
        call(incremental_export::users_by_cursor().cursor("MTU3NjYxMzUzOS4wfHw0Njd8")),
        call(incremental_export::users_by_time(start).per_page(1000)),
        call(incremental_export::organizations(start)),
        call(incremental_export::sample_tickets(start)),
        call(incremental_export::sample_ticket_events(start)),
        call(incremental_export::sample_users(start)),
        call(incremental_export::sample_organizations(start)),
        call(
            ticket_metric_events::metric_events(start)
                .include_changes(true)
                .page_size(100)
                .page_after("abc="),
        ),
        call(job_statuses::show_job_status("V3-25da3dc252ff0f7b63f65d9a8c3ead61")),
    ]
}

fn routing_exports() -> Vec<Call> {
    vec![
        call(incremental_routing::attributes()),
        call(incremental_routing::attribute_values().cursor("7d724c71-3911-11e8-9621-836b8c683dc6")),
        call(incremental_routing::instance_values().cursor("62055cad-7326-11e8-b07e-73653560136b")),
    ]
}

fn attributes() -> Vec<Call> {
    let named = |name: &str| AttributeInput { name: name.to_owned() };
    vec![
        call(routing::list_attributes().include(["attribute_values"])),
        call(routing::list_attribute_definitions()),
        call(routing::create_attribute(&CreateAttributeRequest { attribute: named("Language") })),
        call(routing::show_attribute(ATTRIBUTE)),
        call(routing::update_attribute(ATTRIBUTE, &UpdateAttributeRequest { attribute: named("Lingua") })),
        call_without_content(routing::delete_attribute(ATTRIBUTE)),
    ]
}

fn attribute_values() -> Vec<Call> {
    let japanese =
        CreateAttributeValueRequest { attribute_value: NewAttributeValue { name: "Japanese".to_owned() } };
    vec![
        call(routing::list_attribute_values(ATTRIBUTE)),
        call(routing::create_attribute_value(ATTRIBUTE, &japanese)),
        call(routing::show_attribute_value(ATTRIBUTE, VALUE)),
        call(routing::update_attribute_value(ATTRIBUTE, VALUE, &german())),
        call_without_content(routing::delete_attribute_value(ATTRIBUTE, VALUE)),
    ]
}

pub(crate) fn german() -> UpdateAttributeValueRequest {
    let locale = AttributeValueCondition {
        subject: "locale_id".to_owned(),
        operator: "is".to_owned(),
        value: "8".to_owned(),
    };
    let conditions = AttributeValueConditions { all: Some(vec![locale]), any: Some(Vec::new()) };
    UpdateAttributeValueRequest {
        attribute_value: AttributeValueUpdate {
            name: Some("German".to_owned()),
            conditions: Some(conditions),
        },
    }
}

fn instance_values() -> Vec<Call> {
    let values = SetAttributeValuesRequest { attribute_value_ids: vec![VALUE.to_owned()] };
    let job = AgentAttributeValuesJob {
        action: AgentAttributeValuesAction::Upsert,
        attributes: AgentAttributeValuesSelection {
            attribute_values: vec![AttributeValueReference { id: VALUE.to_owned() }],
        },
        items: vec![224, 225],
    };
    vec![
        call(routing::list_agent_attribute_values(35_436)),
        call(routing::list_many_agents_attribute_values([224, 225]).page_size(50)),
        call(routing::set_agent_attribute_values(35_436, &values)),
        call(routing::bulk_set_agent_attribute_values_job(&AgentAttributeValuesJobRequest { job })),
        call(routing::list_ticket_attribute_values(123_456)),
        call(routing::set_ticket_attribute_values(123_456, &values)),
        call(routing::list_tickets_fulfilled_by_user([17, 1, 99])),
    ]
}

fn chat() -> Vec<Call> {
    let start = UnixSeconds::new(1_546_326_000);
    vec![
        call(chat_export::agent_timeline().start_time(UnixMicros::new(1_546_326_000_000_000)).limit(7)),
        call(chat_export::chats().start_time(start).start_id("1804.2.QqHwCNX18mZ7Y").fields("chats(*)")),
        call(chat_export::conversions().start_time(start).fields("conversions(*)")),
        call(chat_export::department_events().start_time(start).limit(1000)),
    ]
}
