//! The kinds of records, and their exports.

use clap::ValueEnum;
use zendesk_client::models::SupportTypeScope;
use zendesk_client::{
    Client, Export, RawRecord, Timestamp, chat_export, incremental_export, incremental_routing,
    ticket_metric_events,
};

/// A kind of records that can be exported.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Resource {
    Tickets,
    TicketsByTime,
    TicketEvents,
    Users,
    UsersByTime,
    Organizations,
    MetricEvents,
    MetricEventsByCursor,
    RoutingAttributes,
    RoutingAttributeValues,
    RoutingInstanceValues,
    Chats,
    AgentTimeline,
    Conversions,
    DepartmentEvents,
}

/// Whose tickets an export returns.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Scope {
    Agent,
    AiAgent,
    All,
}

impl From<Scope> for SupportTypeScope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Agent => Self::Agent,
            Scope::AiAgent => Self::AiAgent,
            Scope::All => Self::All,
        }
    }
}

impl Resource {
    /// Returns the export of raw records.
    ///
    /// The chat exports request all fields, because they return little more than ids by default.
    pub(crate) fn export(
        self,
        client: &Client,
        start: Timestamp,
        size: Option<i64>,
        scope: Scope,
    ) -> Export<RawRecord> {
        /// Sets the page size, if there is one.
        macro_rules! sized {
            ($request:expr, $size:ident) => {{
                let request = $request;
                client
                    .export(match size {
                        Some(size) => request.$size(size),
                        None => request,
                    })
                    .raw()
            }};
        }
        use incremental_export as export;
        match self {
            Self::Tickets => {
                sized!(export::tickets_by_cursor().start_time(start).support_type_scope(scope), per_page)
            }
            Self::TicketsByTime => {
                sized!(export::tickets_by_time(start).support_type_scope(scope), per_page)
            }
            Self::TicketEvents => sized!(export::ticket_events(start), per_page),
            Self::Users => sized!(export::users_by_cursor().start_time(start), per_page),
            Self::UsersByTime => sized!(export::users_by_time(start), per_page),
            Self::Organizations => sized!(export::organizations(start), per_page),
            Self::MetricEvents => client.export(ticket_metric_events::metric_events(start)).raw(),
            Self::MetricEventsByCursor => {
                let request = ticket_metric_events::metric_events(start);
                client.export(request.page_size(size.unwrap_or(100))).raw()
            }
            Self::RoutingAttributes => client.export(incremental_routing::attributes()).raw(),
            Self::RoutingAttributeValues => client.export(incremental_routing::attribute_values()).raw(),
            Self::RoutingInstanceValues => client.export(incremental_routing::instance_values()).raw(),
            Self::Chats => sized!(chat_export::chats().start_time(start).fields("chats(*)"), limit),
            Self::AgentTimeline => {
                sized!(chat_export::agent_timeline().start_time(start).fields("agent_timeline(*)"), limit)
            }
            Self::Conversions => {
                sized!(chat_export::conversions().start_time(start).fields("conversions(*)"), limit)
            }
            Self::DepartmentEvents => {
                sized!(
                    chat_export::department_events().start_time(start).fields("department_events(*)"),
                    limit
                )
            }
        }
    }
}
