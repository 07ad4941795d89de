//! What can be exported.

/// A kind of record that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Tickets, ordered by `generated_timestamp`.
    Tickets,
    /// Updates of tickets, ordered by `timestamp`.
    TicketEvents,
    /// Users, ordered by `updated_at`.
    Users,
    /// Organizations, ordered by `updated_at`.
    Organizations,
    /// Events of tickets' metrics, ordered by `time`.
    MetricEvents,
    /// Chats, ordered by `update_timestamp`.
    Chats,
    /// Times that agents spent in one state, ordered by their end.
    AgentTimeline,
    /// Conversions, ordered by `timestamp`.
    Conversions,
    /// Changes of departments, ordered by `timestamp`.
    DepartmentEvents,
    /// Changes of routing attributes.
    AttributeChanges,
    /// Changes of routing attribute values.
    AttributeValueChanges,
    /// Attribute values given to, and taken from, agents and tickets; grouped by value.
    InstanceValueChanges,
}

impl Resource {
    /// Those that are ordered by time.
    pub(crate) const TIMED: [Self; 9] = [
        Self::Tickets,
        Self::TicketEvents,
        Self::Users,
        Self::Organizations,
        Self::MetricEvents,
        Self::Chats,
        Self::AgentTimeline,
        Self::Conversions,
        Self::DepartmentEvents,
    ];

    /// The key of the list in an answer.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::TicketEvents => "ticket_events",
            Self::Users => "users",
            Self::Organizations => "organizations",
            Self::MetricEvents => "ticket_metric_events",
            Self::Chats => "chats",
            Self::AgentTimeline => "agent_timeline",
            Self::Conversions => "conversions",
            Self::DepartmentEvents => "department_events",
            Self::AttributeChanges => "attributes",
            Self::AttributeValueChanges => "attribute_values",
            Self::InstanceValueChanges => "instance_values",
        }
    }

    /// Whether its records change; those that don't are only added to.
    pub(crate) fn is_mutable(self) -> bool {
        matches!(self, Self::Tickets | Self::Users | Self::Organizations | Self::Chats)
    }

    /// Whether its times have fractions of a second.
    pub(crate) fn has_micros(self) -> bool {
        matches!(self, Self::Chats | Self::AgentTimeline | Self::Conversions | Self::DepartmentEvents)
    }
}
