//! Hand-written structs for a page of tickets, with serde's derive and the same fields as the client's models.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A page. Undeclared fields are dropped.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the fields are the server's")]
pub struct Page {
    pub tickets: Vec<Ticket>,
    pub after_cursor: Option<String>,
    pub after_url: Option<String>,
    pub before_cursor: Option<String>,
    pub before_url: Option<String>,
    pub end_of_stream: Option<bool>,
}

/// A page whose tickets keep undeclared fields with `#[serde(flatten)]`.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the fields are the server's")]
pub struct FlattenedPage {
    pub tickets: Vec<FlattenedTicket>,
    pub after_cursor: Option<String>,
    pub after_url: Option<String>,
    pub before_cursor: Option<String>,
    pub before_url: Option<String>,
    pub end_of_stream: Option<bool>,
}

/// A ticket with its undeclared fields.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the fields are the server's")]
pub struct FlattenedTicket {
    #[serde(flatten)]
    pub ticket: Ticket,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
#[allow(missing_docs, clippy::struct_field_names, reason = "the fields are the server's")]
pub struct Ticket {
    pub id: i64,
    pub url: Option<String>,
    pub external_id: Option<String>,
    pub encoded_id: Option<String>,
    pub via: Option<Via>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
    pub generated_timestamp: Option<i64>,
    pub r#type: Option<TicketType>,
    pub subject: Option<String>,
    pub raw_subject: Option<String>,
    pub description: Option<String>,
    pub priority: Option<Priority>,
    pub status: Option<Status>,
    pub recipient: Option<String>,
    pub requester_id: Option<i64>,
    pub submitter_id: Option<i64>,
    pub assignee_id: Option<i64>,
    pub organization_id: Option<i64>,
    pub group_id: Option<i64>,
    pub collaborator_ids: Option<Vec<i64>>,
    pub follower_ids: Option<Vec<i64>>,
    pub email_cc_ids: Option<Vec<i64>>,
    pub forum_topic_id: Option<i64>,
    pub problem_id: Option<i64>,
    pub has_incidents: Option<bool>,
    pub is_public: Option<bool>,
    pub due_at: Option<String>,
    pub tags: Option<Vec<String>>,
    pub custom_fields: Option<Vec<CustomField>>,
    pub satisfaction_rating: Option<Value>,
    pub sharing_agreement_ids: Option<Vec<i64>>,
    pub custom_status_id: Option<i64>,
    pub followup_ids: Option<Vec<i64>>,
    pub ticket_form_id: Option<i64>,
    pub deleted_ticket_form_id: Option<i64>,
    pub brand_id: Option<i64>,
    pub allow_channelback: Option<bool>,
    pub allow_attachments: Option<bool>,
    pub from_messaging_channel: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the fields are the server's")]
pub struct CustomField {
    pub id: i64,
    pub value: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the fields are the server's")]
pub struct Via {
    pub channel: Option<String>,
    pub source: Option<Source>,
}

#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the fields are the server's")]
pub struct Source {
    pub from: Option<Map<String, Value>>,
    pub to: Option<Map<String, Value>>,
    pub rel: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the values are the server's")]
pub enum TicketType {
    Problem,
    Incident,
    Question,
    Task,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the values are the server's")]
pub enum Priority {
    Urgent,
    High,
    Normal,
    Low,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the values are the server's")]
pub enum Status {
    New,
    Open,
    Pending,
    Hold,
    Solved,
    Closed,
    Deleted,
    #[serde(other)]
    Unknown,
}
