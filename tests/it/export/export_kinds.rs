//! All exports of the API.

use simulator::{Resource, Version};
use zendesk_client::{
    Client, Export, RawRecord, UnixMicros, UnixSeconds, chat_export, incremental_export, incremental_routing,
    ticket_metric_events,
};

use super::{read, string};

/// The start time of all exports, before the oldest record.
pub(crate) const START: i64 = 1_000_000_000;

/// The exports by time.
pub(crate) const BY_TIME: [&str; 5] =
    ["metric events by time", "tickets by time", "ticket events", "organizations", "users by time"];

/// An export of the API.
pub(crate) struct ExportKind {
    pub(crate) name: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) resource: Resource,
    /// The field that, together with the key, identifies a version of a record.
    change: &'static str,
    /// Whether the export finds records that appear before its current position.
    pub(crate) looks_back: bool,
    export: fn(&Client, UnixSeconds, i64) -> Export<RawRecord>,
}

impl ExportKind {
    /// Returns an export of everything, with this page size.
    pub(crate) fn export(&self, client: &Client, size: i64) -> Export<RawRecord> {
        (self.export)(client, UnixSeconds::new(START), size)
    }

    /// Returns the key and the change of a record.
    pub(crate) fn version(&self, record: &RawRecord) -> Version {
        let record = read(record);
        let key = if self.resource == Resource::AgentTimeline { "agent_id" } else { "id" };
        (string(&record, key), string(&record, self.change))
    }
}

/// Returns all exports of the API.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub(crate) fn export_kinds() -> Vec<ExportKind> {
    use Resource::{
        AgentTimeline, AttributeChanges, AttributeValueChanges, Chats, Conversions, DepartmentEvents,
        InstanceValueChanges, MetricEvents, Organizations, TicketEvents, Tickets, Users,
    };
    use chat_export as chat;
    use incremental_export as export;
    use incremental_routing as routing;
    let kind = |name, operation, resource, change, export| ExportKind {
        looks_back: BY_TIME.contains(&name),
        name,
        operation,
        resource,
        change,
        export,
    };
    vec![
        kind(
            "tickets by cursor",
            "IncrementalTicketExportCursor",
            Tickets,
            "generated_timestamp",
            |client, start, size| {
                client.export(export::tickets_by_cursor().start_time(start).per_page(size)).raw()
            },
        ),
        kind(
            "tickets by time",
            "IncrementalTicketExportTime",
            Tickets,
            "generated_timestamp",
            |client, start, size| client.export(export::tickets_by_time(start).per_page(size)).raw(),
        ),
        kind("ticket events", "IncrementalTicketEvents", TicketEvents, "timestamp", |client, start, size| {
            client.export(export::ticket_events(start).per_page(size)).raw()
        }),
        kind("users by cursor", "IncrementalUserExportCursor", Users, "updated_at", |client, start, size| {
            client.export(export::users_by_cursor().start_time(start).per_page(size)).raw()
        }),
        kind("users by time", "IncrementalUserExportTime", Users, "updated_at", |client, start, size| {
            client.export(export::users_by_time(start).per_page(size)).raw()
        }),
        kind(
            "organizations",
            "IncrementalOrganizationExport",
            Organizations,
            "updated_at",
            |client, start, size| client.export(export::organizations(start).per_page(size)).raw(),
        ),
        kind("metric events by time", "ListTicketMetricEvents", MetricEvents, "time", |client, start, _| {
            client.export(ticket_metric_events::metric_events(start)).raw()
        }),
        kind(
            "metric events by cursor",
            "ListTicketMetricEvents",
            MetricEvents,
            "time",
            |client, start, size| {
                client.export(ticket_metric_events::metric_events(start).page_size(size)).raw()
            },
        ),
        kind(
            "attributes",
            "IncrementalSkilBasedRoutingAttributesExport",
            AttributeChanges,
            "time",
            |client, _, _| client.export(routing::attributes()).raw(),
        ),
        kind(
            "attribute values",
            "IncrementalSkilBasedRoutingAttributeValuesExport",
            AttributeValueChanges,
            "time",
            |client, _, _| client.export(routing::attribute_values()).raw(),
        ),
        kind(
            "instance values",
            "IncrementalSkilBasedRoutingInstanceValuesExport",
            InstanceValueChanges,
            "time",
            |client, _, _| client.export(routing::instance_values()).raw(),
        ),
        kind("chats", "IncrementalChatExport", Chats, "update_timestamp", |client, start, size| {
            client.export(chat::chats().start_time(start).limit(size).fields("chats(*)")).raw()
        }),
        kind(
            "agent timeline",
            "IncrementalAgentTimelineExport",
            AgentTimeline,
            "start_time",
            |client, start, size| {
                let start = UnixMicros::from(start);
                client
                    .export(chat::agent_timeline().start_time(start).limit(size).fields("agent_timeline(*)"))
                    .raw()
            },
        ),
        kind(
            "conversions",
            "IncrementalConversionsExport",
            Conversions,
            "timestamp",
            |client, start, size| {
                client
                    .export(chat::conversions().start_time(start).limit(size).fields("conversions(*)"))
                    .raw()
            },
        ),
        kind(
            "department events",
            "IncrementalDepartmentEventsExport",
            DepartmentEvents,
            "timestamp",
            |client, start, size| {
                client
                    .export(
                        chat::department_events()
                            .start_time(start)
                            .limit(size)
                            .fields("department_events(*)"),
                    )
                    .raw()
            },
        ),
    ]
}
